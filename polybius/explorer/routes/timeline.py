"""Events over time."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response

from polybius.drawing import style
from polybius.explorer.data import csv_response, json_response
from polybius.explorer.filters import Filter, parse
from polybius.explorer.opening import reading_events
from polybius.explorer.page import render
from polybius.explorer.pictures import draw
from polybius.explorer.pictures.periods import Course, chosen, course
from polybius.explorer.pictures.shown import show, tally, total
from polybius.explorer.wording import type_label

router = APIRouter(include_in_schema=False)
DAY = "max-age=86400"


@router.get("/drawing.css")
def drawing_css() -> Response:
    """The style sheet of the pictures."""
    return Response(style(), media_type="text/css", headers={"cache-control": DAY})


def _found(request: Request) -> tuple[Filter, Course, int, Mapping[str, int]]:
    asked, by = parse(request.query_params, own=("by",)), chosen(request.query_params.get("by"))
    with reading_events(request) as store:
        checked = show(store, asked)
        return checked, course(store, by, checked.publisher), total(store), tally(store, "event", 20)


@router.get("/timeline")
def page(request: Request) -> Response:
    """Counts by class, net scale, and events in a thousand documents, by day, week or month."""
    asked, found, n, types = _found(request)
    own = {"by": found.by}
    pictures = {
        "events": draw.events_chart(found, ("",), lambda since, until: asked.link("/", since=since, until=until)),
        "scale": draw.scale_chart(found, ("",)),
        "types": draw.bar_chart(
            "Types",
            [(type_label(code), count, asked.link("/timeline", own, event=code)) for code, count in types.items()],
        ),
        "share": draw.share_chart(found, {"events": ("",)}),
    }
    periods = [one for one in found.of("") if one.events]
    return render(
        request,
        "timeline.html",
        asked=asked,
        found=found,
        total=n,
        pictures=pictures,
        periods=periods,
        named=draw.named,
    )


@router.get("/timeline.json")
def data(request: Request) -> Response:
    """The periods as JSON; the one without a day holds events of unknown or vague date."""
    asked, found, n, _ = _found(request)
    return json_response({"filter": asked.given, "by": found.by, "total": n, "periods": list(found.table)})


@router.get("/timeline.csv")
def table(request: Request) -> Response:
    """The periods as CSV."""
    return csv_response(_found(request)[1].table, "timeline")
