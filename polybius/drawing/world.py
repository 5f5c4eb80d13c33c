"""A map: countries filled by how much there is of them, and circles for places."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from polybius.drawing.outline import outline
from polybius.drawing.projection import Box, View, world_view, zoomed_view
from polybius.drawing.svg import amount, finite, picture, tag, text, titled

SHADES = 5
MOST_PLACES = 2000  # circles; the largest of more
LARGEST = 22.0  # pixels of a radius on a map 960 wide


@dataclass(frozen=True, slots=True)
class Place:
    """A point of the map, as large as its count. ``vague`` where it is the middle of a country or a region."""

    latitude: float
    longitude: float
    count: float
    label: str
    href: str | None = None
    vague: bool = False
    kind: str = "place"


def world_map(
    title: str, places: Sequence[Place] = (), countries: Mapping[str, float] | None = None, *,
    names: Mapping[str, str] | None = None, description: str = "", box: Box | None = None, width: float = 960,
) -> str:  # fmt: skip
    """The whole world, or ``box`` (west, south, east, north). ``countries`` are counts by alpha-3 code.

    Areas of the whole world are true to each other (Equal Earth).
    """
    view = zoomed_view(box, width) if box else world_view(width)
    land = tag("g", *_countries(view, countries or {}, names or {}), class_="land")
    dots = tag("g", *_places(view, places), class_="places")
    sea = tag("path", d=view.sea, class_="sea")
    linked = any(place.href for place in places)
    return picture(title, description, view.width, view.height, sea, land, dots, linked=linked)


def _countries(view: View, counts: Mapping[str, float], names: Mapping[str, str]) -> Iterator[str]:
    most = max((finite(count) or 0.0 for count in counts.values()), default=0.0)
    for code, path in _paths(view).items():
        if path:
            yield _country(path, names.get(code, code), finite(counts.get(code)) or 0.0, most)


def _country(path: str, name: str, count: float, most: float) -> str:
    if count <= 0:
        return tag("path", d=path)
    return tag("path", tag("title", text(f"{name}: {amount(count)}")), d=path, class_=f"shade-{shade(count, most)}")


def shade(count: float, most: float) -> int:
    """1 to SHADES, by the logarithm: a few events are seen beside many, and few are never the darkest."""
    top = min(SHADES, 1 + math.ceil(math.log2(max(most, 1))))
    share = math.log2(max(count, 1)) / math.log2(most) if most > 1 else 1.0
    return max(1, min(top, math.ceil(top * share)))


@lru_cache(maxsize=8)
def _paths(view: View) -> Mapping[str, str]:
    return {code: "".join(filter(None, map(view.path, rings))) for code, rings in outline().items()}


def _places(view: View, places: Sequence[Place]) -> Iterator[str]:
    """The circles, the largest first, so that the small stand on them."""
    known = [(place, count) for place in places if (count := finite(place.count)) and count > 0 and _is_on_earth(place)]
    known.sort(key=lambda pair: -pair[1])
    most = known[0][1] if known else 1.0
    for place, count in known[:MOST_PLACES]:
        at = view.at(place.longitude, place.latitude)
        if view.holds(at):
            yield _circle(place, at, radius(count, most) * max(view.width / 960, 0.6))


def _is_on_earth(place: Place) -> bool:
    return math.isfinite(place.latitude) and math.isfinite(place.longitude) and abs(place.latitude) <= 90


def radius(count: float, most: float) -> float:
    """Pixels: the area grows with the count. The largest is smaller where there are few."""
    top = min(LARGEST, 6.0 + 2.0 * math.sqrt(most))
    return max(3.0, top * math.sqrt(count / most))


def _circle(place: Place, at: tuple[float, float], size: float) -> str:
    kind = f"{place.kind} vague" if place.vague else place.kind
    return titled(tag("circle", cx=at[0], cy=at[1], r=size, class_=kind), place.label, place.href)
