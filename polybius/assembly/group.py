"""Accounts to events: which are compared, what they score, and which come together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from polybius.assembly.block import candidates, handle, when
from polybius.assembly.cluster import Bonds, Limits, clusters
from polybius.assembly.compare import POINTS
from polybius.assembly.crossing import Index
from polybius.assembly.facts import Account
from polybius.assembly.matrix import FEW, MANY, Matrix
from polybius.assembly.partition import Partition
from polybius.assembly.scores import Scores
from polybius.assembly.weights import JOIN, LONGEST, NOT_COMPARED

LIMITS = Limits(round(POINTS * JOIN), round(POINTS * NOT_COMPARED), LONGEST)
Pairs = tuple[Index, Index, Index]  # two accounts by number, the smaller first, and their points


@dataclass(frozen=True, slots=True)
class Part:
    """Accounts that the clustering of others cannot reach: linked by scores that may join two, or by a person's word.

    For two clusters to be joined, some pair between them has to reach the average that is asked for. What is in two
    parts is therefore never one event, and a part is clustered alone.
    """

    accounts: tuple[str, ...]
    events: tuple[tuple[str, ...], ...]  # ids of accounts


def compared(accounts: Sequence[Account], within: Sequence[int] | None = None) -> Pairs:
    """The scores of all pairs that are worth comparing. Accounts are sorted by id."""
    left, right = candidates([handle(account) for account in accounts], within=within)
    return left, right, Scores(accounts).points(left, right)


def parts(accounts: Sequence[Account], bonds: Bonds, within: Sequence[int] | None = None) -> list[Part]:
    """The parts of accounts, which are sorted by id; no pair of two ``within`` is looked at."""
    scores = compared(accounts, within)
    ids = [account.id for account in accounts]
    found = _linked(ids, scores, bonds)
    label = np.zeros(len(ids), np.int64)
    for number, members in enumerate(found):
        label[members] = number
    inside = _by_label(scores, label, len(found))
    return [_part(accounts, members, pairs, bonds) for members, pairs in zip(found, inside, strict=True)]


def joins(points: Index) -> Index:
    """The pairs whose two accounts may be one event because of their own score."""
    return np.flatnonzero(points >= LIMITS.join)


def _linked(ids: Sequence[str], scores: Pairs, bonds: Bonds) -> list[list[int]]:
    partition = Partition(ids)
    left, right, points = scores
    near = joins(points)
    for one, two in zip(left[near].tolist(), right[near].tolist(), strict=True):
        partition.join(ids[one], ids[two])
    for group in bonds.together:
        for other in group[1:]:
            partition.join(group[0], other)
    place = {id: at for at, id in enumerate(ids)}
    return [[place[id] for id in members] for members in partition.sets()]


def _by_label(scores: Pairs, label: Index, count: int) -> Iterator[Pairs]:
    """The pairs within each part."""
    left, right, points = scores
    inside = np.flatnonzero(label[left] == label[right])
    inside = inside[np.argsort(label[left[inside]], kind="stable")]
    ends = np.searchsorted(label[left[inside]], np.arange(count + 1)).tolist()
    for start, end in zip(ends, ends[1:], strict=False):
        own = inside[start:end]
        yield left[own], right[own], points[own]


def _part(accounts: Sequence[Account], members: Sequence[int], pairs: Pairs, bonds: Bonds) -> Part:
    own = [accounts[at] for at in members]
    ids = tuple(account.id for account in own)
    if len(own) == 1:
        return Part(ids, (ids,))
    left, right, points = pairs
    order = np.array(members, np.int64)  # sorted
    scores = np.searchsorted(order, left), np.searchsorted(order, right), points
    inside = set(ids)
    held = Bonds(
        tuple(group for group in bonds.together if group[0] in inside),
        frozenset(pair for pair in bonds.apart if inside.issuperset(pair)),
    )
    days = [when(account)[0] for account in own]
    found = _in_table(ids, days, scores, held) if FEW < len(ids) <= MANY else _one_by_one(ids, days, scores, held)
    return Part(ids, tuple(tuple(group) for group in found))


def _in_table(ids: Sequence[str], days: Sequence[dt.date | None], scores: Pairs, bonds: Bonds) -> list[list[str]]:
    place = {id: at for at, id in enumerate(ids)}
    together = [[place[id] for id in group] for group in bonds.together]
    apart = [(place[one], place[two]) for one, two in bonds.apart]
    return [[ids[at] for at in group] for group in Matrix(days, LIMITS).clusters(scores, together, apart)]


def _one_by_one(ids: Sequence[str], days: Sequence[dt.date | None], scores: Pairs, bonds: Bonds) -> list[list[str]]:
    found = zip(*(numbers.tolist() for numbers in scores), strict=True)
    named = {(ids[one], ids[two]): points for one, two, points in found}
    return clusters(dict(zip(ids, days, strict=True)), named, LIMITS, bonds)
