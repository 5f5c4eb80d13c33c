"""MUC-3/4: upper-case reports with templates of attacks, one a document and incident, scored on whole documents."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from polybius.evaluation.counts import Count, Counts
from polybius.evaluation.gold import Mark, MarkedText

KINDS = frozenset({"ATTACK", "BOMBING", "KIDNAPPING"})
MODES: Mapping[str, str] = {"abduct": "KIDNAPPING", "explosives": "BOMBING", "suicide-attack": "BOMBING"}
HAPPENED = frozenset({None, "actual", "historical"})

_MESSAGE = re.compile(r"^(DEV-MUC3-\d{4})\b.*\n", re.M)
_TEMPLATE = re.compile(r"^\s*0\.\s+MESSAGE: ID\s+(DEV-MUC3-\d{4})", re.M)
_NUMBER = re.compile(r"MESSAGE: TEMPLATE\s+(\d+|\*)(.*)")
_TYPE = re.compile(r"INCIDENT: TYPE\s+\??\s*([A-Z* ]+)")


@dataclass(frozen=True, slots=True)
class Attacked:
    """A report and the kinds of attack that its templates hold; none in a report without attacks."""

    id: str
    text: str
    kinds: frozenset[str]


def read_muc(path: Path) -> list[Attacked]:
    """The development part of the archive. Reports whose templates are all optional, or of other kinds, are left out."""
    texts: dict[str, str] = {}
    kinds: dict[str, set[str]] = {}
    for name, content in _files(path):
        if name.startswith("dev-muc3"):
            texts.update(_parts(_MESSAGE, content))
        elif name.startswith("key-dev"):
            for id, template in _parts(_TEMPLATE, content):
                kinds.setdefault(id, set()).add(_kind(template))
    known = {id: found for id, found in kinds.items() if found & KINDS or found == {"*"}}
    return [Attacked(id, texts[id], frozenset(known[id] & KINDS)) for id in sorted(known) if id in texts]


def _files(path: Path) -> Iterator[tuple[str, str]]:
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                yield Path(member.name).name, file.read().decode("latin-1")


def _parts(begins: re.Pattern[str], content: str) -> Iterator[tuple[str, str]]:
    """What stands between one beginning and the next, by the id in the beginning."""
    found = list(begins.finditer(content))
    for this, following in zip(found, [*found[1:], None], strict=True):
        yield this[1], content[this.end() : following.start() if following else None].strip()


def _kind(template: str) -> str:
    """The kind of a template that must be filled, * where there is none; "" for an optional one."""
    number, kind = _NUMBER.search(template), _TYPE.search(template)
    if number is None or kind is None or "OPTIONAL" in number[2]:
        return ""
    return kind[1].strip()


def score_attacks(gold: Attacked, coded: MarkedText) -> Counts:
    """Whether the document tells of an attack, and of which kinds."""
    found = {kind for mark in coded.marks if (kind := _coded_kind(mark))}
    return {
        "document with an attack": Count(bool(found and gold.kinds), bool(found), bool(gold.kinds)),
        "kinds of attack": Count(len(found & gold.kinds), len(found), len(gold.kinds)),
    }


def _coded_kind(mark: Mark) -> str | None:
    if mark.event != "ASSAULT" or mark.status not in HAPPENED:
        return None
    return next((kind for mode, kind in MODES.items() if mode in (mark.modes or ())), "ATTACK")
