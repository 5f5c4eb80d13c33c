"""Where a teacher and the labels disagree: ``python training/disagreements.py TAUGHT.pt OUT.jsonl``, strongest first.

A line is a candidate for a wrong label, to be read and judged by a person: a *missing* event, where the teacher is sure of a
type that no label of the sentence has, or a *spurious* one, to whose words the teacher gives almost no probability of its type.
Only training reports that the teacher has read are listed (buckets 2 to 9 and our own), as they stand before
``corpus/patches.tsv``. The teacher has learnt from these same labels, so what it has taken over from them does not show: the
list is no cross-fit.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from data import TYPES, Builder, annotated, atom_range, make_labels
from train import HERE, tokenizer

from polybius.evaluation.annotations import AnnotatedReport, split
from polybius.reader import atoms as at

SURE, UNSURE = 0.5, 0.05  # probability of a missing type, at least; of a spurious one, at most
NEAR = 1  # words beside a trigger where its type counts as found


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place to look at; ``sentence`` counts from 1, ``trigger`` is in characters of the sentence."""

    kind: str  # missing or spurious
    type: str
    probability: float
    family: str
    report: str
    sentence: int
    trigger: tuple[int, int]

    @property
    def strength(self) -> float:
        return self.probability if self.kind == "missing" else 1 - self.probability


def probabilities(
    said: Mapping[str, Any], build: Builder, report: AnnotatedReport
) -> tuple[at.Atoms, np.ndarray] | None:
    """The atoms of a report and what the teacher says of each, (atoms, types); None where it has not read the report."""
    windows = build.raw(report.text)
    if any(w.key not in said for w in windows):
        return None
    return build.cut(report.text)[0], torch.cat([said[w.key][0] for w in windows]).float().numpy()


def candidates(report: AnnotatedReport, family: str, atoms: at.Atoms, types: np.ndarray) -> Iterator[Candidate]:
    """Every candidate of a report."""
    for number, (start, end) in enumerate(report.sentences, 1):
        words = atom_range(atoms, (start, end))
        if words is None:
            continue
        first, last = words
        events = [e for e in report.events if start <= e.trigger[0] < end]
        for k in set(range(len(TYPES))) - {TYPES.index(e.event) for e in events}:
            best = first + int(types[first : last + 1, k].argmax())
            trigger = int(atoms.starts[best]) - start, int(atoms.ends[best]) - start
            found = float(types[best, k])
            if found >= SURE:
                yield Candidate("missing", TYPES[k], round(found, 3), family, report.id, number, trigger)
        for e in events:
            span = atom_range(atoms, e.trigger)
            if span is None:
                continue
            near = slice(max(first, span[0] - NEAR), min(last, span[1] + NEAR) + 1)
            found = float(types[near, TYPES.index(e.event)].max())
            if found <= UNSURE:
                trigger = e.trigger[0] - start, e.trigger[1] - start
                yield Candidate("spurious", e.event, round(found, 3), family, report.id, number, trigger)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("taught", type=Path, help="what teach.py wrote")
    parser.add_argument("out", type=Path)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    args = parser.parse_args()
    reports, buckets = annotated(args.shared, sorted((HERE / "corpus").glob("*.txt")))
    families = {i: family for i, (family, _, _) in split(args.shared / "corpus" / "SPLIT.tsv").items()}
    said = torch.load(args.taught, weights_only=True)
    build = Builder(tokenizer(), make_labels([]))
    found: list[Candidate] = []
    for report in reports:
        heard = probabilities(said, build, report) if buckets.get(report.id, 2) >= 2 else None
        if heard is not None:
            found += candidates(report, families.get(report.id, "own"), *heard)
    found.sort(key=lambda c: -c.strength)
    args.out.write_text("".join(json.dumps(asdict(c)) + "\n" for c in found), encoding="utf-8")


if __name__ == "__main__":
    main()
