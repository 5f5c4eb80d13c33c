"""What both benchmarks share: texts, clocks, the floor, and how it is printed."""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import floor

from polybius.ingest import Defaults, find, read
from polybius.reader import Reader
from polybius.records import Document, Reading
from polybius.run import int8_instructions, processor

REPOSITORY = Path(__file__).resolve().parent.parent
NEWS = REPOSITORY.parent / "shared" / "corpora" / "news"
EXAMPLES = REPOSITORY / "examples"
COLD_RUNS = 5


def arguments(description: str | None) -> argparse.Namespace:
    """PATHS as of ``polybius code``, how many documents of them, and which numbers of threads."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", help="texts, JSONL, folders; by default stories of the VOA, else examples/")
    parser.add_argument("--limit", type=int, default=60, help="so many documents, spread over all (default 60)")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2], help="numbers of threads (default 1 2)")
    return parser.parse_args()


def run_for_each(measure: Callable[[int, Sequence[Document]], None], description: str | None) -> None:
    """The command line of a benchmark: ``measure`` on the texts for each number of threads."""
    options = arguments(description)
    texts = documents(options)
    print_machine(texts)
    for threads in options.threads:
        measure(threads, texts)
    print_process(options.paths or default_paths())


def default_paths() -> list[str]:
    return [str(path) for path in sorted(NEWS.glob("voa_*.jsonl.gz"))] or [str(EXAMPLES)]


def documents(options: argparse.Namespace) -> list[Document]:
    """Up to ``limit`` documents, evenly spread."""
    items = read(find(options.paths or default_paths()), Defaults())
    found = [item.content for item in items if isinstance(item.content, Document)]
    if not found:
        sys.exit("no document to measure on")
    step = max(1, len(found) // options.limit)
    return found[::step][: options.limit]


@dataclass(slots=True)
class Clock:
    """Seconds by stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    def add(self, stage: str, begin: float) -> None:
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - begin

    @property
    def total(self) -> float:
        return sum(self.seconds.values())


class TimedSession:
    """A session whose runs are put on a clock: the network's part of reading."""

    def __init__(self, session: Any, clock: Clock) -> None:
        self.session, self.clock = session, clock

    def run(self, *args: Any) -> Any:
        begin = time.perf_counter()
        try:
            return self.session.run(*args)
        finally:
            self.clock.add("network", begin)


class Floor:
    """The bare encoder on the very batches that the reader makes, clocked document by document beside it."""

    def __init__(self, reader: Reader, threads: int) -> None:
        self.reader, self.bare, self.seconds = reader, floor.encoder(threads), 0.0

    def add(self, document: Document) -> None:
        self.seconds += floor.seconds(self.bare, floor.batches(self.reader, document.text))


def words(readings: Iterable[Reading]) -> int:
    """Words as the reader counts them, punctuation included."""
    return sum(len(sentence) for reading in readings for sentence in reading.sentences)


def print_machine(texts: Sequence[Document]) -> None:
    size = sum(len(document.text.split()) for document in texts)
    print(f"processor    {processor()}; int8: {', '.join(int8_instructions()) or 'not known'}")
    print(f"texts        {len(texts):,} documents, {size:,} words between blanks")


def print_speed(name: str, threads: int, seconds: float, n_words: int, n_texts: int, bare: float) -> None:
    print(f"\n{name} with {threads} thread{'s' * (threads > 1)}")
    print(f"  speed      {n_words / seconds:,.0f} words/s, {n_texts / seconds:,.2f} articles/s")
    print(f"  floor      {n_words / bare:,.0f} words/s: the bare int8 encoder on the same word pieces")
    print(f"  ratio      {seconds / bare:.2f} x floor")


def print_shares(shares: Mapping[str, float]) -> None:
    total = sum(shares.values())
    print("  stages     " + ", ".join(f"{stage} {value / total:.1%}" for stage, value in shares.items()))


def print_process(paths: Sequence[str]) -> None:
    """Import, cold start and memory, each in processes of their own."""
    bare, loaded = _seconds("-c", "pass"), _seconds("-c", "import polybius")
    article = str(EXAMPLES / "summit.txt")
    command = ("-m", "polybius", "code", "--date", "2024-05-14", "--format", "jsonl", "--out", "/dev/null")
    cold = [_seconds(*command, article) for _ in range(COLD_RUNS)]
    alone = _peak()
    extra = max(0.0, loaded - bare) * 1000
    print(f"\nimport       {extra:.0f} ms for `import polybius` (Python alone {bare * 1000:.0f} ms)")
    print(f"cold start   {statistics.median(cold):.2f} s for `polybius code` of one article (first {cold[0]:.2f} s)")
    _seconds(*command, *paths)
    print(f"memory       {alone:.0f} MB at most for one article, {_peak():.0f} MB for all of {', '.join(paths)}")


def _seconds(*command: str) -> float:
    begin = time.perf_counter()
    subprocess.run([sys.executable, *command], check=False, capture_output=True, cwd=REPOSITORY)
    return time.perf_counter() - begin


def _peak() -> float:
    """The most memory that any process begun here has held, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
