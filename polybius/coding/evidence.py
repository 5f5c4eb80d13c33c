"""What tells how far a coded field is to be trusted: a few numbers a claim, which calibration weighs.

All of them are known once a claim is grounded: scores of the reader, how many fillers a role has and where they stand in the text
and in the tree, what the tree or the article had to add, and how crowded the sentence is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from polybius.codebook import Codebook
from polybius.coding.claims import ONE_SIDED
from polybius.coding.roles import BY_TREE
from polybius.coding.tree import Tree, grow
from polybius.records import Claim, Filler, Groundings, Reading

Features = dict[str, float]

SURE = 0.995  # nearer to 1, or to 0, no score counts
ROLES = ("actor", "recipient", "place", "date", "attribution")
FAR = 100.0  # characters: the unit of distance
DEEP = 5  # arcs of the tree that are far enough
MODIFIERS = frozenset({"compound", "amod", "nummod", "nmod:desc", "nmod:unmarked", "nmod", "nmod:poss"})
BOUNDS = frozenset(
    {"since", "until", "after", "before", "during", "by", "from"}
)  # they bound or border on what they name


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
    tree = grow(reading.sentences[claim.sentence])
    for role in ROLES:
        found.update(of_role(role, claim, fillers[role], groundings))
        if fillers[role]:
            found.update(in_tree(role, claim, fillers[role][0], tree))
    return {**found, **of_source(claim)}


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


def in_tree(role: str, claim: Claim, filler: Filler, tree: Tree) -> Features:
    """How the first filler of a role hangs on the trigger: directly, in a clause of its own, as part of another phrase."""
    words, triggers = tree.words(filler.span), tree.words(claim.trigger)
    if not words or not triggers:
        return {f"{role} elsewhere": 1.0}
    head, trigger = tree.tops(words)[0], tree.tops(triggers)[0]
    above = [node for _, node in tree.up(head)]
    between = above[: above.index(trigger)] if trigger in above else above[:DEEP]
    return {
        f"{role} hangs": float(bool(above) and above[0] in triggers),
        f"{role} below": float(trigger in above),
        f"{role} arcs": float(min(len(between), DEEP)),
        f"{role} other clause": float(any(tree.upos(node) == "VERB" and node not in triggers for node in between)),
        f"{role} modifies": float(tree.rel(head) in MODIFIERS),
        f"{role} bounded": float(tree.case(head) in BOUNDS),
    }


def of_source(claim: Claim) -> Features:
    """Whether a word of saying goes with the source, and where it stands."""
    if not claim.attribution:
        return {}
    cue = claim.attribution[0].cue
    return {
        "attribution cue": float(cue is not None),
        "attribution cue before": float(cue is not None and cue.start < claim.trigger.start),
        "attribution sources": float(len(claim.attribution)),
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
