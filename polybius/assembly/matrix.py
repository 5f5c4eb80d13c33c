"""Average linkage of many ids that are nearly all compared: the same clusters as ``cluster``, from a table of all pairs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import numpy as np

from polybius.assembly.cluster import Limits
from polybius.assembly.compare import Values
from polybius.assembly.crossing import Index

FEW, MANY = 24, 3000  # ids: the table pays from the first number on, beyond the second it takes too much memory
_NEVER = 10**7  # days; beyond any date


class Matrix:
    """Clusters by the smallest number in them. ``sums`` holds what the scores of two clusters are above that of pairs
    that were never compared."""

    def __init__(self, days: Sequence[dt.date | None], limits: Limits) -> None:
        self.limits, size = limits, len(days)
        self.sums = np.zeros((size, size), np.int64)
        self.barred = np.eye(size, dtype=bool)
        self.sizes = np.ones(size, np.int64)
        self.home = np.arange(size)
        self.first = np.array([_NEVER if day is None else day.toordinal() for day in days], np.int64)
        self.last = np.array([-_NEVER if day is None else day.toordinal() for day in days], np.int64)
        self.best = np.full(size, -np.inf)
        self.partner = np.zeros(size, np.int64)

    def clusters(
        self,
        scores: tuple[Index, Index, Index],
        together: Iterable[Sequence[int]] = (),
        apart: Iterable[tuple[int, int]] = (),
    ) -> list[list[int]]:
        """The clusters, each sorted, in the order of their first numbers. ``scores`` are two ids and their points."""
        one, two, points = scores
        self.sums[one, two] = self.sums[two, one] = points - self.limits.missing
        for a, b in apart:
            self.barred[a, b] = self.barred[b, a] = True
        for group in sorted(sorted(group) for group in together):
            for other in group[1:]:
                self._merge(group[0], other)
        for row in np.flatnonzero(self.home == np.arange(len(self.home))).tolist():
            self._look(row)
        self._run()
        members: dict[int, list[int]] = {}
        for number, home in enumerate(self.home.tolist()):
            members.setdefault(home, []).append(number)
        return [members[home] for home in sorted(members)]

    def _run(self) -> None:
        """Join the best pair while there is one; of equals that of the smallest numbers."""
        while True:
            one = int(self.best.argmax())
            if self.best[one] == -np.inf:
                return
            two = int(self.partner[one])
            self._merge(one, two)
            self._tell(one, two)

    def _averages(self, row: int) -> Values:
        """What the pairs of a cluster with each other one average; minus infinity where the two may not be joined."""
        pairs = self.sizes[row] * self.sizes
        found: Values = (self.sums[row] + pairs * self.limits.missing) / np.maximum(pairs, 1)
        spread = np.maximum(self.last, self.last[row]) - np.minimum(self.first, self.first[row])
        never = self.barred[row] | (self.sizes == 0) | (spread > self.limits.longest) | (found < self.limits.join)
        found[never] = -np.inf
        return found

    def _look(self, row: int) -> Values:
        found = self._averages(row)
        self.partner[row] = at = int(found.argmax())
        self.best[row] = found[at]
        return found

    def _merge(self, one: int, two: int) -> None:
        self.sums[one] += self.sums[two]
        self.sums[:, one] = self.sums[one]
        self.barred[one] |= self.barred[two]
        self.barred[:, one] = self.barred[one]
        self.sizes[one] += self.sizes[two]
        self.sizes[two] = 0
        self.first[one] = min(self.first[one], self.first[two])
        self.last[one] = max(self.last[one], self.last[two])
        self.home[self.home == two] = one
        self.best[two] = -np.inf

    def _tell(self, one: int, two: int) -> None:
        """The others learn that two clusters are one now: those whose best partner was one of the two look again."""
        again = np.flatnonzero(((self.partner == one) | (self.partner == two)) & (self.best > -np.inf))
        found = self._look(one)
        better = (found > self.best) | ((found == self.best) & (found > -np.inf) & (one < self.partner))
        better[one] = False
        self.best[better], self.partner[better] = found[better], one
        for row in again.tolist():
            if row != one:
                self._look(row)
