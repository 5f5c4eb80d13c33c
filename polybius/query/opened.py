"""A store, open for one question."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from polybius.query.errors import NoEvents
from polybius.query.table import Table
from polybius.query.views import make_views
from polybius.store import Store, open_reader

ASSEMBLED = "assembled"  # the key under which the last assembly says what it was made of


@contextmanager
def opened(path: Path | str) -> Iterator[Store]:
    """The store for reading, with the views. Raises StoreError."""
    with open_reader(path) as store:
        make_views(store)
        yield store


@contextmanager
def with_events(path: Path | str) -> Iterator[Store]:
    """As ``opened``; raises NoEvents where reports have not been made events yet."""
    with opened(path) as store:
        if not has_events(store) and _any(store, "reports"):
            raise NoEvents(f"{path} has no events yet; make them with: polybius assemble {path}")
        yield store


def has_events(store: Store) -> bool:
    """Whether there is any event."""
    return _any(store, "events")


def _any(store: Store, table: str) -> bool:
    return store.connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None


def outdated(path: Path | str) -> bool:
    """Whether documents were written since the events were made."""
    with open_reader(path) as store:
        made_of = store.get(ASSEMBLED)
        return made_of is not None and bool(json.loads(made_of)[0] != store.last_seq())


def ask(store: Store, sql: str, values: Mapping[str, Any]) -> Table:
    """The rows of a query as a table."""
    found = store.connection.execute(sql, dict(values))
    columns = tuple((str(column[0]), str(column[1])) for column in found.description or ())
    return Table(columns, tuple(found.fetchall()))
