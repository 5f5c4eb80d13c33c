"""Makes the outlines of countries, by code, that the explorer's maps are drawn on, from the npm package world-atlas.

usage: python scripts/world_outline.py countries-50m.json codes.json [--out polybius/drawing/world.json.gz]

codes.json is a list of [alpha-2, alpha-3, number, …], as the npm package i18n-iso-countries has it. Lines are simplified and
points rounded to a tenth of a degree, in tenths; rings are cut at the 180th meridian. A country keeps its largest ring
however small it is, so that every country can be filled.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from outline_geometry import LEAST, Point, decoded, joined, rounded, signed_area, simplified

OUT = Path(__file__).resolve().parent.parent / "polybius" / "drawing" / "world.json.gz"
# Natural Earth gives no number to these (KOS is the code of the table of countries); "" is land of no code.
OWN = {
    "Kosovo": "KOS",
    "Somaliland": "SOM",
    "N. Cyprus": "CYP",
    "Indian Ocean Ter.": "AUS",
    "Ashmore and Cartier Is.": "AUS",
}


def countries(topology: dict[str, Any], codes: Mapping[str, str]) -> dict[str, list[list[int]]]:
    """Code → rings, each a list of x, y, x, y … in tenths of a degree."""
    raw = [decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    fine, coarse = raw, [simplified(arc) for arc in raw]
    found: dict[str, list[list[int]]] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        code = codes.get(str(country.get("id", "")), OWN.get(country["properties"]["name"], ""))
        found.setdefault(code, []).extend(flat(ring) for ring in kept(country, coarse, fine))
    return dict(sorted(found.items()))


def kept(country: dict[str, Any], coarse: list[list[Point]], fine: list[list[Point]]) -> list[list[Point]]:
    """The rings of a country that are large enough; of one that has none the largest, unsimplified."""
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    rings = [ring for polygon in polygons for ring in polygon]
    whole = [part for ring in rings for part in cut(joined(ring, coarse))]
    large = [ring for ring in map(rounded, whole) if len(ring) > 3 and abs(signed_area(ring)) > LEAST]
    if large:
        return large
    largest = max((joined(ring, fine) for ring in rings), key=lambda ring: abs(signed_area(ring)))
    return [widened(largest)]


def widened(ring: list[Point]) -> list[Point]:
    """A box of at least two tenths of a degree around a ring, for what would vanish."""
    (west, east), (south, north) = ((min(n), max(n)) for n in zip(*ring, strict=True))
    x, y = (west + east) / 2, (south + north) / 2
    a, b = max((east - west) / 2, 0.1), max((north - south) / 2, 0.1)
    return rounded([(x - a, y - b), (x - a, y + b), (x + a, y + b), (x + a, y - b), (x - a, y - b)])


def cut(ring: list[Point]) -> Iterator[list[Point]]:
    """The ring in parts between -180 and 180; one around the pole is closed along the edge of the map."""
    turn, flown = 0.0, [ring[0]]
    for (x1, _), (x2, y2) in zip(ring, ring[1:], strict=False):
        turn += 360 if x2 - x1 < -180 else -360 if x2 - x1 > 180 else 0
        flown.append((x2 + turn, y2))
    if turn:  # goes around the pole
        pole = -90.0 if flown[0][1] < 0 else 90.0
        flown += [(flown[-1][0], pole), (flown[0][0], pole), flown[0]]
    for shift in (-360, 0, 360):
        part = clipped([(x + shift, y) for x, y in flown], -180, 1)
        part = clipped(part, 180, -1)
        if len(part) > 3:
            yield part


def clipped(ring: list[Point], edge: float, side: int) -> list[Point]:
    """Sutherland and Hodgman's cut at a meridian: what lies on one side of it."""
    out: list[Point] = []
    for (x1, y1), (x2, y2) in zip([*ring[-1:], *ring], ring, strict=False):
        inside1, inside2 = (x1 - edge) * side >= 0, (x2 - edge) * side >= 0
        if inside1 != inside2:
            out.append((edge, y1 + (y2 - y1) * (edge - x1) / (x2 - x1)))
        if inside2:
            out.append((x2, y2))
    return [*out, out[0]] if out and out[0] != out[-1] else out


def flat(ring: list[Point]) -> list[int]:
    """In tenths of a degree, the last point, which is the first, left out."""
    return [round(10 * n) for point in ring[:-1] for n in point]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("atlas", type=Path)
    parser.add_argument("codes", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    codes = {number: alpha3 for _, alpha3, number, *_ in json.loads(options.codes.read_text(encoding="utf-8"))}
    found = countries(json.loads(options.atlas.read_text(encoding="utf-8")), codes)
    text = json.dumps(found, separators=(",", ":"))
    options.out.write_bytes(gzip.compress(text.encode(), mtime=0))
    points = sum(len(ring) // 2 for rings in found.values() for ring in rings)
    print(
        f"{len(found):,} countries, {points:,} points, {len(text):,} bytes of JSON, {options.out.stat().st_size:,} packed"
    )


if __name__ == "__main__":
    main()
