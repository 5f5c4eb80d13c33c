"""A table as JSON lines, CSV or Parquet."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

from polybius.query.table import Table

WRITTEN = ("jsonl", "csv", "parquet")


def write(table: Table, format: str, out: BinaryIO) -> None:
    """Write a table in one of WRITTEN."""
    {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet}[format](table, out)


def _jsonl(table: Table, out: BinaryIO) -> None:
    for row in table:
        out.write(json.dumps(row, ensure_ascii=False, default=str).encode() + b"\n")


def _csv(table: Table, out: BinaryIO) -> None:
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.names)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    text.detach()


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _parquet(table: Table, out: BinaryIO) -> None:
    """By way of DuckDB, which is there where pyarrow may not be. Nothing is fetched; one thread, so that bytes stay the same."""
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]]
    settings = {"threads": "1", "autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config=settings) as connection:
        rows, target = Path(folder) / "rows.jsonl", Path(folder) / "rows.parquet"
        with rows.open("wb") as file:
            _jsonl(table, file)
        columns = ", ".join(f"{_quoted(name)}: {_quoted(kind)}" for name, kind in table.columns)
        source = f"read_json({_quoted(str(rows))}, format = 'newline_delimited', columns = {{{columns}}})"
        connection.execute(
            f"COPY (SELECT * FROM {source}) TO {_quoted(str(target))} (FORMAT parquet, COMPRESSION zstd)"
        )
        out.write(target.read_bytes())


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
