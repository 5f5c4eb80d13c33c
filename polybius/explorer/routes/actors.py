"""One actor: with whom, when, what, where."""

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
from polybius.explorer.pictures import draw, pairs
from polybius.explorer.pictures.periods import Course, chosen, course
from polybius.explorer.pictures.shown import newest, show, tally, total
from polybius.explorer.wording import country_label
from polybius.query.table import Table

router = APIRouter(include_in_schema=False)
SHOWN = 15  # counterparts on the page


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor and the events in which it takes part, on either side."""

    asked: Filter
    code: str
    total: int
    course: Course
    others: Table
    types: Mapping[str, int]
    countries: Mapping[str, int]
    newest: list[Card]

    @property
    def own(self) -> dict[str, str]:
        """The parameters of the page itself."""
        return {"code": self.code, "by": self.course.by}


def _actor(request: Request) -> Actor:
    query = request.query_params
    asked, by = parse(query, own=("code", "by")), chosen(query.get("by"))
    with reading_events(request) as store:
        code = pairs.code_of(store, "code", query.get("code"))
        checked = show(store, asked, pairs.of_actor(code))
        passing = course(store, by, checked.publisher)
        types, countries = tally(store, "event"), tally(store, "place_country")
        return Actor(checked, code, total(store), passing, pairs.others(store, code), types, countries, newest(store))


@router.get("/actor")
def page(request: Request) -> Response:
    """Who with whom, over time, types, places, newest events."""
    actor = _actor(request)
    pictures = {
        "events": draw.events_chart(actor.course, ("",)),
        "scale": draw.scale_chart(actor.course, ("",)),
        "types": draw.types_chart(actor.types, lambda code: actor.asked.link("/actor", actor.own, event=code)),
        "countries": draw.bar_chart("Countries where they took place", _countries(actor)),
    }
    return render(
        request, "actor.html", actor=actor, asked=actor.asked, pictures=pictures, others=list(actor.others)[:SHOWN]
    )


def _countries(actor: Actor) -> list[tuple[str, int, str | None]]:
    return [(country_label(code), n, place_link(code)) for code, n in actor.countries.items()]


@router.get("/actor.json")
def data(request: Request) -> Response:
    """The actor as JSON."""
    actor = _actor(request)
    return json_response(
        {
            "filter": actor.asked.given, "code": actor.code, "by": actor.course.by, "total": actor.total,
            "others": list(actor.others), "types": actor.types, "countries": actor.countries,
            "periods": list(actor.course.table), "newest": [card.event.id for card in actor.newest],
        }
    )  # fmt: skip


@router.get("/actor.csv")
def table(request: Request) -> Response:
    """The counterparts as CSV."""
    actor = _actor(request)
    return csv_response(actor.others, f"actor-{actor.code}")


@router.get("/actor/{code}")
def short_address(code: str) -> Response:
    """A short address of the page of an actor, by code or name."""
    return RedirectResponse(actor_link(code))
