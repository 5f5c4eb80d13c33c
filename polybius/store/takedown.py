"""Take-downs: a document goes with its text, reports and history, and does not come back."""

from __future__ import annotations

import difflib
import os
from contextlib import suppress
from pathlib import Path

from polybius.store import write
from polybius.store.connect import WAIT, connect, telling
from polybius.store.errors import UnknownId
from polybius.store.failpoints import Hook, no_hook
from polybius.store.rows import insert
from polybius.store.store import Store, open_writer
from polybius.store.versions import version_of
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
    # Also for a document that was forgotten before: the process may have been killed half-way.
    drop_index(path, hook)
    compact(path, wait=wait, hook=hook)
    return not state.forgotten


def _bury(store: Store, document_id: str, reason: str) -> None:
    write.remove(store.connection, [document_id])
    store.connection.execute("DELETE FROM history WHERE kind = 'document' AND id = ?", [document_id])
    insert(store.connection, "tombstones", [{"document_id": document_id, "reason": reason}])


def _nearest(store: Store, document_id: str) -> str:
    """The nearest ids, compared by DuckDB: there may be millions."""
    sql = "SELECT id FROM documents ORDER BY jaro_winkler_similarity(id, ?) DESC, id LIMIT 3"
    near = difflib.get_close_matches(document_id, [id for (id,) in store.rows(sql, [document_id])], 3, 0.6)
    return f"; nearest: {', '.join(near)}" if near else ""


def compact(path: Path | str, *, wait: float = WAIT, hook: Hook = no_hook) -> None:
    """Write the file anew, without the room of what was deleted. It is replaced when the new one is whole."""
    path = Path(path)
    draft = path.with_name(f".{path.name}.compact")
    for leftover in (draft, Path(f"{draft}.wal")):
        with suppress(FileNotFoundError):
            leftover.unlink()
    with telling(path):
        connection = connect(path, read_only=False, wait=wait)
        try:
            version_of(connection, path)
            connection.execute("CHECKPOINT")
            connection.execute(f"ATTACH {_text(draft)} AS fresh")
            source = connection.execute("SELECT current_database()").fetchone()
            assert source is not None
            connection.execute(f'COPY FROM DATABASE "{source[0]}" TO fresh')
            connection.execute("CHECKPOINT fresh")
            connection.execute("DETACH fresh")
            # While the old file is still held: nobody can write to it in between.
            hook("compact: before replace")
            os.replace(draft, path)
            hook("compact: after replace")
        finally:
            connection.close()


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
