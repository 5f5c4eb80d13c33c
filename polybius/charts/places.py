"""Where events took place: a circle a place, as large as the number of events there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polybius.charts.outline import rings, rings_within
from polybius.charts.render import require
from polybius.charts.style import CONFLICT, COOPERATION, LAND, SEA, WIDTH
from polybius.query import Asked
from polybius.query.opened import ask, with_events

VAGUE_KM = 100.0  # beyond this a place is a country, a region or a sea, and its middle is no point
WORLD_DEGREES = 150.0  # places further apart than this are shown on the whole world
LEAST_DEGREES = 10.0  # the least that a map spans
HEIGHT, WORLD_HEIGHT = 430, 350
LARGEST = 900  # square pixels of the largest circle
STEEPEST = 78.0  # degrees of latitude up to which Mercator's map is used

MOSTLY_COOPERATION, MOSTLY_CONFLICT, EVEN = "mostly cooperation", "mostly conflict", "as much of both"
BALANCES = {MOSTLY_COOPERATION: COOPERATION, MOSTLY_CONFLICT: CONFLICT, EVEN: "#8d8578"}

_PLACES = """SELECT min(place) AS place, min(place_country) AS place_country, latitude, longitude, max(precision_km) AS precision_km, count(*) AS n_events,
  CAST(sum(n_reports) AS BIGINT) AS n_reports, count(*) FILTER (quad_code LIKE '%COOPERATION') AS cooperation,
  count(*) FILTER (quad_code LIKE '%CONFLICT') AS conflict, round(sum(event_scale), 3) AS net_scale
  FROM event_rows WHERE {} AND latitude IS NOT NULL AND longitude IS NOT NULL
  GROUP BY latitude, longitude ORDER BY n_events DESC, min(place), latitude, longitude"""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """The events of one place. ``vague`` where it is known no better than as a country, a region or a sea."""

    place: str
    place_country: str | None
    latitude: float
    longitude: float
    precision_km: float | None
    n_events: int
    n_reports: int
    cooperation: int
    conflict: int
    net_scale: float

    @property
    def vague(self) -> bool:
        return self.precision_km is not None and self.precision_km > VAGUE_KM

    @property
    def balance(self) -> str:
        """Which of the two there is more of."""
        more = self.cooperation - self.conflict
        return EVEN if not more else MOSTLY_COOPERATION if more > 0 else MOSTLY_CONFLICT

    def plain(self) -> dict[str, Any]:
        """As JSON holds it in the chart."""
        names = ("place", "place_country", "latitude", "longitude", "n_events", "n_reports", "cooperation", "conflict")
        own = {name: getattr(self, name) for name in names}
        return {**own, "net_scale": self.net_scale, "balance": self.balance, "vague": self.vague}


def placed(path: Path | str, asked: Asked) -> list[PlaceRow]:
    """The places of the events, those of most events first. Raises QueryError, NoEvents, StoreError."""
    with with_events(path) as store:
        condition, values = asked.checked(store).of_events()
        return [PlaceRow(*row) for row in ask(store, _PLACES.format(condition), values).rows]


def notes(found: Sequence[PlaceRow], events: int) -> tuple[str, ...]:
    """What the map does not show, or shows less exactly."""
    missing = events - sum(row.n_events for row in found)
    vague = sum(row.n_events for row in found if row.vague)
    told = []
    if missing:
        told.append(f"{missing:,} of unknown place not on the map")
    if vague:
        told.append(f"{vague:,} known only as a country, region or sea: open circles in its middle")
    return ("; ".join(told),) if told else ()


def draw(found: Sequence[PlaceRow]) -> Any:
    """The chart without its caption."""
    alt = require("altair")
    view = viewed([(row.latitude, row.longitude) for row in found])
    sea = alt.Chart(alt.sphere()).mark_geoshape(fill=SEA, stroke=None)
    land = alt.Chart(alt.Data(values=[outline(view)])).mark_geoshape(
        fill=LAND, stroke="white", strokeWidth=0.6, clip=True
    )
    circles = [_circles(found, vague) for vague in (True, False)]
    height = WORLD_HEIGHT if view is None else HEIGHT
    return alt.layer(sea, land, *circles).properties(width=WIDTH, height=height).project(**projection(view))


def _circles(found: Sequence[PlaceRow], vague: bool) -> Any:
    alt = require("altair")
    rows = [row.plain() for row in found if row.vague == vague]
    names = ("place:N", "place_country:N", "n_events:Q", "n_reports:Q", "cooperation:Q", "conflict:Q", "net_scale:Q")
    chart = alt.Chart(alt.Data(values=rows))
    style = {"strokeDash": [3, 2], "strokeWidth": 1.6} if vague else {"stroke": "white", "strokeWidth": 0.6}
    return chart.mark_point(filled=not vague, clip=True, opacity=0.85, **style).encode(
        longitude="longitude:Q",
        latitude="latitude:Q",
        size=_size(max(row.n_events for row in found)),
        color=_colour(),
        tooltip=[alt.Tooltip(name) for name in names],
    )


def _colour() -> Any:
    alt = require("altair")
    scale = alt.Scale(domain=list(BALANCES), range=list(BALANCES.values()))
    legend = alt.Legend(title=None, orient="bottom", symbolType="circle", symbolStrokeWidth=0)
    return alt.Color("balance:N", scale=scale, legend=legend)


def _size(most: int) -> Any:
    """The area is the number of events; few events are no large circles."""
    alt = require("altair")
    values = sorted({1, max(1, most // 3), most})
    legend = alt.Legend(title="events", orient="right", values=values, format="d", symbolFillColor="transparent")
    largest = min(LARGEST, 90 * most)
    return alt.Size("n_events:Q", scale=alt.Scale(domain=[0, most], range=[0, largest]), legend=legend)


View = tuple[float, float, float, float]  # west, south, east, north


def viewed(points: Sequence[tuple[float, float]]) -> View | None:
    """What a map of these places shows; None for the whole world, where they lie all over it."""
    south, north = _around([latitude for latitude, _ in points])
    west, east = _around([longitude for _, longitude in points])
    whole = east - west > WORLD_DEGREES or north > STEEPEST or south < -STEEPEST
    return None if whole else (west, south, east, north)


def widened(view: Sequence[float]) -> View:
    """The view with its longer side added all around."""
    west, south, east, north = view
    margin = max(east - west, north - south)
    return west - margin, south - margin, east + margin, north + margin


def projection(view: View | None) -> dict[str, Any]:
    """Mercator's map that just holds the view; another one, which keeps areas, of the whole world."""
    if view is None:
        return {"type": "equalEarth"}
    west, south, east, north = view
    low, high = _mercator(south), _mercator(north)
    scale = min(WIDTH / math.radians(east - west), HEIGHT / (high - low))
    middle = math.degrees(2 * math.atan(math.exp((low + high) / 2)) - math.pi / 2)
    centre = [round((west + east) / 2, 3), round(middle, 3)]
    # Without a translation Vega would take the height of the whole picture, captions included.
    return {"type": "mercator", "center": centre, "scale": round(scale, 1), "translate": [WIDTH / 2, HEIGHT / 2]}


def _around(values: Sequence[float]) -> tuple[float, float]:
    """The span of the values with a margin, and never less than LEAST_DEGREES."""
    middle = (min(values) + max(values)) / 2
    half = max((max(values) - min(values)) * 0.62, LEAST_DEGREES / 2)
    return middle - half, middle + half


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def outline(view: Sequence[float] | None) -> dict[str, Any]:
    """Countries as one GeoJSON geometry: all, or those that reach into a view of west, south, east and north.

    The picture may show more than the view in one direction, so that a margin is taken.
    """
    found = rings() if view is None else list(rings_within(*widened(view)))
    return {"type": "MultiPolygon", "coordinates": [[ring] for ring in found]}
