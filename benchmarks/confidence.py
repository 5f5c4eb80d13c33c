"""Is confidence calibrated? Scores it on bucket 0 of the annotated reports, by totals only, and writes benchmarks/confidence.json.

usage: python benchmarks/confidence.py [--model DIR] [--shared DIR] [--bucket N] [--out FILE]

Of each field: expected calibration error, Brier skill over always saying the share of right ones, and the share of events that can
be kept so that 90 % of them are right. The calibration itself was fitted on bucket 1 (training/calibrate.py).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from polybius.evaluation.annotations import read_all, split
from polybius.evaluation.confidence import CORE, Judged, brier_skill, collected, coverage, expected_error
from polybius.evaluation.gold import MarkedText, from_annotated, from_reports
from polybius.run import Coder, load

HERE = Path(__file__).resolve().parent
OUT = HERE / "confidence.json"
PRECISION = 0.9
TARGETS = {"error": 0.06, "skill": 0.15, "kept": 0.5}  # the last for core of digests
LEAST = tuple(k / 10 for k in range(10))
Scored = tuple[MarkedText, MarkedText, list[dict[str, float]]]


def coded(coder: Coder, shared: Path, bucket: int) -> Iterator[tuple[str, Scored]]:
    """The family of each report of a bucket, its gold, what was coded, and the confidence of each event."""
    places = split(shared / "corpus" / "SPLIT.tsv")
    paths = sorted(p for p in (shared / "corpus").glob("*.txt") if p.name[0].islower())
    for report in read_all(paths):
        if report.id in places and places[report.id][2] == bucket:
            gold = from_annotated(report, coder.parts.world.state_of, score_only=True)
            assert gold.document is not None
            made = coder.reports(gold.document)
            yield places[report.id][0], (gold, from_reports(gold.document, made), [dict(r.confidence) for r in made])


def scores(texts: Sequence[Scored]) -> dict[str, Any]:
    """Everything about one family."""
    found = collected(texts)
    fields = {name: row(judged) for name, judged in found.items() if judged}
    return {"texts": len(texts), "fields": fields, "curve": curve_of(found[CORE])}


def row(judged: Sequence[Judged]) -> dict[str, float]:
    return {
        "events": len(judged),
        "right": round(100 * sum(j.right for j in judged) / len(judged), 1),
        "error": round(expected_error(judged), 3),
        "skill": round(brier_skill(judged), 3),
        "kept": round(coverage(judged, PRECISION), 3),
    }


def curve_of(judged: Sequence[Judged]) -> list[list[float]]:
    """(--min-confidence, share of events that stay, share of those that is right), in percent."""
    points = []
    for least in LEAST:
        stay = [j for j in judged if j.chance >= least]
        if stay:
            points.append(
                [least, round(100 * len(stay) / len(judged), 1), round(100 * sum(j.right for j in stay) / len(stay), 1)]
            )
    return points


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="folder of another reader than the packaged one")
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--bucket", type=int, default=0)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args(arguments)
    coder = load(options.model)
    texts = list(coded(coder, options.shared, options.bucket))
    families = {name: [t for f, t in texts if f == name] for name in sorted({f for f, _ in texts})}
    found = {name: scores(mine) for name, mine in {"all": [t for _, t in texts], **families}.items()}
    for name, one in found.items():
        print(f"\n{name}, bucket {options.bucket}: {one['texts']} texts")
        for field, values in one["fields"].items():
            print(f"  {field:12}", "  ".join(f"{key} {value}" for key, value in values.items()))
    data = {"bucket": options.bucket, "made_with": dict(coder.manifest.fingerprints), "sets": found}
    options.out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
