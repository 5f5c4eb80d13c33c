"""Documents and reports as rows of the tables, and rows into DuckDB many at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

import numpy as np

from polybius.records import Document, Span, content_id
from polybius.report import ActorField, PlaceField, Quote, Report, SourceField, flat, to_json
from polybius.store.connect import Connection
from polybius.store.schema import TABLES, quoted

Row = Mapping[str, Any]
_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
RECIPE = 1
_NUMBERS = {"INTEGER": "i", "BIGINT": "i", "DOUBLE": "fi", "BOOLEAN": "b"}  # with numpy's kinds of array

# Rows with all columns in order are written faster than those that have to be looked through.
_NO_GROUNDING: Row = dict.fromkeys(name for name, _ in TABLES["groundings"])


@dataclass(frozen=True, slots=True)
class Entry:
    """A coded document: its reports in the order of the text, and what else coding hands on.

    ``subject`` is where it was found; a rejection that stands under that name is lifted. ``vectors`` are those of the
    triggers, by the id of the report; ``signature`` finds near-copies of the text.
    """

    document: Document
    reports: tuple[Report, ...] = ()
    stamp: str = ""
    subject: str | None = None
    sentences: tuple[Span, ...] = ()
    vectors: Mapping[str, bytes] = field(default_factory=dict)
    signature: bytes = b""


def digest(document: Document) -> str:
    """What makes a document another one: its text and what is known of it."""
    published = document.published.isoformat() if document.published else None
    described = (document.url, document.publisher, document.title, document.language)
    names = ("url", "publisher", "title", "language")
    return content_id(
        "doc", RECIPE, {"version": document.version, "published": published, **dict(zip(names, described, strict=True))}
    )


def without_words(report: Report) -> Report:
    """The report with spans only: quotations are empty, and so is the title."""
    stripped: Report = _strip(report)
    return replace(stripped, document=replace(stripped.document, title=None))


def _strip(value: Any) -> Any:
    if isinstance(value, Quote):
        return replace(value, text="")
    if isinstance(value, tuple):
        return tuple(map(_strip, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{part.name: _strip(getattr(value, part.name)) for part in fields(value)})
    return value


def document_row(entry: Entry, seq: int, texts: bool) -> Row:
    """The row of ``documents``."""
    document = entry.document
    return {
        "id": document.id,
        "version": document.version,
        "digest": digest(document),
        "url": document.url,
        "publisher": document.publisher,
        "title": document.title if texts else None,
        "language": document.language,
        "published": document.published,
        "characters": len(document.text),
        "n_reports": len(entry.reports),
        "stamp": entry.stamp,
        "seq": seq,
    }


def report_row(entry: Entry, report: Report, position: int, seq: int) -> Row:
    """The row of ``reports``."""
    return {
        **flat(report),
        "document_id": entry.document.id,
        "position": position,
        "seq": seq,
        "record": as_json(to_json(report)),
        "vector": entry.vectors.get(report.id),
    }


def as_json(value: Any) -> str:
    """JSON as it stands in the store: letters as they are, no blanks."""
    return _JSON.encode(value)


def sentence_rows(entry: Entry) -> Iterator[Row]:
    """The rows of ``sentences``: those that coding handed on, else those that reports stand in."""
    spans = dict(enumerate(entry.sentences)) or {
        r.sentence.index: Span(r.sentence.start, r.sentence.end) for r in entry.reports if r.sentence.within == "text"
    }
    for number, span in sorted(spans.items()):
        yield {"document_id": entry.document.id, "number": number, "start_char": span.start, "end_char": span.end}


def grounding_rows(report: Report, document_id: str) -> Iterator[Row]:
    """The rows of ``groundings``: one a filler, and one for the date where there is any."""
    common = {**_NO_GROUNDING, "document_id": document_id, "report_id": report.id}
    parties: dict[str, tuple[ActorField | SourceField, ...]]
    parties = {"actor": report.actor, "recipient": report.recipient, "attribution": report.attribution}
    for role, fillers in parties.items():
        for position, party in enumerate(fillers):
            yield {**common, "role": role, "position": position, **_quoted(party), **_party(party)}
    for position, place in enumerate(report.place):
        yield {**common, "role": "place", "position": position, **_quoted(place), **_place(place)}
    date = report.date
    if date.quote or date.start or date.end:
        words = date.quote or Quote("", 0, 0)
        yield {
            **common,
            "role": "date",
            "position": 0,
            **({"words": words.text, "start_char": words.start, "end_char": words.end} if date.quote else {}),
            "implicit": date.implicit,
            "status": date.status,
            "reason": date.reason,
            "date_from": date.start,
            "date_to": date.end,
            "granularity": date.granularity,
        }


def _quoted(filler: ActorField | SourceField | PlaceField) -> Row:
    return {
        "words": filler.quote.text,
        "start_char": filler.quote.start,
        "end_char": filler.quote.end,
        "implicit": filler.implicit,
        "status": filler.status,
        "reason": filler.reason,
        "name": filler.name,
    }


def _party(party: ActorField | SourceField) -> Row:
    return {"code": party.code, "sectors": ",".join(party.sector) or None, "identifier": party.identifier}


def _place(place: PlaceField) -> Row:
    names = ("admin1", "latitude", "longitude", "geonames", "precision_km")
    return {"code": place.country, **{name: getattr(place, name) for name in names}}


def insert(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    """Write rows into a table in one go. Columns that a row does not name are NULL; one that the table lacks is an error."""
    if not rows:
        return
    columns = TABLES[table]
    found = list(_transposed(table, [name for name, _ in columns], rows))
    # DuckDB takes a mapping of arrays as a table: some hundred times faster than row by row. What no row has need not go.
    filled = [at for at, values in enumerate(found) if values.count(None) < len(rows)]
    incoming = {f"c{at}": _array(found[at], columns[at][1]) for at in filled}
    names = ", ".join(quoted(columns[at][0]) for at in filled)
    values = ", ".join(f"CAST(c{at} AS {columns[at][1]})" for at in filled)
    connection.register("incoming", incoming)
    try:
        connection.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM incoming")
    finally:
        connection.unregister("incoming")


def _transposed(table: str, names: list[str], rows: Sequence[Row]) -> Iterable[Sequence[Any]]:
    """The values column by column."""
    if all(list(row) == names for row in rows):
        return zip(*(row.values() for row in rows), strict=True)
    unknown = {name for row in rows for name in row}.difference(names)
    if unknown:
        raise ValueError(f"the table {table} has no column {', '.join(sorted(unknown))}")
    return [[row.get(name) for row in rows] for name in names]


def _array(values: Sequence[Any], kind: str) -> np.ndarray[Any, Any]:
    """One column. Dates go as text: DuckDB reads those of an array in a way that depends on the first. Numbers go as
    numbers where none is missing."""
    if kind == "DATE":
        written = {value: value and str(value) for value in set(values)}
        values = [written[value] for value in values]
    elif kind in _NUMBERS and None not in values:
        array = np.array(values)
        if array.dtype.kind in _NUMBERS[kind]:
            return array
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
