"""The coder: stages in order, a rejection for what fails, the same for a document wherever it stands."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest
from fakes import BROKEN, FakeReader, make_coder, world
from hypothesis import given, settings
from hypothesis import strategies as st

from polybius import codebook
from polybius.ingest import make_document
from polybius.records import Rejection
from polybius.report import Quote, to_json
from polybius.run import Coded, Coder, Parts, Setup

BOOK = codebook.load()
TEXT = "France thanked Norway. Then Spain met Portugal. Chad accused Niger."


@pytest.fixture(scope="module")
def coder() -> Coder:
    return make_coder()


def printed(reports: Iterable[object]) -> str:
    return "\n".join(json.dumps(to_json(report)) for report in reports)  # type: ignore[arg-type]


def test_reports_come_in_the_order_of_the_text_and_quote_it(coder: Coder) -> None:
    reports = coder.code(TEXT, published="2024-02-06", publisher="Wire")
    assert [report.trigger.text for report in reports] == ["thanked", "met", "accused"]
    for report in reports:
        quotes = [report.trigger, *(party.quote for party in (*report.actor, *report.recipient))]
        assert all(TEXT[q.start : q.end] == q.text for q in quotes)
        assert report.document.publisher == "Wire"
        assert report.stamp == coder.stamp


def test_a_text_that_cannot_be_coded_raises_with_the_reason(coder: Coder) -> None:
    with pytest.raises(ValueError, match="empty"):
        coder.code(" ")
    with pytest.raises(ValueError, match=r"not_english.*Cyrillic"):
        coder.code("Президент встретился с канцлером")
    with pytest.raises(ValueError, match="is not a date"):
        coder.code(TEXT, published="soon")


def test_an_error_of_a_stage_rejects_one_document(coder: Coder) -> None:
    result = coder.process(make_document(f"{BROKEN}. France met Norway."))
    assert isinstance(result, Rejection)
    assert (result.reason, result.detail) == ("failed", "RuntimeError: a broken reader")


def test_no_events_is_a_result(coder: Coder) -> None:
    result = coder.process(make_document("Nothing happened in the town that day."))
    assert isinstance(result, Coded)
    assert result.reports == ()


SENTENCES = st.lists(
    st.sampled_from(
        ["France met Norway.", "Chad accused Niger.", "Rain fell.", f"{BROKEN}.", "Он ушёл домой вчера.", ""]
    ),
    max_size=4,
).map(" ".join)


@given(st.lists(SENTENCES, max_size=5))
@settings(max_examples=40, deadline=None)
def test_a_document_alone_in_a_crowd_and_in_reverse_order(texts: list[str]) -> None:
    parts = Parts(FakeReader(), BOOK, world())
    coder = Coder(parts)
    documents = [make_document(text) for text in texts]
    forward = [coder.process(document) for document in documents]
    backward = [coder.process(document) for document in reversed(documents)][::-1]
    alone = [Coder(parts).process(document) for document in documents]
    assert forward == backward == alone
    assert len(documents) == sum(isinstance(r, Coded) for r in forward) + sum(isinstance(r, Rejection) for r in forward)


def test_the_stream_gives_the_reports_of_what_is_coded(coder: Coder) -> None:
    documents = [make_document(TEXT), make_document(f"{BROKEN}."), make_document("France met Norway.")]
    assert [report.trigger.text for report in coder.stream(documents)] == ["thanked", "met", "accused", "met"]


def test_the_stamp_depends_on_what_changes_results_only() -> None:
    parts = Parts(FakeReader(), codebook.load(), world())
    stamp = Coder(parts, Setup(threads=1)).stamp
    assert stamp == Coder(parts, Setup(threads=4)).stamp
    assert stamp != Coder(parts, Setup(titles=True)).stamp
    other = FakeReader()
    other.fingerprint = "another"
    assert stamp != Coder(Parts(other, parts.codebook, parts.world)).stamp
    assert stamp.startswith("run1-")


def test_titles_are_coded_on_request_and_say_so() -> None:
    parts = Parts(FakeReader(), codebook.load(), world())
    title = "Chad accused Niger"
    document = make_document("France met Norway.", id="d", title=title)
    plain, titled = (Coder(parts, Setup(titles=titles)).process(document) for titles in (False, True))
    assert isinstance(plain, Coded)
    assert isinstance(titled, Coded)
    assert [report.event for report in plain.reports] == ["CONSULT"]
    first, second = titled.reports
    assert first.trigger == Quote("accused", 5, 12, "title")
    assert {party.quote.within for party in (*first.actor, *first.recipient)} == {"title"}
    assert (first.document, second.trigger.within) == (second.document, "text")
    assert first.id != second.id
    assert first.incident != second.incident
    assert to_json(first)["trigger"]["in"] == "title"


def test_explain_tells_what_process_does(coder: Coder) -> None:
    document = make_document(TEXT)
    explained = coder.explain(document)
    coded = coder.process(document)
    assert isinstance(coded, Coded)
    assert (coded.document, coded.reports) == (document, explained.reports)
    assert coded.sentences == tuple(sentence.span for sentence in explained.reading.sentences)
    assert len(explained.claims) == len(explained.reports) == 3
    assert explained.trace
