"""``polybius evaluate`` from outside, with a reader that reads by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import fakes
import pytest
from typer.testing import CliRunner, Result

from polybius.cli import app

REPORT = """# id: r1
# published: 2024-03-15
# origin: wire
# contexts:
A: France = FRA GOV
A: Norway = NOR GOV
S: France thanked Norway.
E: SUPPORT | thanked | actor=France | recipient=Norway | status=actual | by=- | id=e1
S: Spain met Portugal.
E: AGREE | met | status=actual | by=- | id=e2
"""
DOCUMENT = {"id": "d", "text": "France thanked Norway. Spain met Portugal."}


@pytest.fixture(autouse=True)
def _fake_parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("polybius.reader.load", lambda path=None, threads=1: fakes.FakeReader())
    monkeypatch.setattr("polybius.reference.load", fakes.world)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gold.txt").write_text(REPORT)


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["evaluate", *arguments])


def record(event: str, start: int, end: int) -> dict[str, Any]:
    return {"document": {"id": "d"}, "event": event, "trigger": {"start": start, "end": end}}


def write(name: str, *items: Any) -> str:
    Path(name).write_text("".join(json.dumps(item) + "\n" for item in items))
    return name


def test_annotated_reports_are_coded_and_scored() -> None:
    result = call("gold.txt", "--out", "scores.json")
    assert result.exit_code == 0, result.output
    assert "wire: 1 document\n" in result.stdout
    assert "1 × type: AGREE → CONSULT" in result.stdout
    assert "r1: “met” in: Spain met Portugal." in result.stdout
    content = json.loads(Path("scores.json").read_text())
    scores = {score["task"]: score for score in content["scores"]["wire"]}
    assert (scores["trigger and type"]["value"], scores["trigger"]["value"]) == (50, 100)
    assert (scores["actor code"]["value"], scores["actor code"]["low"]) == (100, 100)
    assert content["confusions"][0]["times"] == 1


def test_confusions_can_be_left_out() -> None:
    assert "×" not in call("gold.txt", "--confusions", "0").stdout


def test_a_split_keeps_the_errors_of_bucket_0_from_view() -> None:
    Path("SPLIT.tsv").write_text("id\tfamily\tgroup\tbucket\nr1\tstory\tg\t0\n")
    result = call("gold.txt", "--out", "scores.json")
    assert "story: 1 document\n" in result.stdout
    assert "AGREE" not in result.stdout
    assert "Spain" not in result.stdout + Path("scores.json").read_text()


def test_gold_records_are_scored_with_their_texts() -> None:
    gold = write("gold.jsonl", record("SUPPORT", 7, 14), record("CONSULT", 29, 32))
    result = call(gold, write("texts.jsonl", DOCUMENT))
    assert result.exit_code == 0, result.output
    line = next(line for line in result.stdout.splitlines() if "trigger and type" in line)
    assert line.split()[3:8] == ["100.0", "100.0", "to", "100.0", "100.0"]  # score, interval, precision


def test_records_that_were_coded_before_need_no_text() -> None:
    gold = write("gold.jsonl", record("SUPPORT", 7, 14), record("CONSULT", 29, 32))
    result = call(gold, "--coded", write("events.jsonl", record("SUPPORT", 7, 14)))
    line = next(line for line in result.stdout.splitlines() if "trigger and type" in line)
    assert line.split()[3] == "66.7"


def test_gold_without_text_cannot_be_coded() -> None:
    result = call(write("gold.jsonl", record("AID", 0, 4)))
    assert result.exit_code == 1
    assert "the gold has no text of d" in result.stderr


def test_two_annotators_agree() -> None:
    one = write("one.jsonl", record("SUPPORT", 7, 14), record("CONSULT", 29, 32))
    result = call(
        one, "--agreement", write("two.jsonl", record("SUPPORT", 7, 14), record("AGREE", 29, 32)), "--out", "a.json"
    )
    assert result.exit_code == 0, result.output
    found = {a["what"]: a for a in json.loads(Path("a.json").read_text())["agreement"]}
    assert found["type of an event"]["value"] == pytest.approx(1 - 2 * 3 / 10)
    assert found["trigger and type"] == {"what": "trigger and type", "measure": "F1", "value": 0.5, "units": 2}
    assert "type of an event" in result.stdout


def test_a_document_that_is_rejected_is_named_and_has_no_events() -> None:
    broken = {"id": "d", "text": f"France thanked Norway. {fakes.BROKEN}."}
    result = call(write("gold.jsonl", broken, record("SUPPORT", 7, 14)))
    assert result.exit_code == 0
    assert "d is rejected: failed" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("none.txt",), 2, "none.txt: No such file"),
        (("gold.txt", "--coded", "gold.txt", "--agreement", "gold.txt"), 2, "not both"),
        (("bad.jsonl",), 1, "bad.jsonl:1: no JSON"),
        (("gold.txt", "--coded", "other.jsonl"), 1, "no document in common"),
        (("gold.txt", "--out", "none/scores.json"), 2, "none/scores.json"),
    ],
)
def test_what_cannot_be_scored_is_said(arguments: tuple[str, ...], status: int, says: str) -> None:
    Path("bad.jsonl").write_text("{\n")
    write("other.jsonl", record("AID", 0, 4))
    result = call(*arguments)
    assert result.exit_code == status, result.output
    assert says in " ".join(result.output.replace("│", " ").split())
