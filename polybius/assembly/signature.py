"""MinHash: a few numbers of each text whose agreement estimates how much two texts share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from polybius.assembly.words import Hashes, scrambled

SIZE = 128  # numbers of a signature
ROWS = (
    2  # that must agree: of two texts with a Jaccard likeness of 0.3 one pair in 400 is missed, of 0.05 one in 7 is met
)


def _seeds() -> Hashes:
    return scrambled(np.arange(1, SIZE + 1, dtype=np.uint64))


def signature(shingles: Hashes) -> bytes:
    """The smallest of the shingles under each of 128 orders, 32 bits each; empty without shingles."""
    if not len(shingles):
        return b""
    smallest = [int(scrambled(shingles ^ seed).min() >> np.uint64(32)) for seed in _seeds()]
    return np.array(smallest, "<u4").tobytes()


def bands(signature: bytes) -> Iterator[tuple[int, bytes]]:
    """The parts of a signature of which two near-copies share at least one."""
    width = 4 * ROWS
    for number, start in enumerate(range(0, len(signature), width)):
        yield number, signature[start : start + width]


def candidates(signatures: Mapping[str, bytes]) -> set[tuple[str, str]]:
    """Pairs of documents that share a band, the smaller id first."""
    shared: defaultdict[tuple[int, bytes], list[str]] = defaultdict(list)
    for id in sorted(signatures):
        for band in bands(signatures[id]):
            shared[band].append(id)
    return {pair for ids in shared.values() for pair in _pairs(ids)}


def _pairs(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    ids = list(ids)
    for at, one in enumerate(ids):
        yield from ((one, two) for two in ids[at + 1 :])
