"""CSV, TSV and Parquet → items, a row each."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from glob import has_magic
from typing import Any

from polybius.ingest.decode import MAX_BYTES, Undecodable, decode, lines
from polybius.ingest.document import MAX_CHARACTERS
from polybius.ingest.piece import Item, Piece, Tools, refuse
from polybius.ingest.record import KEYS, record_item

DELIMITERS = ",\t;|"
ROWS = 100


def read_csv(piece: Piece, tools: Tools) -> Iterator[Item]:
    """The rows of a table with a line of names; tab, comma, semicolon or bar between the columns."""
    # The library's own limit, 131,072 characters of a field, is below that of a text.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_CHARACTERS + 1))
    texts = _decoded(piece)
    first = next(texts, "")
    if not first.strip():
        return
    names = next(csv.reader([first], delimiter=_delimiter(first)))
    keys = _keys(names, tools.defaults.columns)
    rows = csv.reader(texts, delimiter=_delimiter(first))
    number = 0
    while (row := _next(rows)) is not None:
        number += 1
        subject = f"{piece.name}:{number}"
        if isinstance(row, str):
            yield refuse(subject, "malformed", row)
        elif row:
            yield record_item(dict(zip(keys, row, strict=False)), subject, tools.defaults)


def _decoded(piece: Piece) -> Iterator[str]:
    """The lines as text; one that is none stays as a mark of that, since quotes may run on over it."""
    for line in lines(piece.stream, piece.head):
        if len(line) > MAX_BYTES:
            raise Undecodable("too_long", f"a line of more than {MAX_BYTES:,} bytes")
        yield decode(line)


def _next(rows: Any) -> list[str] | str | None:
    try:
        return next(rows, None)
    except csv.Error as error:
        return str(error)


def _delimiter(header: str) -> str:
    return max(DELIMITERS, key=header.count)


def _keys(names: list[str], columns: Mapping[str, str]) -> list[str]:
    """The names of the columns: ours are found in any case; without one for the text nothing can be read."""
    wanted = columns.get("text", "text")
    keys = [
        name.strip().lower() if name.strip().lower() in KEYS and name not in columns.values() else name
        for name in names
    ]
    if wanted not in keys:
        raise Undecodable(
            "malformed", f"no column {wanted!r}, only {', '.join(map(repr, names))[:300]}; use --map text=COLUMN"
        )
    return keys


def read_parquet(piece: Piece, tools: Tools) -> Iterator[Item]:
    """The rows of a Parquet file; of its columns only those that are looked for are read."""
    import duckdb

    with _on_disk(piece) as path, duckdb.connect(config={"threads": 1, "memory_limit": "1GB"}) as database:
        try:
            yield from _rows(database, path, piece, tools)
        except duckdb.Error as error:
            yield refuse(piece.name, "unreadable", str(error).partition("\n")[0][:200])


def _rows(database: Any, path: str, piece: Piece, tools: Tools) -> Iterator[Item]:
    # No limit on the rows: the description alone is asked for.
    names = [column[0] for column in database.execute("FROM read_parquet(?) LIMIT 0", [path]).description]
    keys = dict(zip(names, _keys(names, tools.defaults.columns), strict=True))
    used = [name for name in names if keys[name] in KEYS or name in tools.defaults.columns.values()]
    listed = ", ".join('"' + name.replace('"', '""') + '"' for name in used)
    rows = database.execute(f"SELECT {listed} FROM read_parquet(?)", [path])
    number = 0
    while chunk := rows.fetchmany(ROWS):
        for row in chunk:
            number += 1
            record = {keys[name]: _plain(value) for name, value in zip(used, row, strict=True)}
            yield record_item(record, f"{piece.name}:{number}", tools.defaults)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value


@contextmanager
def _on_disk(piece: Piece) -> Iterator[str]:
    """A path that DuckDB can open: not one within an archive, nor one that it would take for a pattern."""
    if piece.path is not None and not has_magic(piece.path):
        yield piece.path
        return
    with tempfile.NamedTemporaryFile(suffix=".parquet") as copy:
        shutil.copyfileobj(piece.stream, copy)
        copy.flush()
        yield copy.name
