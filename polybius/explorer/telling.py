"""An event with all that it rests on: its reports with their sentences, their origins, and the events that bear on it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from polybius.explorer.cards import Card, cards
from polybius.explorer.fields import Row, marks, rows
from polybius.explorer.origin import Cluster, clusters, web_address
from polybius.explorer.words import Mark, highlight
from polybius.query.exports.facts import event_from_json
from polybius.records import Event
from polybius.report import Report, from_json
from polybius.store import Store, UnknownId

# How a link reads on the page of its source, and on that of its target.
LINKS: Mapping[str, tuple[str, str]] = {
    "came_true": ("Came true as", "Had been announced as"),
    "denial_of": ("Denies", "Is denied by"),
    "response_to": ("Responds to", "Was answered by"),
}
_REPORTS = """SELECT r.record, CASE WHEN json_extract_string(r.record, '$.sentence.in') = 'title' THEN d.title
    ELSE substring(t.text, r.sentence_start + 1, r.sentence_end - r.sentence_start) END, d.title
  FROM event_reports er JOIN reports r ON r.document_id = er.document_id AND r.id = er.report_id
  JOIN documents d ON d.id = r.document_id LEFT JOIN texts t ON t.document_id = r.document_id
  WHERE er.event_id = $1 ORDER BY r.published NULLS LAST, r.document_id, r.position"""


@dataclass(frozen=True, slots=True)
class Told:
    """A report of an event, with its sentence as it stands in the article; None in a store without texts.

    ``elsewhere`` are fields whose words stand in other sentences.
    """

    number: int
    report: Report
    sentence: str | None
    words: Markup | None
    rows: tuple[Row, ...]
    elsewhere: tuple[Row, ...]
    cluster: Cluster | None
    address: str | None

    @property
    def name(self) -> str:
        """As events and judgements name it."""
        return f"{self.report.document.id}#{self.report.id}"


@dataclass(frozen=True, slots=True)
class Bearing:
    """Another event, how this one bears on it, and by what that is told."""

    words: str
    kind: str
    evidence: str
    card: Card


@dataclass(frozen=True, slots=True)
class Telling:
    """All that a page shows of an event."""

    event: Event
    record: Mapping[str, Any]
    reports: tuple[Told, ...]
    bearings: tuple[Bearing, ...]

    @property
    def numbers(self) -> Mapping[str, int]:
        """The name of a report → its number on the page."""
        return {told.name: told.number for told in self.reports}

    @property
    def origins(self) -> Mapping[str, int]:
        """The origin of a text → its number on the page."""
        return {told.cluster.origin: told.cluster.number for told in self.reports if told.cluster}


def telling(store: Store, id: str) -> Telling:
    """The event with its reports, in the order in which they were published. Raises UnknownId."""
    found = next(store.rows("SELECT record FROM events WHERE id = $1", [id]), None)
    if found is None:
        raise UnknownId(f"there is no event {id!r}; events are made anew by each assembly, and may get another id")
    record = json.loads(found[0])
    return Telling(event_from_json(record), record, _reports(store, id), bearings(store, id))


def heirs(store: Store, id: str) -> list[str]:
    """The events that have the reports of one that is no more."""
    sql = "SELECT record FROM history WHERE kind = 'event' AND id = $1 ORDER BY number DESC LIMIT 1"
    found = next(store.rows(sql, [id]), None)
    if found is None:
        return []
    names = [name.rpartition("#") for name in json.loads(found[0])["reports"]]
    sql = "SELECT event_id FROM event_reports WHERE document_id = $1 AND report_id = $2"
    homes = (row[0] for document, _, report in names for row in store.rows(sql, [document, report]))
    return list(dict.fromkeys(homes))


def _reports(store: Store, id: str) -> tuple[Told, ...]:
    found = [(from_json(json.loads(row[0])), *row[1:]) for row in store.rows(_REPORTS, [id])]
    origin = clusters(store, list(dict.fromkeys(report.document.id for report, *_ in found)))
    return tuple(
        _told(number, report, sentence, origin.get(report.document.id))
        for number, (report, sentence, _) in enumerate(found, 1)
    )


def _told(number: int, report: Report, sentence: str | None, cluster: Cluster | None) -> Told:
    all_rows = rows(report)
    return Told(
        number=number,
        report=report,
        sentence=sentence,
        words=sentence_words(report, sentence),
        rows=tuple(all_rows),
        elsewhere=tuple(row for row in all_rows if row.quote and row.quote.text and not _inside(row, report)),
        cluster=cluster,
        address=web_address(report.document.url),
    )


def _inside(row: Row, report: Report) -> bool:
    """Whether all words of a field stand in the sentence of the report."""
    assert row.quote is not None
    here = report.sentence
    return row.quote.within == here.within and here.start <= row.quote.start and row.quote.end <= here.end


def sentence_words(report: Report, sentence: str | None) -> Markup | None:
    """The sentence of a report with its fields marked."""
    if not sentence:
        return None
    shift = report.sentence.start
    found = marks(report, report.sentence.within)
    return highlight(sentence, [_moved(mark, shift) for mark in found])


def _moved(mark: Mark, shift: int) -> Mark:
    return Mark(mark.start - shift, mark.end - shift, mark.label, mark.title, mark.note, mark.id)


def bearings(store: Store, id: str) -> tuple[Bearing, ...]:
    """The events that are linked to one, in both directions."""
    sql = "SELECT source, target, kind, evidence FROM event_links WHERE source = $1 OR target = $1 ORDER BY ALL"
    found = [
        (LINKS.get(kind, (kind, kind))[source != id], kind, evidence, target if source == id else source)
        for source, target, kind, evidence in store.rows(sql, [id])
    ]
    known = {card.event.id: card for card in cards(store, list(dict.fromkeys(other for *_, other in found)))}
    return tuple(Bearing(words, kind, why, known[other]) for words, kind, why, other in found if other in known)
