"""The store, open for one batch or one request."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb

from polybius.records import Document, Rejection
from polybius.report import Json, Report, from_json
from polybius.store import overlay, write
from polybius.store.connect import WAIT, Connection, connect, merge_pieces, telling
from polybius.store.errors import UnknownId
from polybius.store.failpoints import Hook, no_hook
from polybius.store.filters import Filter
from polybius.store.journal import Journal
from polybius.store.lock import writer_lock
from polybius.store.rows import Entry, Row, insert
from polybius.store.schema import TABLES
from polybius.store.versions import NO_TEXTS, create, migrate, require_current
from polybius.store.write import Added, Adding, State

ANYTHING = Filter()
_FETCH = 1000
_MERGED = 20_000  # writes of documents after which the pieces that batches left are merged


class Store:
    """The tables of one store. Made by ``open_reader`` and ``open_writer``; not to be kept."""

    def __init__(self, path: Path, connection: Connection, writing: bool) -> None:
        self.path, self.connection, self.writing = path, connection, writing

    # Reading

    def reports(self, asked: Filter = ANYTHING) -> Iterator[Report]:
        """The reports that ``asked`` lets through, in the order of documents and of their texts."""
        for record in self.records(asked):
            yield from_json(record)

    def records(self, asked: Filter = ANYTHING) -> Iterator[Json]:
        """As ``reports``, as JSON records."""
        where, values = asked.where()
        for (record,) in self.rows(f"SELECT record FROM reports {where} ORDER BY seq, position", values):
            yield json.loads(record)

    def report(self, report_id: str, document_id: str | None = None) -> Report:
        """The report of an id; of several documents of one text the first, unless the document is named."""
        sql = "SELECT record FROM reports WHERE id = $1 AND ($2 IS NULL OR document_id = $2) ORDER BY seq LIMIT 1"
        return from_json(json.loads(self._one(sql, [report_id, document_id], "report", report_id)[0]))

    def document(self, document_id: str) -> Document:
        """The document with its text, which is empty in a store that keeps none."""
        names = ("id", "version", "url", "publisher", "title", "language", "published")
        row = self._one(
            f"SELECT {', '.join(names)} FROM documents WHERE id = ?", [document_id], "document", document_id
        )
        return Document(**dict(zip(names, row, strict=True)), text=self.text(document_id) or "")

    def text(self, document_id: str) -> str | None:
        """The text of a document; None in a store that keeps none."""
        row = next(self.rows("SELECT text FROM texts WHERE document_id = ?", [document_id]), None)
        return None if row is None else row[0]

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        return {table: next(self.rows(f"SELECT count(*) FROM {table}"))[0] for table in TABLES}

    def states(self, ids: Sequence[str]) -> dict[str, State]:
        """What is known of each document id."""
        return write.states(self.connection, ids)

    def get(self, key: str) -> str | None:
        """A value of ``meta``."""
        row = next(self.rows("SELECT value FROM meta WHERE key = ?", [key]), None)
        return None if row is None else row[0]

    def last_seq(self) -> int:
        """The number of the last write of a document; 0 in an empty store. It never goes back."""
        return int(self.get("seq") or 0)

    @property
    def texts(self) -> bool:
        """Whether the store keeps the texts of articles."""
        return self.get("texts") != NO_TEXTS

    def rows(
        self, sql: str, values: Sequence[object] | Mapping[str, object] | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """The rows of a query. A reader gets them bit by bit, and may ask other things meanwhile."""
        if self.writing:  # another cursor would not see what this transaction has written
            yield from self.connection.execute(sql, values).fetchall()
            return
        with telling(self.path):
            cursor = self.connection.cursor().execute(sql, values)
            while found := cursor.fetchmany(_FETCH):
                yield from found

    def _one(self, sql: str, values: list[object], kind: str, id: str) -> tuple[Any, ...]:
        row = next(self.rows(sql, values), None)
        if row is None:
            raise UnknownId(f"{self.path} has no {kind} {id!r}")
        return row

    # Writing

    def add(self, entries: Sequence[Entry], *, recode: bool = False) -> Added:
        """Store coded documents, in their order. The same again changes nothing; another version takes the place of the
        last, which goes to ``history``. With ``recode`` so does the same version coded by another run."""
        adding = Adding(self.connection, self.last_seq(), self.texts, recode)
        added = adding.add(entries)
        ids = [entry.document.id for entry in entries]
        overlay.refresh(self.connection, overlay.decisions_on(self.connection, ids), self.texts)
        self.set("seq", str(adding.seq))
        return added

    def reject(self, rejections: Sequence[Rejection]) -> None:
        """Note what could not be coded; the last word on a subject stands."""
        write.reject(self.connection, rejections)

    def record_run(self, stamp: str, manifest: Mapping[str, Any]) -> None:
        """Keep what a stamp stands for."""
        if next(self.rows("SELECT 1 FROM runs WHERE stamp = ?", [stamp]), None) is None:
            insert(self.connection, "runs", [{"stamp": stamp, "manifest": json.dumps(manifest, sort_keys=True)}])

    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """Write rows, mappings from column to value, in one go."""
        insert(self.connection, table, rows)

    def set(self, key: str, value: str) -> None:
        """Set a value of ``meta``."""
        self.connection.execute("DELETE FROM meta WHERE key = ?", [key])
        self.connection.execute("INSERT INTO meta VALUES (?, ?)", [key, value])

    def fold(self, journal: Journal) -> int:
        """Copy the journal's new decisions into ``judgements``, and put those about reports over them; how many."""
        decisions = journal.read()
        if not decisions:
            return 0
        sql = "SELECT coalesce(max(seq), 0) FROM judgements WHERE journal = ?"
        done = next(self.rows(sql, [decisions[0].journal]))[0]
        names = [name for name, _ in TABLES["judgements"]]
        new = [decision for decision in decisions if decision.seq > done]
        insert(self.connection, "judgements", [{name: getattr(one, name) for name in names} for one in new])
        overlay.refresh(self.connection, overlay.concerned(self.connection, new), self.texts)
        return len(new)


@contextmanager
def open_reader(path: Path | str, *, wait: float = WAIT) -> Iterator[Store]:
    """The store for reading, for one request. Waits at most ``wait`` seconds for a writer's batch. Raises StoreError."""
    path = Path(path)
    with telling(path):
        connection = connect(path, read_only=True, wait=wait)
        try:
            require_current(connection, path)
            yield Store(path, connection, writing=False)
        finally:
            connection.close()


@contextmanager
def open_writer(path: Path | str, *, texts: bool = True, wait: float = WAIT, hook: Hook = no_hook) -> Iterator[Store]:
    """The store for one transaction: committed at the end of the block, undone where it raises. Raises StoreError.

    A store that is not there is made; ``texts`` says whether it will keep the texts of articles.
    """
    path = Path(path)
    if not path.exists():
        with writer_lock(path, hook=hook):
            prepare(path, texts=texts, hook=hook)
    with telling(path):
        connection = connect(path, read_only=False, wait=wait)
        try:
            migrate(connection, path, hook=hook)
            yield from _transaction(Store(path, connection, writing=True), wait, hook)
        finally:
            connection.close()
    hook("batch: after close")


def _transaction(store: Store, wait: float, hook: Hook) -> Iterator[Store]:
    connection = store.connection
    hook("batch: before begin")
    connection.begin()
    begun = store.last_seq()
    try:
        store.fold(Journal(store.path, wait=wait))
        hook("batch: after fold")
        yield store
        if store.last_seq() // _MERGED > begun // _MERGED:
            merge_pieces(connection)
        hook("batch: before commit")
        connection.commit()
    except BaseException:
        with suppress(duckdb.Error):  # where the commit itself failed there is nothing left to undo
            connection.rollback()
        raise
    hook("batch: after commit")
    hook("batch: before checkpoint")
    connection.execute("CHECKPOINT")  # at closing it would be made as well, but its errors not told
    hook("batch: after checkpoint")


def prepare(path: Path, *, texts: bool = True, hook: Hook = no_hook) -> None:
    """Make the store if it is not there, by whoever holds the writer's lock."""
    if not path.exists():
        create(path, texts=texts, hook=hook)
