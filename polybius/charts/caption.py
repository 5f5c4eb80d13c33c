"""What stands above and below a chart: the filter in words, how much was counted, and where it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from polybius.charts.totals import Totals
from polybius.query import EVERY, Asked
from polybius.query.vocabulary import country_names, own_actors
from polybius.version import __version__

DEFAULT = "actual events and announced agreements"
LONGEST = 90  # characters of one line


@dataclass(frozen=True, slots=True)
class Caption:
    """Title, lines under it, and the line of the source at the foot."""

    title: str
    lines: tuple[str, ...]
    source: str


def caption(title: str, path: Path | str, asked: Asked, counted: Totals, notes: Sequence[str] = ()) -> Caption:
    """The caption of a chart. ``asked`` is checked: it holds codes."""
    filters = list(wrapped("; ".join(described(asked))))
    numbers = f"{many(counted.events, 'event')}, told by {many(counted.reports, 'report')} in {many(counted.documents, 'document')}"
    return Caption(title, (*filters, numbers, *notes), source_line(path, counted))


def source_line(path: Path | str, counted: Totals) -> str:
    """``Source: news.duckdb, 67 documents read, published 2026-06-01 to 2026-07-20. Coded by polybius 0.5.``"""
    span = f", published {counted.first} to {counted.last}" if counted.first else ""
    return f"Source: {Path(path).name}, {many(counted.read, 'document')} read{span}. Coded by polybius {__version__}."


def described(asked: Asked) -> Iterator[str]:
    """Each condition in words, the status last."""
    for label, code in (("actor", asked.actor), ("recipient", asked.recipient)):
        if code:
            yield f"{label} {named(code)}"
    if asked.event or asked.mode:
        yield f"type {' '.join(word for word in (asked.event, asked.mode) if word)}"
    if asked.country:
        yield f"in {named(asked.country)}"
    if asked.near:
        yield f"within {asked.radius:g} km of {asked.near[0]:g}, {asked.near[1]:g}"
    yield from (span(asked.since, asked.until),) if asked.since or asked.until else ()
    if asked.min_sources:
        yield f"at least {many(asked.min_sources, 'independent source')}"
    if asked.publisher:
        yield f"told by {asked.publisher}"
    yield status(asked.status)


def span(since: dt.date | None, until: dt.date | None) -> str:
    """``since 2026-07-01``, ``until 2026-07-31`` or ``2026-07-01 to 2026-07-31``."""
    if since and until:
        return f"{since} to {until}"
    return f"since {since}" if since else f"until {until}"


def status(found: str | None) -> str:
    """The status that is asked for, in words."""
    if found is None:
        return DEFAULT
    return "events of every status, also denied and hypothetical ones" if found == EVERY else f"{found} events"


def named(code: str) -> str:
    """``Sudan (SDN)``; a code without a name stands for itself."""
    name = {**own_actors(), **country_names()}.get(code)
    return f"{name} ({code})" if name else code


def many(number: int, noun: str) -> str:
    """``1 event``, ``1,204 events``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def wrapped(text: str, longest: int = LONGEST) -> Iterator[str]:
    """Lines of at most ``longest`` characters, broken at blanks."""
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > longest:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        yield line
