"""The fields of a report: as marks in its text, and as rows that say what each was found to be and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from polybius.explorer.wording import actor_label, country_label, days, mode_label, type_label
from polybius.explorer.words import Mark
from polybius.report import ActorField, DateField, PlaceField, Quote, Report, Size, SourceField

KINDS = ("killed", "injured", "arrested")
# Which confidence belongs to which field, where their names differ.
_SURE = {"trigger": "event", "by": "attribution"}


@dataclass(frozen=True, slots=True)
class Row:
    """One filler of a report: its words, what they were found to be, and why; or why nothing was."""

    kind: str
    role: str
    quote: Quote | None
    value: str
    status: str
    reason: str
    runners_up: tuple[str, ...] = ()
    implicit: bool = False
    sure: float | None = None

    @property
    def title(self) -> str:
        """What a pointer on the words is told."""
        known = self.value or self.status.replace("_", " ")
        return f"{self.role}: {known}" + (f" ({self.reason})" if self.reason else "")


def rows(report: Report) -> list[Row]:
    """The fields of a report in the order in which a sentence tells them."""
    return [_sure(report, row) for row in (*_what(report), *_who(report), *_when_and_where(report), *_numbers(report))]


def _sure(report: Report, row: Row) -> Row:
    found = dict(report.confidence).get(_SURE.get(row.kind, row.kind))
    return Row(row.kind, row.role, row.quote, row.value, row.status, row.reason, row.runners_up, row.implicit, found)


def _what(report: Report) -> Iterator[Row]:
    modes = mode_label(";".join(report.mode))
    value = type_label(report.event) + (f" · {modes}" if modes else "")
    yield Row("trigger", "event", report.trigger, value, "resolved", f"found by {report.found_by}")


def _who(report: Report) -> Iterator[Row]:
    for role, parties in (("actor", report.actor), ("recipient", report.recipient)):
        yield from (_party(role, role, party) for party in parties)
    for source in report.attribution:
        yield _party("by", "said by", source)
        if source.cue:
            yield Row("by", "says", source.cue, "", "resolved", "")


def _party(kind: str, role: str, party: ActorField | SourceField) -> Row:
    return Row(kind, role, party.quote, who(party), party.status, party.reason, party.runners_up, party.implicit)


def who(party: ActorField | SourceField) -> str:
    """``Han Min-jae: South Korea (KOR), GOV``; empty where nothing is known."""
    country = f"{actor_label(party.code)} ({party.code})" if party.code else ""
    coded = ", ".join(filter(None, (country, *party.sector)))
    return ": ".join(filter(None, (party.name or "", coded)))


def _when_and_where(report: Report) -> Iterator[Row]:
    for place in report.place:
        yield Row(
            "place", "place", place.quote, where(place), place.status, place.reason, place.runners_up, place.implicit
        )
    date = report.date
    if date.quote or date.start or date.end or date.reason:
        yield Row(
            "date", "date", date.quote, when(date), date.status, date.reason, tuple(date.runners_up), date.implicit
        )


def where(place: PlaceField) -> str:
    """``Paris, Île-de-France, France (48.85, 2.35, within 10 km)``; empty where nothing is known."""
    names = (place.name, place.admin1, country_label(place.country) if place.country else None)
    named = ", ".join(dict.fromkeys(filter(None, names)))
    if place.latitude is None or place.longitude is None:
        return named
    radius = "" if place.precision_km is None else f", within {place.precision_km:g} km"
    return f"{named} ({place.latitude:g}, {place.longitude:g}{radius})"


def when(date: DateField) -> str:
    """``14 May 2024``; empty where nothing is known."""
    return days(date.start, date.end) if date.start or date.end else ""


def _numbers(report: Report) -> Iterator[Row]:
    for kind in KINDS:
        size: Size | None = getattr(report.size, kind)
        if size:
            yield Row("size", kind, size.quote, amount(size.low, size.best, size.high), "resolved", "")
            yield from (_party("by", "says so", source) for source in size.attribution)


def amount(low: int | None, best: int | None, high: int | None) -> str:
    """``12``, ``10–15``, ``at least 10``, ``at most 15``."""
    if low is not None and high is not None and low != high:
        return f"{low:,}–{high:,}"
    if high is None and low is not None and low != best:
        return f"at least {low:,}"
    if low is None and high is not None and high != best:
        return f"at most {high:,}"
    one = best if best is not None else low if low is not None else high
    return "" if one is None else f"at least {one:,}" if best is None and high is None else f"{one:,}"


def marks(report: Report, within: str = "text", number: int | None = None, chains: bool = True) -> list[Mark]:
    """Where the fields of a report stand. With a ``number`` only the event has a label, the number, and is a link's target."""
    found = [_mark(row, number) for row in rows(report) if row.quote and row.quote.within == within]
    return [*found, *_chain(report)] if chains and number is None and within == "text" else found


def _mark(row: Row, number: int | None) -> Mark:
    assert row.quote is not None
    if number is None:
        return Mark(row.quote.start, row.quote.end, row.kind, row.title, row.role)
    trigger = row.kind == "trigger"
    note, id = (str(number), f"t{number}") if trigger else ("", "")
    return Mark(row.quote.start, row.quote.end, row.kind, f"{number}. {row.title}", note, id)


def _chain(report: Report) -> Iterator[Mark]:
    """Other mentions of actors and recipients."""
    sides: Sequence[tuple[str, tuple[ActorField, ...]]] = (("actor", report.actor), ("recipient", report.recipient))
    for role, parties in sides:
        for party in parties:
            for span in party.chain:
                if span != party.quote.span:
                    yield Mark(span.start, span.end, "chain", f"the same as the {role}: {party.name or ''}", "")
