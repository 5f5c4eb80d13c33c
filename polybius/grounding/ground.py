"""All groundings of a document's claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from polybius.grounding.actors import ActorResolver
from polybius.grounding.article import Article
from polybius.grounding.coreference import Chains, chains
from polybius.grounding.places import PlaceResolver
from polybius.grounding.sides import settled
from polybius.grounding.timeline import claim_dates, trace_timeline
from polybius.records import (
    Actor,
    Claim,
    DateRange,
    Document,
    Grounding,
    Groundings,
    Place,
    Reading,
    Span,
    Trace,
    TraceEntry,
)
from polybius.reference import World


@dataclass(frozen=True, slots=True)
class Survey:
    """An article with the chains of its mentions: what filling and grounding both look up."""

    article: Article
    chains: Chains


def survey(document: Document, reading: Reading, world: World) -> Survey:
    """Read an article's mentions once for all that is looked up in them."""
    article = Article.of(document, reading)
    return Survey(article, chains(article, world))


def ground(
    document: Document,
    reading: Reading,
    claims: Sequence[Claim],
    world: World,
    trace: Trace | None = None,
    seen: Survey | None = None,
) -> Groundings:
    """Resolve every actor, source, place and date of the claims, or say why not.

    A claim's date without words is keyed by its trigger.
    """
    if not claims and trace is None:
        return Groundings()
    seen = seen or survey(document, reading, world)
    article = seen.article
    actors, places = ActorResolver(article, world, seen.chains), PlaceResolver(article, world)
    who = {span: actors.resolve(span) for span in dict.fromkeys(s for c in claims for s in people(c))}
    who = settled(claims, who, actors.opposed, actors.countries)
    found = Groundings(
        who,
        {f.span: places.resolve(f.span) for c in claims for f in c.place},
        claim_dates(article, claims, who),
        {span: found for span in who if (found := actors.parties(span))},
    )
    if trace is not None:
        trace_chains(article, seen.chains, trace)
        report(found, trace)
        trace_timeline(article, trace)
    return found


def people(claim: Claim) -> Iterator[Span]:
    for filler in (*claim.actor, *claim.recipient):
        yield filler.span
    for source in claim.attribution:
        yield source.filler.span


def trace_chains(article: Article, found: Chains, trace: Trace) -> None:
    """One line for each chain: its best mention, and all of them, or the members of the group."""
    for chain in found.chains:
        rule, spans = ("group", chain.members) if chain.members else ("chain", chain.spans)
        words = "; ".join(dict.fromkeys(article.text(span) for span in spans))
        trace(TraceEntry("grounding", chain.best, rule, f"{len(chain.mentions)} mentions", words))


def report(found: Groundings, trace: Trace) -> None:
    kinds: dict[str, dict[Span, Grounding[Actor]] | dict[Span, Grounding[Place]] | dict[Span, Grounding[DateRange]]]
    kinds = {"actor": dict(found.actors), "place": dict(found.places), "date": dict(found.dates)}
    for kind, groundings in kinds.items():
        for span, grounding in groundings.items():
            trace(TraceEntry("grounding", span, kind, grounding.status, grounding.reason))
