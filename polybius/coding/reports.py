"""From grounded claims to reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from polybius.codebook import Codebook
from polybius.coding.hosts import with_host
from polybius.coding.incidents import incidents
from polybius.coding.sizes import Count, Harm, counts
from polybius.coding.tree import Tree, grow
from polybius.records import (
    Actor,
    Claim,
    DateRange,
    Document,
    Filler,
    Grounding,
    Groundings,
    Place,
    Reading,
    Source,
    Span,
)
from polybius.report import (
    ActorField,
    DateField,
    DocumentRef,
    PlaceField,
    Report,
    SentenceRef,
    Size,
    Sizes,
    SourceField,
    claim_id,
    document_ref,
    quote,
)

T = TypeVar("T")
NOT_GROUNDED = "not looked up"


def reports(
    document: Document,
    reading: Reading,
    claims: Sequence[Claim],
    groundings: Groundings,
    codebook: Codebook,
    stamp: str,
) -> tuple[Report, ...]:
    """One report a claim, in the order of the triggers."""
    ordered = [with_host(c, groundings) for c in sorted(claims, key=lambda claim: (claim.trigger, claim.event))]
    names = incidents(document.text, ordered, groundings)
    source = document_ref(document)
    trees: dict[int, Tree] = {}
    made = []
    for claim, incident in zip(ordered, names, strict=True):
        if claim.sentence not in trees:
            trees[claim.sentence] = grow(reading.sentences[claim.sentence])
        made.append(report_of(document, source, trees[claim.sentence], claim, groundings, codebook, incident, stamp))
    return tuple(made)


def report_of(
    document: Document,
    source: DocumentRef,
    tree: Tree,
    claim: Claim,
    groundings: Groundings,
    codebook: Codebook,
    incident: str,
    stamp: str,
) -> Report:
    text, span = document.text, tree.sentence.span
    return Report(
        id=claim_id(document, claim),
        document=source,
        sentence=SentenceRef(tree.sentence.index, span.start, span.end),
        event=claim.event,
        status=claim.status,
        quad_code=codebook.quad(claim.event),
        event_scale=codebook.scale(claim.event, claim.modes),
        trigger=quote(text, claim.trigger),
        mode=claim.modes,
        context=claim.contexts,
        actor=tuple(actor_field(text, filler, groundings.actors) for filler in claim.actor),
        recipient=tuple(actor_field(text, filler, groundings.actors) for filler in claim.recipient),
        date=date_field(text, claim, groundings.dates),
        place=tuple(place_field(text, filler, groundings.places) for filler in claim.place),
        attribution=tuple(source_field(text, source, groundings.actors) for source in claim.attribution),
        size=sizes(text, counts(text, tree, claim.trigger, claim.event)),
        incident=incident,
        found_by=claim.found_by,
        confidence=claim.confidence,
        stamp=stamp,
    )


def grounded(found: Mapping[Span, Grounding[T]], span: Span) -> Grounding[T]:
    """The grounding of a span, or one that says there is none."""
    return found.get(span) or Grounding("not_found", None, NOT_GROUNDED)


def actor_field(text: str, filler: Filler, found: Mapping[Span, Grounding[Actor]]) -> ActorField:
    grounding = grounded(found, filler.span)
    target = grounding.target
    return ActorField(
        quote=quote(text, filler.span),
        implicit=filler.implicit,
        name=target.name if target else None,
        code=target.code if target else None,
        sector=target.sectors if target else (),
        identifier=target.identifier if target else None,
        chain=grounding.chain,
        status=grounding.status,
        reason=grounding.reason,
        runners_up=grounding.runners_up,
    )


def source_field(text: str, source: Source, found: Mapping[Span, Grounding[Actor]]) -> SourceField:
    said = actor_field(text, source.filler, found)
    return SourceField(
        quote=said.quote,
        implicit=said.implicit,
        name=said.name,
        code=said.code,
        sector=said.sector,
        identifier=said.identifier,
        cue=quote(text, source.cue) if source.cue else None,
        status=said.status,
        reason=said.reason,
        runners_up=said.runners_up,
    )


def place_field(text: str, filler: Filler, found: Mapping[Span, Grounding[Place]]) -> PlaceField:
    grounding = grounded(found, filler.span)
    target = grounding.target or Place("")
    return PlaceField(
        quote=quote(text, filler.span),
        implicit=filler.implicit,
        name=target.name or None,
        country=target.country,
        admin1=target.admin1,
        latitude=target.latitude,
        longitude=target.longitude,
        geonames=target.geonames,
        precision_km=target.precision_km,
        status=grounding.status,
        reason=grounding.reason,
        runners_up=grounding.runners_up,
    )


def date_field(text: str, claim: Claim, found: Mapping[Span, Grounding[DateRange]]) -> DateField:
    """The claim's date: by its own words, or by its trigger where the date has none."""
    words = claim.date[0] if claim.date else None
    grounding = (found.get(words.span) if words else None) or grounded(found, claim.trigger)
    target = grounding.target
    return DateField(
        quote=quote(text, words.span) if words else None,
        start=target.start if target else None,
        end=target.end if target else None,
        granularity=target.granularity if target else None,
        status=grounding.status,
        reason=grounding.reason,
        implicit=words.implicit if words else False,
        runners_up=grounding.runners_up,
    )


def sizes(text: str, found: Mapping[Harm, Count]) -> Sizes:
    return Sizes(
        **{harm: Size(count.low, count.best, count.high, quote(text, count.span)) for harm, count in found.items()}
    )
