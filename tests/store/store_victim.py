"""Processes that are killed: a server that forks one a request, so that each starts at once, and what they do.

A request is a line of JSON; the answer is one too. The server itself never opens a store.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent.parent)]

import fakes  # noqa: E402
import store_corpus  # noqa: E402

from polybius.run.ingestion import Ingestion, ingest_into  # noqa: E402
from polybius.store import (  # noqa: E402
    VERSION,
    Hook,
    Journal,
    canonical,
    export_dataset,
    forget,
    import_dataset,
    open_reader,
    prepare,
    search,
    update_index,
)
from polybius.store.connect import connect  # noqa: E402
from polybius.store.versions import migrate  # noqa: E402

CODER = fakes.make_coder()
NEVER = 1e9
NEWS, COPY, OLD, FOLDER = "news.duckdb", "copy.duckdb", "old.duckdb", "dataset"


def run_everything(folder: Path, hook: Hook, size: int = 8, batch: int = 4) -> None:
    """All that writes, one after the other, as a person would do it again after a crash."""
    news = folder / NEWS
    how = Ingestion(news, batch=batch, seconds=NEVER, hook=hook)
    ingest_into(how, store_corpus.first(size), lambda: CODER)
    decide(news, hook)
    forget(news, "d3", reason="asked", hook=hook)
    ingest_into(how, store_corpus.second(size), lambda: CODER)
    update_index(news, hook=hook)
    if not (folder / FOLDER).exists():
        export_dataset(news, folder / FOLDER, hook=hook)
    if not (folder / COPY).exists():
        import_dataset(folder / FOLDER, folder / COPY, hook=hook)
    bring_up_to_date(folder / OLD, hook)


def decide(news: Path, hook: Hook) -> None:
    journal = Journal(news, hook=hook)
    if not journal.read():
        journal.append("same", "a", "b", author="tester")


def bring_up_to_date(old: Path, hook: Hook) -> None:
    if not old.exists():
        draft = old.with_name("draft.duckdb")
        for leftover in (draft, Path(f"{draft}.wal")):
            leftover.unlink(missing_ok=True)
        prepare(draft)
        connection = connect(draft, read_only=False)
        connection.execute("ALTER TABLE tombstones DROP COLUMN reason")
        connection.execute("UPDATE meta SET value = ? WHERE key = 'version'", [str(VERSION - 1)])
        connection.close()
        draft.rename(old)
    connection = connect(old, read_only=False)
    try:
        steps = {VERSION - 1: lambda c: c.execute("ALTER TABLE tombstones ADD COLUMN reason VARCHAR")}
        migrate(connection, old, steps, VERSION, hook)
    finally:
        connection.close()


def snapshot(folder: Path) -> dict[str, Any]:
    """All that must be the same with and without kills."""
    stores = {name: _lines(folder / name) for name in (NEWS, COPY, OLD)}
    found = {words: sorted(search(folder / NEWS, words)) for words in ("norway", "thanked", "day")}
    # A killed process may leave its lock file behind; it holds nobody up.
    files = sorted(path.name for path in folder.iterdir() if path.suffix != ".lock")
    return {"files": files, **stores, "found": found}


def _lines(path: Path) -> list[str]:
    """The canonical form, without the journal's random name."""
    rows = map(json.loads, canonical(path))
    return [json.dumps([row[0], *row[2:]] if row[0] == "judgements" else row) for row in rows]


def faults(path: Path) -> list[str]:
    """What is torn in a store after a kill; nothing must be."""
    questions = {
        "reports of a document": """SELECT d.id FROM documents d LEFT JOIN reports r ON r.document_id = d.id
            GROUP BY d.id, d.n_reports HAVING count(r.id) <> d.n_reports""",
        "reports without a document": "SELECT document_id FROM reports WHERE document_id NOT IN (SELECT id FROM documents)",
        "groundings without a report": """SELECT document_id FROM groundings
            WHERE (document_id, report_id) NOT IN (SELECT (document_id, id) FROM reports)""",
        "two of one id": "SELECT id FROM documents GROUP BY id HAVING count(*) > 1",
        "a text": "SELECT id FROM documents WHERE id NOT IN (SELECT document_id FROM texts)",
        "seq": "SELECT id FROM documents WHERE seq > (SELECT value::BIGINT FROM meta WHERE key = 'seq')",
    }
    with open_reader(path) as store:
        return [f"{name}: {row[0]}" for name, sql in questions.items() for row in store.rows(sql)]


class Server:
    """Starts the processes."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve())], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, folder: Path, **how: Any) -> dict[str, Any]:
        """Do everything in ``folder``. ``point`` and ``nth``: where to be killed; ``after``: how many seconds after the first commit."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"folder": str(folder), **how}) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def stop(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(30)


@contextmanager
def server() -> Iterator[Server]:
    started = Server()
    try:
        yield started
    finally:
        started.stop()


def serve() -> None:
    for line in sys.stdin:
        print(json.dumps(_answer(json.loads(line))), flush=True)


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    started = time.monotonic()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _child(asked, writing)
    os.close(writing)
    points, first_commit = _listen(reading, child, asked.get("after"))
    _, status = os.waitpid(child, 0)
    return {
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
        "exit": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
        "points": points,
        "seconds": time.monotonic() - (first_commit or started),
    }


def _listen(reading: int, child: int, after: float | None) -> tuple[list[str], float | None]:
    """The points that the child came by, until it ends or is killed."""
    points: list[str] = []
    first: float | None = None
    with os.fdopen(reading) as lines:
        for line in lines:
            points.append(line.strip())
            if first is None and points[-1] == "batch: after commit":
                first = time.monotonic()
                if after is not None:
                    time.sleep(after)
                    os.kill(child, signal.SIGKILL)
    return points, first


def _child(asked: dict[str, Any], writing: int) -> None:
    hits: Counter[str] = Counter()

    def hook(point: str) -> None:
        hits[point] += 1
        os.write(writing, f"{point}\n".encode())
        if point == asked.get("point") and hits[point] == asked.get("nth", 1):
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        run_everything(Path(asked["folder"]), hook, asked.get("size", 8), asked.get("batch", 4))
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def delays(seed: int, kills: int, longest: float) -> list[float]:
    """When to kill, in seconds after the first commit."""
    chance = random.Random(seed)
    return [chance.uniform(0, longest) for _ in range(kills)]


if __name__ == "__main__":
    serve()
