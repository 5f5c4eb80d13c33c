"""Making a store, and bringing one of an older version up to date."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import duckdb

from polybius.store.connect import Connection, connect, require_folder, telling
from polybius.store.errors import StoreUnusable
from polybius.store.failpoints import Hook, no_hook
from polybius.store.schema import TABLES, VERSION, create_statement, create_statements

Migration = Callable[[Connection], None]


def _decisions(connection: Connection) -> None:
    """2: what persons decide about reports."""
    for table in ("originals", "corrections"):
        connection.execute(create_statement(table, TABLES[table]))


def _assembled(connection: Connection) -> None:
    """3: what assembly keeps for the next one, which makes all events anew."""
    for table in ("articles", "accounts", "event_keys"):
        connection.execute(create_statement(table, TABLES[table]))


# From which version → what makes the next one of it. A new version of the tables needs a step here; one that changes the
# columns of ``reports`` or ``originals`` has to spell out the columns that the steps before it make.
MIGRATIONS: Mapping[int, Migration] = {1: _decisions, 2: _assembled}

TEXTS, NO_TEXTS = "kept", "not kept"


def create(path: Path, *, texts: bool = True, hook: Hook = no_hook) -> None:
    """Make an empty store. It gets its name when it is whole; the caller sees to it that nobody else makes it as well."""
    require_folder(path)
    draft = new_draft(path)
    with telling(path):
        connection = connect(draft, read_only=False)
        try:
            fill(connection, texts, hook)
            connection.execute("CHECKPOINT")  # at closing it would be made as well, but its errors not told
        finally:
            connection.close()
    hook("create: before named")
    os.replace(draft, path)
    hook("create: after named")


def new_draft(path: Path) -> Path:
    """The name under which a new file for ``path`` is written; what a killed process has left there is removed."""
    draft = path.with_name(f".{path.name}.new")
    for leftover in (draft, Path(f"{draft}.wal")):
        with suppress(FileNotFoundError):
            leftover.unlink()
    return draft


def fill(connection: Connection, texts: bool, hook: Hook = no_hook) -> None:
    """The tables of an empty store, in one transaction."""
    connection.begin()
    for statement in create_statements():
        connection.execute(statement)
    states = [("version", str(VERSION)), ("texts", TEXTS if texts else NO_TEXTS), ("seq", "0")]
    connection.executemany("INSERT INTO meta VALUES (?, ?)", states)
    hook("create: before commit")
    connection.commit()
    hook("create: after commit")


def version_of(connection: Connection, path: Path) -> int:
    """The version of the tables. Raises StoreUnusable where the file is no store, or a newer one than this package knows."""
    try:
        found = connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    except duckdb.CatalogException:
        found = None
    if found is None or not str(found[0]).isdigit():
        raise StoreUnusable(f"{path} is a DuckDB file, but no store of polybius; name another file")
    version = int(found[0])
    if version > VERSION:
        raise StoreUnusable(
            f"{path} has version {version} of the tables, this polybius knows up to {VERSION}; pip install --upgrade polybius"
        )
    return version


def require_current(connection: Connection, path: Path) -> None:
    """For readers, who cannot migrate."""
    version = version_of(connection, path)
    if version < VERSION:
        raise StoreUnusable(
            f"{path} has version {version} of the tables; any writing command brings it to {VERSION}: polybius ingest"
        )


def migrate(
    connection: Connection,
    path: Path,
    steps: Mapping[int, Migration] = MIGRATIONS,
    target: int = VERSION,
    hook: Hook = no_hook,
) -> None:
    """Bring the tables up to date, each step in a transaction of its own with the number of the version it makes."""
    for version in range(version_of(connection, path), target):
        if version not in steps:
            raise StoreUnusable(
                f"{path} has version {version} of the tables, which no release can bring to {version + 1}"
            )
        connection.begin()
        steps[version](connection)
        connection.execute("UPDATE meta SET value = ? WHERE key = 'version'", [str(version + 1)])
        hook("migrate: before commit")
        connection.commit()
        hook("migrate: after commit")
