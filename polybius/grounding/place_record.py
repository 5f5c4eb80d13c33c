"""A sense that was taken → the place of a record, with what a user needs to doubt it."""

from __future__ import annotations

from polybius.grounding.place_senses import Choice
from polybius.records import Grounding, Place, Span
from polybius.reference import Town

SURE = 0.7  # how far the sense taken must be ahead of the next
FIRM, SCALE, LEAST = 0.5, 6.0, 0.3


def placed(town: Town) -> Place:
    """A row of the gazetteer as the place of a record."""
    return Place(
        town.name,
        town.country or None,
        town.admin1 or None,
        town.latitude,
        town.longitude,
        town.geonames or None,
        town.precision_km,
        town.admin2 or None,
        town.feature,
    )


def grounded(choice: Choice) -> Grounding[Place]:
    """The grounding of a toponym: ambiguous where another sense is close behind or the place itself is unknown."""
    return Grounding(
        "resolved" if choice.margin >= SURE and not choice.inexact else "ambiguous",
        placed(choice.town),
        f"gazetteer: {choice.reason}{doubt(choice.town)}",
        score=round(min(1.0, max(LEAST, FIRM + choice.margin / SCALE)), 3),
        method="gazetteer",
        runners_up=tuple(describe(town) for town in choice.others),
    )


def standing(choice: Choice, span: Span, reason: str, score: float, method: str) -> Grounding[Place]:
    """The grounding of a description by a toponym that stands elsewhere in the article."""
    chain = (choice.toponym.span, span)
    return Grounding("resolved", placed(choice.town), f"{reason}{doubt(choice.town)}", chain, score, method)


def doubt(town: Town) -> str:
    """What a reason adds for a row that no file vouches for."""
    return "" if town.verified else "; coordinates from memory, not verified"


def describe(town: Town) -> str:
    """A place in a few words, for a list of rivals."""
    return ", ".join(
        part for part in (town.name, town.admin1 if town.admin1 != town.name else "", town.country) if part
    )
