"""What every scorer counts with: right, predicted and gold items, their F1, and one-to-one pairs of things that agree."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Span = tuple[int, int]
L = TypeVar("L")
R = TypeVar("R")
K = TypeVar("K", bound=Hashable)

OVERLAP = 0.5  # of the characters of both together, that two fillers must share to be the same


@dataclass(frozen=True, slots=True)
class Count:
    """Items right, predicted and in the gold."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.predicted + self.gold
        return 2 * self.right / total if total else 0.0


Counts = Mapping[str, Count]


def merge(left: Counts, right: Counts) -> Counts:
    """Sums by key."""
    return {key: left.get(key, Count()) + right.get(key, Count()) for key in {**left, **right}}


def total(counts: Counts) -> Count:
    """Sum over all keys."""
    return sum(counts.values(), Count())


def mean(values: Sequence[float]) -> float:
    """The mean, 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def distinct(spans: Iterable[Span]) -> list[Span]:
    """Each span once, in their order."""
    return list(dict.fromkeys(spans))


def same_filler(left: Span, right: Span) -> float:
    """How well two fillers agree: 0 where they share less than half."""
    overlap = iou(left, right)
    return overlap if overlap >= OVERLAP else 0.0


def iou(left: Span, right: Span) -> float:
    """Characters that two spans share, as part of those that either covers."""
    shared = min(left[1], right[1]) - max(left[0], right[0])
    return shared / (max(left[1], right[1]) - min(left[0], right[0])) if shared > 0 else 0.0


def pair(left: Sequence[L], right: Sequence[R], agreement: Callable[[L, R], float]) -> list[tuple[L, R]]:
    """As many pairs as can be made one to one of items that agree (above 0), those that agree best first."""
    scored = ((-agreement(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right))
    links = [(i, j) for minus, i, j in sorted(scored) if minus < 0]
    owner: dict[int, int] = {}
    for i, j in links:
        if j not in owner and i not in owner.values():
            owner[j] = i
    for i in sorted({i for i, _ in links} - set(owner.values())):
        _make_room(i, links, owner, set())
    return [(left[i], right[j]) for j, i in sorted(owner.items(), key=lambda o: o[1])]


def _make_room(i: int, links: list[tuple[int, int]], owner: dict[int, int], tried: set[int]) -> bool:
    """Give item i a partner, moving others to another partner where they have one (an augmenting path)."""
    for j in (j for k, j in links if k == i and j not in tried):
        tried.add(j)
        if j not in owner or _make_room(owner[j], links, owner, tried):
            owner[j] = i
            return True
    return False


def by_key(right: Iterable[K], predicted: Iterable[K], gold: Iterable[K], keys: Iterable[K]) -> dict[K, Count]:
    """Counts for each key that occurs, in the order of ``keys``."""
    lists = [list(items) for items in (right, predicted, gold)]
    return {key: Count(*(items.count(key) for items in lists)) for key in keys if any(key in items for items in lists)}
