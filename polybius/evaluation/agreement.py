"""Agreement of two annotators of the same texts: Krippendorff's alpha.

Alpha is 1 where both always agree, 0 where they agree no better than chance would have it. Sets (the types of a
sentence, the modes of an event) are compared with MASI distance (Passonneau 2006), single values by being equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from polybius.evaluation.counts import Count, Counts, merge
from polybius.evaluation.fields import role_count, sentence_of
from polybius.evaluation.gold import Mark, MarkedText
from polybius.evaluation.pairs import Alignment, Pair, align, named, pair_fillers

V = TypeVar("V", bound=Hashable)
Values = frozenset[str]
Unit = tuple[Values, Values]

EXACT_ROLES = ("actor", "recipient", "place", "date", "by")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two annotators agree on one thing. ``measure`` is "alpha" or "F1"; ``value`` is None without variation."""

    what: str
    measure: str
    value: float | None
    units: int


def masi(left: frozenset[V], right: frozenset[V]) -> float:
    """Distance of two sets, 0 to 1: one less Jaccard's share times how the sets lie (equal, nested, crossing, apart)."""
    if left == right:
        return 0.0
    shared, both = len(left & right), len(left | right)
    lie = 2 / 3 if left <= right or right <= left else 1 / 3
    return 1 - shared / both * lie


def unequal(left: V, right: V) -> float:
    """Distance of two single values."""
    return float(left != right)


def alpha(units: Iterable[Sequence[V]], distance: Callable[[V, V], float]) -> float | None:
    """Krippendorff's alpha of units with two or more values each; None where all values are the same."""
    usable = [unit for unit in units if len(unit) > 1]
    number = sum(map(len, usable))
    observed = sum(_distances(Counter(unit), distance) / (len(unit) - 1) for unit in usable)
    expected = _distances(Counter(value for unit in usable for value in unit), distance)
    return 1 - observed * (number - 1) / expected if expected else None


def _distances(values: Counter[V], distance: Callable[[V, V], float]) -> float:
    """Sum over all ordered pairs of values."""
    items = list(values.items())
    return sum(n * m * distance(a, b) for a, n in items for b, m in items)


def agreement(pairs: Sequence[tuple[MarkedText, MarkedText]]) -> list[Agreement]:
    """All that can be said of two markings of the same texts; both must know the same sentences."""
    aligned = [align(one, other) for one, other in pairs]
    sets = {"types of a sentence": [u for one, other in pairs for u in _sentences(one, other)]}
    for found in aligned:
        for what, unit in _fields(found):
            sets.setdefault(what, []).append(unit)
    counts: Counts = {}
    for (one, other), found in zip(pairs, aligned, strict=True):
        counts = merge(counts, _spans(one, other, found))
    alphas = [Agreement(what, "alpha", alpha(units, masi), len(units)) for what, units in sets.items()]
    return alphas + [Agreement(what, "F1", c.f1, c.gold) for what, c in counts.items() if c.gold or c.predicted]


def _sentences(one: MarkedText, other: MarkedText) -> Iterator[Unit]:
    """The types that each found in each sentence; a trigger outside the known sentences is a unit of its own."""
    known = one if one.sentences else other
    found: list[dict[int, set[str]]] = []
    for text in (one, other):
        types: dict[int, set[str]] = {}
        for mark in text.marks:
            types.setdefault(sentence_of(mark, known), set()).add(mark.event)
        found.append(types)
    left, right = found
    for index in sorted({*range(len(known.sentences)), *left, *right}):
        yield frozenset(left.get(index, ())), frozenset(right.get(index, ()))


def _fields(found: Alignment) -> Iterator[tuple[str, Unit]]:
    """What both say of an event that both found; types of all whose triggers overlap, the rest of the same type."""
    for one in (*found.same, *found.other):
        yield "type of an event", (frozenset({one.gold.event}), frozenset({one.coded.event}))
    for one in found.same:
        for what, values in _VALUES.items():
            left, right = values(one.gold), values(one.coded)
            if left is not None and right is not None:
                yield what, (left, right)
        for role in ("actor", "recipient"):
            yield from _codes(one, role)


def _status(mark: Mark) -> Values | None:
    return None if mark.status is None else frozenset({mark.status})


_VALUES: Mapping[str, Callable[[Mark], Values | None]] = {"modes": lambda mark: mark.modes, "status": _status}


def _codes(one: Pair, role: str) -> Iterator[tuple[str, Unit]]:
    left, right = named(one.gold, role), named(one.coded, role)
    for a, b in pair_fillers(one, role):
        mine, theirs = left[a][0], right[b][0]
        if mine.coded and theirs.coded:
            yield f"{role} code", (frozenset({mine.code or "–"}), frozenset({theirs.code or "–"}))
            yield f"{role} sector", (frozenset(mine.sectors), frozenset(theirs.sectors))


def _spans(one: MarkedText, other: MarkedText, found: Alignment) -> Counts:
    """Phrases have no closed list of values, so that alpha says nothing of them: F1, which is symmetric."""
    counts = {"trigger and type": Count(len(found.same), len(other.marks), len(one.marks))}
    for role in EXACT_ROLES:
        both = [p for p in found.same if role in p.gold.roles and role in p.coded.roles]
        counts[f"{role} (span)"] = sum((role_count(p, role) for p in both), Count())
    return counts
