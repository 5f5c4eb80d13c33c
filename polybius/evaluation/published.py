"""The measured accuracy that comes with the package: ``just accuracy`` writes the file, nobody else does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polybius.evaluation.floors import FloorSet

FILE = Path(__file__).parent / "published.json"
ANNOTATED = "annotated "
TENTH = ", a tenth"
HOW = (
    "F1 or accuracy in percent, of the final records that the whole pipeline makes of raw text, with 95 % intervals (bootstrap over "
    "documents, 1,000 resamples), on annotated reports that were held out. The labels were made by language-model coders "
    "after written guidelines and nobody else has checked them."
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One family of texts: how many, with which parts they were coded, score and interval of each task, and the budget.

    ``budget`` says of 100 gold events how many are right in everything, and what is first wrong with the others.
    """

    family: str
    documents: int
    made_with: Mapping[str, str]
    scores: Mapping[str, tuple[float, float, float]]
    budget: Mapping[str, float]


def published() -> tuple[Measured, ...]:
    """What was measured of this release."""
    record = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(_measured(one) for one in record["families"])


def as_json(pinned: Iterable[FloorSet]) -> str:
    """The file's text, from the scores that stand beside the floors."""
    whole = [one for one in pinned if one.name.startswith(ANNOTATED) and not one.name.endswith(TENTH)]
    return json.dumps({"how": HOW, "families": [_record(one) for one in whole]}, indent=1, ensure_ascii=False) + "\n"


def _record(one: FloorSet) -> dict[str, Any]:
    return {
        "family": one.name.removeprefix(ANNOTATED),
        "documents": one.documents,
        "made_with": dict(one.made_with),
        "scores": {task: [floor.score, floor.low, floor.high] for task, floor in one.floors.items()},
        "budget": {
            task.partition("/")[2]: score for task, (score, _) in one.details.items() if task.startswith("budget/")
        },
    }


def _measured(record: Mapping[str, Any]) -> Measured:
    scores = {task: (score, low, high) for task, (score, low, high) in record["scores"].items()}
    return Measured(record["family"], record["documents"], record["made_with"], scores, record["budget"])
