"""Events with their reports, read a few hundred at a time."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from polybius.query.asked import Asked
from polybius.query.exports.model import Fact, Telling
from polybius.records import Event, Figure, Party, Place, Support, Variant
from polybius.report import from_json
from polybius.store import Store

_CHUNK = 500
_EVENTS = "SELECT id, record FROM events WHERE id IN (SELECT unnest($ids::VARCHAR[]))"
_REPORTS = """SELECT er.event_id, r.record, substring(t.text, r.sentence_start + 1, r.sentence_end - r.sentence_start),
  d.characters FROM event_reports er JOIN reports r ON r.document_id = er.document_id AND r.id = er.report_id
  JOIN documents d ON d.id = r.document_id LEFT JOIN texts t ON t.document_id = r.document_id
  WHERE er.event_id IN (SELECT unnest($ids::VARCHAR[]))
  ORDER BY r.published NULLS LAST, r.document_id, r.position"""


def facts(store: Store, asked: Asked) -> Iterator[Fact]:
    """The events that are asked for, in the order of their dates. Those whose reports are all gone are passed over."""
    condition, values = asked.checked(store).of_events()
    sql = f"SELECT id FROM event_rows WHERE {condition} ORDER BY coalesce(date_from, date_to), id"
    yield from facts_of(store, [id for (id,) in store.connection.execute(sql, values).fetchall()])


def facts_of(store: Store, ids: list[str]) -> Iterator[Fact]:
    """The events of these ids, in their order."""
    for start in range(0, len(ids), _CHUNK):
        yield from _chunk(store, ids[start : start + _CHUNK])


def _chunk(store: Store, ids: list[str]) -> Iterator[Fact]:
    records = dict(store.connection.execute(_EVENTS, {"ids": ids}).fetchall())
    tellings: defaultdict[str, list[Telling]] = defaultdict(list)
    for id, record, sentence, characters in store.connection.execute(_REPORTS, {"ids": ids}).fetchall():
        tellings[id].append(_telling(json.loads(record), sentence or "", characters))
    for id in ids:
        if tellings[id]:
            yield Fact(event_from_json(json.loads(records[id])), tuple(tellings[id]))


def _telling(record: Mapping[str, Any], sentence: str, characters: int) -> Telling:
    report = from_json(record)
    words = (report.document.title or "") if report.sentence.within == "title" else sentence
    return Telling(report, words, characters)


def event_from_json(record: Mapping[str, Any]) -> Event:
    """The event of a record of the store."""
    place = record["place"]
    made = {
        **{name: tuple(record[name]) for name in ("mode", "context", "reports", "disputed_by")},
        **{name: tuple(Variant(**one) for one in record[name]) for name in ("dates", "places", "modes")},
        **{side: tuple(_party(one) for one in record[side]) for side in ("actor", "recipient")},
        **{end: record[end] and dt.date.fromisoformat(record[end]) for end in ("start", "end")},
        "figures": tuple(Figure(**one) for one in record["figures"]),
        "supports": tuple(Support(**{**one, "origins": tuple(one["origins"])}) for one in record["supports"]),
        "place": place and Place(**place),
    }
    return Event(**{**record, **made})


def _party(record: Mapping[str, Any]) -> Party:
    return Party(**{**record, "sectors": tuple(record["sectors"])})
