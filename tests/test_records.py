"""The shared types: spans, versions, ids."""

from __future__ import annotations

import dataclasses
import inspect
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from polybius import records
from polybius.records import Span, content_id, text_version

fields = st.dictionaries(st.text(max_size=6), st.none() | st.integers() | st.text(max_size=6), max_size=4)


def texts(found: dict[str, str | int | None]) -> dict[str, str | None]:
    """What an id may rest on: numbers count as they are written."""
    return {key: None if value is None else str(value) for key, value in found.items()}


@given(fields, fields)
def test_ids_are_equal_only_where_the_fields_are(
    left: dict[str, str | int | None], right: dict[str, str | int | None]
) -> None:
    assert (content_id("x", 1, left) == content_id("x", 1, right)) == (texts(left) == texts(right))


@given(st.text(min_size=1, max_size=8), st.integers(0, 8), st.integers(0, 8))
def test_moving_the_border_between_two_fields_changes_the_id(text: str, left: int, right: int) -> None:
    assume(min(left, len(text)) != min(right, len(text)))
    ids = {content_id("x", 1, {"a": text[:cut], "b": text[cut:]}) for cut in (left, right)}
    assert len(ids) == 2


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"a": None}, {"a": ""}),
        ({"a": None}, {}),
        ({"a": "1:bv1:c"}, {"a": "", "b": "c"}),
        ({"av1": "x"}, {"a": "1x"}),
        ({"a": "x1:bv1:y"}, {"a": "x", "b": "y"}),
        ({"a": "n"}, {"an": ""}),
    ],
)
def test_fields_that_look_alike_when_joined_have_different_ids(
    left: dict[str, str | None], right: dict[str, str | None]
) -> None:
    assert content_id("x", 1, left) != content_id("x", 1, right)


def test_an_id_does_not_depend_on_the_order_of_the_fields() -> None:
    assert content_id("x", 1, {"a": 1, "b": 2}) == content_id("x", 1, {"b": 2, "a": 1})


def test_an_id_shows_its_prefix_and_recipe() -> None:
    assert re.fullmatch(r"rep3-[0-9a-f]{20}", content_id("rep", 3, {}))


@given(st.text(), st.text())
def test_versions_differ_where_texts_do(left: str, right: str) -> None:
    assert (text_version(left) == text_version(right)) == (left == right)


def test_a_lone_surrogate_has_a_version_and_an_id() -> None:
    assert len(text_version("\ud800")) == 16
    assert content_id("x", 1, {"a": "\ud800"}) != content_id("x", 1, {"a": "?"})


spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 20), st.integers(1, 10))


@given(spans, spans)
def test_spans_overlap_where_they_share_a_character(left: Span, right: Span) -> None:
    shared = set(range(left.start, left.end)) & set(range(right.start, right.end))
    assert left.overlaps(right) == bool(shared)
    assert left.contains(right) == (len(shared) == right.end - right.start)


@given(st.text(min_size=1), st.data())
def test_a_span_is_its_quotation(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert Span(start, end).of(text) == text[start:end]


def test_all_types_are_frozen_and_slotted() -> None:
    types = [found for _, found in inspect.getmembers(records, dataclasses.is_dataclass)]
    assert len(types) > 10
    for found in types:
        assert vars(found)["__dataclass_params__"].frozen, found
        assert "__slots__" in vars(found), found
