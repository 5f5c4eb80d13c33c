"""The command line from outside: what is printed where, and the exit status."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import fakes
import pytest
from typer.testing import CliRunner, Result

import polybius
from polybius.cli import app
from polybius.report import from_json

GOOD = "France thanked Norway. Spain met Portugal. Chad accused Niger."
RUSSIAN = "Президент встретился с канцлером"


@pytest.fixture(autouse=True)
def _fake_parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("polybius.reader.load", lambda path=None, threads=1: fakes.FakeReader())
    monkeypatch.setattr("polybius.reference.load", fakes.world)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def article(tmp_path: Path) -> str:
    (tmp_path / "article.txt").write_text(GOOD)
    return "article.txt"


def call(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=stdin)


def records(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_a_table_has_one_row_a_report(article: str) -> None:
    result = call("code", article, "--date", "2024-02-06", "--publisher", "Wire")
    assert result.exit_code == 0
    assert "article.txt (Wire, 2024-02-06): 3 reports" in result.stdout
    positions = [result.stdout.index(word) for word in ("SUPPORT", "CONSULT", "ACCUSE")]
    assert positions == sorted(positions)
    assert "→" in result.stdout
    assert "1 document: 1 coded, 0 rejected; 3 reports" in result.stderr


def test_no_events_is_a_result() -> None:
    result = call("code", "-", stdin=b"Rain fell on the town that day.")
    assert result.exit_code == 0
    assert "standard input: no events" in result.stdout


def test_jsonl_prints_records_and_nothing_else(article: str) -> None:
    result = call("code", article, "--format", "jsonl", "--publisher", "Wire")
    reports = [from_json(record) for record in records(result.stdout)]
    assert [report.event for report in reports] == ["SUPPORT", "CONSULT", "ACCUSE"]
    assert all(GOOD[r.trigger.start : r.trigger.end] == r.trigger.text for r in reports)
    assert {(r.document.publisher, r.document.published) for r in reports} == {("Wire", None)}


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet", "txt"])
def test_the_suffix_of_out_chooses_the_format(article: str, suffix: str) -> None:
    result = call("code", article, "--out", f"out.{suffix}")
    assert (result.exit_code, result.stdout) == (0, "")
    content = Path(f"out.{suffix}").read_bytes()
    if suffix == "jsonl":
        assert len(records(content.decode())) == 3
    elif suffix == "csv":
        assert len(list(csv.DictReader(io.StringIO(content.decode(), newline="")))) == 3
    elif suffix == "parquet":
        assert content[:4] == content[-4:] == b"PAR1"
    else:
        assert "3 reports" in content.decode()


def test_jsonl_in_keeps_ids_and_says_what_is_broken() -> None:
    lines = [
        json.dumps({"id": "one", "text": GOOD, "published": "2024-02-06"}),
        "{broken",
        json.dumps({"id": "ru", "text": RUSSIAN}),
        json.dumps({"id": "two", "text": "Spain met Portugal.", "published": "never"}),
        json.dumps({"id": "three", "text": "Spain met Portugal."}),
    ]
    Path("in.jsonl").write_text("\n".join(lines))
    result = call("code", "in.jsonl", "--format", "jsonl")
    assert result.exit_code == 3
    assert [record["document"]["id"] for record in records(result.stdout)] == ["one"] * 3 + ["three"]
    errors = result.stderr.splitlines()
    assert errors[0].startswith("in.jsonl:2: malformed: ")
    assert errors[1].startswith("in.jsonl:3: not_english: ")
    assert errors[2].startswith("in.jsonl:4: bad_date: ")
    assert errors[-1] == "5 documents: 2 coded, 3 rejected; 4 reports"


def test_a_folder_of_odd_files_is_coded_as_far_as_it_goes() -> None:
    folder = Path("news")
    folder.mkdir()
    odd = {
        "a-empty.txt": b"",
        "b-binary.txt": bytes(range(256)) * 8,
        "c-pdf.txt": b"%PDF-1.5",
        "d-utf16.txt": GOOD.encode("utf-16"),
        "e-1252.txt": "Spain met Portugal – “again”.".encode("cp1252"),
        "f-long-line.txt": b"Spain met Portugal and said" + b" nothing more of it" * 280_000,
        "g-fails.txt": fakes.BROKEN.encode(),
    }
    for name, content in odd.items():
        (folder / name).write_bytes(content)
    result = call("code", "news", "gone.txt", "--format", "jsonl")
    assert result.exit_code == 3
    reasons = [line.split(": ")[:2] for line in result.stderr.splitlines()[:-1]]
    assert reasons == [
        ["news/a-empty.txt", "empty"],
        ["news/b-binary.txt", "binary"],
        ["news/c-pdf.txt", "binary"],
        ["news/g-fails.txt", "failed"],
        ["gone.txt", "missing"],
    ]
    assert result.stderr.splitlines()[-1].startswith("8 documents: 3 coded, 5 rejected; ")


def test_nothing_coded_is_exit_status_one() -> None:
    result = call("code", "gone.txt")
    assert result.exit_code == 1
    assert "gone.txt: missing: there is no such file" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--date", "yesterday"], "'yesterday' is not a date; write it as YYYY-MM-DD"),
        (["--date", "2024-02-30"], "2024-02-30"),
        (["--format", "xml"], "xml"),
        (["--format", "parquet"], "--out FILE"),
        (["--out", "no/such/folder.csv"], "there is no folder no/such"),
        (["--out", "."], "is a folder"),
        (["--workers", "0"], "greater than or equal to 1"),
        (["--colour"], "--colour"),
    ],
)
def test_wrong_usage_is_exit_status_two_before_anything_is_coded(
    article: str, arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("polybius.reader.load", lambda *_: pytest.fail("the reader was loaded"))
    result = call("code", article, *arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.replace("│", " ").split())


def test_an_error_that_nobody_foresaw_leaves_the_old_output(article: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("out.csv").write_text("old")
    monkeypatch.setattr("polybius.run.write.flat", lambda _: 1 / 0)
    assert call("code", article, "--out", "out.csv").exit_code == 1
    assert Path("out.csv").read_text() == "old"


def test_a_missing_model_is_a_message_and_not_a_traceback(article: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(path: object = None, threads: int = 1) -> None:
        raise FileNotFoundError("model/reader.onnx is missing; reinstall polybius")

    monkeypatch.setattr("polybius.reader.load", missing)
    result = call("code", article)
    assert result.exit_code == 1
    assert result.stderr == "polybius: model/reader.onnx is missing; reinstall polybius\n"


def test_a_faulty_codebook_is_told_with_its_place(article: str) -> None:
    Path("book.yaml").write_text("name: [")
    result = call("code", article, "--codebook", "book.yaml")
    assert result.exit_code == 1
    assert "book.yaml:" in result.stderr


def test_a_text_cannot_steer_the_terminal() -> None:
    Path("a.txt").write_text("Spain\x1b[31m met Portugal. [bold]France[/bold] met Norway [red].")
    result = call("code", "a.txt")
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout


def test_explain_shows_sentences_names_frames_and_reasons(article: str) -> None:
    result = call("explain", article, "--date", "2024-02-06")
    assert result.exit_code == 0
    for words in ("3 sentences", "[France]PLACE", "frame   SUPPORT", "claim   SUPPORT", "who", "why", "report"):
        assert words in result.stdout


def test_explain_finds_a_document_by_its_id() -> None:
    lines = [json.dumps({"id": name, "text": text}) for name, text in (("a", GOOD), ("b", "Kenya met Uganda."))]
    Path("in.jsonl").write_text("\n".join(lines))
    assert "Kenya" in call("explain", "in.jsonl", "--id", "b").stdout
    result = call("explain", "in.jsonl", "--id", "c")
    assert (result.exit_code, result.stderr) == (1, "in.jsonl: no document with the id 'c'\n")
    assert call("explain", "gone.txt").exit_code == 1


def test_doctor_says_what_is_there_and_what_is_not() -> None:
    result = call("doctor")
    assert result.exit_code == 0
    for words in ("ok    reader", "ok    codebook", "ok    reference", "ok    libraries", "processor"):
        assert words in result.stdout
    Path("book.yaml").write_text("name: [")
    broken = call("doctor", "--codebook", "book.yaml")
    assert broken.exit_code == 1
    assert "FAIL  codebook" in broken.stdout


def test_version_and_help() -> None:
    assert call("--version").stdout == f"polybius {polybius.__version__}\n"
    assert "polybius code examples/summit.txt" in call("--help").stdout
    help_text = call("code", "--help").stdout
    for words in ("Examples", "Exit status", "some documents were rejected", "--code-titles", "cat article.txt"):
        assert words in help_text


def test_without_paths_the_help_is_shown() -> None:
    result = call("code")
    assert result.exit_code == 2
    assert "Examples" in result.output
