"""The outlines of countries. They show where places are, and say nothing of whose they are."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "world.json.gz"


@cache
def packed() -> bytes:
    """The file as it is, for a server: code → rings, each a list of x, y, x, y … in tenths of a degree, gzipped."""
    return FILE.read_bytes()


@cache
def outline() -> Mapping[str, Sequence[Sequence[tuple[float, float]]]]:
    """ISO 3166 alpha-3 code → rings of longitude and latitude; "" has land of no code."""
    found = json.loads(gzip.decompress(packed()))
    return {code: [_points(ring) for ring in rings] for code, rings in found.items()}


def _points(ring: Sequence[int]) -> list[tuple[float, float]]:
    return [(x / 10, y / 10) for x, y in zip(ring[::2], ring[1::2], strict=True)]
