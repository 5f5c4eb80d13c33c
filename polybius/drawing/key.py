"""What each colour means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from polybius.drawing.svg import label, short, tag

Names = Sequence[tuple[str, str]]  # a name and the class of its colour
LETTER, ROW = 6.6, 18.0  # pixels


def keyed(names: Names, width: float) -> tuple[str, float]:
    """Squares and names in rows that fit, and how high they are together."""
    rows = list(_rows([(short(name, 40), kind) for name, kind in names], width))
    drawn = [tag("g", *_marks(row), transform=f"translate(4,{14 + ROW * n:g})") for n, row in enumerate(rows)]
    return (tag("g", *drawn, class_="key"), ROW * len(rows) + 4) if drawn else ("", 0.0)


def _wide(name: str) -> float:
    return 28 + LETTER * len(name)


def _rows(names: Names, width: float) -> Iterator[list[tuple[str, str]]]:
    row: list[tuple[str, str]] = []
    for one in names:
        if row and sum(_wide(name) for name, _ in [*row, one]) > width - 8:
            yield row
            row = []
        row.append(one)
    if row:
        yield row


def _marks(row: Names) -> Iterator[str]:
    x = 0.0
    for name, kind in row:
        yield tag("g", tag("rect", x=x, y=-9.0, width=10.0, height=10.0, class_="swatch"), class_=kind)
        yield label(name, x + 14, 0)
        x += _wide(name)
