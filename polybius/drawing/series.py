"""Numbers over time: lines, areas, and bars to both sides of nought."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from polybius.drawing.axes import Frame, axes, framed
from polybius.drawing.key import keyed
from polybius.drawing.periods import period_edges, slot
from polybius.drawing.svg import amount, finite, picture, tag, titled

MANY = 60  # points beyond which no dot marks each


@dataclass(frozen=True, slots=True)
class Line:
    """A named line. A value that is None, or no number, leaves a gap. ``kind`` is a class of the style sheet."""

    name: str
    points: Sequence[tuple[dt.date, float | None]]
    kind: str = "line-1"


@dataclass(frozen=True, slots=True)
class Bar:
    """A value of a period that begins on ``start``; ``label`` is what is said of it."""

    start: dt.date
    value: float | None
    label: str
    href: str | None = None


def series(
    title: str, lines: Sequence[Line], *, description: str = "", unit: str = "", area: bool = False,
    width: float = 960, height: float = 240,
) -> str:  # fmt: skip
    """Lines over days, from nought; ``area`` fills what is below."""
    values = [found for line in lines for _, value in line.points if (found := finite(value)) is not None]
    frame = framed(width, height, [day for line in lines for day, _ in line.points], values)
    drawn = [_line(frame, line, area) for line in lines]
    key, tall = keyed([(line.name, line.kind) for line in lines], width) if len(lines) > 1 else ("", 0.0)
    chart = tag("g", axes(frame, unit), *drawn, transform=f"translate(0,{tall:g})")
    return picture(title, description, width, height + tall, key, chart)


def _line(frame: Frame, line: Line, area: bool) -> str:
    parts = [tag("path", d=_path(frame, run), class_="line", fill="none") for run in _runs(line)]
    if area:
        parts = [tag("path", d=_filled(frame, run), class_="area") for run in _runs(line)] + parts
    points = [(day, value) for run in _runs(line) for day, value in run]
    if len(points) <= MANY:
        parts += [_dot(frame, line.name, day, value) for day, value in points]
    return tag("g", *parts, class_=line.kind) if parts else ""


def _runs(line: Line) -> Iterator[list[tuple[dt.date, float]]]:
    """The parts of a line between its gaps."""
    run: list[tuple[dt.date, float]] = []
    for day, value in sorted(line.points, key=lambda point: point[0]):
        found = finite(value)
        if found is not None:
            run.append((day, found))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _path(frame: Frame, run: Sequence[tuple[dt.date, float]]) -> str:
    return "M" + "L".join(f"{frame.x(day):.1f},{frame.y(value):.1f}" for day, value in run)


def _filled(frame: Frame, run: Sequence[tuple[dt.date, float]]) -> str:
    ground = frame.y(0)
    return f"{_path(frame, run)}L{frame.x(run[-1][0]):.1f},{ground:.1f}L{frame.x(run[0][0]):.1f},{ground:.1f}Z"


def _dot(frame: Frame, name: str, day: dt.date, value: float) -> str:
    mark = tag("circle", cx=frame.x(day), cy=frame.y(value), r=2.5, class_="dot")
    return titled(mark, f"{name}, {day}: {amount(value)}")


def diverging(
    title: str, bars: Sequence[Bar], *, description: str = "", unit: str = "", days: int = 7,
    span: tuple[dt.date, dt.date] | None = None, width: float = 960, height: float = 200,
) -> str:  # fmt: skip
    """Bars upwards and downwards from nought, such as net scale; each stands for so many ``days``."""
    found = [(bar, value) for bar in bars if (value := finite(bar.value)) is not None]
    edges = [*(span or ()), *(bar.start for bar, _ in found)]
    frame = framed(width, height, period_edges(edges, days), [value for _, value in found])
    drawn = [_pole(frame, bar, value, days) for bar, value in found]
    return picture(
        title, description, width, height, axes(frame, unit), *drawn, linked=any(bar.href for bar, _ in found)
    )


def _pole(frame: Frame, bar: Bar, value: float, days: int) -> str:
    top, bottom = sorted((frame.y(value), frame.y(0)))
    x, wide = slot(frame, bar.start, days)
    mark = tag("rect", x=x, y=top, width=wide, height=max(bottom - top, 1.0), class_="up" if value >= 0 else "down")
    return titled(mark, bar.label, bar.href)
