"""Reports to events, all at once or bit by bit: the result depends on what is there and on nothing else."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from polybius.assembly.block import KEY, keys, when
from polybius.assembly.cluster import Bonds, Limits, Pair, clusters, components
from polybius.assembly.compare import POINTS, features, score
from polybius.assembly.facts import Account, Article, accounts, anchor
from polybius.assembly.judge import Ruling, judge
from polybius.assembly.links import links
from polybius.assembly.merge import event
from polybius.assembly.origins import Origin, copies, copies_by_signature
from polybius.assembly.origins import components as copied
from polybius.assembly.signature import bands, signature
from polybius.assembly.weights import DIFFERENT, JOIN, LONGEST, NOT_COMPARED
from polybius.assembly.words import Hashes, shingles, sketch
from polybius.records import Document, Event, EventLink, Judgement
from polybius.report import Report

LIMITS = Limits(round(POINTS * JOIN), round(POINTS * NOT_COMPARED), LONGEST)


@dataclass(frozen=True, slots=True)
class Source:
    """A document with its reports. ``vectors`` are those of the triggers, by the id of the report, where they are known;
    ``signature`` is that of the text, which may be missing itself."""

    document: Document
    reports: tuple[Report, ...] = ()
    vectors: Mapping[str, bytes] = field(default_factory=dict)
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class Assembly:
    """What reports come to: events by id, their links, and the origin of each document."""

    events: tuple[Event, ...]
    links: tuple[EventLink, ...]
    origins: tuple[Origin, ...]


def assemble(sources: Iterable[Source], ruling: Ruling | None = None) -> Assembly:
    """The events of some documents. Their order does not matter."""
    assembler = Assembler()
    assembler.add(sources)
    return assembler.assembly(ruling)


class Assembler:
    """Assembles again and again while documents come and go: only what is new is compared, and only where something
    changed is clustered anew."""

    def __init__(self) -> None:
        self._sources: dict[str, Source] = {}
        self._articles: dict[str, Article] = {}
        self._accounts: dict[str, dict[str, Account]] = {}  # by document
        self._copies = _Copies()
        self._compared = _Compared()
        self._events: dict[tuple[str, ...], tuple[Mapping[str, str], Event]] = {}
        self._ruling = Ruling()

    def add(self, sources: Iterable[Source]) -> None:
        """Take documents in. One that is there already is replaced."""
        for source in sources:
            document = source.document
            self.remove([document.id])
            self._sources[document.id] = source
            self._articles[document.id] = _article(source)
            self._copies.add(document.id, document.text, source.signature)
            self._account(document.id)

    def remove(self, ids: Iterable[str]) -> None:
        """Forget documents."""
        for id in ids:
            if self._sources.pop(id, None):
                self._copies.remove(id)
                self._compared.remove(self._accounts.pop(id))
                del self._articles[id]

    def judgements(self) -> list[Judgement]:
        """What the comparison said about each pair that it looked at."""
        found = self._compared.accounts
        return [judge(found[one], found[two]) for one, two in sorted(self._compared.scores)]

    def assembly(self, ruling: Ruling | None = None) -> Assembly:
        """The events as of now, under what persons decided."""
        self._rule(ruling or Ruling())
        origins = self._copies.origins()
        of_document = {id: origin.origin for id, origin in origins.items()}
        events = [self._event(group, of_document) for group in self._groups()]
        found = links(events)
        return Assembly(
            tuple(sorted(_disputed(events, found), key=lambda event: event.id)),
            found,
            tuple(origins[id] for id in sorted(origins)),
        )

    def _account(self, id: str) -> None:
        source = self._sources[id]
        vectors = {f"{id}#{report}": vector for report, vector in source.vectors.items()}
        made = accounts(source.reports, self._articles, vectors, self._ruling.parted)
        self._accounts[id] = {account.id: account for account in made}
        self._compared.add(made)

    def _rule(self, ruling: Ruling) -> None:
        """Reports that somebody set apart, or no longer does, are accounts of their own, or no longer are."""
        changed = {name.rpartition("#")[0] for name in self._ruling.parted ^ ruling.parted}
        self._ruling = ruling
        for id in sorted(changed & self._sources.keys()):
            self._compared.remove(self._accounts.pop(id))
            self._account(id)

    def _groups(self) -> list[tuple[str, ...]]:
        """The names of the reports of each event."""
        found = self._compared.accounts
        of_report = {name: account.id for account in found.values() for name in account.reports}
        bonds = _bonds(self._ruling, of_report)
        return [
            tuple(sorted(name for id in ids for name in found[id].reports)) for ids in self._compared.clusters(bonds)
        ]

    def _event(self, names: tuple[str, ...], origins: Mapping[str, str]) -> Event:
        documents = {name.rpartition("#")[0] for name in names}
        concerned = {id: origins[id] for id in sorted(documents)}
        known = self._events.get(names)
        if known is None or known[0] != concerned:
            wanted = set(names)
            reports = {anchor(r): r for id in documents for r in self._sources[id].reports if anchor(r) in wanted}
            known = self._events[names] = (concerned, event(reports.values(), concerned))
        return known[1]


def _article(source: Source) -> Article:
    """Without a text, the words of the title and of the reports have to do."""
    document = source.document
    words = document.text or " ".join(word for report in source.reports for word in _words(report))
    return Article(document.id, document.published, sketch(f"{document.title or ''} {words}"))


def _words(report: Report) -> Iterator[str]:
    yield report.trigger.text
    yield from (party.quote.text for party in (*report.actor, *report.recipient))
    yield from (place.quote.text for place in report.place)


def _bonds(ruling: Ruling, account_of: Mapping[str, str]) -> Bonds:
    """The ruling on reports as one on accounts. Reports that are gone bind nobody; "different" wins where the two meet."""
    apart = frozenset(
        (min(pair), max(pair))
        for one, two in ruling.apart
        if one in account_of and two in account_of
        for pair in [(account_of[one], account_of[two])]
        if pair[0] != pair[1]
    )
    sets = ({account_of[name] for name in group if name in account_of} for group in ruling.together)
    return Bonds(tuple(tuple(sorted(group)) for group in sets if len(group) > 1), apart)


def _disputed(events: Iterable[Event], found: Sequence[EventLink]) -> list[Event]:
    """Events with the reports that deny them."""
    known = {event.id: event for event in events}
    denials: defaultdict[str, set[str]] = defaultdict(set)
    for link in found:
        if link.kind == "denial_of":
            denials[link.target].update(known[link.source].reports)
    return [
        replace(event, disputed_by=tuple(sorted({*event.disputed_by, *denials[event.id]}))) for event in known.values()
    ]


class _Copies:
    """Which documents copy which."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._signatures: dict[str, bytes] = {}
        self._index: defaultdict[tuple[int, bytes], set[str]] = defaultdict(set)
        self._pairs: dict[Pair, bool] = {}  # whether they were told by signature only

    def add(self, id: str, text: str, known: bytes) -> None:
        found = shingles(text)
        self._texts[id] = text
        self._signatures[id] = known or signature(found)
        own = list(bands(self._signatures[id]))
        for other in {other for band in own for other in self._index[band]}:
            self._compare(id, other, found)
        for band in own:
            self._index[band].add(id)

    def _compare(self, id: str, other: str, found: Hashes) -> None:
        """Word by word where both texts are there; their signatures tell the same only roughly."""
        exact = bool(self._texts[id] and self._texts[other])
        alike = (
            copies(found, shingles(self._texts[other]))
            if exact
            else copies_by_signature(self._signatures[id], self._signatures[other])
        )
        if alike:
            self._pairs[min(id, other), max(id, other)] = not exact

    def remove(self, id: str) -> None:
        for band in bands(self._signatures.pop(id)):
            self._index[band].discard(id)
        del self._texts[id]
        self._pairs = {pair: told for pair, told in self._pairs.items() if id not in pair}

    def origins(self) -> dict[str, Origin]:
        return copied(self._texts, sorted(self._pairs), {pair for pair, told in self._pairs.items() if told})


class _Compared:
    """Accounts, the scores of those pairs that are worth comparing, and the clusters that they made last."""

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        self.scores: dict[Pair, int] = {}
        self._index: defaultdict[KEY, set[str]] = defaultdict(set)
        self._partners: defaultdict[str, set[str]] = defaultdict(set)
        self._clusters: dict[tuple[str, ...], list[list[str]]] = {}
        self._bonds = Bonds()

    def add(self, accounts: Iterable[Account]) -> None:
        for account in accounts:
            self.accounts[account.id] = account
            found = list(keys(account))
            for other in sorted({id for key in found for id in self._index[key]}):
                self._compare(account, self.accounts[other])
            for key in found:
                self._index[key].add(account.id)

    def _compare(self, one: Account, two: Account) -> None:
        left, right = sorted((one, two), key=lambda account: account.id)
        self.scores[left.id, right.id] = score(features(left, right))
        self._partners[left.id].add(right.id)
        self._partners[right.id].add(left.id)

    def remove(self, accounts: Mapping[str, Account]) -> None:
        for id, account in accounts.items():
            del self.accounts[id]
            for key in keys(account):
                self._index[key].discard(id)
            for other in self._partners.pop(id, set()):
                self._partners[other].discard(id)
                del self.scores[min(id, other), max(id, other)]
        self._clusters = {ids: found for ids, found in self._clusters.items() if accounts.keys().isdisjoint(ids)}

    def clusters(self, bonds: Bonds) -> list[list[str]]:
        """The clusters, from those of last time where nothing changed."""
        if bonds != self._bonds:
            self._bonds, self._clusters = bonds, {}
        near = [pair for pair, points in self.scores.items() if points > POINTS * DIFFERENT]
        parts = components(self.accounts, near, bonds.together)
        self._clusters = {tuple(ids): self._clusters.get(tuple(ids)) or self._cluster(ids, bonds) for ids in parts}
        return sorted(group for found in self._clusters.values() for group in found)

    def _cluster(self, ids: Sequence[str], bonds: Bonds) -> list[list[str]]:
        if len(ids) == 1:
            return [list(ids)]
        inside = set(ids)
        scores = {(a, b): self.scores[a, b] for a in ids for b in self._partners[a] if a < b and b in inside}
        held = Bonds(
            tuple(group for group in bonds.together if group[0] in inside),
            frozenset(pair for pair in bonds.apart if inside.issuperset(pair)),
        )
        return clusters({id: _day(self.accounts[id]) for id in ids}, scores, LIMITS, held)


def _day(account: Account) -> dt.date | None:
    return when(account)[0]
