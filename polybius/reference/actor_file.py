"""The compiled actor table: entries one a line, then names with the numbers of the lines that bear them.

A line is taken apart when it is looked up, so that loading costs no more than splitting the text.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from polybius.reference.names import folded, office_key, short_forms

MAGIC = "polybius-actors 1"
NAMING = "|memory|"  # in lines of persons whose offices have names
SURNAME = "~"  # before a surname in the list of names
WITH_SURNAME = ("memory", "digest links", "Archigos", "user")  # whose persons may be called by surname alone


class ActorError(ValueError):
    """A file of actors that is none, or that is faulty: everything that is wrong, one fault a line."""


@dataclass(frozen=True, slots=True)
class Term:
    """A time in an office. ``since`` and ``until`` are ISO dates or years; "" is open. ``as_of``: how far the source sees."""

    office: str
    code: str
    sectors: tuple[str, ...]
    since: str
    until: str
    as_of: str
    source: str
    verified: bool

    def covers(self, day: str) -> bool:
        """Whether the term covers an ISO date, as far as its source tells; a year covers all its days."""
        begun = self.since[: len(day)] <= day
        return begun and (day[: len(self.until)] <= self.until if self.until else day <= self.as_of)

    def may_last(self, day: str) -> bool:
        """Whether the term was open when its source was last true, and the date lies after that."""
        return not self.until and day > self.as_of


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the actor table: whoever acts by a name."""

    name: str
    kind: str
    code: str
    sectors: tuple[str, ...]
    identifier: str | None
    source: str
    as_of: str
    verified: bool
    terms: tuple[Term, ...] = ()
    aliases: tuple[str, ...] = ()


def pack(entries: Sequence[Entry]) -> bytes:
    """The bytes of a table."""
    names: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        for key in _keys(entry):
            found = names.setdefault(key, [])
            if number not in found:
                found.append(number)
    for key, found in names.items():  # a name goes before an alias
        found.sort(key=lambda n: (folded(entries[n].name) != key, n))
    lines = [f"{MAGIC}\t{len(entries)}", *map(_line, entries)]
    lines += [f"{key}\t{','.join(map(str, found))}" for key, found in sorted(names.items())]
    return gzip.compress("\n".join(lines).encode("utf-8"), 9, mtime=0)


def _keys(entry: Entry) -> Iterable[str]:
    own = [folded(n) for n in (entry.name, *entry.aliases)]
    yield from (k for k in dict.fromkeys(own) if k)
    if entry.kind == "person" and entry.source.startswith(WITH_SURNAME):
        for form in short_forms(entry.name, entry.code):
            yield SURNAME + form


def _line(entry: Entry) -> str:
    cells = (
        entry.name,
        entry.kind,
        entry.code,
        ";".join(entry.sectors),
        entry.identifier or "",
        entry.source,
        entry.as_of,
        "1" if entry.verified else "",
        "~".join(map(_term, entry.terms)),
    )
    return "\t".join(c.replace("\t", " ").replace("\n", " ") for c in cells)


def _term(term: Term) -> str:
    cells = (
        term.office.replace("|", "/").replace("~", " "),
        term.code,
        ";".join(term.sectors),
        term.since,
        term.until,
        term.as_of,
        term.source,
        "1" if term.verified else "",
    )
    return "|".join(cells)


def _unpacked(data: bytes) -> str:
    try:
        return gzip.decompress(data).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise ActorError(f"no actor table: {error}") from None


class ActorTable:
    """Entries by name. Names are looked up folded. ``first`` holds entries that come before those of the file."""

    def __init__(self, data: bytes, first: Sequence[Entry] = ()) -> None:
        lines = _unpacked(data).split("\n")
        magic, _, count = lines[0].rpartition("\t")
        if magic != MAGIC:
            raise ActorError(f"no actor table of a kind that is known: it starts with {lines[0][:40]!r}, not {MAGIC!r}")
        self._lines = lines[1 : int(count) + 1]
        self._names = dict(line.split("\t", 1) for line in lines[int(count) + 1 :])
        self._first: dict[str, list[Entry]] = {}
        for entry in first:
            for key in dict.fromkeys(_keys(entry)):
                self._first.setdefault(key, []).append(entry)

    def __len__(self) -> int:
        return len(self._lines)

    def named(self, name: str) -> tuple[Entry, ...]:
        """Entries with this name or alias, best source first."""
        return self._at(folded(name))

    def surnamed(self, name: str) -> tuple[Entry, ...]:
        """Persons whose surname this is."""
        return self._at(SURNAME + folded(name))

    def entries(self) -> Iterable[Entry]:
        """All entries, without their aliases."""
        return map(_entry, self._lines)

    def names(self) -> Iterable[str]:
        """All names and aliases, folded; surnames apart."""
        return (n for n in (*self._first, *self._names) if not n.startswith(SURNAME))

    @cached_property
    def _offices(self) -> Mapping[tuple[str, str], tuple[Entry, ...]]:
        """Persons by country and office, of the sources that name offices."""
        found: dict[tuple[str, str], list[Entry]] = {}
        own = (e for entries in self._first.values() for e in entries)
        ours = (_entry(line) for line in self._lines if "\tperson\t" in line and NAMING in line)
        for entry in (*own, *ours):
            for key in dict.fromkeys((t.code, office_key(t.office)) for t in entry.terms if t.office):
                if entry not in found.setdefault(key, []):
                    found[key].append(entry)
        return {key: tuple(entries) for key, entries in found.items()}

    def holding(self, code: str, office: str) -> tuple[Entry, ...]:
        """Persons who have held an office of a country."""
        return self._offices.get((code, office_key(office)), ())

    def _at(self, key: str) -> tuple[Entry, ...]:
        """The user's own entries shut out all others of the same name."""
        first = self._first.get(key)
        if first:
            return tuple(first)
        found = self._names.get(key)
        return tuple(_entry(self._lines[int(n)]) for n in found.split(",")) if found else ()


def _entry(line: str) -> Entry:
    name, kind, code, sectors, identifier, source, as_of, verified, terms = line.split("\t")
    held = tuple(_read_term(t) for t in terms.split("~")) if terms else ()
    return Entry(name, kind, code, _cell(sectors), identifier or None, source, as_of, bool(verified), held)


def _read_term(text: str) -> Term:
    office, code, sectors, since, until, as_of, source, verified = text.split("|")
    return Term(office, code, _cell(sectors), since, until, as_of, source, bool(verified))


def _cell(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()
