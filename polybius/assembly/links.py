"""How events bear on each other: a plan that came true, a denial, a response."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from polybius.records import Event, EventLink, Party

WEEK = 7
SOON = 7  # days within which an act is told as the response to another
SLACK = 1  # days that two dates of one event may be apart
LONGEST = 31  # days of a range that says when something is to be

# What a plan of each type may come true as, beside its own type: planned cooperation of all kinds is coded AGREE.
COMES_TRUE: Mapping[str, frozenset[str]] = {
    "AGREE": frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"}),
    "CONCEDE": frozenset({"RETREAT"}),
}
WORDS = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})
HOSTILE = WORDS | frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
# Which status bears on which, so that events of which both merely happened are not compared by parties.
OF_PARTIES: Mapping[str, frozenset[str]] = {
    "future": frozenset({"actual"}),
    "negated": frozenset({"actual", "historical"}),
}


@dataclass(frozen=True, slots=True)
class Face:
    """What links see of an event."""

    id: str
    event: str
    status: str
    start: dt.date | None
    end: dt.date | None
    actors: frozenset[str]
    recipients: frozenset[str]
    documents: frozenset[str]


def face(event: Event) -> Face:
    """The face of an event."""
    documents = frozenset(map(document_of, event.reports))
    return Face(
        event.id,
        event.event,
        event.status,
        event.start,
        event.end,
        names(event.actor),
        names(event.recipient),
        documents,
    )


def face_of(record: Mapping[str, Any]) -> Face:
    """The face of an event as it stands in the store."""
    start, end = (record[key] and dt.date.fromisoformat(record[key]) for key in ("start", "end"))
    actors, recipients = (
        frozenset((party["identifier"] or party["name"]).lower() for party in record[side])
        for side in ("actor", "recipient")
    )
    documents = frozenset(map(document_of, record["reports"]))
    return Face(record["id"], record["event"], record["status"], start, end, actors, recipients, documents)


def links(events: Iterable[Event]) -> tuple[EventLink, ...]:
    """All links between events, ordered."""
    return between([face(event) for event in events])


def between(faces: Sequence[Face], new: Collection[str] | None = None) -> tuple[EventLink, ...]:
    """All links, ordered, of which one end at least is ``new`` where that is given. Only events that share a document,
    or both parties and a week, are looked at."""
    known = {face.id: face for face in faces}
    found = set()
    for one, two in _candidates(faces):
        if new is None or one in new or two in new:
            link = _link(known[one], known[two])
            if link:
                found.add(link)
    return tuple(sorted(found, key=lambda link: (link.source, link.target, link.kind)))


def _candidates(faces: Iterable[Face]) -> set[tuple[str, str]]:
    """Which event may be linked to which."""
    of_parties = _crossed(faces, party_keys, OF_PARTIES)
    of_document = _crossed(faces, lambda face: face.documents, {**OF_PARTIES, "actual": frozenset({"actual"})})
    return set(of_parties) | set(of_document)


def _crossed(
    faces: Iterable[Face], keys: Callable[[Face], Iterable[str]], wanted: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, str]]:
    """Events that share a key, each as the source of those whose status is wanted for its own."""
    blocks: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in faces:
        for key in keys(one):
            blocks[key][one.status].append(one.id)
    for block in blocks.values():
        for status in block.keys() & wanted.keys():
            targets = [id for other in wanted[status] for id in block.get(other, ())]
            yield from ((source, target) for source in block[status] for target in targets if source != target)


def party_keys(face: Face) -> Iterator[str]:
    """By what an event is found by its parties: any two of both sides, with a week."""
    if face.start is None or face.end is None or (face.end - face.start).days > LONGEST:
        return
    sides = {tuple(sorted((actor, recipient))) for actor in face.actors for recipient in face.recipients}
    for week in range((face.start.toordinal() - SLACK) // WEEK, (face.end.toordinal() + SLACK) // WEEK + 1):
        for pair in sorted(sides):
            yield "\n".join((str(week), *pair))


def document_of(name: str) -> str:
    """The document of a report that is named "document#report"."""
    return name.rpartition("#")[0]


def names(parties: Iterable[Party]) -> frozenset[str]:
    """What parties are known by."""
    return frozenset((party.identifier or party.name).lower() for party in parties)


def _link(source: Face, target: Face) -> EventLink | None:
    if _came_true(source, target):
        return EventLink(source.id, target.id, "came_true", "the same parties, and its date lies in that of the plan")
    if _denies(source, target):
        return EventLink(source.id, target.id, "denial_of", "the same type and parties, negated")
    if _responds(source, target):
        return EventLink(source.id, target.id, "response_to", "the sides change places, in one article, within a week")
    return None


def _came_true(plan: Face, done: Face) -> bool:
    if plan.status != "future" or done.status != "actual":
        return False
    if plan.event != done.event and done.event not in COMES_TRUE.get(plan.event, ()):
        return False
    return _same_parties(plan, done) and plan.start is not None and _meet(plan, done)


def _denies(denial: Face, event: Face) -> bool:
    if denial.status != "negated" or event.status not in ("actual", "historical") or denial.event != event.event:
        return False
    return _same_parties(denial, event) and (denial.start is None or event.start is None or _meet(denial, event))


def _responds(answer: Face, event: Face) -> bool:
    if answer.status != "actual" or event.status != "actual":
        return False
    if event.event not in HOSTILE or answer.event not in HOSTILE or not _follows(answer, event):
        return False
    turned = answer.actors & event.recipients and answer.recipients & event.actors
    return bool(turned and answer.documents & event.documents and answer.id != event.id)


def _follows(answer: Face, event: Face) -> bool:
    """Within a week; of one day's acts only words are taken as the response, and only to deeds."""
    if answer.start is None or event.end is None:
        return False
    days = (answer.start - event.end).days
    return 0 < days <= SOON or (days == 0 and answer.event in WORDS and event.event not in WORDS)


def _same_parties(one: Face, two: Face) -> bool:
    """A common party, and none on either side where both name some and all differ. Those who meet may change sides."""
    if "CONSULT" in (one.event, two.event):
        return len((one.actors | one.recipients) & (two.actors | two.recipients)) > 1
    sides = ((one.actors, two.actors), (one.recipients, two.recipients))
    return any(a & b for a, b in sides) and all(not a or not b or a & b for a, b in sides)


def _meet(one: Face, two: Face) -> bool:
    if one.start is None or one.end is None or two.start is None or two.end is None:
        return False
    slack = dt.timedelta(SLACK)
    short = max(one.end - one.start, two.end - two.start) <= dt.timedelta(LONGEST)
    return short and one.start - slack <= two.end and two.start - slack <= one.end
