"""Events that a person found in a text and no reader reported: accepted by their words, before anything is coded there.

Such a decision is an ``accept`` whose trigger no report has yet. When coding comes to find the event, what the person said stands in
place of what was coded; until then it is gold that nothing meets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from polybius.records import Document
from polybius.report import DateField, Json, Quote, Report, SentenceRef, document_ref, to_json
from polybius.run.decisions import DecisionError
from polybius.run.review import all_decisions, decided
from polybius.store import Decision, Journal, Store, open_reader
from polybius.store.decisions import (
    Coded,
    Target,
    as_text,
    find,
    key,
    read_target,
    standing,
    target_of,
    values_of,
    written,
)

ADDED = "added"  # in place of a report's id
MOST = 200  # places of the same words


def places_of(words: str, text: str) -> list[tuple[int, int]]:
    """Where words stand in a text, as whole words; blanks of any kind are the same."""
    spaced = r"\s+".join(map(re.escape, words.split()))
    pattern = re.compile(rf"(?<!\w){spaced}(?!\w)")
    found = pattern.finditer(text) if words.split() else ()
    return [(one.start(), one.end()) for one, _ in zip(found, range(MOST), strict=False)]


def blank(store: Store, document: str, start: int, end: int) -> Json:
    """The record of an event of which nothing is known but its word. Raises UnknownId."""
    told = store.document(document)
    report = Report(
        id=ADDED,
        document=document_ref(told),
        sentence=_sentence(store, told, start, end),
        event="",
        status="actual",
        quad_code="",
        event_scale=0.0,
        trigger=Quote(told.text[start:end], start, end),
        date=DateField(reason="a person said nothing of it"),
        found_by="person",
    )
    return to_json(report)


def _sentence(store: Store, told: Document, start: int, end: int) -> SentenceRef:
    """The sentence around a place; the line where sentences were not kept."""
    sql = """SELECT number, start_char, end_char FROM sentences WHERE document_id = ? AND start_char <= ? AND end_char > ?
      ORDER BY number LIMIT 1"""
    number, first, last = next(store.rows(sql, [told.id, start, start]), (0, *_line(told.text, start)))
    return SentenceRef(number, first, max(last, end))


def _line(text: str, at: int) -> tuple[int, int]:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def add(
    path: Path,
    document: str,
    start: int,
    end: int,
    values: Mapping[str, Any],
    *,
    author: str | None = None,
    at: str | None = None,
) -> Decision:
    """Say that there is an event where no report is: its word stands from ``start`` to ``end``, and ``values`` are its fields, those
    that are not named being empty. Raises DecisionError, StoreError."""
    with open_reader(path) as store:
        record, decisions = blank(store, document, start, end), all_decisions(store)
        coded = decided(store, document, decisions)[0]
    if not values.get("event", {}).get("event"):
        raise DecisionError("what kind of event is it? Choose a type")
    target = target_of({**record, "event": values["event"]["event"]}, coded.text)
    _require_new(target, coded, decisions)
    about = {"document": document, "values": {**values_of(record), **values}, "seen": {}}
    return Journal(path).append("accept", written(target), as_text(about), author=author, made_at=at)


def _require_new(target: Target, coded: Coded, decisions: Sequence[Decision]) -> None:
    """Raise where a report has these words already, or a person added them."""
    if find(target, coded).problem != "vanished":
        raise DecisionError(f"“{target.words}” is reported there already: correct that report")
    for one in added(decisions, coded):
        if one.start < target.end and target.start < one.end:
            raise DecisionError(f"“{one.words}” was added there already; take that decision back to say it anew")


def added(decisions: Sequence[Decision], coded: Coded) -> list[Target]:
    """What persons added to a document, as its text is now."""
    return [target for one in standing(decisions) if (target := _added(one)) and _of(target, coded)]


def keys_added(decisions: Sequence[Decision], coded: Coded) -> set[str]:
    """The same by the decisions' names."""
    return {key(one) for one in standing(decisions) if (target := _added(one)) and _of(target, coded)}


def _of(target: Target, coded: Coded) -> bool:
    return target.document == coded.id and target.version == coded.version


def _added(decision: Decision) -> Target | None:
    if decision.kind != "accept":
        return None
    try:
        target = read_target(decision.subject)
    except ValueError:
        return None
    return target if target.report == ADDED else None
