"""Which news agency or outlet a phrase names: whoever repeats "Reuters reported" adds no source to Reuters."""

from __future__ import annotations

import re

# Agencies that other outlets copy, by the words that name them. Names of two or three letters count in capitals only.
AGENCIES: dict[str, str] = {
    "reuters": "Reuters",
    "associated press": "Associated Press",
    "AP": "Associated Press",
    "agence france-presse": "Agence France-Presse",
    "agence france presse": "Agence France-Presse",
    "AFP": "Agence France-Presse",
    "united press international": "United Press International",
    "UPI": "United Press International",
    "deutsche presse-agentur": "Deutsche Presse-Agentur",
    "DPA": "Deutsche Presse-Agentur",
    "xinhua": "Xinhua",
    "tass": "TASS",
    "itar-tass": "TASS",
    "ria novosti": "RIA Novosti",
    "RIA": "RIA Novosti",
    "interfax": "Interfax",
    "interfax-ukraine": "Interfax-Ukraine",
    "ukrinform": "Ukrinform",
    "bloomberg news": "Bloomberg",
    "kyodo": "Kyodo",
    "jiji press": "Jiji Press",
    "yonhap": "Yonhap",
    "KCNA": "KCNA",
    "korean central news agency": "KCNA",
    "irna": "IRNA",
    "tasnim": "Tasnim",
    "SANA": "SANA",
    "WAFA": "WAFA",
    "anadolu": "Anadolu",
    "press trust of india": "Press Trust of India",
    "PTI": "Press Trust of India",
    "asian news international": "Asian News International",
    "EFE": "EFE",
    "ANSA": "ANSA",
    "antara": "Antara",
    "bernama": "Bernama",
    "MENA": "MENA",
    "middle east news agency": "MENA",
    "saudi press agency": "Saudi Press Agency",
    "vietnam news agency": "Vietnam News Agency",
    "central news agency": "Central News Agency",
    "belta": "BelTA",
}
_WORDS = r"[\w.\-]+(?:[ -][\w.\-]+){0,3}"
_CALLED = (
    re.compile(rf"\b(?:news agency|news service|newswire)\s+({_WORDS})", re.I),
    re.compile(rf"({_WORDS}) (?:news agency|newswire)\b", re.I),
)
_PARTS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LONGEST = 4  # words of a name
_FAR = (
    300  # characters of a phrase that are read: no credit is longer, and a search in a hostile one would take minutes
)
_EMPTY = frozenset(
    "the a an its own official state-run state semi-official local national government-run country's".split()
)


def agency(phrase: str) -> str | None:
    """The news agency that a phrase names: one of those known, or whatever is called a news agency by name."""
    phrase = phrase[:_FAR]
    words = _PARTS.findall(phrase)
    for length in range(_LONGEST, 0, -1):
        for start in range(len(words) - length + 1):
            run = " ".join(words[start : start + length])
            found = AGENCIES.get(run) or AGENCIES.get(run.lower())
            if found:
                return found
    return _called(phrase)


def _called(phrase: str) -> str | None:
    for pattern in _CALLED:
        if match := pattern.search(phrase):
            words = [word for word in match[1].split() if word[:1].isupper() and word.lower() not in _EMPTY]
            return " ".join(words) or None
    return None
