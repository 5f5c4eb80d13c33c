"""How much two accounts have in common: features, each between -1 and 1, and their weighted sum as log-odds."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from polybius.assembly.block import when
from polybius.assembly.facts import KINDS, Account, Side, Where
from polybius.assembly.weights import BIAS, WEIGHTS
from polybius.assembly.words import likeness

Numbers = npt.NDArray[np.int64]
Values = npt.NDArray[np.float64]
Figures = Mapping[str, tuple[int, int]]

EARTH = 6371.0  # km
NEAR, FAR = 30.0, 300.0  # km beyond the radii of two places
DAYS = 7  # from which on two dates are as far apart as can be
USUAL = 0.85  # cosine
MUTUAL = ("CONSULT", "AGREE", "COOPERATE")  # types whose two sides may change places
POINTS = 1000  # a log-odds of 1: sums of whole numbers do not depend on their order


def features(one: Account, two: Account) -> Mapping[str, float]:
    """What speaks for (above 0) and against (below 0) one event; a field that one of the two lacks is 0."""
    actor, recipient = _sides(one, two)
    found = {
        "type": 1.0 if one.event == two.event else 0.0,
        "mode": modes(one.modes, two.modes),
        "actor": actor,
        "recipient": recipient,
        "place": place(one.places, two.places),
        "date": gap(when(one), when(two)),
        "figures": figures(one.figures, two.figures),
        "trigger": 1.0 if one.triggers & two.triggers else 0.0,
        "vector": vector(one.vector, two.vector),
        "words": likeness(one.article.words, two.article.words),
        "same article": 1.0 if one.article.id == two.article.id else 0.0,
    }
    return {name: rounded(value) for name, value in found.items()}


def rounded(value: float) -> float:
    """A feature in thousandths; there is no negative zero."""
    return round(value, 3) + 0.0


def score(found: Mapping[str, float]) -> int:
    """The log-odds that two accounts are of one event, in thousandths."""
    return round(POINTS * BIAS) + sum(round(POINTS * WEIGHTS[name] * value) for name, value in found.items())


def _sides(one: Account, two: Account) -> tuple[float, float]:
    """Actor against actor and recipient against recipient, or crosswise where both events have two equal sides."""
    straight = (party(one.actor, two.actor), party(one.recipient, two.recipient))
    if one.event not in MUTUAL:
        return straight
    crossed = (party(one.actor, two.recipient), party(one.recipient, two.actor))
    return max(straight, crossed, key=lambda pair: (pair[0] + pair[1], pair[0]))


def party(one: Side, two: Side) -> float:
    """1 for a common name, less for a common word or code, -1 where two sides are known to differ."""
    if one.names & two.names:
        return 1.0
    if one.words & two.words:
        return 0.7
    if one.codes & two.codes:
        return 0.4
    known = (one.names or one.codes) and (two.names or two.codes)
    return -1.0 if known and one.codes and two.codes else -0.5 if known else 0.0


def modes(one: frozenset[str], two: frozenset[str]) -> float:
    """1 for a common mode, -1 for two different ones."""
    if not one or not two:
        return 0.0
    return 1.0 if one & two else -1.0


def place(one: tuple[Where, ...], two: tuple[Where, ...]) -> float:
    """The best match of any two places."""
    return max((_near(a, b) for a in one for b in two), default=0.0)


def _near(one: Where, two: Where) -> float:
    if one.name == two.name:
        return 1.0
    apart = distance(one, two)
    if apart is None:
        return -0.5 if one.country and two.country and one.country != two.country else 0.0
    beyond = apart - one.radius - two.radius
    if beyond <= NEAR:
        return 0.7
    return -1.0 if beyond >= FAR else 0.7 - 1.7 * (beyond - NEAR) / (FAR - NEAR)


def distance(one: Where, two: Where) -> float | None:
    """Kilometres along the great circle."""
    ends = point(one), point(two)
    if ends[0] is None or ends[1] is None:
        return None
    return 2 * EARTH * math.asin(min(1.0, math.dist(ends[0], ends[1]) / 2))


def point(place: Where) -> tuple[float, float, float] | None:
    """A place on the unit sphere."""
    if place.latitude is None or place.longitude is None:
        return None
    north, east = math.radians(place.latitude), math.radians(place.longitude)
    return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)


Dates = tuple[dt.date | None, dt.date | None]


def gap(first: Dates, second: Dates) -> float:
    """1 where the dates meet and are short, falling to -1 at a gap of a week."""
    days = days_between(first, second)
    if days is None:
        return 0.0
    if days > 0:
        return max(-1.0, 0.5 - 1.5 * days / DAYS)
    longest = max((end - start).days for start, end in (first, second) if start and end)
    return 1.0 / (1 + longest / DAYS)


def days_between(one: Dates, two: Dates) -> int | None:
    """Days between two ranges, 0 where they meet."""
    (start, end), (begin, stop) = one, two
    if start is None or end is None or begin is None or stop is None:
        return None
    return max(0, (begin - end).days, (start - stop).days)


def figures(one: Figures, two: Figures) -> float:
    """1 if the numbers of some kind of harm meet, -1 if all are far apart."""
    return max((_meet(one[kind], two[kind]) for kind in KINDS if kind in one and kind in two), default=0.0)


def _meet(one: tuple[int, int], two: tuple[int, int]) -> float:
    if one[0] <= two[1] and two[0] <= one[1]:
        return 1.0
    low, high = sorted((min(one[1], two[1]), max(one[0], two[0])))
    return 2.0 * low / high - 1.0 if high else 1.0


def vector(one: bytes, two: bytes) -> float:
    """How far the cosine of two vectors of signed bytes is above what those of any two triggers of a type have."""
    if len(one) != len(two) or not one:
        return 0.0
    a, b = np.frombuffer(one, np.int8).astype(np.int64), np.frombuffer(two, np.int8).astype(np.int64)
    return float(above_usual(a @ b, (a @ a) * (b @ b)))


def above_usual(product: Numbers, squares: Numbers) -> Values:
    """The feature of vectors, rounded, from their products and the products of their squared lengths."""
    cosine = product / np.sqrt(np.maximum(squares, 1))
    found = np.clip((cosine - USUAL) / (1 - USUAL), -1.0, 1.0)
    return np.where(squares > 0, np.rint(1000 * found) / 1000 + 0.0, 0.0)
