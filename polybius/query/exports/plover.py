"""PLOVER JSONL: the interchange format of the manual, one event a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from polybius.query.exports.codes import Codes
from polybius.query.exports.model import (
    ANNOUNCED,
    DISPUTED,
    FIGURES,
    REPORTS,
    SPREAD,
    STATUS,
    Fact,
    Format,
    Telling,
)
from polybius.records import Party, Place
from polybius.version import __version__

CODER = f"Polybius {__version__}"


def _lines(facts: Iterable[Fact], codes: Codes) -> Iterator[str]:
    for fact in facts:
        yield json.dumps(_full(_record(fact, codes)), ensure_ascii=False) + "\n"


def _record(fact: Fact, codes: Codes) -> dict[str, Any]:
    event = fact.event
    return {
        "id": event.id,
        "date": event.start and event.start.isoformat(),
        "enddate": event.end and event.end.isoformat(),
        "actor": [_actor(party, codes) for party in event.actor],
        "recipient": [_actor(party, codes) for party in event.recipient],
        "event": [event.event],
        "event_loc": event.place and _location(event.place),
        "event_text": sorted({telling.report.trigger.text for telling in fact.tellings} - {""}),
        "quad_code": event.quad_code,
        "event_scale": event.event_scale,
        "mode": list(event.mode),
        "context": list(event.context),
        "size": {name: fact.figure(kind) for name, kind in _SIZES.items()},
        "link": list(event.reports),
        "text": fact.tellings[0].sentence,
        "text_info": _text_info(fact.tellings[0]),
        "cite_info": _cite_info(fact.tellings[0]),
        "coder": CODER,
    }


_SIZES = {"dead": "killed", "injured": "injured", "arrested": "arrested"}


def _actor(party: Party, codes: Codes) -> dict[str, Any]:
    return {
        "code": party.code,
        "sector": list(party.sectors),
        "entity_text": party.name,
        "identifier_id": party.identifier,
        "identifier_text": party.identifier and party.name,
    }


def _location(place: Place) -> dict[str, Any]:
    return {
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geonames": place.geonames,
        "precision_km": place.precision_km,
    }


def _text_info(telling: Telling) -> dict[str, Any]:
    sentence = telling.report.sentence
    return {"sequence": sentence.index + 1, "start": sentence.start, "end": sentence.end}


def _cite_info(telling: Telling) -> dict[str, Any]:
    document = telling.report.document
    return {
        "citation": document.id,
        "url": document.url,
        "title": document.title,
        "language": document.language,
        "publication": document.publisher,
        "coder": CODER,
        "codebook": "PLOVER",
    }


def _full(value: dict[str, Any]) -> dict[str, Any]:
    """Without fields that say nothing."""
    inner = {key: _full(part) if isinstance(part, dict) else _items(part) for key, part in value.items()}
    return {key: part for key, part in inner.items() if part not in (None, "", [], {})}


def _items(value: Any) -> Any:
    return [_full(part) if isinstance(part, dict) else part for part in value] if isinstance(value, list) else value


PLOVER = Format(
    what="PLOVER's interchange format, one event a line",
    lines=_lines,
    omits=(STATUS,),
    losses=(ANNOUNCED, REPORTS, SPREAD, DISPUTED, FIGURES),
    never=("belief and independent sources",),
    unfilled=(
        *("has_event", "time", "endtime", "religion", "ethnicity", "office", "gender", "age", "text_story", "corpus"),
        *("license", "copyright", "version", "coded_date", "coded_time", "comment"),
    ),
)
