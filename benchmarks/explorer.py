"""How fast the explorer answers over a large store, each page beside a trivial one.

usage: python benchmarks/explorer.py [--events 50000] [--rounds 7] [--into FILE]

A made-up stream of reports (that of benchmarks/store.py) is made events once; these are then copied, each copy with documents,
publishers and days of its own, until the store has as many as asked for. A store that FILE holds already is measured as it is.
Pages are asked of the application itself, without a network, in one process. The trivial page is a file of 500 bytes that passes
the same guard: what it takes is the price of asking at all. The first answer is of a process that has not answered that question
before; the median is of the rounds after it. Processor time, which a busy machine bends less, is given for both.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store import stream

from polybius.explorer import LOOPBACK, PORT, Settings, create_app
from polybius.run import processor
from polybius.run.assemble import assemble_store
from polybius.store import open_writer

SEED_REPORTS = 1200
TRIVIAL = "/static/icon.svg"
# What is asked, and how many milliseconds it may take.
QUESTIONS: Mapping[str, tuple[str, int]] = {
    "first page": ("/", 300),
    "the last page": ("/?page={last}", 500),
    "type": ("/?event=ASSAULT", 500),
    "actor": ("/?actor=USA", 500),
    "actor and recipient": ("/?actor=USA&recipient=RUS", 500),
    "country": ("/?country=UKR", 500),
    "every status": ("/?status=all", 500),
    "publisher": ("/?publisher=Paper+7+of+3", 500),
    "dates": ("/?since=2025-01-01&until=2025-03-01", 500),
    "sources": ("/?min_sources=3", 500),
    "belief": ("/?min_belief=0.8&sort=sources", 500),
    "near a point": ("/?near=50,30&radius=500", 500),
    "box": ("/?box=-10,30,40,60", 500),
    "all at once": ("/?event=ASSAULT&actor=USA&since=2024-06-01&min_sources=1&sort=doubt", 500),
    "map of all": ("/map", 2000),
    "map's points of all": ("/map.json", 2000),
    "timeline of all": ("/timeline", 2000),
    # Last: the first search of a store makes its index of words.
    "words": ("/?words=talks+border", 500),
}


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of the first answer and of those after it; of the processor, that of the first and the median of the others."""

    status: int
    size: int
    first: float
    later: tuple[float, ...]
    first_processor: float
    processor: float

    @property
    def median(self) -> float:
        return statistics.median(self.later)


def made(path: Path, events: int) -> None:
    """A store of about so many events."""
    with open_writer(path) as store:
        store.add(list(stream(SEED_REPORTS)))
    assemble_store(path)
    with open_writer(path) as store:
        connection = store.connection
        ((seeds,),) = connection.execute("SELECT count(*) FROM events").fetchall()
        for table, changes in COPIED.items():
            _copy(connection, table, changes, -(-events // seeds))
        connection.execute("UPDATE meta SET value = (SELECT max(seq) FROM documents) WHERE key = 'seq'")


def _of_copy(name: str) -> str:
    return f"{name} || '-' || copy"


_LATER = "CAST(copy * 7 AS INTEGER)"
# Writes are numbered without gaps, as they are in a store that grew.
_OF_DOCUMENT = {
    "seq": "seq + copy * (SELECT CAST(value AS BIGINT) FROM meta WHERE key = 'seq')",
    "published": f"published + {_LATER}",
}
COPIED: Mapping[str, Mapping[str, str]] = {
    "documents": {"id": _of_copy("id"), "publisher": "publisher || ' of ' || (copy % 40)", **_OF_DOCUMENT},
    "texts": {"document_id": _of_copy("document_id")},
    "reports": {"document_id": _of_copy("document_id"), **_OF_DOCUMENT},
    "event_reports": {"event_id": _of_copy("event_id"), "document_id": _of_copy("document_id")},
    "events": {
        "id": _of_copy("id"),
        "date_from": f"date_from + {_LATER}",
        "date_to": f"date_to + {_LATER}",
        "record": "replace(record, id, id || '-' || copy)",
    },
}


def _copy(connection: Any, table: str, changes: Mapping[str, str], copies: int) -> None:
    """The rows of a table ``copies`` times in all, with some columns changed in each copy but the first."""
    described = connection.execute(f"SELECT * FROM {table} LIMIT 0").description
    columns = ", ".join(changes.get(name, f'"{name}"') for name, *_ in described)
    connection.execute(f"CREATE TEMP TABLE seed_{table} AS SELECT * FROM {table}")
    connection.execute(f"INSERT INTO {table} SELECT {columns} FROM seed_{table}, range(1, {copies}) copies(copy)")


def timed(client: Any, path: str, rounds: int) -> Timed:
    """A question asked once, and again so many times."""
    seconds, used = [], []
    for _ in range(rounds + 1):
        gc.collect()
        begin, spent = time.perf_counter(), time.process_time()
        answer = client.get(path)
        seconds.append(time.perf_counter() - begin)
        used.append(time.process_time() - spent)
    return Timed(
        answer.status_code, len(answer.content), seconds[0], tuple(seconds[1:]), used[0], statistics.median(used[1:])
    )


def report(name: str, found: Timed, trivial: Timed, allowed: int | None) -> None:
    """A line of the table."""
    if found.status != 200:
        print(f"{name:<20} answers {found.status}")
        return
    ratio = found.median / trivial.median
    verdict = "" if allowed is None else f"{allowed:>8,} {'' if found.median * 1000 < allowed else 'TOO SLOW'}"
    print(
        f"{name:<20}{found.first * 1000:>9.1f}{found.median * 1000:>9.1f}{max(found.later) * 1000:>9.1f}"
        f"{found.first_processor * 1000:>10.1f}{found.processor * 1000:>9.1f}"
        f"{ratio:>8.0f}{found.size / 1000:>9.0f}  {verdict}"
    )


def beside() -> str:
    """How busy the machine is with other things: what waits for a processor bends the wall clock."""
    return f"load of {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors before the first question"


def measure(path: Path, rounds: int) -> None:
    """Ask all questions of a store and print what they take."""
    from starlette.testclient import TestClient

    client = TestClient(create_app(Settings(path)), base_url=f"http://{LOOPBACK}:{PORT}")
    counted = client.get("/api/events?status=all&limit=1").json()["total"]
    shown = client.get("/api/events?limit=1").json()["total"]
    print(
        f"processor    {processor()}\nbeside       {beside()}\nstore        {counted:,} events, {path.stat().st_size / 1e6:,.0f} MB\n"
    )
    print(
        f"{'milliseconds':<20}{'first':>9}{'median':>9}{'slowest':>9}{'first cpu':>10}{'cpu':>9}{'ratio':>8}{'kB':>9}  {'may take':>8}"
    )
    trivial = timed(client, TRIVIAL, rounds)
    report("a trivial page", trivial, trivial, None)
    for name, (question, allowed) in QUESTIONS.items():
        if name == "words":
            first_search(client, question)
        report(name, timed(client, question.format(last=-(-shown // 50)), rounds), trivial, allowed)


def first_search(client: Any, question: str) -> None:
    """A search before there is an index: what it says and when, and how long it takes until words are found."""
    begin = time.perf_counter()
    answer = client.get(question)
    first = time.perf_counter() - begin
    said = "found" if answer.status_code == 200 else "says how far the index is"
    while answer.status_code == 503:
        answer = client.get(question)
    whole = time.perf_counter() - begin
    print(f"{'first search':<20}{first * 1000:>9.1f}  {said}; words are found after {whole:.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=50_000, help="how many events (default 50000)")
    parser.add_argument("--rounds", type=int, default=7, help="how often each page is asked again (default 7)")
    parser.add_argument("--into", type=Path, help="keep the store here, or measure the one that is here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.into or Path(folder) / "news.duckdb"
        if not path.exists():
            made(path, options.events)
        measure(path, options.rounds)


if __name__ == "__main__":
    main()
