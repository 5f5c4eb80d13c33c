"""MinHash: a few numbers of each text whose agreement estimates how much two texts share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

import numpy as np
import numpy.typing as npt

from polybius.assembly.crossing import Groups, Index
from polybius.assembly.words import Hashes, scrambled, shingles

SIZE = 128  # numbers of a signature
ROWS = (
    2  # that must agree: of two texts with a Jaccard likeness of 0.3 one pair in 400 is missed, of 0.05 one in 7 is met
)
NUMBER = 4  # bytes; a signature begins with how many shingles its text has
PIECE = 512  # shingles that are put in 128 orders, or signatures that are read, at once
LIKELY = 0.2  # share of the shorter text that two seem to have in common, from which on they are compared
MARKS = 20  # bits of a band by which most rows are told to differ
ROUND = 1 << 14  # pairs of signatures that are compared at once


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


def candidates(signatures: Mapping[str, bytes], fresh: Collection[str] | None = None) -> set[tuple[str, str]]:
    """Pairs of documents that share a band and seem to have some text in common, the smaller id first; with ``fresh``
    only those of which one at least is among these."""
    ids = sorted(id for id, known in signatures.items() if known)
    if not ids:
        return set()
    table = Table((signatures[id] for id in ids), len(ids))
    new = np.array([fresh is None or id in fresh for id in ids], bool)
    return {(ids[one], ids[two]) for one, two in table.likely(new)}


class Table:
    """Signatures of texts, none of them empty, row by row."""

    def __init__(self, signatures: Iterable[bytes], count: int) -> None:
        self.sizes = np.empty(count, np.int64)
        self.numbers = np.empty((count, SIZE), np.uint32)
        rows = iter(signatures)
        done = 0
        while piece := b"".join(islice(rows, PIECE)):
            found = np.frombuffer(piece, "<u4").reshape(-1, 1 + SIZE)
            self.sizes[done : done + len(found)], self.numbers[done : done + len(found)] = found[:, 0], found[:, 1:]
            done += len(found)
        self.bands: npt.NDArray[np.uint64] = self.numbers.view(np.uint64)  # of two numbers each

    def likely(self, new: npt.NDArray[np.bool_]) -> set[tuple[int, int]]:
        """Pairs that share a band, one of them ``new``, and that seem to share as much as is worth a closer look."""
        found: set[tuple[int, int]] = set()
        for band in self.bands.T:
            for one, two in self._alike(band, new):
                for at in range(0, len(one), ROUND):
                    a, b = one[at : at + ROUND], two[at : at + ROUND]
                    keep = self.shared(a, b) >= LIKELY
                    found.update(zip(a[keep].tolist(), b[keep].tolist(), strict=True))
        return found

    def _alike(self, band: npt.NDArray[np.uint64], new: npt.NDArray[np.bool_]) -> Iterator[tuple[Index, Index]]:
        """Pairs with the same value in one band, each once, the smaller first. Only rows of which the last bits are
        those of a new one are sorted."""
        marks = np.zeros(1 << MARKS, bool)
        short = (band & np.uint64((1 << MARKS) - 1)).astype(np.int64)
        marks[short[new]] = True
        rows = np.flatnonzero(marks[short])
        if not len(rows):
            return
        groups = Groups.of(band[rows], rows)
        for one, two in groups.where(groups.sizes > 1).crossed(new):
            once = (two > one) | ((two < one) & ~new[two])
            yield np.minimum(one, two)[once], np.maximum(one, two)[once]

    def shared(self, one: Index, two: Index) -> npt.NDArray[np.float64]:
        """About which share of the shorter text's shingles the longer has, of pairs of rows; as ``estimate``."""
        alike = (self.numbers[one] == self.numbers[two]).sum(axis=1) / SIZE
        common = alike * (self.sizes[one] + self.sizes[two]) / (1 + alike)
        found: npt.NDArray[np.float64] = np.minimum(1.0, common / np.minimum(self.sizes[one], self.sizes[two]))
        return found
