"""Which accounts are compared at all: those of one family and one time that share two of who, whom, where and what words."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from polybius.assembly.facts import Account, Side

WEEK = 7
LONGEST = 31  # days of a range that is looked up week by week; a longer one tells too little
TELLING = 8  # rare words of an article that are looked up
KEY = tuple[str, ...]


def keys(account: Account) -> Iterator[KEY]:
    """What the account is found by. Two accounts are compared if they share one key; a key depends on its account only."""
    clues = sorted(_clues(account))
    for week in weeks(account):
        for pair in combinations(clues, 2):
            yield (account.family, account.status, week, *pair)


def weeks(account: Account) -> list[str]:
    """The weeks of the account and their neighbours, by the number of the week; one mark where there is no date."""
    start, end = when(account)
    if start is None or end is None:
        return ["undated"]
    return [str(week) for week in range((start.toordinal() - 1) // WEEK, (end.toordinal() + 1) // WEEK + 1)]


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


def index(accounts: Iterable[Account]) -> Mapping[KEY, list[str]]:
    """The ids of accounts by key."""
    found: defaultdict[KEY, list[str]] = defaultdict(list)
    for account in accounts:
        for key in keys(account):
            found[key].append(account.id)
    return found


def pairs(accounts: Iterable[Account]) -> set[tuple[str, str]]:
    """The pairs of ids to compare, the smaller first."""
    return {pair for ids in index(accounts).values() if len(ids) > 1 for pair in combinations(sorted(ids), 2)}
