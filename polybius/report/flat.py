"""A report as one row of flat columns, for CSV and Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from polybius.report.ids import span_text
from polybius.report.types import ActorField, DateField, PlaceField, Report, Size, SourceField
from polybius.report.write import Json

CONFIDENCE_FIELDS = ("event", "status", "actor", "recipient", "place", "date", "attribution")


def _party_columns(role: str) -> tuple[tuple[str, str], ...]:
    names = (role, f"{role}_code", f"{role}_sector", f"{role}_identifier", f"{role}_text", f"{role}_span")
    return tuple((name, "VARCHAR") for name in names)


def _size_columns(kind: str) -> tuple[tuple[str, str], ...]:
    return ((kind, "BIGINT"), (f"{kind}_low", "BIGINT"), (f"{kind}_high", "BIGINT"), (f"{kind}_text", "VARCHAR"))


# The columns of CSV and Parquet, in order, with their DuckDB types. Where a report has several fillers, their values
# stand side by side in the same order with ";" between them, an unknown one is empty; the sectors of one actor have ","
# between them. A ";" inside a value is printed as ",". Spans are "start-end". No filler at all is NULL.
FLAT_COLUMNS: tuple[tuple[str, str], ...] = (
    ("id", "VARCHAR"),
    ("document_id", "VARCHAR"),
    ("document_version", "VARCHAR"),
    ("url", "VARCHAR"),
    ("publisher", "VARCHAR"),
    ("title", "VARCHAR"),
    ("published", "DATE"),
    ("language", "VARCHAR"),
    ("sentence", "BIGINT"),
    ("sentence_start", "BIGINT"),
    ("sentence_end", "BIGINT"),
    ("event", "VARCHAR"),
    ("mode", "VARCHAR"),
    ("context", "VARCHAR"),
    ("status", "VARCHAR"),
    ("quad_code", "VARCHAR"),
    ("event_scale", "DOUBLE"),
    ("trigger", "VARCHAR"),
    ("trigger_start", "BIGINT"),
    ("trigger_end", "BIGINT"),
    *_party_columns("actor"),
    *_party_columns("recipient"),
    ("date_from", "DATE"),
    ("date_to", "DATE"),
    ("date_granularity", "VARCHAR"),
    ("date_status", "VARCHAR"),
    ("date_reason", "VARCHAR"),
    ("date_text", "VARCHAR"),
    ("place", "VARCHAR"),
    ("place_country", "VARCHAR"),
    ("place_admin1", "VARCHAR"),
    ("place_text", "VARCHAR"),
    ("place_span", "VARCHAR"),
    ("latitude", "DOUBLE"),
    ("longitude", "DOUBLE"),
    ("geonames", "BIGINT"),
    ("precision_km", "DOUBLE"),
    *_party_columns("attribution"),
    ("attribution_cue", "VARCHAR"),
    *_size_columns("killed"),
    *_size_columns("injured"),
    *_size_columns("arrested"),
    ("incident", "VARCHAR"),
    ("found_by", "VARCHAR"),
    *((f"confidence_{name}", "DOUBLE") for name in CONFIDENCE_FIELDS),
    ("stamp", "VARCHAR"),
)


_PARTY_NAMES = {role: tuple(name for name, _ in _party_columns(role)) for role in ("actor", "recipient", "attribution")}
_SIZE_NAMES = {kind: tuple(name for name, _ in _size_columns(kind)) for kind in ("killed", "injured", "arrested")}
_PLACE_NAMES = "place place_country place_admin1 place_text place_span latitude longitude geonames precision_km".split()


def flat(report: Report) -> Json:
    """One row for ``report``, with the columns of ``FLAT_COLUMNS``. Coordinates are those of the first place."""
    row = {
        **_flat_document(report),
        **_flat_event(report),
        **_flat_parties("actor", report.actor),
        **_flat_parties("recipient", report.recipient),
        **_flat_date(report.date),
        **_flat_place(report.place),
        **_flat_parties("attribution", report.attribution),
        "attribution_cue": _joined(source.cue.text if source.cue else None for source in report.attribution),
        **_flat_size("killed", report.size.killed),
        **_flat_size("injured", report.size.injured),
        **_flat_size("arrested", report.size.arrested),
        "incident": report.incident,
        "found_by": report.found_by,
        **_flat_confidence(report),
        "stamp": report.stamp,
    }
    return {name: row[name] for name, _ in FLAT_COLUMNS}


def _joined(values: Iterable[str | None], mark: str = ";") -> str | None:
    parts = [(value or "").replace(";", ",") for value in values]
    return mark.join(parts) if parts else None


def _joined_field(fillers: Sequence[Any], field: str) -> str | None:
    """As ``_joined``, of a field of each filler. Most roles have one filler or none."""
    if len(fillers) == 1:
        return (getattr(fillers[0], field) or "").replace(";", ",")
    return _joined(getattr(filler, field) for filler in fillers)


def _flat_document(report: Report) -> Json:
    document = report.document
    return {
        "id": report.id,
        "document_id": document.id,
        "document_version": document.version,
        "url": document.url,
        "publisher": document.publisher,
        "title": document.title,
        "published": document.published,
        "language": document.language,
        "sentence": report.sentence.index,
        "sentence_start": report.sentence.start,
        "sentence_end": report.sentence.end,
    }


def _flat_event(report: Report) -> Json:
    return {
        "event": report.event,
        "mode": _joined(report.mode),
        "context": _joined(report.context),
        "status": report.status,
        "quad_code": report.quad_code,
        "event_scale": report.event_scale,
        "trigger": report.trigger.text,
        "trigger_start": report.trigger.start,
        "trigger_end": report.trigger.end,
    }


def _flat_parties(role: str, parties: Sequence[ActorField | SourceField]) -> Json:
    names = _PARTY_NAMES[role]
    if not parties:
        return dict.fromkeys(names)
    values = (
        _joined_field(parties, "name"),
        _joined_field(parties, "code"),
        _joined(_joined(party.sector, ",") for party in parties),
        _joined_field(parties, "identifier"),
        *_quoted(parties),
    )
    return dict(zip(names, values, strict=True))


def _quoted(fillers: Sequence[ActorField | SourceField | PlaceField]) -> tuple[str | None, str | None]:
    """The words of the fillers, and where they stand."""
    return _joined(filler.quote.text for filler in fillers), _joined(span_text((f.quote.span,)) for f in fillers)


def _flat_date(date: DateField) -> Json:
    return {
        "date_from": date.start,
        "date_to": date.end,
        "date_granularity": date.granularity,
        "date_status": date.status,
        "date_reason": date.reason,
        "date_text": date.quote.text if date.quote else None,
    }


def _flat_place(places: Sequence[PlaceField]) -> Json:
    if not places:
        return dict.fromkeys(_PLACE_NAMES)
    first = places[0]
    values = (
        _joined_field(places, "name"),
        _joined_field(places, "country"),
        _joined_field(places, "admin1"),
        *_quoted(places),
        first.latitude,
        first.longitude,
        first.geonames,
        first.precision_km,
    )
    return dict(zip(_PLACE_NAMES, values, strict=True))


def _flat_size(kind: str, size: Size | None) -> Json:
    values = (size.best, size.low, size.high, size.quote.text) if size else (None,) * 4
    return dict(zip(_SIZE_NAMES[kind], values, strict=True))


def _flat_confidence(report: Report) -> Json:
    scores = dict(report.confidence)
    return {f"confidence_{name}": scores.get(name) for name in CONFIDENCE_FIELDS}
