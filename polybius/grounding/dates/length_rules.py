"""Lengths of time and what is counted in them: "three years ago", "two days later", "in the past week", "for a month"."""

from __future__ import annotations

import re

from polybius.grounding.dates.calendar_rules import NO_DATE, ON_EVENT, Found, Rule
from polybius.grounding.dates.when import (
    Anchor,
    Date,
    Edge,
    Grain,
    Miss,
    When,
    a_month,
    between,
    day_of,
    on,
    shift_days,
    shift_months,
    years,
)
from polybius.grounding.dates.words import ANY_UNIT, DAY, DAYS, MONTHS_OF, NUMBER, ROUGHLY, SHORT_UNITS, UNITS, number

MOST_YEARS = 400  # how far "N years ago" may reach
BACK = ("ago", "earlier", "before", "prior", "previously", "back")
FORTH = ("later", "after", "afterwards", "afterward", "hence", "from now", "on", "from", "following", "since")
HALF = r"(?:[- ]and[- ]a[- ]half| and a half)?"
COUNT = rf"{ROUGHLY}(?P<n>{NUMBER})(?P<half>{HALF}) (?:more |consecutive |straight |full |long |bloody |brutal |whole |calendar )?"
UNIT_WORD = rf"(?P<u>{ANY_UNIT})(?:s'?|'s?)?(?P<g> and a half)?\b"
CLOSE = r"(?P<w>ago(?! (?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)|earlier|before(?:hand)?|prior(?: to)?|previously|later|afterwards?|after|hence|from now|from|following|on(?=$|[,.;]))\b"


def count_of(m: re.Match[str]) -> float | None:
    found = number(m["n"])
    if found is None:
        return None
    groups = m.groupdict()
    return found + (0.5 if groups.get("half") or groups.get("g") else 0)


def unit_of(m: re.Match[str]) -> str:
    return "century" if m["u"] == "centurie" else m["u"]


def too_long(count: float, unit: str) -> bool:
    if unit in MONTHS_OF:
        return count * MONTHS_OF[unit] > MOST_YEARS * 12 * 10
    return count * UNITS.get(unit, 1) > MOST_YEARS * 366


def shifted(base: Date, count: float, unit: str, why: str, exact: bool = False) -> When | None:
    """So many units from a date on, as fine as the unit: "two weeks ago" is some day of a week.

    ``exact``: counted from a day of the story, where weeks lead to a day.
    """
    if too_long(abs(count), unit):
        return None
    if unit in SHORT_UNITS:
        return on(base, why)
    if unit in UNITS:
        there = shift_days(base, round(count * UNITS[unit]))
        if there is None:
            return None
        if unit in ("day", "night") or exact:
            return on(there, why)
        first, last = shift_days(there, -3), shift_days(there, 3)
        return between(first, last, "week", why) if first and last else None
    there = shift_months(base, round(count * MONTHS_OF[unit]))
    if there is None:
        return None
    if unit in ("month", "quarter") or (unit == "year" and count % 1):
        return a_month(there.year, there.month, why)
    if unit == "year" or count % 1:
        return years(there.year, there.year, "year", why)
    size = 10 if unit == "decade" else 100
    grain: Grain = "decade" if unit == "decade" else "century"
    first_year = there.year // size * size
    return years(first_year, first_year + size - 1, grain, why)


def moved(m: re.Match[str], anchor: Anchor) -> Found:
    """ "three years ago", "two days later", "a week before"."""
    count, unit, way = count_of(m), unit_of(m), m["w"].split()[0]
    if count is None:
        return None
    sign = -1 if way.startswith(BACK) else 1
    if way in ("ago", "hence") or m["w"] == "from now":
        if anchor.now is None:
            return Miss(NO_DATE)
        whence = "publication" if not anchor.narrative else "the story's date"
        return shifted(
            anchor.now, sign * count, unit, f"{amount(count, unit)} {'before' if sign < 0 else 'after'} {whence}"
        )
    if way == "from" and not m["tail"]:
        return None
    if way in ("before", "prior", "after", "following", "from") and m["tail"]:
        return Miss("relative to another event", hangs=True, refers=f"{sign * count:g} {unit}")
    return from_story(anchor, sign * count, unit)


def weekday_ago(m: re.Match[str], anchor: Anchor) -> Found:
    """ "Three weeks ago Monday"."""
    count, now = count_of(m), anchor.now
    if count is None or now is None:
        return Miss(NO_DATE) if now is None else None
    found = shift_days(now, -((now.weekday() - DAYS[m["d"]]) % 7) - 7 * round(count))
    return on(found, "weekday, so many weeks before publication") if found else None


def from_story(anchor: Anchor, count: float, unit: str) -> Found:
    """So far from the story's date; no finer than the story told it."""
    running = anchor.running
    if running is None or running.start is None or unit in SHORT_UNITS and running.grain != "day":
        return Miss(ON_EVENT, hangs=True, refers=f"{count:g} {unit}")
    if unit in UNITS and running.grain != "day":
        return Miss("days from a date that the story does not tell to the day", hangs=True, refers=f"{count:g} {unit}")
    if unit == "month" and running.grain not in ("day", "month", "week"):
        return Miss(
            "months from a date that the story does not tell to the month", hangs=True, refers=f"{count:g} {unit}"
        )
    why = f"{amount(abs(count), unit)} {'before' if count < 0 else 'after'} the story's date"
    found = shifted(running.start, count, unit, why, exact=True)
    return found and When(found.kind, found.first, found.last, found.grain, why, running=True)


def amount(count: float, unit: str) -> str:
    several = "centuries" if unit == "century" else f"{unit}s"
    return f"{count:g} {unit if count == 1 else several}"


def stretch(count: float, unit: str, start: Date | None, end: Date | None, why: str) -> Found:
    """A length that ends at, or starts from, a known day; lengths with neither keep only their size."""
    if start is not None and end is None:
        end = far(start, count, unit)
    elif end is not None and start is None:
        start = far(end, -count, unit)
    first, last = (day_of(d) if d else None for d in (start, end))
    known = first is not None and last is not None
    return When("length", first if known else None, last if known else None, "range", why, count=count, unit=unit)


def far(base: Date, count: float, unit: str) -> Date | None:
    if too_long(abs(count), unit):
        return None
    if unit in SHORT_UNITS:
        return base
    if unit in UNITS:
        return shift_days(base, round(count * UNITS[unit]))
    return shift_months(base, round(count * MONTHS_OF[unit]))


def beside_now(m: re.Match[str], anchor: Anchor) -> Found:
    """ "the past two weeks", "the next 18 months", "the last year"."""
    count = (number(m["n"]) if m["n"] else 1) or 1
    unit, back = unit_of(m), m["q"] in ("past", "last", "previous", "preceding")
    now = anchor.now
    if m["q"] in ("following", "ensuing", "subsequent", "preceding", "previous"):
        now = anchor.told
    why = f"{amount(count, unit)} {'up to' if back else 'from'} {'publication' if now == anchor.published else 'the story’s date'}"
    return stretch(count, unit, None if back else now, now if back else None, why)


def first_or_last(m: re.Match[str], anchor: Anchor) -> Found:
    """ "the first ten months of", "the last week of": a part of the date that follows."""
    count = (number(m["n"]) if m["n"] else 1) or 1
    edge: Edge = "start" if m["q"] in ("first", "opening") else "end"
    return When("length", None, None, "range", "a part of the date that follows", edge, "", count, unit_of(m))


def length(m: re.Match[str], anchor: Anchor) -> Found:
    count = count_of(m)
    return None if count is None else stretch(count, unit_of(m), None, None, "a length of time")


def hyphened(m: re.Match[str], anchor: Anchor) -> Found:
    """ "the 18-month war": by the reader's convention up to publication, which the expression's reading decides."""
    count = number(m["n"])
    return None if count is None else stretch(count, unit_of(m), None, None, "a length of time")


def age(m: re.Match[str], anchor: Anchor) -> Found:
    count = number(m["n"])
    return count and When("vague", None, None, "year", "an age is no date", count=count, unit="age")  # type: ignore[return-value]


LENGTHS: tuple[tuple[str, Rule], ...] = (
    (rf"{ROUGHLY}(?P<n>{NUMBER})(?P<half>) (?P<u>week)s?(?P<g>) ago (?:on )?(?P<d>{DAY})\b", weekday_ago),
    (rf"(?P<n>{NUMBER})[- ](?:year|month|week|day)s?[- ]olds?\b", age),
    (rf"(?:aged|at the age of|at age) (?P<n>{NUMBER})\b", age),
    (rf"{ROUGHLY}(?P<n>{NUMBER}) (?:years|months) of age\b", age),
    (
        rf"(?:about |nearly |only |just |a )?(?:(?P<n>half) a |(?P<z>a quarter of a ))(?P<u>century|decade|year) {CLOSE}(?P<tail>)(?P<half>)",
        moved,
    ),
    (rf"{COUNT}{UNIT_WORD} {CLOSE}(?=(?P<tail> (?!that\b|this\b)\w)?)", moved),
    (
        rf"(?:the )?(?:very )?(?P<q>first|last|final|closing|opening) (?:{ROUGHLY}(?P<n>{NUMBER}) )?{UNIT_WORD}(?= of\b)",
        first_or_last,
    ),
    (
        rf"(?:the|these|those|his|her|their|its) (?P<q>past|last|next|coming|previous|following|preceding|ensuing|subsequent) "
        rf"{ROUGHLY}(?P<n>{NUMBER}) (?:few |or so |full |consecutive )?{UNIT_WORD}",
        beside_now,
    ),
    (
        r"(?:(?<=over )|(?<=in )|(?<=during )|(?<=within )|(?<=for ))the (?P<q>last) (?P<n>)"
        r"(?P<u>day|week|month|year|decade|century)(?P<g>)\b(?! of)",
        beside_now,
    ),
    (r"(?:the|this) (?P<q>past) (?P<n>)(?P<u>day|week|month|year|decade|century)(?P<g>)\b", beside_now),
    (rf"{ROUGHLY}(?P<n>{NUMBER})[- ](?P<u>{ANY_UNIT})(?:[- ](?:long|period|old)\b)?(?=-|\b)(?!s\b)", hyphened),
    (rf"{COUNT}{UNIT_WORD}", length),
)
