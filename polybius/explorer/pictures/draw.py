"""Courses and counts as pictures, each twice: wide, and for narrow screens with letters that can be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from markupsafe import Markup

from polybius import drawing
from polybius.drawing import Bar, Layer, Line, Row, Stack
from polybius.explorer.pictures.periods import QUADS, Course, Period, last_day
from polybius.explorer.wording import day, plural, signed, type_label

WIDE, BESIDE, NARROW = 960.0, 560.0, 400.0
MOST_LINKS = 130  # bars that are links; more of them are in nobody's way who goes by keyboard
LAYERS = tuple(Layer(quad.capitalize(), quad.lower().replace(" ", "-")) for quad in QUADS)
DAYS = {"day": 1, "week": 7, "month": 30}

Link = Callable[[dt.date, dt.date], str]


def twice(draw: Callable[[float], str], wide: float = WIDE) -> Markup:
    """The picture in both widths; the style sheet shows one of them."""
    return Markup(f'<div class="wide">{draw(wide)}</div><div class="narrow">{draw(NARROW)}</div>')


def events_chart(course: Course, ways: tuple[str, ...], link: Link | None = None, title: str = "Events") -> Markup:
    """How many events of each class, by period."""
    found = list(course.of(*ways))
    stacks = [
        Stack(one.start, one.quads, counted(course.by, one), _link(found, one, course.by, link))
        for one in found
        if one.start
    ]
    told = f"{plural(sum(one.events for one in found), 'event')} by {course.by}, stacked by class"
    return twice(
        lambda width: drawing.stacked(
            title,
            LAYERS,
            stacks,
            description=told,
            unit="events",
            days=DAYS[course.by],
            span=_span(course),
            width=width,
        )
    )


def scale_chart(course: Course, ways: tuple[str, ...], title: str = "Net scale") -> Markup:
    """The sum of the scales of the events, by period."""
    found = list(course.of(*ways))
    bars = [Bar(one.start, one.net_scale, scaled(course.by, one)) for one in found if one.start and one.events]
    told = f"Sum of the scales of the events by {course.by}: above nought more cooperation, below more conflict"
    return twice(
        lambda width: drawing.diverging(
            title,
            bars,
            description=told,
            unit="net scale",
            days=DAYS[course.by],
            span=_span(course),
            width=width,
            height=180,
        )
    )


def share_chart(
    course: Course, ways: Mapping[str, tuple[str, ...]], title: str = "Events per 1,000 documents"
) -> Markup:
    """Events in a thousand documents read, a line a name of ``ways``."""
    lines = [
        Line(name, [(one.start, one.per_thousand) for one in course.of(*of) if one.start], f"line-{number}")
        for number, (name, of) in enumerate(ways.items(), 1)
    ]
    told = f"Events in a thousand documents that were read, by {course.by}; a gap where none was read"
    return twice(
        lambda width: drawing.series(
            title, lines, description=told, unit="per 1,000 documents", area=len(lines) == 1, width=width, height=180
        ),
        BESIDE,
    )


def bar_chart(title: str, counts: Iterable[tuple[str, int, str | None]]) -> Markup:
    """A bar a name: name, count, and where it leads."""
    rows = [Row(name, count, href) for name, count, href in counts]
    return twice(lambda width: drawing.bars(title, rows, width=width), BESIDE)


def types_chart(types: Mapping[str, int], link: Callable[[str], str]) -> Markup:
    """A bar a type of events, which leads to those events."""
    return bar_chart("Types of events", [(type_label(code), n, link(code)) for code, n in types.items()])


def _span(course: Course) -> tuple[dt.date, dt.date] | None:
    return (course.starts[0], course.starts[-1]) if course.starts else None


def _link(found: list[Period], one: Period, by: str, link: Link | None) -> str | None:
    if link is None or len(found) > MOST_LINKS or not one.events or one.start is None:
        return None
    return link(one.start, last_day(by, one.start))


def named(by: str, start: dt.date) -> str:
    """A period: ``3 May 2024``, ``week from 29 Apr 2024``, ``May 2024``."""
    if by == "month":
        return f"{start:%b} {start.year}"
    return f"week from {day(start)}" if by == "week" else day(start)


def counted(by: str, one: Period) -> str:
    """What is said of a stack."""
    assert one.start
    parts = [f"{count:,} {quad.lower()}" for quad, count in zip(QUADS, one.quads, strict=True) if count]
    return f"{named(by, one.start)}: {plural(one.events, 'event')}" + (f" ({', '.join(parts)})" if parts else "")


def scaled(by: str, one: Period) -> str:
    """What is said of a bar of net scale."""
    assert one.start
    return f"{named(by, one.start)}: net scale {signed(one.net_scale)} of {plural(one.events, 'event')}"
