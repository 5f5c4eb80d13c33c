"""Many documents, in one process or in several: results come in the order of the input, whoever was first."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from polybius.ingest import Item
from polybius.records import Document, Rejection
from polybius.run.coder import Coded, Coder
from polybius.run.plan import Setup

AHEAD = 8  # documents in the air for one worker: enough to keep it busy, few enough to hold in memory

Result = Coded | Rejection
Maker = Callable[[], Coder]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item of the input."""

    subject: str
    result: Result


@dataclass(slots=True)
class Counts:
    """Documents in = coded + rejected; a coded document has nought to many reports."""

    documents: int = 0
    coded: int = 0
    reports: int = 0
    rejections: int = 0

    def add(self, outcome: Outcome) -> None:
        self.documents += 1
        if isinstance(outcome.result, Coded):
            self.coded += 1
            self.reports += len(outcome.result.reports)
        else:
            self.rejections += 1


@dataclass(frozen=True, slots=True)
class FromSetup:
    """Makes a coder in whatever process it is called."""

    setup: Setup

    def __call__(self) -> Coder:
        return Coder(self.setup.parts(), self.setup)


def run_documents(items: Iterable[Item], make: Maker, workers: int = 1) -> Iterator[Outcome]:
    """The outcome of every item, in their order, by one coder here or by one in each of several processes."""
    coder = make()  # here even for several processes: what is missing or broken is told once, before they start
    if workers <= 1:
        return (Outcome(item.subject, _named(_code(coder, item), item)) for item in items)
    return _Pool(make, workers).run(items)


def _code(coder: Coder, item: Item) -> Result:
    return coder.process(item.content) if isinstance(item.content, Document) else item.content


def _named(result: Result, item: Item) -> Result:
    """A rejection of the run, under the name by which the user knows the document."""
    if isinstance(result, Coded):
        return result
    return Rejection(result.stage, item.subject, result.reason, result.detail)


class _Pool:
    """Processes with a coder each. One that dies takes a document with it, not the run."""

    def __init__(self, make: Maker, workers: int) -> None:
        self.make, self.workers = make, workers
        self.executor = self._start(workers)

    def _start(self, workers: int) -> ProcessPoolExecutor:
        # Not forked: threads of a session that runs here would be missing there.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(workers, context, initializer=_prepare, initargs=(self.make,))

    def run(self, items: Iterable[Item]) -> Iterator[Outcome]:
        waiting: deque[tuple[Item, Future[Result] | None]] = deque()
        try:
            for item in items:
                waiting.append((item, self._submit(item)))
                if len(waiting) >= AHEAD * self.workers:
                    yield self._finish(*waiting.popleft())
            while waiting:
                yield self._finish(*waiting.popleft())
        finally:
            self.executor.shutdown(wait=True, cancel_futures=True)

    def _submit(self, item: Item) -> Future[Result] | None:
        try:
            return self.executor.submit(_work, item) if isinstance(item.content, Document) else None
        except BrokenProcessPool:
            self.executor = self._start(self.workers)
            return self._submit(item)

    def _finish(self, item: Item, future: Future[Result] | None) -> Outcome:
        if future is None:
            assert isinstance(item.content, Rejection)
            return Outcome(item.subject, item.content)
        try:
            return Outcome(item.subject, _named(future.result(), item))
        except BrokenProcessPool:
            return Outcome(item.subject, _named(self._alone(item), item))

    def _alone(self, item: Item) -> Result:
        """Once more in a process of its own: the one that died may have had another document in hand."""
        with self._start(1) as executor:
            try:
                return executor.submit(_work, item).result()
            except BrokenProcessPool:
                return Rejection("run", item.subject, "failed", "its process was ended, perhaps for want of memory")


class _Worker:
    """The coder of a worker process: the one thing that such a process keeps."""

    coder: Coder | None = None


def _prepare(make: Maker) -> None:
    _Worker.coder = make()


def _work(item: Item) -> Result:
    assert _Worker.coder is not None
    return _code(_Worker.coder, item)
