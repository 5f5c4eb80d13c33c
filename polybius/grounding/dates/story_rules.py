"""Dates counted from the story's own date: the following day, that night, the same morning, the 20th, at dawn."""

from __future__ import annotations

import re

from polybius.grounding.dates.calendar_rules import NO_DATE, ON_EVENT, Found, Rule
from polybius.grounding.dates.when import Anchor, Date, Miss, When, a_day, on, shift_days, shift_months
from polybius.grounding.dates.words import CLOCK, DAY, DAYS, HOLIDAY, MONTH, ORDINAL, PART, ordinal

NEXT = ("next", "following", "after", "later")
BEFORE = ("previous", "before", "earlier", "prior")


def told_day(anchor: Anchor, shift: int, words: str, clock: str = "") -> Found:
    """A day so far from the story's, which must itself be a day."""
    running = anchor.running
    if running is None or running.start is None or running.grain != "day":
        return Miss(ON_EVENT, hangs=True)
    found = shift_days(running.start, shift)
    if found is None:
        return None
    day = on(found, f"“{words}” against the story's date")
    return When("point", day.first, day.last, "day", day.why, clock=clock, running=True)


def next_day(m: re.Match[str], anchor: Anchor) -> Found:
    """ "the next morning", "the following day", "the day after", "the night before", "the previous day"."""
    words = m[0]
    later = any(re.search(rf"\b{word}\b", words) for word in NEXT)
    return told_day(anchor, 1 if later else -1, words, CLOCK.get(m["c"] or m["k"] or "", ""))


def day_beside(m: re.Match[str], anchor: Anchor) -> Found:
    """ "the day after the vote": the event is for the story to find."""
    shift = 1 if m["x"] in ("after", "following") else -1
    return Miss("relative to another event", hangs=True, refers=f"{shift} day")


def eve(m: re.Match[str], anchor: Anchor) -> Found:
    return Miss("relative to another event", hangs=True, refers="-1 day")


def same_day(m: re.Match[str], anchor: Anchor) -> Found:
    """ "the same day", "that night", "at the time"."""
    return told_day(anchor, 0, m[0], CLOCK.get(m["c"] or "", ""))


def at_the_time(m: re.Match[str], anchor: Anchor) -> Found:
    running = anchor.running
    if running is None:
        return Miss(ON_EVENT, hangs=True)
    return When("point", running.first, running.last, running.grain, f"“{m[0]}”: the story's date", running=True)


def bare_ordinal(m: re.Match[str], anchor: Anchor) -> Found:
    """ "the 20th": of the story's month, or the present one."""
    day, of_story = ordinal(m["o"]), anchor.narrative or m["t"]
    base: Date | None = anchor.told if of_story else anchor.now
    if base is None or not 1 <= day <= 31:
        return None
    if of_story or (day >= base.day if anchor.ahead else day <= base.day):
        return a_day(base.year, base.month, day, "day of the month")
    other = shift_months(base, 1 if anchor.ahead else -1)
    return a_day(other.year, other.month, day, "day of the month") if other else None


MONTHS_BETWEEN = 15  # a Friday is the 13th at least once in so many months


def weekday_the(m: re.Match[str], anchor: Anchor) -> Found:
    """ "Friday the 13th": the last or next month in which that day is a Friday."""
    now, day = anchor.now, int(m["o"][:-2])
    if now is None:
        return Miss(NO_DATE)
    for step in range(MONTHS_BETWEEN):
        there = shift_months(now, step if anchor.ahead else -step)
        found = a_day(there.year, there.month, day, "weekday and day of the month") if there else None
        date = found.start if found else None
        if date and date.weekday() == DAYS[m["w"]] and (date >= now if anchor.ahead else date <= now):
            return found
    return Miss("no month of the time around publication has this day")


def time_of_day(m: re.Match[str], anchor: Anchor) -> Found:
    """A time without a day: of the story's day, else of the day of publication."""
    words = m.groupdict()
    clock = CLOCK.get(words.get("c") or "", "") or hour(words)
    found = told_day(anchor, 0, m[0].strip(), clock)
    if isinstance(found, When) or anchor.published is None or anchor.narrative:
        return found
    day = on(anchor.published, "time of day, on the day of publication")
    return When("point", day.first, day.last, "day", day.why, clock=clock)


def hour(words: dict[str, str | None]) -> str:
    digits = words.get("h")
    if digits is None:
        return ""
    half = (words.get("p") or "").replace(".", "")
    value = int(digits) % 12 + (12 if half == "pm" else 0) if half in ("am", "pm") else int(digits)
    return f"{value:02d}:{words.get('i') or '00'}" if value < 25 else ""


STORY: tuple[tuple[str, Rule], ...] = (
    (rf"(?P<w>{DAY}),? the (?P<o>\d{{1,2}}(?:st|nd|rd|th))\b(?! of\b)", weekday_the),
    (r"(?:on )?the (?:very )?eve of\b", eve),
    (
        r"(?:on )?the (?P<c>day|night|morning|evening) (?P<x>after|before|following) "
        rf"(?=(?:the|a|an|his|her|its|their|\w+'s|\w+ed|he|she|it|they|{HOLIDAY}|{MONTH}|\d)\b)",
        day_beside,
    ),
    (rf"(?:the )?(?:very )?(?:next|following|previous) (?:day|date|(?P<c>{PART}))(?P<k>)\b", next_day),
    (
        rf"(?:the )?(?:day|(?P<c>{PART})) (?:after(?:wards)?|before|earlier|following)(?P<k>)\b(?! (?:yesterday|tomorrow))",
        next_day,
    ),
    (rf"(?:on )?(?:the|that|this)(?: very)?(?: same)? (?<!the )(?:day|date|(?P<c>{PART}))\b(?! of\b)", same_day),
    (rf"(?:the same|that same) (?:day|date|(?P<c>{PART}))\b", same_day),
    (
        r"(?:at )?(?:that|the same|this same|the) (?:time|moment|point)\b(?! of| for| to)|at that (?:time|point)\b",
        at_the_time,
    ),
    (
        rf"(?:on )the (?P<o>{ORDINAL})(?P<t> of (?:that|the same) month)?\b(?! (?:day|of|and|time|anniversary|consecutive|\w))",
        bare_ordinal,
    ),
    (r"the (?P<o>\d{1,2}(?:st|nd|rd|th))(?P<t> of (?:that|the same) month)?(?! \w)", bare_ordinal),
    (
        r"(?<![\d.,:])(?:at )?(?P<h>[01]?\d|2[0-4])(?:[:.](?P<i>[0-5]\d))? ?(?P<p>[ap]\.m\.|[ap]m\b|o'clock\b|hours?\b(?= local| gmt)|hrs?\b|gmt\b)"
        r"(?: ?\(?(?:local time|gmt|utc|et|est|edt)\)?)?",
        time_of_day,
    ),
    (
        r"(?<![\d.,:])(?P<h>[01]?\d|2[0-4]):(?P<i>[0-5]\d)(?![\d:]|[ap]m)(?P<p>)(?: ?hrs?\b)?(?: ?\(?(?:local time|gmt|utc)\)?)?",
        time_of_day,
    ),
    (rf"(?:at|by|before|after|until|around|near|from|towards?) (?P<c>{PART})\b", time_of_day),
    (rf"(?:in|during|through|throughout|into) the (?:early |late |small )?(?P<c>{PART})\b(?! of)", time_of_day),
    (r"(?:at|around|towards?) (?:breakfast|lunch|dinner)(?:time)?(?P<c>)\b", time_of_day),
)
