"""Reports to events, in memory: the result depends on what is there and on nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from polybius.assembly.cluster import Bonds
from polybius.assembly.facts import Account, Article, accounts, anchor
from polybius.assembly.group import compared, parts
from polybius.assembly.judge import Ruling, judge
from polybius.assembly.links import links
from polybius.assembly.merge import event
from polybius.assembly.origins import Origin, components, copied
from polybius.assembly.signature import candidates, signature_of
from polybius.assembly.words import sketch
from polybius.records import Document, Event, EventLink, Judgement
from polybius.report import Report


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
    """Documents that come and go, and what they come to. A store of many is assembled part by part (``polybius.run``)."""

    def __init__(self) -> None:
        self._sources: dict[str, Source] = {}
        self._ruling = Ruling()

    def add(self, sources: Iterable[Source]) -> None:
        """Take documents in. One that is there already is replaced."""
        self._sources.update((source.document.id, source) for source in sources)

    def remove(self, ids: Iterable[str]) -> None:
        """Forget documents."""
        for id in ids:
            self._sources.pop(id, None)

    def judgements(self) -> list[Judgement]:
        """What the comparison says about each pair that it looks at; under the ruling of the last assembly."""
        found = self._accounts()
        left, right, _ = compared(found)
        pairs = sorted(zip(left.tolist(), right.tolist(), strict=True))
        return [judge(found[one], found[two]) for one, two in pairs]

    def assembly(self, ruling: Ruling | None = None) -> Assembly:
        """The events as of now, under what persons decided."""
        self._ruling = ruling or Ruling()
        found = self._accounts()
        origins = self._origins()
        reports = {anchor(report): report for source in self._sources.values() for report in source.reports}
        home = {id: origin.origin for id, origin in origins.items()}
        groups = (group for part in parts(found, bonds(self._ruling, found)) for group in part.events)
        named = {account.id: account.reports for account in found}
        events = [event([reports[name] for id in group for name in named[id]], home) for group in groups]
        linked = links(events)
        return Assembly(
            tuple(sorted(_disputed(events, linked), key=lambda event: event.id)),
            linked,
            tuple(origins[id] for id in sorted(origins)),
        )

    def _accounts(self) -> list[Account]:
        """All accounts, ordered by id."""
        apart = self._ruling.parted
        found = [account for source in self._sources.values() for account in accounts_of(source, apart)]
        return sorted(found, key=lambda account: account.id)

    def _origins(self) -> dict[str, Origin]:
        texts = {id: source.document.text for id, source in self._sources.items()}
        signatures = {id: source.signature or signature_of(texts[id]) for id, source in self._sources.items()}
        return components(texts, copied(candidates(signatures), texts, signatures))


def accounts_of(source: Source, apart: frozenset[str] = frozenset(), article: Article | None = None) -> list[Account]:
    """The accounts of one document, ordered by id; reports ``apart`` stand alone."""
    id = source.document.id
    vectors = {f"{id}#{report}": vector for report, vector in source.vectors.items()}
    return accounts(source.reports, article or article_of(source), vectors, apart)


def article_of(source: Source) -> Article:
    """Without a text, the words of the title and of the reports have to do."""
    document = source.document
    words = document.text or " ".join(word for report in source.reports for word in _words(report))
    return Article(document.id, document.published, sketch(f"{document.title or ''} {words}"))


def _words(report: Report) -> Iterator[str]:
    yield report.trigger.text
    yield from (party.quote.text for party in (*report.actor, *report.recipient))
    yield from (place.quote.text for place in report.place)


def bonds(ruling: Ruling, accounts: Iterable[Account]) -> Bonds:
    """The ruling on reports as one on accounts. Reports that are gone bind nobody; "different" wins where the two meet."""
    home = {name: account.id for account in accounts for name in account.reports}
    apart = frozenset(
        (min(pair), max(pair))
        for one, two in ruling.apart
        if one in home and two in home
        for pair in [(home[one], home[two])]
        if pair[0] != pair[1]
    )
    sets = ({home[name] for name in group if name in home} for group in ruling.together)
    return Bonds(tuple(tuple(sorted(group)) for group in sets if len(group) > 1), apart)


def _disputed(events: Iterable[Event], found: Sequence[EventLink]) -> list[Event]:
    """Events with the reports that deny them."""
    known = {event.id: event for event in events}
    denials: defaultdict[str, set[str]] = defaultdict(set)
    for link in found:
        if link.kind == "denial_of":
            denials[link.target].update(known[link.source].reports)
    return [replace(event, disputed_by=tuple(sorted(denials[event.id]))) for event in known.values()]
