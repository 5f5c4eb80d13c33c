"""Scores over texts: rates by hand, intervals that behave, confusions in their order."""

from __future__ import annotations

import numpy as np
import pytest

from polybius.evaluation.compare import Comparison, Mistake
from polybius.evaluation.counts import Count
from polybius.evaluation.scores import by_family, confusions, draws, interval, rate, score


def test_scores_are_rates_of_the_sums() -> None:
    found = {
        s.task: s for s in score([{"a": Count(1, 2, 1)}, {"a": Count(1, 2, 4), "b": Count(1, 2, 2)}, {"c": Count()}])
    }
    assert (found["a"].value, found["a"].precision, found["a"].recall, found["a"].gold) == (44.44, 50, 40, 5)
    assert (found["b"].value, found["b"].precision) == (50, 50)
    assert "c" not in found


def test_a_macro_score_is_the_mean_of_the_classes_that_the_gold_has() -> None:
    counts = [{"types/AID": Count(1, 1, 1), "types/REJECT": Count(0, 1, 1), "types/COERCE": Count(0, 5, 0)}] * 3
    found = {s.task: s for s in score(counts)}
    assert (found["macro-F1 over types"].value, found["macro-F1 over types"].gold) == (50, 6)
    assert [t for t, s in found.items() if s.detail] == ["types/AID", "types/REJECT"]


def test_faults_are_counted_a_hundred_sentences() -> None:
    (found,) = score([{"false events in quiet sentences": Count(3, 150, 150)}])
    assert (found.value, found.falling, found.precision) == (2, True, None)


def test_equal_documents_leave_no_doubt_and_different_ones_do() -> None:
    (same,) = score([{"a": Count(1, 2, 2)}] * 20)
    assert (same.low, same.value, same.high) == (50, 50, 50)
    (mixed,) = score([{"a": Count(1, 1, 1)}] * 50 + [{"a": Count(0, 1, 1)}] * 50)
    # A share of one half over 100 documents: 1.96 · √(.25 / 100) = 9.8 points to each side.
    assert mixed.value == 50
    assert mixed.low == pytest.approx(40.2, abs=1.5)
    assert mixed.high == pytest.approx(59.8, abs=1.5)


def test_draws_are_the_same_each_time_and_draw_all_documents() -> None:
    assert np.array_equal(draws(7, 5), draws(7, 5))
    assert set(draws(7, 5).sum(axis=1)) == {7.0}


def test_an_interval_is_the_middle_95_percent() -> None:
    assert interval(np.linspace(0, 1, 1001)) == (2.5, 97.5)


def test_the_rate_of_nothing_is_none() -> None:
    assert rate(np.array([[0.0, 0.0, 0.0], [1.0, 2.0, 2.0]])).tolist() == [0.0, 0.5]


def test_families_are_scored_apart() -> None:
    good, bad = Comparison({"a": Count(1, 1, 1)}), Comparison({"a": Count(0, 1, 1)})
    found = by_family([("story", bad), ("digest", good), ("story", good)])
    assert {family: scores[0].value for family, scores in found.items()} == {"digest": 100, "story": 50}


def test_the_worst_confusions_come_first_with_a_few_examples() -> None:
    def mistake(gold: str, coded: str, number: int) -> Mistake:
        return Mistake("type", gold, coded, f"d{number}", "", "")

    mistakes = [mistake("AID", "AGREE", n) for n in range(2)] + [mistake("REJECT", "ACCUSE", n) for n in range(5)]
    first, second = confusions([*mistakes, mistake("A", "B", 0)], most=2, examples=3)
    assert (first.gold, first.times, [e.document for e in first.examples]) == ("REJECT", 5, ["d0", "d1", "d2"])
    assert (second.gold, second.times) == ("AID", 2)
