"""Bytes of every kind that people have in their folders."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybius.ingest import Undecodable, decode

TEXT = "The Élysée said “no” to the deal. Łódź and Zürich did not.\r\nNothing else was said."


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
    ],
    ids=["utf-8", "utf-8 mark", "utf-16 mark", "utf-16-be mark", "utf-16-le", "utf-16-be", "utf-32 mark"],
)
def test_unicode_with_and_without_mark(data: bytes) -> None:
    assert decode(data) == TEXT


def test_windows_1252() -> None:
    assert decode("The café – said “no”.".encode("cp1252")) == "The café – said “no”."


def test_utf8_with_one_broken_byte_keeps_its_accents() -> None:
    assert decode(TEXT.encode() + b" \xff end") == TEXT + " \ufffd end"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 and so on", "binary"),
        (b"PK\x03\x04 and so on", "binary"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x00" * 500, "binary"),
        (b"a word \x81 and \x8d", "encoding"),
        (codecs.BOM_UTF16_LE + b"a\x00\x00\xd8", "encoding"),
    ],
)
def test_what_is_no_text_is_said_to_be_none(data: bytes, reason: str) -> None:
    with pytest.raises(Undecodable) as refused:
        decode(data)
    assert refused.value.reason == reason
    assert refused.value.detail


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_round_trips(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()) == text


@given(st.binary(max_size=400))
def test_any_bytes_give_a_text_or_a_reason(data: bytes) -> None:
    try:
        assert isinstance(decode(data), str)
    except Undecodable as refused:
        assert refused.reason in ("binary", "encoding")
