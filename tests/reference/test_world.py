"""The packaged tables: what they must hold, and how they are looked up."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from polybius.reference import World, load
from polybius.reference.world import DATA, normal


@pytest.fixture(scope="module")
def world() -> World:
    return load()


@pytest.mark.parametrize(
    ("phrase", "code", "kind"),
    [
        ("the Kremlin", "RUS", "metonym"),
        ("Pyongyang", "PRK", "capital"),
        ("the White House", "USA", "metonym"),
        ("Iranian", "IRN", "adjective"),
        ("Palestinians", "PSE", "people"),
        ("U.S.", "USA", "country"),
        ("ECOWAS", "IGO", "organisation"),
        ("Kosovo", "KOS", "country"),
    ],
)
def test_phrases(world: World, phrase: str, code: str, kind: str) -> None:
    known = world.phrases[normal(phrase)]
    assert (known.code, known.kind) == (code, kind)


def test_the_tables_are_as_large_as_promised(world: World) -> None:
    with (DATA / "office_holders.csv").open(encoding="utf-8", newline="") as file:
        recent = {r["code"] for r in csv.DictReader(file) if r["to"] in ("", "2026")}
    assert len(recent) >= 60
    assert len({k.name for k in world.phrases.values() if k.kind == "organisation"}) >= 150
    assert len({k.code for k in world.phrases.values() if k.kind == "country"}) >= 193


def test_every_office_belongs_to_a_country_or_an_organisation(world: World) -> None:
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as file:
        codes = {r["code"] for r in csv.DictReader(file)}
    found = {h.code for holders in world.holders.values() for h in holders}
    assert found - codes <= {"UNO", "IGO", "EUR"}


def test_rows_from_memory_say_so_and_give_years_only() -> None:
    with (DATA / "office_holders.csv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["source"] == "memory"]
    assert rows
    assert {r["verified"] for r in rows} == {"false"}
    assert all(len(r[key]) in (0, 4) for r in rows for key in ("from", "to"))


@pytest.mark.parametrize(
    ("day", "covered"), [("2016-12-31", True), ("2008-12-31", False), ("2017-12-31", True), ("2018-01-01", False)]
)
def test_a_term_given_in_years_covers_whole_years(world: World, day: str, covered: bool) -> None:
    term = next(h for h in world.holders["barack obama"] if h.source == "memory")
    assert term.covers(day) is covered


def test_towns_come_largest_first(world: World) -> None:
    found = world.towns("Paris")
    assert found[0].country == "FRA" and any(t.country == "USA" for t in found)
    assert [t.population for t in found] == sorted((t.population for t in found), reverse=True)
    assert world.towns("Nowhere-on-Sea") == ()


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"countries\.csv is missing"):
        World(tmp_path)


def test_the_fingerprint_is_of_the_tables(world: World) -> None:
    assert world.fingerprint == World().fingerprint
    assert len(world.fingerprint) == 16
