"""The events of a filter as JSON, CSV and GeoJSON: all of them, with the columns of ``event_rows``."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import Response

from polybius.explorer.filters import Filter
from polybius.explorer.found import ORDERS
from polybius.query import VIEWS
from polybius.query.opened import ask
from polybius.query.table import Table
from polybius.query.write import write
from polybius.store import Store

_COLUMNS = ", ".join(f'"{name}"' for name in VIEWS["event_rows"].columns)
_REPORT_COLUMNS = ", ".join(f'"{name}"' for name in VIEWS["report_rows"].columns)
COUNT = "x-total-count"


def event_table(store: Store, asked: Filter, limit: int | None = None) -> Table:
    """The events that fit a checked filter, in its order; with ``limit`` those of the page, so many to a page."""
    condition, values = asked.condition()
    page = {"limit": limit, "offset": (asked.page - 1) * limit if limit else 0}
    order = ORDERS[asked.sort].replace("day", "coalesce(date_from, date_to)")
    sql = f"SELECT {_COLUMNS} FROM event_rows WHERE {condition} ORDER BY {order} LIMIT $limit OFFSET $offset"
    return ask(store, sql, values | page)


def report_table(store: Store, asked: Filter, limit: int) -> Table:
    """The reports that fit, in the order of their dates: those of the page, so many to a page."""
    condition, values = asked.asked.of_reports()
    order = "coalesce(date_from, date_to), document_id, sentence, id"
    sql = f"SELECT {_REPORT_COLUMNS} FROM report_rows WHERE {condition} ORDER BY {order} LIMIT $limit OFFSET $offset"
    return ask(store, sql, values | {"limit": limit, "offset": (asked.page - 1) * limit})


def count_events(store: Store, asked: Filter) -> int:
    """How many events fit a checked filter."""
    condition, values = asked.condition()
    return int(ask(store, f"SELECT count(*) FROM event_rows WHERE {condition}", values).rows[0][0])


def count_reports(store: Store, asked: Filter) -> int:
    """How many reports fit."""
    condition, values = asked.asked.of_reports()
    return int(ask(store, f"SELECT count(*) FROM report_rows WHERE {condition}", values).rows[0][0])


def as_json(value: Any) -> str:
    """JSON with days as ``2024-05-14``."""
    return json.dumps(value, ensure_ascii=False, default=_plain, allow_nan=False)


def _plain(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no JSON")


def json_response(value: Any, status: int = 200) -> Response:
    """An answer in JSON."""
    return _response(as_json(value) + "\n", "application/json", status)


def _json(table: Table, asked: Filter) -> Response:
    return json_response({"filter": asked.given, "total": len(table), "events": list(table)})


def csv_response(table: Table, name: str) -> Response:
    """A table as a CSV file to keep."""
    out = io.BytesIO()
    write(table, "csv", out)
    response = _response(out.getvalue().decode(), "text/csv; charset=utf-8")
    response.headers["content-disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _csv(table: Table, asked: Filter) -> Response:
    return csv_response(table, "events")


def _geojson(table: Table, asked: Filter) -> Response:
    """The events of known coordinates as points; ``without_place`` says how many have none."""
    features = [_feature(row) for row in table if row["latitude"] is not None and row["longitude"] is not None]
    lost = len(table) - len(features)
    return _response(
        as_json({"type": "FeatureCollection", "without_place": lost, "features": features}) + "\n",
        "application/geo+json",
    )


def _feature(row: Mapping[str, Any]) -> dict[str, Any]:
    properties = {name: value for name, value in row.items() if name not in ("id", "latitude", "longitude")}
    point = {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}
    return {"type": "Feature", "id": row["id"], "geometry": point, "properties": properties}


FORMATS: Mapping[str, Callable[[Table, Filter], Response]] = {"json": _json, "csv": _csv, "geojson": _geojson}


def _response(text: str, kind: str, status: int = 200) -> Response:
    # A character that is half of one (a surrogate) can be in no answer.
    return Response(text.encode("utf-8", "replace"), status, media_type=kind)
