"""Average linkage of what was compared: whole numbers and ties broken by ids, so that no order of arrival shows."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from polybius.assembly.partition import Partition

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Limits:
    """When two clusters stay two: an average below ``join``, or dates spread over more than ``longest`` days.

    ``missing`` is what a pair counts that was never compared. Both are log-odds in thousandths.
    """

    join: int
    missing: int
    longest: int


@dataclass(frozen=True, slots=True)
class Bonds:
    """What binds whatever the scores say: sets that are one, and pairs that are never one. They do not contradict."""

    together: tuple[tuple[str, ...], ...] = ()
    apart: frozenset[Pair] = frozenset()


@dataclass(slots=True)
class _Cluster:
    members: list[str]
    days: tuple[dt.date, dt.date] | None
    sums: dict[str, tuple[int, int]] = field(default_factory=dict)  # by neighbour: sum of scores, pairs that have one
    apart: set[str] = field(default_factory=set)


def clusters(
    days: Mapping[str, dt.date | None], scores: Mapping[Pair, int], limits: Limits, bonds: Bonds
) -> list[list[str]]:
    """Groups of ids, each sorted, in the order of their first ids. ``days`` has every id, with its date."""
    linkage = _Linkage(days, limits)
    linkage.begin(scores, bonds)
    linkage.run()
    return linkage.groups()


class _Linkage:
    """Clusters by the smallest id in them; the best pair is joined until none may be."""

    def __init__(self, days: Mapping[str, dt.date | None], limits: Limits) -> None:
        self.limits = limits
        self.found = {id: _Cluster([id], None if day is None else (day, day)) for id, day in days.items()}
        self.queue: list[tuple[float, str, str]] = []

    def begin(self, scores: Mapping[Pair, int], bonds: Bonds) -> None:
        """Fill in what is known of the single ids, and join those that are bound together."""
        for (one, two), points in scores.items():
            self.found[one].sums[two] = self.found[two].sums[one] = (points, 1)
        for one, two in bonds.apart:
            self.found[one].apart.add(two)
            self.found[two].apart.add(one)
        for group in sorted(bonds.together):
            root, *others = sorted(group)
            for other in others:
                self._join(root, other)
        for name in self.found:
            self._offer(name)

    def run(self) -> None:
        """Join the best pair while there is one. A pair whose clusters have grown since it was offered is out of date."""
        while self.queue:
            average, one, two = heapq.heappop(self.queue)
            if one in self.found and two in self.found and -average == self._average(one, two) and self._may(one, two):
                self._join(one, two)
                self._offer(one)

    def groups(self) -> list[list[str]]:
        return sorted(sorted(cluster.members) for cluster in self.found.values())

    def _offer(self, name: str) -> None:
        for other in self.found[name].sums:
            average = self._average(name, other)
            if average >= self.limits.join and self._may(name, other):
                heapq.heappush(self.queue, (-average, min(name, other), max(name, other)))

    def _average(self, one: str, two: str) -> float:
        a, b = self.found[one], self.found[two]
        total, known = a.sums.get(two, (0, 0))
        pairs = len(a.members) * len(b.members)
        return (total + (pairs - known) * self.limits.missing) / pairs

    def _may(self, one: str, two: str) -> bool:
        a, b = self.found[one], self.found[two]
        if two in a.apart:
            return False
        days = _span(a.days, b.days)
        return days is None or (days[1] - days[0]).days <= self.limits.longest

    def _join(self, one: str, two: str) -> None:
        """The second cluster goes into the first, whose name is smaller; their neighbours learn of it."""
        a, b = self.found[one], self.found.pop(two)
        a.members += b.members
        a.days = _span(a.days, b.days)
        for other, (points, known) in b.sums.items():
            neighbour = self.found.get(other)
            if neighbour is None or other == one:
                continue
            old = a.sums.get(other, (0, 0))
            a.sums[other] = neighbour.sums[one] = (old[0] + points, old[1] + known)
            del neighbour.sums[two]
        a.sums.pop(two, None)
        for other in b.apart:
            self.found[other].apart.discard(two)
            self.found[other].apart.add(one)
        a.apart |= b.apart


def _span(one: tuple[dt.date, dt.date] | None, two: tuple[dt.date, dt.date] | None) -> tuple[dt.date, dt.date] | None:
    if one is None or two is None:
        return one or two
    return min(one[0], two[0]), max(one[1], two[1])


def components(ids: Iterable[str], links: Iterable[Pair], sets: Iterable[Sequence[str]] = ()) -> list[list[str]]:
    """What clustering cannot reach beyond: ids that scores or bonds link, directly or through others."""
    partition = Partition(ids)
    for one, two in links:
        partition.join(one, two)
    for group in sets:
        for other in group[1:]:
            partition.join(group[0], other)
    return partition.sets()
