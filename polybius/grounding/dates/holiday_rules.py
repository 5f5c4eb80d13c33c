"""Holidays: those of fixed date, Independence Day with its country, and those that move, which give no date."""

from __future__ import annotations

import re

from polybius.grounding.dates.calendar_rules import YEAR_PART, Found, Rule, nearest_to, pick, years_for
from polybius.grounding.dates.when import Anchor, Miss, a_day
from polybius.grounding.dates.words import HOLIDAY, HOLIDAYS, INDEPENDENCE, either


def holiday(m: re.Match[str], anchor: Anchor) -> Found:
    name = m["h"]
    which = HOLIDAYS[name]
    possible, how = years_for(m, anchor)
    why = f"holiday of fixed date{', ' + nearest_to(anchor) if not how else ''}"
    return pick([a_day(y, which[0], which[1], why) for y in possible], m, anchor, how)


def independence(m: re.Match[str], anchor: Anchor) -> Found:
    if not m["c"]:
        return Miss("the country of this holiday is not told")
    which = INDEPENDENCE[m["c"]]
    possible, how = years_for(m, anchor)
    return pick([a_day(y, which[0], which[1], "holiday of fixed date") for y in possible], m, anchor, how)


def movable(m: re.Match[str], anchor: Anchor) -> Found:
    return Miss("a holiday without a fixed date")


def attacks(m: re.Match[str], anchor: Anchor) -> Found:
    """ "9/11" is a day that everybody knows."""
    return a_day(2001, 9, 11, "11 September 2001")


HOLIDAY_RULES: tuple[tuple[str, Rule], ...] = (
    (r"9/11\b(?![/\d])|sept(?:ember|\.)? 11(?:th)?(?=,? (?:terror(?:ist)? )?attacks)", attacks),
    (rf"(?P<h>{HOLIDAY})\b{YEAR_PART}?", holiday),
    (rf"(?:(?P<c>{either(INDEPENDENCE)}) )?independence day\b{YEAR_PART}?", independence),
    (
        r"(?:easter(?: (?:sunday|monday))?|good friday|thanksgiving|passover|hanukkah|yom kippur|ramadan|eid al-\w+|ashura|diwali"
        r"|lunar new year|pentecost|holy week)\b",
        movable,
    ),
)
