"""Whether two claims of one article tell of one event: simple and sparing, for a date is taken over from one to the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from polybius.records import Actor, Claim, Filler, Grounding, Span, Status

ENDING = re.compile(r"(?:ing|ed|es|s|e|d)$")
TO_COME = ("future", "hypothetical")


@dataclass(frozen=True, slots=True)
class Sides:
    """Who the parties of claims are: by what they are resolved to, else by their last word."""

    text: str
    actors: Mapping[Span, Grounding[Actor]]

    def names(self, fillers: Iterable[Filler]) -> frozenset[str]:
        return frozenset(self.name(filler.span) for filler in fillers)

    def name(self, span: Span) -> str:
        grounding = self.actors.get(span)
        target = grounding.target if grounding is not None else None
        if target is not None:
            return target.identifier or target.name
        words = span.of(self.text).lower().split()
        return words[-1] if words else ""

    def stem(self, span: Span) -> str:
        words = span.of(self.text).lower().split()
        return ENDING.sub("", words[0]) if words else ""


def same_event(one: Claim, two: Claim, sides: Sides) -> bool:
    """One type and kind of status, nothing that contradicts, and the same parties on both sides or the same word."""
    if one.event != two.event or kind(one.status) != kind(two.status):
        return False
    actors = [sides.names(claim.actor) for claim in (one, two)]
    recipients = [sides.names(claim.recipient) for claim in (one, two)]
    places = [frozenset(f.span.of(sides.text).lower() for f in claim.place) for claim in (one, two)]
    if any(a and b and not a & b for a, b in (actors, recipients, places)):
        return False
    shared = (bool(actors[0] & actors[1]), bool(recipients[0] & recipients[1]))
    if all(shared) and set(one.modes) == set(two.modes):
        return True
    return any(shared) and sides.stem(one.trigger) == sides.stem(two.trigger)


def kind(status: Status) -> str:
    return "to come" if status in TO_COME else "historical" if status == "historical" else "told"
