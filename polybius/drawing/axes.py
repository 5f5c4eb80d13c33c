"""Scales and their ticks: numbers upwards, days to the right."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from polybius.drawing.svg import amount, label, tag

LEFT, RIGHT, TOP, BOTTOM = 46.0, 10.0, 20.0, 26.0  # room around what is drawn


@dataclass(frozen=True, slots=True)
class Frame:
    """The rectangle of a chart, the days and the numbers that it spans."""

    width: float
    height: float
    first: dt.date
    last: dt.date
    low: float
    high: float
    least: float = 0.0  # of the steps upwards

    def x(self, day: dt.date) -> float:
        """Where a day is. A single day is in the middle."""
        span = (self.last - self.first).days
        share = (day - self.first).days / span if span else 0.5
        return LEFT + share * (self.width - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Where a number is."""
        share = (value - self.low) / (self.high - self.low)
        return self.height - BOTTOM - share * (self.height - TOP - BOTTOM)


def framed(width: float, height: float, days: Sequence[dt.date], values: Sequence[float], whole: bool = False) -> Frame:
    """The frame that holds days and values, and nought. ``whole`` are counts: no step is less than one."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    ticks = steps(min(low, 0.0), max(high, 0.0), 1.0 if whole else 0.0)
    first, last = min(days, default=dt.date(2000, 1, 1)), max(days, default=dt.date(2000, 1, 1))
    return Frame(width, height, first, last, ticks[0], ticks[-1], 1.0 if whole else 0.0)


def steps(low: float, high: float, least: float = 0.0, most: int = 5) -> list[float]:
    """Round numbers from at most ``low`` to at least ``high``, about ``most`` of them, no nearer than ``least``."""
    if low >= high:
        return [low, low + 1.0]
    rough = max((high - low) / most, least)
    size = 10.0 ** math.floor(math.log10(max(rough, 1e-12)))
    step = next(size * n for n in (1, 2, 5, 10) if size * n >= rough * 0.999)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(n * step, 12) for n in range(first, last + 1)]


def axes(frame: Frame, unit: str = "") -> str:
    """Lines and numbers at the left, days below."""
    levels = "".join(_level(frame, value) for value in steps(frame.low, frame.high, frame.least))
    days = "".join(_day(frame, day, words) for day, words in day_ticks(frame.first, frame.last, _room(frame)))
    named = label(unit, LEFT, TOP - 8.0, class_="unit") if unit else ""
    return tag("g", levels, days, named, class_="axes", aria_hidden="true")


def _room(frame: Frame) -> int:
    return max(2, int((frame.width - LEFT - RIGHT) / 75))


def _level(frame: Frame, value: float) -> str:
    y = frame.y(value)
    line = tag("line", class_="zero" if value == 0 else "grid", x1=LEFT, x2=frame.width - RIGHT, y1=y, y2=y)
    return line + label(amount(value), LEFT - 6, y + 4, anchor="end")


def _day(frame: Frame, day: dt.date, words: str) -> str:
    x = frame.x(day)
    anchor = "end" if x > frame.width - 36 else "start" if x < LEFT + 16 else "middle"
    mark = tag("line", class_="tick", x1=x, x2=x, y1=frame.height - BOTTOM, y2=frame.height - BOTTOM + 4)
    return mark + label(words, x, frame.height - 7, anchor=anchor)


def day_ticks(first: dt.date, last: dt.date, most: int) -> list[tuple[dt.date, str]]:
    """At most so many days, at beginnings of years, months or weeks, with what they are called."""
    if (last - first).days < most:
        return [(_plus(first, n), _short(_plus(first, n))) for n in range((last - first).days + 1)]
    for months in (0, 1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000):
        if (last - first).days > (most + 1) * (31 * months or 7):
            continue  # too many in any case
        found = _months(first, last, months) if months else _weeks(first, last)
        if 1 < len(found) <= most:
            return [(day, _month(day, months) if months else _short(day)) for day in found]
    return [(first, _short(first, True)), (last, _short(last, True))]


def _plus(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(min(day.toordinal() + days, dt.date.max.toordinal()))


def _weeks(first: dt.date, last: dt.date) -> list[dt.date]:
    start = first.toordinal() + (-first.weekday()) % 7
    return [dt.date.fromordinal(n) for n in range(start, last.toordinal() + 1, 7)]


def _months(first: dt.date, last: dt.date, step: int) -> list[dt.date]:
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    numbers = range(start + (-start) % step, end + 1, step)
    found = [dt.date(number // 12, number % 12 + 1, 1) for number in numbers if number >= 12]
    return [day for day in found if day >= first]


def _short(day: dt.date, year: bool = False) -> str:
    return f"{day.day} {calendar.month_abbr[day.month]}" + (f" {day.year}" if year else "")


def _month(day: dt.date, step: int) -> str:
    if step >= 12:
        return str(day.year)
    return (
        f"{calendar.month_abbr[day.month]} {day.year}" if day.month == 1 or step > 1 else calendar.month_abbr[day.month]
    )
