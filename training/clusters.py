"""Measures of coreference: MUC, B³, CEAFe and their mean, which is the CoNLL score.

Chains are sets of mentions; a mention is anything that can be compared. Chains of one mention count in neither key nor
response: take them out before.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence, Set
from dataclasses import dataclass

import numpy as np

Cluster = Set[Hashable]
Clusters = Sequence[Cluster]


@dataclass(frozen=True, slots=True)
class Tally:
    """Numerators and denominators of recall and precision; tallies of documents are added."""

    recalled: float = 0.0
    key: float = 0.0
    correct: float = 0.0
    response: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.recalled + other.recalled,
            self.key + other.key,
            self.correct + other.correct,
            self.response + other.response,
        )

    @property
    def recall(self) -> float:
        return self.recalled / self.key if self.key else 0.0

    @property
    def precision(self) -> float:
        return self.correct / self.response if self.response else 0.0

    @property
    def f1(self) -> float:
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


def muc(key: Clusters, response: Clusters) -> Tally:
    """Links: what is left of a chain when the other side's chains cut it (Vilain et al. 1995)."""
    return Tally(*_links(key, response), *_links(response, key))


def _links(of: Clusters, by: Clusters) -> tuple[float, float]:
    place = {mention: at for at, cluster in enumerate(by) for mention in cluster}
    kept = total = 0
    for cluster in of:
        parts = {place[m] for m in cluster if m in place}
        pieces = len(parts) + sum(m not in place for m in cluster)
        kept += len(cluster) - pieces
        total += len(cluster) - 1
    return kept, total


def b_cubed(key: Clusters, response: Clusters) -> Tally:
    """Mentions: how much of each mention's chain is right (Bagga and Baldwin 1998)."""
    return Tally(*_shares(key, response), *_shares(response, key))


def _shares(of: Clusters, by: Clusters) -> tuple[float, float]:
    place = {mention: cluster for cluster in by for mention in cluster}
    right = sum(len(c & place[m]) / len(c) for c in of for m in c if m in place)
    return right, sum(map(len, of))


def ceaf_e(key: Clusters, response: Clusters) -> Tally:
    """Entities: the best one-to-one alignment of chains by their overlap (Luo 2005, φ4)."""
    if not key or not response:
        return Tally(0, len(key), 0, len(response))
    likeness = np.array([[2 * len(k & r) / (len(k) + len(r)) for r in response] for k in key])
    best = sum(likeness[i, j] for i, j in assignment(likeness))
    return Tally(best, len(key), best, len(response))


def assignment(gain: np.ndarray) -> list[tuple[int, int]]:
    """Pairs of row and column with the greatest sum, each row and column once (the Hungarian method)."""
    if gain.shape[0] > gain.shape[1]:
        return [(i, j) for j, i in assignment(gain.T)]
    cost = -gain
    rows, columns = cost.shape
    row_price, column_price = np.zeros(rows + 1), np.zeros(columns + 1)
    taken = np.zeros(columns + 1, dtype=int)  # the row of each column, counted from 1
    for row in range(1, rows + 1):
        way = _augment(cost, row, row_price, column_price, taken)
        column = way[0]
        while column:
            before = way[1][column]
            taken[column] = taken[before]
            column = before
    return [(int(taken[j]) - 1, j - 1) for j in range(1, columns + 1) if taken[j]]


def _augment(
    cost: np.ndarray, row: int, row_price: np.ndarray, column_price: np.ndarray, taken: np.ndarray
) -> tuple[int, np.ndarray]:
    """The free column at which the shortest augmenting path from a row ends, and the way back."""
    columns = cost.shape[1]
    taken[0], column = row, 0
    least, used = np.full(columns + 1, np.inf), np.zeros(columns + 1, dtype=bool)
    back = np.zeros(columns + 1, dtype=int)
    while taken[column]:
        used[column] = True
        at = taken[column]
        slack = cost[at - 1] - row_price[at] - column_price[1:]
        better = ~used[1:] & (slack < least[1:])
        least[1:][better], back[1:][better] = slack[better], column
        free = np.where(used[1:], np.inf, least[1:])
        following = int(free.argmin()) + 1
        step = free[following - 1]
        row_price[taken[used]] += step
        column_price[used] -= step
        least[1:][~used[1:]] -= step
        column = following
    return column, back


MEASURES: dict[str, Callable[[Clusters, Clusters], Tally]] = {"MUC": muc, "B3": b_cubed, "CEAFe": ceaf_e}


def conll(tallies: Sequence[Tally]) -> float:
    """The mean F1 of the three measures."""
    return sum(t.f1 for t in tallies) / len(tallies)
