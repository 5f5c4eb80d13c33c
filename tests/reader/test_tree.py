"""Spanning trees against an oracle that tries every assignment of heads."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from polybius.reader import tree


def best_by_trying(scores: np.ndarray) -> float:
    n = len(scores)
    totals = [
        sum(scores[d, h + 1] for d, h in enumerate(heads))
        for heads in product(range(-1, n), repeat=n)
        if heads.count(-1) == 1 and all(h != d for d, h in enumerate(heads)) and not tree.cycle(list(heads))
    ]
    return max(totals)


matrices = st.integers(1, 4).flatmap(lambda n: arrays(np.float32, (n, n + 1), elements=st.integers(-30, 30).map(float)))


@given(matrices)
def test_heads_are_the_best_tree_with_one_root(scores: np.ndarray) -> None:
    for i in range(len(scores)):
        scores[i, i + 1] = -1e4
    heads = tree.heads(scores.copy())
    assert heads.count(-1) == 1
    assert not tree.cycle(heads)
    assert sum(scores[d, h + 1] for d, h in enumerate(heads)) == pytest.approx(best_by_trying(scores))


@given(arrays(np.float32, (12, 13), elements=st.floats(-8, 8, width=32)))
def test_longer_sentences_get_a_tree(scores: np.ndarray) -> None:
    heads = tree.heads(scores)
    assert heads.count(-1) == 1
    assert not tree.cycle(heads)


def test_cycle_names_its_members() -> None:
    assert sorted(tree.cycle([1, 2, 1, -1])) == [1, 2]
    assert tree.cycle([1, -1, 1]) == []


def test_two_subjects_side_by_side_are_one_compound() -> None:
    heads, rels = [2, 2, -1], ["nsubj", "nsubj", "root"]
    tree.one_subject(heads, rels, ("NOUN", "NOUN", "VERB"))
    assert (heads, rels) == ([1, 2, -1], ["compound", "nsubj", "root"])


def test_subjects_that_stand_apart_stay() -> None:
    heads, rels = [2, 2, -1], ["nsubj", "nsubj", "root"]
    tree.one_subject(heads, rels, ("PRON", "NOUN", "VERB"))
    assert heads == [2, 2, -1]
