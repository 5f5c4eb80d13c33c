"""The packaged model on real text: shapes, offsets and independence of neighbours. Not accuracy: the report card has that."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from polybius.reader import load
from polybius.reader.reader import MODEL, Reader
from polybius.records import Document, Reading, text_version

TEXT = (
    "Police in Lisbon arrested two men on Friday after clashes outside the parliament, officials said. "
    "Prime Minister Ana Duarte condemned the violence and said she would meet union leaders next week.\n\n"
    'Protesters have demanded that the government withdraw its budget. "We will not give up," said one of them.'
)

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def reader() -> Reader:
    if not (MODEL / "reader.onnx").is_file() and not os.environ.get("CI"):
        pytest.skip("no model file: run `just train`")
    return load()


def document(text: str) -> Document:
    return Document("d", text_version(text), text)


def spans(reading: Reading) -> list[tuple[int, int]]:
    frames = [f.trigger for f in reading.frames]
    fillers = [x.span for f in reading.frames for r in (f.actor, f.recipient, f.place, f.date, f.by) for x in r]
    return [(s.start, s.end) for s in [*frames, *fillers, *(n.span for n in reading.names)]]


def test_sentences_and_trees(reader: Reader) -> None:
    reading = reader.read(document(TEXT))
    assert len(reading.sentences) == 4
    for sentence in reading.sentences:
        assert sentence.heads.count(-1) == 1
        assert [TEXT[a:b] for a, b in zip(sentence.starts, sentence.ends, strict=True)] == list(sentence.forms)
        assert [r for h, r in zip(sentence.heads, sentence.deprels, strict=True) if h < 0] == ["root"]


def test_events_are_found(reader: Reader) -> None:
    events = {f.event for f in reader.read(document(TEXT)).frames}
    assert {"COERCE", "ACCUSE", "REQUEST"} <= events


def test_a_document_does_not_depend_on_what_is_read_around_it(reader: Reader) -> None:
    alone = reader.read(document(TEXT))
    crowd = [reader.read(document(t)) for t in (TEXT[:90], TEXT * 9, TEXT, TEXT[100:])]
    assert crowd[2] == alone


@pytest.mark.parametrize("text", ["", "a", " \n ", "\u200b", "....", "word" * 3000, "\x00\x01", "😀" * 50, "A. " * 400])
def test_odd_texts_are_read_without_error(reader: Reader, text: str) -> None:
    reading = reader.read(document(text))
    assert all(0 <= a < b <= len(text) for a, b in spans(reading))


def test_a_missing_model_names_its_path_and_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"reader\.onnx is missing.*just train"):
        load(tmp_path)


def test_scores_are_probabilities_and_vectors_have_64_bytes(reader: Reader) -> None:
    for frame in reader.read(document(TEXT)).frames:
        assert len(frame.vector) == 64
        assert 0 < frame.score <= 1
        assert sum(p for _, p in frame.statuses) == pytest.approx(1, abs=0.01)


def test_a_title_that_is_cut_short_ends_no_sentence(reader: Reader) -> None:
    text = "The talks were led by Rear Adm. John Kirby and by Indiana Gov. Mike Pence. They ended on Monday."
    starts = [s.span.start for s in reader.read(document(text)).sentences]
    assert starts == [0, text.index("They")]
