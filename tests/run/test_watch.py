"""Feeds into a store: what is new is coded once, errors are met with patience, and a kill loses and doubles nothing."""

from __future__ import annotations

import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from web import NOW, Here, Web, serving

if sys.platform == "win32":
    pytest.skip("processes are forked and killed", allow_module_level=True)
pytest.importorskip("protego", reason="not installed: protego (polybius[ingest])")
pytest.importorskip("feedparser", reason="not installed: feedparser (polybius[ingest])")
pytest.importorskip("trafilatura", reason="not installed: trafilatura (polybius[ingest])")

import watch_victim
from watch_victim import FEEDS, NEWS, run_killed, run_once, snapshot, stories

from polybius.ingest.feedlist import Feed
from polybius.ingest.fetch import Clock
from polybius.run.ingestion import Ingestion
from polybius.run.watch import LONGEST_BACKOFF, MOST_TRIES, Polled, Stop, Watch, backoff, status, watch
from polybius.run.watch_state import POINTS as WATCH_POINTS
from polybius.store import StoreBusy, StoreUnusable, open_reader, writer_lock

# Those of the store that a watch comes by.
STORE_POINTS = (
    "lock: after taken",
    "create: before commit",
    "create: after named",
    "batch: before begin",
    "batch: before commit",
    "batch: after commit",
    "batch: after close",
    "text index: before commit",
    "text index: after commit",
    "lock: after released",
)


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as started:
        yield stories(started)


@pytest.fixture(scope="module")
def killing() -> Iterator[tuple[Web, Counter[str], dict[str, Any]]]:
    with serving() as web, tempfile.TemporaryDirectory() as name:
        stories(web)
        code, points = run_killed(Path(name), web)
        assert code == 0
        yield web, points, snapshot(Path(name))


def documents(folder: Path) -> list[str]:
    with open_reader(folder / NEWS) as store:
        return [str(id) for (id,) in store.rows("SELECT id FROM documents ORDER BY seq")]


def test_what_is_new_is_coded_once(web: Web, tmp_path: Path) -> None:
    wire, courier, gone = run_once(tmp_path, web)
    assert (wire.new, wire.coded, len(wire.rejected), wire.problem) == (14, 13, 1, "")
    assert (courier.new, courier.coded, courier.due_in) == (4, 3, 3600.0)
    assert [rejection.reason for rejection in courier.rejected] == ["http_status"]
    assert "http_status" in gone.problem
    assert len(documents(tmp_path)) == 16
    with open_reader(tmp_path / NEWS) as store:
        assert next(store.rows("SELECT count(*) FROM events"))[0] > 0
        rows = dict(store.rows("SELECT id, published || ' ' || publisher FROM documents"))
    assert rows["http://wire.example/0"] == "2024-03-01 Wire"
    assert rows["http://courier.example/2"].startswith("2024-03-03 ")  # by the feed: the page has no date
    before = len(web.asked)
    assert run_once(tmp_path, web) == []  # nothing is due
    assert len(web.asked) == before


def test_a_later_round_asks_for_news_only(web: Web, tmp_path: Path) -> None:
    run_once(tmp_path, web)
    web.asked.clear()
    later = Clock(now=lambda: NOW.replace(hour=23))
    told: list[Polled] = []
    asked = Watch(
        FEEDS, Ingestion(tmp_path / NEWS), lambda: watch_victim.CODER, False, lambda e: web.fetcher(e), Here, later
    )
    watch(asked, told.append, once=True)
    assert [polled.new for polled in told] == [0, 0, 0]
    assert not any(url.startswith("courier.example/") and url[-1].isdigit() for url in web.asked)
    assert [state.failures for state in status(FEEDS, tmp_path / NEWS)] == [0, 0, 2]
    assert [state.done for state in status(FEEDS, tmp_path / NEWS)] == [13, 3, 0]


def test_a_page_that_cannot_be_had_now_is_tried_again(web: Web, tmp_path: Path) -> None:
    web.page("courier.example/3", status=503)
    feeds = (replace(FEEDS[1], interval=60.0),)
    for n in range(MOST_TRIES):
        clock = Clock(now=lambda n=n: NOW.replace(hour=13 + n))  # type: ignore[misc]
        asked = Watch(
            feeds, Ingestion(tmp_path / NEWS), lambda: watch_victim.CODER, False, lambda e: web.fetcher(e), Here, clock
        )
        told: list[Polled] = []
        watch(asked, told.append, once=True)
        (state,) = status(feeds, tmp_path / NEWS)
        assert (state.waiting, state.rejected) == ((1, 0) if n < MOST_TRIES - 1 else (0, 1))
    assert [rejection.reason for rejection in told[0].rejected] == ["http_status"]


def test_failures_are_met_with_patience() -> None:
    assert [backoff(600.0, n) for n in (1, 2, 3)] == [1200.0, 2400.0, 4800.0]
    assert backoff(600.0, 10**6) == LONGEST_BACKOFF
    assert backoff(30 * 86400.0, 3) == 30 * 86400.0


def test_a_loop_ends_where_it_is_stopped(web: Web, tmp_path: Path) -> None:
    stop, slept = Stop(), []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            stop()

    clock = Clock(now=lambda: NOW, sleep=sleep)
    asked = Watch(
        FEEDS,
        Ingestion(tmp_path / NEWS),
        lambda: watch_victim.CODER,
        False,
        lambda e: web.fetcher(e),
        Here,
        clock,
        stop,
    )
    watch(asked)
    assert len(slept) == 3
    stopped = replace(asked, stop=Stop(asked=True))
    watch(stopped)
    assert len(slept) == 3


def test_two_watches_of_one_store_and_one_that_is_busy(web: Web, tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="nothing has been watched"):
        status(FEEDS, tmp_path / NEWS)
    with writer_lock(f"{tmp_path / NEWS}.watch"), pytest.raises(StoreBusy):
        run_once(tmp_path, web)
    with writer_lock(tmp_path / NEWS):
        told = run_once(tmp_path, web, feeds=FEEDS[:1])
    assert "is being written" in told[0].problem
    assert run_once(tmp_path, web, feeds=(Feed("http://wire.example/feed"),)) == []
    (state,) = status(FEEDS[:1], tmp_path / NEWS)
    assert (state.done, state.waiting) == (0, 14)


def test_a_watch_comes_by_every_point(killing: tuple[Web, Counter[str], dict[str, Any]]) -> None:
    _, points, _ = killing
    assert {*WATCH_POINTS, *STORE_POINTS} <= set(points)


@pytest.mark.parametrize("point", [*WATCH_POINTS, *STORE_POINTS])
def test_a_kill_loses_and_doubles_nothing(
    point: str, killing: tuple[Web, Counter[str], dict[str, Any]], tmp_path: Path
) -> None:
    web, points, expected = killing
    code, come_by = run_killed(tmp_path, web, point, (points[point] + 1) // 2)
    assert code == -signal.SIGKILL
    assert come_by[point] == (points[point] + 1) // 2
    assert run_killed(tmp_path, web)[0] == 0
    assert snapshot(tmp_path) == expected
