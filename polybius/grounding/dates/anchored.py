"""Completing what an expression leaves out: the year of a month, the month of a day, the week of a weekday."""

from __future__ import annotations

import re
from collections.abc import Iterable

from polybius.grounding.dates.when import Anchor, Date, When

YEAR_WORDS = (
    r"(?:that (?:same )?year|(?:of )?the same year|of the year|(?:the )?(?:following|previous) year|the next year"
    r"|(?:earlier |later )?this year|last year|next year)"
)
STEPS = {"following": 1, "next": 1, "previous": -1, "last": -1, "that": 0, "same": 0, "this": 0, "the": 0}
OF_THE_STORY = re.compile(r"\b(?:that|same|following|previous|the next)\b")


def base_of(words: str, anchor: Anchor) -> Date | None:
    """What "that year", "the following month" count from: the story's date; "last year" from the present."""
    return anchor.told if OF_THE_STORY.search(words) else anchor.now


def step_of(words: str) -> int:
    return next((STEPS[word] for word in words.split() if word in STEPS and word != "the"), 0)


def year_of_words(words: str, anchor: Anchor) -> int | None:
    base = base_of(words, anchor)
    return base.year + step_of(words) if base is not None else None


def years_around(anchor: Anchor) -> tuple[int, ...]:
    """The years that an expression without a year may be in."""
    base = anchor.now
    return () if base is None else (base.year - 1, base.year, base.year + 1)


def nearest(candidates: Iterable[When | None], anchor: Anchor) -> When | None:
    """Of the same day or month in several years, the one on the right side of the present."""
    known = [c for c in candidates if c is not None and c.start is not None and c.end is not None]
    if anchor.narrative and anchor.running is not None:
        return told_next(known, anchor.running)
    now = anchor.now
    if now is None:
        return None
    if anchor.ahead:
        return min((c for c in known if c.end and c.end >= now), key=lambda c: c.first or (0, 0, 0), default=None)
    return max((c for c in known if c.start and c.start <= now), key=lambda c: c.first or (0, 0, 0), default=None)


MOSTLY_ON = 0.75  # a story goes on rather than back: a way back of three months weighs as four


def told_next(known: list[When], running: When) -> When | None:
    """In a narrative: in the year just told, or the one nearest to the day just told."""
    start, end = running.start, running.end
    if start is None or end is None:
        return None
    if running.grain in ("year", "decade", "century", "range", "half"):
        inside = [c for c in known if c.start and start <= c.start <= end]
        return min(inside or known, key=lambda c: abs((c.start - start).days) if c.start else 0, default=None)
    return min(known, key=lambda c: distance(c, start), default=None)


def distance(candidate: When, told: Date) -> float:
    days = (candidate.start - told).days if candidate.start else 0
    return days * MOSTLY_ON if days >= 0 else -days
