"""The events and the reports that fit a question, in the order of their dates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from polybius.query.asked import Asked
from polybius.query.opened import ask, opened, with_events
from polybius.query.table import Table
from polybius.query.views import VIEWS


def events(path: Path | str, asked: Asked | None = None, *, limit: int | None = None, **words: Any) -> Table:
    """Events with the columns of ``event_rows``. ``words`` are fields of Asked. Raises QueryError, NoEvents, StoreError."""
    asked = asked or Asked(**words)
    with with_events(path) as store:
        condition, values = asked.checked(store).of_events()
        return ask(store, _sql("event_rows", condition, "id"), {**values, "limit": limit})


def reports(path: Path | str, asked: Asked | None = None, *, limit: int | None = None, **words: Any) -> Table:
    """Reports with the columns of ``report_rows``. ``words`` are fields of Asked. Raises QueryError, StoreError."""
    asked = asked or Asked(**words)
    with opened(path) as store:
        condition, values = asked.checked(store).of_reports()
        return ask(store, _sql("report_rows", condition, "document_id, sentence, id"), {**values, "limit": limit})


def _sql(view: str, condition: str, order: str) -> str:
    columns = ", ".join(f'"{name}"' for name in VIEWS[view].columns)
    return f"SELECT {columns} FROM {view} WHERE {condition} ORDER BY coalesce(date_from, date_to), {order} LIMIT $limit"
