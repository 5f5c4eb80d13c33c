"""Decisions about reports: events follow, decisions about events outlive coding again, and both become gold."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import fakes
import pytest
from stories import POOL
from typer.testing import CliRunner, Result

from polybius import query
from polybius.assembly import Source
from polybius.cli import app
from polybius.evaluation import compare, from_reports, read_gold
from polybius.ingest import make_document
from polybius.records import Document
from polybius.report import Report
from polybius.run import Coded, decisions, review
from polybius.run.assemble import assemble_store
from polybius.run.decisions import DecisionError
from polybius.run.gold import gold
from polybius.run.told import told
from polybius.store import Entry, open_reader, open_writer

CODER = fakes.make_coder()
TEXT = "France met Norway. Spain accused Chad. That was a day."


def fill(path: Path, sources: list[Source], recode: bool = False) -> None:
    with open_writer(path) as store:
        store.add([Entry(s.document, s.reports, "second" if recode else "first") for s in sources], recode=recode)


def event_of(path: Path, document: str) -> str:
    with open_reader(path) as store:
        ((id,),) = store.rows("SELECT event_id FROM event_reports WHERE document_id = ?", [document])
    return str(id)


def coded(document: Document) -> tuple[Report, ...]:
    made = CODER.process(document)
    assert isinstance(made, Coded)
    return made.reports


def polybius(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    path = tmp_path / "news.duckdb"
    fill(path, POOL)
    assemble_store(path)
    return path


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "small.duckdb"
    with open_writer(path) as store:
        documents = [make_document(TEXT, id=id, published=dt.date(2024, 3, 1), publisher="Wire") for id in ("a", "b")]
        store.add([Entry(one, coded(one), CODER.stamp) for one in documents])
    return path


def recoded(source: Source) -> Source:
    """The same text with reports of other ids, as another model would give them."""
    return replace(source, reports=tuple(replace(r, id=f"{r.id}-again") for r in source.reports))


def test_events_are_made_of_what_persons_say(stories: Path) -> None:
    one = POOL[4].reports[0]
    review.correct(stories, POOL[4].document.id, one.id, {"status": "hypothetical"})
    found = assemble_store(stories)
    assert found.changed
    id = event_of(stories, POOL[4].document.id)
    row = next(row for row in query.events(stories, status="all") if row["id"] == id)
    assert row["status"] == "hypothetical"
    shown = next(row for row in query.reports(stories, status="all") if row["document_id"] == POOL[4].document.id)
    assert (shown["status"], shown["decided"]) == ("hypothetical", "status")
    assert {row["decided"] for row in query.reports(stories, status="all")} == {None, "status"}
    review.reject(stories, POOL[4].document.id, one.id)
    again = assemble_store(stories)
    assert again.reports == found.reports - 1
    assert id not in {row["id"] for row in query.events(stories, status="all")}


def test_a_merge_outlives_coding_again(stories: Path) -> None:
    decisions.merge(stories, event_of(stories, "a"), event_of(stories, "e"))
    assemble_store(stories)
    assert event_of(stories, "a") == event_of(stories, "e")
    fill(stories, [recoded(source) for source in POOL], recode=True)
    assemble_store(stories)
    assert event_of(stories, "a") == event_of(stories, "e")
    assert not any(one.trouble for one in told(stories))


def test_never_these_two(stories: Path) -> None:
    assert event_of(stories, "a") == event_of(stories, "b")
    first, second = (POOL[n].reports[0].id for n in (0, 1))
    with pytest.raises(DecisionError, match="in common"):
        decisions.never(stories, event_of(stories, "a"), event_of(stories, "b"))
    decisions.never(stories, f"a#{first}", f"b#{second}")
    assemble_store(stories)
    assert event_of(stories, "a") != event_of(stories, "b")
    fill(stories, [recoded(source) for source in POOL], recode=True)
    assemble_store(stories)
    assert event_of(stories, "a") != event_of(stories, "b")


def test_a_decision_about_a_report_that_is_gone_is_told(stories: Path) -> None:
    decisions.merge(stories, event_of(stories, "a"), event_of(stories, "e"))
    review.accept(stories, "b", POOL[1].reports[0].id, author="Ada")
    fill(stories, [replace(POOL[n], reports=()) for n in (1, 4)], recode=True)
    assemble_store(stories)
    merged, accepted = told(stories)
    assert (merged.kind, merged.trouble, accepted.kind, accepted.author, accepted.trouble) == (
        "same", True, "accept", "Ada", True,
    )  # fmt: skip
    assert "not found any more" in merged.about
    listed = polybius("decisions", "list", str(stories))
    assert listed.exit_code == 0
    assert listed.output.count("vanished") == 2


def test_what_cannot_be_corrected_says_why(news: Path) -> None:
    with open_reader(news) as store:
        first = next(store.reports())
    with pytest.raises(DecisionError, match=r"colour cannot be corrected; fields are event"):
        review.correct(news, "a", first.id, {"colour": "red"})
    with pytest.raises(DecisionError, match="makes no report"):
        review.correct(news, "a", first.id, {"actor": [{"text": "France"}]})
    with pytest.raises(Exception, match="no report 'rep1-none'"):
        review.accept(news, "a", "rep1-none")
    with pytest.raises(Exception, match="no document 'none'"):
        review.accept(news, "none", first.id)
    assert polybius("decisions", "export", str(news), "-o", str(news.with_name("g.jsonl"))).exit_code == 1


def test_gold_is_read_and_scored(news: Path, tmp_path: Path) -> None:
    with open_reader(news) as store:
        (first, second), text = list(store.reports())[:2], store.document("a")
    review.accept(news, "a", first.id)
    assert gold(news).documents == 0  # one report of the text was not judged
    assert gold(news, partial=True).documents == gold(news).partial == 1
    review.correct(news, "a", second.id, {"status": "negated"})
    out = tmp_path / "gold.jsonl"
    done = polybius("decisions", "export", str(news), "-o", str(out))
    assert (done.exit_code, "1 document with 2 records" in done.output) == (0, True), done.output
    (marked,) = read_gold([out])
    assert [(mark.event, mark.status) for mark in marked.marks] == [
        (first.event, first.status),
        (second.event, "negated"),
    ]
    assert set(marked.marks[0].roles) == {"actor", "recipient", "place", "date", "by"}
    assert marked.marks[1].roles == {}
    counts = compare(marked, from_reports(text, [first, second])).counts
    assert (counts["trigger and type"].right, counts["status"].right, counts["status"].gold) == (2, 1, 2)
    coded = tmp_path / "coded.jsonl"
    with open_reader(news) as store:
        coded.write_text("".join(json.dumps(record) + "\n" for record in store.records()), encoding="utf-8")
    scored = polybius("evaluate", str(out), "--coded", str(coded), "--out", str(tmp_path / "scores.json"))
    assert scored.exit_code == 0, scored.output
    scores = json.loads((tmp_path / "scores.json").read_text(encoding="utf-8"))["scores"]["all"]
    assert {one["task"]: one["value"] for one in scores}["status"] == 50.0


def test_a_rejected_report_is_a_false_event_and_a_vanished_one_a_miss(news: Path, tmp_path: Path) -> None:
    with open_reader(news) as store:
        (first, second), text = list(store.reports())[:2], store.document("a")
    review.reject(news, "a", first.id)
    review.accept(news, "a", second.id)
    with open_writer(news) as store:
        store.add([Entry(text, (first,), "second")], recode=True)
    found = gold(news)
    assert (found.documents, found.records, found.rejected) == (1, 1, 1)
    out = tmp_path / "gold.jsonl"
    out.write_text("".join(json.dumps(line) + "\n" for line in found.lines), encoding="utf-8")
    (marked,) = read_gold([out])
    count = compare(marked, from_reports(text, [first])).counts["trigger and type"]
    assert (count.right, count.predicted, count.gold) == (0, 1, 1)
