"""Take-downs: a document goes with its text, reports and history, and does not come back."""

from __future__ import annotations

import difflib
import os
from functools import partial
from pathlib import Path

import duckdb

from polybius.store import write
from polybius.store.connect import SETTINGS, WAIT, Connection, connect, patiently, telling
from polybius.store.decisions import redacted
from polybius.store.errors import UnknownId
from polybius.store.failpoints import Hook, no_hook
from polybius.store.journal import Journal
from polybius.store.rows import insert
from polybius.store.store import Store, open_writer
from polybius.store.versions import new_draft, version_of
from polybius.store.words import drop_index


def forget(path: Path | str, document_id: str, *, reason: str = "", wait: float = WAIT, hook: Hook = no_hook) -> bool:
    """Remove a document and leave a tombstone; False where it was forgotten before. Raises UnknownId.

    Afterwards the file is written anew, because DuckDB leaves the bytes of deleted rows where they were.
    """
    path = Path(path)
    with open_writer(path, wait=wait, hook=hook) as store:
        state = store.states([document_id])[document_id]
        if state.digest is None and not state.forgotten:
            raise UnknownId(f"{path} has no document {document_id!r}{_nearest(store, document_id)}")
        if not state.forgotten:
            _bury(store, document_id, reason)
    Journal(path, wait=wait, hook=hook).rewrite(partial(redacted, document=document_id))
    # Also for a document that was forgotten before: the process may have been killed half-way.
    drop_index(path, hook)
    compact(path, wait=wait, hook=hook)
    return not state.forgotten


def _bury(store: Store, document_id: str, reason: str) -> None:
    write.remove(store.connection, [document_id])
    store.connection.execute("DELETE FROM history WHERE kind = 'document' AND id = ?", [document_id])
    for table, words in (
        ("articles", "words"),
        ("accounts", "features"),
    ):  # the rows tell the next assembly what is gone
        store.connection.execute(f"UPDATE {table} SET {words} = NULL WHERE document_id = ?", [document_id])
    _blank(store.connection, document_id)
    insert(store.connection, "tombstones", [{"document_id": document_id, "reason": reason}])


def _blank(connection: Connection, document_id: str) -> None:
    """Take the words of the document out of what persons decided about it."""
    for journal, seq, *about in connection.execute("SELECT journal, seq, subject, other FROM judgements").fetchall():
        bare = [redacted(text, document_id) for text in about]
        if bare != about:
            sql = "UPDATE judgements SET subject = ?, other = ? WHERE journal = ? AND seq = ?"
            connection.execute(sql, [*bare, journal, seq])


def _nearest(store: Store, document_id: str) -> str:
    """The nearest ids, compared by DuckDB: there may be millions."""
    sql = "SELECT id FROM documents ORDER BY jaro_winkler_similarity(id, ?) DESC, id LIMIT 3"
    near = difflib.get_close_matches(document_id, [id for (id,) in store.rows(sql, [document_id])], 3, 0.6)
    return f"; nearest: {', '.join(near)}" if near else ""


def compact(path: Path | str, *, wait: float = WAIT, hook: Hook = no_hook) -> None:
    """Write the file anew, without the room of what was deleted. It is replaced when the new one is whole."""
    path = Path(path)
    with telling(path):
        connection = _frozen(path, wait)
        try:
            draft = new_draft(path)
            connection.execute(f"ATTACH {_text(draft)} AS fresh")
            connection.execute("COPY FROM DATABASE old TO fresh")
            connection.execute("CHECKPOINT fresh")
            connection.execute("DETACH fresh")
            # While the old file is still held: nobody can write to it in between.
            hook("compact: before replace")
            os.replace(draft, path)
            hook("compact: after replace")
        finally:
            connection.close()


def _frozen(path: Path, wait: float) -> Connection:
    """A connection with the store attached as ``old``, read-only, so that others may read and nobody writes.

    All is in the file itself: a log beside it would be taken for that of the new file.
    """
    while True:
        writing = connect(path, read_only=False, wait=wait)
        try:
            version_of(writing, path)
            writing.execute("CHECKPOINT")
        finally:
            writing.close()
        connection = duckdb.connect(config=SETTINGS)
        patiently(path, wait, lambda: connection.execute(f"ATTACH {_text(path)} AS old (READ_ONLY)"))  # noqa: B023, called at once
        if not Path(f"{path}.wal").exists():
            return connection
        connection.close()


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
