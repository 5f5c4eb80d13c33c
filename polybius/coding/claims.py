"""From frames to claims."""

from __future__ import annotations

from collections.abc import Iterable

from polybius.codebook import Codebook
from polybius.coding.conventions import contexts_of, future_event, modes_of, sides
from polybius.coding.roles import Fillers, disjoint, ordered, roles_of
from polybius.coding.rules import Proposal, proposals
from polybius.coding.sources import sources_of
from polybius.coding.statuses import status_of
from polybius.coding.view import View, view
from polybius.records import Claim, Document, Filler, Frame, Reading, Source, Trace

ONE_SIDED = 0.6  # how much of the event's score stays where the type asks for a recipient and there is none


def claims(document: Document, reading: Reading, codebook: Codebook, trace: Trace | None = None) -> tuple[Claim, ...]:
    """The claims of a document in the order of their triggers. Every decision goes to ``trace``, if there is one."""
    seen = view(document, reading, trace)
    frames = [frame for frame in reading.frames if known(seen, frame, codebook)]
    return merged(seen, [claim_of(seen, found, codebook) for found in proposals(seen, frames, codebook.rules)])


def known(seen: View, frame: Frame, codebook: Codebook) -> bool:
    if frame.event not in codebook.types:
        seen.note(frame.trigger, "type", "dropped", f"{frame.event} is not in {codebook.name}")
        return False
    if not 0 <= frame.sentence < len(seen.reading.sentences) or not seen.tree(frame.sentence).words(frame.trigger):
        seen.note(frame.trigger, "trigger", "dropped", "no word of its sentence")
        return False
    return True


def claim_of(seen: View, proposal: Proposal, codebook: Codebook) -> Claim:
    frame = proposal.frame
    tree = seen.tree(frame.sentence)
    words = tree.words(frame.trigger)
    trigger = tree.tops(words)[0]
    roles = roles_of(seen, frame, tree, trigger)
    status, sure, why = status_of(tree, trigger, frame)
    if proposal.status is not None:
        status, sure, why = proposal.status, 1.0, ""
    seen.note(frame.trigger, "status", status, f'"{why}" in the sentence' if why else "reader")
    modes = modes_of(seen, frame, codebook)
    event = future_event(seen, frame, status, modes, codebook)
    sides(seen, tree, trigger, frame.event, modes, roles)
    modes = tuple(mode for mode in modes if mode in codebook.types[event].modes)
    sources = sources_of(seen, frame, tree, trigger, roles["by"], roles["actor"])
    score = frame.score
    if codebook.types[event].recipient and not roles["recipient"]:
        score *= ONE_SIDED
        seen.note(frame.trigger, "recipient", "missing", f"{event} asks for one: confidence lowered")
    seen.note(frame.trigger, "claim", event, f"score {frame.score:.3f}")
    return Claim(
        sentence=frame.sentence,
        trigger=frame.trigger,
        event=event,
        modes=modes,
        contexts=contexts_of(seen.reading.contexts, event, modes, codebook),
        status=status,
        actor=roles["actor"],
        recipient=roles["recipient"],
        place=roles["place"],
        date=roles["date"],
        attribution=sources,
        found_by=proposal.found_by,
        confidence=confidence(
            score, sure, (roles["actor"], roles["recipient"], roles["place"], roles["date"]), sources
        ),
    )


def confidence(
    event: float, status: float, roles: tuple[Fillers, ...], sources: tuple[Source, ...]
) -> tuple[tuple[str, float], ...]:
    """How sure the reading of each field is; a field without fillers has none."""
    lists = (*roles, tuple(source.filler for source in sources))
    pairs = zip(("actor", "recipient", "place", "date", "attribution"), lists, strict=True)
    fields = [(name, mean(fillers)) for name, fillers in pairs if fillers]
    return (("event", round(event, 3)), ("status", status), *fields)


def mean(fillers: Fillers) -> float:
    return round(sum(filler.score for filler in fillers) / len(fillers), 3)


def merged(seen: View, found: Iterable[Claim]) -> tuple[Claim, ...]:
    """Claims in order; of one type and trigger there is one, with the fillers of both."""
    kept: list[Claim] = []
    for claim in sorted(found, key=lambda claim: (claim.trigger, claim.event)):
        twin = twin_of(kept, claim)
        if twin is None:
            kept.append(claim)
        else:
            seen.note(claim.trigger, "same trigger", "merged", claim.event)
            kept[twin] = joined(kept[twin], claim)
    return tuple(sorted(kept, key=lambda claim: (claim.trigger, claim.event)))


def twin_of(kept: list[Claim], claim: Claim) -> int | None:
    """The position of an earlier claim of the same type whose trigger overlaps; only the last few can."""
    for at in range(len(kept) - 1, max(len(kept) - 5, -1), -1):
        if kept[at].event == claim.event and kept[at].trigger.overlaps(claim.trigger):
            return at
    return None


def joined(one: Claim, two: Claim) -> Claim:
    """Two claims on one trigger: the surer one, with what only the other has."""
    best, other = (one, two) if dict(one.confidence)["event"] >= dict(two.confidence)["event"] else (two, one)
    actors = union(best.actor, other.actor, best.recipient)
    recipients = union(best.recipient, other.recipient, actors)
    places, dates = union(best.place, other.place), union(best.date, other.date)
    sources = best.attribution or other.attribution
    scores = dict(best.confidence)
    return Claim(
        sentence=best.sentence,
        trigger=best.trigger,
        event=best.event,
        modes=tuple(dict.fromkeys(best.modes + other.modes)),
        contexts=best.contexts,
        status=best.status,
        actor=actors,
        recipient=recipients,
        place=places,
        date=dates,
        attribution=sources,
        found_by=best.found_by,
        confidence=confidence(scores["event"], scores["status"], (actors, recipients, places, dates), sources),
    )


def union(best: Fillers, other: Fillers, taken: Fillers = ()) -> Fillers:
    """The fillers of both, without what overlaps a better one or stands on the other side."""
    spans = {filler.span for filler in taken}
    extra: list[Filler] = [f for f in other if f.span not in spans and not any(f.span.overlaps(b.span) for b in best)]
    return ordered([*best, *disjoint(extra)])
