"""The parameters of the URL that filter events: how each is read, and what is said of it where it is wrong."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from polybius.query import EVERY, QueryError
from polybius.records import STATUSES

Box = tuple[float, float, float, float]

SORTS = {
    "newest": "latest first",
    "oldest": "earliest first",
    "sources": "most independent sources first",
    "belief": "most believed first",
    "doubt": "least believed first",
    "conflict": "most hostile first",
    "cooperation": "most cooperative first",
}
LONGEST = 300  # characters of a value
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a parameter means, the form that is asked for, and what reads it."""

    meaning: str
    form: str
    read: Callable[[str], Any]
    schema: Mapping[str, Any]


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _whole(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= number <= _MOST:
        raise ValueError
    return number


def _share(text: str) -> float:
    return _between(text, 0, 1)


def _between(text: str, low: float, high: float) -> float:
    number = float(text)
    if not (math.isfinite(number) and low <= number <= high):
        raise ValueError
    return number


def _point(text: str) -> tuple[float, float]:
    latitude, longitude = text.split(",")
    return _between(latitude, -90, 90), _between(longitude, -180, 180)


def _box(text: str) -> Box:
    west, south, east, north = text.split(",")
    found = _between(west, -180, 180), _between(south, -90, 90), _between(east, -180, 180), _between(north, -90, 90)
    if found[1] > found[3]:
        raise ValueError
    return found


def _radius(text: str) -> float:
    return _between(text, 0.1, 21_000)


def _one_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError
        return text

    return read


def _text(meaning: str, form: str) -> Parameter:
    return Parameter(meaning, form, str, {"type": "string", "maxLength": LONGEST})


def _choice(meaning: str, allowed: tuple[str, ...]) -> Parameter:
    return Parameter(meaning, f"one of {', '.join(allowed)}", _one_of(allowed), {"type": "string", "enum": [*allowed]})


_DATE = {"type": "string", "format": "date"}
_COUNT = {"type": "integer", "minimum": 1, "maximum": _MOST}
_TWO = {"type": "string", "pattern": "^[-0-9.]+,[-0-9.]+$"}
_FOUR = {"type": "string", "pattern": "^[-0-9.]+(,[-0-9.]+){3}$"}

PARAMETERS: Mapping[str, Parameter] = {
    "actor": _text("who acts", "a country or its code, or a code such as IGO"),
    "recipient": _text("to whom it is done", "a country or its code, or a code such as IGO"),
    "event": _text("the type", "an event type such as CONSULT"),
    "mode": _text("the mode", "a mode such as visit"),
    "status": _choice("the status", (*STATUSES, EVERY)),
    "country": _text("where it happened", "a country or its code"),
    "since": Parameter("not over before this day", "a day such as 2026-07-01", _day, _DATE),
    "until": Parameter("not begun after this day", "a day such as 2026-07-31", _day, _DATE),
    "publisher": _text("told by this publisher", "the name of a publisher in the store"),
    "min_sources": Parameter("independent sources, at least", "a whole number from 1", _whole, _COUNT),
    "min_belief": Parameter(
        "belief, at least", "a number from 0 to 1", _share, {"type": "number", "minimum": 0, "maximum": 1}
    ),
    "words": _text("words of the articles", 'words, and "phrases" in quotation marks'),
    "near": Parameter("near a point", "latitude and longitude such as 48.4,135.1", _point, _TWO),
    "radius": Parameter(
        "how near, in km (50)",
        "kilometres, from 0.1 to 21000",
        _radius,
        {"type": "number", "minimum": 0.1, "maximum": 21000},
    ),
    "box": Parameter("within a box", "west,south,east,north in degrees such as -10,35,30,60", _box, _FOUR),
    "sort": _choice("the order", tuple(SORTS)),
    "page": Parameter("the page", "a whole number from 1", _whole, _COUNT),
}


def read(name: str, text: str) -> Any:
    """The value of a parameter. Raises QueryError, which says what is allowed."""
    parameter = PARAMETERS[name]
    if len(text) > LONGEST:
        raise QueryError(name, f"{name}: at most {LONGEST} characters, found {len(text):,}")
    try:
        return parameter.read(text)
    except ValueError:
        raise QueryError(name, f"{name}: {text!r} is not {parameter.form}") from None
