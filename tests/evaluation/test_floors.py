"""Floors: what holds, what fails, that they only rise, and that the file gives them back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from polybius.evaluation.floors import Floor, FloorSet, ScoreSet, check, pin, read_floors, write_floors
from polybius.evaluation.scores import Score

RISING, FALLING = "status", "false events in quiet sentences"


def scores(value: float, width: float = 2.0, task: str = RISING) -> ScoreSet:
    found = (Score(task, value, value - width, value + width, 100), Score("types/AID", value, 0, 0, 9))
    return ScoreSet("digests “a”", 10, "abcd", {"reader": "r1"}, found)


def pinned(value: float, task: str = RISING) -> dict[str, FloorSet]:
    return pin({}, [scores(value, task=task)])[0]


def verdicts(floors: dict[str, FloorSet], now: ScoreSet) -> list[str]:
    return [line.verdict for line in check(floors, [now])]


def test_a_floor_is_the_lower_end_of_the_interval() -> None:
    floor = pinned(80)["digests “a”"].floors[RISING]
    assert (floor.floor, floor.score, floor.low, floor.high, floor.gold) == (78, 80, 78, 82, 100)


@pytest.mark.parametrize(("value", "verdict"), [(90, "holds"), (78, "holds"), (77.9, "below its floor")])
def test_scores_must_reach_their_floor(value: float, verdict: str) -> None:
    assert verdicts(pinned(80), scores(value)) == [verdict]


@pytest.mark.parametrize(("value", "verdict"), [(1, "holds"), (5, "holds"), (5.1, "below its floor")])
def test_where_less_is_better_the_floor_is_a_ceiling(value: float, verdict: str) -> None:
    assert verdicts(pinned(3, FALLING), scores(value, task=FALLING)) == [verdict]


def test_scores_of_other_gold_or_without_a_floor_or_that_are_gone_fail() -> None:
    assert verdicts(pinned(80), replace(scores(90), digest="other")) == ["other gold"]
    assert verdicts({}, scores(90)) == ["not pinned"]
    assert verdicts(pinned(80), replace(scores(90), scores=())) == ["not scored"]
    assert all(line.fails for line in check({}, [scores(90)]))


def test_floors_rise_with_the_interval_and_never_sink_by_themselves() -> None:
    floors = pinned(80)
    higher, _ = pin(floors, [scores(85)])
    assert higher["digests “a”"].floors[RISING].floor == 83
    # A lower score above the floor is kept as what was measured; the floor stays.
    lower, refused = pin(floors, [scores(79)])
    assert (lower["digests “a”"].floors[RISING].floor, lower["digests “a”"].floors[RISING].score) == (78, 79)
    assert refused == []
    kept, refused = pin(floors, [scores(70)])
    assert kept["digests “a”"].floors[RISING] == floors["digests “a”"].floors[RISING]
    assert refused == ["digests “a”: status"]


def test_a_floor_sinks_when_told_to() -> None:
    sunk, refused = pin(pinned(80), [scores(70)], sink=True)
    assert (sunk["digests “a”"].floors[RISING].floor, refused) == (68, [])


def test_ceilings_fall_only() -> None:
    floors, refused = pin(pinned(3, FALLING), [scores(2, task=FALLING)])
    assert (floors["digests “a”"].floors[FALLING].floor, refused) == (4, [])
    assert pin(pinned(3, FALLING), [scores(9, task=FALLING)])[1] == [f"digests “a”: {FALLING}"]


def test_parts_of_a_score_are_kept_without_a_floor() -> None:
    one = pinned(80)["digests “a”"]
    assert (list(one.floors), one.details) == ([RISING], {"types/AID": (80, 9)})


def test_the_file_gives_back_what_was_written(tmp_path: Path) -> None:
    floors = {
        **pinned(80),
        "b": FloorSet("b", 1, "d", {"reader": "x", "codebook": "y"}, {"t": Floor(1, 2, 1, 3, 4, True)}),
    }
    write_floors(tmp_path / "floors.toml", floors)
    assert read_floors(tmp_path / "floors.toml") == floors
    assert read_floors(tmp_path / "none.toml") == {}
