"""From degrees to the picture: Equal Earth for the whole world, a plain map for a part of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]  # west, south, east, north
Point = tuple[float, float]

# The polynomial of Equal Earth (Šavrič, Patterson and Jenny, 2018).
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
HALF = math.sqrt(3) / 2
SOUTH, NORTH = -57.0, 84.0  # what is shown of the world; nobody lives beyond
LEAST = 2.0  # degrees that a part spans at least
TALLEST = 0.75  # height of a part by its width


@dataclass(frozen=True)
class View:
    """A map of so many pixels. Kept and compared by ``key``."""

    key: tuple[float, ...]
    width: float
    height: float
    box: Box
    at_: Callable[[float, float], Point]

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, View) and self.key == other.key

    def at(self, longitude: float, latitude: float) -> Point:
        """Where a place is, in pixels."""
        west = self.box[0]
        return self.at_(west + (longitude - west) % 360 if longitude != self.box[2] else longitude, latitude)

    def holds(self, point: Point) -> bool:
        """Whether a point is in the picture."""
        return 0 <= point[0] <= self.width and 0 <= point[1] <= self.height

    @property
    def sea(self) -> str:
        """The ground of the map as a path."""
        west, south, east, north = self.box
        lats = [south + (north - south) * n / 40 for n in range(41)]
        edge = [self.at_(west, y) for y in lats] + [self.at_(east, y) for y in reversed(lats)]
        return _drawn(edge)

    def path(self, ring: Sequence[Point]) -> str:
        """A ring as a path, without points that fall together; "" where nothing of it can be seen."""
        west, south, east, north = self.box
        shifts = [turn for turn in (-360, 0, 360) if _meets(ring, turn, self.box)]
        return "".join(
            _drawn([self.at_(x + turn, min(max(y, south - 5), north + 5)) for x, y in ring]) for turn in shifts
        )


def _meets(ring: Sequence[Point], turn: float, box: Box) -> bool:
    xs, ys = [x + turn for x, _ in ring], [y for _, y in ring]
    return min(xs) < box[2] and max(xs) > box[0] and min(ys) < box[3] and max(ys) > box[1]


def _drawn(points: Sequence[Point]) -> str:
    """Points half a pixel apart or more."""
    kept = [points[0]]
    for x, y in points[1:]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= 0.6:
            kept.append((x, y))
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in kept) + "Z" if len(kept) > 2 else ""


def world_view(width: float) -> View:
    """The whole world but Antarctica."""
    scale = width / (2 * equal_earth(180, 0)[0])
    top, bottom = equal_earth(0, NORTH)[1], equal_earth(0, SOUTH)[1]

    def at(longitude: float, latitude: float) -> Point:
        x, y = equal_earth(longitude, latitude)
        return width / 2 + x * scale, (top - y) * scale

    return View((width,), width, (top - bottom) * scale, (-180.0, SOUTH, 180.0, NORTH), at)


def equal_earth(longitude: float, latitude: float) -> Point:
    """x and y of a unit sphere."""
    t = math.asin(HALF * math.sin(math.radians(max(-90.0, min(90.0, latitude)))))
    s = t * t
    x = (
        2
        * math.sqrt(3)
        * math.radians(longitude)
        * math.cos(t)
        / (3 * (9 * A4 * s**4 + 7 * A3 * s**3 + 3 * A2 * s + A1))
    )
    return x, t * (A4 * s**4 + A3 * s**3 + A2 * s + A1)


def zoomed_view(box: Box, width: float) -> View:
    """A part of the world; degrees of longitude are as narrow as they are in its middle."""
    west, south, east, north = _sound(box)
    narrow = math.cos(math.radians((south + north) / 2))
    scale = min(width / ((east - west) * narrow), width * TALLEST / (north - south))
    height = max((north - south) * scale, width * 0.35)
    x0, y0 = (west + east) / 2, (south + north) / 2
    half_w, half_h = width / 2 / scale / narrow, height / 2 / scale

    def at(longitude: float, latitude: float) -> Point:
        return width / 2 + (longitude - x0) * narrow * scale, height / 2 - (latitude - y0) * scale

    shown = (max(x0 - half_w, x0 - 180), y0 - half_h, min(x0 + half_w, x0 + 180), y0 + half_h)
    return View((width, west, south, east, north), width, height, shown, at)


def _sound(box: Box) -> Box:
    """The box within the world, east of its west, and never too small."""
    west, south, east, north = (n if math.isfinite(n) else 0.0 for n in box)
    west, east = max(-360.0, min(360.0, west)), max(-360.0, min(360.0, east))
    south, north = max(-85.0, min(85.0, min(south, north))), max(-85.0, min(85.0, max(south, north)))
    if east < west:
        east += 360.0
    wide, high = min(max(east - west, LEAST), 360.0), max(north - south, LEAST)
    x, y = (west + east) / 2, (south + north) / 2
    return x - wide / 2, max(y - high / 2, -87.0), x + wide / 2, min(y + high / 2, 87.0)


def around(points: Sequence[tuple[float, float]], least: float = 12.0) -> Box | None:
    """The box around points of latitude and longitude with room at its edges; None where they are all over the world."""
    if not points:
        return None
    south, north = min(y for y, _ in points), max(y for y, _ in points)
    west, east = min(x for _, x in points), max(x for _, x in points)
    if east - west > 140 or max(abs(south), abs(north)) > 80:
        return None
    wide, high = max((east - west) * 0.12, least / 2), max((north - south) * 0.12, least / 3)
    return west - wide, south - high, east + wide, north + high
