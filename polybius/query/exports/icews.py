"""ICEWS: 20 columns, tab-separated, one row a pair of source and target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from polybius.query.exports.codes import Codes, Integers, integer, pair_id
from polybius.query.exports.model import (
    ANNOUNCED,
    DISPUTED,
    FIGURES,
    MODES,
    NO_DAY,
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

COLUMNS = (
    *("Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code"),
    *("Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher"),
    *("City", "District", "Province", "Country", "Latitude", "Longitude"),
)


def _lines(facts: Iterable[Fact], codes: Codes) -> Iterator[str]:
    ids = Integers()
    yield row(COLUMNS)
    for fact in facts:
        code, meaning = codes.event(fact.event.event, fact.event.mode)
        for number, (source, target) in enumerate(fact.pairs):
            head = [ids.of(pair_id(fact.event.id, number)), fact.day, *_party(source, codes)]
            what = [meaning, code, fact.event.event_scale, *_party(target, codes)]
            yield row([*head, *what, *_story(fact), *_place(fact, codes)])


def _party(party: Party | None, codes: Codes) -> list[object]:
    if party is None:
        return [None] * 3
    return [party.name, ",".join(party.sectors), codes.names.get(party.code or "")]


def _story(fact: Fact) -> list[object]:
    first = fact.first
    return [integer(first.document.id), first.sentence.index + 1, first.document.publisher]


def _place(fact: Fact, codes: Codes) -> list[object]:
    place = fact.event.place
    if place is None:
        return [None] * 6
    country = codes.names.get(place.country or "")
    return [city(place, codes), None, province(place), country, place.latitude, place.longitude]


ICEWS = Format(
    what="ICEWS' 20 columns, tab-separated, a row for each source with each target",
    lines=_lines,
    omits=(STATUS, NO_DAY),
    losses=(ANNOUNCED, RANGE, MODES, PAIRS, REPORTS, SPREAD, DISPUTED, FIGURES),
    never=("belief and independent sources", "CAMEO codes finer than PLOVER's types and modes", "URLs", "contexts"),
    unfilled=("District",),
)
