"""Pairs of actors: the commonest, and what two do to each other."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from polybius.explorer.cards import Card
from polybius.explorer.data import csv_response, json_response
from polybius.explorer.filters import Filter, parse
from polybius.explorer.links import dyad_link
from polybius.explorer.opening import reading_events
from polybius.explorer.page import render
from polybius.explorer.pictures import draw, pairs
from polybius.explorer.pictures.pairs import BACK, FORTH, TOGETHER
from polybius.explorer.pictures.periods import Course, chosen, course
from polybius.explorer.pictures.shown import newest, show, total
from polybius.explorer.wording import actor_label
from polybius.query.table import Table

router = APIRouter(include_in_schema=False)
ALL = (FORTH, BACK, TOGETHER)
OWN = ("first", "second", "by")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors and the events between them."""

    asked: Filter
    first: str
    second: str
    total: int
    course: Course
    mix: Table
    nets: dict[str, dict[str, object]]
    newest: list[Card]

    @property
    def names(self) -> dict[str, str]:
        """Direction → what it is called."""
        one, other = actor_label(self.first), actor_label(self.second)
        return {FORTH: f"{one} → {other}", BACK: f"{other} → {one}", TOGETHER: "both together"}

    @property
    def own(self) -> dict[str, str]:
        """The parameters of the page itself."""
        return {"first": self.first, "second": self.second, "by": self.course.by}


def _pair(request: Request) -> Pair:
    query = request.query_params
    asked, by = parse(query, own=OWN), chosen(query.get("by"))
    with reading_events(request) as store:
        first, second = (pairs.code_of(store, field, query.get(field)) for field in ("first", "second"))
        checked = pairs.show_pair(store, asked, first, second)
        passing = course(store, by, checked.publisher)
        return Pair(checked, first, second, total(store), passing, pairs.mix(store), pairs.nets(store), newest(store))


@router.get("/dyad")
def page(request: Request) -> Response:
    """What two actors do to each other."""
    pair = _pair(request)
    names = {name: (way,) for way, name in pair.names.items() if pair.nets[way]["n_events"]}
    pictures = {
        "events": draw.events_chart(pair.course, ALL),
        "scale": draw.scale_chart(pair.course, ALL),
        "share": draw.share_chart(pair.course, names or {"events": ALL}),
    }
    return render(request, "dyad.html", pair=pair, asked=pair.asked, pictures=pictures)


@router.get("/dyad.json")
def data(request: Request) -> Response:
    """The pair as JSON: each direction, the types, the periods."""
    pair = _pair(request)
    return json_response(
        {
            "filter": pair.asked.given, "first": pair.first, "second": pair.second, "by": pair.course.by, "total": pair.total,
            "directions": pair.nets, "types": list(pair.mix), "periods": list(pair.course.table),
            "newest": [card.event.id for card in pair.newest],
        }
    )  # fmt: skip


@router.get("/dyad.csv")
def table(request: Request) -> Response:
    """The periods of the pair as CSV, a row a direction."""
    pair = _pair(request)
    return csv_response(pair.course.table, f"dyad-{pair.first}-{pair.second}")


@router.get("/dyad/{first}/{second}")
def short_address(first: str, second: str) -> Response:
    """A short address of the page of a pair."""
    return RedirectResponse(dyad_link(first, second))


def _pairs(request: Request) -> tuple[Filter, Table, int]:
    with reading_events(request) as store:
        asked = show(store, parse(request.query_params))
        return asked, pairs.pairs(store), total(store)


@router.get("/dyads")
def list_page(request: Request) -> Response:
    """The pairs of most events."""
    asked, found, n = _pairs(request)
    return render(request, "dyads.html", asked=asked, pairs=list(found), total=n, most=pairs.MOST_PAIRS)


@router.get("/dyads.json")
def list_data(request: Request) -> Response:
    """The pairs as JSON."""
    asked, found, n = _pairs(request)
    return json_response({"filter": asked.given, "total": n, "dyads": list(found)})


@router.get("/dyads.csv")
def list_table(request: Request) -> Response:
    """The pairs as CSV."""
    return csv_response(_pairs(request)[1], "dyads")
