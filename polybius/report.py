"""The report: one claim by one document that one event happened, will, might or did not, tied to its words.

A report is built once and printed in three shapes: the JSON record (``to_json``), flat columns (``flat``) and Arrow
rows (``to_arrow``). JSON and Arrow give the same report back. Numbers are rounded to three decimals when the report
is built, not when it is printed, so that what is compared in memory is what stands in a file.
"""

from __future__ import annotations

import datetime as dt
import importlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from polybius.records import (
    Claim,
    Document,
    Granularity,
    GroundingStatus,
    Span,
    Status,
    content_id,
)

SCHEMA = 1
RECIPE = 1
DECIMALS = 3

Json = dict[str, Any]
Within = Literal["text", "title"]


def rounded(value: float) -> float:
    """``value`` to three decimals, never minus zero; a number that is not finite is an error, JSON has none."""
    if not math.isfinite(value):
        raise ValueError(f"a report holds finite numbers only, found {value!r}")
    return round(float(value), DECIMALS) + 0.0


def _round_fields(record: object, *names: str) -> None:
    """Round the named fields of a frozen record while it is being built."""
    for name in names:
        value = getattr(record, name)
        if value is not None:
            object.__setattr__(record, name, rounded(value))


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the document and where they stand: ``text[start:end]`` of the document's text, or of its title."""

    text: str
    start: int
    end: int
    within: Within = "text"

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def quote(text: str, span: Span, within: Within = "text") -> Quote:
    """The quotation of ``span`` in ``text``."""
    return Quote(span.of(text), span.start, span.end, within)


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """What a report says about its document: everything but the text."""

    id: str
    version: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: dt.date | None = None
    language: str = "en"


def document_ref(document: Document) -> DocumentRef:
    """The part of a document that its reports carry."""
    return DocumentRef(
        id=document.id,
        version=document.version,
        url=document.url,
        publisher=document.publisher,
        title=document.title,
        published=document.published,
        language=document.language,
    )


@dataclass(frozen=True, slots=True)
class SentenceRef:
    """The sentence of the trigger: its place in the order of sentences, and its characters."""

    index: int
    start: int
    end: int
    within: Within = "text"


@dataclass(frozen=True, slots=True)
class ActorField:
    """An actor or a recipient. ``code`` is None, and absent from JSON, where it is not known."""

    quote: Quote
    implicit: bool = False
    name: str | None = None
    code: str | None = None
    sector: tuple[str, ...] = ()
    identifier: str | None = None
    chain: tuple[Span, ...] = ()
    status: GroundingStatus = "resolved"
    reason: str = ""
    runners_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceField:
    """Who says so, and the word of saying (``cue``), where there is one. No source: the publisher says it."""

    quote: Quote
    implicit: bool = False
    name: str | None = None
    code: str | None = None
    sector: tuple[str, ...] = ()
    identifier: str | None = None
    cue: Quote | None = None
    status: GroundingStatus = "resolved"
    reason: str = ""
    runners_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceField:
    """Where. ``country`` is ISO 3166 alpha-3; ``precision_km`` is the radius within which the place lies."""

    quote: Quote
    implicit: bool = False
    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames: int | None = None
    precision_km: float | None = None
    status: GroundingStatus = "resolved"
    reason: str = ""
    runners_up: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _round_fields(self, "latitude", "longitude", "precision_km")


@dataclass(frozen=True, slots=True)
class DateField:
    """When, both ends included. ``quote`` is None where no words say it; ``reason`` then says where it comes from."""

    quote: Quote | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    granularity: Granularity | None = None
    status: GroundingStatus = "not_found"
    reason: str = "no date in the text"
    implicit: bool = False
    runners_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Size:
    """How many, with the words that say so, and who says so where that is somebody else than the report's source."""

    low: int | None
    best: int | None
    high: int | None
    quote: Quote
    attribution: tuple[SourceField, ...] = ()


@dataclass(frozen=True, slots=True)
class Sizes:
    """The numbers that PLOVER asks for."""

    killed: Size | None = None
    injured: Size | None = None
    arrested: Size | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One coded claim. ``confidence`` pairs a field's name with how sure its reading is, from 0 to 1."""

    id: str
    document: DocumentRef
    sentence: SentenceRef
    event: str
    status: Status
    quad_code: str
    event_scale: float
    trigger: Quote
    mode: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    actor: tuple[ActorField, ...] = ()
    recipient: tuple[ActorField, ...] = ()
    date: DateField = field(default_factory=DateField)
    place: tuple[PlaceField, ...] = ()
    attribution: tuple[SourceField, ...] = ()
    size: Sizes = field(default_factory=Sizes)
    incident: str = ""
    found_by: str = "frame"
    confidence: tuple[tuple[str, float], ...] = ()
    stamp: str = ""

    def __post_init__(self) -> None:
        _round_fields(self, "event_scale")
        scores = tuple((name, rounded(score)) for name, score in self.confidence)
        object.__setattr__(self, "confidence", scores)


# --- ids -------------------------------------------------------------------------------------------------------------


def report_id(
    version: str,
    sentence: int,
    event: str,
    trigger: Span,
    status: Status,
    roles: Mapping[str, Iterable[Span]],
) -> str:
    """The id of a report: the document's text, the decisions and their spans, never a score."""
    fields: dict[str, str | int | None] = {
        "version": version,
        "sentence": sentence,
        "event": event,
        "trigger": _spans((trigger,)),
        "status": status,
    }
    fields.update({f"role:{role}": _spans(spans) for role, spans in roles.items()})
    return content_id("rep", RECIPE, fields)


def claim_id(document: Document, claim: Claim) -> str:
    """The id of the report that ``claim`` becomes; grounding does not change it."""
    roles = {
        "actor": [filler.span for filler in claim.actor],
        "recipient": [filler.span for filler in claim.recipient],
        "place": [filler.span for filler in claim.place],
        "date": [filler.span for filler in claim.date],
        "attribution": [source.filler.span for source in claim.attribution],
    }
    return report_id(document.version, claim.sentence, claim.event, claim.trigger, claim.status, roles)


def _spans(spans: Iterable[Span]) -> str:
    return ",".join(f"{span.start}-{span.end}" for span in spans)


# --- JSON ------------------------------------------------------------------------------------------------------------


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


# --- flat columns ----------------------------------------------------------------------------------------------------

CONFIDENCE_FIELDS = ("event", "status", "actor", "recipient", "place", "date", "attribution")


def _party_columns(role: str) -> tuple[tuple[str, str], ...]:
    names = (role, f"{role}_code", f"{role}_sector", f"{role}_identifier", f"{role}_text", f"{role}_span")
    return tuple((name, "VARCHAR") for name in names)


def _size_columns(kind: str) -> tuple[tuple[str, str], ...]:
    return ((kind, "BIGINT"), (f"{kind}_low", "BIGINT"), (f"{kind}_high", "BIGINT"), (f"{kind}_text", "VARCHAR"))


# The columns of CSV and Parquet, in order, with their DuckDB types. Where a report has several fillers, their values
# stand side by side in the same order with ";" between them, an unknown one is empty; an actor's sectors have "," between
# them. A ";" inside a value is printed as ",". Spans are "start-end". No filler at all is NULL.
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
        f"{role}_span": _joined(_spans((party.quote.span,)) for party in parties),
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
        "place_span": _joined(_spans((place.quote.span,)) for place in places),
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


# --- Arrow -----------------------------------------------------------------------------------------------------------

# A type is a name, a list with the type of its items, or a mapping of field names to types.
_QUOTE = {"text": "string", "start": "int64", "end": "int64", "in": "string"}
_RESOLUTION = {"status": "string", "reason": "string", "runners_up": ["string"]}
_PARTY = {
    **_QUOTE,
    "implicit": "bool",
    "name": "string",
    "code": "string",
    "sector": ["string"],
    "identifier": "string",
}
_SOURCE = {**_PARTY, "cue": _QUOTE, **_RESOLUTION}
_SIZE = {"low": "int64", "best": "int64", "high": "int64", **_QUOTE, "attribution": [_SOURCE]}
_ACTOR = {**_PARTY, "chain": [{"start": "int64", "end": "int64"}], **_RESOLUTION}
_PLACE = {
    **_QUOTE,
    "implicit": "bool",
    "name": "string",
    "country": "string",
    "admin1": "string",
    "latitude": "float64",
    "longitude": "float64",
    "geonames": "int64",
    "precision_km": "float64",
    **_RESOLUTION,
}
_DATE = {**_QUOTE, "implicit": "bool", "from": "date32", "to": "date32", "granularity": "string", **_RESOLUTION}
_DOCUMENT = {
    "id": "string",
    "version": "string",
    "url": "string",
    "publisher": "string",
    "title": "string",
    "published": "date32",
    "language": "string",
}

ARROW_FIELDS: Mapping[str, Any] = {
    "id": "string",
    "schema": "int64",
    "document": _DOCUMENT,
    "sentence": {"index": "int64", "start": "int64", "end": "int64", "in": "string"},
    "event": "string",
    "mode": ["string"],
    "context": ["string"],
    "status": "string",
    "quad_code": "string",
    "event_scale": "float64",
    "trigger": _QUOTE,
    "actor": [_ACTOR],
    "recipient": [_ACTOR],
    "date": _DATE,
    "place": [_PLACE],
    "attribution": [_SOURCE],
    "size": {"killed": _SIZE, "injured": _SIZE, "arrested": _SIZE},
    "incident": "string",
    "found_by": "string",
    "confidence": [{"field": "string", "score": "float64"}],
    "stamp": "string",
}


def arrow_schema() -> Any:
    """The Arrow schema of reports; needs the extra [arrow], which the core never imports."""
    try:
        pa = importlib.import_module("pyarrow")
    except ImportError as error:
        raise ImportError('Arrow needs pyarrow: pip install "polybius[arrow]"') from error
    return pa.schema([pa.field(name, _arrow_type(pa, kind)) for name, kind in ARROW_FIELDS.items()])


def _arrow_type(pa: Any, kind: Any) -> Any:
    if isinstance(kind, list):
        return pa.list_(_arrow_type(pa, kind[0]))
    if isinstance(kind, dict):
        return pa.struct([pa.field(name, _arrow_type(pa, part)) for name, part in kind.items()])
    return getattr(pa, "bool_" if kind == "bool" else kind)()


def to_arrow(report: Report) -> Json:
    """``report`` as a row that fits ``arrow_schema()``: every key present, dates as dates."""
    record = to_json(report)
    for role in ("actor", "recipient"):
        for party in record[role]:
            party["chain"] = [{"start": start, "end": end} for start, end in party["chain"]]
    record["confidence"] = [{"field": name, "score": score} for name, score in report.confidence]
    row: Json = _fit(record, ARROW_FIELDS)
    return row


def _fit(value: Any, kind: Any) -> Any:
    """``value`` with every key that ``kind`` names and the Python types that Arrow expects."""
    if isinstance(kind, list):
        return [_fit(item, kind[0]) for item in value or ()]
    if isinstance(kind, Mapping):
        return None if value is None else {name: _fit(value.get(name), part) for name, part in kind.items()}
    if kind == "date32":
        return _read_date(value)
    return bool(value) if kind == "bool" else value


def from_arrow(row: Mapping[str, Any]) -> Report:
    """The report of a row that ``to_arrow`` made, or that came back from a table of ``arrow_schema()``."""
    record = _unfit(row)
    for role in ("actor", "recipient"):
        for party in record[role]:
            party["chain"] = [(span["start"], span["end"]) for span in party["chain"]]
    record["confidence"] = {pair["field"]: pair["score"] for pair in record["confidence"]}
    return from_json(record)


def _unfit(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _unfit(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_unfit(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value
