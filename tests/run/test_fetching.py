"""Several hosts at once, one thing at a time of each, and what comes is stored in the order of the list."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import watch_victim
from web import NOW, Here, Web, serving

from polybius.ingest.decode import Undecodable
from polybius.ingest.feedlist import Feed
from polybius.ingest.fetch import Clock, Fetched, Known, NotFetched
from polybius.run.fetching import Fetching, Shared, drop
from polybius.run.ingestion import Ingestion
from polybius.run.watch import Polled, Watch, watch
from polybius.store import open_reader

pytest.importorskip("protego", reason="not installed: protego (polybius[ingest])")
pytest.importorskip("feedparser", reason="not installed: feedparser (polybius[ingest])")

PATIENCE = 30.0  # seconds after which a test that hangs fails


def page(url: str) -> Fetched:
    return Fetched(url, b"words", dt.datetime(2024, 3, 1, tzinfo=dt.UTC))


class Counting:
    """Pages, and how many are fetched of a host at the same time."""

    def __init__(self) -> None:
        self.lock, self.now, self.most, self.asked = threading.Lock(), Counter[str](), Counter[str](), list[str]()

    def __call__(self, url: str, known: Known | None) -> Fetched:
        host = url.split("/")[2]
        with self.lock:
            self.now[host] += 1
            self.most[host] = max(self.most[host], self.now[host])
            self.asked.append(url)
        try:
            self.met(host)
            return page(url)
        finally:
            with self.lock:
                self.now[host] -= 1

    def met(self, host: str) -> None:
        pass


class Meeting(Counting):
    """Pages that come only when three hosts are asked at the same time."""

    def __init__(self) -> None:
        super().__init__()
        self.barrier = threading.Barrier(3)

    def met(self, host: str) -> None:
        self.barrier.wait(PATIENCE)


def test_different_hosts_are_asked_at_once_and_each_for_one_thing_at_a_time() -> None:
    get = Meeting()
    urls = [f"http://{host}.example/{n}" for host in "abc" for n in range(4)]
    with Fetching(get, 3) as fetching:
        pages = [fetching.ask(url) for url in urls]
        assert [one.result(PATIENCE).url for one in pages] == urls
    assert set(get.most.values()) == {1}
    for host in "abc":
        assert [url for url in get.asked if f"//{host}." in url] == [url for url in urls if f"//{host}." in url]


def test_no_more_hosts_are_asked_at_once_than_there_are_threads() -> None:
    get = Counting()
    with Fetching(get, 1) as fetching:
        pages = [fetching.ask(f"http://{n % 3}.example/{n}") for n in range(9)]
        assert len([one.result(PATIENCE) for one in pages]) == 9
    hosts = [url.split("/")[2] for url in get.asked]
    assert len(set(hosts[-3:])) == 3  # a host of many pages lets the others through


def test_what_goes_wrong_is_told_to_who_waits_for_it() -> None:
    def get(url: str, known: Known | None) -> Fetched:
        if "bad" in url:
            raise NotFetched("http_status", url)
        return page(url)

    with Fetching(get, 2) as fetching:
        bad, nonsense, good = (
            fetching.ask(url) for url in ("http://a.example/bad", "no bad address", "http://a.example/")
        )
        assert good.result(PATIENCE).body == b"words"
        for one in (bad, nonsense):
            with pytest.raises(NotFetched):
                one.result(PATIENCE)


def test_what_nobody_waits_for_is_not_fetched() -> None:
    gate, get = threading.Event(), Counting()
    get.met = lambda host: None if gate.wait(PATIENCE) else None  # type: ignore[method-assign]
    with Fetching(get, 1) as fetching:
        first, second, third = (fetching.ask(f"http://a.example/{n}") for n in range(3))
        drop([second])
        gate.set()
        assert first.result(PATIENCE).url != third.result(PATIENCE).url
    assert get.asked == ["http://a.example/0", "http://a.example/2"]


def test_an_end_does_not_wait_and_leaves_the_rest() -> None:
    gate, begun, get = threading.Event(), threading.Event(), Counting()

    def met(host: str) -> None:
        begun.set()
        gate.wait(PATIENCE)

    get.met = met  # type: ignore[method-assign]
    with Fetching(get, 1) as fetching:
        first, second = fetching.ask("http://a.example/0"), fetching.ask("http://a.example/1")
        assert begun.wait(PATIENCE)
    assert second.cancelled() and not first.done()
    gate.set()
    assert first.result(PATIENCE).url.endswith("/0")


def test_a_shared_extractor_has_no_task_after_its_end() -> None:
    with Shared(Here()) as extractor:
        assert extractor.run("robots", b"", {"url": "http://a.example/", "agent": "x"})
    with pytest.raises(Undecodable, match="closed"):
        extractor.run("robots", b"", {"url": "http://a.example/", "agent": "x"})


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as started:
        yield started


def test_one_host_is_asked_for_one_thing_at_a_time_also_where_redirects_lead_there(web: Web) -> None:
    lock, now, most = threading.Lock(), Counter[str](), Counter[str]()

    def busy(handler: BaseHTTPRequestHandler) -> None:
        with lock:
            now["all"] += 1
            most["all"] = max(most["all"], now["all"])
        threading.Event().wait(0.02)
        with lock:
            now["all"] -= 1
        handler.send_response(200)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    for n in range(6):
        web.page(f"h{n}.example/", status=302, Location=f"http://one.example/{n}")
        web.pages[f"one.example/{n}"] = busy
    with Fetching(web.fetcher(Shared(Here())).get, 6) as fetching:
        pages = [fetching.ask(f"http://h{n}.example/") for n in range(6)]
        assert [one.result(PATIENCE).url for one in pages] == [f"http://one.example/{n}" for n in range(6)]
    assert most["all"] == 1
    assert web.asked.count("one.example/robots.txt") == 1


def test_the_order_of_the_list_is_kept_whichever_page_comes_first(web: Web, tmp_path: Path) -> None:
    """The first feed's server answers only when all of the second's pages have been asked for."""
    last = threading.Event()
    feeds = {
        host: watch_victim.rss(host, [f"France met {host} Spain for the {n}th time." for n in range(3)])
        for host in ("one", "two")
    }

    def late(handler: BaseHTTPRequestHandler) -> None:
        assert last.wait(PATIENCE)
        send(handler, feeds["one"])

    def ends(handler: BaseHTTPRequestHandler) -> None:
        last.set()
        send(handler, feeds["two"])

    web.pages |= {"one.example/feed": late, "two.example/feed": ends}
    told: list[Polled] = []
    asked = Watch(
        tuple(Feed(f"http://{host}.example/feed", articles=False) for host in ("one", "two")),
        Ingestion(tmp_path / "news.duckdb"),
        lambda: watch_victim.CODER,
        False,
        lambda extractor: web.fetcher(extractor),
        Here,
        Clock(now=lambda: NOW),
    )
    watch(asked, told.append, once=True)
    assert [polled.coded for polled in told] == [3, 3]
    with open_reader(tmp_path / "news.duckdb") as store:
        ids = [id for (id,) in store.rows("SELECT id FROM documents ORDER BY seq")]
    assert [id.split("/")[2] for id in ids] == ["one.example"] * 3 + ["two.example"] * 3


def send(handler: BaseHTTPRequestHandler, body: str) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body.encode())))
    handler.end_headers()
    handler.wfile.write(body.encode())
