"""Is confidence worth its name: which coded fields are right, and how well their chances say so.

Event and core are judged on all coded events; the other fields where trigger and type are right, as the scores of roles are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from polybius.evaluation import fields
from polybius.evaluation.counts import pair
from polybius.evaluation.gold import MarkedText
from polybius.evaluation.pairs import Pair, align, same_entity

CORE = "core"
ROLE_OF: Mapping[str, str] = {
    "actor": "actor", "recipient": "recipient", "place": "place", "date": "date", "attribution": "by",
}  # fmt: skip
FIELDS = ("event", CORE, "status", *ROLE_OF)
BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """The chance that was given to a field, and whether it was right."""

    chance: float
    right: bool


def verdicts(gold: MarkedText, coded: MarkedText) -> list[dict[str, bool]]:
    """Which fields are right, for each coded mark in its order."""
    found = align(gold, coded)
    pairs = {id(one.coded): one for one in found.same}
    return [_verdict(pairs.get(id(mark))) for mark in coded.marks]


def _verdict(one: Pair | None) -> dict[str, bool]:
    if one is None:
        return {"event": False, CORE: False}
    told = {"status": one.gold.status == one.coded.status} if one.gold.status is not None else {}
    roles = {name: _role_right(one, role) for name, role in ROLE_OF.items() if role in one.gold.roles}
    return {"event": True, CORE: fields.same_sides(one), **told, **roles}


def _role_right(one: Pair, role: str) -> bool:
    """As many fillers as the gold has, each the same: by words, or by entity where the sentence does not say it."""
    count = fields.role_count(one, role)
    ours, theirs = ([p for p in m.roles.get(role, ()) if p.span is None] for m in (one.coded, one.gold))
    hidden = len(pair(theirs, ours, same_entity))
    return count.right == count.predicted == count.gold and hidden == len(ours) == len(theirs)


def expected_error(judged: Sequence[Judged], bins: int = BINS) -> float:
    """Expected calibration error: how far chance and share of right ones lie apart, over bins of equal size."""
    ordered = sorted(judged, key=lambda one: one.chance)
    return sum(abs(sum(j.chance - j.right for j in part)) for part in _parts(ordered, bins)) / max(len(ordered), 1)


def _parts(ordered: Sequence[Judged], bins: int) -> Iterator[Sequence[Judged]]:
    cuts = [round(k * len(ordered) / bins) for k in range(bins + 1)]
    yield from (ordered[a:b] for a, b in zip(cuts, cuts[1:], strict=False))


def brier_skill(judged: Sequence[Judged]) -> float:
    """How much smaller the squared error is than that of always saying the share of right ones; 0 where all are alike."""
    if not judged:
        return 0.0
    base = sum(j.right for j in judged) / len(judged)
    spread = base * (1 - base)
    error = sum((j.chance - j.right) ** 2 for j in judged) / len(judged)
    return 1 - error / spread if spread else 0.0


def curve(judged: Sequence[Judged]) -> list[tuple[float, float, float]]:
    """(least chance, share of all that have it, share of those that is right), the surest first; equal chances go together."""
    ordered = sorted(judged, key=lambda one: -one.chance)
    points, right = [], 0
    for n, one in enumerate(ordered, 1):
        right += one.right
        if n == len(ordered) or ordered[n].chance != one.chance:
            points.append((one.chance, n / len(ordered), right / n))
    return points


def coverage(judged: Sequence[Judged], precision: float) -> float:
    """The largest share that can be kept, the surest first, so that so many of them are right."""
    return max((share for _, share, right in curve(judged) if right >= precision), default=0.0)


def collected(texts: Iterable[tuple[MarkedText, MarkedText, Sequence[Mapping[str, float]]]]) -> dict[str, list[Judged]]:
    """By field, over texts: the gold, what was coded, and the chances of each coded mark."""
    found: dict[str, list[Judged]] = {name: [] for name in FIELDS}
    for gold, coded, chances in texts:
        for one, verdict in zip(chances, verdicts(gold, coded), strict=True):
            for name in verdict.keys() & one.keys():
                found[name].append(Judged(one[name], verdict[name]))
    return found
