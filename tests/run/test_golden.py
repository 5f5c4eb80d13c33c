"""The packaged reader from end to end: what must hold always. How often it is right is the report card's matter."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from polybius.codebook import load as load_codebook
from polybius.ingest import Defaults, find, make_document, read
from polybius.records import Document
from polybius.report import Quote, Report, from_json, to_json
from polybius.run import Coded, Coder, FromSetup, Outcome, Setup, run_documents

pytestmark = pytest.mark.model

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
DATE = dt.date(2024, 5, 14)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return FromSetup(Setup())()


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    items = read(find([str(EXAMPLES)]), Defaults(DATE, "Example"))
    found = [item.content for item in items if isinstance(item.content, Document)]
    assert len(found) >= 6
    return found


def coded(coder: Coder, document: Document) -> tuple[Report, ...]:
    result = coder.process(document)
    assert isinstance(result, Coded), result
    return result.reports


def lines(reports: Iterable[Report]) -> list[str]:
    return [json.dumps(to_json(report), ensure_ascii=False) for report in reports]


def quotes(report: Report) -> list[Quote]:
    parties = [party.quote for party in (*report.actor, *report.recipient)]
    fillers = [*(place.quote for place in report.place), *(source.quote for source in report.attribution)]
    cues = [source.cue for source in report.attribution if source.cue]
    dates = [report.date.quote] if report.date.quote else []
    return [report.trigger, *parties, *fillers, *cues, *dates]


def test_every_cell_can_be_checked_against_its_words(coder: Coder, documents: list[Document]) -> None:
    book = load_codebook()
    for document in documents:
        reports = coded(coder, document)
        assert [r.trigger.start for r in reports] == sorted(r.trigger.start for r in reports)
        assert len({report.id for report in reports}) == len(reports)
        for report in reports:
            assert all(document.text[q.start : q.end] == q.text for q in quotes(report))
            assert report.event in book.types
            assert set(report.mode) <= set(book.types[report.event].modes)
            assert from_json(json.loads(json.dumps(to_json(report)))) == report


def test_alone_in_a_crowd_and_in_reverse_order(coder: Coder, documents: list[Document]) -> None:
    forward = [lines(coded(coder, document)) for document in documents]
    backward = [lines(coded(coder, document)) for document in reversed(documents)][::-1]
    alone = [lines(coded(FromSetup(Setup())(), document)) for document in documents[:2]]
    assert forward == backward
    assert forward[:2] == alone
    assert any(forward)


def test_one_and_two_workers_in_the_order_of_the_input(documents: list[Document]) -> None:
    def outcomes(workers: int) -> list[Outcome]:
        items = read(find([str(EXAMPLES)]), Defaults(DATE, "Example"))
        return list(run_documents(items, FromSetup(Setup()), workers))

    assert outcomes(1) == outcomes(2)
    assert len(outcomes(1)) == len(documents)


def test_two_processes_print_the_same_bytes() -> None:
    command = [sys.executable, "-m", "polybius", "code", str(EXAMPLES), "--date", "2024-05-14", "--format", "jsonl"]
    first, second = (subprocess.run(command, capture_output=True, check=True).stdout for _ in range(2))
    assert first == second != b""


def test_threads_change_no_decision(coder: Coder, documents: list[Document]) -> None:
    other = FromSetup(Setup(threads=2))()
    for document in documents[:3]:
        assert [r.id for r in coded(coder, document)] == [r.id for r in coded(other, document)]


def test_without_a_publication_date_relative_dates_are_not_found(coder: Coder, documents: list[Document]) -> None:
    relative = {"on tuesday", "last week", "on monday", "on sunday", "on thursday", "on friday", "on wednesday"}
    seen = 0
    for document in documents:
        for report in coded(coder, replace(document, published=None)):
            if report.date.quote and report.date.quote.text.lower() in relative:
                seen += 1
                assert (report.date.status, report.date.start, report.date.end) == ("not_found", None, None)
    assert seen


def test_the_summit_of_the_readme(coder: Coder) -> None:
    """What any reader that is worth shipping finds in the example: plain sentences with plain verbs."""
    text = (EXAMPLES / "summit.txt").read_text(encoding="utf-8")
    reports = coder.code(text, DATE, "Harbour Courier")
    found = {(report.event, report.trigger.text) for report in reports}
    assert {("CONSULT", "met"), ("ACCUSE", "accused"), ("SUPPORT", "thanked"), ("COERCE", "arrested")} <= found
    met = next(report for report in reports if report.trigger.text == "met")
    assert {"MAR", "PRT"} <= {actor.code for actor in (*met.actor, *met.recipient)}
    assert met.date.start == met.date.end == dt.date(2024, 5, 14)
    assert met.status == "actual"


@pytest.mark.parametrize("text", ["A", "é", "No.", "?!", "The minister met the ambassador. " * 3000, "word" * 50_000])
def test_short_long_and_odd_texts(coder: Coder, text: str) -> None:
    reports = coded(coder, make_document(text, published=DATE))
    assert all(text[q.start : q.end] == q.text for report in reports for q in quotes(report))
