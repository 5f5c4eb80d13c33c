"""Which accounts are compared at all: those of one family and one time that share two of who, whom, where and what words."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from polybius.assembly.crossing import Groups, Index
from polybius.assembly.facts import Account, Side

Clues = npt.NDArray[np.uint64]
Blocks = Collection[tuple[str, int]]  # kinds and weeks

WEEK = 7
LONGEST = 31  # days of a range that is looked up week by week; a longer one tells too little
TELLING = 8  # rare words of an article that are looked up
UNDATED = -1  # the week of accounts without a date
ENOUGH = 2  # clues that two accounts have to share
_LARGE = 64  # accounts that share a clue: from there on they are counted one clue at a time
_CELLS = 1 << 23  # of a table of shared clues that is held at once


@dataclass(frozen=True)
class Handle:
    """What an account is found by: its family and class of status, its weeks from first to last, and its clues, hashed.

    It depends on its account only, so that a pair is compared or not whatever else there is.
    """

    kind: str
    first: int
    last: int
    clues: Clues


def handle(account: Account) -> Handle:
    """The handle of an account."""
    first, last = weeks(account)
    hashed = sorted(hashed_name(clue) for clue in _clues(account))
    return Handle(f"{account.family}/{account.status}", first, last, np.array(hashed, np.uint64))


def hashed_name(name: str) -> int:
    """Eight bytes of the hash of a name."""
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def weeks(account: Account) -> tuple[int, int]:
    """The first and the last week of the account, a day on both sides included, by number."""
    start, end = when(account)
    if start is None or end is None:
        return UNDATED, UNDATED
    return (start.toordinal() - 1) // WEEK, (end.toordinal() + 1) // WEEK


def when(account: Account) -> tuple[dt.date | None, dt.date | None]:
    """The dates of the account, or the day it was published where they are missing or too wide."""
    if account.start and account.end and (account.end - account.start).days <= LONGEST:
        return account.start, account.end
    return account.article.published, account.article.published


def _clues(account: Account) -> set[str]:
    found = {f"a:{name}" for name in _parties(account.actor)} | {f"a:{name}" for name in _parties(account.recipient)}
    found.update(f"p:{place.name}" for place in account.places)
    words = sorted(account.article.words.items(), key=lambda pair: (-pair[1], pair[0]))
    found.update(f"w:{word}" for word, _ in words[:TELLING])
    return found


def _parties(side: Side) -> frozenset[str]:
    return side.names | side.codes | side.words


def pairs(accounts: Sequence[Account]) -> set[tuple[str, str]]:
    """The pairs of ids to compare, the smaller first."""
    ordered = sorted(accounts, key=lambda account: account.id)
    left, right = candidates([handle(account) for account in ordered])
    return {(ordered[one].id, ordered[two].id) for one, two in zip(left.tolist(), right.tolist(), strict=True)}


def candidates(
    handles: Sequence[Handle],
    fresh: Sequence[bool] | None = None,
    within: Sequence[int] | None = None,
    blocks: Blocks | None = None,
) -> tuple[Index, Index]:
    """The pairs to compare, as places in ``handles``, the smaller first; each pair once.

    Where they are given: one of a pair at least is ``fresh``, both are ``within`` the same, and ``blocks`` are those
    that are looked at. A pair belongs to the block of the first week that it has in common.
    """
    first = np.array([one.first for one in handles], np.int64)
    new = np.ones(len(handles), bool) if fresh is None else np.array(fresh, bool)
    found = []
    for week, members in _blocks(handles, within, blocks):
        if len(members) > 1 and new[members].any():
            one, two = _Block([handles[at].clues for at in members.tolist()], new[members]).pairs()
            one, two = members[one], members[two]
            own = np.maximum(first[one], first[two]) == week
            found.append((one[own], two[own]))
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    return np.concatenate([one for one, _ in found]), np.concatenate([two for _, two in found])


def _blocks(
    handles: Sequence[Handle], within: Sequence[int] | None, blocks: Blocks | None
) -> Iterator[tuple[int, Index]]:
    """The members of each block, with its week."""
    members: defaultdict[tuple[int, str, int], list[int]] = defaultdict(list)
    for at, one in enumerate(handles):
        for week in range(one.first, one.last + 1):
            if blocks is None or (one.kind, week) in blocks:
                members[within[at] if within else 0, one.kind, week].append(at)
    for (_, _, week), places in members.items():
        yield week, np.array(places, np.int64)


class _Block:
    """Accounts of one kind and week, by number, and the clues that several of them have."""

    def __init__(self, clues: Sequence[Clues], new: npt.NDArray[np.bool_]) -> None:
        self.size, self.new = len(clues), new
        owners = np.repeat(np.arange(len(clues)), [len(own) for own in clues])
        self.groups = Groups.of(np.concatenate(clues), owners)

    def pairs(self) -> tuple[Index, Index]:
        """The pairs that share enough clues, one of them new at least, the smaller number first."""
        rows = np.flatnonzero(self.new)
        step = max(1, _CELLS // self.size)
        pieces = [self._of_rows(rows[at : at + step]) for at in range(0, len(rows), step)]
        one, two = (np.concatenate([piece[side] for piece in pieces]) for side in (0, 1))
        once = (two > one) | ((two < one) & ~self.new[two])  # of two new ones each has a row
        return np.minimum(one, two)[once], np.maximum(one, two)[once]

    def _of_rows(self, rows: Index) -> tuple[Index, Index]:
        """Some rows of the table of how many clues any two share."""
        shared = np.zeros((len(rows), self.size), np.uint16)
        place = np.full(self.size, -1, np.int64)
        place[rows] = np.arange(len(rows))
        sizes = self.groups.sizes
        for one, two in self.groups.where((sizes > 1) & (sizes <= _LARGE)).crossed(place >= 0):
            counted = np.bincount(place[one] * self.size + two, minlength=shared.size)
            shared += counted.reshape(shared.shape).astype(np.uint16)
        for start, size in zip(self.groups.starts[sizes > _LARGE], sizes[sizes > _LARGE], strict=True):
            owners = self.groups.members[start : start + size]
            own = place[owners]
            shared[np.ix_(own[own >= 0], owners)] += 1
        found = np.nonzero(shared >= ENOUGH)
        return rows[found[0]], found[1]
