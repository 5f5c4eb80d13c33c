"""Reports → JSON lines, CSV or Parquet, to a file that appears whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from polybius.codebook import cameo
from polybius.report import FLAT_COLUMNS, Report, flat, to_json

FORMATS = ("table", "jsonl", "csv", "parquet")
# What a report says by itself, and behind it the CAMEO code that its type, mode and context determine.
COLUMNS = (*FLAT_COLUMNS, ("cameo", "VARCHAR"))


class OutputError(Exception):
    """The output cannot be written; the message says where and why."""


class Writer(Protocol):
    """Takes the reports of a run in their order."""

    def add(self, reports: Iterable[Report]) -> None:
        """Write some reports."""
        ...

    def close(self) -> None:
        """Write what is left; the file underneath is not closed."""
        ...


def make_writer(format: str, out: BinaryIO) -> Writer:
    """The writer of one of FORMATS but the table, which is for eyes and made elsewhere."""
    writers: dict[str, Callable[[BinaryIO], Writer]]
    writers = {"jsonl": JsonlWriter, "csv": CsvWriter, "parquet": ParquetWriter}
    return writers[format](out)


def row_of(report: Report) -> dict[str, Any]:
    """One flat row, with the columns of COLUMNS."""
    code = cameo(report.event, report.mode, report.context)
    return {**flat(report), "cameo": code.full or code.root}


class JsonlWriter:
    """One record a line."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out

    def add(self, reports: Iterable[Report]) -> None:
        for report in reports:
            self.out.write(json.dumps(to_json(report), ensure_ascii=False, allow_nan=False).encode() + b"\n")

    def close(self) -> None:
        self.out.flush()


class CsvWriter:
    """A header, then one flat row a report."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self._line([name for name, _ in COLUMNS])

    def add(self, reports: Iterable[Report]) -> None:
        for report in reports:
            self._line(list(row_of(report).values()))

    def close(self) -> None:
        self.out.flush()

    def _line(self, values: list[Any]) -> None:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerow(values)
        self.out.write(buffer.getvalue().encode())


class ParquetWriter:
    """Flat rows, collected as JSON lines in a file at hand and turned into Parquet by DuckDB at the end."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self.rows = tempfile.NamedTemporaryFile("wb", suffix=".jsonl")  # noqa: SIM115, closed by close()

    def add(self, reports: Iterable[Report]) -> None:
        for report in reports:
            self.rows.write(json.dumps(row_of(report), ensure_ascii=False, default=str).encode() + b"\n")

    def close(self) -> None:
        self.rows.flush()
        with self.rows, tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "reports.parquet"
            _to_parquet(self.rows.name, str(target))
            self.out.write(target.read_bytes())
        self.out.flush()


def _to_parquet(rows: str, target: str) -> None:
    import duckdb

    # One thread: the order of rows and the bytes stay the same. No extension is fetched: those needed are built in.
    settings: dict[str, str | bool | int | float | list[str]]
    settings = {"threads": "1", "autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    columns = ", ".join(f"{_quoted(name)}: {_quoted(kind)}" for name, kind in COLUMNS)
    source = f"read_json({_quoted(rows)}, format = 'newline_delimited', columns = {{{columns}}})"
    with duckdb.connect(config=settings) as connection:
        connection.execute(f"COPY (SELECT * FROM {source}) TO {_quoted(target)} (FORMAT parquet, COMPRESSION zstd)")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def open_output(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name when the block ends well, and leaves nothing when it does not.

    Opened before anything is coded, so that an output that cannot be written is found out at once: OutputError.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise OutputError(f"{path} is a folder; name a file in it")
    if target.exists() and not stat.S_ISREG(target.stat().st_mode):
        with _create(target, path, "wb") as device:
            yield device
        return
    if target.exists() and not os.access(target, os.W_OK):
        raise OutputError(f"{path} cannot be written: it is read-only")
    yield from _replacing(target, path)


def _replacing(target: Path, path: Path) -> Iterator[BinaryIO]:
    draft = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
    out = _create(draft, path, "wb")
    try:
        with out:
            yield out
        os.replace(draft, target)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


def _create(file: Path, path: Path, mode: str) -> BinaryIO:
    opener: Callable[..., Any] = open
    try:
        out: BinaryIO = opener(file, mode)
    except OSError as error:
        cause = error.strerror if file.parent.exists() else f"there is no folder {path.parent}"
        raise OutputError(f"{path} cannot be written: {cause}") from None
    return out
