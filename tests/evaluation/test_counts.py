"""Counting and pairing, worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybius.evaluation.counts import Count, by_key, distinct, iou, merge, pair, same_filler, total


def test_a_count_without_items_scores_nothing() -> None:
    assert (Count().precision, Count().recall, Count().f1) == (0, 0, 0)


def test_precision_recall_and_f1() -> None:
    count = Count(2, 4, 5) + Count(1, 1, 1)
    assert count == Count(3, 5, 6)
    assert (count.precision, count.recall) == (0.6, 0.5)
    assert count.f1 == pytest.approx(2 * 0.6 * 0.5 / 1.1)


@pytest.mark.parametrize(
    ("left", "right", "share"),
    [((0, 4), (0, 4), 1), ((0, 4), (2, 6), 1 / 3), ((0, 10), (0, 5), 0.5), ((0, 4), (4, 8), 0), ((0, 2), (5, 9), 0)],
)
def test_the_share_of_two_spans(left: tuple[int, int], right: tuple[int, int], share: float) -> None:
    assert iou(left, right) == pytest.approx(share)


def test_pairs_are_one_to_one_and_as_many_as_can_be() -> None:
    # a likes x best, but x is all that b has.
    likes = {("a", "x"): 0.9, ("a", "y"): 0.5, ("b", "x"): 0.8}
    assert pair(["a", "b"], ["x", "y"], lambda a, b: likes.get((a, b), 0)) == [("a", "y"), ("b", "x")]
    assert pair(["a", "a"], ["x"], lambda a, b: 1.0) == [("a", "x")]
    assert pair(["a", "b"], ["x", "y"], lambda a, b: 1.0) == [("a", "x"), ("b", "y")]


@given(st.lists(st.lists(st.booleans(), min_size=3, max_size=3), max_size=4))
def test_no_larger_set_of_pairs_exists(fits: list[list[bool]]) -> None:
    def most(i: int, free: frozenset[int]) -> int:
        if i == len(fits):
            return 0
        return max([most(i + 1, free), *(1 + most(i + 1, free - {j}) for j in free if fits[i][j])])

    pairs = pair(range(len(fits)), range(3), lambda i, j: float(fits[i][j]))
    assert len(pairs) == most(0, frozenset(range(3)))
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)


def test_two_fillers_are_the_same_from_half_of_their_characters_on() -> None:
    assert same_filler((0, 10), (0, 5)) == 0.5
    assert same_filler((0, 10), (0, 4)) == 0


def test_counts_are_summed_by_key() -> None:
    both = merge({"a": Count(1, 2, 3)}, {"a": Count(1, 1, 1), "b": Count(0, 1, 0)})
    assert both == {"a": Count(2, 3, 4), "b": Count(0, 1, 0)}
    assert total(both) == Count(2, 4, 4)
    assert by_key("aab", "abb", "bc", "abcd") == {"a": Count(2, 1, 0), "b": Count(1, 2, 1), "c": Count(0, 0, 1)}


def test_a_span_counts_once() -> None:
    assert distinct([(5, 6), (0, 1), (5, 6)]) == [(5, 6), (0, 1)]
