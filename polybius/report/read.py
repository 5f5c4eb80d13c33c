"""A JSON record as a report again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from polybius.records import Span
from polybius.report.types import (
    ActorField,
    DateField,
    DocumentRef,
    PlaceField,
    Quote,
    Report,
    SentenceRef,
    Size,
    Sizes,
    SourceField,
)
from polybius.report.write import SCHEMA, Json


def from_json(record: Mapping[str, Any]) -> Report:
    """The report that ``record`` prints. Keys that say nothing (no code, no runners-up) may be missing."""
    if record.get("schema") != SCHEMA:
        raise ValueError(f"schema {record.get('schema')!r} of record {record.get('id')!r} is not {SCHEMA}")
    return Report(
        id=record["id"],
        document=_read_document(record["document"]),
        sentence=_read_sentence(record["sentence"]),
        event=record["event"],
        mode=tuple(record["mode"]),
        context=tuple(record["context"]),
        status=record["status"],
        quad_code=record["quad_code"],
        event_scale=record["event_scale"],
        trigger=_read_quote(record["trigger"]),
        actor=tuple(map(_read_actor, record["actor"])),
        recipient=tuple(map(_read_actor, record["recipient"])),
        date=_read_date_field(record["date"]),
        place=tuple(map(_read_place, record["place"])),
        attribution=tuple(map(_read_source, record["attribution"])),
        size=_read_sizes(record["size"]),
        incident=record["incident"],
        found_by=record["found_by"],
        confidence=tuple(record["confidence"].items()),
        stamp=record["stamp"],
    )


def _read_document(record: Mapping[str, Any]) -> DocumentRef:
    return DocumentRef(**{**record, "published": _read_date(record["published"])})


def _read_sentence(record: Mapping[str, Any]) -> SentenceRef:
    return SentenceRef(record["index"], record["start"], record["end"], record.get("in") or "text")


def _read_date(value: str | None) -> dt.date | None:
    return None if value is None else dt.date.fromisoformat(value)


def _read_quote(record: Mapping[str, Any]) -> Quote:
    return Quote(record["text"], record["start"], record["end"], record.get("in") or "text")


def _read_filler(record: Mapping[str, Any]) -> Json:
    """What every filler has: its words and how it was resolved."""
    return {
        "quote": None if record["start"] is None else _read_quote(record),
        "implicit": bool(record.get("implicit")),
        "status": record.get("status") or "resolved",
        "reason": record.get("reason") or "",
        "runners_up": tuple(record.get("runners_up") or ()),
    }


def _read_party(record: Mapping[str, Any]) -> Json:
    return {
        **_read_filler(record),
        "name": record["name"],
        "code": record.get("code"),
        "sector": tuple(record["sector"]),
        "identifier": record.get("identifier"),
    }


def _read_actor(record: Mapping[str, Any]) -> ActorField:
    chain = tuple(Span(start, end) for start, end in record.get("chain") or ())
    return ActorField(**_read_party(record), chain=chain)


def _read_source(record: Mapping[str, Any]) -> SourceField:
    cue = record.get("cue")
    # A source may be written by name alone: its sector is then unknown.
    party = _read_party({"sector": (), **record})
    return SourceField(**party, cue=None if cue is None else _read_quote(cue))


def _read_place(record: Mapping[str, Any]) -> PlaceField:
    keys = ("name", "country", "admin1", "latitude", "longitude", "geonames", "precision_km")
    return PlaceField(**_read_filler(record), **{key: record[key] for key in keys})


def _read_date_field(record: Mapping[str, Any]) -> DateField:
    return DateField(
        **_read_filler(record),
        start=_read_date(record["from"]),
        end=_read_date(record["to"]),
        granularity=record["granularity"],
    )


def _read_sizes(record: Mapping[str, Any]) -> Sizes:
    return Sizes(_read_size(record["killed"]), _read_size(record["injured"]), _read_size(record["arrested"]))


def _read_size(record: Mapping[str, Any] | None) -> Size | None:
    if record is None:
        return None
    attribution = tuple(map(_read_source, record["attribution"]))
    return Size(record["low"], record["best"], record["high"], _read_quote(record), attribution)
