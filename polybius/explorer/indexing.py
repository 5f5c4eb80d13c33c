"""The index of words, made in the background: a search answers at once, or says how far the index is."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread

from polybius.store import Store, StoreError, update_index
from polybius.store.words import index_file

PATIENCE = 0.7  # seconds that a search waits for the index


class Indexing(Exception):
    """The index of words is still being made."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many documents of a store there are, and how many of them can be found by their words."""

    indexed: int
    documents: int

    @property
    def whole(self) -> bool:
        """Whether all are."""
        return self.indexed >= self.documents

    def __str__(self) -> str:
        share = 100 * self.indexed // max(1, self.documents)
        return f"{self.indexed:,} of {self.documents:,} articles ({share} %)"


def progress(store: Store) -> Progress:
    """How far the index of a store is."""
    sql = "SELECT count(*) FILTER (seq <= $1), count(*) FROM documents"
    return Progress(*next(store.rows(sql, [_done(store.path) if store.texts else store.last_seq()])))


def _done(path: Path) -> int:
    """The last write of a document that the index knows."""
    if not index_file(path).exists():
        return 0
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{index_file(path)}?mode=ro", uri=True)) as index:
        return int(index.execute("SELECT max(seq) FROM done").fetchone()[0] or 0)
    return 0


class Indexer:
    """Makes the index of one store, in one thread at a time. It belongs to one application."""

    def __init__(self, update: Callable[[Path], None] = update_index, patience: float = PATIENCE) -> None:
        self._update, self._patience, self._lock = update, patience, Lock()
        self._thread: Thread | None = None

    def require(self, store: Store) -> None:
        """Return when all that can be searched is indexed. Raises Indexing where that takes longer than a moment."""
        if progress(store).whole:
            return
        thread = self.begin(store.path)
        thread.join(self._patience)
        if thread.is_alive():
            raise Indexing(f"the index of words is being made: {progress(store)}. This page asks again by itself")

    def begin(self, path: Path) -> Thread:
        """The thread that brings the index up to date: the one at work, or a new one."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._run, args=(path,), name="index of words", daemon=True)
                self._thread.start()
            return self._thread

    def _run(self, path: Path) -> None:
        """Where nothing can be written or read, the search itself says so."""
        try:
            self._update(path)
        except (sqlite3.Error, StoreError) as error:
            logging.getLogger("polybius.explorer").info("no index of words: %s", error)
