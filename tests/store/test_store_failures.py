"""Files that cannot be used, full disks, two writers: one clear message each, and nothing lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import fakes
import pytest
import store_corpus

from polybius.store import (
    VERSION,
    Added,
    StoreBusy,
    StoreError,
    StoreFull,
    StoreUnusable,
    canonical,
    open_reader,
    open_writer,
    prepare,
    writer_lock,
)
from polybius.store.lock import lock_file
from polybius.store.versions import migrate

CODER = fakes.make_coder()
HOLD = "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == 'r'); print('held', flush=True); sys.stdin.read()"
LOCK = """
import sys
from polybius.store import writer_lock
with writer_lock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def fill(path: Path, size: int = 6) -> list[str]:
    with open_writer(path) as store:
        store.add(
            [store_corpus.entry(CODER, store_corpus.document(f"d{n}", store_corpus.text(n))) for n in range(size)]
        )
    return list(canonical(path))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.duckdb"


@contextmanager
def holder(program: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the file until the block ends."""
    command = [sys.executable, "-c", program, *arguments]
    root = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": root}
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdin and process.stdout
    assert process.stdout.readline() == "held\n"
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def test_there_is_no_store(path: Path) -> None:
    with (
        pytest.raises(StoreUnusable, match=r"news\.duckdb: there is no such store; make one with: polybius ingest"),
        open_reader(path),
    ):
        pass
    assert not path.exists()


@pytest.mark.parametrize("content", [b"", b"hello" * 1000, b"SQLite format 3\0" + bytes(5000)])
def test_a_file_of_another_kind(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for opened in (open_reader, open_writer):
        with pytest.raises(StoreUnusable, match=r"news\.duckdb is no store"), opened(path):
            pass
    assert path.read_bytes() == content


def test_a_database_of_somebody_else(path: Path) -> None:
    duckdb.connect(str(path)).execute("CREATE TABLE mine (x INTEGER)").close()
    for opened in (open_reader, open_writer):
        with pytest.raises(StoreUnusable, match="is a DuckDB file, but no store of polybius"), opened(path):
            pass


def test_a_store_of_a_newer_version(path: Path) -> None:
    before = fill(path)
    with open_writer(path) as store:
        store.set("version", "99")
    for opened in (open_reader, open_writer):
        with (
            pytest.raises(StoreUnusable, match=rf"version 99 .* knows up to {VERSION}; pip install --upgrade polybius"),
            opened(path),
        ):
            pass
    duckdb.connect(str(path)).execute(f"UPDATE meta SET value = '{VERSION}' WHERE key = 'version'").close()
    assert list(canonical(path)) == before


def step(c: duckdb.DuckDBPyConnection) -> None:
    c.execute("INSERT INTO tombstones VALUES ('migrated', '')")


def nothing(c: duckdb.DuckDBPyConnection) -> None:
    """The tables are those of today."""


def test_an_older_store_is_brought_up_to_date_by_a_writer_only(path: Path) -> None:
    fill(path)
    connection = duckdb.connect(str(path))
    connection.execute("UPDATE meta SET value = '0' WHERE key = 'version'")
    connection.close()
    with pytest.raises(StoreUnusable, match=f"any writing command brings it to {VERSION}"), open_reader(path):
        pass
    with pytest.raises(StoreUnusable, match="no release can bring to 1"), open_writer(path):
        pass
    connection = duckdb.connect(str(path))
    migrate(connection, path, {0: step, **dict.fromkeys(range(1, VERSION), nothing)}, VERSION)
    connection.close()
    with open_reader(path) as store:
        assert list(store.rows("SELECT document_id FROM tombstones")) == [("migrated",)]


def test_a_step_that_fails_leaves_the_old_version(path: Path) -> None:
    fill(path)
    connection = duckdb.connect(str(path))
    connection.execute("UPDATE meta SET value = '0' WHERE key = 'version'")

    def broken(c: duckdb.DuckDBPyConnection) -> None:
        c.execute("DELETE FROM documents")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        migrate(connection, path, {0: broken}, 1)
    connection.close()
    connection = duckdb.connect(str(path))
    assert connection.execute(
        "SELECT (SELECT count(*) FROM documents), value FROM meta WHERE key = 'version'"
    ).fetchall() == [(6, "0")]
    connection.close()


@pytest.mark.parametrize("kept", [100, 9_000, 20_000, 400_000])
def test_a_file_that_is_cut_short(path: Path, kept: int) -> None:
    fill(path)
    content = path.read_bytes()
    assert len(content) > 400_000
    path.write_bytes(content[:kept])
    for opened in (open_reader, open_writer):
        with pytest.raises(StoreUnusable, match=r"news\.duckdb is (damaged|no store)"), opened(path):
            pass
    assert path.read_bytes() == content[:kept]


def test_no_folder_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="there is no folder"), open_writer(tmp_path / "gone" / "news.duckdb"):
        pass
    for opened in (open_reader, open_writer):
        with pytest.raises(StoreUnusable, match="is a folder"), opened(tmp_path):
            pass


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(path: Path) -> None:
    path.parent.chmod(0o500)
    try:
        with pytest.raises(StoreUnusable, match="read-only"), open_writer(path):
            pass
    finally:
        path.parent.chmod(0o700)


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """A small file system of its own, where root may make one."""
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


needs_mount = pytest.mark.skipif(
    not shutil.which("mount") or not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounting needs root"
)


@needs_mount
def test_a_read_only_file_system_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    with mounted(folder, "size=16m"):
        before = fill(folder / "news.duckdb")
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        assert list(canonical(folder / "news.duckdb")) == before
        for name in ("news.duckdb", "new.duckdb"):
            with pytest.raises(StoreUnusable, match="cannot be written"), open_writer(folder / name):
                pass
        with pytest.raises(StoreUnusable, match="cannot be written"), writer_lock(folder / "news.duckdb"):
            pass


@needs_mount
def test_a_full_disk_loses_nothing_that_was_stored(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    path = folder / "news.duckdb"
    with mounted(folder, "size=8m"):
        fill(path)
        kept = stored = 6
        with pytest.raises(StoreFull, match="the disk is full; what was stored before is kept"):
            for n in range(1000):
                made = store_corpus.document(f"long{n}", store_corpus.text(n) + " " + os.urandom(100_000).hex())
                with open_writer(path) as store:
                    store.add([store_corpus.entry(CODER, made)])
                stored += 1
        assert stored > kept
        with open_reader(path) as store:
            # The last batch may have been committed before there was no room to tidy up.
            assert store.counts()["documents"] in (stored, stored + 1)
            assert {f"d{n}" for n in range(6)} <= {report.document.id for report in store.reports()}
        subprocess.run(["mount", "-o", "remount,size=64m", str(folder)], check=True)
        with open_writer(path) as store:
            assert store.add(
                [store_corpus.entry(CODER, store_corpus.document("after", "France met Norway."))]
            ) == Added(new=1, reports=1)


@needs_mount
def test_a_disk_too_full_to_begin(tmp_path: Path) -> None:
    with (
        mounted(tmp_path / "disk", "size=64k"),
        pytest.raises(StoreFull),
        open_writer(tmp_path / "disk" / "news.duckdb"),
    ):
        pass


def test_readers_wait_a_bounded_time_for_a_writer(path: Path) -> None:
    before = fill(path)
    with holder(HOLD, str(path), "w") as other:
        with pytest.raises(StoreBusy, match=r"still held by another process after 0\.2 s"), open_reader(path, wait=0.2):
            pass
        other.kill()
        with open_reader(path, wait=30) as store:
            assert store.counts()["documents"] == 6
    assert list(canonical(path)) == before


def test_a_writer_waits_a_bounded_time_for_readers(path: Path) -> None:
    fill(path)
    with holder(HOLD, str(path), "r"):
        with open_reader(path, wait=0.2) as store:
            assert store.counts()["documents"] == 6
        with pytest.raises(StoreBusy), open_writer(path, wait=0.2):
            pass


def test_a_second_long_writer_is_told_who_the_first_is(path: Path) -> None:
    with holder(LOCK, str(path)) as other, pytest.raises(StoreBusy) as told, writer_lock(path):
        pass
    assert f"is being written by process {other.pid}; wait" in str(told.value)
    # The first was killed: its file is still there and holds nobody up.
    assert lock_file(path).exists()
    with writer_lock(path):
        assert lock_file(path).read_text().strip() == str(os.getpid())
    assert not lock_file(path).exists()


def test_a_lock_is_taken_once_in_one_process_too(path: Path) -> None:
    with writer_lock(path), pytest.raises(StoreBusy, match=str(os.getpid())), writer_lock(path):
        pass


def test_a_reader_that_stopped_half_way_holds_nobody_up(path: Path) -> None:
    fill(path)
    with open_reader(path) as store:
        reports = store.reports()
        next(reports)
    with holder(HOLD, str(path), "w"):
        pass
    del reports


def test_errors_of_a_store_are_one_kind() -> None:
    assert all(issubclass(kind, StoreError) for kind in (StoreBusy, StoreFull, StoreUnusable))


def test_what_a_killed_maker_left_is_no_obstacle(path: Path) -> None:
    draft = path.with_name(f".{path.name}.new")
    draft.write_bytes(b"half")
    prepare(path)
    assert not draft.exists()
    with open_reader(path) as store:
        assert store.counts()["documents"] == 0
