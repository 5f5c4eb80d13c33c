"""Actors from Wikidata: a JSON dump that the user has downloaded, or the result of a query as JSON or CSV.

Nothing is fetched. From a dump come persons with offices (P39, with P580 and P582), and bodies of a country (P17) whose English label or
description names their role. A query result needs ``personLabel``, ``officeLabel`` and ``country``; it may have ``person``, ``start``,
``end`` and ``article``. Countries are Q-ids of the table of countries, or ISO 3166 alpha-3 codes.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import json
import re
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

from polybius.reference.actor_file import ActorError, Entry, Term
from polybius.reference.names import normal

SOURCE = "Wikidata"
KINDS = {
    "REB": "armed group",
    "PRM": "armed group",
    "CRM": "armed group",
    "PTY": "party",
    "BUS": "company",
    "JRN": "media",
}
ORGANS = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})


@dataclass(frozen=True, slots=True)
class Tables:
    """What of the packaged tables turns Wikidata into codes: Q-ids of countries → codes, role nouns → sectors."""

    countries: Mapping[str, str]
    codes: frozenset[str]
    roles: Mapping[str, tuple[str, ...]]

    def code(self, value: str) -> str | None:
        """The code of a country's Q-id, of its address, or a code itself."""
        last = value.rsplit("/", 1)[-1]
        return self.countries.get(last) or (last if last in self.codes else None)

    def sectors(self, words: str) -> tuple[str, ...]:
        """Sectors of the first role noun of a title, the longest that starts there ("minister of defence of Ukraine")."""
        forms = re.findall(r"[\w'-]+", words.lower())
        for start in range(len(forms)):
            for end in range(min(len(forms), start + 4), start, -1):
                found = self.roles.get(" ".join(forms[start:end]))
                if found:
                    return found
        return ()


def read_wikidata(path: Path, tables: Tables, as_of: str) -> list[Entry]:
    """The entries of a dump or of a query result. ``as_of`` is the ISO date up to which it is true."""
    if not path.is_file():
        raise FileNotFoundError(f"{path}: there is no such file")
    name = path.name.removesuffix(".gz").removesuffix(".bz2")
    if name.endswith(".csv"):
        with _open(path) as file:
            return list(_from_rows(csv.DictReader(file), tables, as_of, path))
    with _open(path) as file:
        first = file.read(4096)
    if '"bindings"' in first or '"head"' in first[:200]:
        with _open(path) as file:
            return list(_from_rows(_bindings(json.load(file)), tables, as_of, path))
    return _from_dump(path, tables, as_of)


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    if path.suffix == ".bz2":
        return TextIOWrapper(bz2.open(path), encoding="utf-8", newline="")
    return path.open(encoding="utf-8-sig", newline="")


# --- query results


def _bindings(result: Any) -> Iterator[dict[str, str]]:
    for row in result["results"]["bindings"]:
        yield {key: str(cell["value"]) for key, cell in row.items()}


def _from_rows(rows: Iterable[Mapping[str, str]], tables: Tables, as_of: str, path: Path) -> Iterator[Entry]:
    persons: dict[tuple[str, str], list[Term]] = {}
    names: dict[tuple[str, str], tuple[str, str | None]] = {}
    for row in rows:
        missing = [c for c in ("personLabel", "officeLabel", "country") if c not in row]
        if missing:
            raise ActorError(
                f"{path}: no column {', '.join(missing)}; a query result needs personLabel, officeLabel and country"
            )
        code = tables.code(row["country"])
        if code is None:
            continue
        office, key = row["officeLabel"], (row.get("person") or row["personLabel"], code)
        start, end = (row.get("start") or "")[:10], (row.get("end") or "")[:10]
        names.setdefault(key, (row["personLabel"], _identifier(row.get("article"), row.get("person"))))
        persons.setdefault(key, []).append(Term(office, code, tables.sectors(office), start, end, as_of, SOURCE, True))
    for (key, terms), (name, identifier) in zip(persons.items(), names.values(), strict=True):
        yield Entry(name, "person", key[1], (), identifier, SOURCE, as_of, True, tuple(terms), ())


def _identifier(article: str | None, item: str | None) -> str | None:
    if article:
        return f"enwiki:{urllib.parse.unquote(article.rsplit('/', 1)[-1]).replace('_', ' ')}"
    last = (item or "").rsplit("/", 1)[-1]
    return last if re.fullmatch(r"Q\d+", last) else None


# --- dumps


def _from_dump(path: Path, tables: Tables, as_of: str) -> list[Entry]:
    """Two passes: offices are items of their own, which may come after those who hold them."""
    wanted = {office for item in _items(path) for office, _, _ in _offices(item)}
    offices = {item["id"]: (_label(item), _country(item, tables)) for item in _items(path) if item["id"] in wanted}
    found = (_entry(item, offices, tables, as_of) for item in _items(path))
    return [entry for entry in found if entry is not None]


def _items(path: Path) -> Iterator[dict[str, Any]]:
    with _open(path) as lines:
        for number, line in enumerate(lines, 1):
            text = line.strip().rstrip(",")
            if text in ("", "[", "]"):
                continue
            try:
                item = json.loads(text)
            except json.JSONDecodeError as error:
                raise ActorError(f"{path}:{number}: not a JSON object: {error.msg}") from None
            if not isinstance(item, dict) or "id" not in item:
                raise ActorError(f"{path}:{number}: no Wikidata item: it has no id")
            yield item


def _entry(
    item: dict[str, Any], offices: Mapping[str, tuple[str, str | None]], tables: Tables, as_of: str
) -> Entry | None:
    name = _label(item)
    title = item.get("sitelinks", {}).get("enwiki", {}).get("title")
    identifier = f"enwiki:{title}" if title else item["id"]
    aliases = tuple(a["value"] for a in item.get("aliases", {}).get("en", ()))
    held = tuple(_terms(item, offices, tables, as_of))
    if held and name:
        return Entry(name, "person", held[-1].code, (), identifier, SOURCE, as_of, True, held, aliases)
    code, described = _country(item, tables), item.get("descriptions", {}).get("en", {}).get("value", "")
    sectors = tables.sectors(name) or tables.sectors(described)
    if not (name and title and code and sectors) or _claims(item, "P39") or _values(item, "P31") == ["Q5"]:
        return None
    kind = KINDS.get(sectors[0], "organ" if sectors[0] in ORGANS else "organisation")
    return Entry(name, kind, code, sectors, identifier, SOURCE, as_of, True, (), aliases)


def _terms(
    item: dict[str, Any], offices: Mapping[str, tuple[str, str | None]], tables: Tables, as_of: str
) -> Iterator[Term]:
    citizen = next((c for v in _values(item, "P27") if (c := tables.code(v))), None)
    for office, start, end in _offices(item):
        label, country = offices.get(office, ("", None))
        code, sectors = country or citizen, tables.sectors(label)
        if code and label and sectors:
            yield Term(label, code, sectors, start, end, as_of, SOURCE, True)


def _offices(item: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for claim in _claims(item, "P39"):
        value = claim.get("mainsnak", {}).get("datavalue", {}).get("value", {})
        if claim.get("rank") != "deprecated" and "id" in value:
            qualifiers = claim.get("qualifiers", {})
            yield value["id"], _time(qualifiers.get("P580")), _time(qualifiers.get("P582"))


def _time(snaks: list[dict[str, Any]] | None) -> str:
    """An ISO date as fine as the item's precision (11 day, 10 month, 9 year); "" for what is coarser or not known."""
    value = snaks[0].get("datavalue", {}).get("value", {}) if snaks else {}
    length = {11: 10, 10: 7, 9: 4}.get(value.get("precision", 0), 0)
    return str(value.get("time", ""))[1 : length + 1] if length else ""


def _claims(item: dict[str, Any], name: str) -> list[dict[str, Any]]:
    claims = item.get("claims", {})
    return list(claims.get(name, ())) if isinstance(claims, dict) else []


def _values(item: dict[str, Any], name: str) -> list[str]:
    values = (c.get("mainsnak", {}).get("datavalue", {}).get("value", {}) for c in _claims(item, name))
    return [v["id"] for v in values if isinstance(v, dict) and "id" in v]


def _country(item: dict[str, Any], tables: Tables) -> str | None:
    """The country of an office or body: its jurisdiction (P1001), else its country (P17)."""
    return next((c for name in ("P1001", "P17") for v in _values(item, name) if (c := tables.code(v))), None)


def _label(item: dict[str, Any]) -> str:
    return str(item.get("labels", {}).get("en", {}).get("value", ""))


def tables_of(countries: Iterable[tuple[str, str]], roles: Mapping[str, tuple[str, ...]]) -> Tables:
    """Tables from pairs of Q-id and code."""
    pairs = dict(countries)
    return Tables(pairs, frozenset(pairs.values()), {normal(k): v for k, v in roles.items()})
