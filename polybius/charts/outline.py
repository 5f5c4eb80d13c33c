"""The outlines of countries, for maps. They show where places are, and say nothing of whose they are."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

FILE = Path(__file__).parent / "outline.json.gz"
Ring = list[tuple[float, float]]  # longitude, latitude; clockwise


def rings() -> list[Ring]:
    """All rings, at a tenth of a degree."""
    return [[(x, y) for x, y in ring] for ring in json.loads(gzip.decompress(FILE.read_bytes()))]


def rings_within(west: float, south: float, east: float, north: float) -> Iterator[Ring]:
    """The rings that reach into a box."""
    for ring in rings():
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        if min(xs) <= east and max(xs) >= west and min(ys) <= north and max(ys) >= south:
            yield ring
