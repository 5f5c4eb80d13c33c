"""How many events a question finds, and in how many documents: what every caption says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polybius.query import Asked
from polybius.query.opened import ask, with_events
from polybius.store import Store


@dataclass(frozen=True, slots=True)
class Totals:
    """Events that are asked for, the reports and documents that tell of them, and what was read in all.

    ``read`` counts the documents of the store, of the one publisher where one is asked for; ``first`` and ``last`` are
    the days on which they were published.
    """

    events: int
    reports: int
    documents: int
    publishers: int
    disputed: int
    read: int
    first: dt.date | None
    last: dt.date | None


_OF_EVENTS = """SELECT count(*), count(*) FILTER (disputed) FROM asked"""
_OF_REPORTS = """SELECT count(*), count(DISTINCT er.document_id), count(DISTINCT d.publisher)
  FROM event_reports er JOIN asked ON asked.id = er.event_id JOIN documents d ON d.id = er.document_id"""
_READ = """SELECT count(*), min(published), max(published) FROM documents
  WHERE $of_publisher IS NULL OR publisher = $of_publisher"""


def totals(path: Path | str, asked: Asked) -> Totals:
    """Count. Raises QueryError, NoEvents, StoreError."""
    with with_events(path) as store:
        return of_store(store, asked.checked(store))


def of_store(store: Store, asked: Asked) -> Totals:
    """The same of an open store and a checked question."""
    condition, values = asked.of_events()
    told = f"WITH asked AS (SELECT id, disputed FROM event_rows WHERE {condition})"
    events, disputed = _row(store, f"{told} {_OF_EVENTS}", values)
    reports, documents, publishers = _row(store, f"{told} {_OF_REPORTS}", values)
    read, first, last = _row(store, _READ, {"of_publisher": asked.publisher})
    return Totals(events, reports, documents, publishers, disputed, read, first, last)


def _row(store: Store, sql: str, values: dict[str, Any]) -> tuple[Any, ...]:
    return ask(store, sql, values).rows[0]
