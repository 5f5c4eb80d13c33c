"""``polybius codebook check`` and ``polybius why-not``, with hand-given readings and a reader made by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from fakes import FakeReader
from typer.testing import CliRunner

from polybius.cli import app
from polybius.cli.why_not import MOST, answer
from polybius.codebook import load
from polybius.codebook.load import parse
from polybius.ingest import make_document
from polybius.records import Document, Reading

RUN = CliRunner()
RULE = """\
extends: plover
rules:
  - id: applause
    trigger: {lemma: hail, upos: VERB}
    unless: {child: {lemma: not}}
    add: {event: SUPPORT, actor: subject}
    examples:
      - words: |
          Lula Lula PROPN 2 nsubj
          hailed hail VERB 0 root
    counter_examples:
      - words: |
          not not PART 2 advmod
          hailed hail VERB 0 root
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return tmp_path / "mine.yaml"


def test_a_codebook_whose_examples_hold(mine: Path) -> None:
    mine.write_text(RULE, encoding="utf-8")
    done = RUN.invoke(app, ["codebook", "check", str(mine)])
    assert done.exit_code == 0, done.output
    assert "3 rules, 6 examples" in done.output  # two rules and four examples are the packaged codebook's


def test_an_example_that_does_not_hold_names_the_condition(mine: Path) -> None:
    mine.write_text(RULE.replace("hailed hail VERB 0 root", "hailed hail NOUN 0 root", 1), encoding="utf-8")
    done = RUN.invoke(app, ["codebook", "check", str(mine)])
    assert done.exit_code == 1
    assert (
        "mine.yaml:8:9: rule applause: 'Lula hailed' does not fire the rule ('hailed': trigger upos: VERB)"
        in done.output
    )


def test_a_counter_example_that_fires(mine: Path) -> None:
    mine.write_text(RULE.replace("    unless: {child: {lemma: not}}\n", ""), encoding="utf-8")
    done = RUN.invoke(app, ["codebook", "check", str(mine)])
    assert done.exit_code == 1
    assert "fires the rule and is a counter-example" in done.output


def test_all_faults_are_printed_at_once(mine: Path) -> None:
    mine.write_text(RULE.replace("VERB}", "VRB}").replace("SUPPORT", "SUPORT"), encoding="utf-8")
    done = RUN.invoke(app, ["codebook", "check", str(mine)])
    assert done.exit_code == 1
    assert "did you mean 'VERB'?" in done.output
    assert "did you mean 'SUPPORT'?" in done.output


def test_an_event_that_is_none_is_wrong_usage() -> None:
    done = RUN.invoke(app, ["why-not", "Norland met Sudland.", "--event", "PROTESTS"])
    assert done.exit_code != 0
    assert "PROTEST" in done.output


@dataclass
class Unsure(FakeReader):
    """The reader made by hand, with a threshold."""

    threshold: float = 0.95

    def read(self, document: Document, /) -> Reading:
        reading = FakeReader.read(self, document)
        frames = tuple(frame for frame in reading.frames if frame.score >= self.threshold)
        return Reading(reading.document_id, reading.sentences, reading.names, frames, reading.contexts, reading.reader)


def test_why_not_shows_reports_scores_and_other_readings() -> None:
    document = make_document("Norland met Sudland.")
    sure = list(answer(document, FakeReader(), load(), "CONSULT"))
    assert sure[0] == "CONSULT “met”: reported, actual, score 0.90, by frame"
    other = list(answer(document, FakeReader(), load(), "PROTEST"))
    assert other[0] == "no report of PROTEST"
    assert "  read as CONSULT: “met” 0.90, actual, by frame" in other
    low = "\n".join(answer(document, Unsure(), load(), "CONSULT"))
    assert low.startswith("no report of CONSULT")
    assert "“met” as CONSULT 0.90, below the threshold" in low


def test_why_not_shows_the_surest_events_of_a_long_text_with_the_words_about_them() -> None:
    text = " ".join(["Norland met Sudland after a long day."] * 12)
    lines = list(answer(make_document(text), FakeReader(), load(), "PROTEST"))
    shown = [line for line in lines if "read as CONSULT" in line]
    assert len(shown) == MOST
    assert all("in: " in line and "Norland met Sudland" in line for line in shown)
    assert lines[-1] == f"  {12 - MOST} more events of other types in the text"


def test_why_not_shows_the_rule_and_the_condition_that_failed() -> None:
    document = make_document("Norland met Sudland.")
    stop = "extends: plover\nrules:\n  - {id: a, frame: {event: CONSULT}, trigger: {lemma: met}, needs: {recipient: {name: %s}}, veto: true}\n"
    fired = "\n".join(answer(document, FakeReader(), parse((stop % "PLACE").encode(), "m"), "CONSULT"))
    assert "rule a: “met” fired: veto CONSULT" in fired
    kept = "\n".join(answer(document, FakeReader(), parse((stop % "PERSON").encode(), "m"), "CONSULT"))
    assert "rule a: “met” not fired: needs recipient {name: PERSON}" in kept
