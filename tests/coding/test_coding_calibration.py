"""Confidence: what it is made of, and that it decides nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hand import CODEBOOK, Story

from polybius.coding import Calibration, calibration_of, load_calibration, reports
from polybius.coding.calibration import ALWAYS, PACKAGED, Weights
from polybius.coding.evidence import crowd, evidence, in_tree
from polybius.coding.tree import grow
from polybius.records import Claim, Filler, Groundings, Span
from polybius.report import Report

STRIKE = """
Chad Chad PROPN 2 nsubj
bombed bomb VERB 0 root VerbForm=Fin
Mali Mali PROPN 2 obj
"""
STORY = Story([STRIKE])
FRAME = STORY.frame("bombed", "ASSAULT", 0.8, actor=[("Chad", 0.7)], recipient=[("Mali", 0.9)])
KNOWN = Calibration(
    "r1",
    {
        "event": Weights(0.0, {"event": 1.0}),
        "core": Weights(0.0, {}),
        "actor": Weights(0.0, {"actor score": 1.0}),
        "place": Weights(0.0, {}),
    },
    "f1",
)


def coded(calibration: Calibration | None) -> Report:
    reading = STORY.reading(FRAME)
    (made,) = reports(
        STORY.document, reading, STORY.claims(FRAME), Groundings(), CODEBOOK, "stamp", calibration
    )  # fmt: skip
    return made


def test_weights_make_chances_of_scores_and_a_field_without_fillers_has_none() -> None:
    # weight 1 and no bias: the log-odds of the score give the score back
    assert dict(coded(KNOWN).confidence) == {"event": 0.8, "core": 0.5, "actor": 0.7}


def test_type_and_sides_together_are_no_surer_than_the_type() -> None:
    sure = replace(KNOWN, fields={**KNOWN.fields, "core": Weights(9.0, {})})
    assert dict(coded(sure).confidence)["core"] == 0.8


def test_without_a_calibration_confidence_is_the_readers_own() -> None:
    (claim,) = STORY.claims(FRAME)
    assert coded(None).confidence == claim.confidence == coded(Calibration()).confidence


def test_a_calibration_changes_nothing_but_confidence() -> None:
    plain = coded(None)
    assert replace(coded(KNOWN), confidence=plain.confidence) == plain


def test_evidence_is_of_the_weakest_filler() -> None:
    event = next(name for name, kind in CODEBOOK.types.items() if kind.recipient and name != "CONSULT")
    frame = STORY.frame("bombed", event, actor=[("Chad", 0.9), ("Mali", 0.2)])
    (claim,) = STORY.claims(replace(frame, recipient=()))
    reading = STORY.reading(frame)
    found = evidence(claim, reading, crowd(reading), Groundings(), CODEBOOK)
    assert found["actor score"] < 0 < found["event"]
    assert (found["actor list"], found["one side"], found["actor open"]) == (1, 1, 1)
    assert "place" not in found


def test_a_file_is_read_and_has_a_fingerprint(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps({"reader": "r9", "fields": {"event": {"bias": 1, "weights": {"rule": -2}}}}))
    found = load_calibration(path)
    assert (found.reader, found.fields["event"].of["rule"], len(found.fingerprint)) == ("r9", -2, 16)
    assert calibration_of(tmp_path) == found
    assert calibration_of(tmp_path / "none") == load_calibration(PACKAGED)


@pytest.mark.parametrize("content", ["", "[]", '{"reader": "r"}', '{"reader": "r", "fields": {"event": {}}}'])
def test_a_file_of_another_form_is_told_with_its_place(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content)
    with pytest.raises(ValueError, match=r"bad\.json: no calibration"):
        load_calibration(path)


def test_the_packaged_file_has_a_chance_for_all_that_is_always_there() -> None:
    assert set(ALWAYS) < set(load_calibration().fields)


HANGING = """
Lula Lula PROPN 2 nsubj
met meet VERB 0 root VerbForm=Fin
Xi Xi PROPN 2 obj
since since ADP 5 case
May May PROPN 2 obl
after after SCONJ 8 mark
he he PRON 8 nsubj
left leave VERB 2 advcl VerbForm=Fin
Rome Rome PROPN 8 obj
"""


def test_how_a_filler_hangs_on_its_trigger() -> None:
    story = Story([HANGING])
    tree = grow(story.reading().sentences[0])

    def found(role: str, words: str) -> dict[str, float]:
        start = story.text.index(words)
        trigger = story.text.index("met")
        claim = Claim(0, Span(trigger, trigger + 3), "CONSULT")
        return in_tree(role, claim, Filler(Span(start, start + len(words))), tree)

    date = found("date", "May")
    assert (date["date hangs"], date["date below"], date["date arcs"], date["date bounded"]) == (1.0, 1.0, 0.0, 1.0)
    place = found("place", "Rome")
    assert (place["place hangs"], place["place arcs"], place["place other clause"]) == (0.0, 1.0, 1.0)
