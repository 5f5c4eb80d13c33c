"""GeoJSON: a point an event, with what is known of it as properties."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from polybius.query.exports.codes import Codes
from polybius.query.exports.model import DISPUTED, FIGURES, REPORTS, SPREAD, Fact, Format, Loss
from polybius.records import Party


def _unplaced(fact: Fact) -> bool:
    place = fact.event.place
    return place is None or place.latitude is None or place.longitude is None


def _lines(facts: Iterable[Fact], codes: Codes) -> Iterator[str]:
    yield '{"type": "FeatureCollection", "features": ['
    mark = "\n"
    for fact in facts:
        yield mark + json.dumps(_feature(fact), ensure_ascii=False)
        mark = ",\n"
    yield "\n]}\n"


def _feature(fact: Fact) -> dict[str, Any]:
    place = fact.event.place
    point = [place.longitude, place.latitude] if place else None
    geometry = {"type": "Point", "coordinates": point}
    return {"type": "Feature", "id": fact.event.id, "geometry": geometry, "properties": _properties(fact)}


def _properties(fact: Fact) -> dict[str, Any]:
    event, place, document = fact.event, fact.event.place, fact.first.document
    return {
        "event": event.event,
        "mode": ";".join(event.mode),
        "status": event.status,
        "quad_code": event.quad_code,
        "event_scale": event.event_scale,
        "date_from": event.start and event.start.isoformat(),
        "date_to": event.end and event.end.isoformat(),
        "actor": _names(event.actor),
        "recipient": _names(event.recipient),
        "place": place and place.name,
        "country": place and place.country,
        "precision_km": place and place.precision_km,
        **{kind: fact.figure(kind) for kind in ("killed", "injured", "arrested")},
        "n_reports": event.n_reports,
        "n_sources": event.n_sources,
        "belief": event.belief,
        "disputed": bool(event.disputed_by),
        "publisher": document.publisher,
        "url": document.url,
    }


def _names(parties: tuple[Party, ...]) -> str:
    return "; ".join(f"{party.name} ({party.code})" if party.code else party.name for party in parties)


GEOJSON = Format(
    what="GeoJSON, a point an event",
    lines=_lines,
    omits=(Loss("no coordinates are known", _unplaced),),
    losses=(REPORTS, SPREAD, DISPUTED, FIGURES),
    never=("that the middle of a country or region is no point (see precision_km)",),
)
