"""What a list shows of an event: its fields, and the first sentence that tells it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from polybius.query.exports.facts import event_from_json
from polybius.records import Event
from polybius.store import Store

LONGEST_QUOTE = 400  # characters

# Rows are looked up by their numbers, which are found by a short column first: so the database reads the long ones of
# those rows only.
_RECORDS = """SELECT id, record FROM events
  WHERE rowid IN (SELECT rowid FROM events WHERE id IN (SELECT unnest($1::VARCHAR[])))"""
_FIRST = """
SELECT er.event_id, r.rowid, d.rowid FROM event_reports er
JOIN reports r ON r.document_id = er.document_id AND r.id = er.report_id JOIN documents d ON d.id = er.document_id
WHERE er.event_id IN (SELECT unnest($1::VARCHAR[]))
QUALIFY row_number() OVER (PARTITION BY er.event_id ORDER BY r.published NULLS LAST, r.document_id, r.position) = 1"""
_REPORTS = """SELECT rowid, sentence_start, sentence_end, "trigger", trigger_start, trigger_end FROM reports
  WHERE rowid IN (SELECT unnest($1::BIGINT[]))"""
_DOCUMENTS = """SELECT rowid, id, left(publisher, $2), left(title, 1000), published FROM documents
  WHERE rowid IN (SELECT unnest($1::BIGINT[]))"""
_TEXTS = """SELECT document_id, text FROM texts
  WHERE rowid IN (SELECT rowid FROM texts WHERE document_id IN (SELECT unnest($1::VARCHAR[])))"""


@dataclass(frozen=True, slots=True)
class Teller:
    """The document that told an event first, and the sentence; None in a store without texts."""

    document_id: str
    publisher: str | None
    title: str | None
    published: dt.date | None
    sentence: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """An event of a list. ``teller`` is None where its reports are gone, until the next assembly."""

    event: Event
    teller: Teller | None


def cards(store: Store, ids: Sequence[str]) -> list[Card]:
    """The events of these ids, in their order; ids that are none are left out."""
    records = dict(_rows(store, _RECORDS, ids))
    tellers = _tellers(store, ids)
    return [Card(event_from_json(json.loads(records[id])), tellers.get(id)) for id in ids if id in records]


def _tellers(store: Store, ids: Sequence[str]) -> dict[str, Teller]:
    first = {event: (report, document) for event, report, document in _rows(store, _FIRST, ids)}
    spans = {row: rest for row, *rest in _rows(store, _REPORTS, [report for report, _ in first.values()])}
    rows = [document for _, document in first.values()]
    documents = {row: rest for row, *rest in _rows(store, _DOCUMENTS, rows, LONGEST_QUOTE + 1)}
    texts = dict(_rows(store, _TEXTS, [found[0] for found in documents.values()]))
    return {
        event: _teller(documents[document], texts.get(documents[document][0]), spans[report])
        for event, (report, document) in first.items()
    }


def _rows(store: Store, sql: str, values: Sequence[object], *more: object) -> list[tuple[Any, ...]]:
    """The rows for a list of values; ``more`` are the parameters after it."""
    return list(store.rows(sql, [list(values), *more])) if values else []


def _teller(document: Sequence[Any], text: str | None, spans: Sequence[Any]) -> Teller:
    id, publisher, title, published = document
    start, end, trigger, at, after = spans
    # Where titles are coded too, the spans of their reports are those of the title. The word itself says which it is.
    words = next((words for words in (text, title) if words and words[at:after] == trigger), None)
    sentence = words and _quote(words[start : min(end, start + LONGEST_QUOTE + 1)])
    return Teller(id, publisher, title, published, sentence)


def _quote(words: str) -> str:
    """The sentence in one line, cut at a word where it is long."""
    shown = " ".join(words[:LONGEST_QUOTE].split())
    return shown if len(words) <= LONGEST_QUOTE else shown.rsplit(" ", 1)[0] + " …"
