"""Counts as bars: of names, one below the other; of periods, several kinds on top of each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from polybius.drawing.axes import Frame, axes, framed
from polybius.drawing.key import keyed
from polybius.drawing.periods import period_edges, slot
from polybius.drawing.svg import amount, finite, label, picture, short, tag, text, titled

ROW, ROW_TOP = 24.0, 4.0


@dataclass(frozen=True, slots=True)
class Row:
    """A name and its count. ``kind`` is a class of the style sheet."""

    name: str
    value: float | None
    href: str | None = None
    kind: str = "line-1"


@dataclass(frozen=True, slots=True)
class Layer:
    """One kind of what is stacked."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Stack:
    """A period and its values, one a layer in their order."""

    start: dt.date
    values: Sequence[float | None]
    label: str
    href: str | None = None


def bars(title: str, rows: Sequence[Row], *, description: str = "", width: float = 480) -> str:
    """A bar a name, with its count. What is below nought, or no number, is drawn as nought."""
    most = max((_count(row.value) for row in rows), default=0.0) or 1.0
    room = width * 0.38
    drawn = [_row(row, ROW_TOP + ROW * n, room, width, most) for n, row in enumerate(rows)]
    height = 2 * ROW_TOP + ROW * max(len(rows), 1)
    return picture(title, description, width, height, *drawn, linked=any(row.href for row in rows))


def _count(value: float | None) -> float:
    return max(finite(value) or 0.0, 0.0)


def _row(row: Row, y: float, room: float, width: float, most: float) -> str:
    value = _count(row.value)
    long = value / most * (width - room - 56)
    name = label(short(row.name, int(room / 6.8)), room - 8, y + 16, anchor="end")
    mark = tag("rect", x=room, y=y + 3, width=max(long, 1.0), height=ROW - 7, class_="bar")
    count = label(amount(value), room + max(long, 1.0) + 5, y + 16, class_="count")
    target = tag("rect", x=0.0, y=y, width=float(width), height=ROW, class_="target", fill="none", pointer_events="all")
    return tag("g", titled(target + name + mark + count, f"{row.name} {amount(value)}", row.href), class_=row.kind)


def stacked(
    title: str, layers: Sequence[Layer], stacks: Sequence[Stack], *, description: str = "", unit: str = "", days: int = 7,
    span: tuple[dt.date, dt.date] | None = None, width: float = 960, height: float = 260,
) -> str:  # fmt: skip
    """Bars of periods of so many ``days``, made of layers, the first at the bottom."""
    totals = [sum(map(_count, stack.values)) for stack in stacks]
    frame = framed(
        width, height, period_edges([*(span or ()), *(stack.start for stack in stacks)], days), totals, whole=True
    )
    drawn = [_stack(frame, stack, layers, days) for stack in stacks]
    key, tall = keyed([(layer.name, layer.kind) for layer in layers], width)
    return picture(
        title, description, width, height + tall, key, tag("g", axes(frame, unit), *drawn, transform=f"translate(0,{tall:g})"),
        linked=any(stack.href for stack in stacks),
    )  # fmt: skip


def _stack(frame: Frame, stack: Stack, layers: Sequence[Layer], days: int) -> str:
    return titled("".join(_layers(frame, stack, layers, days)), stack.label, stack.href)


def _layers(frame: Frame, stack: Stack, layers: Sequence[Layer], days: int) -> Iterator[str]:
    x, wide = slot(frame, stack.start, days)
    below = 0.0
    for layer, value in zip(layers, map(_count, stack.values), strict=False):
        if value:
            top, bottom = frame.y(below + value), frame.y(below)
            yield tag("rect", x=x, y=top, width=wide, height=max(bottom - top, 0.5), class_=f"bar {text(layer.kind)}")
            below += value
