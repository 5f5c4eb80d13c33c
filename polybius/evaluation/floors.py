"""Pinned floors: what a score may not fall below. A floor is the lower end of the interval of the score that set it.

A set of scores is compared only on the same gold. Floors rise with the intervals and never sink unless told to. Tasks with a
slash in their name (one type, one part of the error budget) are details: they are kept, but have no floor.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from polybius.evaluation.scores import Score

Verdict = Literal["holds", "below its floor", "not pinned", "not scored", "other gold"]
FAILS: frozenset[Verdict] = frozenset({"below its floor", "not pinned", "not scored", "other gold"})
SLACK = 0.005  # scores are rounded to two decimals


@dataclass(frozen=True, slots=True)
class Floor:
    """A pinned score with its interval; ``floor`` is the bound, from above where less is better."""

    floor: float
    score: float
    low: float
    high: float
    gold: int
    falling: bool = False

    def holds(self, score: float) -> bool:
        return score <= self.floor + SLACK if self.falling else score >= self.floor - SLACK


@dataclass(frozen=True, slots=True)
class ScoreSet:
    """Scores of one data set with what they were made of: digest of the gold, fingerprints of the parts."""

    name: str
    documents: int
    digest: str
    made_with: Mapping[str, str]
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class FloorSet:
    """The pinned floors of one data set."""

    name: str
    documents: int
    digest: str
    made_with: Mapping[str, str]
    floors: Mapping[str, Floor] = field(default_factory=dict)
    details: Mapping[str, tuple[float, int]] = field(default_factory=dict)  # score and number of gold items


Pinned = Mapping[str, FloorSet]


@dataclass(frozen=True, slots=True)
class Line:
    """What the gate says of one score. ``pinned`` or ``now`` is None where there is none."""

    name: str
    task: str
    verdict: Verdict
    pinned: Floor | None
    now: Score | None

    @property
    def fails(self) -> bool:
        return self.verdict in FAILS


def check(pinned: Pinned, sets: Iterable[ScoreSet]) -> list[Line]:
    """Compare each score with its floor. Pinned sets that were not scored are for the caller to name."""
    return [line for one in sets for line in _check_set(pinned.get(one.name), one)]


def _check_set(pinned: FloorSet | None, one: ScoreSet) -> list[Line]:
    floors = pinned.floors if pinned else {}
    now = {score.task: score for score in one.scores if not score.detail}
    same = pinned is not None and pinned.digest == one.digest
    tasks = list(dict.fromkeys((*floors, *now)))
    return [Line(one.name, t, _verdict(floors.get(t), now.get(t), same), floors.get(t), now.get(t)) for t in tasks]


def _verdict(floor: Floor | None, score: Score | None, same_gold: bool) -> Verdict:
    if floor is None:
        return "not pinned"
    if score is None:
        return "not scored"
    if not same_gold:
        return "other gold"
    return "holds" if floor.holds(score.value) else "below its floor"


def pin(pinned: Pinned, sets: Iterable[ScoreSet], sink: bool = False) -> tuple[dict[str, FloorSet], list[str]]:
    """The new floors, and the names of those that would have to sink. Without ``sink`` these stay as they are."""
    out, refused = dict(pinned), []
    for one in sets:
        old = pinned.get(one.name)
        floors = dict(old.floors) if old and not sink else {}
        for score in (s for s in one.scores if not s.detail):
            if _drops(floors.get(score.task), score) and not sink:
                refused.append(f"{one.name}: {score.task}")
            else:
                floors[score.task] = _raised(floors.get(score.task), score, sink)
        out[one.name] = FloorSet(one.name, one.documents, one.digest, one.made_with, floors, _details(one))
    return out, refused


def _details(one: ScoreSet) -> dict[str, tuple[float, int]]:
    return {score.task: (score.value, score.gold) for score in one.scores if score.detail}


def _drops(old: Floor | None, score: Score) -> bool:
    return old is not None and not old.holds(score.value)


def _raised(old: Floor | None, score: Score, sink: bool) -> Floor:
    """The floor of a score: as high as the old one, unless it may sink."""
    bound = score.high if score.falling else score.low
    new = Floor(bound, score.value, score.low, score.high, score.gold, score.falling)
    if old is None or sink:
        return new
    best = min(old.floor, bound) if score.falling else max(old.floor, bound)
    return replace(new, floor=best)


# --- the file ------------------------------------------------------------------------------------------------------

HEAD = "# Written by `just gate --pin`. Percentages; a floor is the lower end of the 95 % interval of the score that set it.\n"


def read_floors(path: Path) -> dict[str, FloorSet]:
    """The floors of a file, none where there is none."""
    if not path.is_file():
        return {}
    found = tomllib.loads(path.read_text(encoding="utf-8")).get("set", [])
    return {one["name"]: _set(one) for one in found}


def _set(one: Mapping[str, Any]) -> FloorSet:
    floors = {task: Floor(**values) for task, values in one["floors"].items()}
    details = {task: (score, gold) for task, (score, gold) in one.get("details", {}).items()}
    return FloorSet(one["name"], one["documents"], one["digest"], one["made_with"], floors, details)


def write_floors(path: Path, pinned: Pinned) -> None:
    """Write floors as TOML, sets in the order of their names."""
    path.write_text(HEAD + "".join(_toml(pinned[name]) for name in sorted(pinned)), encoding="utf-8")


def _toml(one: FloorSet) -> str:
    made = ", ".join(f"{key} = {json.dumps(value)}" for key, value in one.made_with.items())
    lines = [
        "\n[[set]]",
        f"name = {json.dumps(one.name, ensure_ascii=False)}",
        f"documents = {one.documents}",
        f'digest = "{one.digest}"',
        f"made_with = {{ {made} }}",
        "[set.floors]",
        *(f"{json.dumps(task, ensure_ascii=False)} = {_inline(floor)}" for task, floor in one.floors.items()),
        "[set.details]",
        *(f"{json.dumps(task)} = [{score}, {gold}]" for task, (score, gold) in one.details.items()),
    ]
    return "\n".join(lines) + "\n"


def _inline(floor: Floor) -> str:
    falling = ", falling = true" if floor.falling else ""
    return (
        f"{{ floor = {floor.floor}, score = {floor.score}, low = {floor.low}, high = {floor.high}, "
        f"gold = {floor.gold}{falling} }}"
    )
