"""PLOVER to CAMEO: root, base and full code as far as type, mode and context determine them, and what is lost."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from polybius.codebook.load import fingerprint, packaged

TABLE = "plover_to_cameo.tsv"
Line = tuple[str, str]  # code and note


@dataclass(frozen=True, slots=True)
class Cameo:
    """A CAMEO code: ``root`` has two digits, ``base`` three, ``full`` is the finest that is determined.

    What is not determined is None. ``loss`` says in words what the code does not carry, "" where nothing is lost.
    """

    root: str | None
    base: str | None
    full: str | None
    loss: str


@dataclass(frozen=True, slots=True)
class ToCameo:
    """The table, by type, mode and context; mode and context are "" where a line has none."""

    lines: Mapping[tuple[str, str, str], Line]
    fingerprint: str


@cache
def to_cameo() -> ToCameo:
    """The packaged table; ``fingerprint`` is its version."""
    content = packaged(TABLE).read_bytes()
    rows = [line for line in content.decode("utf-8").splitlines() if not line.startswith("#")]
    lines = {(r["type"], r["mode"], r["context"]): (r["code"], r["note"]) for r in csv.DictReader(rows, delimiter="\t")}
    return ToCameo(lines, fingerprint(content))


def cameo(event: str, modes: Sequence[str] = (), contexts: Collection[str] = ()) -> Cameo:
    """The CAMEO code of an event of PLOVER. Of several modes the first that CAMEO knows counts."""
    lines = to_cameo().lines
    if (event, "", "") not in lines:
        return Cameo(None, None, None, f"CAMEO has nothing for the type {event}")
    mode = next((mode for mode in modes if (event, mode, "") in lines), "")
    fitting = {name: lines[event, mode, name] for name in contexts if (event, mode, name) in lines}
    codes = {code for code, _ in fitting.values()}
    code, note = next(iter(fitting.values())) if len(codes) == 1 else lines[event, mode, ""]
    lost = [note, *lost_modes(event, modes, mode), *lost_contexts(codes, contexts, fitting)]
    if len(code) == 2:
        lost.append("only CAMEO's root is determined")
    full = code if len(code) > 2 else None
    return Cameo(code[:2], full and full[:3], full, "; ".join(part for part in lost if part))


def lost_modes(event: str, modes: Sequence[str], coded: str) -> list[str]:
    return [f"the mode {mode} of {event} is not in the code" for mode in modes if mode != coded]


def lost_contexts(codes: Collection[str], contexts: Collection[str], fitting: Mapping[str, Line]) -> list[str]:
    """What is said of contexts: which the code leaves out, or that several of them would give different codes."""
    if len(codes) > 1:
        return [f"CAMEO tells apart {' and '.join(sorted(codes))}, and contexts for each are given"]
    out = [name for name in contexts if name not in fitting]
    return [f"not in the code: {', '.join(out)}"] if out else []
