"""Rows of fields that learn from others, and the regression that weighs them."""

from __future__ import annotations

import calibrate
import numpy as np
import pytest
from calibrate import LEVEL, Row


def test_rows_of_other_fields_stand_in_for_a_field_at_a_level_of_their_own() -> None:
    row = Row(3, {"place": 1.0, "place score": 2.0, "place arcs": 1.0, "event": 0.7}, {"place": False, "event": True})
    (made,) = calibrate.pooled("date", [row])
    assert made == Row(3, {"date score": 2.0, "date arcs": 1.0, f"{LEVEL}place": 1.0}, {"date": False})
    assert list(calibrate.pooled("place", [row])) == []


def test_a_field_wants_its_features_and_the_level_of_borrowed_rows() -> None:
    assert calibrate.wanted("date", "date arcs")
    assert calibrate.wanted("date", f"{LEVEL}place")
    assert calibrate.wanted("event", "type AID")
    assert not calibrate.wanted("date", "type AID")


def test_weights_of_levels_are_not_kept(capsys: pytest.CaptureFixture[str]) -> None:
    def rows(role: str, right: bool, score: float) -> list[Row]:
        return [Row(k, {role: 1.0, f"{role} score": score + k / 100}, {role: right}) for k in range(20)]

    known = [
        *rows("date", True, 2.0),
        *rows("date", False, -2.0),
        *rows("place", True, 1.0),
        *rows("place", False, 0.5),
    ]
    found = calibrate.fitted("date", known)
    assert set(found["weights"]) == {"date score"}
    assert found["weights"]["date score"] > 0
    assert found["rows"] == 40
    assert "40 rows,  50.0 % right" in capsys.readouterr().out


def test_the_regression_finds_the_odds_of_two_groups() -> None:
    x, y = np.array([[0.0], [0.0], [0.0], [0.0], [1.0], [1.0], [1.0], [1.0]]), np.array([1, 0, 0, 0, 1, 1, 1, 0.0])
    bias, weights = calibrate.regression(x, y, 1e-9)
    assert calibrate.squash(np.array([bias, bias + weights[0]])) == pytest.approx([0.25, 0.75], abs=1e-3)
