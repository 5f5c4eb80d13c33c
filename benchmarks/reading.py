"""How fast the reader reads, against its own bare encoder. Needs the package ``onnx``.

usage: python benchmarks/reading.py [PATHS...] [--limit N] [--threads 1 2]
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from measure import (
    Clock,
    Floor,
    TimedSession,
    print_shares,
    print_speed,
    run_for_each,
    words,
)

from polybius.reader import Reader, load
from polybius.reader import atoms as at
from polybius.records import Document


def measure(threads: int, texts: Sequence[Document]) -> None:
    """Read everything once; the floor takes turns with the reader, so that a busy machine slows both."""
    reader = load(threads=threads)
    bare = Floor(reader, threads)
    network, total, splitting = Clock(), Clock(), Clock()
    reader.read(texts[0])
    bare.add(texts[0])
    bare.seconds = 0.0
    reader.session = TimedSession(reader.session, network)  # type: ignore[assignment]
    readings = []
    for document in texts:
        bare.add(document)
        begin = time.perf_counter()
        readings.append(reader.read(document))
        total.add("reading", begin)
        _split(reader, document, splitting)
    print_speed("reading", threads, total.total, words(readings), len(texts), bare.seconds)
    rest = total.total - network.total - splitting.total
    print_shares({"word pieces": splitting.total, "network": network.total, "decoding": rest})


def _split(reader: Reader, document: Document, clock: Clock) -> None:
    """Once more for the clock alone: within ``read`` it cannot be told apart."""
    begin = time.perf_counter()
    at.split(document.text, reader.tokenizer)
    clock.add("word pieces", begin)


if __name__ == "__main__":
    run_for_each(measure, __doc__)
