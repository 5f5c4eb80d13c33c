"""What a coded document does to the store: it is new, unchanged, corrected, coded again, or forgotten and stays so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from polybius.records import Document, Rejection
from polybius.store.connect import Connection
from polybius.store.overlay import restore
from polybius.store.rows import (
    Entry,
    Row,
    as_json,
    digest,
    document_row,
    grounding_rows,
    insert,
    report_row,
    sentence_rows,
    without_words,
)
from polybius.store.schema import OF_DOCUMENT, TABLES

_WRITTEN = ("documents", "texts", "sentences", "reports", "groundings", "signatures")
Verdict = Literal["new", "unchanged", "forgotten", "corrected", "recoded"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of some documents: coded = new + corrected + recoded. ``reports`` are those written."""

    new: int = 0
    corrected: int = 0
    recoded: int = 0
    unchanged: int = 0
    forgotten: int = 0
    reports: int = 0

    @property
    def coded(self) -> int:
        return self.new + self.corrected + self.recoded

    def __add__(self, other: Added) -> Added:
        return Added(*(getattr(self, part.name) + getattr(other, part.name) for part in fields(self)))


@dataclass(slots=True)
class State:
    """What the store knows of one document id."""

    digest: str | None = None
    stamp: str | None = None
    forgotten: bool = False
    earlier: set[str] = field(default_factory=set)

    def verdict(self, document: Document, stamp: str, recode: bool) -> Verdict:
        """What storing the document would do.

        A version that was replaced does not come back when it is met again: otherwise a folder that holds two versions
        would change the store at every run.
        """
        if self.forgotten:
            return "forgotten"
        if self.digest is None:
            return "new"
        found = digest(document)
        if found == self.digest:
            return "recoded" if recode and stamp != self.stamp else "unchanged"
        return "unchanged" if found in self.earlier else "corrected"

    def take(self, entry: Entry) -> None:
        """Remember that the document was written."""
        if self.digest is not None and self.digest != digest(entry.document):
            self.earlier.add(self.digest)
        self.digest, self.stamp = digest(entry.document), entry.stamp


def states(connection: Connection, ids: Iterable[str]) -> dict[str, State]:
    """What is known of each id."""
    wanted = sorted(set(ids))
    found = {id: State() for id in wanted}
    for id, known, stamp in _of(connection, "SELECT id, digest, stamp FROM documents", "id", wanted):
        found[id].digest, found[id].stamp = known, stamp
    for id, known in _of(connection, "SELECT id, digest FROM history", "kind = 'document' AND id", wanted):
        found[id].earlier.add(known)
    for (id,) in _of(connection, "SELECT document_id FROM tombstones", "document_id", wanted):
        found[id].forgotten = True
    return found


def _of(connection: Connection, select: str, column: str, ids: list[str], rest: str = "") -> list[tuple[Any, ...]]:
    return connection.execute(f"{select} WHERE {column} IN (SELECT unnest(?::VARCHAR[])) {rest}", [ids]).fetchall()


class Adding:
    """Writes entries in their order, within a transaction that somebody else ends."""

    def __init__(self, connection: Connection, seq: int, texts: bool, recode: bool = False) -> None:
        self.connection, self.seq, self.texts, self.recode = connection, seq, texts, recode
        self.waiting: dict[str, Entry] = {}
        self.replaced: dict[str, Verdict] = {}

    def add(self, entries: Sequence[Entry]) -> Added:
        """Write what is new. Returns the counts; ``seq`` is then that of the last write."""
        known = states(self.connection, (entry.document.id for entry in entries))
        counts: Counter[str] = Counter()
        for entry in entries:
            state = known[entry.document.id]
            verdict = state.verdict(entry.document, entry.stamp, self.recode)
            counts[verdict] += 1
            if verdict in ("unchanged", "forgotten"):
                continue
            counts["reports"] += len(entry.reports)
            self._plan(entry, verdict)
            state.take(entry)
        self._flush()
        return Added(**counts)

    def _plan(self, entry: Entry, verdict: Verdict) -> None:
        id = entry.document.id
        if id in self.waiting:  # two versions in one batch: the first has to be there to be replaced
            self._flush()
        if verdict != "new":
            self.replaced[id] = verdict
        self.waiting[id] = entry

    def _flush(self) -> None:
        if self.replaced:
            restore(self.connection, list(self.replaced))  # the history keeps what was coded
            archive(self.connection, self.replaced)
            remove(self.connection, list(self.replaced))
        lift(self.connection, [entry.subject for entry in self.waiting.values() if entry.subject is not None])
        self._write(list(self.waiting.values()))
        self.waiting, self.replaced = {}, {}

    def _write(self, entries: list[Entry]) -> None:
        rows: dict[str, list[Row]] = {name: [] for name in _WRITTEN}
        for entry in entries:
            self.seq += 1
            self._rows(entry, rows)
        for table, found in rows.items():
            insert(self.connection, table, found)

    def _rows(self, entry: Entry, rows: dict[str, list[Row]]) -> None:
        id = entry.document.id
        rows["documents"].append(document_row(entry, self.seq, self.texts))
        rows["sentences"].extend(sentence_rows(entry))
        if entry.signature:
            rows["signatures"].append({"document_id": id, "seq": self.seq, "signature": entry.signature})
        if self.texts:
            rows["texts"].append({"document_id": id, "text": entry.document.text})
        for position, report in enumerate(entry.reports):
            kept = report if self.texts else without_words(report)
            rows["reports"].append(report_row(entry, kept, position, self.seq))
            rows["groundings"].extend(grounding_rows(kept, id))


def archive(connection: Connection, replaced: dict[str, Verdict]) -> None:
    """Copy what is to be replaced into ``history``: the document, its text and its records."""
    ids = sorted(replaced)
    counted = _of(connection, "SELECT id, max(number) FROM history", "kind = 'document' AND id", ids, "GROUP BY id")
    numbers = {id: int(number) for id, number in counted}
    texts: dict[str, str] = dict(_of(connection, "SELECT document_id, text FROM texts", "document_id", ids))
    records: dict[str, list[str]] = {id: [] for id in ids}
    for id, record in _of(
        connection, "SELECT document_id, record FROM reports", "document_id", ids, "ORDER BY document_id, position"
    ):
        records[id].append(record)
    names = [name for name, _ in TABLES["documents"]]
    columns = ", ".join(f"{name}::VARCHAR" for name in names)
    history = []
    for values in _of(connection, f"SELECT {columns} FROM documents", "id", ids, "ORDER BY seq"):
        row = dict(zip(names, values, strict=True))
        whole = {"document": row, "text": texts.get(row["id"]), "reports": records[row["id"]]}
        history.append(
            {
                "kind": "document",
                "id": row["id"],
                "number": numbers.get(row["id"], 0) + 1,
                "cause": replaced[row["id"]],
                "digest": row["digest"],
                "record": as_json(whole),
            }
        )
    insert(connection, "history", history)


def remove(connection: Connection, ids: list[str]) -> None:
    """Take documents away with all that belongs to them; their history stays."""
    for table, column in (("documents", "id"), *((table, "document_id") for table in OF_DOCUMENT)):
        connection.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT unnest(?::VARCHAR[]))", [ids])


def lift(connection: Connection, subjects: list[str]) -> None:
    """Take rejections away."""
    if subjects:
        connection.execute("DELETE FROM rejections WHERE subject IN (SELECT unnest(?::VARCHAR[]))", [subjects])


def reject(connection: Connection, rejections: Sequence[Rejection]) -> None:
    """Write rejections: the last one of a subject stands."""
    last = {rejection.subject: rejection for rejection in rejections}
    lift(connection, list(last))
    insert(connection, "rejections", [{p.name: getattr(r, p.name) for p in fields(r)} for r in last.values()])
