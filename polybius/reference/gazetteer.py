"""Places by name, over one compiled file. A Gazetteer opens its file when a name is first asked for."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from polybius.reference.gazetteer_file import Columns
from polybius.reference.gazetteer_names import fold, key

GAZETTEER = "gazetteer.bin"
DEGREE = 10_000
MOST = 400  # rows of one name that are looked at, the most populous; no real name needs more


@dataclass(frozen=True, slots=True)
class Town:
    """A row of the gazetteer: any place, not only a town. ``feature`` is a GeoNames feature code (PPLC, ADM1, SEA).

    ``admin1_code`` is a GeoNames code such as "US.CA"; ``precision_km`` the radius around the point within which the
    place lies; ``source`` says who gave the coordinates, "memory" for rows that no file vouches for.
    """

    feature: str
    name: str
    country: str
    admin1: str
    latitude: float | None
    longitude: float | None
    population: int
    geonames: int
    admin2: str = ""
    admin1_code: str = ""
    precision_km: float = 10.0
    source: str = "GeoNames"
    others: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether a file vouches for the row."""
        return self.source != "memory"


class Gazetteer:
    """The rows of one file, found by name."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise FileNotFoundError(f"{path} is missing; reinstall polybius, or run scripts/build_gazetteer.py")
        self.path = path
        self.find = lru_cache(maxsize=20_000)(self._find)

    @cached_property
    def columns(self) -> Columns:
        """The open file."""
        return Columns(self.path)

    @cached_property
    def fingerprint(self) -> str:
        """16 hex digits over the rows, worked out when the file was made."""
        digest: str = self.columns.header["digest"]
        return digest[:16]

    def __len__(self) -> int:
        return int(self.columns.header["count"])

    def towns(self, name: str) -> tuple[Town, ...]:
        """Rows that bear a name, however it is written, most populous first."""
        return self.find(fold(name))

    def country(self, code: str) -> Town | None:
        """The row of a state by its ISO 3166 alpha-3 code."""
        return next(iter(self.find(f"={code}")), None)

    def check(self) -> None:
        """Raise GazetteerError where the file is none, so that a run does not begin with it."""
        _ = self.columns

    @cached_property
    def alpha3(self) -> Mapping[str, str]:
        """ISO 3166 alpha-3 codes by alpha-2 code."""
        found: dict[str, str] = json.loads(self.columns.header["about"].get("alpha3", "{}"))
        return found

    def rows(self, but: Collection[str] = ()) -> Iterator[tuple[Town, tuple[str, ...], str]]:
        """Every row with all its names and codes and its admin2 code, but for numbered rows of some countries."""
        codes = self.columns.lines("codes")
        for row in range(len(self)):
            town = self._town(row, names := self._names_of(row))
            if not town.geonames or town.country not in but:
                yield town, tuple(names[1:]), codes[self.columns.number("admin2", row)]

    def knows(self, folded: str) -> bool:
        """Whether the index has a folded name: quick, and wrong once in ten thousand names."""
        keys, wanted = self.columns.numbers("keys"), np.uint32(key(folded))
        first = int(keys.searchsorted(wanted))
        return first < len(keys) and bool(keys[first] == wanted)

    def _find(self, folded: str) -> tuple[Town, ...]:
        if not self.knows(folded):
            return ()
        keys, wanted = self.columns.numbers("keys"), np.uint32(key(folded))
        rows = self.columns.numbers("rows")[keys.searchsorted(wanted) : keys.searchsorted(wanted, "right")]
        if len(rows) > MOST:
            rows = rows[self.columns.numbers("population")[rows].argsort(kind="stable")[::-1][:MOST]]
        found = [self._town(int(row), names) for row, names in self._named(rows, folded)]
        return tuple(sorted(found, key=lambda town: (-town.population, town.geonames)))

    def _named(self, rows: Iterable[int], folded: str) -> Iterator[tuple[int, list[str]]]:
        for row in rows:
            names = self._names_of(int(row))
            if any(fold(name) == folded for name in names):
                yield row, names

    def _names_of(self, row: int) -> list[str]:
        first, end = self.columns.number("name", row), self.columns.number("name", row + 1)
        return self.columns.text("names", first, end).decode("utf-8", "replace").rstrip("\n").split("\t")

    def _town(self, row: int, names: list[str]) -> Town:
        def number(name: str) -> int:
            return self.columns.number(name, row)

        words = self.columns.header["words"]
        return Town(
            feature=words["feature"][number("feature")],
            name=names[0],
            country=words["country"][number("country")],
            admin1=self.columns.lines("divisions")[number("admin1")],
            latitude=number("latitude") / DEGREE,
            longitude=number("longitude") / DEGREE,
            population=number("population"),
            geonames=number("geonames"),
            admin2=self.columns.lines("divisions")[number("admin2")],
            admin1_code=self.columns.lines("codes")[number("admin1")],
            precision_km=float(number("km")),
            source=words["source"][number("source")],
            others=tuple(name for name in names[1:] if not name.startswith("=")),
        )
