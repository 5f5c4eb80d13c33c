"""All rules as one pattern: what in a text is an expression of time, and which rule it falls under."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from polybius.grounding.dates.calendar_rules import CALENDAR, Rule
from polybius.grounding.dates.holiday_rules import HOLIDAY_RULES
from polybius.grounding.dates.length_rules import LENGTHS
from polybius.grounding.dates.relative_rules import RELATIVE, TODAY_RULES
from polybius.grounding.dates.story_rules import STORY
from polybius.grounding.dates.vague_rules import VAGUE
from polybius.grounding.dates.when import Anchor, Day, Edge, Miss, When, day_of
from polybius.grounding.dates.words import CLOCK, PART

# Without one of these no rule can fit; most words are done with after this one search.
ANY_WORD = re.compile(
    r"\d|days?\b|yesterday|fortnight|overnight|midnight|\b(?:night|morning|mornings|afternoon|evening|noon|midday|week|month|year|decade"
    r"|centur|hour|minute|second|season|time|moment|point\b|spring|summer|autumn|fall\b|winter|january|february|march\b|april|may\b|june"
    r"|july|august|september|october|november|december|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b|mondays|tomorrow|ton?ight"
    r"|dawn|daybreak|daytime|sunrise|sunset|dusk|nightfall|first light|early hours|christmas|halloween|epiphany|juneteenth|easter"
    r"|good friday|thanksgiving|passover|hanukkah|yom kippur|ramadan|eid |ashura|diwali|pentecost|holy week|now\b|nowadays|present"
    r"|current|recent|late|lately|former|past\b|ago\b|previous|future|soon\b|shortly|annual|daily|yearly|biweekly|once|long ago|aged\b"
    r"|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|eve\b|quarter|half|breakfast|lunch|dinner|date\b"
    r"|mid-?week|mid-?month|mid-?year|age\b|b\.?c\b|a\.?d\b|first\b|third\b|fourth\b|\w+teenth|twentieth|thirtieth)"
)
WINDOW = 56  # how far before such a word its expression may begin
REACH = 72  # and how far after it the expression may end
EDGES: dict[str, Edge] = {
    **dict.fromkeys(("early", "beginning", "start", "opening", "outset", "first days"), "start"),
    **dict.fromkeys(("mid", "middle"), "mid"),
    **dict.fromkeys(("late", "end", "close", "last days", "final days"), "end"),
}
EDGE = re.compile(
    r"(?:the )?(?:very )?(?P<edge>early|earlier|beginning|start|opening|outset|first days|middle|mid|late|later|end|close|last days|final days)"
    r"(?:[- ](?:in|on|of|at))?[- ]"
)
OF_CLOCK = re.compile(
    rf"(?:(?:in |on |during |at )?(?:the )?(?:early |late )?(?P<c>{PART})(?: hours)?(?: of| on|,)? (?:the )?)"
    r"|(?P<t>(?:[01]?\d|2[0-4])(?::[0-5]\d)? ?(?:[ap]\.m\.|[ap]m)),? (?:on |of )?"
)
CLOSING = re.compile(
    rf",? ?(?:(?:in the |at )?(?:early |late )?(?P<c>{PART})\b|(?:at )?(?P<t>(?:[01]?\d|2[0-4])(?::[0-5]\d)? ?(?:[ap]\.m\.|[ap]m\b)))"
    r"|'s\b(?! [a-z])"
)
POINTS = (*HOLIDAY_RULES, *CALENDAR, *TODAY_RULES, *STORY, *RELATIVE)
TABLE: tuple[tuple[str, Rule], ...] = (*LENGTHS, *VAGUE, *POINTS)
FIRST_POINT = len(LENGTHS) + len(VAGUE)


def unnamed(pattern: str) -> str:
    """The pattern with its named groups unnamed, so that many can stand in one."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


@cache
def combined() -> re.Pattern[str]:
    """Every rule, numbered, as one pattern; made when first asked for."""

    def numbered(first: int, table: tuple[tuple[str, Rule], ...]) -> str:
        return "|".join(f"(?P<r{first + k}>{unnamed(pattern)})" for k, (pattern, _) in enumerate(table))

    counted, dated = numbered(0, TABLE[:FIRST_POINT]), numbered(FIRST_POINT, POINTS)
    edge, clock = unnamed(EDGE.pattern), unnamed(OF_CLOCK.pattern)
    return re.compile(rf"(?<!\w)(?:{counted}|(?:{edge})?(?:{clock})?(?:{dated}))")


@cache
def rules() -> tuple[tuple[re.Pattern[str], Rule], ...]:
    return tuple((re.compile(pattern), rule) for pattern, rule in TABLE)


@dataclass(frozen=True, slots=True)
class Found:
    """An expression in a text: where it stands (in the flat text) and what it means, or why it means no date."""

    start: int
    end: int
    means: When | Miss


def scan(words: str, anchor_at: Callable[[int], Anchor]) -> Iterator[Found]:
    """The expressions of a flat lower-case text, from left to right; none overlaps another.

    ``anchor_at`` tells what an expression at a position is counted from: it is asked when the earlier ones are known.
    """
    at = 0
    while (word := ANY_WORD.search(words, at)) is not None:
        match = combined().search(words, max(at, word.start() - WINDOW), word.end() + REACH)
        if match is None or match.start() > word.end():
            at = word.end()
            continue
        found = read(words, match, anchor_at(match.start()))
        if found is None or found.end <= at:
            at = max(match.start() + 1, at + 1)
            continue
        yield found
        at = found.end


def read(words: str, match: re.Match[str], anchor: Anchor) -> Found | None:
    """The rule that matched, and if it gives nothing ("31 February 2021"), the next that fits there."""
    first = int((match.lastgroup or "r0")[1:])
    for at, edge, clock in openings(words, match.start()):
        for pattern, rule in rules()[first:]:
            m = pattern.match(words, at)
            means = rule(m, anchor) if m is not None else None
            if m is None or means is None or needs_edge(m) and not edge:
                continue
            return closed(words, match.start(), m.end(), means, edge, clock, anchor)
    return None


def needs_edge(m: re.Match[str]) -> bool:
    """ "The year" alone is no date; "the end of the year" is."""
    groups = m.groupdict()
    return groups.get("q") == "the" and groups.get("u", "weekend") != "weekend"


def openings(words: str, start: int) -> Iterator[tuple[int, str, str]]:
    """Where the rule may begin: after "late in" and after "the night of", after one of them, or at once."""
    edge = EDGE.match(words, start)
    after_edge = edge.end() if edge else start
    name = edge["edge"] if edge else ""
    clock = OF_CLOCK.match(words, after_edge)
    if clock:
        yield clock.end(), name, clock_of(clock)
    if edge:
        yield after_edge, name, ""
        other = OF_CLOCK.match(words, start)
        if other:
            yield other.end(), "", clock_of(other)
    yield start, "", ""


HOUR = re.compile(r"(\d\d?)(?::(\d\d))? ?(.)")


def clock_of(m: re.Match[str]) -> str:
    if m["c"]:
        return CLOCK[m["c"]]
    time = HOUR.match(m["t"] or "")
    if time is None:
        return ""
    hour = int(time[1]) % 12 + (12 if time[3] == "p" else 0)
    return f"{hour:02d}:{time[2] or '00'}"


def closed(words: str, start: int, end: int, means: When | Miss, edge: str, clock: str, anchor: Anchor) -> Found:
    """The expression with the time of day that follows it, and with the part of it that is meant."""
    if isinstance(means, Miss) or means.kind != "point":
        return Found(start, end, means)
    if means.grain == "day":
        after = CLOSING.match(words, end)
        if after is not None:
            end = after.end()
            clock = clock_of(after) if after["c"] or after["t"] else clock
    return Found(start, end, replace(part(means, edge, anchor), clock=clock or means.clock))


def part(means: When, edge: str, anchor: Anchor) -> When:
    """ "late 2019" is its last third; "earlier this year" ends, "later this year" begins, with the present."""
    if edge in ("earlier", "later"):
        base = anchor.told if means.running else anchor.now
        now: Day | None = day_of(base) if base else None
        if now and means.first and means.last and means.first < now < means.last:
            return (
                replace(means, last=now, edge="upto") if edge == "earlier" else replace(means, first=now, edge="from")
            )
        return means
    return replace(means, edge=EDGES[edge]) if edge in EDGES else means
