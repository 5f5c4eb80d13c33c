"""From grounded claims to reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from polybius.codebook import Codebook
from polybius.coding.calibration import Calibration, Confidence
from polybius.coding.casualties import Casualties, Casualty, casualties
from polybius.coding.evidence import crowd
from polybius.coding.hosts import settled
from polybius.coding.incidents import incidents
from polybius.coding.view import view
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
    Sentence,
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
    calibration: Calibration | None = None,
) -> tuple[Report, ...]:
    """One report a claim, in the order of the triggers. Without a calibration confidence is the reader's own."""
    ordered = [settled(claim, groundings) for claim in sorted(claims, key=lambda claim: (claim.trigger, claim.event))]
    chances, around = calibration or Calibration(), crowd(reading)
    names = incidents(document.text, ordered, groundings)
    source = document_ref(document)
    found = casualties(view(document, reading), ordered)
    made = []
    for claim, incident, harm in zip(ordered, names, found, strict=True):
        sentence = reading.sentences[claim.sentence]
        size = sizes(document.text, harm, groundings.actors)
        sure = chances.confidence(claim, reading, around, groundings, codebook)
        made.append(report_of(document, source, sentence, claim, groundings, codebook, size, incident, sure, stamp))
    return tuple(made)


def report_of(
    document: Document,
    source: DocumentRef,
    sentence: Sentence,
    claim: Claim,
    groundings: Groundings,
    codebook: Codebook,
    size: Sizes,
    incident: str,
    confidence: Confidence,
    stamp: str,
) -> Report:
    text, span = document.text, sentence.span
    return Report(
        id=claim_id(document, claim),
        document=source,
        sentence=SentenceRef(sentence.index, span.start, span.end),
        event=claim.event,
        status=claim.status,
        quad_code=codebook.quad(claim.event),
        event_scale=codebook.scale(claim.event, claim.modes),
        trigger=quote(text, claim.trigger),
        mode=claim.modes,
        context=claim.contexts,
        actor=tuple(field for filler in claim.actor for field in party_fields(text, filler, groundings)),
        recipient=tuple(field for filler in claim.recipient for field in party_fields(text, filler, groundings)),
        date=date_field(text, claim, groundings.dates),
        place=tuple(place_field(text, filler, groundings.places) for filler in claim.place),
        attribution=tuple(source_field(text, source, groundings.actors) for source in claim.attribution),
        size=size,
        incident=incident,
        found_by=claim.found_by,
        confidence=confidence,
        stamp=stamp,
    )


def grounded(found: Mapping[Span, Grounding[T]], span: Span) -> Grounding[T]:
    """The grounding of a span, or one that says there is none."""
    return found.get(span) or Grounding("not_found", None, NOT_GROUNDED)


def party_fields(text: str, filler: Filler, groundings: Groundings) -> Iterator[ActorField]:
    """A filler, or each of the parties for whom its words stand."""
    parties = groundings.parties.get(filler.span)
    if not parties:
        yield actor_field(text, filler, groundings.actors)
    for party in parties or ():
        yield actor_field(text, filler, {filler.span: party})


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


def sizes(text: str, found: Casualties, actors: Mapping[Span, Grounding[Actor]]) -> Sizes:
    return Sizes(**{harm: size_of(text, casualty, actors) for harm, casualty in found.items()})


def size_of(text: str, casualty: Casualty, actors: Mapping[Span, Grounding[Actor]]) -> Size:
    count = casualty.count
    sources = tuple(source_field(text, source, actors) for source in casualty.sources)
    return Size(count.low, count.best, count.high, quote(text, count.span), sources)
