"""Free text: which documents hold certain words. An FTS5 index of SQLite beside the store, made from it and never needed to last."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from polybius.store.connect import WAIT
from polybius.store.errors import StoreUnusable
from polybius.store.failpoints import Hook, no_hook
from polybius.store.store import Store, open_reader

SUFFIX = ".text.sqlite"
_CHUNK = 2000  # writes of documents
_WORD = re.compile(r"\w+")

# Contentless: the texts stand in the store only. A row is found by ``documents.seq``, so that rows of documents that were
# corrected meanwhile lead nowhere.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS done (seq INTEGER NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2');
"""


def index_file(store: Path | str) -> Path:
    """The index of a store."""
    return Path(f"{store}{SUFFIX}")


def search(path: Path | str, words: str, *, limit: int = 100, wait: float = WAIT) -> list[str]:
    """The ids of documents that hold all the words, those in quotation marks side by side, best first.

    Raises StoreUnusable in a store that keeps no texts.
    """
    path, question = Path(path), _question(words)
    if not question:
        return []
    with suppress(sqlite3.OperationalError):  # where nothing can be written, what is indexed is searched
        update_index(path, wait=wait)
    with open_reader(path, wait=wait) as store:
        if not store.texts:
            raise StoreUnusable(f"{path} keeps no texts (it was made with --no-text): their words cannot be searched")
        return _known(store, _matches(path, question), limit)


def update_index(path: Path | str, *, wait: float = WAIT, hook: Hook = no_hook) -> None:
    """Index what has been written since the last time. An index that is lost or damaged is made anew."""
    path = Path(path)
    try:
        _update(path, wait, hook)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        drop_index(path)
        _update(path, wait, hook)


def _update(path: Path, wait: float, hook: Hook) -> None:
    """The store is held for one piece at a time, so that writers get their turn."""
    with closing(_open(path)) as index:
        while True:
            done = index.execute("SELECT max(seq) FROM done").fetchone()[0] or 0
            with open_reader(path, wait=wait) as store:
                last = min(store.last_seq(), done + _CHUNK) if store.texts else done
                texts = _texts(store, done, last)
            if done >= last:
                return
            _write(index, texts, last, hook)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(index_file(path), isolation_level=None, timeout=30)
    try:
        connection.executescript(_SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _write(index: sqlite3.Connection, texts: list[tuple[int, str]], last: int, hook: Hook) -> None:
    index.execute("BEGIN IMMEDIATE")
    # INSERT OR REPLACE is not for contentless tables; another process may have been faster.
    if (index.execute("SELECT max(seq) FROM done").fetchone()[0] or 0) < last:
        index.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", texts)
        index.execute("INSERT INTO done VALUES (?)", (last,))
    hook("text index: before commit")
    index.execute("COMMIT")
    hook("text index: after commit")


def drop_index(path: Path | str, hook: Hook = no_hook) -> None:
    """Remove the index; the next search makes it anew."""
    hook("text index: before removed")
    for suffix in ("", "-journal", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            Path(f"{index_file(path)}{suffix}").unlink()
    hook("text index: after removed")


def _question(words: str) -> str:
    """The words as a question of FTS5, in which nothing the user types is an operator."""
    phrases = re.findall(r'"([^"]*)"?|(\S+)', words)
    parts = [" ".join(_WORD.findall(quoted or plain)) for quoted, plain in phrases]
    return " ".join(f'"{part}"' for part in parts if part)


def _texts(store: Store, after: int, last: int) -> list[tuple[int, str]]:
    sql = """SELECT d.seq, concat_ws(chr(10), d.title, t.text) FROM documents d JOIN texts t ON t.document_id = d.id
             WHERE d.seq > ? AND d.seq <= ? ORDER BY d.seq"""
    return [(seq, text) for seq, text in store.rows(sql, [after, last])]


def _matches(path: Path, question: str) -> list[int]:
    if not index_file(path).exists():
        raise StoreUnusable(f"{path} has no index of words, and {index_file(path).name} cannot be written")
    with closing(sqlite3.connect(f"file:{index_file(path)}?mode=ro", uri=True, timeout=30)) as connection:
        rows = connection.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank, rowid", (question,))
        return [seq for (seq,) in rows]


def _known(store: Store, seqs: list[int], limit: int) -> list[str]:
    sql = """SELECT d.id FROM (SELECT unnest($1::BIGINT[]) AS seq, generate_subscripts($1::BIGINT[], 1) AS place) found
             JOIN documents d USING (seq) ORDER BY place LIMIT $2"""
    return [id for (id,) in store.rows(sql, [seqs, limit])]
