"""What a list shows of an event: its fields, and the first sentence that tells it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from polybius.query.exports.facts import event_from_json
from polybius.records import Event
from polybius.store import Store

LONGEST_QUOTE = 400  # characters

_RECORDS = "SELECT id, record FROM events WHERE id IN (SELECT unnest($ids::VARCHAR[]))"
_TELLERS = """
SELECT er.event_id, d.id, left(d.publisher, $most), left(d.title, $most), d.published,
  CASE WHEN json_extract_string(r.record, '$.sentence.within') = 'title' THEN left(d.title, $most + 1)
    ELSE substring(t.text, r.sentence_start + 1, least(r.sentence_end - r.sentence_start, $most + 1)) END
FROM event_reports er JOIN reports r ON r.document_id = er.document_id AND r.id = er.report_id
JOIN documents d ON d.id = r.document_id LEFT JOIN texts t ON t.document_id = r.document_id
WHERE er.event_id IN (SELECT unnest($ids::VARCHAR[]))
QUALIFY row_number() OVER (PARTITION BY er.event_id ORDER BY r.published NULLS LAST, r.document_id, r.position) = 1"""


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
    values: Mapping[str, Any] = {"ids": list(ids)}
    records = dict(store.rows(_RECORDS, values))
    tellers = {row[0]: _teller(*row[1:]) for row in store.rows(_TELLERS, {**values, "most": LONGEST_QUOTE})}
    return [Card(event_from_json(json.loads(records[id])), tellers.get(id)) for id in ids if id in records]


def _teller(id: str, publisher: str | None, title: str | None, published: dt.date | None, words: str | None) -> Teller:
    return Teller(id, publisher, title, published, words and _quote(words))


def _quote(words: str) -> str:
    """The sentence in one line, cut at a word where it is long."""
    shown = " ".join(words[:LONGEST_QUOTE].split())
    return shown if len(words) <= LONGEST_QUOTE else shown.rsplit(" ", 1)[0] + " …"
