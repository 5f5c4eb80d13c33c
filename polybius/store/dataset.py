"""A store as a folder of Parquet files, one a table, and back; and its canonical form, to compare two."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from polybius.store.connect import Connection, connect, require_folder, telling
from polybius.store.errors import StoreUnusable
from polybius.store.failpoints import Hook, no_hook
from polybius.store.lock import writer_lock
from polybius.store.schema import TABLES, VERSION, quoted
from polybius.store.store import open_reader
from polybius.store.versions import fill, new_draft

MANIFEST = "dataset.json"


def canonical(path: Path | str) -> Iterator[str]:
    """Every row of every table as a line of JSON, tables and rows in order: equal stores give equal lines."""
    with open_reader(path) as store:
        for table in sorted(TABLES):
            for row in store.rows(f"SELECT * FROM {table} ORDER BY ALL"):
                yield json.dumps([table, *row], ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def export_dataset(path: Path | str, folder: Path | str, *, hook: Hook = no_hook) -> dict[str, int]:
    """Write the store to a new folder, one Parquet file a table, and count the rows. The folder appears when all is written."""
    folder = Path(folder)
    if folder.exists():
        raise StoreUnusable(f"{folder} is there already; name a new folder")
    require_folder(folder)
    draft = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        with open_reader(path) as store:
            draft.mkdir()
            counts = {table: _copy_out(store.connection, table, draft) for table in TABLES}
        (draft / MANIFEST).write_text(
            json.dumps({"version": VERSION, "rows": counts}, indent=1) + "\n", encoding="utf-8"
        )
        hook("dataset out: before named")
        draft.rename(folder)
        hook("dataset out: after named")
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return counts


def _copy_out(connection: Connection, table: str, folder: Path) -> int:
    order = {"documents": "seq", "reports": "seq, position"}.get(table, "ALL")
    file = _text(folder / f"{table}.parquet")
    connection.execute(f"COPY (SELECT * FROM {table} ORDER BY {order}) TO {file} (FORMAT parquet, COMPRESSION zstd)")
    found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(found[0]) if found else 0


def import_dataset(folder: Path | str, path: Path | str, *, hook: Hook = no_hook) -> dict[str, int]:
    """Make a new store of such a folder. Raises StoreUnusable where something is missing or the store is there already."""
    folder, path = Path(folder), Path(path)
    if path.exists():
        raise StoreUnusable(f"{path} is there already; name a new file")
    counts = _expected(folder)
    with writer_lock(path):
        draft = new_draft(path)
        _read_in(folder, draft, path, counts, hook)
        hook("dataset in: before named")
        os.replace(draft, path)
        hook("dataset in: after named")
    return counts


def _expected(folder: Path) -> dict[str, int]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        version, rows = manifest["version"], dict(manifest["rows"])
    except (OSError, ValueError, KeyError, TypeError):
        raise StoreUnusable(f"{folder} is no dataset of polybius: {MANIFEST} is missing or broken") from None
    if version != VERSION:
        raise StoreUnusable(f"{folder} has version {version} of the tables, this polybius reads {VERSION}")
    missing = [table for table in TABLES if not (folder / f"{table}.parquet").is_file() or table not in rows]
    if missing:
        raise StoreUnusable(f"{folder} lacks {', '.join(f'{table}.parquet' for table in missing)}")
    return rows


def _read_in(folder: Path, draft: Path, path: Path, counts: dict[str, int], hook: Hook) -> None:
    with telling(path):
        connection = connect(draft, read_only=False)
        try:
            fill(connection, texts=True)
            connection.begin()
            connection.execute("DELETE FROM meta")
            for table in TABLES:
                _copy_in(connection, table, folder, counts[table])
            hook("dataset in: before commit")
            connection.commit()
            connection.execute("CHECKPOINT")
        finally:
            connection.close()


def _copy_in(connection: Connection, table: str, folder: Path, expected: int) -> None:
    columns = ", ".join(quoted(name) for name, _ in TABLES[table])
    file = folder / f"{table}.parquet"
    connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM read_parquet({_text(file)})")
    found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    if found is None or found[0] != expected:
        raise StoreUnusable(f"{file}: {found and found[0]} rows, {MANIFEST} says {expected}; the dataset is incomplete")


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
