"""MinHash: a few numbers of each text whose agreement estimates how much two texts share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from polybius.assembly.words import Hashes, scrambled, shingles

SIZE = 128  # numbers of a signature
ROWS = (
    2  # that must agree: of two texts with a Jaccard likeness of 0.3 one pair in 400 is missed, of 0.05 one in 7 is met
)
NUMBER = 4  # bytes; a signature begins with how many shingles its text has
PIECE = 512  # shingles that are put in 128 orders at once


def _seeds() -> Hashes:
    return scrambled(np.arange(1, SIZE + 1, dtype=np.uint64))


def signature(shingles: Hashes) -> bytes:
    """How many shingles there are, and the smallest of them under each of 128 orders, 32 bits each; empty without any."""
    if not len(shingles):
        return b""
    seeds = _seeds()[:, None]
    pieces = (shingles[at : at + PIECE] for at in range(0, len(shingles), PIECE))
    smallest = np.min([scrambled(piece ^ seeds).min(axis=1) for piece in pieces], axis=0)
    numbers = np.concatenate([[np.uint64(len(shingles))], smallest >> np.uint64(32)])
    return numbers.astype("<u4").tobytes()


def signature_of(text: str) -> bytes:
    """The signature of a text."""
    return signature(shingles(text))


def size(signature: bytes) -> int:
    """How many shingles the text of a signature has."""
    return int.from_bytes(signature[:NUMBER], "little")


def estimate(one: bytes, two: bytes) -> float:
    """About which share of the shorter text's shingles the other holds: from the share of the numbers that agree."""
    if not one or not two:
        return 0.0
    a, b = (np.frombuffer(signature, "<u4")[1:] for signature in (one, two))
    alike = np.count_nonzero(a == b) / SIZE
    shared = alike * (size(one) + size(two)) / (1 + alike)
    return float(min(1.0, shared / min(size(one), size(two))))


def bands(signature: bytes) -> Iterator[tuple[int, bytes]]:
    """The parts of a signature of which two near-copies share at least one."""
    width = NUMBER * ROWS
    for number, start in enumerate(range(NUMBER, len(signature), width)):
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
