"""Confidence in a run: reports that are not sure enough are left out, and doctor tells a calibration of another reader."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import make_coder

from polybius.coding import Calibration
from polybius.coding.calibration import Weights
from polybius.run import Coder, Setup
from polybius.run.checks import run_checks

TEXT = "Chad met Mali. Chad attacked Mali."


def coder(least: float, bias: float) -> Coder:
    weights = {"core": Weights(bias, {"type ASSAULT": 2.0})}
    parts = replace(make_coder().parts, calibration=Calibration("fake", weights, "f1"))
    return Coder(parts, Setup(min_confidence=least))


def test_reports_below_the_least_confidence_are_left_out() -> None:
    assert [r.event for r in coder(0.0, 0.0).code(TEXT)] == ["CONSULT", "ASSAULT"]
    assert [r.event for r in coder(0.6, 0.0).code(TEXT)] == ["ASSAULT"]
    assert coder(0.6, -5.0).code(TEXT) == []


def test_the_stamp_tells_what_was_left_out_and_ids_do_not() -> None:
    every, some = coder(0.0, 0.0), coder(0.6, 0.0)
    assert every.stamp != some.stamp
    assert every.code(TEXT)[1].id == some.code(TEXT)[0].id == make_coder().code(TEXT)[1].id


def test_a_text_in_which_nobody_speaks_has_no_attributions() -> None:
    assert make_coder().attributions(TEXT) == ()


@pytest.mark.parametrize(("reader", "doubtful"), [("r1", False), ("r2", True)])
def test_doctor_warns_of_a_calibration_of_another_reader(tmp_path: Path, reader: str, doubtful: bool) -> None:
    (tmp_path / "reader.json").write_text(json.dumps({"fingerprint": "r1"}))
    fields = {"core": {"bias": 0, "weights": {}}}
    (tmp_path / "calibration.json").write_text(json.dumps({"reader": reader, "fields": fields}))
    check = next(c for c in run_checks(Setup(model=tmp_path)) if c.name == "calibration")
    assert (check.good, check.doubtful) == (True, doubtful)
    assert ("training/calibrate.py" in check.found) == doubtful
