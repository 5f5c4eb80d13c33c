"""Expressions in a running text: where they stand, what they are counted from, which way their verbs point."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polybius.grounding.dates import Anchor, Miss, When, find, meaning, range_of
from polybius.grounding.dates.story import lies_ahead, mentions, tells_history

WEDNESDAY = dt.date(2023, 9, 13)
WAR = """The fighting began on 12 September 1914. On 3 October the army crossed the river. Two days later it took the town.
In the following month a truce was agreed. In January 1915 it was broken. By the summer the front had moved. The next year saw
no battle. In 1917 the mutiny spread. In 1918 the war ended, as it had in 1871
and in 1815, and as others had in 1648 and in 1763."""


def found(text: str, published: dt.date | None) -> dict[str, str]:
    """The words of every expression with its first day."""
    pairs = {}
    for mention in mentions(text, published):
        means = mention.means
        pairs[mention.span.of(text)] = str(means.start) if isinstance(means, When) else f"- {means.reason}"
    return pairs


def test_a_history_goes_by_its_own_dates() -> None:
    days = found(WAR, WEDNESDAY)
    assert tells_history(WAR, WEDNESDAY)
    assert days["3 October"] == "1914-10-03"
    assert days["Two days later"] == "1914-10-05"
    assert days["the following month"] == "1914-11-01"
    assert days["the summer"] == "1915-06-01"
    assert days["The next year"] == "1916-01-01"


def test_news_goes_by_its_publication() -> None:
    text = "The army crossed the river on Sunday. Two days later it took the town. In 2019 it had failed. The same day, rain fell."
    assert not tells_history(text, WEDNESDAY)
    days = found(text, WEDNESDAY)
    assert (days["Sunday"], days["Two days later"]) == ("2023-09-10", "2023-09-12")
    assert days["The same day"] == "2023-09-12", "a year told by the way does not replace the story's day"


def test_without_a_publication_date_a_story_still_has_its_own() -> None:
    days = found("He was arrested on 3 March 2021. He was freed on 5 May.", None)
    assert days["5 May"] == "2021-05-05"


def test_days_need_a_story_told_to_the_day() -> None:
    days = found("It began in 2019. Two days later it ended.", WEDNESDAY)
    assert days["Two days later"].startswith("- days from a date")


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("The two will meet on Friday.", True),
        ("The vote is scheduled for Friday.", True),
        ("The two are to meet on Friday.", True),
        ("On Friday the minister will travel.", True),
        ("The two met on Friday.", False),
        ("He said on Friday that they will meet.", False),
        ("On Friday he vowed to go.", False),
        ("They spoke by telephone on Friday.", False),
        ("He will go. They met on Friday.", False),
    ],
)
def test_verbs_tell_which_friday(text: str, ahead: bool) -> None:
    assert lies_ahead(text.lower(), text.index("Friday")) is ahead
    day = mentions(text, WEDNESDAY)[0].means
    assert isinstance(day, When) and day.start == dt.date(2023, 9, 15 if ahead else 8)


def test_find_gives_the_words_as_they_stand() -> None:
    text = "On  5\nMarch 2021 — and again “late last\u00a0year” — 26-year-old İnci Kaya left."
    assert [span.of(text) for span, _ in find(text, Anchor(WEDNESDAY))] == [
        "5\nMarch 2021",
        "late last\u00a0year",
        "26-year-old",
    ]


def test_paragraphs_do_not_run_together() -> None:
    text = "He came in August.\n2016 was a bad year."
    assert [span.of(text).strip(".") for span, _ in find(text, Anchor(WEDNESDAY))] == ["August", "2016"]


@pytest.mark.parametrize(
    "text", ["It may rain and the sun sat low on the march.", "He sold 1,998 cars for $2000.", "Both fall."]
)
def test_words_that_are_no_dates_are_not_found(text: str) -> None:
    assert [span.of(text) for span, _ in find(text, Anchor(WEDNESDAY))] == []


def test_years_before_christ_are_understood_but_are_no_calendar_dates() -> None:
    means = meaning("in 264 BC", Anchor(WEDNESDAY))
    assert isinstance(means, When) and means.first == (-263, 1, 1)
    assert isinstance(range_of(means), Miss)


PIECES = (
    "30 February|year 0|Friday the 13th|1,200 BC|99999999999999999999|in|the|of|last|next|late|early|mid-|the end of|31|0|00:00|25:99|"
    "12/13/0000|9999-12-31|0001-01-01|AD 9999|1 BC|ago|years|centuries|days|later|before|after|since|until|from|to|and|between|May|"
    "Christmas|half a|a dozen|two and a half|the 1st century|'99|2099|1000|q4|weekend|tomorrow|overnight|at|noon|o'clock|every|this|"
    "that|same|following|eve of|’|–|\n|\u00a0|İ|٣|Ⅷ|²|the 31st|the 0th|999th century|1e9|-5|3.5.|month|2 million"
).split("|")


@settings(deadline=None)  # the first call makes the patterns
@given(st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join), st.dates(), st.booleans(), st.booleans())
def test_pieces_of_dates_in_any_order_raise_nothing(text: str, day: dt.date, ahead: bool, narrative: bool) -> None:
    told = meaning("5 May 2020", Anchor(day))
    running = told if isinstance(told, When) else None
    for anchor in (
        Anchor(day, running, narrative, ahead),
        Anchor(None, running, narrative, ahead),
        Anchor(day, None, narrative),
    ):
        means = meaning(text, anchor)
        dates = range_of(means) if isinstance(means, When) else means
        if not isinstance(dates, Miss) and dates.start is not None and dates.end is not None:
            assert dates.start <= dates.end
    for mention in mentions(text, day):
        assert mention.span.of(text)


@settings(deadline=None)  # the first call makes the patterns
@given(st.text(max_size=200), st.dates())
def test_any_text_raises_nothing(text: str, day: dt.date) -> None:
    spans = [mention.span for mention in mentions(text, day)]
    assert all(one.end <= two.start for one, two in zip(spans, spans[1:], strict=False))


def test_ten_thousand_random_strings_raise_nothing() -> None:
    random = Random(4)
    letters = "0123456789 -/.,:'’–abdefilmnorstuyMJTF\nıß²٣"
    for _ in range(5000):
        anchor = Anchor(dt.date(random.randint(1, 9999), random.randint(1, 12), random.randint(1, 28)))
        noise = "".join(random.choices(letters, k=random.randint(0, 40)))
        mixed = " ".join(random.choices(PIECES, k=random.randint(1, 6)))
        for text in (noise, mixed):
            means = meaning(text, anchor)
            assert (means if isinstance(means, Miss) else range_of(means)) is not None
