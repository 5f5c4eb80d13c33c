"""A store is assembled, corrected by persons, and assembled again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stories import COPY, POOL, story
from typer.testing import CliRunner

from polybius.assembly import Source, anchor, signature_of
from polybius.cli import app
from polybius.run import decisions
from polybius.run.assemble import Assembled, assemble_store
from polybius.store import Entry, Journal, StoreUnusable, UnknownId, forget, open_reader, open_writer

Row = tuple[object, ...]
TABLES = {"events": "id", "event_reports": "event_id, document_id, report_id", "event_links": "source, target, kind"}


def fill(path: Path, sources: list[Source]) -> None:
    with open_writer(path) as store:
        store.add([Entry(source.document, source.reports) for source in sources])


def rows(path: Path, sql: str) -> list[Row]:
    with open_reader(path) as store:
        return list(store.rows(sql))


def derived(path: Path) -> list[list[Row]]:
    tables = {**TABLES, "origins": "document_id"}
    return [rows(path, f"SELECT * FROM {table} ORDER BY {order}") for table, order in tables.items()]


def event_of(path: Path, document: str) -> str:
    ((id,),) = rows(path, f"SELECT event_id FROM event_reports WHERE document_id = '{document}'")
    return str(id)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "news.duckdb"
    fill(path, POOL)
    return path


def test_reports_become_events(store: Path) -> None:
    found = assemble_store(store)
    assert (found.reports, found.documents, found.origins, found.changed) == (len(POOL), len(POOL), len(POOL), True)
    assert found.events == found.new == len(rows(store, "SELECT 1 FROM events"))
    assert found.merged >= 1
    record = json.loads(str(rows(store, f"SELECT record FROM events WHERE id = '{event_of(store, 'a')}'")[0][0]))
    assert {name.partition("#")[0] for name in record["reports"]} >= {"a", "b"}
    assert record["supports"][0]["systematic"] == 0.1
    assert {kind for (kind,) in rows(store, "SELECT kind FROM event_links")} == {"denial_of", "came_true"}
    assert rows(store, f"SELECT disputed FROM events WHERE id = '{event_of(store, 'a')}'") == [(True,)]


def test_the_same_again_changes_nothing(store: Path) -> None:
    first = assemble_store(store)
    before = derived(store)
    again = assemble_store(store)
    assert again == Assembled(
        first.reports, first.documents, first.origins, first.events, 0, 0, first.links, first.merged, False
    )
    assert derived(store) == before


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(POOL), st.integers(1, len(POOL) - 1))
def test_bit_by_bit_is_all_at_once(tmp_path: Path, order: list[Source], cut: int) -> None:
    for old in tmp_path.iterdir():
        old.unlink()
    whole, bits = tmp_path / "whole.duckdb", tmp_path / "bits.duckdb"
    fill(whole, POOL)
    assemble_store(whole)
    for part in (order[:cut], order[cut:]):
        fill(bits, part)
        assemble_store(bits)
    assert derived(bits) == derived(whole)


def test_what_a_person_decides_holds_until_it_is_undone(store: Path) -> None:
    assemble_store(store)
    before = derived(store)
    made = decisions.merge(store, event_of(store, "a"), event_of(store, "e"), author="Ada", note="one raid")
    assemble_store(store)
    assert event_of(store, "a") == event_of(store, "e")
    fill(store, [Source(POOL[4].document, POOL[4].reports)])
    assemble_store(store)
    assert event_of(store, "a") == event_of(store, "e")
    gone = rows(store, "SELECT cause FROM history WHERE kind = 'event'")
    assert (f"replaced by {event_of(store, 'a')}",) in gone
    assert decisions.undo(store).seq == made.seq
    assemble_store(store)
    assert derived(store) == before


def test_a_split_is_never_crossed(store: Path) -> None:
    assemble_store(store)
    assert event_of(store, "a") == event_of(store, "b")
    decisions.split(store, event_of(store, "a"), [POOL[1].reports[0].id])
    assemble_store(store)
    assert event_of(store, "a") != event_of(store, "b")
    with pytest.raises(decisions.DecisionError, match="not all"):
        decisions.split(store, event_of(store, "b"), [anchor(POOL[1].reports[0])])
    decisions.merge(store, event_of(store, "a"), event_of(store, "b"))
    assemble_store(store)
    assert event_of(store, "a") == event_of(store, "b")


def test_a_copy_adds_a_report_and_no_source(tmp_path: Path) -> None:
    path = tmp_path / "copies.duckdb"
    fill(path, [story(id, COPY) for id in ("a", "b", "c")])
    found = assemble_store(path)
    assert (found.origins, found.events) == (1, 1)
    assert rows(path, "SELECT n_reports, n_sources FROM events") == [(3, 1)]
    assert rows(path, "SELECT origin FROM origins") == [("a",)] * 3


def test_what_is_forgotten_is_gone_from_events(store: Path) -> None:
    assemble_store(store)
    forget(store, "e")
    found = assemble_store(store)
    assert found.documents == len(POOL) - 1
    assert rows(store, "SELECT 1 FROM event_reports WHERE document_id = 'e'") == []


def test_a_store_without_texts_is_assembled_from_codes(tmp_path: Path) -> None:
    path = tmp_path / "bare.duckdb"
    with open_writer(path, texts=False) as store:
        store.add([Entry(source.document, source.reports) for source in POOL])
    assert assemble_store(path).events > 1


def test_copies_are_found_by_signature_where_no_text_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "bare.duckdb"
    long = COPY + " " + " ".join(f"word{n}" for n in range(60))
    told = [story("a", long), story("b", long + " More of it came later, two editors of the paper wrote."), story("c")]
    with open_writer(path, texts=False) as store:
        made = [(source.document, source.reports, signature_of(source.document.text)) for source in told]
        store.add([Entry(document, reports, signature=signature) for document, reports, signature in made])
    assert assemble_store(path).origins == 2
    evidence = {str(row[0]): str(row[1]) for row in rows(path, "SELECT document_id, evidence FROM origins")}
    assert evidence["b"].startswith("copy of a, by signature")
    assert evidence["c"] == "no copy"


def test_unknown_ids_and_stores(store: Path, tmp_path: Path) -> None:
    assemble_store(store)
    with pytest.raises(UnknownId, match="no event or report 'evt1-nothing'"):
        decisions.merge(store, "evt1-nothing", event_of(store, "a"))
    with pytest.raises(UnknownId, match="no decision"):
        decisions.undo(store)
    with pytest.raises(decisions.DecisionError, match="in common"):
        decisions.merge(store, event_of(store, "a"), anchor(POOL[0].reports[0]))
    with pytest.raises(StoreUnusable):
        assemble_store(tmp_path / "none.duckdb")
    assert Journal(store).read() == []


def test_the_commands(store: Path) -> None:
    run = CliRunner()
    done = run.invoke(app, ["assemble", str(store)])
    assert done.exit_code == 0, done.output
    assert f"{len(POOL)} reports of {len(POOL)} documents" in done.output
    a, e = event_of(store, "a"), event_of(store, "e")
    for command in (["merge", a, e], ["undo"], ["split", a, POOL[1].reports[0].id]):
        done = run.invoke(app, [*command, "--in", str(store)])
        assert done.exit_code == 0, done.output
    assert "nothing has changed" not in run.invoke(app, ["assemble", str(store)]).output
    assert "nothing has changed" in run.invoke(app, ["assemble", str(store)]).output
    failed = run.invoke(app, ["undo", "7", "--in", str(store)])
    assert failed.exit_code == 1
    assert "there are 3" in failed.output
    assert run.invoke(app, ["assemble", str(store.parent / "none.duckdb")]).exit_code == 2
