"""Reports that persons accepted, corrected or rejected, as gold: documents and records that ``polybius evaluate`` reads."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from polybius.report import Json
from polybius.run.review import all_decisions, decided, of_document
from polybius.store import Decision, Store, open_reader
from polybius.store.decisions import (
    FIELDS,
    HOLDING,
    OF_EVENT,
    WHOLE,
    Coded,
    Overlaid,
    Target,
    key,
    read_target,
    standing,
    values_of,
)


@dataclass(frozen=True, slots=True)
class Gold:
    """The lines, and how many documents and records they are. ``partial`` documents have reports that nobody judged:
    they are left out unless they are asked for, because such reports would count as false."""

    lines: tuple[Json, ...]
    documents: int
    records: int
    rejected: int
    partial: int
    without_text: int


def gold(path: Path, *, partial: bool = False) -> Gold:
    """What persons decided about the reports of a store. Raises StoreError."""
    with open_reader(path) as store:
        decisions = all_decisions(store)
        judged = [_judged(store, id, decisions) for id in _documents(store, decisions)]
        kept = [one for one in judged if one.text and (one.complete or partial)]
        lines = tuple(line for one in kept for line in (_document_line(store, one.id), *one.records))
    return Gold(
        lines=lines,
        documents=len(kept),
        records=sum(len(one.records) for one in kept),
        rejected=sum(one.rejected for one in kept),
        partial=sum(bool(one.text) and not one.complete for one in judged),
        without_text=sum(not one.text for one in judged),
    )


def _documents(store: Store, decisions: Sequence[Decision]) -> list[str]:
    """Documents that are there and about whose reports somebody decided."""
    named = {target.document for one in standing(decisions) for target in _target(one)}
    sql = "SELECT id FROM documents WHERE id IN (SELECT unnest(?::VARCHAR[])) ORDER BY id"
    return [id for (id,) in store.rows(sql, [sorted(named)])]


def _target(decision: Decision) -> Iterator[Target]:
    if decision.kind in ("accept", "correct", "reject"):
        try:
            yield read_target(decision.subject)
        except ValueError:
            return


@dataclass(frozen=True, slots=True)
class _Judged:
    """One document: its gold records, and whether somebody judged all of its reports."""

    id: str
    text: str | None
    records: tuple[Json, ...]
    rejected: int
    complete: bool


def _judged(store: Store, id: str, decisions: Sequence[Decision]) -> _Judged:
    coded, over = decided(store, id, decisions)
    said: defaultdict[str | None, set[str]] = defaultdict(set)
    for one in over.corrections:
        if one.state in HOLDING:
            said[one.report_id].update(FIELDS if one.field == WHOLE else (one.field,))
    both = list(zip(coded.records, over.records, strict=True))
    there = [_record(now, said[now["id"]]) for _, now in both if now is not None and said[now["id"]]]
    return _Judged(
        id=id,
        text=coded.text,
        records=(*there, *_vanished(coded, over, of_document(decisions, id))),
        rejected=sum(now is None for _, now in both),
        complete=all(now is None or said[old["id"]] for old, now in both),
    )


def _record(record: Json, fields: Iterable[str]) -> Json:
    """What somebody stands for in a record; the type is needed to score anything at all."""
    known = [name for name in FIELDS if name in set(fields)]
    event = {} if "event" in known else {"event": record["event"]}
    values = values_of(record, known)
    flattened = {part: value for name in known for part, value in _parts(name, values[name])}
    words = {name: record[name] for name in ("trigger", "sentence")}
    return {"document": {"id": record["document"]["id"]}, **words, **event, **flattened}


def _parts(name: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict) and name == "event":
        yield from ((part, value[part]) for part in OF_EVENT if part in value)
    else:
        yield name, value


def _vanished(coded: Coded, over: Overlaid, decisions: Sequence[Decision]) -> Iterator[Json]:
    """Events that a person saw in this very text and that coding does not find any more: they are gold all the more."""
    gone = {f"{one.journal}/{one.seq}" for one in over.corrections if one.state == "vanished"}
    found: dict[tuple[int, int, str], Json] = {}
    for one in standing(decisions):
        if key(one) in gone:
            target = read_target(one.subject)
            place = (target.start, target.end, target.event)
            if one.kind == "reject" or target.version != coded.version:
                found.pop(place, None)
            else:
                found[place] = {**found.get(place, _bare(target)), **_said(one)}
    yield from found.values()


def _said(decision: Decision) -> Json:
    values = json.loads(decision.other or "{}").get("values", {})
    return {part: value for name in values for part, value in _parts(name, values[name])}


def _bare(target: Target) -> Json:
    start, end = target.sentence
    return {
        "document": {"id": target.document},
        "trigger": {"text": target.words, "start": target.start, "end": target.end},
        "sentence": {"start": start, "end": end},
        "event": target.event,
    }


def _document_line(store: Store, id: str) -> Json:
    document = store.document(id)
    return {
        "id": document.id,
        "text": document.text,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published and document.published.isoformat(),
        "url": document.url,
    }
