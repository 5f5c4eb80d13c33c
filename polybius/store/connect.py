"""DuckDB connections to a store: settings that keep it offline, bounded waiting, and errors as messages."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from polybius.store.errors import StoreBusy, StoreError, StoreFull, StoreUnusable

Connection = duckdb.DuckDBPyConnection

WAIT = 30.0  # seconds; a writer holds the file for one batch only
_FIRST_PAUSE, _LONGEST_PAUSE = 0.005, 0.2
_HEADERS = 3 * 4096  # bytes of a DuckDB file before its first block

_MAGIC, _MAGIC_AT = b"DUCK", 8

# Extensions are fetched from the network when they are missed; everything that a store needs is built in.
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "1GB",
}

_HELD = ("could not set lock", "conflicting lock", "different configuration", "being used by another process")
_FULL = ("no space left", "disk quota", "out of disk", "not enough space")
_FORBIDDEN = (
    "permission denied",
    "read-only file system",
    "read-only mode",
    "operation not permitted",
    "access is denied",
)
_NEWER = ("newer version of duckdb", "database file was created with", "storage version")
_BROKEN = (
    "could not read enough bytes",
    "checksum",
    "corrupt",
    "deserialize",
    "serialization",
    "no more data remaining",
)


def connect(path: Path, *, read_only: bool, wait: float = WAIT) -> Connection:
    """A connection to the file, waiting at most ``wait`` seconds for whoever holds it. Raises StoreError."""
    if path.is_dir() or (read_only and not path.is_file()):
        raise _missing(path)
    _require_duckdb(path)
    opened = patiently(path, wait, lambda: duckdb.connect(str(path), read_only=read_only, config=SETTINGS))
    with telling(path):
        if not read_only:
            _leave_pieces(opened)
        return _checked(opened, path)


def _leave_pieces(connection: Connection) -> None:
    """Batches stay the pieces that they came in: to merge them at every checkpoint costs more the more is stored."""
    _merging(connection, 0)


def merge_pieces(connection: Connection) -> None:
    """Let the next checkpoint merge small pieces: all that opens or writes the store has to go through each of them."""
    _merging(connection, 100)


def _merging(connection: Connection, tasks: int) -> None:
    """A DuckDB that does not know the setting merges little."""
    with suppress(duckdb.CatalogException):
        connection.execute(f"SET max_vacuum_tasks = {tasks}")


def patiently(path: Path, wait: float, open_file: Callable[[], Connection]) -> Connection:
    """What ``open_file`` gives, tried again while somebody else holds the file."""
    until = time.monotonic() + wait
    pause = _FIRST_PAUSE
    while True:
        try:
            return open_file()
        except duckdb.Error as error:
            if not _says(error, _HELD):
                raise explained(error, path) from error
            if time.monotonic() >= until:
                raise StoreBusy(f"{path}: still held by another process after {wait:g} s; try again") from None
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


def _require_duckdb(path: Path) -> None:
    """Raise for a file of another kind. DuckDB itself would look for extensions that can read some of them."""
    if path.is_file():
        with suppress(PermissionError), path.open("rb") as file:
            if file.read(_MAGIC_AT + len(_MAGIC))[_MAGIC_AT:] != _MAGIC:
                raise StoreUnusable(f"{path} is no store: it is not a DuckDB file")


def _missing(path: Path) -> StoreUnusable:
    if path.is_dir():
        return StoreUnusable(f"{path} is a folder; name a file such as {path / 'news.duckdb'}")
    return StoreUnusable(f"{path}: there is no such store; make one with: polybius ingest PATHS --into {path}")


def _checked(connection: Connection, path: Path) -> Connection:
    """The connection, unless the file is shorter than the blocks in use: DuckDB finds out only when it reads a missing one."""
    found = connection.execute("SELECT block_size * used_blocks FROM pragma_database_size()").fetchone()
    needed = int(found[0]) + _HEADERS if found and found[0] else 0
    if needed > path.stat().st_size:
        size = path.stat().st_size
        connection.close()
        raise StoreUnusable(f"{path} is damaged: {size:,} bytes of at least {needed:,}; {_REMEDY}")
    return connection


_REMEDY = "bring it back from a copy, or ingest the texts again into a new file"


def explained(error: duckdb.Error, path: Path) -> StoreError | duckdb.Error:
    """The error as a message about the store, or itself where it is a fault of ours."""
    first = str(error).splitlines()[0] if str(error) else type(error).__name__
    if _says(error, _FULL):
        return StoreFull(f"{path}: the disk is full; what was stored before is kept. Make room and run the same again")
    if _says(error, _HELD):
        return StoreBusy(f"{path}: held by another process; try again")
    if _says(error, _FORBIDDEN):
        return StoreUnusable(f"{path} cannot be written: {first}")
    if _says(error, _NEWER):
        return StoreUnusable(f"{path} was written by a newer DuckDB; pip install --upgrade duckdb ({first})")
    if isinstance(error, (duckdb.InternalException, duckdb.FatalException)) or _says(error, _BROKEN):
        return StoreUnusable(f"{path} is damaged ({first}); {_REMEDY}")
    return StoreError(f"{path}: {first}") if isinstance(error, duckdb.IOException) else error


def _says(error: Exception, words: tuple[str, ...]) -> bool:
    text = str(error).lower()
    return any(word in text for word in words)


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Errors of DuckDB in the block as messages about the store."""
    try:
        yield
    except duckdb.Error as error:
        told = explained(error, path)
        if told is error:
            raise
        raise told from error


def require_folder(path: Path) -> None:
    """Raise where no file can be made at ``path``."""
    folder = path.parent
    if path.is_dir():
        raise _missing(path)
    if not folder.is_dir():
        raise StoreUnusable(f"{path} cannot be written: there is no folder {folder}")
    if not os.access(folder, os.W_OK):
        raise StoreUnusable(f"{path} cannot be written: the folder {folder} is read-only")
