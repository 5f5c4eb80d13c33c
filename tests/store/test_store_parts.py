"""The journal, take-downs, search, datasets, and all of them at once."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import fakes
import pytest
import store_corpus

from polybius.ingest import Item
from polybius.run.ingestion import Ingestion, Tally, ingest_into
from polybius.store import (
    Added,
    Filter,
    Journal,
    StoreUnusable,
    UnknownId,
    canonical,
    drop_index,
    export_dataset,
    forget,
    import_dataset,
    open_reader,
    open_writer,
    search,
)
from polybius.store.journal import journal_file
from polybius.store.words import index_file

CODER = fakes.make_coder()
NEVER = 1e9


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.duckdb"


def put(path: Path, **words: str) -> Added:
    with open_writer(path) as store:
        return store.add([store_corpus.entry(CODER, store_corpus.document(id, text)) for id, text in words.items()])


def ingest(path: Path, size: int = 6) -> Tally:
    return ingest_into(Ingestion(path, batch=4, seconds=NEVER), store_corpus.first(size), lambda: CODER)


# The journal


def test_decisions_are_folded_in_once_and_in_order(path: Path) -> None:
    put(path, a="France met Norway.")
    journal = Journal(path)
    first = journal.append("same", "a", "b", author="me", made_at="2024-03-01T10:00:00Z", note="one raid")
    second = journal.append("undo", f"{first.journal}/{first.seq}")
    assert journal.read() == [first, second]
    assert journal.read(after=1) == [second]
    for _ in range(2):
        put(path)
        with open_reader(path) as store:
            rows = list(
                store.rows("SELECT seq, kind, subject, other, author, made_at, note FROM judgements ORDER BY seq")
            )
        assert rows == [
            (1, "same", "a", "b", "me", "2024-03-01T10:00:00Z", "one raid"),
            (2, "undo", f"{first.journal}/1", None, None, None, None),
        ]


def test_a_decision_can_be_made_while_the_store_is_written(path: Path) -> None:
    put(path, a="France met Norway.")
    with open_writer(path):
        Journal(path, wait=1).append("different", "a", "b")
    put(path)
    with open_reader(path) as store:
        assert store.counts()["judgements"] == 1


def test_nothing_in_the_journal_can_be_changed(path: Path) -> None:
    Journal(path).append("note", "a", note="kept")
    connection = sqlite3.connect(journal_file(path))
    for statement in ("DELETE FROM decisions", "UPDATE decisions SET note = 'other'"):
        with pytest.raises(sqlite3.IntegrityError, match="decisions are never"):
            connection.execute(statement)
    connection.close()


def test_a_new_journal_beside_an_old_store_is_folded_from_its_start(path: Path) -> None:
    put(path, a="France met Norway.")
    for note in ("first", "second"):
        Journal(path).append("note", "a", note=note)
        put(path)
        journal_file(path).unlink()
    with open_reader(path) as store:
        assert sorted(store.rows("SELECT seq, note FROM judgements")) == [(1, "first"), (1, "second")]


def test_kinds_of_decisions_are_checked_and_a_broken_journal_is_told(path: Path) -> None:
    with pytest.raises(ValueError, match="'perhaps' is no kind of decision; allowed: same, different"):
        Journal(path).append("perhaps", "a")
    assert Journal(path).read() == []
    journal_file(path).write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreUnusable, match="decisions"):
        Journal(path).append("note", "a")


# Take-downs


def test_what_is_forgotten_is_gone_to_the_last_byte_and_stays_away(path: Path) -> None:
    put(path, a="France met Norway. Zanzibar thanked nobody.", b="Chad met Niger.")
    put(path, a="France accused Norway. Zanzibar thanked nobody.")
    assert search(path, "zanzibar") == ["a"]
    with open_writer(path) as store:
        found = next(store.rows("SELECT id FROM reports WHERE document_id = 'a'"))[0]
        store.insert("event_reports", [{"event_id": "e", "document_id": "a", "report_id": found}])
    assert b"Zanzibar" in path.read_bytes()
    assert forget(path, "a", reason="asked on 3 May")
    assert not forget(path, "a")
    assert put(path, a="France met Norway. Zanzibar thanked nobody.") == Added(forgotten=1)
    assert search(path, "zanzibar") == []
    with open_reader(path) as store:
        counts = store.counts()
        assert (counts["documents"], counts["history"], counts["event_reports"]) == (1, 0, 0)
        assert {report.document.id for report in store.reports()} == {"b"}
        assert list(store.rows("SELECT document_id, reason FROM tombstones")) == [("a", "asked on 3 May")]
    for file in path.parent.iterdir():
        assert b"zanzibar" not in file.read_bytes().lower(), file.name


def test_an_unknown_document_is_told_with_the_nearest(path: Path) -> None:
    put(path, **{"story-17": "France met Norway.", "other": "Chad met Niger."})
    before = list(canonical(path))
    with pytest.raises(UnknownId, match="no document 'story-71'; nearest: story-17"):
        forget(path, "story-71")
    assert list(canonical(path)) == before


def test_a_version_that_was_forgotten_under_way_is_not_stored(path: Path) -> None:
    """Between coding and writing: the transaction asks again."""
    put(path, a="France met Norway.")
    made = store_corpus.entry(CODER, store_corpus.document("a", "France met Chad."))
    forget(path, "a")
    with open_writer(path) as store:
        assert store.add([made]) == Added(forgotten=1)


# Search


def test_words_and_phrases_are_found(path: Path) -> None:
    put(path, a="France met Norway.", b="Norway met France and thanked Zürich.", c="Chad met Niger.")
    assert sorted(search(path, "france NORWAY")) == ["a", "b"]
    assert search(path, '"norway met france"') == ["b"]
    assert search(path, "zurich") == ["b"]
    assert search(path, "about c") == ["c"]
    assert search(path, "met", limit=1) == search(path, "met")[:1]
    assert search(path, "france OR chad") == []
    assert search(path, '") -- * ') == []
    assert search(path, 'nothing"(') == []


def test_the_index_follows_corrections_and_is_made_again_when_lost(path: Path) -> None:
    put(path, a="France met Norway.")
    assert search(path, "norway") == ["a"]
    put(path, a="France met Chad.", b="Norway met Niger.")
    assert (search(path, "norway"), search(path, "chad")) == (["b"], ["a"])
    drop_index(path)
    assert search(path, "chad") == ["a"]
    index_file(path).write_bytes(b"broken" * 1000)
    assert search(path, "chad") == ["a"]


def test_without_texts_a_search_says_why_not(path: Path) -> None:
    with open_writer(path, texts=False) as store:
        store.add([store_corpus.entry(CODER, store_corpus.document("a", "France met Norway."))])
    with pytest.raises(StoreUnusable, match="keeps no texts .made with --no-text|it was made with --no-text"):
        search(path, "france")
    assert not index_file(path).exists() or b"rance" not in index_file(path).read_bytes()


# Datasets


def test_a_dataset_brings_back_the_same_store(path: Path, tmp_path: Path) -> None:
    ingest(path)
    Journal(path).append("note", "a", note="kept")
    put(path, d1="Kenya met Uganda.")
    counts = export_dataset(path, tmp_path / "out")
    assert import_dataset(tmp_path / "out", tmp_path / "copy.duckdb") == counts
    assert list(canonical(tmp_path / "copy.duckdb")) == list(canonical(path))
    export_dataset(tmp_path / "copy.duckdb", tmp_path / "again")
    pyarrow = pytest.importorskip("pyarrow.parquet")
    for name in ("documents", "reports"):
        one, two = (pyarrow.read_table(tmp_path / folder / f"{name}.parquet") for folder in ("out", "again"))
        assert one.equals(two)
        assert one.num_rows == counts[name] > 0


def test_a_dataset_that_is_not_whole_makes_no_store(path: Path, tmp_path: Path) -> None:
    ingest(path)
    folder, copy = tmp_path / "out", tmp_path / "copy.duckdb"
    export_dataset(path, folder)
    with pytest.raises(StoreUnusable, match="out is there already"):
        export_dataset(path, folder)
    with pytest.raises(StoreUnusable, match="is there already"):
        import_dataset(folder, path)
    manifest = json.loads((folder / "dataset.json").read_text())
    (folder / "dataset.json").write_text(json.dumps({**manifest, "rows": {**manifest["rows"], "reports": 1}}))
    with pytest.raises(StoreUnusable, match="the dataset is incomplete"):
        import_dataset(folder, copy)
    (folder / "dataset.json").write_text(json.dumps({**manifest, "version": 99}))
    with pytest.raises(StoreUnusable, match="version 99"):
        import_dataset(folder, copy)
    (folder / "dataset.json").write_text(json.dumps(manifest))
    (folder / "texts.parquet").unlink()
    with pytest.raises(StoreUnusable, match=r"lacks texts\.parquet"):
        import_dataset(folder, copy)
    with pytest.raises(StoreUnusable, match="is no dataset"):
        import_dataset(tmp_path, copy)
    assert not copy.exists()


# Ingestion


def test_everything_that_comes_in_is_counted_once(path: Path) -> None:
    items = store_corpus.first()
    tally = ingest_into(Ingestion(path, batch=4, seconds=NEVER), items, lambda: CODER)
    assert tally.documents == len(items)
    assert [rejection.reason for rejection in tally.rejected] == ["failed", "binary"]
    # d2 comes twice; d4 comes as another text first, which takes its place.
    assert (tally.added.new, tally.added.corrected, tally.added.unchanged) == (9, 1, 1)
    before = list(canonical(path))
    again = ingest_into(Ingestion(path, batch=3, seconds=NEVER), items, lambda: CODER)
    assert (again.documents, again.added.unchanged, len(again.rejected)) == (len(items), len(items) - 2, 2)
    assert list(canonical(path)) == before
    forget(path, "d1")
    third = ingest_into(Ingestion(path), items, lambda: CODER)
    assert (third.added.forgotten, third.added.coded) == (1, 0)
    assert third.documents == len(items)


def test_the_manifest_of_the_run_is_kept(path: Path) -> None:
    ingest(path)
    with open_reader(path) as store:
        ((stamp, manifest),) = store.rows("SELECT stamp, manifest FROM runs")
        assert {report.stamp for report in store.reports()} == {stamp} == {CODER.stamp}
    assert json.loads(manifest)["fingerprints"]["reader"] == "fake"


def test_several_processes_store_what_one_does(path: Path, tmp_path: Path) -> None:
    one = ingest(path)
    other = tmp_path / "other.duckdb"
    several = ingest_into(Ingestion(other, batch=4, seconds=NEVER), store_corpus.first(6), fakes.make_coder, workers=2)
    assert (several.added, several.rejected) == (one.added, one.rejected)
    assert list(canonical(other)) == list(canonical(path))


def test_a_store_with_texts_takes_none_without(path: Path) -> None:
    ingest(path)
    with pytest.raises(StoreUnusable, match="keeps texts already"):
        ingest_into(Ingestion(path, texts=False), [], lambda: pytest.fail("the coder was made"))


def test_what_was_coded_is_kept_when_somebody_stops_it(path: Path) -> None:
    def stopped() -> Iterator[Item]:
        yield from store_corpus.first()[:3]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest_into(Ingestion(path, batch=2, seconds=NEVER), stopped(), lambda: CODER)
    with open_reader(path) as store:
        assert store.counts()["documents"] == 2
    assert ingest_into(Ingestion(path), store_corpus.first(), lambda: CODER).added.unchanged >= 2


QUESTIONS = """
import sys
from polybius.store import open_reader
seen = []
while True:
    with open_reader(sys.argv[1]) as store:
        n = next(store.rows("SELECT count(*) FROM documents"))[0]
        whole = next(store.rows("SELECT coalesce(sum(n_reports), 0) FROM documents"))[0]
        assert whole == store.counts()["reports"], "half a batch was seen"
    seen.append(n)
    if n >= int(sys.argv[2]):
        break
assert seen == sorted(seen)
print(len(seen))
"""


def test_ingest_questions_and_a_decision_at_once(path: Path) -> None:
    documents = [store_corpus.document(f"d{n}", store_corpus.text(n)) for n in range(40)]
    put(path)
    root = str(Path(__file__).resolve().parents[2])
    asking = subprocess.Popen(
        [sys.executable, "-c", QUESTIONS, str(path), "40"], stdout=subprocess.PIPE, text=True, cwd=root
    )
    deciding = threading.Thread(target=lambda: [Journal(path).append("note", "a", note=str(n)) for n in range(5)])
    deciding.start()
    tally = ingest_into(Ingestion(path, batch=4), store_corpus.items("news.jsonl", documents), lambda: CODER)
    deciding.join()
    asked, _ = asking.communicate(timeout=120)
    assert asking.returncode == 0
    assert int(asked) >= 1
    assert tally.added.new == 40
    put(path)
    with open_reader(path) as store:
        assert store.counts()["judgements"] == 5
        assert len(list(store.reports(Filter()))) == tally.added.reports
