"""The outlines of countries, for charts. They show where places are, and say nothing of whose they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from polybius.drawing import outline

Ring = list[tuple[float, float]]  # longitude, latitude; clockwise


def rings() -> list[Ring]:
    """All outer rings, at a tenth of a degree. In a hole lies another country, which is drawn over it."""
    return [[*ring, ring[0]] for rings in outline().values() for ring in rings if signed_area(ring) < 0]


def signed_area(ring: Sequence[tuple[float, float]]) -> float:
    """Below nought where a ring runs clockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def rings_within(west: float, south: float, east: float, north: float) -> Iterator[Ring]:
    """The rings that reach into a box."""
    for ring in rings():
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        if min(xs) <= east and max(xs) >= west and min(ys) <= north and max(ys) >= south:
            yield ring
