"""Watches that are killed: each in a process of its own, which finds a test's server under every name."""

from __future__ import annotations

import json
import os
import sqlite3
import time
import traceback
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import fakes
from web import NOW, Here, Web

from polybius.ingest.extractor import Extractor
from polybius.ingest.feedlist import Feed
from polybius.ingest.fetch import Clock, Fetcher
from polybius.run.ingestion import Ingestion
from polybius.run.watch import Polled, Watch, watch
from polybius.run.watch_state import state_file
from polybius.store import Hook, canonical, no_hook

CODER = fakes.make_coder()
FEEDS = (
    Feed("http://wire.example/feed", publisher="Wire", articles=False),
    Feed("http://courier.example/feed", interval=3600.0),
    Feed("http://gone.example/feed"),
)
NEWS = "news.duckdb"


def stories(web: Web) -> Web:
    """Two feeds with new, repeated, foreign, missing and failing items; a third is not there."""
    texts = ["Chad met Niger on Friday, and that was all of it.", f"{fakes.BROKEN} in the house of the president."]
    texts += [f"France thanked Norway. Spain met Portugal for the {n}th time in this year." for n in range(12)]
    web.page("wire.example/feed", rss("wire", texts), ETag='"w"')
    links = [rss_item("courier", n, "A summary of what the article says.") for n in range(4)]
    web.page(
        "courier.example/feed", f"<rss version='2.0'><channel><title>Courier</title>{''.join(links)}</channel></rss>"
    )
    for n in range(3):  # the fourth is missing
        words = f"<p>Kenya accused Uganda. Peru met Chile for the {n}th time, and the two of them were not pleased with it.</p>"
        web.page(f"courier.example/{n}", f"<html><body><article><h1>Talks {n}</h1>{words * 3}</article></body></html>")
    return web


def rss(host: str, texts: list[str]) -> str:
    body = "".join(rss_item(host, n, text) for n, text in enumerate(texts))
    return f"<rss version='2.0'><channel><title>{host}</title>{body}</channel></rss>"


def rss_item(host: str, number: int, text: str) -> str:
    date = f"Fri, {1 + number:02} Mar 2024 10:00:00 +0000"
    link = f"<link>http://{host}.example/{number}</link>"
    return f"<item><title>Item {number}</title>{link}<pubDate>{date}</pubDate><description>{text}</description></item>"


def run_once(folder: Path, web: Web, hook: Hook = no_hook, feeds: tuple[Feed, ...] = FEEDS) -> list[Polled]:
    """One round, with the product's fetcher, the fake reader and a clock that stands still."""
    told: list[Polled] = []

    def fetcher(extractor: Extractor) -> Fetcher:
        return web.fetcher(extractor)

    how = Ingestion(folder / NEWS, batch=100, seconds=1e9, hook=hook)
    asked = Watch(feeds, how, lambda: CODER, True, fetcher, Here, Clock(now=lambda: NOW))
    watch(asked, told.append, once=True)
    return told


def run_killed(
    folder: Path, web: Web, point: str = "", nth: int = 1, after: float | None = None
) -> tuple[int, Counter[str]]:
    """One round in a process that is killed at a point, or ``after`` so many seconds; its signal or exit status, and the
    points it came by."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _child(folder, web, point, nth, writing)
    os.close(writing)
    if after is not None:
        _end(child, time.monotonic() + after)
    with os.fdopen(reading) as lines:
        points = Counter(line.strip() for line in lines)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), points


def _end(child: int, at: float) -> None:
    """Kill the child then, unless it has ended before; either way it is still to be waited for."""
    while time.monotonic() < at:
        if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return
        time.sleep(0.01)
    os.kill(child, 9)


def _child(folder: Path, web: Web, point: str, nth: int, writing: int) -> None:
    hits: Counter[str] = Counter()

    def hook(here: str) -> None:
        hits[here] += 1
        os.write(writing, f"{here}\n".encode())
        if here == point and hits[here] == nth:
            os.kill(os.getpid(), 9)

    try:
        run_once(folder, web, hook)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def snapshot(folder: Path) -> dict[str, Any]:
    """All that must be the same with and without kills: the store, and what is remembered of feeds and items."""
    with closing(sqlite3.connect(state_file(folder / NEWS))) as state:
        feeds = state.execute("SELECT * FROM feeds ORDER BY url").fetchall()
        items = state.execute("SELECT feed, key, state, problem FROM items ORDER BY number").fetchall()
    return {"store": list(canonical(folder / NEWS)), "feeds": json.dumps(feeds), "items": items}
