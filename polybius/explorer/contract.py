"""What the OpenAPI description says of parameters and answers of the HTTP API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from polybius.explorer.parameters import PARAMETERS
from polybius.query import VIEWS

Json = dict[str, Any]

MOST_ROWS, USUAL_ROWS = 1000, 100
_NUMBERS = {"event_scale", "latitude", "longitude", "precision_km", "belief"}
_COUNTS = {"n_reports", "n_sources"}
_FLAGS = {"symmetric", "disputed"}
_DAYS = {"date_from", "date_to"}
_ALWAYS = {"id", "event", "status", "quad_code", "n_reports", "n_sources", "symmetric"}


def filter_parameters(*names: str) -> list[Json]:
    """The filters as parameters; all of them where none is named."""
    return [_parameter(name) for name in names or PARAMETERS]


def _parameter(name: str) -> Json:
    known = PARAMETERS[name]
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": f"{known.meaning.capitalize()}: {known.form}.",
        "schema": dict(known.schema),
    }


LIMIT: Json = {
    "name": "limit",
    "in": "query",
    "required": False,
    "description": f"Rows of a page; {USUAL_ROWS} where nothing is said.",
    "schema": {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": USUAL_ROWS},
}


def required(name: str, description: str) -> Json:
    """A parameter that must be given."""
    return {"name": name, "in": "query", "required": True, "description": description, "schema": {"type": "string"}}


def rows(key: str, item: Json, more: Mapping[str, Json] | None = None) -> Json:
    """The answer that holds a list of rows under ``key``."""
    properties = {**(more or {}), key: {"type": "array", "items": item}}
    return {"type": "object", "required": list(properties), "properties": properties}


PAGED: Mapping[str, Json] = {
    "total": {"type": "integer", "description": "how many fit"},
    "page": {"type": "integer"},
    "limit": {"type": "integer"},
    "next": {"type": ["string", "null"], "description": "the address of the next page"},
}


def event_row() -> Json:
    """A row of ``event_rows``."""
    return _object({name: _column(name, text) for name, text in VIEWS["event_rows"].columns.items()})


def report_row() -> Json:
    """A row of ``report_rows``."""
    return _object({name: {"description": text} for name, text in VIEWS["report_rows"].columns.items()})


def _object(properties: Mapping[str, Json]) -> Json:
    return {"type": "object", "required": list(properties), "properties": dict(properties)}


def _column(name: str, description: str) -> Json:
    kind = "string"
    for names, other in ((_NUMBERS, "number"), (_COUNTS, "integer"), (_FLAGS, "boolean")):
        kind = other if name in names else kind
    found: Json = {"type": kind if name in _ALWAYS else [kind, "null"], "description": description}
    return {**found, "format": "date"} if name in _DAYS else found


_ERROR: Json = _object(
    {
        "error": _object(
            {
                "status": {"type": "integer"},
                "message": {"type": "string", "description": "what was found, what is allowed, what to do"},
                "field": {"type": ["string", "null"], "description": "the parameter that is meant"},
            }
        )
    }
)


def answers(schema: Json, description: str) -> dict[int | str, dict[str, Any]]:
    """The responses of a route: what it gives, and what is said where something is wrong."""
    return {
        200: {"description": description, "content": {"application/json": {"schema": schema}}},
        "default": {
            "description": "What is wrong: 400 the question, 404 no such thing, 409 no events yet, 503 the store is busy.",
            "content": {"application/json": {"schema": _ERROR}},
        },
    }
