"""Which claims of one document are about one event: a simple, deterministic rule within the document."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from polybius.records import Actor, Claim, DateRange, Filler, Grounding, Groundings, Place, Span

COMPLEMENT = re.compile(r"\s(?:of|in|from|at|on|with|for|near)\s")
RECENT = 32  # incidents of a type that a claim is compared with, so that long texts stay linear


@dataclass(frozen=True, slots=True)
class Facts:
    """What a claim says that another claim may contradict."""

    event: str
    modes: frozenset[str]
    historical: bool
    actors: frozenset[str]
    actor_codes: frozenset[str]
    recipients: frozenset[str]
    recipient_codes: frozenset[str]
    places: frozenset[str]
    date: DateRange | None


@dataclass(slots=True)
class Incident:
    """The claims so far of one event."""

    name: str
    facts: list[Facts] = field(default_factory=list)


def incidents(text: str, claims: Iterable[Claim], groundings: Groundings) -> list[str]:
    """The incident of each claim, "e1", "e2" … in the order of their first claims."""
    recent: dict[str, deque[Incident]] = {}
    names: list[str] = []
    count = 0
    for claim in claims:
        facts = facts_of(text, claim, groundings)
        candidates = recent.setdefault(facts.event, deque(maxlen=RECENT))
        match = next((incident for incident in reversed(candidates) if fits(incident, facts)), None)
        if match is None:
            count += 1
            match = Incident(f"e{count}")
            candidates.append(match)
        match.facts.append(facts)
        names.append(match.name)
    return names


def facts_of(text: str, claim: Claim, groundings: Groundings) -> Facts:
    actors, actor_codes = parties(text, claim.actor, groundings.actors)
    recipients, recipient_codes = parties(text, claim.recipient, groundings.actors)
    return Facts(
        event=claim.event,
        modes=frozenset(claim.modes),
        historical=claim.status == "historical",
        actors=actors,
        actor_codes=actor_codes,
        recipients=recipients,
        recipient_codes=recipient_codes,
        places=frozenset(place_name(text, filler, groundings.places) for filler in claim.place),
        date=date_of(claim, groundings.dates),
    )


def parties(
    text: str, fillers: Iterable[Filler], found: Mapping[Span, Grounding[Actor]]
) -> tuple[frozenset[str], frozenset[str]]:
    """Names and codes of the fillers; an unresolved one goes by its main word."""
    names, codes = set(), set()
    for filler in fillers:
        grounding = found.get(filler.span)
        target = grounding.target if grounding else None
        names.add(target.identifier or target.name if target else gist(filler.span.of(text)))
        if target and target.code:
            codes.add(target.code)
    return frozenset(names), frozenset(codes)


def gist(phrase: str) -> str:
    """The main word of a phrase: "at least 12 soldiers from Aden" and "the soldiers" are both "soldiers"."""
    words = COMPLEMENT.split(phrase, maxsplit=1)[0].split()
    return words[-1].lower() if words else phrase.lower()


def place_name(text: str, filler: Filler, found: Mapping[Span, Grounding[Place]]) -> str:
    grounding = found.get(filler.span)
    return grounding.target.name if grounding and grounding.target else filler.span.of(text).lower()


def date_of(claim: Claim, found: Mapping[Span, Grounding[DateRange]]) -> DateRange | None:
    grounding = found.get(claim.trigger) or (found.get(claim.date[0].span) if claim.date else None)
    return grounding.target if grounding else None


def fits(incident: Incident, new: Facts) -> bool:
    """Whether none of the latest claims of an incident contradicts a claim and one shares a party with it."""
    latest = incident.facts[-3:]
    return all(compatible(old, new) for old in latest) and any(shares(old, new) for old in latest)


def shares(old: Facts, new: Facts) -> bool:
    """A common party, or none that could differ: a bare "the attack" takes up the last attack told."""
    bare = not (old.actors or old.recipients) or not (new.actors or new.recipients)
    return bare or bool(old.actors & new.actors or old.recipients & new.recipients)


def compatible(old: Facts, new: Facts) -> bool:
    """No field that both have says something else."""
    if old.historical != new.historical or (old.modes and new.modes and not old.modes & new.modes):
        return False
    if old.places and new.places and not old.places & new.places:
        return False
    sides = (
        (old.actors | old.actor_codes, new.actors | new.actor_codes),
        (old.recipients | old.recipient_codes, new.recipients | new.recipient_codes),
    )
    return all(not one or not two or one & two for one, two in sides) and same_time(old.date, new.date)


def same_time(one: DateRange | None, two: DateRange | None) -> bool:
    """Whether two dates can be one; an open end meets everything on its side."""
    if one is None or two is None:
        return True
    early = one.end is None or two.start is None or two.start <= one.end
    late = two.end is None or one.start is None or one.start <= two.end
    return early and late
