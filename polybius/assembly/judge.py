"""Judgements: those that the comparison makes, and those of persons, which win."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from polybius.assembly.compare import POINTS, features, score
from polybius.assembly.facts import Account
from polybius.assembly.partition import Partition
from polybius.assembly.weights import DIFFERENT, RECIPE, SAME
from polybius.records import Judgement, Verdict


def judge(one: Account, two: Account) -> Judgement:
    """What the comparison says about two accounts, named by their first reports."""
    left, right = sorted((one, two), key=lambda account: account.id)
    found = features(left, right)
    return Judgement(left.id, right.id, verdict(score(found)), RECIPE, score(found) / POINTS, tuple(found.items()))


def verdict(points: int) -> Verdict:
    """The verdict on a log-odds in thousandths."""
    if points >= POINTS * SAME:
        return "same"
    return "different" if points <= POINTS * DIFFERENT else "unsure"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What persons decided: sets of reports that are one event, and pairs that are not. The two never contradict."""

    together: tuple[tuple[str, ...], ...] = ()
    apart: frozenset[tuple[str, str]] = frozenset()

    @property
    def parted(self) -> frozenset[str]:
        """The reports that somebody set apart from another."""
        return frozenset(name for pair in self.apart for name in pair)


def rule(decisions: Sequence[Judgement]) -> Ruling:
    """The ruling of persons' judgements, in the order in which they were made: the later one wins over those it contradicts."""
    sets = Partition()
    kept: set[tuple[str, str]] = set()
    for judgement in reversed(decisions):
        pair = (judgement.left, judgement.right)
        if judgement.verdict == "same" and not _splits(sets, kept, pair):
            sets.join(*pair)
        if judgement.verdict == "different" and sets.find(pair[0]) != sets.find(pair[1]):
            kept.add((min(pair), max(pair)))
    return Ruling(tuple(tuple(group) for group in sets.sets() if len(group) > 1), frozenset(kept))


def _splits(sets: Partition, apart: Iterable[tuple[str, str]], pair: tuple[str, str]) -> bool:
    """Whether to join a pair would bring together what a later judgement keeps apart."""
    ends = {sets.find(pair[0]), sets.find(pair[1])}
    return any({sets.find(one), sets.find(two)} == ends for one, two in apart)
