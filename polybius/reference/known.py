"""What a phrase of the tables stands for, and the mappings that make it from a line when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from polybius.reference.actor_file import ActorTable, Entry, Term
from polybius.reference.names import folded

Kind = Literal["country", "adjective", "people", "capital", "metonym", "organisation"]


@dataclass(frozen=True, slots=True)
class Known:
    """What a phrase stands for: a state by one of its names, a people, an organ of state ("metonym"), an organisation.

    ``group`` tells organisations apart: organ, organisation, party, armed group, company, media.
    """

    name: str
    kind: Kind
    code: str | None
    sectors: tuple[str, ...] = ()
    identifier: str | None = None
    group: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """A term in an office. ``since`` and ``until`` are ISO dates or years, as fine as the source knows; until "" is open."""

    name: str
    code: str
    sectors: tuple[str, ...]
    office: str
    since: str
    until: str
    source: str
    verified: bool
    as_of: str = ""

    def covers(self, day: str) -> bool:
        """Whether the term covers an ISO date; a year covers all its days."""
        return Term(
            self.office,
            self.code,
            self.sectors,
            self.since,
            self.until,
            self.as_of or "9999",
            self.source,
            self.verified,
        ).covers(day)


def known(entry: Entry) -> Known:
    """An entry that is no person, as a phrase."""
    kind: Kind = "metonym" if entry.kind in ("organ", "metonym") else "organisation"
    code = None if entry.code in ("", "NA") else entry.code
    return Known(entry.name, kind, code, entry.sectors, entry.identifier, entry.kind, entry.source)


class Phrases(Mapping[str, Known]):
    """States by all their names, then whoever else acts by a name and is no person."""

    def __init__(self, states: Mapping[str, Known], table: ActorTable) -> None:
        self.states, self.table = states, table
        self.plain = {folded(p): k for p, k in states.items() if len(p) > 3}

    def __getitem__(self, phrase: str) -> Known:
        found = self.states.get(phrase) or self.plain.get(folded(phrase))
        if found is not None:
            return found
        entry = next((e for e in self.table.named(phrase) if e.kind != "person"), None)
        if entry is None:
            raise KeyError(phrase)
        return known(entry)

    def __iter__(self) -> Iterator[str]:
        yield from self.states
        yield from (n for n in self.table.names() if n not in self.states and n in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Holders(Mapping[str, tuple[Holder, ...]]):
    """Terms in office by full name and by surname."""

    def __init__(self, table: ActorTable) -> None:
        self.table = table

    def __getitem__(self, name: str) -> tuple[Holder, ...]:
        key = folded(name)
        persons = [e for e in self.table.named(key) if e.kind == "person"] or self.table.surnamed(key)
        found = tuple(holder(e, t) for e in persons for t in e.terms)
        if not found:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        yield from (n for n in self.table.names() if n in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def holder(entry: Entry, term: Term) -> Holder:
    """One term of a person."""
    return Holder(
        entry.name, term.code, term.sectors, term.office, term.since, term.until, term.source, term.verified, term.as_of
    )
