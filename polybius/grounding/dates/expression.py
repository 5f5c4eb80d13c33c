"""An expression as a whole: its parts and the words between them → one range of dates, or the reason why there is none."""

from __future__ import annotations

import re
from dataclasses import replace

from polybius.grounding.dates.calendar_rules import NO_DATE
from polybius.grounding.dates.grammar import ANY_WORD, Found, scan
from polybius.grounding.dates.length_rules import amount, far, shifted
from polybius.grounding.dates.plain import flat, original
from polybius.grounding.dates.when import Anchor, Date, Day, Miss, When, day_of, range_of, shift_days
from polybius.grounding.dates.words import MONTHS
from polybius.records import DateRange, Grounding, Span, Status

NO_RULE = "no rule for this expression"
NO_EVENT = "relative to another event, which is not followed"
ANCHORED = re.compile(
    r"\b(?:after|before|later|earlier|following|previous|eve|since|until|till|during|following|once|when)\b"
)
SINCE, UNTIL, BEFORE = ("since", "from", "starting", "beginning"), ("until", "till", "through", "up to"), ("before",)
LAST_WORD = re.compile(
    r"\b(since|from|starting|beginning|until|till|through|up to|before|by|after|for|in|over|during|within|between|throughout)"
    r"(?: (?:at least|about|around|late|early|the|as early as|just|shortly|nearly|almost|more than|over|on|in))*\s*$"
)
JOINED = re.compile(r"^\s*(?:-|to|until|till|through|and|or)\s*$")
OFFSET = re.compile(r"(-?[\d.]+) (\w+)")
TIME_OF_DAY = "time of day"  # how the reasons of times without a day begin


def expression(
    text: str, published: Date | None, ahead: bool = False, anchor: Anchor | None = None
) -> Grounding[DateRange]:
    """The range that an expression names. ``ahead``: the event is still to come, so "Friday" is the next one."""
    return grounded(meaning(text, anchor or Anchor(published, ahead=ahead)))


def grounded(means: When | Miss) -> Grounding[DateRange]:
    found = range_of(means) if isinstance(means, When) else means
    if isinstance(found, Miss):
        return not_found(found.reason)
    assert isinstance(means, When)
    return Grounding("resolved", found, means.why, method="running date" if means.running else "date expression")


def not_found(reason: str) -> Grounding[DateRange]:
    return Grounding("not_found", None, reason, score=0.0)


def without_words(status: Status, published: Date | None) -> Grounding[DateRange]:
    """The date of a claim that no words date: the publication's, for what is news on that day; else not found."""
    if published is None:
        return not_found("no words give a date, and the publication date is not known")
    if status in ("actual", "negated"):
        day = DateRange(published, published, "day")
        return Grounding("resolved", day, "publication date", method="publication date")
    return not_found(f"no words give a date, and the event is {status}")


def find(text: str, anchor: Anchor | None = None) -> tuple[tuple[Span, When | Miss], ...]:
    """The expressions of time in a text, with what each means, all against one anchor."""
    words, back = flat(text)
    if ANY_WORD.search(words) is None:
        return ()
    return tuple(
        (original(found.start, found.end, back), found.means) for found in scan(words, lambda _: anchor or Anchor())
    )


def meaning(text: str, anchor: Anchor) -> When | Miss:
    """What a whole expression means: "from 3 May to June", "two days after 11 September", "since last week"."""
    words = " ".join(flat(text)[0].split())
    if words.rstrip(".") in MONTHS and text.strip()[:1].isupper():
        words = f"in {words}"  # a phrase that is "May" is no verb
    if ANY_WORD.search(words) is None:
        return Miss(NO_EVENT, hangs=True) if ANCHORED.search(words) else Miss(NO_RULE)
    parts = list(scan(words, lambda _: anchor))
    if not parts:
        return Miss(NO_EVENT, hangs=True) if ANCHORED.search(words) else Miss(NO_RULE)
    return offset(parts) or spanned(words, parts, anchor) or single(words, parts, anchor)


def offset(parts: list[Found]) -> When | Miss | None:
    """ "Two days after 11 September", "the last week of May": counted from the date that follows, or a part of it."""
    for one, two in zip(parts, parts[1:], strict=False):
        if isinstance(one.means, When) and one.means.edge and one.means.count and is_point(two.means):
            return part_of(one.means, two.means)
        if isinstance(one.means, Miss) and one.means.refers and isinstance(two.means, When) and two.means.start:
            return counted_from(one.means, two.means)
    return None


def part_of(length: When, whole: When | Miss) -> When | Miss:
    """So many units at the beginning or the end of a date."""
    assert isinstance(whole, When)
    first, last, count = whole.start, whole.end, length.count or 1
    if first is None or last is None:
        return whole
    if length.edge == "start":
        beyond = far(first, count, length.unit)
        last = min(last, shift_days(beyond, -1) or last) if beyond else last
    else:
        before = far(last, -count, length.unit)
        first = max(first, shift_days(before, 1) or first) if before else first
    return When("point", day_of(first), day_of(max(first, last)), "range", f"part of it: {whole.why}")


def counted_from(miss: Miss, base: When) -> When | Miss:
    """A number of units from a date that is known by now."""
    way = OFFSET.fullmatch(miss.refers)
    if way is None or base.start is None or base.end is None:
        return miss
    count, unit = float(way[1]), way[2]
    fine = base.grain == "day" or unit in ("year", "decade", "century") or (unit == "month" and base.grain == "month")
    if not fine:
        return Miss("relative to a date that is not told finely enough")
    found = shifted(
        base.start, count, unit, f"{amount(abs(count), unit)} {'before' if count < 0 else 'after'} it", exact=True
    )
    return found or miss


def spanned(words: str, parts: list[Found], anchor: Anchor) -> When | None:
    """ "From X to Y", "between X and Y", "X and Y": from the first day of one to the last of the other."""
    for one, two in zip(parts, parts[1:], strict=False):
        if JOINED.match(words[one.end : two.start]) is None:
            continue
        late = two.means
        early = earlier_part(words, one, late, anchor)
        if is_point(early) and is_point(late) and early.first and late.last and early.first <= late.last:  # type: ignore[union-attr]
            return When("point", early.first, late.last, "range", f"from one date to another: {late.why}")  # type: ignore[union-attr]
    return None


def is_point(means: When | Miss) -> bool:
    return isinstance(means, When) and means.kind == "point" and means.first is not None


def earlier_part(words: str, one: Found, late: When | Miss, anchor: Anchor) -> When | Miss:
    """The first date of a range; if it lacks a year it takes that of the second."""
    if not isinstance(late, When) or not isinstance(one.means, When) or late.end is None:
        return one.means
    if re.search(r"\d{4}", words[one.start : one.end]) or late.end is None:
        return one.means
    before = replace(anchor, published=late.end, narrative=False, ahead=False)
    other = next(scan(f"in {words[one.start : one.end]}", lambda _: before), None)
    return other.means if other is not None and one.means.grain in ("month", "day", "season") else one.means


def single(words: str, parts: list[Found], anchor: Anchor) -> When | Miss:
    """The finest date of the expression, bounded by the word before it."""
    best = max(parts, key=lambda found: (rank(found.means), -found.start))
    means = best.means
    before = LAST_WORD.search(words[: best.start])
    word = before[1] if before else ""
    if word == "in" and before is not None and "the" in before[0]:
        word = "during"  # "in the 18-month war" is no day to come
    if isinstance(means, Miss) or means.kind == "vague":
        return present(means, anchor)
    if means.kind == "length":
        return lasted(means, word, words[best.end :], anchor)
    return bounded(means, word, words[best.end :])


def rank(means: When | Miss) -> int:
    if isinstance(means, Miss):
        return 1
    weak = means.running or means.why.startswith(TIME_OF_DAY)
    return {"vague": 0, "length": 2, "point": 3}[means.kind] * 100 + means.fine + (not weak) * 20


def present(means: When | Miss, anchor: Anchor) -> When | Miss:
    """ "Now" is the day of publication."""
    if isinstance(means, When) and means.unit == "present" and anchor.now is not None:
        day: Day = day_of(anchor.now)
        return When("point", day, day, "day", f"{means.why} against publication")
    return means


def lasted(means: When, word: str, rest: str, anchor: Anchor) -> When | Miss:
    """ "For two weeks", "the 18-month war": up to now, unless it is to come; "in two weeks": a day that is to come."""
    if means.first is not None or means.count is None:
        return means
    if word in ("within", "by") and not anchor.ahead:
        return Miss("within so long of something that is not told")
    if ANCHORED.search(rest) or word in ("after", "before"):
        return Miss(NO_EVENT, hangs=True)
    if not word and means.count == 1 and means.unit in ("day", "night"):
        return Miss("how often, not when")
    now = anchor.now
    if now is None:
        return Miss(NO_DATE)
    size = f"{means.count:g} {means.unit}{'' if means.count == 1 else 's'}"
    if word in ("in", "within", "by") and anchor.ahead:
        there = far(now, means.count, means.unit)
        if there is None:
            return Miss(NO_RULE)
        if word == "in":
            return shifted(now, means.count, means.unit, f"{size} after publication") or Miss(NO_RULE)
        return replace(means, first=day_of(now), last=day_of(there), why=f"{size} from publication on")
    start, end = (now, far(now, means.count, means.unit)) if anchor.ahead else (far(now, -means.count, means.unit), now)
    if start is None or end is None:
        return Miss("longer than a calendar reaches")
    return replace(
        means, first=day_of(start), last=day_of(end), why=f"{size} {'from' if anchor.ahead else 'up to'} publication"
    )


def bounded(means: When, word: str, rest: str) -> When:
    """ "Since", "until", "before" and "after" leave one end open."""
    if word in SINCE and not (means.grain == "range" and means.last is not None and means.first != means.last):
        return replace(means, last=None, grain="range", edge="", why=f"{word}: {means.why}")
    if word in UNTIL or word == "by":
        return replace(means, first=None, grain="range", edge="", why=f"{word}: {means.why}")
    if word in BEFORE and not means.clock and means.start:
        day = shift_days(means.start, -1)
        return (
            replace(means, first=None, last=day_of(day), grain="range", edge="", why=f"before: {means.why}")
            if day
            else means
        )
    if word == "after" and not means.clock and means.end:
        day = shift_days(means.end, 1)
        return (
            replace(means, first=day_of(day), last=None, grain="range", edge="", why=f"after: {means.why}")
            if day
            else means
        )
    return means
