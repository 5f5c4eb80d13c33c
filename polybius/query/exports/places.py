"""Which level of place an event's place is, for formats that keep cities, provinces and countries apart."""

from __future__ import annotations

from polybius.query.exports.codes import Codes
from polybius.records import Place

CITY_KM = 25.0  # a place known more exactly than this is a point such as a town


def is_country(place: Place, codes: Codes) -> bool:
    """Whether the place is a country as a whole."""
    return place.admin1 is None and place.name == codes.names.get(place.country or "")


def is_city(place: Place, codes: Codes) -> bool:
    """Whether the place is a town or another point."""
    return not is_country(place, codes) and place.precision_km is not None and place.precision_km <= CITY_KM


def city(place: Place | None, codes: Codes) -> str:
    """The name of a town; empty for larger places."""
    return place.name if place and is_city(place, codes) else ""


def province(place: Place | None) -> str:
    """The first-order division."""
    return (place.admin1 or "") if place else ""
