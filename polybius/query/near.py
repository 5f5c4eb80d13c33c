"""Distance on the globe, in SQL: a box first, which is cheap, then the haversine."""

from __future__ import annotations

import math
from typing import Any

EARTH_KM = 6371.0
DEGREE_KM = 111.0  # a little less than a degree of latitude, so that the box is never too small
EXACT_KM = 25.0

_HAVERSINE = """2 * $earth * asin(sqrt(least(1.0, pow(sin(radians(latitude - $near_lat) / 2), 2)
 + cos(radians($near_lat)) * cos(radians(latitude)) * pow(sin(radians(longitude - $near_lon) / 2), 2))))"""


def near_sql(latitude: float, longitude: float, radius: float) -> tuple[str, dict[str, Any]]:
    """The condition that a place lies within ``radius`` km. Places known less exactly than ``radius``, and than
    EXACT_KM, are left out: the middle of a country is no place in it."""
    values: dict[str, Any] = {"near_lat": latitude, "near_lon": longitude, "radius": radius, "earth": EARTH_KM}
    high = radius / DEGREE_KM
    box = "latitude BETWEEN $south AND $north"
    values |= {"south": latitude - high, "north": latitude + high, "exact": max(radius, EXACT_KM)}
    wide = _width(latitude, high)
    if longitude - wide >= -180 and longitude + wide <= 180:
        box += " AND longitude BETWEEN $west AND $east"
        values |= {"west": longitude - wide, "east": longitude + wide}
    exact = "coalesce(precision_km, 0) <= $exact"
    return f"({box} AND {_HAVERSINE} <= $radius AND {exact})", values


def _width(latitude: float, high: float) -> float:
    """Half the width of the box in degrees of longitude; the whole globe where it holds a pole."""
    far = abs(latitude) + high
    return 360.0 if far >= 89 else min(360.0, high / math.cos(math.radians(far)))
