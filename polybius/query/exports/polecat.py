"""POLECAT: 40 columns, tab-separated, one row a pair of actor and recipient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from polybius.query.exports.codes import Codes, pair_id
from polybius.query.exports.model import (
    ANNOUNCED,
    DISPUTED,
    FIGURES,
    PAIRS,
    RANGE,
    REPORTS,
    SPREAD,
    STATUS,
    Fact,
    Format,
    row,
)
from polybius.query.exports.places import city, province
from polybius.records import Party
from polybius.report import ActorField
from polybius.version import __version__


def _side(side: str) -> tuple[str, ...]:
    names = ("Name", "Country", "COW")
    tail = (f"Primary {side} Sector", f"{side} Sectors", f"{side} Title", f"{side} Name Raw", f"Wikipedia {side} ID")
    return (*(f"{side} {name}" for name in names), *tail)


COLUMNS = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *_side("Actor"),
    *_side("Recipient"),
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID"),
    *("Raw Placename", "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations"),
    *("Story Locations", "Language", "Version"),
)
MISSING = "None"
_LANGUAGES = {"en": "English"}


def _lines(facts: Iterable[Fact], codes: Codes) -> Iterator[str]:
    yield row(COLUMNS)
    for fact in facts:
        for number, (actor, recipient) in enumerate(fact.pairs):
            cells = [*_event(fact, number), *_party(fact, actor, codes), *_party(fact, recipient, codes)]
            yield row([*cells, *_place(fact, codes), *_story(fact)], MISSING)


def _event(fact: Fact, number: int) -> list[object]:
    event = fact.event
    modes, contexts = ";".join(event.mode), ";".join(event.context)
    id = pair_id(event.id, number)
    return [id, event.start or event.end, event.event, modes, event.event_scale, event.quad_code, contexts]


def _party(fact: Fact, party: Party | None, codes: Codes) -> list[object]:
    if party is None:
        return [None] * 8
    sectors = party.sectors
    first, every = (sectors[0] if sectors else None), ";".join(sectors)
    cow = codes.cow.get(party.code or "")
    return [party.name, party.code, cow, first, every, None, _raw(fact, party), party.identifier]


def _raw(fact: Fact, party: Party) -> str | None:
    """The words by which a report calls the party."""
    fields: Iterable[ActorField] = (f for t in fact.tellings for f in (*t.report.actor, *t.report.recipient))
    return next((f.quote.text for f in fields if party.name in (f.name, f.quote.text)), None)


def _place(fact: Fact, codes: Codes) -> list[object]:
    place = fact.event.place
    raw = next((found.quote.text for t in fact.tellings for found in t.report.place), None)
    if place is None:
        return [None] * 8 + [raw, None]
    cells = [place.name, city(place, codes), None, province(place), place.country]
    return [*cells, place.latitude, place.longitude, place.geonames, raw, place.feature]


def _story(fact: Fact) -> list[object]:
    document = fact.first.document
    language = _LANGUAGES.get(document.language, document.language)
    return [document.publisher, document.published, None, None, None, language, f"Polybius {__version__}"]


POLECAT = Format(
    what="POLECAT's 40 columns, tab-separated, a row for each actor with each recipient",
    lines=_lines,
    omits=(STATUS,),
    losses=(ANNOUNCED, RANGE, PAIRS, REPORTS, SPREAD, DISPUTED, FIGURES),
    never=("belief and independent sources", "URLs and sentences"),
    unfilled=("Actor Title", "Recipient Title", "District", "Story People", "Story Organizations", "Story Locations"),
)
