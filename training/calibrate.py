"""Fit the confidence of each field on bucket 1: ``python training/calibrate.py [MODEL]``. Writes calibration.json.

The whole pipeline codes the reports of bucket 1, of which the reader has seen neither text nor labels. Each field that was coded
is right or wrong; a logistic regression learns to tell which from the numbers of ``polybius.coding.evidence``. How strongly it is
held back is chosen by cross-validation over reports. Run it after ``tune.py``, for every new reader.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from polybius.coding.calibration import ALWAYS, PACKAGED
from polybius.coding.evidence import Features, crowd, evidence
from polybius.coding.reports import settled
from polybius.evaluation.annotations import AnnotatedReport, read_all, split
from polybius.evaluation.confidence import FIELDS, verdicts
from polybius.evaluation.gold import from_annotated, from_reports
from polybius.run import Coder, load

HERE = Path(__file__).parent
BUCKET = 1
FOLDS = 5
PENALTIES = (1.0, 3.0, 10.0, 30.0, 100.0)
STEPS = 30
LEVEL = "level of "  # features of rows that come from another field
FEWEST = 15  # a feature that fewer rows have is left out

# Features by field; a name that ends in a blank stands for all that begin with it.
EVENT = (
    "event",
    "status",
    "rule",
    "one side",
    "no actor",
    "type ",
    "status ",
    "sentences",
    "words",
    "frames",
    "rivals",
)
HANGING = (
    "score",
    "arcs",
    "other clause",
    "modifies",
    "bounded",
    "hangs",
    "far",
    "below",
    "list",
    "open",
    "before",
    "long",
)
SIDES = (*EVENT, "actor", "actor ", "recipient", "recipient ")
WANTED: Mapping[str, tuple[str, ...]] = {
    "event": (*SIDES, "date", "place"),
    "core": SIDES,
    "status": EVENT,
    "actor": SIDES,
    "recipient": SIDES,
    "place": tuple(f"place {name}" for name in HANGING),
    "date": tuple(f"date {name}" for name in HANGING),
    "attribution": ("event", "status", "status ", "sentences", "words", "attribution ", "actor", "no actor"),
}
# Fields with few rows learn from others too how fillers hang on triggers; that of another field has a level of its own.
POOLED: Mapping[str, tuple[str, ...]] = {"date": ("place", "actor", "recipient")}

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """One coded event: the report that it is from, its numbers, and which fields are right."""

    report: int
    features: Features
    right: Mapping[str, bool]


def rows(coder: Coder, reports: Sequence[AnnotatedReport]) -> Iterator[Row]:
    """Code the reports and judge every event."""
    for number, report in enumerate(reports):
        gold = from_annotated(report, coder.parts.world.state_of)
        document = gold.document
        assert document is not None
        reading = coder.read(document)
        seen = coder.survey(document, reading)
        claims = coder.claims(document, reading, seen=seen)
        groundings = coder.ground(document, reading, claims, seen=seen)
        coded = from_reports(document, coder.report(document, reading, claims, groundings))
        around = crowd(reading)
        for claim, verdict in zip(settled(claims, groundings), verdicts(gold, coded), strict=True):
            yield Row(number, evidence(claim, reading, around, groundings, coder.parts.codebook), verdict)


def wanted(field: str, name: str) -> bool:
    wide = (*WANTED[field], LEVEL)
    return any(name == one or (one.endswith(" ") and name.startswith(one)) for one in wide)


def pooled(field: str, known: Sequence[Row]) -> Iterator[Row]:
    """Rows of other fields as if they were of this one."""
    for other in POOLED.get(field, ()):
        for row in (r for r in known if other in r.right and other in r.features):
            own = {field + name[len(other) :]: v for name, v in row.features.items() if name.startswith(f"{other} ")}
            yield Row(row.report, {**own, LEVEL + other: 1.0}, {field: row.right[other]})


def fitted(field: str, known: Sequence[Row]) -> dict[str, Any]:
    """The weights of one field, and how many rows they come from."""
    own = [r for r in known if field in r.right and (field in ALWAYS or field in r.features)]
    mine = [*own, *pooled(field, known)]
    counts: dict[str, int] = {}
    for row in mine:
        for name in filter(row.features.get, row.features):
            counts[name] = counts.get(name, 0) + 1
    names = sorted(name for name, n in counts.items() if n >= FEWEST and wanted(field, name))
    x = np.array([[row.features.get(name, 0.0) for name in names] for row in mine])
    y = np.array([row.right[field] for row in mine], dtype=np.float64)
    folds = np.array([row.report % FOLDS for row in mine])
    middle, scale = x.mean(0), np.maximum(x.std(0), 1e-6)
    z = (x - middle) / scale
    penalty = min(PENALTIES, key=lambda p: cross_loss(z, y, folds, p))
    bias, weights = regression(z, y, penalty)
    plain = weights / scale
    share = 100 * sum(r.right[field] for r in own) / len(own)
    print(f"{field:12} {len(own):5} rows, {share:5.1f} % right, penalty {penalty}")
    return {
        "bias": round(float(bias - plain @ middle), 4),
        "weights": {
            name: round(float(w), 4) for name, w in zip(names, plain, strict=True) if not name.startswith(LEVEL)
        },
        "rows": len(own),
    }


def regression(x: Array, y: Array, penalty: float) -> tuple[float, Array]:
    """Bias and weights of a logistic regression with an L2 penalty, by Newton's method."""
    full = np.hstack([np.ones((len(x), 1)), x])
    held = np.full(full.shape[1], penalty)
    held[0] = 1e-6
    weights = np.zeros(full.shape[1])
    for _ in range(STEPS):
        p = squash(full @ weights)
        slope = full.T @ (p - y) + held * weights
        bend = (full * (p * (1 - p))[:, None]).T @ full + np.diag(held)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return float(weights[0]), weights[1:]


def squash(values: Array) -> Array:
    result: Array = 1 / (1 + np.exp(-np.clip(values, -30, 30)))
    return result


def cross_loss(x: Array, y: Array, folds: npt.NDArray[np.int64], penalty: float) -> float:
    """The log loss on each fold with the weights of the others."""
    loss = 0.0
    for fold in range(FOLDS):
        bias, weights = regression(x[folds != fold], y[folds != fold], penalty)
        p = np.clip(squash(bias + x[folds == fold] @ weights), 1e-6, 1 - 1e-6)
        loss -= float((y[folds == fold] * np.log(p) + (1 - y[folds == fold]) * np.log(1 - p)).sum())
    return loss


def bucket(shared: Path, number: int) -> list[AnnotatedReport]:
    """The annotated reports of one bucket."""
    places = split(shared / "corpus" / "SPLIT.tsv")
    paths = sorted(p for p in (shared / "corpus").glob("*.txt") if p.name[0].islower())
    return [r for r in read_all(paths) if r.id in places and places[r.id][2] == number]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, nargs="?", help="folder of another reader than the packaged one")
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--out", type=Path, help="by default beside that reader, or the packaged file")
    args = parser.parse_args()
    coder = load(args.model)
    known = list(rows(coder, bucket(args.shared, BUCKET)))
    fields = {name: fitted(name, known) for name in FIELDS}
    out = args.out or (args.model / "calibration.json" if args.model else PACKAGED)
    data = {"reader": coder.parts.reader.fingerprint, "fields": fields}
    out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    print(f"{out}: {len(known)} events, reader {data['reader']}")


if __name__ == "__main__":
    main()
