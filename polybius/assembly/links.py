"""How events bear on each other: a plan that came true, a denial, a response."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

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


def links(events: Sequence[Event]) -> tuple[EventLink, ...]:
    """All links, ordered. Only events that share a document, or both parties and a week, are looked at."""
    known = {event.id: event for event in events}
    found = set()
    for one, two in _candidates(events):
        for source, target in ((known[one], known[two]), (known[two], known[one])):
            link = _link(source, target)
            if link:
                found.add(link)
    return tuple(sorted(found, key=lambda link: (link.source, link.target, link.kind)))


def _candidates(events: Iterable[Event]) -> list[tuple[str, str]]:
    blocks: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for event in events:
        for key in _keys(event):
            blocks[key].add(event.id)
    return sorted({pair for ids in blocks.values() for pair in combinations(sorted(ids), 2)})


def _keys(event: Event) -> Iterator[tuple[str, ...]]:
    for name in event.reports:
        yield ("document", document_of(name))
    if event.start is None or event.end is None or (event.end - event.start).days > LONGEST:
        return
    for week in range((event.start.toordinal() - SLACK) // WEEK, (event.end.toordinal() + SLACK) // WEEK + 1):
        for actor in names(event.actor):
            for recipient in names(event.recipient):
                yield ("parties", str(week), *sorted((actor, recipient)))


def document_of(name: str) -> str:
    """The document of a report that is named "document#report"."""
    return name.rpartition("#")[0]


def names(parties: Iterable[Party]) -> frozenset[str]:
    """What parties are known by."""
    return frozenset((party.identifier or party.name).lower() for party in parties)


def _link(source: Event, target: Event) -> EventLink | None:
    if _came_true(source, target):
        return EventLink(source.id, target.id, "came_true", "the same parties, and its date lies in that of the plan")
    if _denies(source, target):
        return EventLink(source.id, target.id, "denial_of", "the same type and parties, negated")
    if _responds(source, target):
        return EventLink(source.id, target.id, "response_to", "the sides change places, in one article, within a week")
    return None


def _came_true(plan: Event, done: Event) -> bool:
    if plan.status != "future" or done.status != "actual":
        return False
    if plan.event != done.event and done.event not in COMES_TRUE.get(plan.event, ()):
        return False
    return _same_parties(plan, done) and plan.start is not None and _meet(plan, done)


def _denies(denial: Event, event: Event) -> bool:
    if denial.status != "negated" or event.status not in ("actual", "historical") or denial.event != event.event:
        return False
    return _same_parties(denial, event) and (denial.start is None or event.start is None or _meet(denial, event))


def _responds(answer: Event, event: Event) -> bool:
    if (
        answer.status != "actual"
        or event.status != "actual"
        or event.event not in HOSTILE
        or answer.event not in HOSTILE
    ):
        return False
    if not _follows(answer, event):
        return False
    turned = names(answer.actor) & names(event.recipient) and names(answer.recipient) & names(event.actor)
    shared = set(map(document_of, answer.reports)) & set(map(document_of, event.reports))
    return bool(turned and shared and answer.id != event.id)


def _follows(answer: Event, event: Event) -> bool:
    """Within a week; of one day's acts only words are taken as the response, and only to deeds."""
    if answer.start is None or event.end is None:
        return False
    days = (answer.start - event.end).days
    return 0 < days <= SOON or (days == 0 and answer.event in WORDS and event.event not in WORDS)


def _same_parties(one: Event, two: Event) -> bool:
    """A common party, and none on either side where both name some and all differ. Those who meet may change sides."""
    everybody = [names(event.actor) | names(event.recipient) for event in (one, two)]
    if "CONSULT" in (one.event, two.event):
        return len(everybody[0] & everybody[1]) > 1
    sides = ((names(one.actor), names(two.actor)), (names(one.recipient), names(two.recipient)))
    return any(a & b for a, b in sides) and all(not a or not b or a & b for a, b in sides)


def _meet(one: Event, two: Event) -> bool:
    if one.start is None or one.end is None or two.start is None or two.end is None:
        return False
    slack = dt.timedelta(SLACK)
    short = max(one.end - one.start, two.end - two.start) <= dt.timedelta(LONGEST)
    return short and one.start - slack <= two.end and two.start - slack <= one.end
