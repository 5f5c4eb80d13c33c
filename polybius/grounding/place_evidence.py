"""What a story speaks for when a name has several places: its countries, its divisions, where its other places lie."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from polybius.reference import Town

EARTH_KM = 6371.0
COUNTRY, NEAR, NEAR_KM = 2.5, 1.2, 120.0
DIVISION_NAMED, DIVISION_SHARED = 1.5, 0.8


@dataclass(frozen=True, slots=True)
class Sense:
    """The place that one name of the story was taken for, and how often the name stands there."""

    name: str
    town: Town
    mentions: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the sense of one name: the story's other names, and how often each country counts with them."""

    others: Sequence[Sense]
    countries: Mapping[str, int]
    total: int

    @staticmethod
    def on(name: str, senses: Iterable[Sense], named: Mapping[str, int]) -> Evidence:
        """The evidence for a name; its own present sense has no say."""
        others = [sense for sense in senses if sense.name != name]
        counted = Counter(named)
        for sense in others:
            counted[sense.town.country] += 1 + min(sense.mentions, 4) // 2
        return Evidence(others, counted, sum(counted.values()) or 1)

    def speaks(self, town: Town) -> dict[str, float]:
        """What speaks for a place, by reason."""
        share = self.countries.get(town.country, 0) / self.total if town.country else 0.0
        return {
            f"the story is about {town.country}": COUNTRY * math.sqrt(share),
            f"{town.admin1} is in the story": self._division(town),
            "near another place of the story": NEAR * math.exp(-nearest_km(town, self.others) / NEAR_KM),
        }

    def _division(self, town: Town) -> float:
        same = [s.town for s in self.others if s.town.admin1_code == town.admin1_code] if town.admin1_code else []
        named = DIVISION_NAMED if any(t.feature == "ADM1" for t in same) else 0.0
        return named + DIVISION_SHARED * min(2, sum(t.feature != "ADM1" for t in same))


def nearest_km(town: Town, others: Iterable[Sense]) -> float:
    """How far the nearest other town of the story is; divisions and regions are too large to count."""
    fine = (s.town for s in others if s.town.feature.startswith("PPL") or s.town.feature == "ADM2")
    return min((distance_km(town, other) for other in fine), default=math.inf)


def lies_in(inner: Town, outer: Town) -> bool:
    """Whether a place lies in a country or a division."""
    if inner == outer or inner.country != outer.country or inner.feature == "PCLI":
        return False
    if outer.feature == "PCLI":
        return True
    if outer.feature == "ADM1":
        return bool(outer.admin1_code) and inner.admin1_code == outer.admin1_code and inner.feature != "ADM1"
    return outer.feature == "ADM2" and inner.feature.startswith("PPL") and distance_km(inner, outer) < 60


def distance_km(a: Town, b: Town) -> float:
    """Great-circle distance; places without coordinates are infinitely far."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return math.inf
    return great_circle(a.latitude, a.longitude, b.latitude, b.longitude)


def great_circle(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres between two points in degrees."""
    p, q = math.radians(lat1), math.radians(lat2)
    a = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(a)))
