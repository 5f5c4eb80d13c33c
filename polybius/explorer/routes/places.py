"""One place: a country, a part of it, or a named place in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from polybius.explorer.cards import Card
from polybius.explorer.data import csv_response, json_response
from polybius.explorer.filters import Filter, parse
from polybius.explorer.links import actor_link, place_link
from polybius.explorer.opening import reading_events
from polybius.explorer.page import render
from polybius.explorer.parameters import LONGEST
from polybius.explorer.pictures import draw, spots
from polybius.explorer.pictures.periods import Course, chosen, course
from polybius.explorer.pictures.shown import newest, parties, show, tally, total
from polybius.explorer.wording import actor_label, country_label
from polybius.query import QueryError
from polybius.query.asked import Condition
from polybius.query.table import Table

router = APIRouter(include_in_schema=False)
OWN = ("admin1", "name", "by")
LISTED = 25


@dataclass(frozen=True, slots=True)
class Spot:
    """A place and the events there."""

    asked: Filter
    admin1: str
    name: str
    total: int
    course: Course
    places: Table
    types: Mapping[str, int]
    parties: Mapping[str, int]
    newest: list[Card]

    @property
    def title(self) -> str:
        """What the place is called."""
        parts = [self.name, self.admin1, country_label(self.asked.country)]
        return ", ".join(part for part in parts if part)

    @property
    def own(self) -> dict[str, str]:
        """The parameters of the page itself."""
        given = {"admin1": self.admin1, "name": self.name, "by": self.course.by}
        return {key: value for key, value in given.items() if value}


def _spot(request: Request) -> Spot:
    query = request.query_params
    asked, by = parse(query, own=OWN), chosen(query.get("by"))
    admin1, name = (_named(request, field) for field in ("admin1", "name"))
    if not asked.country:
        raise QueryError("country", "country is missing: name one by its name or code, with ?country=…")
    with reading_events(request) as store:
        checked = show(store, asked, _there(admin1, name), spots.PRECISION)
        passing = course(store, by, checked.publisher)
        found, types, who = spots.places(store), tally(store, "event"), parties(store)
        return Spot(checked, admin1, name, total(store), passing, found, types, who, newest(store))


def _named(request: Request, field: str) -> str:
    found = request.query_params.get(field, "").strip()
    if len(found) > LONGEST:
        raise QueryError(field, f"{field}: at most {LONGEST} characters, found {len(found):,}")
    return found


def _there(admin1: str, name: str) -> Condition:
    given = {column: value for column, value in (("place_admin1", admin1), ("place", name)) if value}
    return " AND ".join(["TRUE", *(f"{column} = $of_{column}" for column in given)]), {
        f"of_{column}": value for column, value in given.items()
    }


@router.get("/place")
def page(request: Request) -> Response:
    """What happened at a place: on the map, over time, types, parties, newest events."""
    spot = _spot(request)
    country = {spot.asked.country or "": spot.total}
    pictures = {
        "map": spots.world(spot.places, country, spot.asked, spots.box_of(spot.places)),
        "events": draw.events_chart(spot.course, ("",)),
        "types": draw.types_chart(spot.types, lambda code: spot.asked.link("/place", spot.own, event=code)),
        "parties": draw.bar_chart("Who takes part", _parties(spot)),
    }
    listed = list(spot.places)[:LISTED]
    return render(
        request,
        "place.html",
        spot=spot,
        asked=spot.asked,
        pictures=pictures,
        places=listed,
        place_href=spots.place_href,
    )


def _parties(spot: Spot) -> list[tuple[str, int, str | None]]:
    return [(actor_label(code), n, actor_link(code)) for code, n in spot.parties.items()]


@router.get("/place.json")
def data(request: Request) -> Response:
    """The place as JSON."""
    spot = _spot(request)
    return json_response(
        {
            "filter": spot.asked.given, "admin1": spot.admin1 or None, "name": spot.name or None, "by": spot.course.by,
            "total": spot.total, "places": list(spot.places), "types": spot.types, "parties": spot.parties,
            "periods": list(spot.course.table), "newest": [card.event.id for card in spot.newest],
        }
    )  # fmt: skip


@router.get("/place.csv")
def table(request: Request) -> Response:
    """The places within it as CSV."""
    return csv_response(_spot(request).places, "place")


@router.get("/place/{country}")
def short_address(country: str) -> Response:
    """A short address of the page of a country."""
    return RedirectResponse(place_link(country))
