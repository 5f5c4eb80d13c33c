"""Documents into a store: what is there already is not coded again, the rest is coded and written batch by batch."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path

from polybius.assembly import signature_of
from polybius.ingest import Item
from polybius.records import Document, Rejection
from polybius.run.coder import Coded
from polybius.run.manifest import RunManifest
from polybius.run.pool import Maker, Outcome, run_documents
from polybius.store import (
    Added,
    Entry,
    Hook,
    State,
    StoreUnusable,
    no_hook,
    open_reader,
    open_writer,
    prepare,
    update_index,
    writer_lock,
)

Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Ingestion:
    """How documents go into which store. ``batch`` documents, or what ``seconds`` gave, are one transaction."""

    path: Path
    texts: bool = True
    recode: bool = False
    batch: int = 500
    seconds: float = 20.0
    wait: float = 120.0
    hook: Hook = no_hook


@dataclass(slots=True)
class Tally:
    """Documents in = coded + rejected + unchanged + forgotten; coded = new + corrected + coded again."""

    added: Added = field(default_factory=Added)
    rejected: list[Rejection] = field(default_factory=list)

    @property
    def documents(self) -> int:
        return self.added.coded + self.added.unchanged + self.added.forgotten + len(self.rejected)


def ingest_into(
    how: Ingestion, items: Iterable[Item], make: Maker, workers: int = 1, step: Step = lambda: None
) -> Tally:
    """Code what is new and store it. Raises StoreError; batches that were written stay, and the same call goes on after them."""
    with writer_lock(how.path, hook=how.hook):
        prepare(how.path, texts=how.texts, hook=how.hook)
        _require_writable(how)
        tally = _Run(how, make, workers, step).run(items)
        # The index can be made at any time: nothing is lost where it cannot be now.
        with suppress(sqlite3.Error):
            update_index(how.path, wait=how.wait, hook=how.hook)
        return tally


def _require_writable(how: Ingestion) -> None:
    """Open the store once before anything is loaded: it is brought up to date, or what is wrong with it is told."""
    with open_writer(how.path, wait=how.wait, hook=how.hook) as store:
        if store.texts and not how.texts:
            raise StoreUnusable(f"{how.path} keeps texts already; use --no-text with a new file")


class _Run:
    """One run of ``ingest_into``."""

    def __init__(self, how: Ingestion, make: Maker, workers: int, step: Step) -> None:
        self.how, self.workers, self.step = how, workers, step
        coder = make()
        self.manifest = coder.manifest
        self.make: Maker = make if workers > 1 else lambda: coder
        self.tally = Tally()
        self.batch: list[Outcome] = []
        self.due = 0.0

    def run(self, items: Iterable[Item]) -> Tally:
        try:
            for outcome in run_documents(self._to_code(items), self.make, self.workers):
                self._take(outcome)
                if len(self.batch) >= self.how.batch or time.monotonic() >= self.due:
                    self._write()
        except KeyboardInterrupt:
            self._write()  # what has been coded is kept
            raise
        self._write()
        return self.tally

    def _to_code(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items that have to be coded, or that were rejected; the others are counted."""
        iterator = iter(items)
        while chunk := list(islice(iterator, self.how.batch)):
            yield from self._unknown(chunk)

    def _unknown(self, chunk: list[Item]) -> list[Item]:
        documents = [item.content for item in chunk if isinstance(item.content, Document)]
        with open_reader(self.how.path, wait=self.how.wait) as store:
            known = store.states([document.id for document in documents])
        wanted = []
        counts = {"unchanged": 0, "forgotten": 0}
        for item in chunk:
            verdict = self._verdict(item, known)
            if verdict in counts:
                counts[verdict] += 1
                self.step()
            else:
                wanted.append(item)
        self.tally.added += Added(**counts)
        return wanted

    def _verdict(self, item: Item, known: dict[str, State]) -> str:
        if isinstance(item.content, Rejection):
            return "rejected"
        return known[item.content.id].verdict(item.content, self.manifest.stamp, self.how.recode)

    def _take(self, outcome: Outcome) -> None:
        if not self.batch:
            self.due = time.monotonic() + self.how.seconds
        self.batch.append(outcome)
        self.step()

    def _write(self) -> None:
        if not self.batch:
            return
        entries = [_entry(outcome, self.manifest) for outcome in self.batch if isinstance(outcome.result, Coded)]
        rejected = [outcome.result for outcome in self.batch if isinstance(outcome.result, Rejection)]
        with open_writer(self.how.path, wait=self.how.wait, hook=self.how.hook) as store:
            store.record_run(self.manifest.stamp, asdict(self.manifest))
            added = store.add(entries, recode=self.how.recode)
            store.reject(rejected)
        # Counted when it is written: what a failing batch held is not.
        self.tally.added += added
        self.tally.rejected += rejected
        self.batch = []


def _entry(outcome: Outcome, manifest: RunManifest) -> Entry:
    assert isinstance(outcome.result, Coded)
    coded = outcome.result
    return Entry(
        coded.document,
        coded.reports,
        manifest.stamp,
        outcome.subject,
        coded.sentences,
        coded.vectors,
        signature_of(coded.document.text),
    )
