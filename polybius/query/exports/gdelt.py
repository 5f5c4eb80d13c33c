"""GDELT 2.0 events (61 columns) and mentions (16), tab-separated, without a header."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from polybius.query.exports.codes import Codes, Integers, pair_id
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
    Telling,
    row,
)
from polybius.query.exports.places import is_city, is_country
from polybius.records import Party, Place
from polybius.report import ActorField


def _numbered(stem: str, names: str) -> tuple[str, ...]:
    return tuple(f"{stem}{name}" for name in names.split())


_ACTOR = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code"
_GEO = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID"
COLUMNS = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *_numbered("Actor1", _ACTOR),
    *_numbered("Actor2", _ACTOR),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *_numbered("Actor1Geo_", _GEO),
    *_numbered("Actor2Geo_", _GEO),
    *_numbered("ActionGeo_", _GEO),
    *("DATEADDED", "SOURCEURL"),
)
MENTIONS = (
    *("GlobalEventID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier"),
    *("SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence"),
    *("MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras"),
)
NOWHERE: tuple[object, ...] = (0, *[None] * 7)
WEB, CITATION = 1, 2
COUNTRY, US_STATE, US_CITY, WORLD_CITY, WORLD_STATE = 1, 2, 3, 4, 5


def _events(facts: Iterable[Fact], codes: Codes) -> Iterator[str]:
    ids = Integers()
    for fact in facts:
        for number, (one, two) in enumerate(fact.pairs):
            parties = [*_party(one, codes), *_party(two, codes)]
            places = [*NOWHERE, *NOWHERE, *_geo(fact.event.place, codes)]
            id = ids.of(pair_id(fact.event.id, number))
            yield row([id, *_dates(fact), *parties, *_action(fact, codes), *places, *_added(fact)])


def _dates(fact: Fact) -> list[object]:
    day = _day(fact)
    # The share of the year as GDELT's codebook works it out: months of 30 days.
    fraction = day.year + (day.month * 30 + day.day) / 365
    return [f"{day:%Y%m%d}", f"{day:%Y%m}", f"{day.year:04}", f"{fraction:.4f}"]


def _day(fact: Fact) -> dt.date:
    assert fact.day is not None, "events without a day are left out"
    return fact.day


def _party(party: Party | None, codes: Codes) -> list[object]:
    if party is None:
        return [None] * 10
    country = codes.cameo_country(party.code)
    group = None if country else party.code
    types = [*party.sectors[:3], None, None, None][:3]
    code = f"{country or group or ''}{party.sectors[0] if party.sectors else ''}"
    return [code, party.name.upper(), country, group, None, None, None, *types]


def _action(fact: Fact, codes: Codes) -> list[object]:
    event = fact.event
    code, _ = codes.event(event.event, event.mode)
    root = int(any(telling.report.sentence.index == 0 for telling in fact.tellings))
    documents = len({telling.report.document.id for telling in fact.tellings})
    kinds = [root, code, code[:3], code[:2], codes.quads.get(event.quad_code), event.event_scale]
    return [*kinds, event.n_reports, event.n_sources, documents, None]


def _geo(place: Place | None, codes: Codes) -> tuple[object, ...]:
    if place is None:
        return NOWHERE
    name = ", ".join(dict.fromkeys(p for p in (place.name, place.admin1, codes.names.get(place.country or "")) if p))
    fips = codes.fips.get(place.country or "")
    return (_level(place, codes), name, fips, None, None, place.latitude, place.longitude, None)


def _level(place: Place, codes: Codes) -> int:
    if is_country(place, codes):
        return COUNTRY
    american = place.country == "USA"
    if is_city(place, codes):
        return US_CITY if american else WORLD_CITY
    return US_STATE if american else WORLD_STATE


def _added(fact: Fact) -> list[object]:
    """When the first report came out, and where it stands."""
    return [_moment(fact.first.document.published), _address(fact.tellings[0])]


def _moment(day: dt.date | None) -> str | None:
    return f"{day:%Y%m%d}000000" if day else None


def _address(telling: Telling) -> str:
    document = telling.report.document
    return document.url or document.id


def _mentions(facts: Iterable[Fact], codes: Codes) -> Iterator[str]:
    ids = Integers()
    for fact in facts:
        for number, (one, two) in enumerate(fact.pairs):
            id = ids.of(pair_id(fact.event.id, number))
            for telling in fact.tellings:
                yield row([id, _moment(_day(fact)), *_mention(telling, one, two)])


def _mention(telling: Telling, one: Party | None, two: Party | None) -> list[object]:
    report = telling.report
    where = [_moment(report.document.published), WEB if report.document.url else CITATION, report.document.publisher]
    offsets = [_offset(one, report.actor), _offset(two, (*report.recipient, *report.actor)), report.trigger.start]
    score = dict(report.confidence).get("event")
    confidence = None if score is None else round(score * 100)
    return [
        *(*where, _address(telling), report.sentence.index + 1, *offsets),
        *(1, confidence, telling.characters, None, None, None),
    ]


def _offset(party: Party | None, fields: Iterable[ActorField]) -> int:
    """Where the report names the party; -1 where it does not."""
    found = (f.quote.start for f in fields if party and party.name in (f.name, f.quote.text))
    return next(found, -1)


_EMPTY_ACTOR = tuple(f"Actor{n}{name}" for n in (1, 2) for name in ("EthnicCode", "Religion1Code", "Religion2Code"))
_EMPTY_GEO = ("Actor1Geo_*", "Actor2Geo_*", "ActionGeo_ADM1Code", "ActionGeo_ADM2Code", "ActionGeo_FeatureID")
_NEVER = (
    "belief",
    "CAMEO codes finer than PLOVER's types and modes",
    "Goldstein's scale (the column holds PLOVER's)",
    "the time of day",
)

EVENTS = Format(
    what="GDELT 2.0 events, 61 columns, a row for each actor with each recipient",
    lines=_events,
    omits=(STATUS, NO_DAY),
    losses=(ANNOUNCED, RANGE, MODES, PAIRS, REPORTS, SPREAD, DISPUTED, FIGURES),
    never=_NEVER,
    unfilled=(*_EMPTY_ACTOR, "AvgTone", *_EMPTY_GEO),
)
MENTIONED = Format(
    what="GDELT 2.0 mentions, 16 columns, a row for each report of a row of the events",
    lines=_mentions,
    omits=(STATUS, NO_DAY),
    losses=(ANNOUNCED, RANGE),
    never=("what stands in the events",),
    unfilled=("MentionDocTone", "MentionDocTranslationInfo", "Extras"),
)
