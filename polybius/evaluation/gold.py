"""Texts with their events marked, in the one shape that scorers compare: gold and coded texts alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from polybius.evaluation.annotations import ROLES, AnnotatedEntity, AnnotatedReport, RoleFiller
from polybius.evaluation.counts import Span
from polybius.records import Document, text_version
from polybius.reference import normal
from polybius.report import Report, to_json

ROLE_KEYS: Mapping[str, str] = {role: "attribution" if role == "by" else role for role in ROLES}
# Codes that annotators may write for an unknown country, and those that PLOVER writes in another way.
NO_CODE = frozenset({"NA", ""})
OTHER_CODES = {"XKX": "KOS"}
Days = tuple[dt.date | None, dt.date | None]
StateOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Party:
    """Who or what fills a role. ``names`` are the normal forms of all words known to stand for it.

    ``span`` is None where the sentence does not say it. ``coded`` tells whether code and sectors are given: a code of
    None then means that nobody can tell the country.
    """

    span: Span | None
    words: str = ""
    names: frozenset[str] = frozenset()
    code: str | None = None
    sectors: tuple[str, ...] = ()
    coded: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an event was, as far as it is given."""

    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """One event mention. What is None, or missing in ``roles``, was not annotated and does not count."""

    event: str
    trigger: Span
    modes: frozenset[str] | None = None
    status: str | None = None
    incident: str | None = None
    roles: Mapping[str, tuple[Party, ...]] = field(default_factory=dict)
    days: Days | None = None
    spots: tuple[Spot, ...] | None = None


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with its marks. Of a text that is ``score_only`` no error is ever shown, only totals."""

    id: str
    marks: tuple[Mark, ...]
    document: Document | None = None
    sentences: tuple[Span, ...] = ()
    contexts: frozenset[str] | None = None
    family: str = ""
    score_only: bool = False

    @property
    def text(self) -> str:
        return self.document.text if self.document else ""


def same_state(code: str) -> str:
    """The code itself: what is used where nobody says which dependency belongs to which state."""
    return code


# --- annotated reports ---------------------------------------------------------------------------------------------


def from_annotated(
    report: AnnotatedReport, state_of: StateOf = same_state, family: str = "", score_only: bool = False
) -> MarkedText:
    """An annotated report; ``state_of`` gives the state to which a dependency belongs."""
    entities = _Entities(report, state_of)
    document = Document(
        report.id, text_version(report.text), report.text, title=report.title, published=report.published
    )
    marks = tuple(
        Mark(
            event=e.event,
            trigger=e.trigger,
            modes=frozenset(e.modes),
            status=e.status,
            incident=e.incident,
            roles={role: tuple(map(entities.party, e.roles.get(role, ()))) for role in ROLES},
        )
        for e in report.events
    )
    return MarkedText(
        report.id, marks, document, report.sentences, frozenset(report.contexts), family or report.origin, score_only
    )


class _Entities:
    """The ``A:`` lines of a report, looked up by mention."""

    def __init__(self, report: AnnotatedReport, state_of: StateOf) -> None:
        self.text, self.state_of = report.text, state_of
        self.named: dict[str, list[AnnotatedEntity]] = {}
        for entity in report.entities:
            for mention in dict.fromkeys(entity.mentions):
                self.named.setdefault(mention, []).append(entity)

    def party(self, filler: RoleFiller) -> Party:
        words = self.text[slice(*filler.span)] if filler.span else ""
        found = self.named.get(words if filler.entity is None else filler.entity, [])
        if len(found) != 1:
            return Party(filler.span, words, frozenset({normal(words)}))
        # The words themselves stand on the line of the entity unless they are tied to it: "he" names nobody.
        names = frozenset(map(normal, found[0].mentions))
        sectors = tuple(s for s in found[0].sectors if s != "-")
        return Party(filler.span, words, names, _code(found[0].code, self.state_of), sectors, True)


def _code(code: str, state_of: StateOf) -> str | None:
    return None if code in NO_CODE else state_of(OTHER_CODES.get(code, code))


# --- records -------------------------------------------------------------------------------------------------------


def from_reports(document: Document, reports: Iterable[Report], sentences: Iterable[Span] = ()) -> MarkedText:
    """What a coder makes of a document."""
    return from_records(document.id, [to_json(report) for report in reports], document, sentences)


def from_records(
    id: str,
    records: Iterable[Mapping[str, Any]],
    document: Document | None = None,
    sentences: Iterable[Span] = (),
) -> MarkedText:
    """JSON records of one document, of a coder or of annotators; those may leave fields out.

    Where nobody gives the sentences, they are those of the records.
    """
    inside = [r for r in records if r["trigger"].get("in", "text") == "text"]
    text = document.text if document else ""
    given = tuple(sentences) or tuple(sorted({(s["start"], s["end"]) for r in inside if (s := r.get("sentence"))}))
    contexts = [frozenset(r["context"]) for r in inside if "context" in r]
    together = frozenset().union(*contexts) if contexts or not inside else None
    return MarkedText(id, tuple(_mark(r, text) for r in inside), document, given, together)


def _mark(record: Mapping[str, Any], text: str) -> Mark:
    return Mark(
        event=record["event"],
        trigger=(record["trigger"]["start"], record["trigger"]["end"]),
        modes=frozenset(record["mode"]) if "mode" in record else None,
        status=record.get("status"),
        incident=record.get("incident") or None,
        roles={role: _parties(record[key], text) for role, key in ROLE_KEYS.items() if key in record},
        days=_days(record.get("date")),
        spots=_spots(record["place"]) if "place" in record else None,
    )


def _parties(value: Any, text: str) -> tuple[Party, ...]:
    """A role of a record: a list of fillers, or the one filler of a date, which may have no words."""
    fillers = [value] if isinstance(value, dict) else value or []
    return tuple(_party(f, text) for f in fillers if f.get("start") is not None or f.get("name"))


def _party(filler: Mapping[str, Any], text: str) -> Party:
    span = None if filler.get("start") is None else (filler["start"], filler["end"])
    words = filler.get("text") or (text[slice(*span)] if span else "")
    chain = [text[a:b] for a, b in filler.get("chain") or ()]
    names = frozenset(normal(name) for name in (words, filler.get("name"), *chain) if name)
    coded = "sector" in filler or "code" in filler
    return Party(
        span=None if filler.get("implicit") else span,
        words=words,
        names=names,
        code=filler.get("code") if filler.get("code") not in NO_CODE else None,
        sectors=tuple(filler.get("sector") or ()),
        coded=coded,
    )


def _days(date: Any) -> Days | None:
    if not isinstance(date, dict) or (date.get("from") is None and date.get("to") is None):
        return None
    first, last = (None if day is None else dt.date.fromisoformat(day) for day in (date.get("from"), date.get("to")))
    return first, last


def _spots(places: Iterable[Mapping[str, Any]]) -> tuple[Spot, ...] | None:
    """Places with a country or coordinates; None where there are words only."""
    spots = (Spot(p.get("country"), p.get("latitude"), p.get("longitude")) for p in places)
    return tuple(s for s in spots if s.country or s.latitude is not None) or None


def as_of(gold: MarkedText, family: str, score_only: bool) -> MarkedText:
    """The text with its place in a split."""
    return replace(gold, family=family, score_only=score_only)
