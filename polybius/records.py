"""The types that everything else speaks: frozen, slotted, standard library only.

Spans are half-open ranges of characters (Unicode code points) of a document's ``text``; text is never copied into a
type of the pipeline, so ``span.of(document.text)`` is always the quotation itself.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

Status = Literal["actual", "future", "hypothetical", "negated", "historical"]
STATUSES: tuple[Status, ...] = ("actual", "future", "hypothetical", "negated", "historical")
NameKind = Literal["PERSON", "ORG", "PLACE", "MISC"]
NAME_KINDS: tuple[NameKind, ...] = ("PERSON", "ORG", "PLACE", "MISC")
RoleName = Literal["actor", "recipient", "place", "date", "by"]
ROLE_NAMES: tuple[RoleName, ...] = ("actor", "recipient", "place", "date", "by")
GroundingStatus = Literal["resolved", "ambiguous", "not_found"]

# Why a document was not coded. Documents in = coded + rejected, so every way out has a word here.
REJECTION_REASONS: Mapping[str, str] = {
    "missing": "there is no such file",
    "unreadable": "the file cannot be opened or read",
    "empty": "there is no text",
    "binary": "the bytes are not text",
    "encoding": "the bytes fit no encoding that is tried",
    "malformed": "it does not have the form of its format",
    "bad_date": "the publication date is not a date",
    "too_long": "the text is longer than the limit",
    "not_english": "the text is in another language",
    "no_article": "no article is found in the page",
    "too_much": "it unpacks to more than the limit",
    "unsafe_name": "a name in the archive leads out of it",
    "gave_up": "extraction needed too much time or memory, or its process ended",
    "bad_url": "the address is none that may be fetched",
    "private_address": "the address leads into a private network",
    "unreachable": "the host cannot be found or reached, or took too long",
    "certificate": "the host cannot prove that it is who it says",
    "http_status": "the server gave no page",
    "redirects": "the address leads on and on",
    "robots": "the site does not want it to be fetched",
    "not_installed": "the library that reads this format is not installed",
    "failed": "coding raised an error",
}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of characters of a document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Document:
    """One text with what is known of where it came from. ``version`` is the hash of the text.

    ``found`` names where date and publisher stood, for documents that do not state them in fields of their own.
    """

    id: str
    version: str
    text: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    language: str = "en"
    published: dt.date | None = None
    fetched: dt.datetime | None = None
    author: str | None = None
    found: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rejection:
    """A document, file or line that was not coded. ``reason`` is a key of REJECTION_REASONS."""

    stage: str
    subject: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Parallel arrays over the words of one sentence.

    ``heads`` holds 0-based positions in the same sentence, -1 for the root. ``starts`` and ``ends`` are character
    offsets in the document. ``feats`` are UD feature strings, "_" where there are none.
    """

    index: int
    span: Span
    forms: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lemmas: tuple[str, ...]
    upos: tuple[str, ...]
    feats: tuple[str, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.forms)


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name as the reader saw it."""

    span: Span
    kind: NameKind
    sentence: int


@dataclass(frozen=True, slots=True)
class Filler:
    """A candidate for a role: the whole phrase, how sure the reader is (0 to 1), and whether the sentence names it."""

    span: Span
    score: float = 1.0
    implicit: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What the reader proposes for one trigger and one event type. Scores are probabilities, best first.

    ``vector`` is the projected contextual vector of the trigger: 64 signed bytes, empty in a frame made by hand.
    """

    trigger: Span
    sentence: int
    event: str
    score: float
    modes: tuple[tuple[str, float], ...] = ()
    statuses: tuple[tuple[str, float], ...] = (("actual", 1.0),)
    actor: tuple[Filler, ...] = ()
    recipient: tuple[Filler, ...] = ()
    place: tuple[Filler, ...] = ()
    date: tuple[Filler, ...] = ()
    by: tuple[Filler, ...] = ()
    vector: bytes = b""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model sees in one document. ``contexts`` are PLOVER contexts of the report with probabilities."""

    document_id: str
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...] = ()
    frames: tuple[Frame, ...] = ()
    contexts: tuple[tuple[str, float], ...] = ()
    reader: str = "hand"


@dataclass(frozen=True, slots=True)
class Source:
    """One link of an attribution: the phrase that names who says so, and the word of saying, where there is one."""

    filler: Filler
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A coded frame before its mentions are grounded: spans and codes only. Coding makes it, grounding reads it."""

    sentence: int
    trigger: Span
    event: str
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    status: Status = "actual"
    actor: tuple[Filler, ...] = ()
    recipient: tuple[Filler, ...] = ()
    place: tuple[Filler, ...] = ()
    date: tuple[Filler, ...] = ()
    attribution: tuple[Source, ...] = ()
    found_by: str = "frame"
    confidence: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who: PLOVER codes of an actor. ``code`` is ISO 3166 alpha-3 or one of PLOVER's own; sectors in order of weight."""

    name: str
    code: str | None = None
    sectors: tuple[str, ...] = ()
    identifier: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where: coordinates in degrees, ``precision_km`` the radius within which the place lies.

    ``feature`` is the GeoNames code of what kind of place it is (PPLC, ADM1, SEA).
    """

    name: str
    country: str | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames: int | None = None
    precision_km: float | None = None
    admin2: str | None = None
    feature: str | None = None


Granularity = Literal["day", "week", "month", "season", "quarter", "year", "decade", "range"]


@dataclass(frozen=True, slots=True)
class DateRange:
    """When: both ends included; ``start`` or ``end`` is None where the expression leaves it open."""

    start: dt.date | None
    end: dt.date | None
    granularity: Granularity


@dataclass(frozen=True, slots=True)
class Grounding(Generic[T]):
    """What a mention is resolved to, or why it is not. Never holds a default: without a target, a reason."""

    status: GroundingStatus
    target: T | None
    reason: str
    chain: tuple[Span, ...] = ()
    score: float = 1.0
    method: str = ""
    runners_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Groundings:
    """The groundings of one document's claims. A claim's own date, which may have no words, is found by its trigger.

    ``parties`` are those for whom one phrase stands, each by itself: Pyongyang and Seoul for "the two sides".
    """

    actors: Mapping[Span, Grounding[Actor]] = field(default_factory=dict)
    places: Mapping[Span, Grounding[Place]] = field(default_factory=dict)
    dates: Mapping[Span, Grounding[DateRange]] = field(default_factory=dict)
    parties: Mapping[Span, tuple[Grounding[Actor], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TraceEntry:
    """Why one rule or score did or did not fire: a line of ``polybius explain``."""

    stage: str
    span: Span
    rule: str
    verdict: str
    detail: str = ""


Verdict = Literal["same", "different", "unsure"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether two reports are about one event. ``left`` and ``right`` name reports as "document#report", the smaller first.

    ``by`` is a person, or the recipe of the comparison; ``features`` are then what the score, a log-odds, is the sum of.
    """

    left: str
    right: str
    verdict: Verdict
    by: str
    score: float | None = None
    features: tuple[tuple[str, float], ...] = ()
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """One value that reports give a field, and how many reports and independent sources do."""

    value: str
    n_reports: int
    n_sources: int


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or recipient of an event, and how many of its reports name them."""

    name: str
    code: str | None
    sectors: tuple[str, ...]
    identifier: str | None
    n_reports: int


@dataclass(frozen=True, slots=True)
class Figure:
    """How many were killed, injured or arrested, as one claimant says; ``report`` is where."""

    kind: str
    low: int | None
    best: int | None
    high: int | None
    claimant: str
    report: str


@dataclass(frozen=True, slots=True)
class Support:
    """A claimant of an event and the origins of the texts that quote them: one part of its belief.

    ``doubt`` is how likely all of them are wrong: ``systematic`` (the claimant errs or lies, which copies and further
    quotations do not cure) and ``random`` (misquoted or misread, which each further origin halves or better).
    """

    claimant: str
    origins: tuple[str, ...]
    n_reports: int
    systematic: float
    random: float

    @property
    def doubt(self) -> float:
        return min(1.0, self.systematic + self.random)


@dataclass(frozen=True, slots=True)
class Event:
    """What one or many reports are about. Derived, never edited; ``reports`` name theirs as "document#report".

    A field holds what most sources say; its spread stands beside it (``dates``, ``places``, ``modes``, ``figures``).
    """

    id: str
    event: str
    mode: tuple[str, ...]
    context: tuple[str, ...]
    status: Status
    quad_code: str
    event_scale: float
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]
    start: dt.date | None
    end: dt.date | None
    dates: tuple[Variant, ...]
    place: Place | None
    places: tuple[Variant, ...]
    modes: tuple[Variant, ...]
    figures: tuple[Figure, ...]
    reports: tuple[str, ...]
    n_reports: int
    n_sources: int
    belief: float
    supports: tuple[Support, ...]
    disputed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventLink:
    """How one event bears on another: ``source`` is the planned one that came true as ``target``, its denial, or the
    response to it."""

    source: str
    target: str
    kind: Literal["came_true", "denial_of", "response_to"]
    evidence: str


Trace = Callable[[TraceEntry], None]


def text_version(text: str) -> str:
    """16 hex digits of the SHA-256 of the text, as UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def content_id(prefix: str, recipe: int, fields: Mapping[str, str | int | None]) -> str:
    """The one place where ids are made: ``prefix`` + recipe number + hash of a length-safe encoding of the fields.

    No field may be a floating-point score: the same decisions give the same id on every machine.
    """
    parts = []
    for key in sorted(fields):
        value = "" if fields[key] is None else str(fields[key])
        parts.append(f"{len(key)}:{key}{'n' if fields[key] is None else 'v'}{len(value)}:{value}")
    digest = hashlib.sha256("".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prefix}{recipe}-{digest[:20]}"
