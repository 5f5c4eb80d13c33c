"""People's decisions: an append-only SQLite file beside the store, which can be written while somebody else writes the store.

A writer of the store copies new decisions into the table ``judgements``. Nothing in the journal is ever changed or removed;
undoing is a decision too. Only a take-down blanks what an entry quotes of the document that goes.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from polybius.store.errors import StoreBusy, StoreError, StoreFull, StoreUnusable
from polybius.store.failpoints import Hook, no_hook

SUFFIX = ".decisions.sqlite"
# Of events: same, different, split. Of reports: accept, correct, reject (polybius.store.decisions). Of a blind review:
# sample, mark; those say what somebody thinks and change nothing.
KINDS = ("same", "different", "split", "undo", "note", "accept", "correct", "reject", "sample", "mark")

_SCHEMA = """
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS journal (id TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS decisions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, subject TEXT NOT NULL, other TEXT, author TEXT, made_at TEXT, note TEXT
);
"""
_TRIGGERS = """
CREATE TRIGGER IF NOT EXISTS no_update BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER IF NOT EXISTS no_delete BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are never removed'); END;
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided: ``subject`` and ``other`` are ids; of an "undo", ``subject`` is ``journal/seq`` of another."""

    journal: str
    seq: int
    kind: str
    subject: str
    other: str | None = None
    author: str | None = None
    made_at: str | None = None
    note: str | None = None


class Journal:
    """The decisions beside one store."""

    def __init__(self, store: Path | str, *, wait: float = 30.0, hook: Hook = no_hook) -> None:
        self.path = journal_file(store)
        self.wait, self.hook = wait, hook

    def append(
        self,
        kind: str,
        subject: str,
        other: str | None = None,
        *,
        author: str | None = None,
        made_at: str | None = None,
        note: str | None = None,
    ) -> Decision:
        """Write one decision; it lasts when this returns. ``made_at`` is what the caller's clock says, if it is to be kept."""
        if kind not in KINDS:
            raise ValueError(f"{kind!r} is no kind of decision; allowed: {', '.join(KINDS)}")
        with self._open() as connection:
            if not _made(connection):
                connection.executescript(_SCHEMA + _TRIGGERS)
            connection.execute("BEGIN IMMEDIATE")
            journal = _identity(connection)
            values = (kind, subject, other, author, made_at, note)
            sql = "INSERT INTO decisions (kind, subject, other, author, made_at, note) VALUES (?, ?, ?, ?, ?, ?)"
            seq = connection.execute(sql, values).lastrowid
            self.hook("decision: before commit")
            connection.execute("COMMIT")
            self.hook("decision: after commit")
        return Decision(journal, seq or 0, *values)

    def read(self, after: int = 0) -> list[Decision]:
        """The decisions in their order, those up to ``after`` left out; none where there is no journal."""
        if not self.path.exists():
            return []
        with self._open() as connection:
            if not _made(connection):
                return []
            rows = connection.execute(
                "SELECT (SELECT id FROM journal), seq, kind, subject, other, author, made_at, note FROM decisions WHERE seq > ? ORDER BY seq",
                (after,),
            ).fetchall()
        return [Decision(*row) for row in rows]

    def rewrite(self, change: Callable[[str | None], str | None]) -> None:
        """Change what entries are about, for take-downs only: their number, kind, author and time stay."""
        if not self.path.exists():
            return
        with self._open() as connection:
            if not _made(connection):
                return
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("DROP TRIGGER no_update")
            for seq, subject, other in connection.execute("SELECT seq, subject, other FROM decisions").fetchall():
                if (change(subject), change(other)) != (subject, other):
                    sql = "UPDATE decisions SET subject = ?, other = ? WHERE seq = ?"
                    connection.execute(sql, (change(subject), change(other), seq))
            connection.execute(_TRIGGERS.strip().splitlines()[0])
            self.hook("decision: before commit")
            connection.execute("COMMIT")
            self.hook("decision: after commit")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = sqlite3.connect(self.path, timeout=self.wait, isolation_level=None)
            try:
                connection.execute("PRAGMA synchronous = FULL")
                yield connection
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise _explained(error, self.path) from error


def journal_file(store: Path | str) -> Path:
    """The journal of a store."""
    return Path(f"{store}{SUFFIX}")


def _made(connection: sqlite3.Connection) -> bool:
    """Whether the file is a journal yet, with its last part in place."""
    return connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'no_delete'").fetchone() is not None


def _identity(connection: sqlite3.Connection) -> str:
    """The journal's own name: a store that was copied, and its copy, go on with journals of their own."""
    found = connection.execute("SELECT id FROM journal").fetchone()
    if found is None:
        found = (uuid.uuid4().hex[:12],)
        connection.execute("INSERT INTO journal VALUES (?)", found)
    return str(found[0])


def _explained(error: sqlite3.Error, path: Path) -> StoreError:
    text = str(error)
    if "locked" in text or "busy" in text:
        return StoreBusy(f"{path}: held by another process; try again")
    if "full" in text:
        return StoreFull(f"{path}: the disk is full; the decision was not written")
    if "readonly" in text or "unable to open" in text:
        return StoreUnusable(f"{path} cannot be written: {text}")
    return StoreUnusable(f"{path}: {text}")
