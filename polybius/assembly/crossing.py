"""Pairs of what has something in common: who shares a value is crossed with all others that share it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Index = npt.NDArray[np.int64]
PIECE = 1 << 20  # pairs that are held at once


@dataclass(frozen=True)
class Groups:
    """Members in the order of a value that they have, and where each value begins and how many have it."""

    members: Index
    starts: Index
    sizes: Index

    @staticmethod
    def of(values: npt.NDArray[np.uint64], members: Index) -> Groups:
        """Members by their values."""
        order = np.argsort(values, kind="stable")
        starts = np.concatenate([[0], np.flatnonzero(np.diff(values[order])) + 1]).astype(np.int64)
        return Groups(members[order], starts, np.diff(np.concatenate([starts, [len(values)]])))

    def where(self, chosen: npt.NDArray[np.bool_]) -> Groups:
        """Some of the groups; the members of the others stay where they are."""
        return Groups(self.members, self.starts[chosen], self.sizes[chosen])

    def crossed(self, new: npt.NDArray[np.bool_]) -> Iterator[tuple[Index, Index]]:
        """Each member that is ``new`` with every member of its group, itself too, piece by piece."""
        places = ranges(self.starts, self.sizes)
        each, begin = np.repeat(self.sizes, self.sizes), np.repeat(self.starts, self.sizes)
        own = np.flatnonzero(new[self.members[places]])
        places, each, begin = places[own], each[own], begin[own]
        done = 0
        for end in _ends(each):
            one = np.repeat(self.members[places[done:end]], each[done:end])
            yield one, self.members[ranges(begin[done:end], each[done:end])]
            done = end


def _ends(sizes: Index) -> list[int]:
    """Where to cut, so that the sizes of a piece come to about PIECE."""
    if not len(sizes):
        return []
    filled = np.cumsum(sizes) // PIECE
    return [*(np.flatnonzero(np.diff(filled)) + 1).tolist(), len(sizes)]


def ranges(starts: Index, sizes: Index) -> Index:
    """start, start + 1, … of each of several ranges, one after the other."""
    if not len(sizes):
        return np.empty(0, np.int64)
    before = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    places: Index = np.arange(int(sizes.sum())) + np.repeat(starts - before, sizes)
    return places
