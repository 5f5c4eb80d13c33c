"""What exports work on, and what they say they cannot hold."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, product

from polybius.query.exports.codes import Codes
from polybius.records import Event, Party
from polybius.report import Report

LONGEST = 31  # days that an event may last to be given the day on which it begins


@dataclass(frozen=True, slots=True)
class Telling:
    """A report of an event; the words of its sentence, empty where the store keeps no texts; the length of its document."""

    report: Report
    sentence: str
    characters: int


@dataclass(frozen=True, slots=True)
class Fact:
    """An event and its reports, the first published first."""

    event: Event
    tellings: tuple[Telling, ...]

    @property
    def first(self) -> Report:
        return self.tellings[0].report

    @property
    def day(self) -> dt.date | None:
        """The first day; None where the date is not known, or too vague for one day to stand for it."""
        start, end = self.event.start or self.event.end, self.event.end or self.event.start
        return start if start and end and (end - start).days < LONGEST else None

    @property
    def pairs(self) -> list[tuple[Party | None, Party | None]]:
        """Who to whom: each actor with each recipient; where all parties are actors, each two of them once."""
        event = self.event
        if not event.recipient and len(event.actor) > 1:
            return list(combinations(event.actor, 2))
        return list(product(event.actor or (None,), event.recipient or (None,)))

    def figure(self, kind: str) -> int | None:
        """The number that most reports give, of several the lowest."""
        counts = Counter(
            figure.best for figure in self.event.figures if figure.kind == kind and figure.best is not None
        )
        return min(counts, key=lambda number: (-counts[number], number)) if counts else None


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that a format cannot hold, and of which events that is so."""

    what: str
    of: Callable[[Fact], bool]


@dataclass(frozen=True, slots=True)
class Format:
    """How events are written for others. ``omits`` are events that have no row; ``unfilled`` columns stay empty."""

    what: str
    lines: Callable[[Iterable[Fact], Codes], Iterator[str]]
    omits: tuple[Loss, ...] = ()
    losses: tuple[Loss, ...] = ()
    never: tuple[str, ...] = ()
    unfilled: tuple[str, ...] = ()


@dataclass(slots=True)
class Losses:
    """What became of the events of an export: how many were asked for, how many written, what was lost of how many."""

    format: str
    events: int = 0
    written: int = 0
    omitted: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    never: tuple[str, ...] = ()
    unfilled: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{self.format}: {self.written:,} of {self.events:,} events written"
        yield from (f"  left out, {count:,} events: {what}" for what, count in self.omitted.items())
        yield from (f"  lost, {count:,} events: {what}" for what, count in self.lost.items())
        if self.never:
            yield f"  the format has no room for: {'; '.join(self.never)}"
        if self.unfilled:
            yield f"  columns that stay empty: {', '.join(self.unfilled)}"


def kept(facts: Iterable[Fact], format: Format, losses: Losses) -> Iterator[Fact]:
    """The facts that the format can hold, counted on the way."""
    for fact in facts:
        losses.events += 1
        reason = next((loss.what for loss in format.omits if loss.of(fact)), None)
        if reason is not None:
            losses.omitted[reason] += 1
            continue
        losses.written += 1
        losses.lost.update(loss.what for loss in format.losses if loss.of(fact))
        yield fact


def row(cells: Iterable[object], missing: str = "") -> str:
    """A line of tab-separated cells; tabs and line ends inside a cell are blanks."""
    return "\t".join(missing if cell is None or cell == "" else " ".join(str(cell).split()) for cell in cells) + "\n"


def _happened(fact: Fact) -> bool:
    """Actual, or announced cooperation, which PLOVER's manual codes as plain AGREE."""
    return fact.event.status == "actual" or (fact.event.status, fact.event.event) == ("future", "AGREE")


def _ranged(fact: Fact) -> bool:
    return fact.event.start != fact.event.end


def _rivals(fact: Fact) -> bool:
    kinds = {figure.kind for figure in fact.event.figures}
    return any(len({f.best for f in fact.event.figures if f.kind == kind}) > 1 for kind in kinds)


STATUS = Loss("their status is not actual, and the format would tell them as facts", lambda fact: not _happened(fact))
NO_DAY = Loss("their date is not known, or vaguer than a month", lambda fact: fact.day is None)
ANNOUNCED = Loss("that they are announced and not carried out", lambda fact: fact.event.status == "future")
RANGE = Loss("the last day of several", _ranged)
MODES = Loss("modes after the first", lambda fact: len(fact.event.mode) > 1)
REPORTS = Loss("reports after the first", lambda fact: len(fact.tellings) > 1)
DISPUTED = Loss("who denies them", lambda fact: bool(fact.event.disputed_by))
FIGURES = Loss("rival numbers of killed, injured or arrested", _rivals)
PAIRS = Loss("that several rows are one event", lambda fact: len(fact.pairs) > 1)
SPREAD = Loss("rival dates and places", lambda fact: len(fact.event.dates) > 1 or len(fact.event.places) > 1)
