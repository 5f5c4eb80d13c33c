"""Several hosts are asked at once, each for one thing at a time; what comes is handed on to one thread, in its own order."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import SimpleQueue
from types import TracebackType
from typing import Any

from polybius.ingest.decode import Undecodable
from polybius.ingest.extractor import Extractor, Task
from polybius.ingest.fetch import Fetched, Known, NotFetched, parse

Get = Callable[[str, Known | None], Fetched]
Page = Future[Fetched]


@dataclass(frozen=True, slots=True)
class _Asked:
    url: str
    known: Known | None
    page: Page


class Fetching:
    """A few threads that fetch. They end with the process, whatever they wait for."""

    def __init__(self, get: Get, at_once: int) -> None:
        self._get, self._lock = get, threading.Lock()
        self._lines: dict[str, deque[_Asked]] = {}  # what is still to be asked of a host, the one at work first
        self._hosts: SimpleQueue[str | None] = SimpleQueue()
        self._threads = at_once
        for number in range(at_once):
            threading.Thread(target=self._work, name=f"fetching {number}", daemon=True).start()

    def __enter__(self) -> Fetching:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing more is asked; what is under way is not waited for."""
        with self._lock:
            drop(asked.page for line in self._lines.values() for asked in line)
        for _ in range(self._threads):
            self._hosts.put(None)

    def ask(self, url: str, known: Known | None = None) -> Page:
        """The page at an address, when its host's turn has come. Its result raises NotFetched."""
        asked, host = _Asked(url, known, Future()), _host(url)
        with self._lock:
            line = self._lines.setdefault(host, deque())
            line.append(asked)
            if len(line) == 1:
                self._hosts.put(host)
        return asked.page

    def _work(self) -> None:
        while (host := self._hosts.get()) is not None:
            with self._lock:
                asked = self._lines[host][0]
            self._fetch(asked)
            with self._lock:
                self._lines[host].popleft()
                if self._lines[host]:
                    self._hosts.put(host)  # behind the other hosts
                else:
                    del self._lines[host]

    def _fetch(self, asked: _Asked) -> None:
        if not asked.page.set_running_or_notify_cancel():
            return
        try:
            asked.page.set_result(self._get(asked.url, asked.known))
        except BaseException as error:  # told to whoever waits for the page
            asked.page.set_exception(error)


def drop(pages: Iterable[Page]) -> None:
    """Pages that nobody waits for any longer are not fetched."""
    for page in pages:
        page.cancel()


def _host(url: str) -> str:
    try:
        return parse(url).host
    except NotFetched:  # which fetching says again
        return ""


class Shared(Extractor):
    """An extractor for several threads: one task at a time, and none once it is closed."""

    def __init__(self, inner: Extractor) -> None:
        super().__init__(inner.limits)
        self._inner, self._lock, self._closed = inner, threading.Lock(), False

    def run(self, task: Task, data: bytes, about: dict[str, Any]) -> list[dict[str, Any]]:
        """As of the one that is shared."""
        with self._lock:
            if self._closed:
                raise Undecodable("gave_up", "it was closed")
            return self._inner.run(task, data, about)

    def close(self) -> None:
        """End the worker of the one that is shared, after the task in hand."""
        with self._lock:
            self._closed = True
            self._inner.close()
