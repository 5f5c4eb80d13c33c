"""Look-ups over the packaged tables. A World is read once by whoever needs it and never changes."""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

DATA = Path(__file__).parent / "data"
TABLES = ("countries.csv", "metonyms.csv", "organisations.csv", "roles.csv", "office_holders.csv")
GAZETTEER = "gazetteer.tsv.gz"

Kind = Literal["country", "adjective", "people", "capital", "metonym", "organisation"]


@dataclass(frozen=True, slots=True)
class Known:
    """What a phrase stands for: a state by one of its names, a people, an organ, an organisation."""

    name: str
    kind: Kind
    code: str | None
    sectors: tuple[str, ...] = ()
    identifier: str | None = None


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

    def covers(self, day: str) -> bool:
        """Whether the term covers an ISO date; a year covers all its days."""
        return self.since <= day and (not self.until or day[: len(self.until)] <= self.until)


@dataclass(frozen=True, slots=True)
class Town:
    """A row of the gazetteer: a city, or a first-order division (``feature`` ADM1, without coordinates)."""

    feature: str
    name: str
    country: str
    admin1: str
    latitude: float | None
    longitude: float | None
    population: int
    geonames: int


def normal(phrase: str) -> str:
    """The form under which phrases are looked up: lower case, plain apostrophes, no article, no possessive."""
    plain = " ".join(phrase.replace("’", "'").lower().split())
    plain = plain.removeprefix("the ").removesuffix("'s")
    return plain.rstrip("'") if plain.endswith("s'") else plain


class World:
    """The compiled tables of a folder; the gazetteer is read when a place first needs it."""

    def __init__(self, folder: Path = DATA) -> None:
        missing = [name for name in (*TABLES, GAZETTEER) if not (folder / name).is_file()]
        if missing:
            raise FileNotFoundError(
                f"{folder / missing[0]} is missing; reinstall polybius, or run scripts/build_reference.py"
            )
        self.folder = folder
        self.phrases: Mapping[str, Known] = {normal(p): known for p, known in self._phrases()}
        self.longest = max(phrase.count(" ") for phrase in self.phrases) + 1
        self.roles: Mapping[str, tuple[str, ...]] = {r["noun"]: _list(r["sectors"]) for r in self._rows("roles.csv")}
        self.states: Mapping[str, str] = {
            k.code: k.name for k in self.phrases.values() if k.kind == "country" and k.code
        }
        self.holders: Mapping[str, tuple[Holder, ...]] = self._holders()

    @cached_property
    def fingerprint(self) -> str:
        """16 hex digits over all tables."""
        digest = hashlib.sha256()
        for name in (*TABLES, GAZETTEER):
            digest.update((self.folder / name).read_bytes())
        return digest.hexdigest()[:16]

    def _rows(self, name: str) -> Iterator[dict[str, str]]:
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)

    def _phrases(self) -> Iterator[tuple[str, Known]]:
        """Later rows win: a country's own name over another's capital."""
        countries = list(self._rows("countries.csv"))
        for row in countries:
            known = Known(row["name"], "capital", row["code"], ("GOV",), row["identifier"] or None)
            if row["capital"]:
                yield row["capital"], known
        for row in countries:
            for kind, phrases in (
                ("country", f"{row['name']};{row['aliases']}"),
                ("adjective", row["adjective"]),
                ("people", row["plural"]),
            ):
                sectors = ("CVL",) if kind == "people" else ("GOV",)
                for phrase in filter(None, phrases.split(";")):
                    yield phrase, Known(row["name"], kind, row["code"], sectors, row["identifier"] or None)  # type: ignore[arg-type]
        for row in self._rows("metonyms.csv"):
            yield row["name"], Known(row["name"], "metonym", row["code"] or None, _list(row["sectors"]))
        for row in self._rows("organisations.csv"):
            for phrase in (row["name"], *_list(row["aliases"])):
                yield phrase, Known(row["name"], "organisation", row["code"] or None, _list(row["sectors"]))

    def _holders(self) -> dict[str, tuple[Holder, ...]]:
        """Terms by full name and by surname, in lower case."""
        out: dict[str, tuple[Holder, ...]] = {}
        for r in self._rows("office_holders.csv"):
            holder = Holder(
                r["name"],
                r["code"],
                _list(r["sectors"]),
                r["office"],
                r["from"],
                r["to"],
                r["source"],
                r["verified"] == "true",
            )
            full = normal(r["name"])
            for key in dict.fromkeys((full, full.replace("-", " "), full.split()[-1])):
                out[key] = (*out.get(key, ()), holder)
        return out

    @cached_property
    def _gazetteer(self) -> Mapping[str, list[str]]:
        """Lines of the gazetteer by normal name, largest first; lines are taken apart only when asked for."""
        out: dict[str, list[str]] = {}
        for line in gzip.decompress((self.folder / GAZETTEER).read_bytes()).decode("utf-8").splitlines():
            _, name, others, _ = line.split("\t", 3)
            out.setdefault(name.lower(), []).append(line)
            for other in filter(None, others.split(";")):
                out.setdefault(other.lower(), []).append(line)
        return out

    def towns(self, name: str) -> tuple[Town, ...]:
        """Rows of the gazetteer that bear a name, largest first."""
        return tuple(dict.fromkeys(_town(line) for line in self._gazetteer.get(normal(name), ())))


def _town(line: str) -> Town:
    feature, name, _, country, admin1, lat, lon, population, number = line.split("\t")
    return Town(
        feature,
        name,
        country,
        admin1,
        float(lat) if lat else None,
        float(lon) if lon else None,
        int(population),
        int(number),
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


def load(folder: Path | None = None) -> World:
    """The packaged World, or one from a folder with the same tables."""
    return World(folder or DATA)
