"""Choose the threshold of event triggers on bucket 1: ``python training/tune.py MODEL``. Writes it into reader.json.

One number for all types and families: thresholds of single types would be fitted to a few dozen mentions each.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from annotations import AnnotatedEvent, read_all, split
from scoring import Count, score_frames

from polybius.reader import load
from polybius.records import Document, Frame, text_version

HERE = Path(__file__).parent
GRID = [k / 100 for k in range(20, 66, 3)]
Read = tuple[str, Sequence[Frame], Sequence[AnnotatedEvent]]


def read_bucket(model: Path, shared: Path) -> list[Read]:
    """(family, all candidate frames, events) of the reports of bucket 1."""
    places = split(shared / "corpus" / "SPLIT.tsv")
    reader = load(model)
    reader.threshold = min(GRID)
    paths = sorted(p for p in (shared / "corpus").glob("*.txt") if p.name[0].islower())
    reports = [r for r in read_all(paths) if r.id in places and places[r.id][2] == 1]
    return [
        (places[r.id][0], reader.read(Document(r.id, text_version(r.text), r.text)).frames, r.events) for r in reports
    ]


def f1_by_family(read: Iterable[Read], threshold: float) -> dict[str, float]:
    """Trigger+type F1 of each family when frames below the threshold are left out."""
    counts: dict[str, Count] = {}
    for family, frames, events in read:
        kept = [f for f in frames if f.score >= threshold]
        counts[family] = counts.get(family, Count()) + score_frames(kept, events).trigger_and_type
    return {family: count.f1 for family, count in sorted(counts.items())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    args = parser.parse_args()
    read = read_bucket(args.model, args.shared)
    table = {threshold: f1_by_family(read, threshold) for threshold in GRID}
    for threshold, row in table.items():
        print(threshold, {family: round(100 * f1, 1) for family, f1 in row.items()})
    best = max(table, key=lambda t: sum(table[t].values()))
    meta = json.loads((args.model / "reader.json").read_text(encoding="utf-8"))
    meta["threshold"] = best
    (args.model / "reader.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print("threshold", best)


if __name__ == "__main__":
    main()
