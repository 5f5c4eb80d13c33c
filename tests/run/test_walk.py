"""An explanation is walked once, and printed and shown from that: each thing in its sentence, in the order of the stages."""

from __future__ import annotations

import dataclasses

import fakes
import pytest

from polybius.coding import Attribution
from polybius.records import Claim, Document, Frame, Span, TraceEntry, text_version
from polybius.report import Report
from polybius.run import Explained
from polybius.run.walk import Looked, steps, unplaced

TEXT = "France accused Norway. Spain met Portugal, Chad said on Friday."


@pytest.fixture(scope="module")
def explained() -> Explained:
    """Two sentences with an event each; what the second says is said by somebody, and one decision is in no sentence."""
    found = fakes.make_coder().explain(Document("a", text_version(TEXT), TEXT))
    said = Attribution("said", source=Span(43, 47), cue=Span(48, 52), content=(Span(23, 41),), sentence=1)
    outside = TraceEntry("document", Span(len(TEXT), len(TEXT)), "language", "english")
    return dataclasses.replace(found, attributions=(said,), trace=(*found.trace, outside))


def test_each_sentence_has_what_is_its_own_in_the_order_of_the_stages(explained: Explained) -> None:
    first, second = ([*map(type, steps(explained, sentence))] for sentence in explained.reading.sentences)
    assert list(dict.fromkeys(first)) == [Frame, Claim, Looked, TraceEntry, Report]
    assert list(dict.fromkeys(second)) == [Frame, Attribution, Claim, Looked, TraceEntry, Report]


def test_nothing_is_left_out_and_nothing_told_twice(explained: Explained) -> None:
    told = [step for sentence in explained.reading.sentences for step in steps(explained, sentence)]
    for kind, all_of in ((Frame, explained.reading.frames), (Claim, explained.claims), (Report, explained.reports)):
        assert [step for step in told if isinstance(step, kind)] == list(all_of)
    entries = [id(step) for step in [*told, *unplaced(explained)] if isinstance(step, TraceEntry)]
    assert sorted(entries) == sorted(map(id, explained.trace))
    assert [entry.rule for entry in unplaced(explained)] == ["language"]


def test_what_was_looked_up_says_for_which_words(explained: Explained) -> None:
    looked = [step for step in steps(explained, explained.reading.sentences[0]) if isinstance(step, Looked)]
    assert [(one.kind, one.span.of(TEXT)) for one in looked] == [
        ("who", "France"),
        ("who", "Norway"),
        ("when", "accused"),
    ]


def test_the_terminal_tells_who_says_so(explained: Explained, capsys: pytest.CaptureFixture[str]) -> None:
    from polybius.cli.explanation import print_explanation

    print_explanation(explained)
    printed = " ".join(capsys.readouterr().out.split())
    assert "said “Chad”, “said”: Spain met Portugal" in printed and "document language" in printed
