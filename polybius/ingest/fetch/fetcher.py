"""Addresses → pages: redirects, robots.txt, pauses and limits. Every address on the way is checked anew."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from polybius.ingest.fetch.address import Target, parse
from polybius.ingest.fetch.connect import Connector, Deadline, Resolver, direct, open_connection, system_resolver
from polybius.ingest.fetch.exchange import Answer, Known, exchange, retry_after
from polybius.ingest.fetch.failure import NotFetched
from polybius.ingest.fetch.robots import Judge, Robots
from polybius.ingest.fetch.turns import Turns
from polybius.ingest.piece import MAX_PAGE

REDIRECTS = (301, 302, 303, 307, 308)
LATER = (408, 425, 429, 500, 502, 503, 504)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one address may cost, in seconds and bytes."""

    step: float = 20.0
    total: float = 60.0
    size: int = MAX_PAGE
    redirects: int = 5
    pause: float = 1.0  # between two requests to one host
    longest_wait: float = 60.0  # a server that wants more patience is left alone for now


@dataclass(frozen=True, slots=True)
class Clock:
    """Time, so that tests need not wait."""

    seconds: Callable[[], float] = time.monotonic
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came. ``fresh`` is False where it is the one that was known, and has no body then."""

    url: str
    body: bytes
    fetched: dt.datetime
    kind: str = ""  # the content type
    charset: str | None = None
    known: Known = Known()
    fresh: bool = True


class Fetcher:
    """Fetches addresses; several threads may ask, and each host has one request at a time. Resolver and connector are for tests; what they give is checked all the same."""

    def __init__(
        self,
        judge: Judge,
        *,
        resolve: Resolver = system_resolver,
        connect: Connector = direct,
        clock: Clock | None = None,
        limits: Limits | None = None,
    ) -> None:
        self.resolve, self.connect = resolve, connect
        self.clock, self.limits = clock or Clock(), limits or Limits()
        self.turns = Turns()
        self.robots = Robots(self._rules, judge, self.clock.seconds)
        self.next: dict[str, float] = {}  # when a host may be asked again

    def get(self, url: str, known: Known | None = None) -> Fetched:
        """The page at an address. Raises NotFetched with the reason."""
        target, answer = self._follow(url, known or Known(), obey=True)
        now = self.clock.now()
        if answer.status == 304:
            return Fetched(target.url, b"", now, known=known or Known(), fresh=False)
        if answer.status != 200:
            raise self._refused(target, answer)
        kind = answer.headers.get("content-type", "")
        charset = CHARSET.search(kind)
        version = Known(answer.headers.get("etag"), answer.headers.get("last-modified"))
        page_kind = kind.partition(";")[0].strip().lower()
        return Fetched(target.url, answer.body, now, page_kind, charset[1] if charset else None, version)

    def _follow(self, url: str, known: Known, obey: bool) -> tuple[Target, Answer]:
        """The answer at the end of the redirects."""
        target = parse(url)
        for _ in range(self.limits.redirects + 1):
            answer = self._ask(target, known, obey)
            if answer.status not in REDIRECTS:
                return target, answer
            target = parse(answer.headers.get("location", ""), target.url)
        raise NotFetched("redirects", f"{url[:200]}: more than {self.limits.redirects}")

    def _ask(self, target: Target, known: Known, obey: bool) -> Answer:
        pause = max(self.limits.pause, self.robots.require(target) if obey else 0.0)
        with self.turns.of(target.host):
            self._wait(target)
            try:
                answer = self._answer(target, known)
            finally:
                self.next[target.host] = self.clock.seconds() + pause
            wait = retry_after(answer.headers, self.clock.now()) if answer.status in (429, 503) else None
            if wait:
                self.next[target.host] = self.clock.seconds() + max(wait, pause)
        return answer

    def _answer(self, target: Target, known: Known) -> Answer:
        deadline = Deadline(time.monotonic() + self.limits.total, self.limits.step)
        connection = open_connection(target, self.resolve, self.connect, deadline)
        return exchange(target, connection, known, self.limits.size)

    def _wait(self, target: Target) -> None:
        left = self.next.get(target.host, 0.0) - self.clock.seconds()
        if left > self.limits.longest_wait:
            raise NotFetched(
                "http_status", f"{target.host} asked not to be asked for {left:.0f} s", passing=True, wait=left
            )
        if left > 0:
            self.clock.sleep(left)

    def _rules(self, url: str) -> Answer:
        return self._follow(url, Known(), obey=False)[1]

    def _refused(self, target: Target, answer: Answer) -> NotFetched:
        later = answer.status in LATER
        wait = retry_after(answer.headers, self.clock.now()) if later else None
        return NotFetched("http_status", f"{target.url[:200]}: {answer.status}", passing=later, wait=wait)
