"""The first page: what happened; and the same as data."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from polybius.explorer.cards import cards
from polybius.explorer.data import COUNT, FORMATS, event_table
from polybius.explorer.filters import Filter, filter_of
from polybius.explorer.found import find
from polybius.explorer.opening import outdated, reading_events
from polybius.explorer.page import render

router = APIRouter(include_in_schema=False)
Asked = Annotated[Filter, Depends(filter_of)]


@router.get("/")
def events(request: Request, asked: Asked) -> Response:
    """The newest events that fit, with counts and the bar that filters."""
    with reading_events(request) as store:
        found = find(store, asked, request.app.state.counted)
        shown = cards(store, found.ids)
        old = outdated(store)
    return render(request, "events.html", asked=found.asked, found=found, cards=shown, outdated=old)


def _data(request: Request, asked: Filter, format: str) -> Response:
    with reading_events(request) as store:
        table = event_table(store, asked.checked(store))
    response = FORMATS[format](table, asked)
    response.headers[COUNT] = str(len(table))
    return response


@router.get("/events.json")
def events_json(request: Request, asked: Asked) -> Response:
    """All events that fit, as JSON."""
    return _data(request, asked, "json")


@router.get("/events.csv")
def events_csv(request: Request, asked: Asked) -> Response:
    """All events that fit, as CSV."""
    return _data(request, asked, "csv")


@router.get("/events.geojson")
def events_geojson(request: Request, asked: Asked) -> Response:
    """All events that fit and whose place is known, as GeoJSON."""
    return _data(request, asked, "geojson")
