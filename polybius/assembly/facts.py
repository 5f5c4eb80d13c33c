"""What is compared: the reports of one document on one incident, as sets of keys and ranges."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from polybius.records import Status
from polybius.report import ActorField, PlaceField, Report, Size

FAMILIES: Mapping[str, str] = {
    "AGREE": "words", "SUPPORT": "words", "REQUEST": "words", "ACCUSE": "words", "REJECT": "words", "THREATEN": "words",
    "CONSULT": "talks", "CONCEDE": "yield", "RETREAT": "yield", "COOPERATE": "help", "AID": "help",
    "PROTEST": "unrest", "SANCTION": "force", "MOBILIZE": "force", "COERCE": "force", "ASSAULT": "force",
}  # fmt: skip
# Reports of one class may be about one event; those of two are two events, with a link where they belong together.
CLASSES: Mapping[Status, str] = {
    "actual": "happened", "historical": "happened", "future": "planned", "hypothetical": "possible", "negated": "denied",
}  # fmt: skip
KINDS = ("killed", "injured", "arrested")
DETERMINERS = frozenset("the a an its his her their this that these those some several two three four five".split())
STEM = 5  # letters


@dataclass(frozen=True, slots=True)
class Where:
    """A place as far as comparing needs it."""

    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    radius: float = 0.0  # km


@dataclass(frozen=True, slots=True)
class Side:
    """Actors or recipients: who they are, and their codes. ``words`` are main words of those whom nobody knows."""

    names: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Article:
    """What the reports of one document share."""

    id: str
    published: dt.date | None = None
    words: Mapping[str, int] = field(default_factory=dict)  # see words.sketch


@dataclass(frozen=True, slots=True)
class Account:
    """One article's reports on one incident, of one class of status."""

    id: str
    article: Article
    reports: tuple[str, ...]
    event: str
    modes: frozenset[str]
    status: str
    actor: Side
    recipient: Side
    places: tuple[Where, ...]
    start: dt.date | None
    end: dt.date | None
    figures: Mapping[str, tuple[int, int]]
    triggers: frozenset[str]
    vector: bytes = b""

    @property
    def family(self) -> str:
        return FAMILIES.get(self.event, self.event)


def anchor(report: Report) -> str:
    """The name of a report in judgements and events. The same text under two ids gives the same report ids."""
    return f"{report.document.id}#{report.id}"


def accounts(
    reports: Sequence[Report],
    article: Article,
    vectors: Mapping[str, bytes],
    apart: frozenset[str] = frozenset(),
) -> list[Account]:
    """The reports of one document as accounts, ordered by id. Those whose anchors are in ``apart`` stand alone: somebody split them off."""
    groups: dict[tuple[str, ...], dict[str, Report]] = {}
    for report in reports:
        name = anchor(report)
        key = (report.document.id, report.incident, report.event, CLASSES[report.status])
        alone = name in apart or not report.incident
        groups.setdefault((*key, name) if alone else key, {})[name] = report
    made = (_account(group, article, vectors) for group in groups.values())
    return sorted(made, key=lambda account: account.id)


def _account(group: Mapping[str, Report], article: Article, vectors: Mapping[str, bytes]) -> Account:
    names = sorted(group)
    reports = [group[name] for name in names]
    start, end = narrowest(reports)
    first = reports[0]
    return Account(
        id=names[0],
        article=article,
        reports=tuple(names),
        event=first.event,
        modes=frozenset(mode for report in reports for mode in report.mode),
        status=CLASSES[first.status],
        actor=side(party for report in reports for party in report.actor),
        recipient=side(party for report in reports for party in report.recipient),
        places=tuple(dict.fromkeys(where(place) for report in reports for place in report.place)),
        start=start,
        end=end,
        figures=figures(reports),
        triggers=frozenset(stem for report in reports for stem in stems(report.trigger.text)),
        vector=next((vectors[name] for name in names if vectors.get(name)), b""),
    )


def side(parties: Iterable[ActorField]) -> Side:
    """Who stands on one side."""
    names, codes, words = set(), set(), set()
    for party in parties:
        known = party.identifier or party.name
        if known:
            names.add(known.lower())
        else:
            words.update(stems(party.quote.text)[-1:])
        if party.code:
            codes.add(party.code)
    return Side(frozenset(names), frozenset(codes), frozenset(words))


def stems(phrase: str) -> list[str]:
    """The beginnings of the words of a phrase, articles left out."""
    words = (word.strip(".,;:'’\"“”()").lower() for word in phrase.split())
    return [word[:STEM] for word in words if word and word not in DETERMINERS]


def where(place: PlaceField) -> Where:
    return Where(
        (place.name or place.quote.text).lower(),
        place.country,
        place.latitude,
        place.longitude,
        place.precision_km or 0.0,
    )


def narrowest(reports: Iterable[Report]) -> tuple[dt.date | None, dt.date | None]:
    """The shortest dated range of the reports, the earliest of those; one without words only if there is no other."""
    ranges = [
        (r.date.quote is None, r.date.end - r.date.start, r.date.start, r.date.end)
        for r in reports
        if r.date.start is not None and r.date.end is not None
    ]
    return min(ranges)[2:] if ranges else (None, None)


def figures(reports: Iterable[Report]) -> Mapping[str, tuple[int, int]]:
    """The range of numbers for each kind of harm."""
    found: dict[str, tuple[int, int]] = {}
    for report in reports:
        for kind in KINDS:
            limits = _limits(getattr(report.size, kind))
            if limits is not None:
                old = found.get(kind, limits)
                found[kind] = (min(old[0], limits[0]), max(old[1], limits[1]))
    return found


def _limits(size: Size | None) -> tuple[int, int] | None:
    if size is None:
        return None
    known = [value for value in (size.low, size.best, size.high) if value is not None]
    return (min(known), max(known)) if known else None
