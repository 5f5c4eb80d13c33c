"""All groundings of a document's claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from polybius.grounding.actors import ActorResolver
from polybius.grounding.article import Article
from polybius.grounding.dates import expression, without_words
from polybius.grounding.places import PlaceResolver
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


def ground(
    document: Document, reading: Reading, claims: Sequence[Claim], world: World, trace: Trace | None = None
) -> Groundings:
    """Resolve every actor, source, place and date of the claims, or say why not.

    A claim's date without words is keyed by its trigger.
    """
    article = Article.of(document, reading)
    actors, places = ActorResolver(article, world), PlaceResolver(article, world)
    found = Groundings(
        {span: actors.resolve(span) for span in dict.fromkeys(s for c in claims for s in people(c))},
        {f.span: places.resolve(f.span) for c in claims for f in c.place},
        dict(item for c in claims for item in dates(c, document)),
    )
    if trace is not None:
        report(found, trace)
    return found


def people(claim: Claim) -> Iterator[Span]:
    for filler in (*claim.actor, *claim.recipient):
        yield filler.span
    for source in claim.attribution:
        yield source.filler.span


def dates(claim: Claim, document: Document) -> Iterator[tuple[Span, Grounding[DateRange]]]:
    if not claim.date:
        yield claim.trigger, without_words(claim.status, document.published)
    for filler in claim.date:
        ahead = claim.status in ("future", "hypothetical")
        yield filler.span, expression(filler.span.of(document.text), document.published, ahead)


def report(found: Groundings, trace: Trace) -> None:
    kinds: dict[str, dict[Span, Grounding[Actor]] | dict[Span, Grounding[Place]] | dict[Span, Grounding[DateRange]]]
    kinds = {"actor": dict(found.actors), "place": dict(found.places), "date": dict(found.dates)}
    for kind, groundings in kinds.items():
        for span, grounding in groundings.items():
            trace(TraceEntry("grounding", span, kind, grounding.status, grounding.reason))
