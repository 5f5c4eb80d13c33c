"""Which claims of one document are about one event: pairs are compared, and a claim joins the incident that it fits best."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from polybius.coding.incident_weights import BIAS, JOIN, WEIGHTS
from polybius.records import Actor, Claim, DateRange, Filler, Grounding, Groundings, Place, Span, Status

COMPLEMENT = re.compile(r"\s(?:of|in|from|at|on|with|for|near)\s")
DEFINITE = re.compile(r"\b(?:the|this|that|these|those|his|her|its|their)(?:\s+\w+)?\s+$", re.I)
RECENT = 32  # incidents of a type that a claim is compared with, and claims of each: long texts stay linear
LATEST = 8
STEM = 5  # letters
WEEK = 7  # days


@dataclass(frozen=True, slots=True)
class Facts:
    """What a claim says that another claim may repeat or contradict."""

    event: str
    modes: frozenset[str]
    status: Status
    sentence: int
    trigger: str
    definite: bool
    actors: frozenset[str]
    actor_codes: frozenset[str]
    recipients: frozenset[str]
    recipient_codes: frozenset[str]
    places: frozenset[str]
    date: DateRange | None


@dataclass(slots=True)
class Incident:
    """The latest claims of one event."""

    name: str
    facts: deque[Facts] = field(default_factory=lambda: deque(maxlen=LATEST))


def incidents(text: str, claims: Iterable[Claim], groundings: Groundings) -> list[str]:
    """The incident of each claim, "e1", "e2" … in the order of their first claims."""
    return grouped([facts_of(text, claim, groundings) for claim in claims])


def grouped(claims: Sequence[Facts]) -> list[str]:
    """The incident of each claim, in their order."""
    recent: dict[str, deque[Incident]] = {}
    names: list[str] = []
    count = 0
    for facts in claims:
        candidates = recent.setdefault(facts.event, deque(maxlen=RECENT))
        fits = [(likeness(incident, facts), at) for at, incident in enumerate(candidates)]
        best, at = max(fits, default=(JOIN, -1))
        if at >= 0 and best > JOIN:
            match = candidates[at]
        else:
            count += 1
            match = Incident(f"e{count}")
            candidates.append(match)
        match.facts.append(facts)
        names.append(match.name)
    return names


def likeness(incident: Incident, new: Facts) -> float:
    """The mean log-odds that a claim is about the same event as the latest claims of an incident."""
    return sum(score(features(old, new)) for old in incident.facts) / len(incident.facts)


def score(found: Mapping[str, float]) -> float:
    return BIAS + sum(WEIGHTS[name] * value for name, value in found.items())


def features(old: Facts, new: Facts) -> Mapping[str, float]:
    """What speaks for and against one event."""
    apart = new.sentence - old.sentence
    actor = side("actor", old.actors, old.actor_codes, new.actors, new.actor_codes)
    recipient = side("recipient", old.recipients, old.recipient_codes, new.recipients, new.recipient_codes)
    return {
        "same trigger": float(old.trigger == new.trigger),
        "definite": float(new.definite),
        "same mode": float(bool(old.modes & new.modes)),
        "other mode": float(bool(old.modes and new.modes and not old.modes & new.modes)),
        "other status": float(old.status != new.status),
        "one is background": float((old.status == "historical") != (new.status == "historical")),
        "one is denied": float((old.status == "negated") != (new.status == "negated")),
        **actor,
        **recipient,
        "other sides": actor["other actor"] * recipient["other recipient"],
        "same place": float(bool(old.places & new.places)),
        "other place": float(bool(old.places and new.places and not old.places & new.places)),
        "same time": float(old.date is not None and old.date == new.date),
        "other week": float(days_between(old.date, new.date) >= WEEK),
        "one sentence": float(apart == 0),
        "sentences between": min(apart, 20) / 20,
    }


def side(
    role: str, old: frozenset[str], old_codes: frozenset[str], new: frozenset[str], new_codes: frozenset[str]
) -> Mapping[str, float]:
    """How two claims' actors, or recipients, bear on each other."""
    same = bool(old & new)
    alike = not same and bool(old_codes & new_codes)
    both = bool(old and new)
    return {
        f"same {role}": float(same),
        f"{role} of one country": float(alike),
        f"other {role}": float(both and not same and not alike),
    }


def facts_of(text: str, claim: Claim, groundings: Groundings) -> Facts:
    actors, actor_codes = parties(text, claim.actor, groundings.actors)
    recipients, recipient_codes = parties(text, claim.recipient, groundings.actors)
    return Facts(
        event=claim.event,
        modes=frozenset(claim.modes),
        status=claim.status,
        sentence=claim.sentence,
        trigger=stem(claim.trigger.of(text)),
        definite=DEFINITE.search(text[max(0, claim.trigger.start - 30) : claim.trigger.start]) is not None,
        actors=actors,
        actor_codes=actor_codes,
        recipients=recipients,
        recipient_codes=recipient_codes,
        places=frozenset(place_name(text, filler, groundings.places) for filler in claim.place),
        date=date_of(claim, groundings.dates),
    )


def stem(trigger: str) -> str:
    """The beginning of the first word: "attacked" and "attacks" are one."""
    return trigger.lower().partition(" ")[0][:STEM]


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


def days_between(one: DateRange | None, two: DateRange | None) -> int:
    """Days between two ranges; 0 where they meet or nobody knows."""
    if one is None or two is None:
        return 0
    gaps = [(b.start - a.end).days for a, b in ((one, two), (two, one)) if a.end is not None and b.start is not None]
    return max(0, *gaps, 0)
