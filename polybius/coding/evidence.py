"""What tells how far a coded field is to be trusted: a few numbers a claim, which calibration weighs.

All of them are known once a claim is grounded: scores of the reader, how many fillers a role has and where they stand, what the
tree or the article had to add, and how crowded the sentence is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from polybius.codebook import Codebook
from polybius.coding.claims import ONE_SIDED
from polybius.coding.roles import BY_TREE
from polybius.records import Claim, Filler, Groundings, Reading

Features = dict[str, float]

SURE = 0.995  # nearer to 1, or to 0, no score counts
ROLES = ("actor", "recipient", "place", "date", "attribution")
FAR = 100.0  # characters: the unit of distance


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many frames share a sentence, and how many a word."""

    sentences: Mapping[int, int]
    triggers: Mapping[int, int]


def crowd(reading: Reading) -> Crowd:
    frames = reading.frames
    return Crowd(Counter(f.sentence for f in frames), Counter(f.trigger.start for f in frames))


def evidence(claim: Claim, reading: Reading, around: Crowd, groundings: Groundings, codebook: Codebook) -> Features:
    """The numbers of one claim by their names."""
    fillers = fillers_of(claim)
    found = {**of_event(claim, codebook), **of_text(claim, reading, around)}
    for role in ROLES:
        found.update(of_role(role, claim, fillers[role], groundings))
    return found


def fillers_of(claim: Claim) -> dict[str, Sequence[Filler]]:
    told = tuple(source.filler for source in claim.attribution)
    lists = (claim.actor, claim.recipient, claim.place, claim.date, told)
    return dict(zip(ROLES, lists, strict=True))


def of_event(claim: Claim, codebook: Codebook) -> Features:
    """Type and status, and whether a side is missing."""
    scores = dict(claim.confidence)
    alone = codebook.types[claim.event].recipient and not claim.recipient
    score = scores.get("event", BY_TREE) / (ONE_SIDED if alone else 1.0)
    return {
        "event": logit(score),
        "status": logit(scores.get("status", 1.0)),
        "rule": float(claim.found_by != "frame"),
        "one side": float(alone),
        "no actor": float(not claim.actor),
        f"type {claim.event}": 1.0,
        f"status {claim.status}": 1.0,
    }


def of_text(claim: Claim, reading: Reading, around: Crowd) -> Features:
    """The length of the text and of the sentence, and what else is in them."""
    return {
        "sentences": math.log(len(reading.sentences)),
        "words": math.log(len(reading.sentences[claim.sentence])),
        "frames": math.log1p(around.sentences.get(claim.sentence, 0)),
        "rivals": float(around.triggers.get(claim.trigger.start, 0) > 1),
    }


def of_role(role: str, claim: Claim, fillers: Sequence[Filler], groundings: Groundings) -> Features:
    """Of the weakest filler of a role, since one wrong filler makes the role wrong; nothing where there is none."""
    if not fillers:
        return {}
    return {
        role: 1.0,
        f"{role} score": min(logit(filler.score) for filler in fillers),
        f"{role} list": float(len(fillers) > 1),
        f"{role} by tree": float(any(filler.score == BY_TREE for filler in fillers)),
        f"{role} implicit": float(any(filler.implicit for filler in fillers)),
        f"{role} far": min(max(distance(claim, filler) for filler in fillers), 3.0),
        f"{role} before": float(fillers[0].span.start < claim.trigger.start),
        f"{role} long": math.log(max(f.span.end - f.span.start for f in fillers)),
        f"{role} open": float(any(not resolved(role, f, groundings) for f in fillers)),
    }


def distance(claim: Claim, filler: Filler) -> float:
    """Between a filler and the trigger, in units of FAR."""
    gap = max(filler.span.start - claim.trigger.end, claim.trigger.start - filler.span.end, 0)
    return gap / FAR


def resolved(role: str, filler: Filler, groundings: Groundings) -> bool:
    known: Mapping[object, object] = {"place": groundings.places, "date": groundings.dates}.get(role, groundings.actors)  # type: ignore[assignment]
    return getattr(known.get(filler.span), "status", "") == "resolved"


def logit(score: float) -> float:
    p = min(max(score, 1 - SURE), SURE)
    return math.log(p / (1 - p))
