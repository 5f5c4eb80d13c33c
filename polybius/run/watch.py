"""Feeds into a store, again and again: what is due is fetched, new items are coded and kept, errors are met with patience."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import Path
from typing import Any

from polybius.ingest import Defaults, Item
from polybius.ingest.articles import article_item
from polybius.ingest.decode import Undecodable
from polybius.ingest.extractor import Extractor
from polybius.ingest.feedlist import Feed
from polybius.ingest.fetch import Clock, Fetched, NotFetched
from polybius.ingest.piece import Tools, refuse
from polybius.ingest.readers import make_tools
from polybius.ingest.remote import MakeFetcher, fetched_page, make_fetcher, read_fetched
from polybius.records import Document, Rejection
from polybius.run.assemble import assemble_store
from polybius.run.coder import Coder
from polybius.run.fetching import Fetching, Page, Shared, drop
from polybius.run.ingestion import Ingestion, Tally, ingest_into
from polybius.run.pool import Maker
from polybius.run.watch_state import (
    DONE,
    REJECTED,
    WAITING,
    FeedState,
    Settled,
    Waiting,
    WatchState,
    open_state,
    state_file,
)
from polybius.store import StoreBusy, writer_lock

__all__ = ["Polled", "Stop", "Told", "Watch", "backoff", "state_file", "status", "watch"]

AT_ONCE = 8  # hosts that are asked at the same time, and feeds that are visited together
BATCH = 10  # items that are fetched, coded and written at once
MOST_TRIES = 5  # of an item whose page cannot be had
LONGEST_BACKOFF = 86400.0
BUSY = 60.0  # seconds until a store that another process writes is tried again
TICK = 0.25  # seconds in which a signal is noticed


@dataclass(frozen=True, slots=True)
class Polled:
    """What one visit to a feed came to."""

    feed: Feed
    new: int = 0
    coded: int = 0
    reports: int = 0
    rejected: tuple[Rejection, ...] = ()
    problem: str = ""
    due_in: float = 0.0


@dataclass(slots=True)
class Stop:
    """Set from outside, by a signal: the loop ends after what it has in hand."""

    asked: bool = False

    def __call__(self) -> None:
        self.asked = True


Told = Callable[[Polled], None]


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched, and how. ``how.hook`` is called at the points of the state too."""

    feeds: tuple[Feed, ...]
    how: Ingestion
    make: Maker
    assemble: bool = False
    fetcher: MakeFetcher = make_fetcher
    extractor: Callable[[], Extractor] = Extractor
    clock: Clock = field(default_factory=Clock)
    stop: Stop = field(default_factory=Stop)


def watch(asked: Watch, told: Told = lambda polled: None, *, once: bool = False) -> None:
    """Visit the feeds that are due, and go on until stopped; with ``once`` only those that are due now. Raises StoreError."""
    with _Watching.begun(asked, told) as watching:
        watching.round()
        while not once and not asked.stop.asked:
            watching.wait()
            watching.round()


def status(feeds: tuple[Feed, ...], store: Path) -> list[FeedState]:
    """What is known of each feed. Raises StoreUnusable where nothing has been watched yet."""
    with open_state(store, make=False) as state:
        return [state.feed(feed.url) for feed in feeds]


class _Watching:
    """One watch at work."""

    def __init__(self, asked: Watch, told: Told, state: WatchState, extractor: Extractor) -> None:
        self.asked, self.told, self.state = asked, told, state
        self.fetcher = asked.fetcher(extractor)
        self.extractor = extractor
        coder: Coder = asked.make()
        self.make: Maker = lambda: coder

    @classmethod
    @contextmanager
    def begun(cls, asked: Watch, told: Told) -> Iterator[_Watching]:
        """One watch of a store at a time."""
        with (
            writer_lock(f"{asked.how.path}.watch"),
            open_state(asked.how.path, hook=asked.how.hook) as state,
            Shared(asked.extractor()) as extractor,
        ):
            yield cls(asked, told, state, extractor)

    def now(self) -> float:
        return self.asked.clock.now().timestamp()

    def round(self) -> None:
        """Each feed that is due, once; then the events, where they are asked for."""
        due = [feed for feed in self.asked.feeds if self.state.feed(feed.url).due <= self.now()]
        for start in range(0, len(due), AT_ONCE):
            self._visit(due[start : start + AT_ONCE])
        if self.asked.assemble and self.asked.how.path.exists() and not self.asked.stop.asked:
            try:
                assemble_store(self.asked.how.path, hook=self.asked.how.hook)
            except StoreBusy as error:  # the next round does it
                self.told(Polled(self.asked.feeds[0], problem=f"not assembled: {error}", due_in=BUSY))

    def _visit(self, feeds: list[Feed]) -> None:
        """Some feeds together. Their pages come in any order; what is noted, coded and stored keeps that of the list."""
        with Fetching(self.fetcher.get, AT_ONCE) as fetching:
            visits = [] if self.asked.stop.asked else [_Visit(self, feed, fetching) for feed in feeds]
            for visit in self._unless_stopped(visits):
                visit.look()
            for visit in self._unless_stopped(visits):
                self.told(visit.made())

    def _unless_stopped(self, visits: list[_Visit]) -> Iterator[_Visit]:
        return takewhile(lambda _: not self.asked.stop.asked, visits)

    def wait(self) -> None:
        """Until the next feed is due."""
        until = min(self.state.feed(feed.url).due for feed in self.asked.feeds)
        while not self.asked.stop.asked and (left := until - self.now()) > 0:
            self.asked.clock.sleep(min(TICK, left))


@dataclass(frozen=True, slots=True)
class _Batch:
    """Items that wait, with the pages that were asked for already."""

    waiting: list[Waiting]
    pages: list[Page | None]


class _Visit:
    """One visit to one feed. It is asked for at once; what comes is taken in when ``look`` is called."""

    def __init__(self, watching: _Watching, feed: Feed, fetching: Fetching) -> None:
        self.watching, self.feed, self.state, self.fetching = watching, feed, watching.state, fetching
        self.tools: Tools = make_tools(Defaults(publisher=feed.publisher), watching.extractor, watching.fetcher)
        self.polled = Polled(feed)
        self.before = self.state.feed(feed.url)
        self.problem: Undecodable | None = None
        self.page = fetching.ask(feed.url, self.before.known)
        self.next = _Batch([], [])

    def look(self) -> None:
        """Note the new items, and ask for the first pages."""
        try:
            self.polled = replace(self.polled, new=self._look())
        except Undecodable as error:
            self.problem = error
        self.next = self._batch(0)

    def made(self) -> Polled:
        """Code all that waits. What is wrong is told and met with a later visit."""
        try:
            self._code()
        except StoreBusy as error:
            return self._scheduled(BUSY, self.before.failures, None, str(error))
        finally:
            drop(page for page in self.next.pages if page)
        if self.watching.asked.stop.asked and self.state.waiting(self.feed.url, 0, 1):
            return self.polled  # still due: the next start goes on with what waits
        return self._failed(self.problem) if self.problem else self._succeeded()

    def _succeeded(self) -> Polled:
        moment = self.watching.asked.clock.now().isoformat(timespec="seconds")
        return self._scheduled(self.feed.interval, 0, moment, "")

    def _look(self) -> int:
        """Note what is new in the feed; how many. Raises Undecodable."""
        found = self.page.result()
        if not found.fresh:
            return 0
        about = {"latest": found.fetched.isoformat()}
        articles = self.watching.extractor.run("feed", found.body, about)
        # The oldest first, as far as the order of feeds tells.
        return self.state.note(self.feed.url, found.known, [(key_of(entry), entry) for entry in reversed(articles)])

    def _failed(self, error: Undecodable) -> Polled:
        wait = error.wait if isinstance(error, NotFetched) else None
        failures = self.before.failures + 1
        delay = max(backoff(self.feed.interval, failures), wait or 0.0)
        return self._scheduled(delay, failures, None, f"{error.reason}: {error.detail}")

    def _scheduled(self, delay: float, failures: int, succeeded: str | None, problem: str) -> Polled:
        self.state.schedule(self.feed.url, self.watching.now() + delay, failures, succeeded, problem or None)
        return replace(self.polled, problem=problem, due_in=delay)

    def _code(self) -> None:
        """All that waits, batch by batch; a signal ends it between two of them."""
        while not self.watching.asked.stop.asked and self.next.waiting:
            batch, self.next = self.next, self._batch(self.next.waiting[-1].number)
            self._code_batch(
                [(one, self._item(one, page)) for one, page in zip(batch.waiting, batch.pages, strict=True)]
            )

    def _batch(self, after: int) -> _Batch:
        """The next items that wait; their pages are asked for."""
        waiting = self.state.waiting(self.feed.url, after, BATCH)
        return _Batch(waiting, [self._asked(one) for one in waiting])

    def _asked(self, waiting: Waiting) -> Page | None:
        url = waiting.entry.get("url")
        return self.fetching.ask(url) if self.feed.articles and url else None

    def _code_batch(self, batch: list[tuple[Waiting, Item | NotFetched]]) -> None:
        items = [item for _, item in batch if isinstance(item, Item)]
        tally = ingest_into(self.watching.asked.how, items, self.watching.make) if items else Tally()
        refused = {rejection.subject: rejection for rejection in tally.rejected}
        self.state.settle([_settled(waiting, item, refused) for waiting, item in batch])
        self.polled = replace(
            self.polled,
            coded=self.polled.coded + tally.added.coded,
            reports=self.polled.reports + tally.added.reports,
            rejected=(*self.polled.rejected, *tally.rejected),
        )

    def _item(self, waiting: Waiting, page: Page | None) -> Item | NotFetched:
        """The document of an item; where its page cannot be had now but may be later, why."""
        url = waiting.entry.get("url")
        subject = url or f"{self.feed.url}:{waiting.key}"
        if page is None:
            return article_item(subject, dict(waiting.entry), self.tools)
        try:
            found = page.result()
            return _dated(_page(subject, found, self.tools), waiting.entry, found.fetched)
        except NotFetched as error:
            if error.passing and waiting.tries + 1 < MOST_TRIES:
                return error
            return refuse(subject, error.reason, error.detail)
        except Undecodable as error:
            return refuse(subject, error.reason, error.detail)


def _page(subject: str, found: Fetched, tools: Tools) -> Item:
    """The article of an entry's page; a feed or an archive behind its link is none."""
    if found.body.lstrip()[:1] == b"<":
        return fetched_page(subject, found, tools)
    return next(iter(read_fetched(subject, found, replace(tools, fetcher=None))))


def _dated(item: Item, entry: Mapping[str, Any], fetched: dt.datetime) -> Item:
    """A page that tells no date has that of its entry, which was held against the time of the fetch already."""
    document, published = item.content, entry.get("published")
    if not isinstance(document, Document) or document.published is not None or not published:
        return item
    why = next((where for name, where in entry["found"] if name == "published"), "date of the entry")
    found = (*(pair for pair in document.found if pair[0] != "published"), ("published", f"feed: {why}"))
    return Item(item.subject, replace(document, published=dt.date.fromisoformat(published), found=found))


def _settled(waiting: Waiting, item: Item | NotFetched, refused: Mapping[str, Rejection]) -> Settled:
    if isinstance(item, NotFetched):
        return Settled(waiting.number, WAITING, f"{item.reason}: {item.detail}")
    rejection = refused.get(item.subject)
    if rejection is None:
        return Settled(waiting.number, DONE)
    return Settled(waiting.number, REJECTED, f"{rejection.reason}: {rejection.detail}")


def key_of(entry: Mapping[str, Any]) -> str:
    """What tells an entry from the others of its feed: its id, else its address, else what it says."""
    name = entry.get("id") or entry.get("url")
    if name and len(name) <= 500:
        return str(name)
    return hashlib.sha256(json.dumps([name, entry["title"], entry["text"]]).encode()).hexdigest()


def backoff(interval: float, failures: int) -> float:
    """Twice as long after each failure on end, up to a day, or to the interval where that is longer."""
    return min(interval * 2.0 ** min(failures, 20), max(LONGEST_BACKOFF, interval))
