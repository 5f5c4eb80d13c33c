"""Readers and scorers of data sets that were marked by others, for other ends: what they mark is less than a record.

None of them is part of the package, nor needed by it. Each scorer takes the gold and a coded text and gives counts.
"""

from __future__ import annotations

import csv
import json
import re
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polybius.evaluation.counts import Count, Counts, Span, distinct, pair
from polybius.evaluation.gold import Mark, MarkedText

# --- PLOVER's gold standard records: a sentence with one event ------------------------------------------------------

# Types of the 0.5 draft that have another name now.
DRAFT_TYPES: Mapping[str, str] = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
}


@dataclass(frozen=True, slots=True)
class OneEvent:
    """A sentence with one event that is known to be in it, and perhaps others."""

    id: str
    text: str
    event: str


def read_gsr(path: Path) -> list[OneEvent]:
    """The records that have a text and an event."""
    records: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return [
        OneEvent(r["id"], r["text"], DRAFT_TYPES.get(r["event"], r["event"]))
        for r in records
        if isinstance(r.get("text"), str) and r["text"].strip() and r["event"] != "DOCUMENT"
    ]


def score_one_event(gold: OneEvent, coded: MarkedText) -> Counts:
    """The known type among the types coded in its sentence."""
    found = {mark.event for mark in coded.marks}
    return {"type of sentence": Count(gold.event in found, len(found), 1)}


# --- PLV: a sentence with a marked actor and recipient ------------------------------------------------------------

ENDS = re.compile(r"</?[st]>")
YIELD = frozenset({"CONCEDE", "RETREAT"})  # which PLV does not tell apart
# PLV follows the crosswalk from CAMEO, which makes an accusation of a verdict (116), where PLOVER has a mode of SANCTION.
CONVICTED = ("SANCTION", "convict")


@dataclass(frozen=True, slots=True)
class Dyad:
    """A sentence, the two sides, and what one did to the other."""

    id: str
    text: str
    actor: Span
    recipient: Span
    event: str


def read_plv(path: Path) -> list[Dyad]:
    """The rows whose marks can be read; only the columns that people filled are used."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = (_dyad(f"plv-{number}", row) for number, row in enumerate(rows))
    return [dyad for dyad in found if dyad is not None]


def _dyad(id: str, row: Mapping[str, str]) -> Dyad | None:
    marked = row["marked_sentence"].strip('"').replace('""', '"')
    sides = [_marked(marked, letter) for letter in "st"]
    if sides[0] is None or sides[1] is None:
        return None
    return Dyad(id, ENDS.sub("", marked), sides[0], sides[1], row["gold_root"])


def _marked(text: str, letter: str) -> Span | None:
    """Where the marked words stand once all marks are taken out."""
    found = re.search(rf"<{letter}>(.+?)</{letter}>", text)
    if found is None:
        return None
    start, end = (len(ENDS.sub("", text[:at])) for at in found.span(1))
    return start, end


def score_dyad(gold: Dyad, coded: MarkedText) -> Counts:
    """What was coded between the two sides: of all reports whose actor and recipient overlap theirs."""
    between = [m for m in coded.marks if _meets(m, "actor", gold.actor) and _meets(m, "recipient", gold.recipient)]
    found = {_plv_type(m.event) for m in between}
    types = {f"types/{kind}": Count(kind == gold.event and kind in found, kind in found, kind == gold.event)
             for kind in found | {gold.event}}  # fmt: skip
    anywhere = {_plv_type(m.event) for m in coded.marks}
    return {
        "type between the sides": Count(gold.event in found, len(found), 1),
        "type of sentence": Count(gold.event in anywhere, len(anywhere), 1),
        **types,
    }


def score_given(gold: Dyad, event: str | None, modes: Iterable[str] = ()) -> Counts:
    """The one type that was said of the two sides, as PLV names it; None where nothing was found."""
    found = None if event is None else "ACCUSE" if (event, *modes) == CONVICTED else _plv_type(event)
    types = {f"types/{kind}": Count(kind == gold.event == found, kind == found, kind == gold.event)
             for kind in {found, gold.event} if kind is not None}  # fmt: skip
    return {"type, sides given": Count(gold.event == found, 1, 1), **types}


def _plv_type(event: str) -> str:
    return "YIELD" if event in YIELD else event


def _meets(mark: Mark, role: str, side: Span) -> bool:
    spans = (p.span for p in mark.roles.get(role, ()) if p.span is not None)
    return any(start < side[1] and side[0] < end for start, end in spans)


# --- PolNeAR: who is quoted ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quoted:
    """An article and the phrases that name a source."""

    id: str
    text: str
    sources: tuple[Span, ...]


def read_polnear(path: Path) -> list[Quoted]:
    """The articles of a tar archive; where several people marked one, the first by name counts."""
    with tarfile.open(path) as archive:
        files = {m.name: archive.extractfile(m) for m in archive.getmembers() if m.isfile()}
        content = {name: file.read().decode("utf-8") for name, file in files.items() if file is not None}
    marked: dict[str, str] = {}
    for name in sorted(n for n in content if n.endswith(".ann")):
        marked.setdefault(Path(name).stem.rpartition("_")[0], content[name])
    texts = {Path(name).stem: text for name, text in content.items() if name.endswith(".txt")}
    return [Quoted(id, texts[id], tuple(_sources(marked[id]))) for id in sorted(marked) if id in texts]


def _sources(annotation: str) -> Iterator[Span]:
    """The spans of ``Source``; of one in pieces, the first piece."""
    for start, end in re.findall(r"^T\d+\tSource (\d+) (?:.* )?(\d+)\t", annotation, re.M):
        yield int(start), int(end)


def score_sources(gold: Quoted, found: Iterable[Span]) -> Counts:
    """Sources that overlap one of the gold, one to one."""
    theirs, ours = distinct(gold.sources), distinct(found)
    return {"source (overlap)": Count(len(pair(theirs, ours, _overlap)), len(ours), len(theirs))}


def _overlap(one: Span, other: Span) -> float:
    return float(one[0] < other[1] and other[0] < one[1])


def coded_sources(coded: MarkedText) -> list[Span]:
    """The sources of all reports."""
    return [p.span for mark in coded.marks for p in mark.roles.get("by", ()) if p.span is not None]
