"""Makes the outlines of countries that maps are drawn on, from the npm package world-atlas (Natural Earth, 1:50 million).

usage: python scripts/build_outline.py countries-50m.json [--out polybius/charts/outline.json.gz]

Lines are simplified and points rounded to a tenth of a degree; what vanishes thereby is left out: small islands have no outline.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parent.parent / "polybius" / "charts" / "outline.json.gz"
TOLERANCE = 0.05  # degrees by which a line may leave the original
LEAST = 0.03  # square degrees of the smallest ring that is kept
Point = tuple[float, float]


def rings(topology: dict[str, Any]) -> list[list[Point]]:
    """The outer rings of all countries, rounded. In a hole lies another country, which is drawn over it."""
    arcs = [simplified(decoded(arc, topology["transform"])) for arc in topology["arcs"]]
    kept = []
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for polygon in polygons:
            points = rounded(joined(polygon[0], arcs))
            if len(points) > 3 and signed_area(points) < -LEAST:
                kept.append(points)
    return kept


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("atlas", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    found = rings(json.loads(options.atlas.read_text(encoding="utf-8")))
    text = json.dumps(found, separators=(",", ":"))
    options.out.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(f"{len(found):,} rings, {sum(map(len, found)):,} points, {len(text):,} bytes of JSON")


if __name__ == "__main__":
    main()
