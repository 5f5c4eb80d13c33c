"""Events, dates and sources in plain English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from polybius.records import Event, Party
from polybius.report import Report

# What somebody did: to somebody, and where nobody receives it. Types of a codebook of your own are told by their names.
VERBS: Mapping[str, tuple[str, str]] = {
    "AGREE": ("agreed or promised to cooperate with", "agreed or promised to cooperate"),
    "CONSULT": ("consulted with", "held consultations"),
    "SUPPORT": ("voiced support for", "voiced support"),
    "CONCEDE": ("yielded to", "yielded"),
    "COOPERATE": ("cooperated with", "cooperated"),
    "AID": ("gave aid to", "gave aid"),
    "RETREAT": ("stepped back from force towards", "stepped back from force"),
    "REQUEST": ("made a demand or request to", "made a demand or request"),
    "ACCUSE": ("accused or criticised", "made an accusation"),
    "REJECT": ("rejected or refused", "made a refusal"),
    "THREATEN": ("threatened", "made a threat"),
    "PROTEST": ("protested against", "protested"),
    "SANCTION": ("took measures against", "took punitive measures"),
    "MOBILIZE": ("mobilised forces against", "mobilised forces"),
    "COERCE": ("used coercion against", "used coercion"),
    "ASSAULT": ("attacked", "made an attack"),
}
STATUS_WORDS: Mapping[str, str] = {
    "actual": "",
    "future": "announced, not carried out",
    "hypothetical": "hypothetical: nobody says that it happened",
    "negated": "denied: said not to have happened",
    "historical": "told as history",
}
MOST_NAMES = 2
NOBODY = "somebody unknown"


def sentence(event: Event) -> str:
    """``Northern Brigade (YEM) attacked Riyadh troops (SAU) in Qaldara, Yemen, on 14 May 2024 (aerial).``"""
    towards, alone = VERBS.get(event.event, (f"({event.event}) towards", f"({event.event})"))
    whom = parties(event.recipient)
    did = f"{parties(event.actor) or NOBODY} {f'{towards} {whom}' if whom else alone}"
    notes = [word for word in (", ".join(event.mode), STATUS_WORDS.get(event.status, event.status)) if word]
    ending = f" ({'; '.join(notes)})" if notes else ""
    told = f"{did}{_where(event)}{_on(event)}{ending}."
    return told[:1].upper() + told[1:]


def _where(event: Event) -> str:
    return f" in {place(event)}" if event.place else ""


def _on(event: Event) -> str:
    if event.start is None and event.end is None:
        return ", date unknown"
    word = "on " if event.start == event.end else ""
    return f", {word}{days(event.start, event.end)}"


def parties(found: Sequence[Party]) -> str:
    """``France (FRA), Germany (DEU) and 2 others``; empty where there is nobody."""
    names = [f"{one.name} ({one.code})" if one.code else one.name for one in found[:MOST_NAMES]]
    rest = len(found) - MOST_NAMES
    if rest > 0:
        names.append(f"{rest} other{'s' if rest > 1 else ''}")
    return joined(names)


def joined(names: Sequence[str]) -> str:
    """``a, b and c``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def place(event: Event) -> str:
    """``Qaldara, YEM``; empty where the place is unknown."""
    found = event.place
    if found is None:
        return ""
    return f"{found.name}, {found.country}" if found.country else found.name


def kind(event: Event) -> str:
    """``ASSAULT aerial``."""
    return " ".join((event.event, ", ".join(event.mode))).strip()


def figures(event: Event, publishers: Mapping[str, str]) -> str:
    """``killed: 12 (Wire), 15 (residents)``: rival numbers are all shown.

    Who tells in his own voice is named by his document; ``publishers`` says whose that is.
    """
    shown = []
    for name in dict.fromkeys(figure.kind for figure in event.figures):
        said = {
            (f.best, publishers.get(f.claimant, f.claimant))
            for f in event.figures
            if f.kind == name and f.best is not None
        }
        if said:
            shown.append(f"{name}: " + ", ".join(f"{number:,} ({who})" for number, who in sorted(said)))
    return "; ".join(shown)


def days(start: dt.date | None, end: dt.date | None) -> str:
    """``14 May 2024``, ``14 May 2024 to 3 June 2024``, ``until 3 June 2024``."""
    if start is None or end is None:
        return f"from {day(start)}" if start else f"until {day(end)}" if end else "unknown"
    return day(start) if start == end else f"{day(start)} to {day(end)}"


def day(date: dt.date | None) -> str:
    """``14 May 2024``."""
    return f"{date.day} {date:%B} {date.year}" if date else "unknown"


def claimant(report: Report) -> str:
    """Who says so in a report; the publisher where nobody is named."""
    named = [one.name or one.quote.text for one in report.attribution if one.name or one.quote.text]
    return ", ".join(dict.fromkeys(named)) or publisher(report)


def publisher(report: Report) -> str:
    """Who published it."""
    return report.document.publisher or "unknown publisher"


def safe_url(url: str | None) -> str | None:
    """The address if a browser may be sent there: http or https with a host, and nothing that does not print."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    good = parts.scheme in ("http", "https") and parts.netloc and url and url.isprintable() and " " not in url
    return url if good else None
