"""Where events took place: places, cells of a map, and counts of countries. All of it is added up in the database."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from polybius.drawing import Box, Place, around, world_map
from polybius.explorer.filters import Filter
from polybius.explorer.links import event_link, place_link
from polybius.explorer.pictures.draw import twice
from polybius.explorer.wording import country_names_once, days, plural, short, type_label
from polybius.query.opened import ask
from polybius.query.table import Table
from polybius.store import Store

VAGUE_KM = 100.0  # beyond this a place is a country, a region or a sea, and its middle is no point
SINGLE = 7  # zoom from which events are shown one by one
MOST_SINGLE = 1500
MOST_CELLS = 3000
MOST_PLACES = 500
CELLS = 12  # cells across the width of the world at zoom 0
PRECISION = ", precision_km"  # a further column of ``shown``

_COUNTS = """count(*) AS n_events, count(*) FILTER (quad_code LIKE '%COOPERATION') AS cooperation,
  count(*) FILTER (quad_code LIKE '%CONFLICT') AS conflict, round(coalesce(sum(event_scale), 0), 3) AS net_scale"""
_KNOWN = "latitude IS NOT NULL AND longitude IS NOT NULL"
_VAGUE = f"coalesce(precision_km > {VAGUE_KM}, FALSE)"
_WITHIN = """latitude BETWEEN $south AND $north AND (CASE WHEN $west <= $east THEN longitude BETWEEN $west AND $east
  ELSE longitude >= $west OR longitude <= $east END)"""
_PLACES = f"""SELECT min(place) AS place, min(place_country) AS place_country, latitude, longitude,
  max(precision_km) AS precision_km, {_COUNTS} FROM shown WHERE {_KNOWN}
  GROUP BY latitude, longitude ORDER BY n_events DESC, place, latitude, longitude LIMIT $most"""
_CELLS = f"""SELECT round(avg(latitude), 4) AS latitude, round(avg(longitude), 4) AS longitude, vague,
  mode(place) AS place, mode(place_country) AS place_country, count(DISTINCT place) AS places, {_COUNTS}
  FROM (SELECT *, {_VAGUE} AS vague, floor(latitude / $size) AS y, floor(longitude / $size) AS x FROM shown
    WHERE {_KNOWN} AND {_WITHIN})
  GROUP BY y, x, vague, CASE WHEN vague THEN place END ORDER BY n_events DESC, latitude, longitude"""
_SINGLE = f"""SELECT id, event, quad_code, event_scale, date_from, date_to, actor_code, recipient_code, place, place_country,
  latitude, longitude, {_VAGUE} AS vague FROM shown WHERE {_KNOWN} AND {_WITHIN}
  ORDER BY coalesce(date_from, date_to) DESC NULLS LAST, id LIMIT $most"""
_COUNTRIES = "SELECT place_country, count(*) AS n FROM shown WHERE place_country <> '' GROUP BY 1 ORDER BY n DESC, 1"


def places(store: Store, most: int = MOST_PLACES) -> Table:
    """The places of most events."""
    return ask(store, _PLACES, {"most": most})


def countries(store: Store) -> dict[str, int]:
    """Events by country."""
    return dict(ask(store, _COUNTRIES, {}).rows)


def known(store: Store) -> dict[str, int]:
    """How many events have no coordinates, how many only a vague place, and how many places there are."""
    sql = f"""SELECT count(*) FILTER (NOT ({_KNOWN})) AS without_place, count(*) FILTER ({_KNOWN} AND {_VAGUE}) AS vague,
      count(DISTINCT (latitude, longitude)) FILTER ({_KNOWN}) AS places FROM shown"""
    return next(iter(ask(store, sql, {})))


def marks(store: Store, box: Box, zoom: int) -> dict[str, Any]:
    """What a map of this zoom shows in a box: cells, or single events where it is near and they are few."""
    west, south, east, north = box
    within = {"west": west, "south": south, "east": east, "north": north}
    if zoom >= SINGLE:
        found = ask(store, _SINGLE, {**within, "most": MOST_SINGLE + 1})
        if len(found) <= MOST_SINGLE:
            return {"kind": "events", "marks": [_single(row) for row in found]}
    return _cells(store, within, 360 / (CELLS * 2**zoom))


def _cells(store: Store, within: dict[str, float], size: float) -> dict[str, Any]:
    """Cells of so many degrees, or of more where there would be too many of them."""
    found = ask(store, _CELLS, {**within, "size": size})
    if len(found) > MOST_CELLS:
        return _cells(store, within, 2 * size)
    return {"kind": "cells", "size": size, "marks": list(found)}


def _single(row: dict[str, Any]) -> dict[str, Any]:
    """An event with what its popup says."""
    said = {
        "label": type_label(row["event"]),
        "days": days(row["date_from"], row["date_to"]),
        "href": event_link(row["id"]),
    }
    return {**row, **said}


def world(found: Table, by_country: dict[str, int], asked: Filter, box: Box | None = None) -> Markup:
    """The map as a picture."""
    dots = [_dot(row) for row in found]
    told = f"{plural(sum(row['n_events'] for row in found), 'event')} at {plural(len(dots), 'place')}"
    shades: dict[str, float] = {**by_country}
    names = country_names_once()
    return twice(
        lambda width: world_map("Where it happened", dots, shades, names=names, description=told, box=box, width=width)
    )


def box_of(found: Table) -> Box | None:
    """The box around places; None where they are all over the world."""
    return around([(row["latitude"], row["longitude"]) for row in found])


def _dot(row: dict[str, Any]) -> Place:
    words = f"{short(row['place'] or '?')}: {plural(row['n_events'], 'event')}, net scale {row['net_scale']:g}"
    vague = row["precision_km"] is not None and row["precision_km"] > VAGUE_KM
    more = row["cooperation"] - row["conflict"]
    kind = "place even" if not more else "place friendly" if more > 0 else "place hostile"
    return Place(row["latitude"], row["longitude"], row["n_events"], words, vague=vague, kind=kind)


def place_href(row: dict[str, Any]) -> str | None:
    """The page of a place of the table."""
    return place_link(row["place_country"], None, row["place"]) if row["place_country"] else None
