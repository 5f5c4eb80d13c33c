"""A report as a JSON record. The keys and their order are a contract, described by ``report.schema.json``."""

from __future__ import annotations

import datetime as dt
import json
from importlib import resources
from typing import Any

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

SCHEMA = 1

Json = dict[str, Any]


def json_schema() -> Json:
    """The JSON schema of a record, as packaged."""
    text = resources.files("polybius.report").joinpath("report.schema.json").read_text(encoding="utf-8")
    schema: Json = json.loads(text)
    return schema


def to_json(report: Report) -> Json:
    """The record of ``report``: keys and their order are a contract, described by ``report.schema.json``."""
    return {
        "id": report.id,
        "schema": SCHEMA,
        "document": _document_json(report.document),
        "sentence": {"index": report.sentence.index, **_span_json(report.sentence)},
        "event": report.event,
        "mode": list(report.mode),
        "context": list(report.context),
        "status": report.status,
        "quad_code": report.quad_code,
        "event_scale": report.event_scale,
        "trigger": _quote_json(report.trigger),
        "actor": [_actor_json(actor) for actor in report.actor],
        "recipient": [_actor_json(actor) for actor in report.recipient],
        "date": _date_json(report.date),
        "place": [_place_json(place) for place in report.place],
        "attribution": [_source_json(source) for source in report.attribution],
        "size": _sizes_json(report.size),
        "incident": report.incident,
        "found_by": report.found_by,
        "confidence": dict(report.confidence),
        "stamp": report.stamp,
    }


def _document_json(document: DocumentRef) -> Json:
    return {
        "id": document.id,
        "version": document.version,
        "url": document.url,
        "publisher": document.publisher,
        "title": document.title,
        "published": _iso(document.published),
        "language": document.language,
    }


def _iso(date: dt.date | None) -> str | None:
    return None if date is None else date.isoformat()


def _span_json(span: Quote | SentenceRef) -> Json:
    within = {} if span.within == "text" else {"in": span.within}
    return {"start": span.start, "end": span.end, **within}


def _quote_json(words: Quote | None) -> Json:
    if words is None:
        return {"text": None, "start": None, "end": None}
    return {"text": words.text, **_span_json(words)}


def _code_json(filler: ActorField | SourceField) -> Json:
    """``name``, ``code`` and ``sector``; a code that is not known is absent, so that nobody reads a default."""
    code = {} if filler.code is None else {"code": filler.code}
    return {"name": filler.name, **code, "sector": list(filler.sector)}


def _actor_json(actor: ActorField) -> Json:
    return {
        **_quote_json(actor.quote),
        "implicit": actor.implicit,
        **_code_json(actor),
        "identifier": actor.identifier,
        "chain": [[span.start, span.end] for span in actor.chain],
        "status": actor.status,
        "reason": actor.reason,
        "runners_up": list(actor.runners_up),
    }


def _source_json(source: SourceField) -> Json:
    return {
        **_quote_json(source.quote),
        **_implicit_json(source),
        **_code_json(source),
        **({} if source.identifier is None else {"identifier": source.identifier}),
        "cue": None if source.cue is None else _quote_json(source.cue),
        **_resolution_json(source),
    }


def _place_json(place: PlaceField) -> Json:
    return {
        **_quote_json(place.quote),
        **_implicit_json(place),
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geonames": place.geonames,
        "precision_km": _whole(place.precision_km),
        **_resolution_json(place),
    }


def _whole(value: float | None) -> float | int | None:
    """A radius is a round figure: printed without decimals where it has none."""
    return int(value) if value is not None and value.is_integer() else value


def _date_json(date: DateField) -> Json:
    return {
        **_quote_json(date.quote),
        **_implicit_json(date),
        "from": _iso(date.start),
        "to": _iso(date.end),
        "granularity": date.granularity,
        **_resolution_json(date),
    }


def _implicit_json(filler: SourceField | PlaceField | DateField) -> Json:
    """Outside actors and recipients the flag is printed only where it is raised."""
    return {"implicit": True} if filler.implicit else {}


def _resolution_json(filler: SourceField | PlaceField | DateField) -> Json:
    others = {"runners_up": list(filler.runners_up)} if filler.runners_up else {}
    return {"status": filler.status, "reason": filler.reason, **others}


def _sizes_json(sizes: Sizes) -> Json:
    return {
        "killed": _size_json(sizes.killed),
        "injured": _size_json(sizes.injured),
        "arrested": _size_json(sizes.arrested),
    }


def _size_json(size: Size | None) -> Json | None:
    if size is None:
        return None
    return {
        "low": size.low,
        "best": size.best,
        "high": size.high,
        **_quote_json(size.quote),
        "attribution": [_source_json(source) for source in size.attribution],
    }
