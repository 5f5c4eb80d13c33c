"""The types of a report: frozen, and rounded when they are built."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from typing import Literal

from polybius.records import Document, Granularity, GroundingStatus, Span, Status

DECIMALS = 3

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
