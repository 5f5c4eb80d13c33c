"""Rows of places → a compiled gazetteer. Rows may be many millions: they are kept as columns, never as objects."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from polybius.reference.gazetteer_file import write
from polybius.reference.gazetteer_names import fold, key

NUMBERS = {"geonames": "I", "latitude": "i", "longitude": "i", "population": "I", "km": "H", "country": "H",
           "feature": "H", "admin1": "I", "admin2": "I", "source": "H", "name": "Q"}  # fmt: skip
TYPES = {"I": "<u4", "i": "<i4", "H": "<u2", "Q": "<u8"}
DEGREE = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """A place as a source gives it. ``admin1`` and ``admin2`` are codes ("US.CA", "US.CA.037"), "" for none.

    Alternates that begin with "=" are codes by which the row is found but which are no names.
    """

    name: str
    alternates: tuple[str, ...]
    feature: str
    country: str
    admin1: str
    admin2: str
    latitude: float
    longitude: float
    km: int
    population: int
    geonames: int
    source: str


class Packer:
    """Collects rows and writes the file."""

    def __init__(self) -> None:
        self.columns = {name: array(kind) for name, kind in NUMBERS.items()}
        self.words: dict[str, dict[str, int]] = {"country": {}, "feature": {}, "source": {}, "admin": {"": 0}}
        self.divisions: dict[str, str] = {}
        self.names = bytearray()
        self.keys, self.rows = array("I"), array("I")

    def __len__(self) -> int:
        return len(self.columns["name"])

    def name_division(self, code: str, name: str) -> None:
        """What a first- or second-order division is called; may come before or after the rows that lie in it."""
        self.divisions[code] = name

    def add(self, row: Row) -> None:
        """Take a row."""
        number = len(self)
        values = {
            "geonames": row.geonames,
            "latitude": round(row.latitude * DEGREE),
            "longitude": round(row.longitude * DEGREE),
            "population": min(max(row.population, 0), 2**32 - 1),
            "km": min(max(row.km, 1), 65535),
            "country": self._word("country", row.country),
            "feature": self._word("feature", row.feature),
            "source": self._word("source", row.source),
            "admin1": self._word("admin", row.admin1),
            "admin2": self._word("admin", row.admin2),
            "name": len(self.names),
        }
        for name, value in values.items():
            self.columns[name].append(value)
        names = _different((row.name, *row.alternates))
        self.names += "\t".join(names.values()).replace("\n", " ").encode() + b"\n"
        self.keys.extend(key(folded) for folded in names)
        self.rows.extend([number] * len(names))

    def _word(self, kind: str, word: str) -> int:
        return self.words[kind].setdefault(word, len(self.words[kind]))

    def write(self, file: BinaryIO, about: Mapping[str, str], pack: bool = True) -> None:
        """Write all rows; ``pack`` makes the file small, otherwise it can be mapped."""
        keys = np.frombuffer(self.keys, np.uint32)
        order = np.argsort(keys, kind="stable")
        numbers = {n: np.frombuffer(c, TYPES[NUMBERS[n]]) for n, c in self.columns.items()}
        numbers["name"] = np.append(numbers["name"], np.uint64(len(self.names)))
        numbers |= {"keys": keys[order], "rows": np.frombuffer(self.rows, np.uint32)[order]}
        divisions = "\n".join(self.divisions.get(code, code) for code in self.words["admin"])
        codes = "\n".join(self.words["admin"])
        texts = {"names": bytes(self.names), "divisions": divisions.encode(), "codes": codes.encode()}
        words = {kind: list(found) for kind, found in self.words.items() if kind != "admin"}
        write(file, {"about": dict(about), "words": words, "count": len(self)}, numbers, texts, pack)


def _different(names: Iterable[str]) -> dict[str, str]:
    """Names by folded form, without those that fold to another's or to nothing."""
    found: dict[str, str] = {}
    for name in names:
        clean = " ".join(name.split())
        if clean and (folded := fold(clean)):
            found.setdefault(folded, clean)
    return found
