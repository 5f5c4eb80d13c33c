"""``polybius ingest``, ``forget`` and ``dataset`` from outside: what is printed, and the exit status."""

from __future__ import annotations

import json
from pathlib import Path

import fakes
import pytest
from typer.testing import CliRunner, Result

from polybius.cli import app
from polybius.store import canonical, open_reader, open_writer, writer_lock

GOOD = "France thanked Norway. Spain met Portugal. Chad accused Niger."


@pytest.fixture(autouse=True)
def _fake_parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("polybius.reader.load", lambda path=None, threads=1: fakes.FakeReader())
    monkeypatch.setattr("polybius.reference.load", fakes.world)
    monkeypatch.chdir(tmp_path)


def call(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=stdin)


def news(**texts: str) -> str:
    lines = [json.dumps({"id": id, "text": text, "published": "2024-02-06"}) for id, text in texts.items()]
    Path("news.jsonl").write_text("\n".join(lines))
    return "news.jsonl"


def last_line(result: Result) -> str:
    return result.stderr.splitlines()[-1]


def test_texts_go_into_the_store_once() -> None:
    result = call("ingest", news(a=GOOD, b="Kenya met Uganda."), "--into", "news.duckdb", "--publisher", "Wire")
    assert (result.exit_code, result.stdout) == (0, "")
    assert last_line(result) == "2 documents: 2 coded, 0 rejected, 0 unchanged, 0 forgotten; 4 new reports"
    before = list(canonical("news.duckdb"))
    result = call("ingest", "news.jsonl", "--into", "news.duckdb", "--publisher", "Wire")
    assert result.exit_code == 0
    assert last_line(result) == "2 documents: 0 coded, 0 rejected, 2 unchanged, 0 forgotten; 0 new reports"
    assert list(canonical("news.duckdb")) == before
    with open_reader("news.duckdb") as store:
        assert [report.event for report in store.reports()] == ["SUPPORT", "CONSULT", "ACCUSE", "CONSULT"]
        assert {report.document.publisher for report in store.reports()} == {"Wire"}
    assert sorted(path.name for path in Path().iterdir()) == ["news.duckdb", "news.duckdb.text.sqlite", "news.jsonl"]


def test_corrections_and_rejections_are_counted() -> None:
    call("ingest", news(a=GOOD, b="Kenya met Uganda."), "--into", "news.duckdb")
    result = call("ingest", news(a="Chad met Niger.", b="Kenya met Uganda.", c=fakes.BROKEN), "--into", "news.duckdb")
    assert result.exit_code == 3
    assert "news.jsonl:3: failed: " in result.stderr
    assert last_line(result) == "3 documents: 1 coded (1 corrected), 1 rejected, 1 unchanged, 0 forgotten; 1 new report"
    with open_reader("news.duckdb") as store:
        assert list(store.rows("SELECT subject, reason FROM rejections")) == [("news.jsonl:3", "failed")]
    result = call("ingest", "gone.txt", "--into", "news.duckdb")
    assert result.exit_code == 1
    assert "gone.txt: missing" in result.stderr


def test_another_codebook_codes_again_when_asked() -> None:
    import polybius.codebook

    book = Path(polybius.codebook.__file__).with_name("plover.yaml").read_text(encoding="utf-8")
    Path("mine.yaml").write_text(book + "\n# another one\n", encoding="utf-8")
    call("ingest", news(a=GOOD), "--into", "news.duckdb")
    result = call("ingest", "news.jsonl", "--into", "news.duckdb", "--codebook", "mine.yaml")
    assert "0 coded, 0 rejected, 1 unchanged" in last_line(result)
    result = call(
        "ingest", "news.jsonl", "--into", "news.duckdb", "--codebook", "mine.yaml", "--code-titles", "--recode"
    )
    assert "1 coded (1 coded again), 0 rejected, 0 unchanged" in last_line(result)


def test_forgotten_documents_stay_away() -> None:
    call("ingest", news(a=GOOD, b="Kenya met Uganda."), "--into", "news.duckdb")
    assert call("forget", "a", "--in", "news.duckdb", "--reason", "asked").stdout == "a: forgotten\n"
    assert call("forget", "a", "--in", "news.duckdb").stdout == "a: was forgotten before\n"
    result = call("ingest", "news.jsonl", "--into", "news.duckdb")
    assert last_line(result) == "2 documents: 0 coded, 0 rejected, 1 unchanged, 1 forgotten; 0 new reports"
    result = call("forget", "nobody", "--in", "news.duckdb")
    assert (result.exit_code, "no document 'nobody'" in result.stderr) == (1, True)
    result = call("forget", "a", "--in", "gone.duckdb")
    assert result.exit_code == 2
    assert not Path("gone.duckdb").exists()


def test_without_texts_it_says_what_is_impossible() -> None:
    result = call("ingest", news(a=GOOD), "--into", "rights.duckdb", "--no-text")
    assert result.exit_code == 0
    assert "articles cannot be read or searched in this store, nor coded again from it" in result.stderr
    for file in Path().glob("rights.duckdb*"):
        assert b"thanked" not in file.read_bytes(), file
    # The store goes on as it was made.
    assert call("ingest", news(b="Kenya met Uganda."), "--into", "rights.duckdb").exit_code == 0
    for file in Path().glob("rights.duckdb*"):
        assert b" met " not in file.read_bytes(), file
    call("ingest", "news.jsonl", "--into", "words.duckdb")
    result = call("ingest", "news.jsonl", "--into", "words.duckdb", "--no-text")
    assert result.exit_code == 2
    assert "keeps texts already" in " ".join(result.stderr.replace("│", " ").split())


@pytest.mark.parametrize(
    ("into", "words"),
    [
        ("no/such/news.duckdb", "there is no folder no/such"),
        (".", "is a folder"),
        ("text.txt", "is no store: it is not a DuckDB file"),
        ("newer.duckdb", "version 99 of the tables"),
        ("short.duckdb", "is damaged"),
    ],
)
def test_a_file_that_cannot_be_used_is_found_out_before_anything_is_loaded(
    into: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("text.txt").write_text(GOOD)
    with open_writer("newer.duckdb") as store:
        store.set("version", "99")
    Path("short.duckdb").write_bytes(Path("newer.duckdb").read_bytes()[:20_000])
    monkeypatch.setattr("polybius.reader.load", lambda *_: pytest.fail("the reader was loaded"))
    result = call("ingest", news(a=GOOD), "--into", into)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.replace("│", " ").split())
    assert not list(Path().glob("*.lock"))


def test_a_second_writer_is_told_and_changes_nothing() -> None:
    call("ingest", news(a=GOOD), "--into", "news.duckdb")
    before = list(canonical("news.duckdb"))
    with writer_lock("news.duckdb"):
        result = call("ingest", news(b="Kenya met Uganda."), "--into", "news.duckdb")
    assert result.exit_code == 1
    assert result.stderr.startswith("polybius: news.duckdb is being written by process ")
    assert list(canonical("news.duckdb")) == before


def test_a_dataset_goes_out_and_comes_in() -> None:
    call("ingest", news(a=GOOD), "--into", "news.duckdb")
    assert call("dataset", "out", "news.duckdb", "parquet").stdout == "parquet: 1 document, 3 reports\n"
    assert call("dataset", "in", "parquet", "copy.duckdb").stdout == "copy.duckdb: 1 document, 3 reports\n"
    assert list(canonical("copy.duckdb")) == list(canonical("news.duckdb"))
    assert call("dataset", "out", "news.duckdb", "parquet").exit_code == 2
    assert call("dataset", "in", "gone", "other.duckdb").exit_code == 2


def test_help_says_what_a_user_needs() -> None:
    text = call("ingest", "--help").stdout
    for words in ("Examples", "Exit status", "--no-text", "--recode", "some documents were rejected"):
        assert words in text
