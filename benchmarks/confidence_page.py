"""The section of docs/accuracy.md on confidence, from benchmarks/confidence.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent / "confidence.json"
NAMES = {
    "event": "event (trigger and type)",
    "core": "core (type, actor and recipient together)",
    "attribution": "attribution (by)",
}

TEXT = """## Confidence

Each coded field has a confidence from 0 to 1: how likely it is right. It was fitted on bucket 1 and is scored here on bucket 0. `event` and `core` are
judged on all coded events, the other fields where trigger and type are right. *Error*: expected calibration error, how far confidence and the
share of right ones lie apart, over ten bins of equal size. *Skill*: Brier skill, how much smaller the squared error is than if the share of
right ones were said of all. *Kept*: the share of events that stays if only the surest are kept, so that 90 % of them are right.

"""

CURVES = """### What --min-confidence keeps

Percent of the coded events that stay with `--min-confidence` (which asks `core`), and percent of those whose type, actors and recipients are all right.

"""


def read(path: Path = FILE) -> Mapping[str, Any]:
    """The scores, nothing where they have not been measured."""
    if not path.is_file():
        return {}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def section(data: Mapping[str, Any]) -> str:
    """Tables of all fields and of what a threshold keeps."""
    if not data:
        return ""
    sets = data["sets"]
    made = ", ".join(f"{part} `{print_}`" for part, print_ in data["made_with"].items())
    return f"{TEXT}Scored with {made}.\n\n{fields(sets)}\n{CURVES}{curves(sets)}"


def fields(sets: Mapping[str, Any]) -> str:
    lines = ["| field | data | events | right | error | skill | kept |", "|---|---|---|---|---|---|---|"]
    for field in sets["all"]["fields"]:
        for name, one in sets.items():
            if field in one["fields"]:
                r = one["fields"][field]
                numbers = (
                    f"{r['events']:,} | {r['right']:.1f} | {r['error']:.3f} | {r['skill']:.3f} | {100 * r['kept']:.0f}"
                )
                lines.append(f"| {NAMES.get(field, field)} | {name} | {numbers} |")
    return "\n".join(lines) + "\n"


def curves(sets: Mapping[str, Any]) -> str:
    """One line a threshold, two numbers a set: kept, right."""
    points = {name: {least: (kept, right) for least, kept, right in one["curve"]} for name, one in sets.items()}
    thresholds = sorted({least for one in points.values() for least in one})
    lines = ["| at least | " + " | ".join(sets) + " |", "|---" * (len(sets) + 1) + "|"]
    for least in thresholds:
        cells = (f"{one[least][0]:.0f} → {one[least][1]:.0f}" if least in one else "" for one in points.values())
        lines.append(f"| {least:g} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
