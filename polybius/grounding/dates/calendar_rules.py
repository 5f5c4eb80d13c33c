"""Dates of the calendar, whole or in part: days, months, seasons, quarters, years, decades, centuries, holidays."""

from __future__ import annotations

import re
from collections.abc import Callable

from polybius.grounding.dates.anchored import YEAR_WORDS, nearest, year_of_words, years_around
from polybius.grounding.dates.when import Anchor, Miss, When, a_day, a_month, months, point, years
from polybius.grounding.dates.words import (
    BARE_MONTH,
    DAY,
    DECADES,
    MONTH,
    MONTHS,
    ORDINAL,
    ORDINALS,
    SEASON,
    SEASONS,
    SUFFIX,
    WHICH_DAY,
    YEAR,
    either,
    ordinal,
)

Found = When | Miss | None
Rule = Callable[[re.Match[str], Anchor], Found]

YEAR_PART = rf"(?:,? ?(?:of |in |, )?(?P<y>{YEAR})(?![\d:,]\d)|,? (?:of )?(?P<yw>{YEAR_WORDS}))"
WEEKDAY = rf"(?:(?:{DAY}|mon|tue|wed|thu|fri|sat|sun)\.?,? (?:the )?)?"
BEFORE_MONTH = "|".join(
    f"(?<=\\b{word})" for word in ("in ", "since ", "until ", "by ", "of ", "during ", "between ", "from ", "early ")
)
BEFORE_MONTH += "|" + "|".join(
    f"(?<=\\b{word})" for word in ("late ", "as ", "mid-", "mid ", "before ", "after ", "to ")
)


def years_for(m: re.Match[str], anchor: Anchor) -> tuple[tuple[int, ...], str]:
    """The years that a match can be in, and how they are known."""
    groups = m.groupdict()
    if groups.get("y"):
        return (int(groups["y"]),), "written date"
    if groups.get("yw"):
        year = year_of_words(groups["yw"], anchor)
        return ((year,) if year is not None else ()), f"“{groups['yw']}”"
    return years_around(anchor), ""


def pick(found: list[When | None], m: re.Match[str], anchor: Anchor, how: str) -> Found:
    if m.groupdict().get("y") or m.groupdict().get("yw"):
        if not found:
            return Miss(ON_EVENT, hangs=True) if anchor.now else Miss(NO_DATE)
        return found[0] or Miss(NO_DAY)
    if anchor.now is None:
        return Miss(NO_DATE)
    return nearest(found, anchor) if any(found) else Miss(NO_DAY)


ON_EVENT = "relative to another event, and the story tells no date before it"
NO_DAY = "no calendar has this day"
NO_DATE = "a relative date, and the publication date is not known"


def nearest_to(anchor: Anchor) -> str:
    return "nearest to the story's date" if anchor.narrative and anchor.running else "nearest to publication"


def iso(m: re.Match[str], anchor: Anchor) -> Found:
    return a_day(int(m["y"]), int(m["m"]), int(m["d"]), "written date") or Miss(NO_DAY)


def slashed(m: re.Match[str], anchor: Anchor) -> Found:
    """ "11/20/1998", "20.11.1998": only where the order of day and month is beyond doubt."""
    one, two, year = int(m["a"]), int(m["b"]), int(m["y"])
    if one <= 12 < two or one == two:
        return a_day(year, one, two, "written date")
    if two <= 12 < one:
        return a_day(year, two, one, "written date")
    return Miss("day and month can be either way round") if 0 < one <= 12 and 0 < two <= 12 else None


def day_and_month(m: re.Match[str], anchor: Anchor) -> Found:
    possible, how = years_for(m, anchor)
    why = how or f"day and month, {nearest_to(anchor)}"
    return pick([a_day(y, MONTHS[m["m"]], int(m["d"]), why) for y in possible], m, anchor, how)


def ordinal_of_month(m: re.Match[str], anchor: Anchor) -> Found:
    """ "the second of June"."""
    possible, how = years_for(m, anchor)
    why = how or f"day and month, {nearest_to(anchor)}"
    return pick([a_day(y, MONTHS[m["m"]], ordinal(m["o"]), why) for y in possible], m, anchor, how)


def days_of_month(m: re.Match[str], anchor: Anchor) -> Found:
    """ "3 to 5 May", "May 3-5, 2020"."""
    possible, how = years_for(m, anchor)
    why = how or f"days of a month, {nearest_to(anchor)}"
    found = []
    for year in possible:
        one, two = (a_day(year, MONTHS[m["m"]], int(m[key]), why) for key in ("d", "e"))
        whole = one and two and one.first and two.last and one.first <= two.last
        found.append(
            point(one.first, two.last, "range", why) if whole and one and two and one.first and two.last else None
        )
    return pick(found, m, anchor, how)


def month(m: re.Match[str], anchor: Anchor) -> Found:
    possible, how = years_for(m, anchor)
    why = how or f"month {nearest_to(anchor)}"
    return pick([a_month(y, MONTHS[m["m"]], "month and year" if m["y"] else why) for y in possible], m, anchor, how)


def month_alone(m: re.Match[str], anchor: Anchor) -> Found:
    name = m["m"] or m["n"]
    why = f"month {nearest_to(anchor)}"
    if anchor.now is None:
        return Miss(NO_DATE)
    return nearest([a_month(y, MONTHS[name], why) for y in years_around(anchor)], anchor)


def season_of(year: int, name: str, why: str) -> When:
    first, last = SEASONS[name]
    return months(year, first, (last - first) % 12 + 1, "season", why)


def season(m: re.Match[str], anchor: Anchor) -> Found:
    possible, how = years_for(m, anchor)
    why = how or f"season {nearest_to(anchor)}"
    return pick([season_of(y, m["s"], "season and year" if how else why) for y in possible], m, anchor, how)


QUARTERS = {"quarter": (3, "quarter"), "half": (6, "half"), "q": (3, "quarter")}


def quarter(m: re.Match[str], anchor: Anchor) -> Found:
    """ "the third quarter of 1998", "Q3 2020", "the first half of last year"."""
    which = int(m["k"]) if m["k"] else ordinal(m["o"])
    size = 6 if m["u"] == "half" else 3
    if not 1 <= which <= 12 // size:
        return None
    possible, how = years_for(m, anchor)
    why = how or f"part of the year, {nearest_to(anchor)}"
    grain = "half" if size == 6 else "quarter"
    found: list[When | None] = [months(y, (which - 1) * size + 1, size, grain, why) for y in possible]  # type: ignore[arg-type]
    return pick(found, m, anchor, how)


def year_range(m: re.Match[str], anchor: Anchor) -> Found:
    first, last = int(m["y"]), int(m["b"])
    last = last if last > 99 else first // 100 * 100 + last
    return years(first, last, "range", "from year to year") if first <= last else None


def decade(m: re.Match[str], anchor: Anchor) -> Found:
    first = int(m["y"]) if m["y"] else 1900 + (int(m["t"]) if m["t"] else DECADES[m["w"]])
    return years(first, first + 9, "decade", "decade")


def century(m: re.Match[str], anchor: Anchor) -> Found:
    which = ordinal(m["o"])
    if not 1 <= which <= 40:
        return None
    if m["bc"]:
        return years(1 - which * 100, -which * 100 + 100, "century", "century before Christ")
    return years(which * 100 - 99, which * 100, "century", "century")


def before_christ(m: re.Match[str], anchor: Anchor) -> Found:
    year = 1 - int(m["y"].replace(",", ""))
    return years(year, year, "year", "year before Christ") if year <= 0 else None


def anno_domini(m: re.Match[str], anchor: Anchor) -> Found:
    year = int(m["y"] or m["z"])
    return years(year, year, "year", "year") if year > 0 else None


def year_only(m: re.Match[str], anchor: Anchor) -> Found:
    year = int(m["y"])
    return years(year, year, "year", "year")


def short_year(m: re.Match[str], anchor: Anchor) -> Found:
    """ "'99": in the century of the story, or the one that lies behind publication."""
    base = anchor.told or anchor.published
    if base is None:
        return Miss(NO_DATE)
    year = base.year // 100 * 100 + int(m["s"])
    year -= 100 if anchor.published is not None and year > anchor.published.year + 1 else 0
    return years(year, year, "year", "year of two digits")


NOT_COUNTED = r"(?![\d%]|[,.:]\d| ?(?:people|troops|soldiers|men|women|children|tons|tonnes|miles|km|kilometers|metres|meters|dollars|pounds|euros|prisoners|civilians|votes|members|guns|aircraft|tanks|ships|hours|acres|feet)\b)"
NOT_MONEY = r"(?<![$£€#.,:\d])(?<!\d-)"

CALENDAR: tuple[tuple[str, Rule], ...] = (
    (r"(?P<y>\d{4})-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?!\d)(?:t[\d:]+)?", iso),
    (r"(?P<a>\d\d?)[/.](?P<b>\d\d?)[/.](?P<y>(?:19|20)\d\d)(?!\d)", slashed),
    (
        rf"(?P<d>{WHICH_DAY}){SUFFIX} ?(?:-|to|and|until|through|or|/) ?(?:the )?(?P<e>{WHICH_DAY}){SUFFIX}(?: of)? "
        rf"(?P<m>{MONTH})\b{YEAR_PART}?",
        days_of_month,
    ),
    (
        rf"(?P<m>{MONTH})\.? (?P<d>{WHICH_DAY}){SUFFIX} ?(?:-|to|and|or|until|through|/) ?(?P<e>{WHICH_DAY}){SUFFIX}(?![\d:,]\d|\d)"
        rf"{YEAR_PART}?",
        days_of_month,
    ),
    (
        rf"{WEEKDAY}(?:the )?(?P<d>{WHICH_DAY}){SUFFIX}(?: (?:day )?of |-| ?)(?:(?:last|this|next) )?(?P<m>{MONTH})\b(?:\.?{YEAR_PART})?",
        day_and_month,
    ),
    (
        rf"{WEEKDAY}(?P<m>{MONTH})\.? (?:the )?(?P<d>{WHICH_DAY}){SUFFIX}(?!\d|[:.]\d|,\d{{3}}){YEAR_PART}?",
        day_and_month,
    ),
    (rf"(?:the )?(?P<o>{either(ORDINALS)}) (?:day )?of (?P<m>{MONTH})\b{YEAR_PART}?", ordinal_of_month),
    (rf"(?P<m>{MONTH})\b\.?{YEAR_PART}", month),
    (rf"(?:the )?(?P<s>{SEASON})\b{YEAR_PART}(?:[-/]\d\d)?", season),
    (rf"(?P<y>{YEAR})(?P<yw>)(?:'s)? (?P<s>{SEASON})\b", season),
    (rf"(?:the )?(?:(?P<o>{ORDINAL})[- ](?P<u>quarter|half)|q(?P<k>[1-4])){YEAR_PART}", quarter),
    (r"(?:the )?(?P<o>first|second|third|fourth)(?P<k>)[- ](?P<u>quarter)\b", quarter),
    (rf"{NOT_MONEY}(?P<y>{YEAR}) ?[-/] ?(?P<b>{YEAR}|\d\d)(?!\d|[-,.]\d)", year_range),
    (rf"(?:the )?(?:(?P<y>(?:1\d|20)\d0)'?s|'?(?P<t>[2-9]0)'?s|(?P<w>{either(DECADES)}))\b", decade),
    (
        rf"(?:the )?(?P<o>{ORDINAL})[- ]centur(?:y|ies)(?P<bc> b\.?c\.?)?(?:e\b\.?)?",
        century,
    ),
    (r"(?:the year )?(?P<y>\d{1,3}(?:,\d{3})+|\d{1,5}) ?b\.?c\b\.?(?:e\b\.?)?", before_christ),
    (r"(?:a\.?d\.? ?(?P<y>\d{1,4})|(?P<z>\d{1,4}) (?:a\.d\.|ad\b|c\.?e\b\.?))", anno_domini),
    (
        rf"(?:(?:{BEFORE_MONTH})(?P<m>{MONTH})\b|\b(?P<n>{BARE_MONTH})\b)(?P<y>)(?P<yw>)",
        month_alone,
    ),
    (rf"{NOT_MONEY}(?:the (?:calendar |fiscal )?year |fiscal )?(?P<y>{YEAR}){NOT_COUNTED}\b(?!-)", year_only),
    (r"(?<!\w)'(?P<s>\d\d)(?!\w|')", short_year),
)
