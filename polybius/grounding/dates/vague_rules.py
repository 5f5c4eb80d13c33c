"""Expressions of time that give no date: now and once, some days and many years, every week."""

from __future__ import annotations

import re

from polybius.grounding.dates.calendar_rules import Found, Rule
from polybius.grounding.dates.when import Anchor, When
from polybius.grounding.dates.words import ANY_UNIT, DAY, MONTH, NUMBER, SEASON

SOME = r"(?:several|many|some|a few|few|numerous|a number of|dozens of|hundreds of|recent|countless|those|these|the last few|the past few)"
PLURAL = rf"(?:(?:{ANY_UNIT})s|centuries)"


def vague(unit: str, why: str) -> When:
    return When("vague", None, None, "range", why, unit=unit)


def present(m: re.Match[str], anchor: Anchor) -> Found:
    return vague("present", f"“{m[0]}”")


def past(m: re.Match[str], anchor: Anchor) -> Found:
    return vague("past", f"“{m[0]}” does not tell when")


def future(m: re.Match[str], anchor: Anchor) -> Found:
    return vague("future", f"“{m[0]}” does not tell when")


def some(m: re.Match[str], anchor: Anchor) -> Found:
    """ "several years", "months": a length that nobody can count."""
    return When("vague", None, None, "range", "a length of time that is not counted", unit=f"some {m['u']}")


def rate(m: re.Match[str], anchor: Anchor) -> Found:
    """ "ten a day", "per year": how often, not when."""
    return vague(f"per {m['u']}", f"“{m[0]}” tells how often, not when")


def repeated(m: re.Match[str], anchor: Anchor) -> Found:
    return vague(f"every {m.groupdict().get('u') or ''}".strip(), f"“{m[0]}” happens again and again")


VAGUE: tuple[tuple[str, Rule], ...] = (
    (
        rf"(?<!\d )(?<!illion )(?:only |just |not )?(?:{SOME} |a )?(?:few )?{PLURAL} (?:ago|earlier|before|previously|prior)\b",
        past,
    ),
    (rf"(?:only |just )?(?:{SOME} )?(?:{PLURAL}|moments) (?:later|afterwards?|hence)\b", future),
    (rf"(?:in |over |during )?recent (?:{PLURAL}|times)\b", past),
    (rf"(?:the |in )?(?:the )?(?:past|last|previous) (?:few|several|couple of) {PLURAL}\b", past),
    (rf"(?:the )?(?:coming|next few|next several|following|ensuing|intervening) (?:few )?{PLURAL}\b", future),
    (rf"(?:{SOME} )(?P<u>{ANY_UNIT})s\b", some),
    (rf"(?P<u>{ANY_UNIT})s(?:-long| of\b)", some),
    (rf"(?<=\bfor )(?P<u>{ANY_UNIT})s\b", some),
    (rf"(?<=\bwithin )(?P<u>{ANY_UNIT})s\b", some),
    (
        rf"(?:every|each)(?: (?:other|single|few|second|third|two|three))? (?P<u>{ANY_UNIT}|{DAY}|{MONTH}|{SEASON}|morning|evening|afternoon)s?\b",
        repeated,
    ),
    (rf"(?:per|once an?|twice an?|times an?) (?P<u>{ANY_UNIT})\b", rate),
    (rf"(?:on )?(?P<u>{DAY})s\b", repeated),
    (r"(?P<u>daily|hourly|weekly|monthly|quarterly|annually|yearly|annual|nightly|bi-?weekly)\b", repeated),
    (
        r"(?:right |until |by |as of |just )?now\b|currently|at present\b|at the moment\b|present[- ]day|nowadays|these days\b|for the time being\b|modern day\b|the present\b",
        present,
    ),
    (
        rf"recently|lately|formerly|previously|former\b|recent\b|once upon a time|long ago|(?:in )?the past\b(?! (?:{NUMBER}|few|several|couple|{ANY_UNIT}))",
        past,
    ),
    (r"(?:in the )?(?:near |foreseeable )?future\b|soon\b|shortly\b(?! (?:before|after))", future),
)
