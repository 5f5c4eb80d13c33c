"""Measures of coreference on an example worked out by hand."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from clusters import MEASURES, Tally, assignment, b_cubed, ceaf_e, conll, muc

KEY = [frozenset("abc"), frozenset("defg")]
RESPONSE = [frozenset("ab"), frozenset("cd"), frozenset("fghi")]


def test_muc_counts_links_that_survive() -> None:
    # {a b c} is cut into ab|c: 2-1 of 2 links; {d e f g} into d|e|fg: 1 of 3. Backwards ab keeps 1 of 1, cd 0 of 1, fghi 1 of 3.
    assert muc(KEY, RESPONSE) == Tally(2, 5, 2, 5)


def test_b_cubed_counts_each_mention() -> None:
    # Recall a, b: 2/3, c: 1/3, d: 1/4, f, g: 2/4. Precision a, b: 1, c, d: 1/2, f, g: 2/4.
    tally = b_cubed(KEY, RESPONSE)
    assert tally.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 / 4 + 1 / 2 + 1 / 2) / 7)
    assert tally.precision == pytest.approx((1 + 1 + 1 / 2 + 1 / 2 + 1 / 2 + 1 / 2) / 8)


def test_ceaf_aligns_each_chain_once() -> None:
    # The best alignment is abc with ab (2·2/5) and defg with fghi (2·2/8).
    tally = ceaf_e(KEY, RESPONSE)
    assert (tally.recall, tally.precision) == (pytest.approx(1.3 / 2), pytest.approx(1.3 / 3))


def test_the_mean_of_a_perfect_response_is_one_and_of_an_empty_one_nought() -> None:
    assert conll([measure(KEY, KEY) for measure in MEASURES.values()]) == pytest.approx(1)
    assert conll([measure(KEY, []) for measure in MEASURES.values()]) == 0


@pytest.mark.parametrize("shape", [(1, 4), (4, 4), (5, 3), (3, 5)])
def test_the_alignment_is_the_best_of_all(shape: tuple[int, int]) -> None:
    gain = np.random.default_rng(sum(shape)).random(shape)
    small = gain if shape[0] <= shape[1] else gain.T
    best = max(
        sum(small[i, j] for i, j in enumerate(order)) for order in permutations(range(small.shape[1]), small.shape[0])
    )
    pairs = assignment(gain)
    assert sum(gain[i, j] for i, j in pairs) == pytest.approx(best)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == min(shape)
