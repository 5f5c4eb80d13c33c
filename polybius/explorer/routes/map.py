"""The map: drawn by the browser where it runs scripts, else by the server."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from polybius.drawing import Box, packed
from polybius.explorer.data import csv_response, json_response
from polybius.explorer.filters import parse
from polybius.explorer.opening import reading_events
from polybius.explorer.page import render
from polybius.explorer.parameters import PARAMETERS
from polybius.explorer.pictures import spots
from polybius.explorer.pictures.shown import show, total
from polybius.query import QueryError

router = APIRouter(include_in_schema=False)
WORLD: Box = (-180.0, -90.0, 180.0, 90.0)
DEEPEST = 12
LISTED = 25


@router.get("/map")
def page(request: Request) -> Response:
    """Where the events that fit took place."""
    with reading_events(request) as store:
        asked = show(store, parse(request.query_params), columns=spots.PRECISION)
        found, by_country = spots.places(store), spots.countries(store)
        n, known = total(store), spots.known(store)
    picture = spots.world(found, by_country, asked)
    return render(
        request, "map.html", asked=asked, picture=picture, total=n, known=known,
        places=list(found)[:LISTED], place_href=spots.place_href,
    )  # fmt: skip


@router.get("/map.json")
def data(request: Request) -> Response:
    """What a map of a zoom shows within a box: cells with counts, or from near by single events; and counts of countries."""
    query = request.query_params
    asked = parse(query, own=("bbox", "zoom"))
    box, zoom = _box(query.get("bbox")), _zoom(query.get("zoom"))
    with reading_events(request) as store:
        checked = show(store, asked, columns=spots.PRECISION)
        counted = {"total": total(store), **spots.known(store), "countries": spots.countries(store)}
        found = spots.marks(store, box, zoom)
    return json_response({"filter": checked.given, "zoom": zoom, **counted, **found})


@router.get("/map.csv")
def table(request: Request) -> Response:
    """All places with their counts as CSV."""
    with reading_events(request) as store:
        show(store, parse(request.query_params), columns=spots.PRECISION)
        found = spots.places(store, 1_000_000)
    return csv_response(found, "places")


@router.get("/map/outline.json")
def outline() -> Response:
    """The outlines of countries by code, in tenths of a degree."""
    headers = {"content-encoding": "gzip", "cache-control": "max-age=86400"}
    return Response(packed(), media_type="application/json", headers=headers)


def _box(text: str | None) -> Box:
    if not text:
        return WORLD
    try:
        box: Box = PARAMETERS["box"].read(text[:200])
    except ValueError:
        raise QueryError("bbox", f"bbox: {text[:60]!r} is not {PARAMETERS['box'].form}") from None
    return box


def _zoom(text: str | None) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < 3 and int(text) <= DEEPEST):
        raise QueryError("zoom", f"zoom: {text[:20]!r} is not a whole number from 0 to {DEEPEST}")
    return int(text)
