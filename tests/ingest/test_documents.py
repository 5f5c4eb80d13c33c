"""Texts, lines and dates → documents or rejections."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from polybius.ingest import MAX_CHARACTERS, Defaults, check, make_document, parse_date, read_jsonl
from polybius.records import REJECTION_REASONS, Document, Rejection, text_version

GOOD = "The minister met the ambassador in Oslo."


def one(line: bytes, defaults: Defaults | None = None) -> Document | Rejection:
    ((_, read),) = read_jsonl([line], "file", defaults or Defaults())
    return read()


def line(**fields: object) -> bytes:
    return json.dumps(fields).encode()


def test_the_id_is_the_given_one_else_the_url_else_the_hash() -> None:
    assert make_document(GOOD, id="a", url="u").id == "a"
    assert make_document(GOOD, url="u").id == "u"
    assert make_document(GOOD).id == text_version(GOOD) == make_document(GOOD).version


def test_a_line_gives_a_document_with_text_and_id_as_they_are() -> None:
    text = "  The minister\r\nmet\u00a0him.\n "
    document = one(line(id=" x/1 ", text=text, title="T", published="2024-02-01T10:00:00Z", publisher="P", url="U"))
    assert isinstance(document, Document)
    assert (document.id, document.text, document.title, document.publisher) == (" x/1 ", text, "T", "P")
    assert (document.url, document.published) == ("U", dt.date(2024, 2, 1))


def test_defaults_hold_where_a_line_is_silent() -> None:
    defaults = Defaults(dt.date(2020, 1, 1), "Default")
    silent, spoken = (
        one(line(text=GOOD), defaults),
        one(line(text=GOOD, published="2021-01-01", publisher="Q"), defaults),
    )
    assert isinstance(silent, Document)
    assert isinstance(spoken, Document)
    assert (silent.published, silent.publisher) == (dt.date(2020, 1, 1), "Default")
    assert (spoken.published, spoken.publisher) == (dt.date(2021, 1, 1), "Q")


def test_a_number_as_id_is_kept() -> None:
    document = one(line(id=17, text=GOOD))
    assert isinstance(document, Document)
    assert document.id == "17"


@pytest.mark.parametrize(
    ("data", "reason", "words"),
    [
        (b'{"text": ', "malformed", "column"),
        (b"[1, 2]", "malformed", "an array"),
        (b"null", "malformed", "null"),
        (b"[" * 100_000, "malformed", ""),
        (line(txt=GOOD), "malformed", "'txt'"),
        (line(text=None), "malformed", "null"),
        (line(text=GOOD, id=True), "malformed", '"id"'),
        (line(text=GOOD, title=["a"]), "malformed", '"title"'),
        (line(text=GOOD + "\ud800"), "malformed", "surrogate"),
        (line(text=GOOD, publisher="\ud800"), "malformed", "surrogate"),
        (line(text=GOOD, published="yesterday"), "bad_date", "yesterday"),
        (line(text=GOOD, published=2024), "malformed", '"published"'),
        (line(text=" \n\u00a0"), "empty", ""),
        (b'{"text": "\x81\x8d"}', "encoding", "byte"),
        (line(text="Президент встретился с канцлером"), "not_english", "Cyrillic"),
    ],
)
def test_a_line_that_is_none_says_why(data: bytes, reason: str, words: str) -> None:
    rejection = one(data)
    assert isinstance(rejection, Rejection)
    assert rejection.reason == reason
    assert rejection.subject == "file:1"
    assert words in rejection.detail
    assert rejection.reason in REJECTION_REASONS


def test_the_limit_is_ten_million_characters() -> None:
    within = make_document("word " * (MAX_CHARACTERS // 5))
    beyond = make_document(within.text + ".")
    result = check(beyond, "s")
    assert isinstance(result, Rejection)
    assert result.reason == "too_long"
    within_result = check(within, "s")
    assert not (isinstance(within_result, Rejection) and within_result.reason == "too_long")


@pytest.mark.parametrize("text", ["2024-02-30", "soon", "", "13/02/2024", "2024-13-01"])
def test_a_date_that_is_none_says_what_is_allowed(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date; write it as YYYY-MM-DD"):
        parse_date(text)
