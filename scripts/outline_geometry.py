"""Geometry of outlines, for world_outline.py: arcs of TopoJSON decoded, simplified, joined to rings, rounded."""

from __future__ import annotations

import math
from typing import Any

TOLERANCE = 0.05  # degrees by which a line may leave the original
LEAST = 0.03  # square degrees of the smallest ring that is kept
Point = tuple[float, float]


def decoded(arc: list[list[int]], transform: dict[str, Any]) -> list[Point]:
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append(
            tuple(n * s + t for n, s, t in zip((x, y), transform["scale"], transform["translate"], strict=True))
        )
    return points


def simplified(points: list[Point]) -> list[Point]:
    """Douglas and Peucker's line. Borders are arcs that two countries share, so that no gap opens between them."""
    if len(points) < 3:
        return points
    (x1, y1), (x2, y2) = points[0], points[-1]
    length = math.hypot(x2 - x1, y2 - y1)
    offs = [
        abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length if length else math.hypot(x - x1, y - y1)
        for x, y in points
    ]
    far = max(range(len(points)), key=lambda i: offs[i])
    if offs[far] <= TOLERANCE:
        return [points[0], points[-1]]
    return [*simplified(points[: far + 1])[:-1], *simplified(points[far:])]


def joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def rounded(points: list[Point]) -> list[Point]:
    near = [(round(x, 1) + 0.0, round(y, 1) + 0.0) for x, y in points]
    return [point for last, point in zip([None, *near], near, strict=False) if point != last]


def signed_area(points: list[Point]) -> float:
    """Below nought for an outer ring, which runs clockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False)) / 2
