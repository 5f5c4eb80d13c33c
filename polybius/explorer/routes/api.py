"""The HTTP API: reading only, described by /openapi.json and by a page that needs no network."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from polybius import query
from polybius.explorer import contract
from polybius.explorer.contract import LIMIT, MOST_ROWS, PAGED, USUAL_ROWS, answers, filter_parameters
from polybius.explorer.data import COUNT, count_events, count_reports, event_table, json_response, report_table
from polybius.explorer.filters import Filter, filter_of, parse
from polybius.explorer.found import find
from polybius.explorer.links import with_query
from polybius.explorer.opening import reading, reading_events, settings_of
from polybius.explorer.page import render
from polybius.query import QueryError
from polybius.query.table import Table
from polybius.store import Store, UnknownId

router = APIRouter(tags=["API"])
OF_REPORTS = tuple(
    "actor recipient event mode status country since until publisher min_sources near radius page".split()
)
_NOT_OF_REPORTS = ("min_belief", "words", "box", "sort")
_EVENT: dict[str, Any] = {"type": "object", "description": "the whole record, as `polybius export --as jsonl` has it"}
_REPORT: dict[str, Any] = {"type": "object", "description": "the whole report, as `polybius code` prints it"}


@router.get("/api", include_in_schema=False)
def description(request: Request) -> Response:
    """The API as a page."""
    paths = request.app.openapi()["paths"]
    calls = [(path, one["get"]) for path, one in sorted(paths.items()) if "get" in one]
    return render(request, "api.html", calls=calls, base=f"http://{request.url.netloc}")


@router.get(
    "/api/events",
    responses=answers(contract.rows("events", contract.event_row(), PAGED), "Events, a page of them."),
    openapi_extra={"parameters": [*filter_parameters(), LIMIT]},
)
def events(request: Request) -> Response:
    """Events that fit, with the columns of `event_rows`."""
    with reading_events(request) as store:
        return _page(request, store, "events", count_events, event_table)


@router.get(
    "/api/reports",
    responses=answers(contract.rows("reports", contract.report_row(), PAGED), "Reports, a page of them."),
    openapi_extra={"parameters": [*filter_parameters(*OF_REPORTS), LIMIT]},
)
def reports(request: Request) -> Response:
    """Reports that fit, with the columns of `report_rows`; also before there are events."""
    for name in _NOT_OF_REPORTS:
        if name in request.query_params:
            raise QueryError(name, f"{name} is no filter of reports; allowed: {', '.join((*OF_REPORTS, 'limit'))}")
    with reading(request) as store:
        return _page(request, store, "reports", count_reports, report_table)


def _page(
    request: Request,
    store: Store,
    key: str,
    count: Callable[[Store, Filter], int],
    table: Callable[[Store, Filter, int], Table],
) -> Response:
    limit = _limit(request)
    asked = parse(request.query_params, own=("limit",)).checked(store)
    total = count(store, asked)
    more = asked.changed(page=asked.page + 1).given | {"limit": str(limit)}
    following = with_query(request.url.path, more) if total > asked.page * limit else None
    counted = {"total": total, "page": asked.page, "limit": limit, "next": following}
    response = json_response({**counted, key: list(table(store, asked, limit))})
    response.headers[COUNT] = str(total)
    return response


def _limit(request: Request) -> int:
    text = request.query_params.get("limit") or str(USUAL_ROWS)
    if not (text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= MOST_ROWS):
        raise QueryError("limit", f"limit: {text[:40]!r} is not a whole number from 1 to {MOST_ROWS:,}")
    return int(text)


@router.get(
    "/api/event",
    responses=answers(
        {"type": "object", "required": ["event", "reports"],
         "properties": {"event": _EVENT, "reports": {"type": "array", "items": _REPORT}}},
        "The event and its reports.",
    ),
    openapi_extra={"parameters": [contract.required("id", "The event.")]},
)  # fmt: skip
def event(request: Request) -> Response:
    """An event with the spread of its fields and all reports behind it."""
    id = _id(request)
    with reading_events(request) as store:
        found = next(store.rows("SELECT record FROM events WHERE id = $1", [id]), None)
        if found is None:
            raise UnknownId(f"there is no event {id!r}; events are made anew by each assembly, and may get another id")
        told = [json.loads(record) for (record,) in store.rows(_REPORTS_OF_EVENT, [id])]
    return json_response({"event": json.loads(found[0]), "reports": told})


_REPORTS_OF_EVENT = """SELECT r.record FROM event_reports er JOIN reports r ON r.document_id = er.document_id
  AND r.id = er.report_id WHERE er.event_id = $1 ORDER BY r.published NULLS LAST, r.document_id, r.position"""
_REPORTS_OF_DOCUMENT = "SELECT record FROM reports WHERE document_id = $1 ORDER BY position"


@router.get(
    "/api/document",
    responses=answers(
        {"type": "object", "required": ["document", "reports"],
         "properties": {"document": {"type": "object"}, "reports": {"type": "array", "items": _REPORT}}},
        "The document and its reports.",
    ),
    openapi_extra={"parameters": [contract.required("id", "The document.")]},
)  # fmt: skip
def document(request: Request) -> Response:
    """A document with its text, which is empty in a store that keeps none, and all reports in it."""
    id = _id(request)
    with reading(request) as store:
        found = dataclasses.asdict(store.document(id))
        told = [json.loads(record) for (record,) in store.rows(_REPORTS_OF_DOCUMENT, [id])]
    return json_response({"document": found, "reports": told})


def _id(request: Request) -> str:
    found = request.query_params.get("id")
    if not found:
        raise QueryError("id", "id is missing: name what is asked for with ?id=…")
    return found


@router.get(
    "/api/facets",
    responses=answers(
        {"type": "object", "required": ["total", "facets"],
         "properties": {"total": {"type": "integer"}, "facets": {"type": "object", "additionalProperties": {
             "type": "array", "items": {"type": "object", "required": ["value", "n", "chosen", "changes"]}}}}},
        "The counts.",
    ),
    openapi_extra={"parameters": filter_parameters()},
)  # fmt: skip
def facets(request: Request, asked: Annotated[Filter, Depends(filter_of)]) -> Response:
    """How many events each type, status, actor, country, publisher and month has; `changes` are the filters that give them."""
    with reading_events(request) as store:
        found = find(store, asked, request.app.state.counted)
    counted = {name: [dataclasses.asdict(one) for one in several] for name, several in found.facets.items()}
    return json_response({"total": found.total, "facets": counted})


@router.get(
    "/api/summary",
    responses=answers({"type": "object", "additionalProperties": {"type": "array"}}, "A few small tables."),
    openapi_extra={"parameters": filter_parameters(*(name for name in OF_REPORTS if name != "page"))},
)
def summary(request: Request, asked: Annotated[Filter, Depends(filter_of)]) -> Response:
    """What the store holds, as `polybius summary` prints it."""
    found = query.summary(settings_of(request).store, asked.asked)
    return json_response({name: list(table) for name, table in found.items()})
