"""Choose the thresholds of event triggers on bucket 1: ``python training/tune.py MODEL``. Writes them into reader.json.

Two numbers for all types, one for texts of one window and one for longer texts: thresholds of single types would be fitted
to a few dozen mentions each.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from scoring import score_frames

from polybius.evaluation.annotations import AnnotatedEvent, AnnotatedReport, read_all, split
from polybius.evaluation.counts import Count
from polybius.reader import Reader, load
from polybius.reader.atoms import split as split_atoms
from polybius.reader.atoms import windows
from polybius.records import Document, Frame, text_version

HERE = Path(__file__).parent
GRID = [k / 100 for k in range(20, 66, 3)]
KEYS = {True: "brief_threshold", False: "threshold"}
Read = tuple[str, bool, Sequence[Frame], Sequence[AnnotatedEvent]]


def read_bucket(model: Path, shared: Path) -> list[Read]:
    """(family, whether it is brief, all candidate frames, events) of the reports of bucket 1."""
    places = split(shared / "corpus" / "SPLIT.tsv")
    reader = load(model)
    reader.threshold = reader.brief_threshold = min(GRID)
    paths = sorted(p for p in (shared / "corpus").glob("*.txt") if p.name[0].islower())
    reports = [r for r in read_all(paths) if r.id in places and places[r.id][2] == 1]
    return [(places[r.id][0], brief(reader, r.text), frames(reader, r), r.events) for r in reports]


def brief(reader: Reader, text: str) -> bool:
    """Whether a text is read as one window."""
    return len(windows(split_atoms(text, reader.tokenizer))) == 1


def frames(reader: Reader, report: AnnotatedReport) -> Sequence[Frame]:
    return reader.read(Document(report.id, text_version(report.text), report.text)).frames


def f1_by_family(read: Iterable[Read], threshold: float) -> dict[str, float]:
    """Trigger+type F1 of each family, and of all mentions, when frames below the threshold are left out."""
    counts = {"all": Count()}
    for family, _, found, events in read:
        count = score_frames([f for f in found if f.score >= threshold], events).trigger_and_type
        for key in (family, "all"):
            counts[key] = counts.get(key, Count()) + count
    return {family: count.f1 for family, count in sorted(counts.items())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    args = parser.parse_args()
    read = read_bucket(args.model, args.shared)
    meta = json.loads((args.model / "reader.json").read_text(encoding="utf-8"))
    for is_brief, key in KEYS.items():
        meta[key] = best([r for r in read if r[1] == is_brief], key)
    (args.model / "reader.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def best(read: list[Read], name: str) -> float:
    """The threshold with the best F1 over all mentions, after a table of all."""
    table = {threshold: f1_by_family(read, threshold) for threshold in GRID}
    for threshold, row in table.items():
        print(name, threshold, {family: round(100 * f1, 1) for family, f1 in row.items()})
    chosen = max(table, key=lambda t: table[t]["all"])
    print(name, chosen)
    return chosen


if __name__ == "__main__":
    main()
