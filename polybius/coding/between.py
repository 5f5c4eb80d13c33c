"""What one given party did to another: every candidate of the network, weighed by how well its sides fit the two.

A conditional logit: the chance of a candidate grows with the reader's score, where its actor and recipient are the two parties,
and the nearer its trigger stands to them in the text and in the tree. The weights were fitted on annotated reports that the reader
was not trained on, with the gold sides given, and rounded.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from polybius.codebook import Codebook
from polybius.coding.claims import ONE_SIDED
from polybius.coding.evidence import logit
from polybius.coding.tree import Tree, grow
from polybius.records import Claim, Filler, Reading, Span

UNIT, FAR = 100.0, 3.0  # characters that distances are counted in, and how many units are far enough
DEEP = 6  # arcs of the tree that are far enough

WEIGHTS: Mapping[str, float] = {
    "event": 0.4,
    "actor": 0.7,  # the candidate's actor is the one given
    "recipient": 1.4,
    "actor receives": -1.4,  # the one given stands on the other side
    "recipient acts": -0.2,
    "other actor": -1.6,
    "other recipient": -0.4,
    "characters to actor": -0.3,
    "characters to recipient": -0.9,
    "arcs to actor": -0.1,
    "arcs to recipient": -0.05,
    "arguments": 0.3,  # the actor hangs on the trigger itself
}


@dataclass(frozen=True, slots=True)
class Deed:
    """A type that a text may tell of between two parties, its chance among all, and the modes and trigger that tell it best."""

    event: str
    chance: float
    modes: tuple[str, ...]
    trigger: Span


def between(
    reading: Reading, claims: Sequence[Claim], actor: Span, recipient: Span, codebook: Codebook
) -> tuple[Deed, ...]:
    """The types that candidate claims give the two parties, best first; none where there is no candidate."""
    home = next((s.index for s in reading.sentences if s.span.start <= actor.start < s.span.end), 0)
    near = [claim for claim in claims if claim.sentence == home] or list(claims)
    weighed = [
        (weight(claim, grow(reading.sentences[claim.sentence]), actor, recipient, codebook), claim) for claim in near
    ]
    total = sum(math.exp(value) for value, _ in weighed)
    deeds = [deed([one for one in weighed if one[1].event == event], total) for event in {c.event for c in near}]
    return tuple(sorted(deeds, key=lambda one: (-one.chance, one.event)))


def deed(found: Sequence[tuple[float, Claim]], total: float) -> Deed:
    """One type: its candidates together, shown by the best."""
    best = max(found, key=lambda one: one[0])[1]
    chance = sum(math.exp(value) for value, _ in found) / total
    return Deed(best.event, round(chance, 3), best.modes, best.trigger)


def weight(claim: Claim, tree: Tree, actor: Span, recipient: Span, codebook: Codebook) -> float:
    numbers = {**sides(claim, actor, recipient), **distances(claim, tree, actor, recipient)}
    alone = codebook.types[claim.event].recipient and not claim.recipient
    score = dict(claim.confidence).get("event", 0.5) / (ONE_SIDED if alone else 1.0)
    return WEIGHTS["event"] * logit(score) + sum(WEIGHTS[name] * value for name, value in numbers.items())


def sides(claim: Claim, actor: Span, recipient: Span) -> dict[str, float]:
    """Whether the sides of a claim are the two parties, the other way round, or somebody else."""
    acts, receives = meets(claim.actor, actor), meets(claim.recipient, recipient)
    return {
        "actor": acts,
        "recipient": receives,
        "actor receives": meets(claim.recipient, actor),
        "recipient acts": meets(claim.actor, recipient),
        "other actor": float(bool(claim.actor) and not acts),
        "other recipient": float(bool(claim.recipient) and not receives),
    }


def meets(fillers: Sequence[Filler], party: Span) -> float:
    return float(any(filler.span.overlaps(party) for filler in fillers))


def distances(claim: Claim, tree: Tree, actor: Span, recipient: Span) -> dict[str, float]:
    """From the trigger to the two parties, in characters and in arcs."""
    start, trigger = claim.trigger.start, tree.tops(tree.words(claim.trigger))[0]
    to_actor, to_recipient = (arcs(tree, trigger, party) for party in (actor, recipient))
    return {
        "characters to actor": min(abs(start - actor.start) / UNIT, FAR),
        "characters to recipient": min(abs(start - recipient.start) / UNIT, FAR),
        "arcs to actor": to_actor,
        "arcs to recipient": to_recipient,
        "arguments": float(to_actor == 1),
    }


def arcs(tree: Tree, word: int, party: Span) -> float:
    """The arcs between a word and the head of a phrase; DEEP where the phrase is in another sentence."""
    words = tree.words(party)
    if not words:
        return float(DEEP)
    one, two = ([start, *(head for _, head in tree.up(start))] for start in (word, tree.tops(words)[0]))
    shared = next((at for at, node in enumerate(one) if node in two), DEEP)
    return float(min(shared + two.index(one[shared]), DEEP)) if shared < len(one) else float(DEEP)
