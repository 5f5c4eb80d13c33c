"""The words that expressions of time are made of, as tables, and the pieces of patterns that are made of them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping

DAYS: Mapping[str, int] = {name.lower(): k for k, name in enumerate(calendar.day_name)}
FULL_MONTHS: Mapping[str, int] = {name.lower(): k for k, name in enumerate(calendar.month_name) if k}
MONTHS: Mapping[str, int] = {
    **FULL_MONTHS,
    **{name.lower(): k for k, name in enumerate(calendar.month_abbr) if k},
    "sept": 9,
}
VERBS_TOO = ("march", "may")  # a month only after a preposition or beside a number
SEASONS: Mapping[str, tuple[int, int]] = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "fall": (9, 11),
    "winter": (12, 2),
}
UNITS: Mapping[str, int] = {"day": 1, "night": 1, "week": 7, "fortnight": 14}  # in days
MONTHS_OF: Mapping[str, int] = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
SHORT_UNITS = ("second", "minute", "hour")
# Holidays of fixed date: month, day, and how many days they last.
HOLIDAYS: Mapping[str, tuple[int, int, int]] = {
    "christmas eve": (12, 24, 1),
    "christmas day": (12, 25, 1),
    "christmas": (12, 25, 1),
    "boxing day": (12, 26, 1),
    "new year's eve": (12, 31, 1),
    "new year's day": (1, 1, 1),
    "new year's": (1, 1, 1),
    "new year": (1, 1, 1),
    "epiphany": (1, 6, 1),
    "valentine's day": (2, 14, 1),
    "international women's day": (3, 8, 1),
    "st. patrick's day": (3, 17, 1),
    "st patrick's day": (3, 17, 1),
    "april fools' day": (4, 1, 1),
    "may day": (5, 1, 1),
    "juneteenth": (6, 19, 1),
    "the fourth of july": (7, 4, 1),
    "bastille day": (7, 14, 1),
    "halloween": (10, 31, 1),
    "all saints' day": (11, 1, 1),
    "armistice day": (11, 11, 1),
    "world aids day": (12, 1, 1),
    "human rights day": (12, 10, 1),
}
# Independence Day is a date only with its country beside it.
INDEPENDENCE: Mapping[str, tuple[int, int]] = {
    "u.s.": (7, 4),
    "us": (7, 4),
    "american": (7, 4),
    "america's": (7, 4),
    "india's": (8, 15),
    "indian": (8, 15),
    "pakistan's": (8, 14),
    "pakistani": (8, 14),
    "ukraine's": (8, 24),
    "ukrainian": (8, 24),
    "indonesia's": (8, 17),
    "indonesian": (8, 17),
    "kenya's": (12, 12),
    "kenyan": (12, 12),
    "nigeria's": (10, 1),
    "nigerian": (10, 1),
    "ghana's": (3, 6),
    "brazil's": (9, 7),
    "brazilian": (9, 7),
    "mexico's": (9, 16),
    "mexican": (9, 16),
    "poland's": (11, 11),
    "polish": (11, 11),
    "greece's": (3, 25),
    "greek": (3, 25),
    "finland's": (12, 6),
    "finnish": (12, 6),
    "south sudan's": (7, 9),
    "algeria's": (7, 5),
    "algerian": (7, 5),
}
# Parts of the day with the letters that TimeML has for them; none changes the day.
CLOCK: Mapping[str, str] = {
    "morning": "MO",
    "dawn": "MO",
    "daybreak": "MO",
    "sunrise": "MO",
    "first light": "MO",
    "early hours": "MO",
    "noon": "12:00",
    "midday": "12:00",
    "afternoon": "AF",
    "evening": "EV",
    "dusk": "EV",
    "sunset": "EV",
    "nightfall": "NI",
    "night": "NI",
    "midnight": "24:00",
    "daytime": "DT",
}
ONES = dict(zip("one two three four five six seven eight nine".split(), range(1, 10), strict=True))
TEENS = dict(
    zip(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(),
        range(10, 20),
        strict=True,
    )
)
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
FIXED: Mapping[str, float] = {
    "a couple of": 2,
    "half a dozen": 6,
    "a dozen": 12,
    "two dozen": 24,
    "a score": 20,
    "half a": 0.5,
    "half an": 0.5,
    "a hundred": 100,
    "one hundred": 100,
    "two hundred": 200,
    "a thousand": 1000,
    "an": 1,
    "a": 1,
}
ORDINALS: Mapping[str, int] = dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        range(1, 21),
        strict=True,
    )
) | {"twenty-first": 21, "thirtieth": 30}
DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70} | {
    "eighties": 80,
    "nineties": 90,
}


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=lambda w: (-len(w), w)))


DAY = either(DAYS)
MONTH = either(MONTHS)
BARE_MONTH = either(set(FULL_MONTHS) - set(VERBS_TOO))
SEASON = either(SEASONS)
HOLIDAY = either(HOLIDAYS)
UNIT = either({*UNITS, *MONTHS_OF})
ANY_UNIT = either({*UNITS, *MONTHS_OF, *SHORT_UNITS, "centurie"})
PART = either(CLOCK)
SMALL = either({*ONES, *TEENS})
NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{either({*FIXED} - {'a', 'an'})}"
    rf"|(?:{either(TENS)})(?:[- ](?:{either(ONES)}))?|{SMALL}|an?)"
)
ORDINAL = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{either(ORDINALS)})"
YEAR = r"(?:1\d|20)\d\d"
WHICH_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
SUFFIX = r"(?:st|nd|rd|th)?"
ROUGHLY = (
    r"(?:(?:about|around|nearly|almost|some|over|more than|less than|fewer than|at least|at most|only|just|barely"
    r"|roughly|approximately|up to|close to|well over|a little (?:more|less) than|a little over|a mere|another"
    r"|not even|no more than|no less than|under|as many as|as little as|exactly|the full|fully) )*"
)


def number(words: str) -> float | None:
    """What a number means, written in digits or in words; None where it is too long to be one of a calendar."""
    words = words.strip().replace(",", "")
    if words[:1].isdigit():
        return float(words) if len(words) < 8 else None
    if words in FIXED:
        return FIXED[words]
    total = 0
    for part in re.split(r"[- ]", words):
        total += ONES.get(part, 0) + TEENS.get(part, 0) + TENS.get(part, 0)
    return total or None


def ordinal(words: str) -> int:
    """ "3rd" and "third" are 3."""
    return int(words[:-2]) if words[0].isdigit() else ORDINALS[words]
