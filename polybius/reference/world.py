"""Look-ups over the packaged tables. A World is read once by whoever needs it and never changes."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from polybius.reference.actor_file import ActorTable, Entry
from polybius.reference.gazetteer import GAZETTEER, Gazetteer, Town
from polybius.reference.known import Holder, Holders, Known, Phrases
from polybius.reference.names import normal
from polybius.reference.user_rows import read_rows
from polybius.reference.wikidata import read_wikidata, tables_of

DATA = Path(__file__).parent / "data"
ACTORS = "actors.tsv.gz"
TABLES = ("countries.csv", "roles.csv", ACTORS)


class World:
    """The compiled tables of a folder; the gazetteer is read when a place first needs it.

    ``actors`` is another actor table than the packaged one; rows of ``extra``, the user's own CSV files, come before
    those of either.
    """

    def __init__(
        self,
        folder: Path = DATA,
        gazetteer: Path | None = None,
        extra: Sequence[Path] = (),
        actors: Path | None = None,
    ) -> None:
        self.folder, self.extra = folder, tuple(extra)
        self.files = {name: folder / name for name in TABLES}
        if actors is not None:
            self.files[ACTORS] = actors
        missing = next((path for path in self.files.values() if not path.is_file()), None)
        if missing is not None:
            raise FileNotFoundError(f"{missing} is missing; reinstall polybius, or run scripts/build_reference.py")
        self.gazetteer = Gazetteer(gazetteer or folder / GAZETTEER)
        self.table = ActorTable(self.files[ACTORS].read_bytes(), [e for path in self.extra for e in read_rows(path)])
        states = {normal(p): known for p, known in self._states()}
        self.states: Mapping[str, str] = {k.code: k.name for k in states.values() if k.kind == "country" and k.code}
        self.sovereigns: Mapping[str, str] = {r["code"]: r["state"] for r in self._rows("countries.csv") if r["state"]}
        self.phrases: Mapping[str, Known] = Phrases(states, self.table)
        self.holders: Mapping[str, tuple[Holder, ...]] = Holders(self.table)
        self.longest = max(6, max(phrase.count(" ") for phrase in states) + 1)
        self.roles: Mapping[str, tuple[str, ...]] = {r["noun"]: _list(r["sectors"]) for r in self._rows("roles.csv")}

    @cached_property
    def fingerprint(self) -> str:
        """16 hex digits over all tables."""
        digest = hashlib.sha256()
        for path in (*self.files.values(), *self.extra):
            digest.update(path.read_bytes())
        digest.update(self.gazetteer.fingerprint.encode())
        return digest.hexdigest()[:16]

    def persons(self, name: str) -> tuple[Entry, ...]:
        """Persons with this full name."""
        return tuple(e for e in self.table.named(name) if e.kind == "person")

    def surnamed(self, name: str) -> tuple[Entry, ...]:
        """Persons with this surname."""
        return self.table.surnamed(name)

    def bodies(self, name: str) -> tuple[Entry, ...]:
        """Organs, organisations, parties, groups and companies with this name."""
        return tuple(e for e in self.table.named(name) if e.kind != "person")

    def state_of(self, code: str) -> str:
        """The state that PLOVER codes for a country code: of a dependency the one to which it belongs."""
        return self.sovereigns.get(code, code)

    def towns(self, name: str) -> tuple[Town, ...]:
        """Rows of the gazetteer that bear a name, largest first."""
        return self.gazetteer.towns(normal(name))

    def from_wikidata(self, path: Path, as_of: str) -> list[Entry]:
        """Entries from a Wikidata dump or query result, coded with this world's countries and role nouns."""
        countries = ((r["identifier"], r["code"]) for r in self._rows("countries.csv") if r["identifier"])
        return read_wikidata(path, tables_of(countries, self.roles), as_of)

    def _rows(self, name: str) -> Iterator[dict[str, str]]:
        with self.files[name].open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)

    def _states(self) -> Iterator[tuple[str, Known]]:
        """Later rows win: a country's own name over an adjective, and both over a capital."""
        countries = list(self._rows("countries.csv"))
        for row in countries:
            for capital in _list(row["capital"]):
                yield capital, Known(row["name"], "capital", row["code"], ("GOV",), row["identifier"] or None)
        for row in countries:
            identifier = row["identifier"] or None
            for phrase in _list(row["plural"]):
                yield phrase, Known(row["name"], "people", row["code"], ("CVL",), identifier)
            for phrase in _list(row["adjective"]):
                yield phrase, Known(row["name"], "adjective", row["code"], ("GOV",), identifier)
        for row in countries:
            for phrase in _list(f"{row['name']};{row['aliases']}"):
                yield phrase, Known(row["name"], "country", row["code"], ("GOV",), row["identifier"] or None)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


def load(
    folder: Path | None = None,
    gazetteer: Path | None = None,
    extra: Sequence[Path] = (),
    actors: Path | None = None,
) -> World:
    """The packaged World, or one from a folder with the same tables.

    ``gazetteer`` and ``actors`` replace the packaged places and actors; rows of ``extra`` win over both.
    """
    return World(folder or DATA, gazetteer, extra, actors)
