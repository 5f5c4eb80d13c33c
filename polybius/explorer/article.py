"""An article with the reports that were read from it, and the part of its text that a page shows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from polybius.explorer.fields import Row, marks, rows
from polybius.explorer.origin import Cluster, clusters, web_address
from polybius.explorer.words import Mark, highlight
from polybius.records import Document
from polybius.report import Report, from_json
from polybius.store import Store, UnknownId

PART = 60_000  # characters of a page
LONGEST_TITLE = 300
NEAR = 2_000  # characters before the end of a part in which a paragraph's end is looked for


@dataclass(frozen=True, slots=True)
class Coded:
    """A report of an article, the number by which the page names it, and the event that it became part of."""

    number: int
    report: Report
    rows: tuple[Row, ...]
    event: str | None
    inside: bool  # its event's word stands in the part that is shown


@dataclass(frozen=True, slots=True)
class Article:
    """What a page shows. ``words`` is None in a store without texts; ``chosen`` is the report whose fields are shown alone."""

    document: Document
    title: Markup
    words: Markup | None
    reports: tuple[Coded, ...]
    chosen: Coded | None
    part: int
    parts: int
    characters: int
    cluster: Cluster | None
    address: str | None


def article(store: Store, id: str, chosen: str = "", part: int | None = None) -> Article:
    """The article with its reports in the order of the text. Raises UnknownId."""
    document = store.document(id)
    reports = _reports(store, id)
    number = _number(reports, chosen, id)
    spans = split(document.text)
    at = part if part is not None else _part_of(reports[number - 1][0] if number else None, spans)
    if not 1 <= at <= len(spans):
        raise UnknownId(f"the article has {len(spans)} parts, found part {at}")
    start, end = spans[at - 1]
    coded = tuple(_coded(n, report, event, start, end) for n, (report, event) in enumerate(reports, 1))
    found = _marks(coded, number)
    return Article(
        document=document,
        title=_title(document, coded, number),
        words=highlight(document.text, found, start, end) if document.text else None,
        reports=coded,
        chosen=coded[number - 1] if number else None,
        part=at,
        parts=len(spans),
        characters=len(document.text) or _characters(store, id),
        cluster=clusters(store, [id]).get(id),
        address=web_address(document.url),
    )


def _reports(store: Store, id: str) -> list[tuple[Report, str | None]]:
    sql = "SELECT report_id, event_id FROM event_reports WHERE document_id = $1"
    events: Mapping[str, str] = dict(store.rows(sql, [id]))
    sql = "SELECT id, record FROM reports WHERE document_id = $1 ORDER BY position"
    return [(from_json(json.loads(record)), events.get(report)) for report, record in store.rows(sql, [id])]


def _number(reports: Sequence[tuple[Report, str | None]], chosen: str, id: str) -> int:
    """The number of the report that is chosen; 0 where none is."""
    if not chosen:
        return 0
    for number, (report, _) in enumerate(reports, 1):
        if report.id == chosen:
            return number
    raise UnknownId(f"the article {id!r} has no report {chosen!r}")


def split(text: str) -> list[tuple[int, int]]:
    """The parts of a text, one at least: each ends with a line where that is near, so that no word is cut."""
    found, start = [], 0
    while len(text) - start > PART:
        end = start + PART
        cut = max(text.rfind("\n", end - NEAR, end), text.rfind(" ", end - NEAR, end))
        found.append((start, cut + 1 if cut > start else end))
        start = found[-1][1]
    return [*found, (start, len(text))]


def _part_of(report: Report | None, spans: Sequence[tuple[int, int]]) -> int:
    if report is None or report.trigger.within == "title":
        return 1
    return next((n for n, (start, end) in enumerate(spans, 1) if start <= report.trigger.start < end), 1)


def _coded(number: int, report: Report, event: str | None, start: int, end: int) -> Coded:
    inside = report.trigger.within == "text" and start <= report.trigger.start < end
    return Coded(number, report, tuple(rows(report)), event, inside)


def _marks(reports: Sequence[Coded], number: int, within: str = "text") -> list[Mark]:
    """All fields, with the events' numbers; where a report is chosen, its own with labels, and the numbers of the others."""
    if not number:
        return [mark for one in reports for mark in marks(one.report, within, one.number)]
    numbers = [
        mark
        for one in reports
        if one.number != number
        for mark in marks(one.report, within, one.number)
        if mark.label == "trigger"
    ]
    chosen = reports[number - 1].report
    sentence = chosen.sentence
    claim = [Mark(sentence.start, sentence.end, "claim", f"{number}. the sentence of the report", "", "t0")]
    return [*(claim if sentence.within == within else ()), *marks(chosen, within), *numbers]


def _title(document: Document, reports: Sequence[Coded], number: int) -> Markup:
    title = document.title or ""
    found = highlight(title, _marks(reports, number, "title"), 0, LONGEST_TITLE)
    return found + "…" if len(title) > LONGEST_TITLE else found


def _characters(store: Store, id: str) -> int:
    return int(next(store.rows("SELECT characters FROM documents WHERE id = $1", [id]))[0])
