"""How fast texts become reports, against the bare encoder. Needs the package ``onnx``.

usage: python benchmarks/coding.py [PATHS...] [--limit N] [--threads 1 2]
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from measure import (
    Clock,
    Floor,
    print_shares,
    print_speed,
    run_for_each,
    words,
)

from polybius.reader import Reader
from polybius.records import Document, Reading
from polybius.report import to_json
from polybius.run import Coder, load


@dataclass(slots=True)
class Run:
    """What came of a measured run."""

    clock: Clock = field(default_factory=Clock)
    readings: list[Reading] = field(default_factory=list)
    n_reports: int = 0


def code(coder: Coder, document: Document, run: Run) -> None:
    """The stages of ``Coder.process``, each on the clock, and the writing of the records."""
    times = [time.perf_counter()]
    reading = coder.read(document)
    times.append(time.perf_counter())
    seen = coder.survey(document, reading) if reading.frames else None
    times.append(time.perf_counter())
    claims = coder.claims(document, reading, seen=seen)
    times.append(time.perf_counter())
    groundings = coder.ground(document, reading, claims, seen=seen)
    times.append(time.perf_counter())
    reports = coder.report(document, reading, claims, groundings)
    times.append(time.perf_counter())
    for report in reports:
        json.dumps(to_json(report), ensure_ascii=False)
    times.append(time.perf_counter())
    for stage, begin, end in zip(
        ("reading", "survey", "claims", "grounding", "reports", "writing"), times, times[1:], strict=False
    ):
        run.clock.seconds[stage] = run.clock.seconds.get(stage, 0.0) + end - begin
    run.readings.append(reading)
    run.n_reports += len(reports)


def measure(threads: int, texts: Sequence[Document]) -> None:
    """Code everything once; the floor takes turns with the coder, so that a busy machine slows both."""
    coder = load(threads=threads)
    reader = coder.parts.reader
    assert isinstance(reader, Reader)
    bare = Floor(reader, threads)
    code(coder, texts[0], Run())
    bare.add(texts[0])
    bare.seconds = 0.0
    run = Run()
    for document in texts:
        bare.add(document)
        code(coder, document, run)
    print_speed("coding", threads, run.clock.total, words(run.readings), len(texts), bare.seconds)
    print_shares(run.clock.seconds)
    print(f"  reports    {run.n_reports:,}")


if __name__ == "__main__":
    run_for_each(measure, __doc__)
