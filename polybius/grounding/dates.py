"""When: date expressions → ranges, against the publication date. Without that date only absolute expressions resolve."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable

from polybius.records import DateRange, Granularity, Grounding, Status

Date = dt.date
DAYS = {name.lower(): k for k, name in enumerate(calendar.day_name)}
FULL_MONTHS = {name.lower(): k for k, name in enumerate(calendar.month_name) if k}
MONTHS = FULL_MONTHS | {name.lower(): k for k, name in enumerate(calendar.month_abbr) if k} | {"sept": 9}
VERBS_TOO = ("march", "may")  # a month only after a preposition
NUMBERS = {w: k for k, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
NUMBERS |= {"a": 1, "an": 1, "a couple of": 2}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
UNITS = {"day": 1, "week": 7}
ANCHORED = re.compile(r"\b(?:after|before|later|earlier|following|previous|eve)\b")

DAY, MONTH = "|".join(sorted(DAYS, key=len, reverse=True)), "|".join(sorted(MONTHS, key=len, reverse=True))
BARE_MONTH = "|".join(name for name in FULL_MONTHS if name not in VERBS_TOO)
NUMBER = r"\d+|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
MOST_BACK = 400  # years that "N years ago" may reach


def resolved(start: Date | None, end: Date | None, granularity: Granularity, reason: str) -> Grounding[DateRange]:
    return Grounding("resolved", DateRange(start, end, granularity), reason, method="date expression")


def not_found(reason: str) -> Grounding[DateRange]:
    return Grounding("not_found", None, reason, score=0.0)


def without_words(status: Status, published: Date | None) -> Grounding[DateRange]:
    """The date of a claim that no words date: the publication's, for what is news on that day; else not found."""
    if published is None:
        return not_found("no words give a date, and the publication date is not known")
    if status in ("actual", "negated"):
        return resolved(published, published, "day", "publication date")
    return not_found(f"no words give a date, and the event is {status}")


def expression(text: str, published: Date | None, ahead: bool = False) -> Grounding[DateRange]:
    """The range that an expression names. ``ahead``: the event is still to come, so "Friday" is the next one."""
    words = " ".join(text.lower().replace("’", "'").split())
    for pattern, rule in ABSOLUTE:
        match = pattern.search(words)
        if match and (found := rule(match)) is not None:
            return found
    if published is None:
        known = any(pattern.search(words) for pattern, _ in RELATIVE)
        return not_found(
            "a relative date, and the publication date is not known" if known else "no rule for this expression"
        )
    for pattern, relative in RELATIVE:
        match = pattern.search(words)
        if match and (found := relative(match, published, ahead)) is not None:
            return found
    if ANCHORED.search(words):
        return not_found("relative to another event, which is not followed")
    return not_found("no rule for this expression")


# --- absolute: the words hold the year


def safe_date(year: int, month: int, day: int) -> Date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def month_range(year: int, month: int) -> tuple[Date, Date]:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def iso(m: re.Match[str]) -> Grounding[DateRange] | None:
    day = safe_date(int(m["y"]), int(m["m"]), int(m["d"]))
    return resolved(day, day, "day", "written date") if day else None


def full_date(m: re.Match[str]) -> Grounding[DateRange] | None:
    day = safe_date(int(m["y"]), MONTHS[m["m"]], int(m["d"]))
    return resolved(day, day, "day", "written date") if day else None


def month_year(m: re.Match[str]) -> Grounding[DateRange] | None:
    year = int(m["y"])
    return resolved(*month_range(year, MONTHS[m["m"]]), "month", "month and year") if 1 <= year <= 9999 else None


def since_year(m: re.Match[str]) -> Grounding[DateRange]:
    return resolved(dt.date(int(m["y"]), 1, 1), None, "range", "since a year")


def years(m: re.Match[str]) -> Grounding[DateRange] | None:
    first, last = int(m["a"]), int(m["b"])
    last = last if last > 99 else first // 100 * 100 + last
    return (
        resolved(dt.date(first, 1, 1), dt.date(last, 12, 31), "range", "from year to year") if first <= last else None
    )


def decade(m: re.Match[str]) -> Grounding[DateRange]:
    first = int(m["y"])
    return resolved(dt.date(first, 1, 1), dt.date(first + 9, 12, 31), "decade", "decade")


def season_year(m: re.Match[str]) -> Grounding[DateRange]:
    return resolved(*season(int(m["y"]), m["s"]), "season", "season and year")


def season(year: int, name: str) -> tuple[Date, Date]:
    first, last = SEASONS[name]
    return dt.date(year, first, 1), month_range(year + (last < first), last)[1]


def year_only(m: re.Match[str]) -> Grounding[DateRange]:
    year = int(m["y"])
    return resolved(dt.date(year, 1, 1), dt.date(year, 12, 31), "year", "year")


YEAR = r"(?P<y>(?:1[5-9]|20)\d\d)"
ABSOLUTE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Grounding[DateRange] | None]], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (rf"\b{YEAR}-(?P<m>\d\d)-(?P<d>\d\d)\b", iso),
        (rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{MONTH})\.?,? {YEAR}\b", full_date),
        (rf"\b(?P<m>{MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? {YEAR}\b", full_date),
        (rf"\b(?P<m>{MONTH})\.?,?(?: of)? {YEAR}\b", month_year),
        (r"\b(?P<a>(?:1[5-9]|20)\d\d)\s?[-–—]\s?(?P<b>(?:(?:1[5-9]|20)\d\d)|\d\d)\b", years),
        (r"\b(?:from|between) (?P<a>(?:1[5-9]|20)\d\d) (?:to|until|and) (?P<b>(?:1[5-9]|20)\d\d)\b", years),
        (rf"\b(?P<s>spring|summer|autumn|fall|winter)(?: of)? {YEAR}\b", season_year),
        (rf"\bsince (?:\w+ )?{YEAR}\b", since_year),
        (r"\b(?P<y>(?:1[5-9]|20)\d0)'?s\b", decade),
        (rf"\b{YEAR}\b", year_only),
    )
)


# --- relative: the words need the publication date


def shift_months(day: Date, months: int) -> Date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def this_day(m: re.Match[str], day: Date, ahead: bool) -> Grounding[DateRange]:
    offset = {"yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2}.get(m["w"], 0)
    found = day + dt.timedelta(days=offset)
    return resolved(found, found, "day", f"“{m['w']}” against publication")


def weekday(m: re.Match[str], day: Date, ahead: bool) -> Grounding[DateRange]:
    which = DAYS[m["w"]]
    back, forth = (day.weekday() - which) % 7, (which - day.weekday()) % 7
    if m["q"] == "next" or (ahead and m["q"] != "last"):
        found = day + dt.timedelta(days=forth or (7 if m["q"] == "next" else 0))
        return resolved(found, found, "day", "weekday on or after publication")
    found = day - dt.timedelta(days=back or (7 if m["q"] == "last" else 0))
    return resolved(
        found, found, "day", "weekday before publication" if m["q"] == "last" else "weekday on or before publication"
    )


def day_of_month(m: re.Match[str], day: Date, ahead: bool) -> Grounding[DateRange] | None:
    """A day and a month without a year: the nearest on the right side of publication."""
    candidates = [d for y in (day.year - 1, day.year, day.year + 1) if (d := safe_date(y, MONTHS[m["m"]], int(m["d"])))]
    fitting = [d for d in candidates if (d >= day if ahead else d <= day)]
    found = (min(fitting) if ahead else max(fitting)) if fitting else None
    return resolved(found, found, "day", "day and month, nearest to publication") if found else None


def month_only(m: re.Match[str], day: Date, ahead: bool) -> Grounding[DateRange]:
    """A month without a year: the present or last one, or the next one if the event is still to come."""
    month = MONTHS[m["m"]]
    year = day.year + (month < day.month) if ahead else day.year - (month > day.month)
    if m["q"] == "last" and month == day.month:
        year -= 1
    if m["q"] == "next" and month == day.month:
        year += 1
    return resolved(*month_range(year, month), "month", "month nearest to publication")


def calendar_unit(m: re.Match[str], day: Date, ahead: bool) -> Grounding[DateRange]:
    step = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}[m["q"]]
    unit, why = m["u"], f"“{m['q']} {m['u']}” against publication"
    if unit == "week":
        monday = day - dt.timedelta(days=day.weekday()) + dt.timedelta(weeks=step)
        return resolved(monday, monday + dt.timedelta(days=6), "week", why)
    if unit == "weekend":
        saturday = day - dt.timedelta(days=(day.weekday() + 2) % 7) + dt.timedelta(weeks=max(step, 0))
        return resolved(saturday, saturday + dt.timedelta(days=1), "range", why)
    if unit == "month":
        there = shift_months(day, step)
        return resolved(*month_range(there.year, there.month), "month", why)
    if unit in SEASONS:
        return resolved(*season(day.year + step, unit), "season", why)
    return resolved(dt.date(day.year + step, 1, 1), dt.date(day.year + step, 12, 31), "year", why)


def count_of(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


def ago(m: re.Match[str], day: Date, ahead: bool) -> Grounding[DateRange] | None:
    """ "N units ago", or "in N units" where the event is still to come."""
    return offset(-count_of(m["n"]), m["u"], day)


def coming(m: re.Match[str], day: Date, ahead: bool) -> Grounding[DateRange] | None:
    return offset(count_of(m["n"]), m["u"], day) if ahead or m["k"] == "within" else None


def offset(count: int, unit: str, day: Date) -> Grounding[DateRange] | None:
    why = f"{abs(count)} {unit}s {'before' if count < 0 else 'after'} publication"
    if abs(count) > MOST_BACK * (1 if unit == "year" else 12):
        return None
    if unit in UNITS:
        found = day + dt.timedelta(days=count * UNITS[unit])
        return (
            resolved(found, found, "day", why)
            if unit == "day"
            else resolved(found - dt.timedelta(3), found + dt.timedelta(3), "week", why)
        )
    if unit == "month":
        there = shift_months(day, count)
        return resolved(*month_range(there.year, there.month), "month", why)
    year = day.year + count * (10 if unit == "decade" else 1)
    return resolved(dt.date(year, 1, 1), dt.date(year, 12, 31), "year", why) if 1 <= year <= 9999 else None


def span_back(m: re.Match[str], day: Date, ahead: bool) -> Grounding[DateRange] | None:
    """ "For two weeks", "in the past 18 months", "an 18-month war": up to publication."""
    count, unit = count_of(m["n"]), m["u"]
    if count > MOST_BACK:
        return None
    start = (
        day - dt.timedelta(days=count * UNITS[unit])
        if unit in UNITS
        else shift_months(day, -count * (12 if unit == "year" else 1))
    )
    return resolved(start, day, "range", f"{count} {unit}s up to publication")


def since_day(m: re.Match[str], day: Date, ahead: bool) -> Grounding[DateRange] | None:
    inner = expression(m["rest"], day)
    return resolved(inner.target.start, day, "range", f"since: {inner.reason}") if inner.target else None


RELATIVE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Date, bool], Grounding[DateRange] | None]], ...] = (
    tuple(
        (re.compile(pattern), rule)
        for pattern, rule in (
            (r"^since (?P<rest>.+)$", since_day),
            (rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{MONTH})\b", day_of_month),
            (rf"\b(?P<m>{MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b", day_of_month),
            (rf"\b(?P<n>{NUMBER}) (?P<u>day|week|month|year)s? (?:ago|earlier|before)\b", ago),
            (
                rf"\b(?:in|over|during|for) the (?:past|last|previous) (?P<n>{NUMBER}) (?P<u>day|week|month|year)s?\b",
                span_back,
            ),
            (
                rf"\bfor (?:more than |at least |nearly |about |over |the past |the last )*(?P<n>{NUMBER}) (?P<u>day|week|month|year)s?\b",
                span_back,
            ),
            (rf"\b(?P<n>{NUMBER})-(?P<u>day|week|month|year)(?:-\w+)?\b", span_back),
            (rf"\b(?P<k>in|within) (?P<n>{NUMBER}) (?P<u>day|week|month|year)s?\b", coming),
            (
                r"\b(?P<q>last|previous|past|this|current|next|coming) (?P<u>weekend|week|month|year|spring|summer|autumn|fall|winter)\b",
                calendar_unit,
            ),
            (rf"\b(?:(?P<q>last|next|this|on|early|late|past|coming) )?(?P<w>{DAY})\b", weekday),
            (
                r"\b(?P<w>day before yesterday|day after tomorrow|yesterday|today|tonight|tomorrow|this morning|this afternoon|this evening|earlier in the day|overnight)\b",
                this_day,
            ),
            (rf"\b(?P<q>last|next|this|in|early|late|mid|since|of|by|until)[ -](?P<m>{MONTH})\b", month_only),
            (rf"\b(?P<q>)(?P<m>{BARE_MONTH})\b", month_only),
        )
    )
)
