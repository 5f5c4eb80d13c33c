"""What the other party tells of one: "his host" is whom he meets, and who receives a visitor is not of the visitor's country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from polybius.records import Actor, Claim, Filler, Grounding, Span

TALKS = frozenset({"CONSULT", "AGREE", "COOPERATE"})
VISIT = "visit"
# Ways of finding a country that yield to what the other side tells.
WEAK = "surroundings"

Who = Mapping[Span, Grounding[Actor]]
Countries = Callable[[Span], Sequence[str]]  # those that the words around a phrase speak of, the likeliest first
Possessor = Callable[[Span], Actor | None]


def settled(
    claims: Sequence[Claim], who: Who, opposite: Possessor, countries: Countries
) -> dict[Span, Grounding[Actor]]:
    """The groundings with what the sides of talks and visits add. ``opposite`` gives whose other side a phrase names."""
    found = dict(who)
    for claim in claims:
        for one, others in facing(claim):
            found[one.span] = received(found, one, others, countries)
    for claim in claims:
        for one, others in both_ways(claim):
            possessor = opposite(one.span)
            if possessor is not None and found[one.span].target is None:
                found[one.span] = counterpart(claims, found, one.span, only(found, others) or possessor)
    return found


def both_ways(claim: Claim) -> Iterator[tuple[Filler, tuple[Filler, ...]]]:
    """Each party of a claim with the other side."""
    yield from ((one, claim.recipient) for one in claim.actor)
    yield from ((one, claim.actor) for one in claim.recipient)


def only(who: Who, parties: tuple[Filler, ...]) -> Actor | None:
    """The one party of a known country on a side: who thanks "his host" is not his host, whatever "his" is taken for."""
    known = [g.target for f in parties if (g := who[f.span]).target is not None and g.target.code]
    return known[0] if len(known) == 1 else None


def facing(claim: Claim) -> Iterator[tuple[Filler, tuple[Filler, ...]]]:
    """The parties of a visit, each with those on the other side; without a recipient each stands against the others."""
    if claim.event != "CONSULT" or VISIT not in claim.modes:
        return
    if not claim.recipient and len(claim.actor) == 2:
        yield claim.actor[0], claim.actor[1:]
        yield claim.actor[1], claim.actor[:1]
    elif claim.actor and claim.recipient:
        yield from both_ways(claim)


def received(who: Who, one: Filler, others: tuple[Filler, ...], countries: Countries) -> Grounding[Actor]:
    """A party whose country only the words around it tell takes the likeliest one that is not the other side's."""
    here = who[one.span]
    there = {g.target.code for other in others if (g := who[other.span]).target is not None and g.method != WEAK}
    if here.target is None or here.method != WEAK or here.target.code not in there:
        return here
    code = next((c for c in countries(one.span) if c not in there), None)
    if code is None:
        return here
    reason = f"{here.reason}, other than that of the other side"
    return replace(here, target=replace(here.target, code=code), reason=reason)


def counterpart(claims: Sequence[Claim], who: Who, span: Span, possessor: Actor) -> Grounding[Actor]:
    """Whom the possessor of "host", "guest" or "counterpart" visits, meets or agrees with most often in the article."""
    met = [g for claim in claims if claim.event in TALKS and (g := partner(claim, who, possessor)) is not None]
    times = Counter(g.target.code for g in met if g.target is not None).most_common(2)
    if not times or (len(times) > 1 and times[0][1] == times[1][1]):
        return who[span]
    other = next(g for g in met if g.target is not None and g.target.code == times[0][0])
    reason = f"the other side than {possessor.name}: whom {possessor.name} meets most in the article"
    return Grounding("ambiguous", other.target, reason, (*other.chain, span), 0.7, "counterpart")


def partner(claim: Claim, who: Who, possessor: Actor) -> Grounding[Actor] | None:
    """The first party of the one other country in a claim in which the possessor's takes part."""
    parties = [g for f in (*claim.actor, *claim.recipient) if (g := who[f.span]).target is not None]
    known = {g.target.code: g for g in reversed(parties) if g.target is not None and g.target.code}
    mine = known.pop(possessor.code or "", None)
    return next(iter(known.values())) if mine is not None and len(known) == 1 else None
