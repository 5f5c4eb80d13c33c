"""Every kind of rule for expressions of time, against a publication date, a Wednesday."""

from __future__ import annotations

import datetime as dt

import pytest

from polybius.grounding.dates import expression

WEDNESDAY = dt.date(2023, 9, 13)


def dates(words: str, ahead: bool = False) -> tuple[str, str, str] | None:
    found = expression(words, WEDNESDAY, ahead).target
    return None if found is None else (str(found.start), str(found.end), found.granularity)


@pytest.mark.parametrize(
    ("words", "start", "end", "granularity"),
    [
        # days and what is said around them
        ("Sunday, June 25, 1950", "1950-06-25", "1950-06-25", "day"),
        ("the 25th of August 1917", "1917-08-25", "1917-08-25", "day"),
        ("the second of June", "2023-06-02", "2023-06-02", "day"),
        ("on the night of 3 May 1994 at 10 p.m.", "1994-05-03", "1994-05-03", "day"),
        ("at ten to six on Friday morning", "2023-09-08", "2023-09-08", "day"),
        ("shortly before noon on Thursday", "2023-09-07", "2023-09-07", "day"),
        ("8 p.m. on Thursday", "2023-09-07", "2023-09-07", "day"),
        ("10/25/1999", "1999-10-25", "1999-10-25", "day"),
        ("25.10.1999", "1999-10-25", "1999-10-25", "day"),
        ("on the 20th", "2023-08-20", "2023-08-20", "day"),
        ("overnight", "2023-09-13", "2023-09-13", "day"),
        ("this morning", "2023-09-13", "2023-09-13", "day"),
        ("the day before yesterday", "2023-09-11", "2023-09-11", "day"),
        ("9/11", "2001-09-11", "2001-09-11", "day"),
        # weekdays and weekends
        ("Tuesday last week", "2023-09-05", "2023-09-05", "day"),
        ("this Friday", "2023-09-15", "2023-09-15", "day"),
        ("next Tuesday", "2023-09-19", "2023-09-19", "day"),
        ("three weeks ago Monday", "2023-08-21", "2023-08-21", "day"),
        ("over the weekend", "2023-09-09", "2023-09-10", "range"),
        ("next weekend", "2023-09-16", "2023-09-17", "range"),
        # months, seasons, quarters, halves
        ("in late April 2020", "2020-04-21", "2020-04-30", "range"),
        ("in May last year", "2022-05-01", "2022-05-31", "month"),
        ("this March", "2023-03-01", "2023-03-31", "month"),
        ("last October", "2022-10-01", "2022-10-31", "month"),
        ("last summer", "2023-06-01", "2023-08-31", "season"),
        ("winter 1998-99", "1998-12-01", "1999-02-28", "season"),
        ("the third quarter of 1998", "1998-07-01", "1998-09-30", "quarter"),
        ("Q3 2020", "2020-07-01", "2020-09-30", "quarter"),
        ("the first half of last year", "2022-01-01", "2022-06-30", "range"),
        ("the last week of August", "2023-08-25", "2023-08-31", "range"),
        ("the first three months of 2020", "2020-01-01", "2020-03-31", "range"),
        # years and more
        ("late 2019", "2019-09-01", "2019-12-31", "range"),
        ("the early 1990s", "1990-01-01", "1992-12-31", "range"),
        ("the nineties", "1990-01-01", "1999-12-31", "decade"),
        ("the '80s", "1980-01-01", "1989-12-31", "decade"),
        ("the 19th century", "1801-01-01", "1900-12-31", "range"),
        ("1939-45", "1939-01-01", "1945-12-31", "range"),
        ("AD 70", "0070-01-01", "0070-12-31", "year"),
        ("earlier this month", "2023-09-01", "2023-09-13", "range"),
        ("later this year", "2023-09-13", "2023-12-31", "range"),
        ("the end of the year", "2023-09-01", "2023-12-31", "range"),
        # holidays
        ("Christmas", "2022-12-25", "2022-12-25", "day"),
        ("New Year’s Eve", "2022-12-31", "2022-12-31", "day"),
        ("India's Independence Day", "2023-08-15", "2023-08-15", "day"),
        ("U.S. Independence Day 2019", "2019-07-04", "2019-07-04", "day"),
        # numbers and lengths
        ("a dozen years ago", "2011-01-01", "2011-12-31", "year"),
        ("half a century ago", "1973-01-01", "1973-12-31", "year"),
        ("a year and a half ago", "2022-03-01", "2022-03-31", "month"),
        ("twenty-one days ago", "2023-08-23", "2023-08-23", "day"),
        ("more than a decade ago", "2010-01-01", "2019-12-31", "decade"),
        ("in the 18-month war", "2022-03-13", "2023-09-13", "range"),
        ("in the past 18 months", "2022-03-13", "2023-09-13", "range"),
        ("over the last week", "2023-09-06", "2023-09-13", "range"),
        ("the next five years", "2023-09-13", "2028-09-13", "range"),
        # from, to, before, after
        ("from 3 to 5 May", "2023-05-03", "2023-05-05", "range"),
        ("May 3-5, 2021", "2021-05-03", "2021-05-05", "range"),
        ("between May and July", "2023-05-01", "2023-07-31", "range"),
        ("from May to July 2019", "2019-05-01", "2019-07-31", "range"),
        ("from Monday to Wednesday", "2023-09-11", "2023-09-13", "range"),
        ("since the 1980s", "1980-01-01", "None", "range"),
        ("until 2015", "None", "2015-12-31", "range"),
        ("before 2015", "None", "2014-12-31", "range"),
        ("after 2015", "2016-01-01", "None", "range"),
        ("two days after 11 September 2001", "2001-09-13", "2001-09-13", "day"),
        ("the day before Christmas", "2022-12-24", "2022-12-24", "day"),
        ("a day after the 5 May vote", "2023-05-06", "2023-05-06", "day"),
        ("now", "2023-09-13", "2023-09-13", "day"),
    ],
)
def test_ranges(words: str, start: str, end: str, granularity: str) -> None:
    assert dates(words) == (start, end, granularity)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("on the 20th", "2023-09-20", "2023-09-20"),
        ("this Monday", "2023-09-18", "2023-09-18"),
        ("at the weekend", "2023-09-16", "2023-09-17"),
        ("Christmas", "2023-12-25", "2023-12-25"),
        ("in two days", "2023-09-15", "2023-09-15"),
        ("within six months", "2023-09-13", "2024-03-13"),
        ("by Friday", "None", "2023-09-15"),
        ("for two weeks", "2023-09-13", "2023-09-27"),
        ("Friday the 13th", "2023-10-13", "2023-10-13"),
    ],
)
def test_what_is_to_come(words: str, start: str, end: str) -> None:
    found = dates(words, ahead=True)
    assert found is not None and found[:2] == (start, end)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("30 February", "no calendar has this day"),
        ("31 June 2020", "no calendar has this day"),
        ("44 BC", "before the year 1"),
        ("the 5th century BC", "before the year 1"),
        ("3/4/2021", "either way round"),
        ("Independence Day", "country of this holiday"),
        ("after Easter", "without a fixed date"),
        ("aged 26", "an age is no date"),
        ("26 years old", "an age is no date"),
        ("a 26-year-old", "an age is no date"),
        ("every Friday", "again and again"),
        ("daily", "again and again"),
        ("recently", "does not tell when"),
        ("in recent days", "does not tell when"),
        ("in the coming weeks", "does not tell when"),
        ("for several years", "not counted"),
        ("on the eve of the vote", "another event"),
        ("two days after the vote", "another event"),
        ("at the time", "another event"),
        ("that year", "another event"),
        ("within six months", "not told"),
        ("9,000,000 years ago", "calendar"),
    ],
)
def test_reasons(words: str, reason: str) -> None:
    found = expression(words, WEDNESDAY)
    assert (found.status, found.target) == ("not_found", None)
    assert reason in found.reason


@pytest.mark.parametrize("words", ["May", "March", "In May", "as early as May"])
def test_a_phrase_that_is_a_month_is_no_verb(words: str) -> None:
    found = dates(words)
    assert found is not None and found[2] == "month"
