"""Stand-off labels: annotated reports without their text, to be attached to a copy of the text.

A label holds offsets and hashes, never a quotation. Offsets count the characters of the report's sentences, white space
collapsed, joined by one space. To attach a label, each sentence is looked for in the copy by its length and hash, in
order, so the copy may hold more than the report, break lines elsewhere, or lack the full stop at a sentence's end.

usage: standoff.py make OUT.jsonl.gz ANNOTATED.txt...
       standoff.py attach LABELS.jsonl.gz OUT.txt COPY...     COPY: .jsonl[.gz] with id and text, or .conllu.gz
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from conllu import documents

from polybius.evaluation.annotations import (
    AnnotatedEntity,
    AnnotatedEvent,
    AnnotatedReport,
    RoleFiller,
    Span,
    locate,
    read_all,
)
from polybius.evaluation.notation import notation

Label = dict[str, Any]
Copies = Mapping[str, str]  # id, and hash of the text → text
_DIGITS = 12  # hex digits of a hash: over a whole corpus the chance of a false hit is one in a million


class NotAttached(ValueError):
    """The copy does not hold the text that the label was made on."""


def digest(text: str) -> str:
    """First hex digits of the SHA-256 of the text."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def collapse(text: str) -> str:
    """Every run of white space as one space, none at the ends."""
    return " ".join(text.split())


# --- making --------------------------------------------------------------------------------------------------------


def label(report: AnnotatedReport) -> Label:
    """The stand-off label of a report. Names that the text does not hold are the coder's own words and stay words."""
    report = collapsed(report)
    known = {
        mention: [e, m]
        for e, entity in reversed(list(enumerate(report.entities)))
        for m, mention in reversed(list(enumerate(entity.mentions)))
    }
    return {
        "id": report.id,
        "published": report.published.isoformat(),
        "origin": report.origin,
        "hash": digest(report.text),
        "contexts": report.contexts,
        "sentences": [[b - a, digest(report.text[a:b])] for a, b in report.sentences],
        "entities": [_entity_label(entity, report.text) for entity in report.entities],
        "events": [_event_label(event, known) for event in report.events],
    }


def collapsed(report: AnnotatedReport) -> AnnotatedReport:
    """The report with white space collapsed and every span moved along."""
    moved, text = [0], ""
    for character in report.text:
        if not (character.isspace() and text.endswith(" ")):
            text += " " if character.isspace() else character
        moved.append(len(text))

    def move(span: Span) -> Span:
        return moved[span[0]], moved[span[1]]

    def event(e: AnnotatedEvent) -> AnnotatedEvent:
        roles = {r: tuple(replace(f, span=f.span and move(f.span)) for f in fs) for r, fs in e.roles.items()}
        return replace(e, trigger=move(e.trigger), roles=roles)

    def entity(e: AnnotatedEntity) -> AnnotatedEntity:
        return replace(e, mentions=tuple(map(collapse, e.mentions)))

    return replace(
        report,
        text=text,
        sentences=tuple(map(move, report.sentences)),
        entities=tuple(map(entity, report.entities)),
        events=tuple(map(event, report.events)),
    )


def _entity_label(entity: AnnotatedEntity, text: str) -> list[Any]:
    places = [locate(mention, text) for mention in entity.mentions]
    return [entity.code, ",".join(entity.sectors), [p or m for p, m in zip(places, entity.mentions, strict=True)]]


def _event_label(event: AnnotatedEvent, known: Mapping[str, list[int]]) -> list[Any]:
    roles = {
        role: [[f.span, None if f.entity is None else known[f.entity]] for f in fillers]
        for role, fillers in event.roles.items()
    }
    return [event.event, ",".join(event.modes), event.trigger, event.status, event.incident, roles]


# --- attaching -----------------------------------------------------------------------------------------------------


def attach(record: Label, copy: str) -> AnnotatedReport:
    """The report of a label, its text taken from a copy; raises NotAttached where a sentence is not found."""
    sentences = _sentences(record, collapse(copy))
    text = " ".join(sentences)
    if digest(text) != record["hash"]:
        raise NotAttached(f"{record['id']}: the sentences are there, but not in this order")
    entities = tuple(_entity(row, text) for row in record["entities"])
    return AnnotatedReport(
        id=record["id"],
        published=dt.date.fromisoformat(record["published"]),
        origin=record["origin"],
        title=None,
        text=text,
        contexts=tuple(record["contexts"]),
        sentences=_spans(sentences),
        entities=entities,
        events=tuple(_event(row, entities) for row in record["events"]),
    )


def _sentences(record: Label, copy: str) -> list[str]:
    found, at = [], 0
    for number, (length, wanted) in enumerate(record["sentences"], 1):
        match = _find(length, wanted, copy, at) or _find(length, wanted, copy, 0)
        if match is None:
            raise NotAttached(f"{record['id']}: sentence {number} ({length} characters) is not in the copy")
        at = match[0] + length - 1
        found.append(match[1])
    return found


def _find(length: int, wanted: str, copy: str, at: int) -> tuple[int, str] | None:
    """First place from ``at`` where the sentence stands, with or without its full stop, and the sentence."""
    for start in range(at, len(copy) - length + 2):
        for candidate in (copy[start : start + length], copy[start : start + length - 1] + "."):
            if len(candidate) == length and digest(candidate) == wanted:
                return start, candidate
    return None


def _spans(sentences: Iterable[str]) -> tuple[Span, ...]:
    spans, at = [], 0
    for sentence in sentences:
        spans.append((at, at + len(sentence)))
        at += len(sentence) + 1
    return tuple(spans)


def _entity(row: list[Any], text: str) -> AnnotatedEntity:
    code, sectors, mentions = row
    words = tuple(m if isinstance(m, str) else text[slice(*m)] for m in mentions)
    return AnnotatedEntity(words[0], code, tuple(sectors.split(",")), words)


def _event(row: list[Any], entities: tuple[AnnotatedEntity, ...]) -> AnnotatedEvent:
    kind, modes, trigger, status, incident, roles = row

    def filler(span: list[int] | None, of: list[int] | None) -> RoleFiller:
        return RoleFiller((span[0], span[1]) if span else None, entities[of[0]].mentions[of[1]] if of else None)

    fillers = {role: tuple(filler(*cell) for cell in cells) for role, cells in roles.items()}
    return AnnotatedEvent(
        kind, tuple(filter(None, modes.split(","))), (trigger[0], trigger[1]), status, incident, fillers
    )


# --- files ---------------------------------------------------------------------------------------------------------


def make(out: Path, paths: Iterable[Path]) -> int:
    """Write the labels of annotated files; the same input gives the same bytes. Returns how many."""
    lines = [json.dumps(label(r), ensure_ascii=False, separators=(",", ":")) for r in read_all(paths)]
    out.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode(), compresslevel=9, mtime=0))
    return len(lines)


def labels(path: Path) -> list[Label]:
    """The labels of a file."""
    return list(_json_lines(path))


def copies(paths: Iterable[Path]) -> dict[str, str]:
    """Texts to attach to, by id and by hash."""
    out: dict[str, str] = {}
    for name, text in (pair for path in paths for pair in _texts(path)):
        out[digest(collapse(text))] = text
        if name:
            out[name] = text
    return out


def attach_all(records: Iterable[Label], texts: Copies) -> tuple[list[AnnotatedReport], list[str]]:
    """Reports whose copy is among the texts, and why each of the others was left out."""
    reports, left = [], []
    for record in records:
        # The origin ends with the id that the text has in its own collection.
        keys = (record["hash"], record["id"], record["origin"].split()[-1])
        copy = next((texts[key] for key in keys if key in texts), None)
        try:
            reports.append(attach(record, "" if copy is None else copy))
        except NotAttached as error:
            left.append(f"{record['id']}: no copy of its text" if copy is None else str(error))
    return reports, left


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    if ".conllu" in path.name:
        yield from ((document.id, document.text) for document in documents(path))
    else:
        yield from ((str(record.get("id", "")), record["text"]) for record in _json_lines(path))


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    return (json.loads(line) for line in text.split("\n") if line.strip())


def main(arguments: list[str]) -> int:
    """Command line; see the module's docstring. Exit status 1 where a label was left out, 2 on wrong use."""
    if len(arguments) >= 3 and arguments[0] == "make":
        print(f"{make(Path(arguments[1]), map(Path, arguments[2:]))} labels")
        return 0
    if len(arguments) >= 4 and arguments[0] == "attach":
        reports, left = attach_all(labels(Path(arguments[1])), copies(map(Path, arguments[3:])))
        Path(arguments[2]).write_text("\n".join(notation(r) for r in reports), encoding="utf-8")
        print("\n".join([*left, f"{len(reports)} attached, {len(left)} left out"]))
        return int(bool(left))
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
