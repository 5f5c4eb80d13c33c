"""An explained document step by step: what was seen, said, claimed, looked up, decided and reported in each sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from polybius.coding import Attribution
from polybius.records import Actor, Claim, DateRange, Filler, Frame, Grounding, Place, Sentence, Span, TraceEntry
from polybius.report import Report
from polybius.run.coder import Explained

AnyGrounding = Grounding[Actor] | Grounding[Place] | Grounding[DateRange]


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked up for words of a claim, and what was found; None where nothing was."""

    kind: Literal["who", "where", "when"]
    span: Span
    grounding: AnyGrounding | None


Step = Frame | Attribution | Claim | Looked | TraceEntry | Report


def steps(explained: Explained, sentence: Sentence) -> Iterator[Step]:
    """All of one sentence, in the order of the stages."""
    yield from (frame for frame in explained.reading.frames if frame.sentence == sentence.index)
    yield from (one for one in explained.attributions if one.sentence == sentence.index)
    for claim in explained.claims:
        if claim.sentence == sentence.index:
            yield claim
            yield from looked(explained, claim)
    yield from (entry for entry in explained.trace if _within(entry, sentence))
    for report in explained.reports:
        if report.sentence.index == sentence.index and report.trigger.within == "text":
            yield report


def looked(explained: Explained, claim: Claim) -> Iterator[Looked]:
    """What was looked up for a claim, each span once."""
    found = explained.groundings
    people = [*claim.actor, *claim.recipient, *(source.filler for source in claim.attribution)]
    yield from (Looked("who", span, found.actors.get(span)) for span in _spans(people))
    yield from (Looked("where", span, found.places.get(span)) for span in _spans(claim.place))
    days = dict.fromkeys([*_spans(claim.date), claim.trigger])
    yield from (Looked("when", span, found.dates[span]) for span in days if span in found.dates)


def _spans(fillers: Iterable[Filler]) -> list[Span]:
    return list(dict.fromkeys(filler.span for filler in fillers))


def unplaced(explained: Explained) -> Iterator[TraceEntry]:
    """What was decided outside of all sentences."""
    sentences = explained.reading.sentences
    return (entry for entry in explained.trace if not any(_within(entry, sentence) for sentence in sentences))


def _within(entry: TraceEntry, sentence: Sentence) -> bool:
    return sentence.span.start <= entry.span.start < sentence.span.end
