"""Many pairs at once give what one after the other gives."""

from __future__ import annotations

import datetime as dt
import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polybius.assembly import Account, candidates, handle, read, written
from polybius.assembly.block import _clues, pairs, weeks
from polybius.assembly.cluster import Bonds, Limits, clusters
from polybius.assembly.compare import features, score
from polybius.assembly.facts import Article, Side, Where
from polybius.assembly.matrix import Matrix
from polybius.assembly.scores import Scores
from polybius.assembly.words import UNIT

DAY = dt.date(2024, 5, 14)


def made_up(number: int, chance: random.Random) -> Account:
    """An account of few values, so that many meet."""

    def some(letters: str) -> frozenset[str]:
        return frozenset(chance.sample(letters, chance.randint(0, 2)))

    day = chance.choice([None, DAY, DAY + dt.timedelta(3), DAY + dt.timedelta(40)])
    places = tuple(
        Where(name, chance.choice([None, "YEM", "MDA"]), chance.choice([None, 15.1, -0.5]), 45.0 + chance.random(), 5.0)
        for name in some("pqr")
    )
    weights = {word: chance.randint(1, UNIT // 4) for word in "abcdefghijklm" if chance.random() < 0.7}
    return Account(
        id=f"d{number:03}#r",
        article=Article(f"d{number // 2}", DAY, weights if number % 2 else dict.fromkeys("ab", 100)),
        reports=(f"d{number:03}#r",),
        event=chance.choice(["CONSULT", "ASSAULT", "AGREE", "COERCE"]),
        modes=some("xyz"),
        status="happened",
        actor=Side(some("AB"), some("CD"), some("EF")),
        recipient=Side(some("AB"), some("CD"), some("EF")),
        places=places,
        start=day,
        end=day and day + dt.timedelta(chance.randint(0, 5)),
        figures={kind: (n, n + 2) for kind in some("ki") for n in [chance.randint(0, 9)]},
        triggers=some("tuv"),
        vector=bytes(chance.choices(range(256), k=64)) if chance.random() < 0.7 else b"",
    )


def accounts(seed: int, count: int = 24) -> list[Account]:
    chance = random.Random(seed)
    found = [made_up(number, chance) for number in range(count)]
    articles = {account.article.id: account.article for account in found}  # one a document
    return [Account(**{**_fields(one), "article": articles[one.article.id]}) for one in found]


def _fields(account: Account) -> dict[str, object]:
    return {name: getattr(account, name) for name in Account.__slots__}


@pytest.mark.parametrize("seed", range(4))
def test_scores_are_those_of_pairs_one_by_one(seed: int) -> None:
    found = accounts(seed)
    every = list(combinations(range(len(found)), 2))
    left, right = (np.array(side, np.int64) for side in zip(*every, strict=True))
    expected = [score(features(found[one], found[two])) for one, two in every]
    assert Scores(found).points(left, right).tolist() == expected
    assert len(set(expected)) > 50


@pytest.mark.parametrize("seed", range(4))
def test_candidates_share_a_week_and_two_clues(seed: int) -> None:
    found = accounts(seed, 90)  # more than share a clue at once

    def meet(one: Account, two: Account) -> bool:
        (first, last), (begin, end) = weeks(one), weeks(two)
        kinds = one.family == two.family and one.status == two.status
        return kinds and first <= end and begin <= last and len(_clues(one) & _clues(two)) > 1

    expected = {(one.id, two.id) for one, two in combinations(found, 2) if meet(one, two)}
    assert pairs(found) == expected
    new = [number % 3 == 0 for number in range(len(found))]
    left, right = candidates([handle(account) for account in found], new)
    some = {(found[one].id, found[two].id) for one, two in zip(left.tolist(), right.tolist(), strict=True)}
    assert len(some) == len(left)
    assert some == {(one, two) for one, two in expected if any(int(id[1:4]) % 3 == 0 for id in (one, two))}


def test_an_account_is_read_as_it_was_written() -> None:
    for account in accounts(7):
        assert read(account.id, account.article.id, written(account), account.article.words) == account


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(0, 8), st.integers(0, 8)), st.integers(-3000, 3000)), st.integers(0, 3))
def test_a_table_clusters_as_pairs_do(found: dict[tuple[int, int], int], bound: int) -> None:
    scores = {(one, two): points for (one, two), points in found.items() if one < two}
    days = [DAY + dt.timedelta(4 * n) if n % 2 else None for n in range(9)]
    limits = Limits(0, -2000, 14)
    together, apart = ([[0, 3], [1, 2]][:bound], [(1, 5), (2, 4)][bound:])
    ids = [f"n{n}" for n in range(9)]
    bonds = Bonds(
        tuple(tuple(ids[at] for at in group) for group in together),
        frozenset((ids[one], ids[two]) for one, two in apart),
    )
    named = {(ids[one], ids[two]): points for (one, two), points in scores.items()}
    expected = clusters(dict(zip(ids, days, strict=True)), named, limits, bonds)
    columns = [
        np.array([row[at] for row in [(*pair, points) for pair, points in scores.items()]], np.int64) for at in range(3)
    ]
    made = Matrix(days, limits).clusters((columns[0], columns[1], columns[2]), together, apart)
    assert [[ids[at] for at in group] for group in made] == expected
