"""What a watch remembers: feeds with their versions and when they are due, and items with what became of them.

A SQLite file beside the store. An item is written here before it is worked on and marked after the store has it, so a
process that is killed in between works on it once more, which changes nothing in the store.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polybius.ingest.fetch import Known
from polybius.store import Hook, StoreUnusable, no_hook

SUFFIX = ".watch.sqlite"
POINTS = (
    "watch: before made",
    "watch: after made",
    "watch: before items noted",
    "watch: after items noted",
    "watch: before items done",
    "watch: after items done",
    "watch: before feed done",
    "watch: after feed done",
)
VERSION = 1
WAITING, DONE, REJECTED = "waiting", "done", "rejected"
_SCHEMA = """
CREATE TABLE feeds (url TEXT PRIMARY KEY, etag TEXT, modified TEXT, due REAL NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0, succeeded TEXT, problem TEXT) STRICT;
CREATE TABLE items (number INTEGER PRIMARY KEY, feed TEXT NOT NULL, key TEXT NOT NULL, state TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, entry TEXT, problem TEXT, UNIQUE (feed, key)) STRICT;
CREATE INDEX items_state ON items (feed, state);
"""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of a feed. ``due`` counts seconds since 1970; ``failures`` is how many there were on end."""

    url: str
    known: Known = Known()
    due: float = 0.0
    failures: int = 0
    succeeded: str | None = None
    problem: str | None = None
    done: int = 0
    waiting: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item that is still to be coded."""

    number: int
    key: str
    tries: int
    entry: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of an item: coded, rejected for good, or to be tried again."""

    number: int
    state: str
    problem: str = ""


def state_file(store: Path | str) -> Path:
    """The file beside a store."""
    return Path(f"{store}{SUFFIX}")


class WatchState:
    """The file, opened for one watch."""

    def __init__(self, connection: sqlite3.Connection, hook: Hook) -> None:
        self.connection, self.hook = connection, hook

    def feed(self, url: str) -> FeedState:
        """What is known of a feed; nothing of a new one."""
        row = self.connection.execute(
            "SELECT etag, modified, due, failures, succeeded, problem FROM feeds WHERE url = ?", [url]
        ).fetchone()
        counts = dict(self.connection.execute("SELECT state, count(*) FROM items WHERE feed = ? GROUP BY state", [url]))
        numbers = {name: counts.get(name, 0) for name in (DONE, WAITING, REJECTED)}
        if row is None:
            return FeedState(url, **numbers)
        return FeedState(url, Known(row[0], row[1]), *row[2:], **numbers)

    def note(self, feed: str, known: Known, entries: Iterable[tuple[str, Mapping[str, Any]]]) -> int:
        """Keep the entries that are new, and the version of the feed that had them; how many are new."""
        rows = [(feed, key, json.dumps(entry)) for key, entry in entries]
        with self._write("items noted"):
            before = self.connection.total_changes
            self.connection.executemany(
                f"INSERT OR IGNORE INTO items (feed, key, state, entry) VALUES (?, ?, '{WAITING}', ?)", rows
            )
            new = self.connection.total_changes - before
            self.connection.execute(
                "INSERT INTO feeds (url, etag, modified) VALUES (?, ?, ?) ON CONFLICT (url) DO UPDATE "
                "SET etag = excluded.etag, modified = excluded.modified",
                [feed, known.etag, known.modified],
            )
        return new

    def waiting(self, feed: str, after: int, most: int) -> list[Waiting]:
        """The next items of a feed that are to be coded, in the order in which they came."""
        rows = self.connection.execute(
            f"SELECT number, key, tries, entry FROM items WHERE feed = ? AND state = '{WAITING}' AND number > ? "
            "ORDER BY number LIMIT ?",
            [feed, after, most],
        )
        return [Waiting(number, key, tries, json.loads(entry)) for number, key, tries, entry in rows]

    def settle(self, settled: Iterable[Settled]) -> None:
        """Mark what became of items; what is done with needs its text no longer."""
        with self._write("items done"):
            for one in settled:
                self.connection.execute(
                    f"UPDATE items SET state = ?, tries = tries + 1, problem = ?, "
                    f"entry = CASE WHEN ? = '{WAITING}' THEN entry END WHERE number = ?",
                    [one.state, one.problem or None, one.state, one.number],
                )

    def schedule(self, feed: str, due: float, failures: int, succeeded: str | None, problem: str | None) -> None:
        """When a feed is due again, and how it went."""
        with self._write("feed done"):
            self.connection.execute(
                "INSERT INTO feeds (url, due, failures, succeeded, problem) VALUES (?, ?, ?, ?, ?) ON CONFLICT (url) DO UPDATE "
                "SET due = excluded.due, failures = excluded.failures, problem = excluded.problem, "
                "succeeded = coalesce(excluded.succeeded, succeeded)",
                [feed, due, failures, succeeded, problem],
            )

    @contextmanager
    def _write(self, what: str) -> Iterator[None]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.rollback()
            raise
        self.hook(f"watch: before {what}")
        self.connection.commit()
        self.hook(f"watch: after {what}")


@contextmanager
def open_state(store: Path | str, *, hook: Hook = no_hook, make: bool = True) -> Iterator[WatchState]:
    """The state beside a store, made where it is not there unless ``make`` is False. Raises StoreUnusable."""
    path = state_file(store)
    if not make and not path.exists():
        raise StoreUnusable(f"{path} is not there: nothing has been watched into {store} yet")
    try:
        connection = sqlite3.connect(path, timeout=30, isolation_level=None)
        try:
            _prepare(connection, path, hook)
            yield WatchState(connection, hook)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise StoreUnusable(f"{path}: {error}; mend it or remove it, then all feeds are read anew") from None


def _prepare(connection: sqlite3.Connection, path: Path, hook: Hook) -> None:
    connection.execute("PRAGMA synchronous = FULL")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == VERSION:
        return
    if version:
        raise StoreUnusable(f"{path} is of version {version}, this Polybius knows {VERSION}; update Polybius")
    connection.execute("BEGIN IMMEDIATE")
    for statement in _SCHEMA.split(";"):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")
    hook("watch: before made")
    connection.commit()
    hook("watch: after made")
