"""Dates counted from the present of the words: today, weekdays, last and next weeks, months, seasons and years."""

from __future__ import annotations

import re

from polybius.grounding.dates.anchored import base_of, nearest, step_of, years_around
from polybius.grounding.dates.calendar_rules import NO_DATE, ON_EVENT, Found, Rule, nearest_to, season_of
from polybius.grounding.dates.when import (
    Anchor,
    Date,
    Miss,
    When,
    a_month,
    between,
    day_of,
    months,
    on,
    shift_days,
    shift_months,
    years,
)
from polybius.grounding.dates.words import DAY, DAYS, MONTH, MONTHS, SEASON, SEASONS, either

TODAY = {
    "the day before yesterday": -2,
    "day before yesterday": -2,
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
    "yesterday": -1,
    "last night": -1,
    "last evening": -1,
    "today": 0,
    "tonight": 0,
    "overnight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "earlier in the day": 0,
    "later in the day": 0,
    "tomorrow": 1,
}
CLOCKS = {"tonight": "NI", "overnight": "NI", "last night": "NI", "last evening": "EV"} | {
    "this morning": "MO",
    "this afternoon": "AF",
    "this evening": "EV",
}
# "The" alone names a week or a year only with a part of it: "the end of the year".
WHICH = (
    r"last|this past|this coming|this|current|the current|next|coming|previous|following|that(?: same)?"
    r"|the (?:previous|following|next|same|present)|(?:of )?the same|the"
)
PERIOD = r"day|weekend|week|month|quarter|year|decade|century|season|fiscal year"
STEP_WEEKS = {"last week": -1, "next week": 1, "this week": 0, "earlier this week": 0, "later this week": 0}


def this_day(m: re.Match[str], anchor: Anchor) -> Found:
    now = anchor.now
    found = shift_days(now, TODAY[m["w"]]) if now else None
    if found is None:
        return Miss(NO_DATE)
    whence = "the story's date" if anchor.narrative and anchor.running else "publication"
    day = on(found, f"“{m['w']}” against {whence}")
    return When("point", day.first, day.last, "day", day.why, clock=CLOCKS.get(m["w"], ""))


def weekday(m: re.Match[str], anchor: Anchor) -> Found:
    which, words = DAYS[m["w"]], m["q"] or ""
    base = base_of(words, anchor)
    if base is None and anchor.now is not None:
        return Miss(ON_EVENT, hangs=True)
    if base is None:
        return Miss(NO_DATE)
    if m["r"]:
        return days_on(base, which - base.weekday() + 7 * STEP_WEEKS[m["r"]], f"weekday of “{m['r']}”")
    back, forth = (base.weekday() - which) % 7, (which - base.weekday()) % 7
    if words == "this":
        here = which - base.weekday()
        return days_on(base, here + 7 if anchor.ahead and here < 0 else here, "weekday of the week of publication")
    if step_of(words) > 0 or words in ("this coming", "coming"):
        return days_on(base, forth or 7, "weekday after publication")
    if anchor.ahead and words not in ("last", "this past", "past", "the previous"):
        return days_on(base, forth, "weekday on or after publication")
    if words == "last":
        return days_on(base, -(back or 7), "weekday before publication")
    return days_on(base, -back, "weekday on or before publication")


def days_on(base: Date, count: int, why: str) -> Found:
    found = shift_days(base, count)
    return on(found, why) if found else None


def named_month(m: re.Match[str], anchor: Anchor) -> Found:
    """ "last March", "next May", "the previous April": never the month that is now."""
    words, month = m["q"], MONTHS[m["m"]]
    base = base_of(words, anchor) or anchor.now
    if base is None:
        return Miss(NO_DATE)
    if words.startswith(("this", "that", "the same")) and "past" not in words and "coming" not in words:
        return nearest([a_month(y, month, f"month {nearest_to(anchor)}") for y in years_around(anchor)], anchor)
    if step_of(words) > 0 or "coming" in words:
        return a_month(base.year + (month <= base.month), month, f"“{words}” month")
    return a_month(base.year - (month >= base.month), month, f"“{words}” month")


def named_season(m: re.Match[str], anchor: Anchor) -> Found:
    words, name = m["q"] or "", m["s"]
    base = base_of(words, anchor) or anchor.now
    if base is None:
        return Miss(NO_DATE)
    around = [season_of(y, name, f"season {nearest_to(anchor)}") for y in (base.year - 1, base.year, base.year + 1)]
    now = day_of(base)
    if step_of(words) > 0 or "coming" in words:
        return next((s for s in around if s.first and s.first > now), None)
    if step_of(words) < 0 or "past" in words:
        return next((s for s in reversed(around) if s.last and s.last < now), None)
    return nearest(around, anchor)


def period(m: re.Match[str], anchor: Anchor) -> Found:
    """ "last week", "the following month", "that year", "the end of the year"."""
    words, unit = m["q"], m["u"].removeprefix("fiscal ")
    base = base_of(words, anchor)
    if base is None and anchor.now is not None:
        return Miss(ON_EVENT, hangs=True)
    if base is None:
        return Miss(NO_DATE)
    told = anchor.told is not None and base == anchor.told and (base != anchor.published)
    found = period_at(base, unit, step_of(words) + ("coming" in words) - ("past" in words), anchor.ahead)
    why = f"“{words} {unit}” against {'the story’s date' if told else 'publication'}"
    return None if found is None else When("point", found.first, found.last, found.grain, why, running=told)


def period_at(base: Date, unit: str, step: int, ahead: bool) -> When | None:
    """The day, week … of a date, or so many further."""
    if unit == "day":
        day = shift_days(base, step)
        return on(day, "") if day else None
    if unit == "week":
        monday = shift_days(base, 7 * step - base.weekday())
        sunday = shift_days(monday, 6) if monday else None
        return between(monday, sunday, "week", "") if monday and sunday else None
    if unit == "weekend":
        return weekend(base, step, ahead)
    if unit == "month":
        there = shift_months(base, step)
        return a_month(there.year, there.month, "") if there else None
    if unit == "quarter":
        there = shift_months(base, 3 * step)
        return months(there.year, (there.month - 1) // 3 * 3 + 1, 3, "quarter", "") if there else None
    if unit == "season":
        return None
    size = {"year": 1, "decade": 10, "century": 100}[unit]
    first = base.year // size * size + step * size + (unit == "century")
    return years(first, first + size - 1, unit, "")  # type: ignore[arg-type]


def weekend(base: Date, step: int, ahead: bool) -> When | None:
    """The weekend that is now, was last or comes next."""
    back = (base.weekday() + 2) % 7
    inside = back < 2
    days = -back + (7 * step if step > 0 or inside else 0)
    if ahead and step == 0 and not inside:
        days = 7 - back
    saturday = shift_days(base, days)
    sunday = shift_days(saturday, 1) if saturday else None
    return between(saturday, sunday, "weekend", "") if saturday and sunday else None


def period_end(m: re.Match[str], anchor: Anchor) -> Found:
    """ "month's end", "year-end", "midweek"."""
    base = anchor.now
    if base is None:
        return Miss(NO_DATE)
    found = period_at(base, m["u"], 0, anchor.ahead)
    edge = "mid" if m["x"] else "end"
    return found and When("point", found.first, found.last, found.grain, f"{edge} of the {m['u']}", edge=edge)  # type: ignore[arg-type]


TODAY_RULES: tuple[tuple[str, Rule], ...] = ((rf"(?P<w>{either(TODAY)})\b", this_day),)
RELATIVE: tuple[tuple[str, Rule], ...] = (
    (
        rf"(?:(?P<q>last|next|this past|this coming|this|past|coming|the (?:previous|following|next)|that) )?"
        rf"(?P<w>{DAY})\b(?:,? (?:of )?(?P<r>{either(STEP_WEEKS)})\b)?",
        weekday,
    ),
    (
        rf"(?P<q>last|next|this past|this coming|this|past|coming|the (?:previous|following|next|same)|previous|following|that)"
        rf" (?P<m>{MONTH})\b",
        named_month,
    ),
    (
        rf"(?P<q>last|next|this past|this coming|this|past|coming|that|the (?:previous|following|next|same|coming|past)"
        rf"|(?:(?<=\bin )|(?<=\bby )|(?<=\bsince )|(?<=\bduring )|(?<=\buntil ))?the(?: severe| harsh| coming)?) (?P<s>{SEASON})\b(?! of\b)",
        named_season,
    ),
    (rf"(?P<q>)(?P<s>{'|'.join(s for s in SEASONS if s not in ('fall', 'spring'))})\b", named_season),
    (rf"(?P<q>{WHICH}) (?P<u>{PERIOD})\b(?!-)", period),
    (r"(?P<x>mid)-?(?P<u>week|month|year)\b", period_end),
    (r"(?P<x>)(?P<u>week|month|year)(?:'s)?[- ]end\b", period_end),
)
