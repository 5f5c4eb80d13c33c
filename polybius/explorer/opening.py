"""The store, open for one request.

Views (``event_rows`` and so on) belong to the connection: ask them with ``polybius.query.opened.ask``. ``Store.rows`` knows
tables only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import Request

from polybius.explorer.settings import Settings
from polybius.query import NoEvents
from polybius.query.opened import ASSEMBLED, has_events
from polybius.query.views import make_views
from polybius.store import Store, open_reader, search

MOST_DOCUMENTS = 20_000  # that hold the words: the best of them are looked at


def settings_of(request: Request) -> Settings:
    """How the server was started."""
    settings: Settings = request.app.state.settings
    return settings


@contextmanager
def reading(request: Request) -> Iterator[Store]:
    """The store for reading, with the views of ``polybius.query``; it need not have events. Raises StoreError."""
    settings = settings_of(request)
    with open_reader(settings.store, wait=settings.wait) as store:
        make_views(store)
        yield store


@contextmanager
def reading_events(request: Request) -> Iterator[Store]:
    """As ``reading``; raises NoEvents where reports have not been made events yet, Indexing where
    words are asked for that cannot be searched yet."""
    with reading(request) as store:
        if not has_events(store) and next(store.rows("SELECT 1 FROM reports LIMIT 1"), None):
            path = settings_of(request).store
            raise NoEvents(f"{path} has no events yet; make them with: polybius assemble {path}")
        if words := request.query_params.get("words", "").strip():
            _search(request, store, words)
        yield store


def _search(request: Request, store: Store, words: str) -> None:
    """Fill the table ``worded`` with the documents that hold the words. Raises Indexing, StoreError."""
    state = request.app.state
    state.indexer.require(store)
    found = state.searched.get(store.path, words, lambda: search(store.path, words, limit=MOST_DOCUMENTS))
    store.connection.execute("CREATE TEMP TABLE worded AS SELECT unnest($1::VARCHAR[]) AS id", [found])


def outdated(store: Store) -> bool:
    """Whether documents were written since the events were made."""
    made_of = store.get(ASSEMBLED)
    return made_of is not None and bool(json.loads(made_of)[0] != store.last_seq())
