"""A report as one row of flat columns, for CSV and Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
    return {
        role: _joined(party.name for party in parties),
        f"{role}_code": _joined(party.code for party in parties),
        f"{role}_sector": _joined(_joined(party.sector, ",") for party in parties),
        f"{role}_identifier": _joined(party.identifier for party in parties),
        f"{role}_text": _joined(party.quote.text for party in parties),
        f"{role}_span": _joined(span_text((party.quote.span,)) for party in parties),
    }


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
    first = places[0] if places else None
    return {
        "place": _joined(place.name for place in places),
        "place_country": _joined(place.country for place in places),
        "place_admin1": _joined(place.admin1 for place in places),
        "place_text": _joined(place.quote.text for place in places),
        "place_span": _joined(span_text((place.quote.span,)) for place in places),
        "latitude": first and first.latitude,
        "longitude": first and first.longitude,
        "geonames": first and first.geonames,
        "precision_km": first and first.precision_km,
    }


def _flat_size(kind: str, size: Size | None) -> Json:
    return {
        kind: size and size.best,
        f"{kind}_low": size and size.low,
        f"{kind}_high": size and size.high,
        f"{kind}_text": size and size.quote.text,
    }


def _flat_confidence(report: Report) -> Json:
    scores = dict(report.confidence)
    return {f"confidence_{name}": scores.get(name) for name in CONFIDENCE_FIELDS}
