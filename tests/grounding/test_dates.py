"""Date expressions against a publication date, a Wednesday."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polybius.grounding.dates import expression, without_words

WEDNESDAY = dt.date(2023, 9, 13)


@pytest.mark.parametrize(
    ("words", "start", "end", "granularity"),
    [
        ("Wednesday", "2023-09-13", "2023-09-13", "day"),
        ("early Tuesday local time", "2023-09-12", "2023-09-12", "day"),
        ("last Wednesday", "2023-09-06", "2023-09-06", "day"),
        ("on Friday", "2023-09-08", "2023-09-08", "day"),
        ("yesterday", "2023-09-12", "2023-09-12", "day"),
        ("in July", "2023-07-01", "2023-07-31", "month"),
        ("in October", "2022-10-01", "2022-10-31", "month"),
        ("last week", "2023-09-04", "2023-09-10", "week"),
        ("next month", "2023-10-01", "2023-10-31", "month"),
        ("on 5 March 2021", "2021-03-05", "2021-03-05", "day"),
        ("March 5, 2021", "2021-03-05", "2021-03-05", "day"),
        ("September 5", "2023-09-05", "2023-09-05", "day"),
        ("in May 2019", "2019-05-01", "2019-05-31", "month"),
        ("in 1991", "1991-01-01", "1991-12-31", "year"),
        ("the 1990s", "1990-01-01", "1999-12-31", "decade"),
        ("from 2015 to 2018", "2015-01-01", "2018-12-31", "range"),
        ("three years ago", "2020-01-01", "2020-12-31", "year"),
        ("two days ago", "2023-09-11", "2023-09-11", "day"),
        ("18-month", "2022-03-13", "2023-09-13", "range"),
        ("for two weeks", "2023-08-30", "2023-09-13", "range"),
        ("2022-02-24", "2022-02-24", "2022-02-24", "day"),
        ("in the summer of 2014", "2014-06-01", "2014-08-31", "season"),
        ("last year", "2022-01-01", "2022-12-31", "year"),
    ],
)
def test_expressions(words: str, start: str, end: str, granularity: str) -> None:
    found = expression(words, WEDNESDAY).target
    assert found is not None
    assert (found.start, found.end, found.granularity) == (
        dt.date.fromisoformat(start),
        dt.date.fromisoformat(end),
        granularity,
    )


def test_what_is_still_to_come_lies_ahead() -> None:
    friday = expression("Friday", WEDNESDAY, ahead=True).target
    assert friday is not None and friday.start == dt.date(2023, 9, 15)
    october = expression("in October", WEDNESDAY, ahead=True).target
    assert october is not None and october.start == dt.date(2023, 10, 1)


@pytest.mark.parametrize(("words", "start"), [("since 2019", "2019-01-01"), ("since Monday", "2023-09-11")])
def test_since_is_open(words: str, start: str) -> None:
    found = expression(words, WEDNESDAY).target
    assert found is not None and (found.start, found.end) == (dt.date.fromisoformat(start), None)


@pytest.mark.parametrize("words", ["Wednesday", "last week", "in July", "yesterday", "two days ago", "18-month"])
def test_relative_dates_need_a_publication_date(words: str) -> None:
    found = expression(words, None)
    assert (found.status, found.target) == ("not_found", None)
    assert "publication date is not known" in found.reason


def test_absolute_dates_do_not() -> None:
    assert expression("on 5 March 2021", None).status == "resolved"


def test_nonsense_is_not_found() -> None:
    found = expression("on the margins", WEDNESDAY)
    assert found.status == "not_found" and "no rule" in found.reason


@pytest.mark.parametrize("words", ["on the march", "the sun set", "may", "a few days ago", "several years ago"])
def test_words_that_only_look_like_dates(words: str) -> None:
    assert expression(words, WEDNESDAY).status == "not_found"


@pytest.mark.parametrize(
    "words", ["a day after he arrived", "the following day", "two weeks later", "on the eve of the vote"]
)
def test_dates_that_hang_on_another_event_say_so(words: str) -> None:
    found = expression(words, WEDNESDAY)
    assert found.status == "not_found" and "another event" in found.reason


def test_31_february_is_no_date() -> None:
    found = expression("31 February 2021", None)
    assert found.target is None or found.target.granularity != "day"


@pytest.mark.parametrize(
    ("status", "resolved"),
    [("actual", True), ("negated", True), ("future", False), ("historical", False), ("hypothetical", False)],
)
def test_without_words_only_news_gets_the_publication_date(status: str, resolved: bool) -> None:
    found = without_words(status, WEDNESDAY)  # type: ignore[arg-type]
    assert (found.status == "resolved") is resolved
    assert found.reason
    assert without_words(status, None).status == "not_found"  # type: ignore[arg-type]


words = st.lists(
    st.sampled_from("last next Friday May 31 2020 since for two weeks ago years in the 18 - 1990s day 99".split()),
    max_size=6,
).map(" ".join)


@settings(deadline=None)  # the first call makes the patterns
@given(words | st.text(max_size=30), st.dates(dt.date(1950, 1, 1), dt.date(2050, 12, 31)), st.booleans())
def test_ranges_are_in_order_and_nothing_raises(text: str, day: dt.date, ahead: bool) -> None:
    found = expression(text, day, ahead)
    assert (found.target is None) == (found.status == "not_found")
    assert found.reason
    if found.target and found.target.start and found.target.end:
        assert found.target.start <= found.target.end
