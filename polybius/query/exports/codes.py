"""Codes of other formats: FIPS and Correlates of War for countries, CAMEO for types, integers for ids."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from polybius import codebook
from polybius.query.vocabulary import country_names

# Where CAMEO's code of a country is not that of ISO 3166.
_CAMEO_COUNTRIES = {"ROU": "ROM", "TLS": "TMP"}


@dataclass(frozen=True, slots=True)
class Codes:
    """Tables of codes. Countries are looked up by ISO 3166 alpha-3, what is not known is empty."""

    names: Mapping[str, str]
    fips: Mapping[str, str]
    cow: Mapping[str, str]
    quads: Mapping[str, int]
    cameo: Mapping[tuple[str, str | None], tuple[str, str]]  # type and mode → code and meaning

    def cameo_country(self, code: str | None) -> str:
        """CAMEO's code of a country; empty for what is no country."""
        return _CAMEO_COUNTRIES.get(code or "", code or "") if code in self.names else ""

    def event(self, event: str, modes: tuple[str, ...]) -> tuple[str, str]:
        """The most general CAMEO code of a type and its first mode, three digits at least, and what it means."""
        mode = modes[0] if modes else None
        code, meaning = self.cameo.get((event, mode)) or self.cameo.get((event, None)) or ("", event)
        return (f"{code}0" if len(code) == 2 else code), meaning


def load_codes() -> Codes:
    """The packaged tables."""
    text = resources.files("polybius.query.exports").joinpath("country_codes.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    book = codebook.load()
    return Codes(
        names=country_names(),
        fips={row["iso3"]: row["fips"] for row in rows},
        cow={row["iso3"]: row["cow"] for row in rows},
        quads=book.quads,
        cameo=_backwards(codebook.load_crosswalk(book)),
    )


def _backwards(crosswalk: codebook.Crosswalk) -> dict[tuple[str, str | None], tuple[str, str]]:
    """Types and modes to CAMEO: the shortest code. A type stands for the CAMEO class that most of its codes come from."""
    found: dict[tuple[str, str | None], tuple[str, str]] = {}
    classes: dict[str, Counter[str]] = {}
    ordered = sorted(crosswalk.crossings.values(), key=lambda crossing: (len(crossing.code), crossing.code))
    for crossing in ordered:
        if crossing.event:
            found.setdefault((crossing.event, crossing.mode), (crossing.code, crossing.meaning))
            classes.setdefault(crossing.event, Counter())[crossing.code[:2]] += 1
    for event, counts in classes.items():
        root = crosswalk.find(max(sorted(counts), key=lambda code: counts[code]))
        if (event, None) not in found and root:
            found[event, None] = (root.code, root.meaning)
    return found


def integer(text: str) -> int:
    """63 bits of a hash of ``text``: fits a signed integer of 64 bits."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big") >> 1


class Integers:
    """Integer ids that are never given twice."""

    def __init__(self) -> None:
        self._given: dict[int, str] = {}

    def of(self, text: str) -> int:
        """The integer of an id. Raises ValueError where another id has it."""
        number = integer(text)
        other = self._given.setdefault(number, text)
        if other != text:
            raise ValueError(f"{text} and {other} have the same integer id {number}; export one of them by itself")
        return number


def pair_id(event: str, number: int) -> str:
    """The id of a row: that of the event, with the number of the pair where it is not the first."""
    return f"{event}/{number + 1}" if number else event
