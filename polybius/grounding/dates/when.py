"""What an expression of time means, and how that becomes a range of dates."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Literal

from polybius.records import DateRange, Granularity

Date = dt.date
Day = tuple[int, int, int]  # year, month, day; the year 1 BC is 0, as astronomers count
Grain = Literal["day", "week", "weekend", "month", "season", "quarter", "half", "year", "decade", "century", "range"]
Kind = Literal["point", "length", "vague"]
Edge = Literal["", "start", "mid", "end", "upto", "from"]

COARSE: tuple[Grain, ...] = (
    "century",
    "decade",
    "range",
    "half",
    "year",
    "season",
    "quarter",
    "month",
    "week",
    "weekend",
    "day",
)
FIRST_YEAR, LAST_YEAR = 1, 9999


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of the calendar, both ends included.

    A length of time ("for two weeks") has ``count`` and ``unit`` too; its ends are None where nothing tells them. ``edge`` is
    the part of the stretch that is meant, ``clock`` the time of day. ``running``: found against the story's own date.
    """

    kind: Kind
    first: Day | None
    last: Day | None
    grain: Grain
    why: str
    edge: Edge = ""
    clock: str = ""
    count: float | None = None
    unit: str = ""
    running: bool = False

    @property
    def start(self) -> Date | None:
        return date_of(self.first)

    @property
    def end(self) -> Date | None:
        return date_of(self.last)

    @property
    def fine(self) -> int:
        """How fine the grain is: larger is finer."""
        return COARSE.index(self.grain)


@dataclass(frozen=True, slots=True)
class Miss:
    """An expression that a rule knows but that gives no date, with the reason. ``hangs``: on another event."""

    reason: str
    hangs: bool = False
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative expressions are counted from.

    ``running`` is the last date that the story told; in a ``narrative``, which tells of times long before it was published, it
    is what partial dates are completed from. ``ahead``: what is dated is still to come.
    """

    published: Date | None = None
    running: When | None = None
    narrative: bool = False
    ahead: bool = False

    @property
    def told(self) -> Date | None:
        """The story's own date, if it is one that a calendar can count from."""
        return self.running.start if self.running is not None else None

    @property
    def now(self) -> Date | None:
        """The present of the words: the story's in a narrative, else the day of publication."""
        return (self.told or self.published) if self.narrative else self.published


def date_of(day: Day | None) -> Date | None:
    if day is None or not FIRST_YEAR <= day[0] <= LAST_YEAR:
        return None
    try:
        return dt.date(*day)
    except ValueError:
        return None


def day_of(date: Date) -> Day:
    return date.year, date.month, date.day


def point(first: Day, last: Day, grain: Grain, why: str) -> When:
    return When("point", first, last, grain, why)


def on(date: Date, why: str) -> When:
    return point(day_of(date), day_of(date), "day", why)


def between(first: Date, last: Date, grain: Grain, why: str) -> When:
    return point(day_of(first), day_of(last), grain, why)


def a_day(year: int, month: int, day: int, why: str) -> When | None:
    """A day of the calendar; None for 30 February and its like."""
    if not 1 <= month <= 12 or not 1 <= day <= length_of(year, month):
        return None
    return point((year, month, day), (year, month, day), "day", why)


def a_month(year: int, month: int, why: str) -> When:
    return point((year, month, 1), (year, month, length_of(year, month)), "month", why)


def months(year: int, first: int, count: int, grain: Grain, why: str) -> When:
    """Whole months from one of a year on; it may end in the next year."""
    year_after, last = divmod(year * 12 + first - 1 + count - 1, 12)
    return point((year, first, 1), (year_after, last + 1, length_of(year_after, last + 1)), grain, why)


def years(first: int, last: int, grain: Grain, why: str) -> When:
    return point((first, 1, 1), (last, 12, 31), grain, why)


def length_of(year: int, month: int) -> int:
    if month == 2:
        return 29 if calendar.isleap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def shift_months(date: Date, count: int) -> Date | None:
    year, month = divmod(date.year * 12 + date.month - 1 + count, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return dt.date(year, month + 1, min(date.day, length_of(year, month + 1)))


def shift_days(date: Date, count: int) -> Date | None:
    try:
        return date + dt.timedelta(days=count)
    except OverflowError:
        return None


def range_of(when: When) -> DateRange | Miss:
    """The dates of a meaning, the part of it that is meant; a miss where no calendar date can hold them."""
    if when.kind == "vague":
        return Miss(when.why)
    if when.first is None and when.last is None:
        return Miss("a length of time, and no words tell when it began or ended")
    for day in (when.first, when.last):
        if day is not None and date_of(day) is None:
            return Miss("a date before the year 1" if day[0] < FIRST_YEAR else "a date that no calendar has")
    first, last = when.start, when.end
    if first is not None and last is not None:
        if first > last:
            return Miss("the range ends before it begins")
        if when.edge in ("upto", "from"):
            return DateRange(first, last, "range" if when.grain != "day" else "day")
        if when.edge and when.grain != "day":
            return DateRange(*third(first, last, when.edge, when.grain), "range")
    return DateRange(first, last, granularity(when.grain))


def third(first: Date, last: Date, edge: Edge, grain: Grain) -> tuple[Date, Date]:
    """The first, middle or last third of a range, in whole years of a decade and whole months of a year."""
    size = (last - first).days + 1
    one, two = (snapped(first + dt.timedelta(days=size * k // 3), grain) for k in (1, 2))
    before_one, before_two = (max(day - dt.timedelta(days=1), first) for day in (one, two))
    return {"start": (first, before_one), "mid": (one, max(before_two, one))}.get(edge, (two, last))


def snapped(day: Date, grain: Grain) -> Date:
    """The nearest beginning of a year or a month."""
    if grain in ("decade", "century"):
        return dt.date(day.year + (day.month > 6), 1, 1)
    if grain in ("year", "half", "season", "quarter", "range"):
        return (day if day.day <= 15 else day + dt.timedelta(days=20)).replace(day=1)
    return day


def granularity(grain: Grain) -> Granularity:
    return "range" if grain in ("weekend", "half", "century") else grain  # type: ignore[return-value]
