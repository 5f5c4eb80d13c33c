"""Events over time: counts of the four classes, net scale, and how many documents were read."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from polybius.query import PERIODS, QueryError
from polybius.query.opened import ask
from polybius.query.series import PERIOD_SQL, READ_SQL
from polybius.query.table import Table
from polybius.store import Store

MOST = 366  # periods that are shown
QUADS = ("VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT")

_QUADS = ", ".join(f"count(*) FILTER (quad_code = '{quad}')" for quad in QUADS)
_COUNTS = f"""WITH told AS (SELECT *, {PERIOD_SQL} FROM shown)
  SELECT period, way, {_QUADS}, round(coalesce(sum(event_scale), 0), 3) FROM told GROUP BY period, way ORDER BY period, way"""
_READ_IN = f"WITH {READ_SQL} SELECT period, documents FROM read WHERE period IS NOT NULL"
COLUMNS = (
    ("period", "DATE"), ("direction", "VARCHAR"), ("n_events", "BIGINT"), ("verbal_cooperation", "BIGINT"),
    ("material_cooperation", "BIGINT"), ("verbal_conflict", "BIGINT"), ("material_conflict", "BIGINT"), ("net_scale", "DOUBLE"),
    ("documents", "BIGINT"), ("per_thousand", "DOUBLE"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """Events of one direction that begin in a period; ``start`` is None where it is unknown or too vague."""

    start: dt.date | None
    way: str
    quads: tuple[int, int, int, int]
    net_scale: float
    documents: int

    @property
    def events(self) -> int:
        """Events of the four classes together."""
        return sum(self.quads)

    @property
    def per_thousand(self) -> float | None:
        """Events in a thousand documents that were published in the period; None where none was."""
        return round(1000 * self.events / self.documents, 3) if self.documents else None

    @property
    def row(self) -> tuple[Any, ...]:
        """The values of COLUMNS."""
        read = self.documents or None
        return (self.start, self.way, self.events, *self.quads, self.net_scale, read, self.per_thousand)


@dataclass(frozen=True, slots=True)
class Course:
    """Periods of ``by``, those without events too; what is left out is ``undated``, or ``outside`` of what can be shown."""

    by: str
    found: tuple[Period, ...]
    starts: tuple[dt.date, ...]
    read: Mapping[dt.date, int]

    @property
    def undated(self) -> int:
        """Events of unknown or vague date."""
        return sum(one.events for one in self.found if one.start is None)

    @property
    def outside(self) -> int:
        """Dated events before or after the periods that are shown."""
        return sum(one.events for one in self.found if one.start and one.start not in self.starts)

    def of(self, *ways: str) -> Iterator[Period]:
        """Each period that is shown, the directions added up."""
        dated = {(one.start, one.way): one for one in self.found}
        for start in self.starts:
            several = [dated[start, way] for way in ways if (start, way) in dated]
            columns = [one.quads for one in several]
            quads = tuple(sum(column[n] for column in columns) for n in range(4))
            net = round(sum(one.net_scale for one in several), 3)
            yield Period(start, "", (quads[0], quads[1], quads[2], quads[3]), net, self.read.get(start, 0))

    @property
    def table(self) -> Table:
        """All that was found, for programs; periods without events are left out."""
        return Table(COLUMNS, tuple(one.row for one in self.found))


def chosen(given: str | None) -> str | None:
    """The length of periods that is asked for. Raises QueryError."""
    if given and given not in PERIODS:
        raise QueryError("by", f"by: there is no period {given[:40]!r}; allowed: {', '.join(PERIODS)}")
    return given or None


_SPAN = """SELECT quantile_disc(day, 0.02), quantile_disc(day, 0.98) FROM (SELECT coalesce(date_from, date_to) AS day FROM shown)
  WHERE day IS NOT NULL"""


def usual(store: Store) -> str:
    """Days for two months, weeks for three years, months for more: by when nearly all of the events were."""
    first, last = ask(store, _SPAN, {}).rows[0]
    span = (last - first).days if first else 0
    return "day" if 0 < span <= 62 else "week" if span <= 1100 else "month"


def course(store: Store, by: str | None, publisher: str | None = None) -> Course:
    """The course of the events that are shown, by the usual period where none is asked for."""
    by = by or usual(store)
    values = {"by": by, "longest": PERIODS[by]}
    read = dict(ask(store, _READ_IN, {"by": by, "of_publisher": publisher}).rows)
    rows = ask(store, _COUNTS, values).rows
    found = tuple(
        Period(start, way, (a, b, c, d), net, read.get(start, 0) if start else 0)
        for start, way, a, b, c, d, net in rows
    )
    return Course(by, found, tuple(_starts(by, found)), read)


def _starts(by: str, found: tuple[Period, ...]) -> Iterator[dt.date]:
    """The periods from the first to the last that have events; of too many the MOST that have the most."""
    dated = [(one.start, one.events) for one in found if one.start]
    if not dated:
        return
    first, last = _busiest(by, sorted(dated))
    while first < last:
        yield first
        first = following(by, first)
    yield last


def _busiest(by: str, dated: list[tuple[dt.date, int]]) -> tuple[dt.date, dt.date]:
    """First and last period of the span of at most MOST periods that has most events; of equal ones the latest."""
    best, held, begin = (0, 0, 0), 0, 0
    for end, (last, events) in enumerate(dated):
        held += events
        while _between(by, dated[begin][0], last) > MOST:
            held -= dated[begin][1]
            begin += 1
        best = max(best, (held, end, begin))
    return dated[best[2]][0], dated[best[1]][0]


def following(by: str, start: dt.date) -> dt.date:
    """The beginning of the next period."""
    if by == "month":
        return dt.date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return start + dt.timedelta(7 if by == "week" else 1)


def last_day(by: str, start: dt.date) -> dt.date:
    """The last day of a period."""
    if by == "month":
        return start.replace(day=calendar.monthrange(start.year, start.month)[1])
    return dt.date.fromordinal(min(start.toordinal() + (6 if by == "week" else 0), dt.date.max.toordinal()))


def _between(by: str, first: dt.date, last: dt.date) -> int:
    return (last - first).days // {"day": 1, "week": 7, "month": 28}[by] + 1
