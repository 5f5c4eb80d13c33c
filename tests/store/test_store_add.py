"""What a document does to the store: new, unchanged, corrected, coded again; in whatever batches it comes."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import fakes
import pytest
import store_corpus
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polybius.ingest import make_document
from polybius.records import Rejection, Span
from polybius.report import to_json
from polybius.store import (
    DERIVED,
    TABLES,
    VERSION,
    Added,
    Entry,
    Filter,
    UnknownId,
    canonical,
    open_reader,
    open_writer,
)
from polybius.store.rows import grounding_rows

CODER = fakes.make_coder()
document, entry = store_corpus.document, store_corpus.entry


def add(path: Path, *entries: Entry, recode: bool = False) -> Added:
    with open_writer(path) as store:
        return store.add(entries, recode=recode)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.duckdb"


def test_a_report_comes_back_as_it_went_in(path: Path) -> None:
    made = entry(CODER, document("a", "France thanked Norway. Spain met Portugal."))
    assert add(path, made) == Added(new=1, reports=2)
    with open_reader(path) as store:
        assert tuple(store.reports()) == made.reports
        assert list(store.records()) == [to_json(report) for report in made.reports]
        assert store.document("a") == made.document
        assert store.report(made.reports[1].id) == made.reports[1]
        assert (store.last_seq(), store.get("version"), store.texts) == (1, str(VERSION), True)


def test_the_flat_columns_and_groundings_say_what_the_record_says(path: Path) -> None:
    made = entry(CODER, document("a", "France thanked Norway."))
    add(path, made)
    with open_reader(path) as store:
        row = next(store.rows("SELECT actor_code, recipient_code, event, published, trigger, position FROM reports"))
        assert row == ("FRA", "NOR", "SUPPORT", dt.date(2024, 3, 1), "thanked", 0)
        found = store.rows("SELECT role, code, words, start_char, end_char FROM groundings WHERE code IS NOT NULL")
        assert sorted(found) == [("actor", "FRA", "France", 0, 6), ("recipient", "NOR", "Norway", 15, 21)]
        assert store.counts()["groundings"] == len(list(grounding_rows(made.reports[0], "a")))


def test_the_same_again_changes_nothing(path: Path) -> None:
    made = [entry(CODER, document(f"d{n}", store_corpus.text(n))) for n in range(5)]
    add(path, *made)
    before = list(canonical(path))
    assert add(path, *made) == Added(unchanged=5)
    assert list(canonical(path)) == before


def test_a_correction_takes_the_place_of_the_old_version_which_is_kept(path: Path) -> None:
    old, new = entry(CODER, document("a", "France met Norway.")), entry(CODER, document("a", "France accused Norway."))
    add(path, old)
    assert add(path, new) == Added(corrected=1, reports=1)
    with open_reader(path) as store:
        assert tuple(store.reports()) == new.reports
        assert store.text("a") == new.document.text
        ((kind, id, number, cause, record),) = store.rows("SELECT kind, id, number, cause, record FROM history")
    assert (kind, id, number, cause) == ("document", "a", 1, "corrected")
    kept = json.loads(record)
    assert kept["text"] == old.document.text
    assert [json.loads(text) for text in kept["reports"]] == [to_json(report) for report in old.reports]


def test_another_date_of_the_same_text_is_a_correction(path: Path) -> None:
    words = "France met Norway."
    add(path, entry(CODER, document("a", words, 1)))
    assert add(path, entry(CODER, document("a", words, 2))).corrected == 1
    with open_reader(path) as store:
        assert {report.document.published for report in store.reports()} == {dt.date(2024, 3, 2)}


def test_a_version_that_was_replaced_does_not_come_back(path: Path) -> None:
    both = [entry(CODER, document("a", words)) for words in ("France met Norway.", "France met Chad.")]
    assert add(path, *both) == Added(new=1, corrected=1, reports=2)
    before = list(canonical(path))
    assert add(path, *both) == Added(unchanged=2)
    assert list(canonical(path)) == before


def test_versions_are_numbered(path: Path) -> None:
    add(path, *(entry(CODER, document("a", f"France met {state}.")) for state in ("Chad", "Peru", "Niger", "Kenya")))
    with open_reader(path) as store:
        assert list(store.rows("SELECT number FROM history ORDER BY number")) == [(1,), (2,), (3,)]
        assert store.counts()["documents"] == 1


def test_another_release_codes_again_only_when_asked(path: Path) -> None:
    made = document("a", "France met Norway.")
    add(path, entry(CODER, made, "run1-old"))
    newer = entry(CODER, made, "run1-new")
    assert add(path, newer) == Added(unchanged=1)
    assert add(path, newer, recode=True) == Added(recoded=1, reports=1)
    assert add(path, newer, recode=True) == Added(unchanged=1)
    with open_reader(path) as store:
        assert list(store.rows("SELECT cause FROM history")) == [("recoded",)]
        assert list(store.rows("SELECT stamp FROM documents")) == [("run1-new",)]


def test_two_documents_of_one_text_keep_their_reports_apart(path: Path) -> None:
    twins = [entry(CODER, document(id, "France met Norway.")) for id in ("a", "b")]
    assert twins[0].reports[0].id == twins[1].reports[0].id
    add(path, *twins)
    with open_reader(path) as store:
        assert [report.document.id for report in store.reports()] == ["a", "b"]
        assert store.report(twins[0].reports[0].id, "b").document.id == "b"
    add(path, entry(CODER, document("a", "Chad met Niger.")))
    with open_reader(path) as store:
        assert sorted(report.document.id for report in store.reports()) == ["a", "b"]
        assert store.report(twins[0].reports[0].id).document.id == "b"


def test_sentences_and_vectors_are_kept_where_coding_hands_them_on(path: Path) -> None:
    made = entry(CODER, document("a", "Rain fell. France met Norway."))
    vector = bytes(range(64))
    add(path, replace(made, sentences=(Span(0, 10), Span(11, 29)), vectors={made.reports[0].id: vector}))
    with open_reader(path) as store:
        assert list(store.rows("SELECT number, start_char, end_char FROM sentences ORDER BY number")) == [
            (0, 0, 10),
            (1, 11, 29),
        ]
        assert list(store.rows("SELECT vector FROM reports")) == [(vector,)]


def test_what_is_coded_at_last_is_no_longer_rejected(path: Path) -> None:
    with open_writer(path) as store:
        store.reject(
            [
                Rejection("run", "a", "failed", "first"),
                Rejection("run", "a", "failed", "second"),
                Rejection("run", "b", "empty"),
            ]
        )
    with open_reader(path) as store:
        assert sorted(store.rows("SELECT subject, detail FROM rejections")) == [("a", "second"), ("b", "")]
    add(path, entry(CODER, document("a", "France met Norway.")))
    with open_reader(path) as store:
        assert list(store.rows("SELECT subject FROM rejections")) == [("b",)]


def test_an_error_in_a_batch_undoes_all_of_it(path: Path) -> None:
    add(path, entry(CODER, document("a", "France met Norway.")))
    before = list(canonical(path))
    with pytest.raises(ZeroDivisionError), open_writer(path) as store:
        store.add([entry(CODER, document("b", "Chad met Niger."))])
        1 / 0  # noqa: B018
    assert list(canonical(path)) == before


def test_filters(path: Path) -> None:
    words = {"a": "France thanked Norway.", "b": "Norway accused France.", "c": "France met Chad. Chad attacked Niger."}
    add(path, *(entry(CODER, document(id, text, n)) for n, (id, text) in enumerate(words.items(), 1)))

    def ids(**asked: object) -> list[str]:
        with open_reader(path) as store:
            return [f"{r.document.id}{r.sentence.index}" for r in store.reports(Filter(**asked))]  # type: ignore[arg-type]

    assert ids() == ["a0", "b0", "c0", "c1"]
    assert ids(actor="FRA") == ["a0", "c0"]
    assert ids(actor="FRA", recipient="NOR") == ["a0"]
    assert ids(event="ACCUSE") == ["b0"]
    assert ids(actor="FR") == []
    assert ids(document="c", after_seq=2) == ["c0", "c1"]
    assert ids(after_seq=3) == []
    assert ids(since=dt.date(2024, 3, 2), until=dt.date(2024, 3, 2)) == ["b0"]
    assert ids(publisher="Wire", status="actual", country="USA") == []


def test_what_is_not_there_is_told_with_its_name(path: Path) -> None:
    add(path)
    with open_reader(path) as store:
        for ask in (store.document, store.report):
            with pytest.raises(UnknownId, match="'nobody'"):
                ask("nobody")
        assert store.text("nobody") is None


def test_a_column_that_is_not_there_is_an_error(path: Path) -> None:
    with open_writer(path) as store, pytest.raises(ValueError, match="events has no column colour"):
        store.insert("events", [{"id": "e", "colour": "red"}])


def test_no_words_are_kept_where_none_are_wanted(path: Path) -> None:
    made = entry(CODER, document("a", "Ruritania thanked Norway. Spain met Portugal."))
    with open_writer(path, texts=False) as store:
        store.add([made])
    with open_reader(path) as store:
        assert not store.texts
        assert store.text("a") is None
        assert store.document("a").text == ""
        found = list(store.reports())
        assert [r.trigger.span for r in found] == [r.trigger.span for r in made.reports]
        assert [r.event for r in found] == [r.event for r in made.reports]
        assert next(store.rows("SELECT version, characters FROM documents")) == (made.document.version, 45)
    stored = "\n".join(canonical(path))
    assert not any(word in stored for word in ("thanked", "About", " met "))


def test_no_extension_is_ever_fetched(path: Path) -> None:
    add(path)
    with open_reader(path) as store:
        names = ("autoinstall_known_extensions", "autoload_known_extensions")
        assert [next(store.rows(f"SELECT current_setting('{name}')"))[0] for name in names] == [False, False]


def test_the_documentation_lists_every_table_and_column() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "store.md").read_text(encoding="utf-8")
    rows = {line.split("|")[1].strip(): line for line in page.splitlines() if line.startswith("| `")}
    from polybius.report import FLAT_COLUMNS

    flat = dict(FLAT_COLUMNS)
    for table, columns in TABLES.items():
        for name, kind in columns:
            if table not in ("reports", "originals") or name not in flat:
                assert f"`{name}`" + (f" {kind}" if kind != "VARCHAR" else "") in rows[f"`{table}`"], f"{table}.{name}"
    assert set(DERIVED) <= set(TABLES)


POOL = [entry(CODER, document(f"d{n % 4}", store_corpus.text(n))) for n in range(12)]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(picks=st.lists(st.integers(0, 11), max_size=12), cuts=st.sets(st.integers(0, 11)), again=st.booleans())
def test_batches_leave_no_trace(
    picks: list[int], cuts: set[int], again: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("batches")
    entries = [POOL[pick] for pick in picks]
    bounds = [0, *sorted(cut for cut in cuts if cut < len(entries)), len(entries)]
    counts = Added()
    for start, end in zip(bounds, bounds[1:], strict=False):
        counts += add(folder / "pieces.duckdb", *entries[start:end])
    assert counts == add(folder / "whole.duckdb", *entries)
    assert counts.coded + counts.unchanged == len(entries)
    if again:
        assert add(folder / "pieces.duckdb", *entries) == Added(unchanged=len(entries))
    assert list(canonical(folder / "pieces.duckdb")) == list(canonical(folder / "whole.duckdb"))


def test_an_id_that_is_made_from_the_text_never_meets_a_correction(path: Path) -> None:
    words = ("France met Norway.", "France met Chad.")
    made = [make_document(text) for text in words]
    assert add(path, *(entry(CODER, one) for one in made)).new == 2
