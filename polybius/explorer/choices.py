"""What can be chosen in forms, and what filters and facets are called. Globals and filters of the templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from polybius.explorer import wording
from polybius.explorer.parameters import SORTS
from polybius.query import EVERY
from polybius.records import STATUSES

Choices = tuple[tuple[str, str], ...]

FACET_TITLES = {
    "event": "What",
    "month": "When",
    "country": "Where",
    "actor": "Who",
    "status": "Status",
    "publisher": "Publisher",
}
FILTER_NAMES = {
    "actor": "who",
    "recipient": "to whom",
    "event": "what",
    "mode": "mode",
    "status": "status",
    "country": "where",
    "since": "since",
    "until": "until",
    "publisher": "publisher",
    "min_sources": "sources, at least",
    "min_belief": "belief, at least",
    "words": "words",
    "near": "near",
    "box": "within",
}
USUAL = "usual: happened, or cooperation announced"


@cache
def choices() -> Mapping[str, Any]:
    """The choices of the filter bar, made once."""
    types = tuple(sorted(wording.type_words().items(), key=lambda pair: pair[1]))
    countries = tuple(sorted(wording.country_names_once().items(), key=lambda pair: pair[1]))
    return {
        "type_choices": types,
        "status_choices": (*((code, wording.status_label(code)) for code in STATUSES), (EVERY, "every status")),
        "sort_choices": tuple(SORTS.items()),
        "country_choices": countries,
        "party_choices": tuple(sorted(wording.actor_words().items(), key=lambda pair: pair[1])),
        "sorts": SORTS,
        "facet_titles": FACET_TITLES,
        "filter_names": FILTER_NAMES,
    }


def facet_value(facet: str, value: str) -> str:
    """A value of a facet in words."""
    if facet == "status":
        return {"usual": USUAL, EVERY: "every status"}.get(value) or wording.status_label(value)
    return filter_value(facet, value)


def filter_value(name: str, value: str) -> str:
    """The value of a filter in words."""
    say = _WORDS.get(name)
    return say(value) if say else value


def _box(value: str) -> str:
    west, south, east, north = value.split(",")
    return f"{south} to {north} north, {west} to {east} east"


_WORDS: Mapping[str, Callable[[str], str]] = {
    "actor": wording.actor_label,
    "recipient": wording.actor_label,
    "country": wording.country_label,
    "event": wording.type_label,
    "mode": wording.mode_label,
    "status": lambda value: "every status" if value == EVERY else wording.status_label(value),
    "since": wording.day,
    "until": wording.day,
    "box": _box,
}

FILTERS: Mapping[str, Callable[..., str]] = {"facet_value": facet_value, "filter_value": filter_value}
