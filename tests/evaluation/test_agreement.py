"""Agreement of annotators on answers worked out by hand."""

from __future__ import annotations

import pytest
from texts import mark, party, text

from polybius.evaluation.agreement import agreement, alpha, masi, unequal


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [
        ("a", "a", 0),
        ("", "", 0),
        ("", "a", 1),
        ("a", "ab", 1 - 1 / 2 * 2 / 3),
        ("ab", "bc", 1 - 1 / 3 * 1 / 3),
        ("abc", "ab", 1 - 2 / 3 * 2 / 3),
        ("a", "b", 1),
    ],
)
def test_masi_distance(left: str, right: str, distance: float) -> None:
    assert masi(frozenset(left), frozenset(right)) == pytest.approx(distance)
    assert masi(frozenset(right), frozenset(left)) == pytest.approx(distance)


def test_alpha_of_krippendorffs_own_example() -> None:
    # Ten units, two observers, two values: the example of his paper of 2011, alpha = .095.
    units = list(zip([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0], strict=True))
    assert alpha(units, unequal) == pytest.approx(0.095, abs=0.0005)


def test_alpha_of_sets_worked_out_by_hand() -> None:
    # Observed: ordered pairs that differ 2·2/3 + 2·1 = 10/3. All eight values: 3 × a, 1 × ab, 3 × nothing, 1 × b; their
    # ordered pairs differ by 2 · (3·2/3 + 9 + 3 + 3 + 2/3 + 3) = 124/3. Alpha = 1 − (10/3 · 7) / (124/3) = 54/124.
    units = [(frozenset(a), frozenset(b)) for a, b in (("a", "a"), ("a", "ab"), ("", ""), ("b", ""))]
    assert alpha(units, masi) == pytest.approx(54 / 124)


def test_alpha_leaves_out_what_one_alone_has_valued_and_says_nothing_without_variation() -> None:
    units = [(0, 1), (0, 0), (1, 1)]
    assert alpha([*units, (1,)], unequal) == alpha(units, unequal)
    assert alpha([(1, 1), (1, 1)], unequal) is None


def test_three_observers() -> None:
    # Units (a, a, b) and (b, b, b): observed 4 / 2 = 2 over 6 values, expected 2·2·4 / (6·5): alpha = 1 − 2·5/16.
    assert alpha([("a", "a", "b"), ("b", "b", "b")], unequal) == pytest.approx(1 - 10 / 16)


def test_two_annotators_of_a_text() -> None:
    sentences = ((0, 20), (21, 40), (41, 60))
    one = text(
        mark("AID", (0, 4), "actual", ("food",), actor=[party((5, 9), "", "NOR", "GOV")]),
        mark("REJECT", (21, 25)),
        sentences=sentences,
    )
    other = text(
        mark("AID", (0, 4), "future", ("food",), actor=[party((5, 9), "", "SWE", "GOV")]),
        mark("ACCUSE", (21, 25)),
        sentences=sentences,
    )
    found = {(a.what, a.measure): (a.value, a.units) for a in agreement([(one, other)])}
    # Sentences: AID AID, REJECT ACCUSE, nothing nothing. Observed 2, expected 2 · (2·1 + 2·1 + 2·2 + 1 + 2·1 + 2·1) = 26.
    assert found["types of a sentence", "alpha"] == (pytest.approx(1 - 2 * 5 / 26), 3)
    # Of the two events that both found: AID AID, REJECT ACCUSE. Observed 2, expected 2 · (2 + 2 + 1) = 10.
    assert found["type of an event", "alpha"] == (pytest.approx(1 - 2 * 3 / 10), 2)
    assert found["status", "alpha"] == (pytest.approx(0), 1)
    assert found["modes", "alpha"] == (None, 1)
    assert found["actor code", "alpha"] == (pytest.approx(0), 1)
    assert found["actor sector", "alpha"] == (None, 1)
    assert found["trigger and type", "F1"] == (pytest.approx(0.5), 2)
    assert found["actor (span)", "F1"] == (1, 1)
