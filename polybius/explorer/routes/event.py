"""An event: its fields with their spread, and all that it rests on; and the same as data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request, Response

from polybius.explorer.cards import cards
from polybius.explorer.data import json_response
from polybius.explorer.fields import amount
from polybius.explorer.links import with_query
from polybius.explorer.merging import MOST, Merging, merging
from polybius.explorer.opening import outdated, reading_events
from polybius.explorer.page import render
from polybius.explorer.telling import Bearing, Telling, Told, heirs, telling
from polybius.explorer.wording import days
from polybius.explorer.words import LABELS, visible
from polybius.query import QueryError
from polybius.records import Variant
from polybius.report import to_json
from polybius.store import Store, UnknownId

router = APIRouter(include_in_schema=False)
PAGE_REPORTS = 40


@router.get("/event/{id}.json")
def event_json(request: Request, id: str) -> Response:
    """All of an event as JSON: its record, reports with their sentences and origins, links, and why they are one."""
    with reading_events(request) as store:
        told = telling(store, id)
        why = merging(store, [one.report for one in told.reports])
    return json_response(
        {
            "event": told.record,
            "reports": [_report(one) for one in told.reports],
            "links": [_bearing(one, told) for one in told.bearings],
            "merging": _merging(why),
        }
    )


def _report(told: Told) -> dict[str, Any]:
    origin = None if told.cluster is None else {"id": told.cluster.origin, "evidence": told.cluster.evidence}
    return {"name": told.name, "sentence": told.sentence, "origin": origin, "report": to_json(told.report)}


def _bearing(one: Bearing, told: Telling) -> dict[str, Any]:
    return {"kind": one.kind, "says": one.words, "event": one.card.event.id, "evidence": one.evidence}


def _merging(why: Merging) -> dict[str, Any]:
    return {
        "articles": why.articles,
        "judgements": [asdict(one.judgement) for one in why.comparisons],
        "decisions": [asdict(one) for one in why.decisions],
    }


@router.get("/event/{id}")
def event(request: Request, id: str) -> Response:
    """The page of an event; of one that is no more, those that have its reports now."""
    with reading_events(request) as store:
        try:
            told = telling(store, id)
        except UnknownId:
            return _gone(request, store, id)
        page, pages = _page(request, told)
        why = merging(store, [one.report for one in told.reports])
        texts, old = store.texts, outdated(store)
    shown = told.reports[(page - 1) * PAGE_REPORTS : page * PAGE_REPORTS]
    context: dict[str, Any] = {
        "told": told,
        "event": told.event,
        "shown": shown,
        "page": page,
        "pages": pages,
        "why": why,
    }
    return render(
        request, "event.html", **context, **_helpers(told), texts=texts, outdated=old, most=MOST, labels=LABELS
    )


def _page(request: Request, told: Telling) -> tuple[int, int]:
    pages = max(1, -(-len(told.reports) // PAGE_REPORTS))
    text = request.query_params.get("page") or "1"
    if not (text.isascii() and text.isdigit() and len(text) < 7 and 1 <= int(text) <= pages):
        raise QueryError("page", f"page: {text[:40]!r} is not a whole number from 1 to {pages:,}")
    return int(text), pages


def _helpers(told: Telling) -> Mapping[str, Any]:
    numbers, origins = told.numbers, told.origins

    def report_link(name: str) -> str:
        """Where a report stands on the pages of the event."""
        number = numbers.get(name, 1)
        page = -(-number // PAGE_REPORTS)
        return with_query("", {"page": page} if page > 1 else {}) + f"#r{number}"

    return {
        "report_link": report_link,
        "report_number": numbers.get,
        "origin_number": origins.get,
        "visible": visible,
        "amount": amount,
        "spread_days": spread_days,
    }


def spread_days(variant: Variant) -> str:
    """A range of dates as an event's spread writes it, in words."""
    first, _, last = variant.value.partition("/")
    try:
        start, end = (None if one in ("..", "") else dt.date.fromisoformat(one) for one in (first, last or first))
    except ValueError:
        return variant.value
    return days(start, end)


def _gone(request: Request, store: Store, id: str) -> Response:
    found = cards(store, heirs(store, id))
    return render(request, "gone.html", status_code=404, id=id, cards=found)
