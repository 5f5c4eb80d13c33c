"""The packaged tables: what they must hold, and how they are looked up."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from polybius.reference import World, load
from polybius.reference.world import normal

OWN_CODES = {"UNO", "IGO", "EUR", "NGO", "IMG", "ISM", "MNC"}


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
        ("New Zealand", "NZL", "country"),
        ("ECOWAS", "IGO", "organisation"),
        ("Kosovo", "KOS", "country"),
        ("Yaoundé", "CMR", "capital"),
        ("Turks and Caicos Islands", "TCA", "country"),
    ],
)
def test_phrases(world: World, phrase: str, code: str, kind: str) -> None:
    known = world.phrases[normal(phrase)]
    assert (known.code, known.kind) == (code, kind)


def test_the_tables_are_as_large_as_promised(world: World) -> None:
    entries = list(world.table.entries())
    terms = [t for e in entries if e.kind == "person" for t in e.terms]
    recent = {t.code for t in terms if t.source == "memory" and t.until in ("", "2026")}
    assert len(recent) >= 60
    kinds = {
        kind: sum(e.kind == kind for e in entries)
        for kind in ("organ", "organisation", "party", "armed group", "media")
    }
    assert min(kinds.values()) >= 100
    assert len(world.states) >= 193


@pytest.mark.parametrize("office", ["foreign minister", "defense minister"])
def test_ministers_of_many_states(world: World, office: str) -> None:
    words = (
        office,
        office.replace("defense", "defence"),
        office.replace("minister", "secretary"),
        "secretary of state",
    )
    found = {t.code for e in world.table.entries() for t in e.terms if t.office in words and not t.until}
    assert len(found) >= 15


def test_every_code_is_a_state_or_one_of_plovers_own(world: World) -> None:
    codes = {c for e in world.table.entries() for c in (e.code, *(t.code for t in e.terms))}
    assert codes <= set(world.states) | OWN_CODES


def test_rows_from_memory_say_so_and_give_years_only(world: World) -> None:
    terms = [t for e in world.table.entries() for t in e.terms if t.source == "memory"]
    assert len(terms) > 500
    assert not any(t.verified for t in terms)
    assert {len(d) for t in terms for d in (t.since, t.until)} <= {0, 4}


def test_identifiers_come_from_links_only(world: World) -> None:
    named = [e for e in world.table.entries() if e.identifier]
    assert len(named) > 500
    assert all(e.identifier and e.identifier.startswith("enwiki:") and "digest links" in e.source for e in named)


@pytest.mark.parametrize(
    ("day", "covered"), [("2016-12-31", True), ("2008-12-31", False), ("2017-12-31", True), ("2018-01-01", False)]
)
def test_a_term_given_in_years_covers_whole_years(world: World, day: str, covered: bool) -> None:
    term = next(h for h in world.holders["barack obama"] if h.source == "memory")
    assert term.covers(day) is covered


def test_an_open_term_is_known_only_as_far_as_its_source_sees(world: World) -> None:
    term = next(t for t in world.persons("Recep Tayyip Erdogan")[0].terms if t.source == "memory" and not t.until)
    assert term.covers("2025-06-01") and not term.covers("2026-06-01") and term.may_last("2026-06-01")


@pytest.mark.parametrize(
    ("written", "name"),
    [("Erdoğan", "Recep"), ("Erdogan", "Recep"), ("Lukashenko", "Alexander"), ("KIM JONG-UN", "Kim")],
)
def test_names_are_found_however_they_are_written(world: World, written: str, name: str) -> None:
    found = world.persons(written) or world.surnamed(written)
    assert any(e.name.startswith(name) for e in found)


@pytest.mark.parametrize(
    ("code", "state"), [("GRL", "DNK"), ("PRI", "USA"), ("HKG", "HKG"), ("PSE", "PSE"), ("FRA", "FRA")]
)
def test_dependencies_belong_to_a_state(world: World, code: str, state: str) -> None:
    assert world.state_of(code) == state


def test_towns_come_largest_first(world: World) -> None:
    found = world.towns("Paris")
    assert found[0].country == "FRA" and any(t.country == "USA" for t in found)
    assert [t.population for t in found] == sorted((t.population for t in found), reverse=True)
    assert world.towns("Nowhere-on-Sea") == ()


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"countries\.csv is missing"):
        World(tmp_path)


def test_the_fingerprint_is_of_the_tables(world: World, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("name,code\nHarbour Guard,FRA\n", encoding="utf-8")
    assert world.fingerprint == World().fingerprint != World(extra=[own]).fingerprint
    assert len(world.fingerprint) == 16


def test_loading_is_quick(world: World) -> None:
    def once() -> float:
        begin = time.process_time()
        load()
        return time.process_time() - begin

    assert min(once() for _ in range(3)) < 0.15  # seconds of the processor: the machine may be busy
