"""The expressions of a whole text in order, each against what the story told before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from polybius.grounding.dates.grammar import scan
from polybius.grounding.dates.plain import flat, original
from polybius.grounding.dates.when import Anchor, Date, Miss, When
from polybius.records import Span

# Words of a text that is about the days around its publication, and years that stand in it.
NEAR = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tomorrow|ago|(?:last|this|next) (?:week|month|year|night))\b"
)
YEARS = re.compile(r"(?<![\d$£€.,])(?:1[5-9]|20)\d\d(?![\d%]|,\d)")
MANY_YEARS, OLDER, RARE = 8, 2, 4
STALE = 600  # characters after which a story's day no longer outweighs a year told since

# What announces, before and after an expression: "will meet on Friday", but "on Friday he vowed to go" was on that Friday.
FUTURE = re.compile(
    r"\b(?:will|won't|shall|going to|(?:is|are|were) to(?= \w)|was to(?= (?!have)\w)|due(?! to [\w ]*(?:error|lack))"
    r"|(?:is|are) (?:(?:\w+ ){0,2}(?:due|set|ready|scheduled|expected|planning|meeting|sending|going|coming|arriving|leaving))"
    r"|scheduled|slated|planned|plans? to|planning|expected|set (?:for|to)|upcoming|hopes? to|intends? to|deadline)\b|'ll\b"
    r"|\bto [\w' ]{2,40} (?:by|from|until|starting|beginning)(?: early| late)? $"
)
FUTURE_AFTER = re.compile(
    r"\b(?:will|won't|shall|(?:is|are) (?:\w+ )?(?:to|expected|scheduled|due|set|going)|to be)\b|'ll\b"
)
PAST = re.compile(
    r"\b(?:said|was|were|had|has|have|did|met|took|came|went|began|won|lost|told|gave|made|found|held|left|fell|rose|led|sent|struck"
    r"|broke|saw|got|became|kept|ran|hit|shot|brought|caught|fought|wrote|spoke|says|\w{2,}ed)\b"
)
CLAUSE_END = re.compile(r"[.!?;][\"')]*\s|\n")


@dataclass(frozen=True, slots=True)
class Mention:
    """An expression of time in a text."""

    span: Span
    means: When | Miss
    running: When | None = None  # the story's date after it


def tells_history(text: str, published: Date | None) -> bool:
    """Whether a text tells of times long before its publication: many old years, hardly a weekday or a "last week"."""
    years = [int(year) for year in YEARS.findall(text)]
    old = sum(published is None or year <= published.year - OLDER for year in years)
    return old >= MANY_YEARS and RARE * len(NEAR.findall(text.lower())) + len(years) - old < old


def mentions(text: str, published: Date | None) -> tuple[Mention, ...]:
    """Every expression of time in a text with its meaning."""
    words, back = flat(text)
    story = Story(published, tells_history(text, published))
    found: list[Mention] = []

    def anchor_at(position: int) -> Anchor:
        return story.anchor(lies_ahead(words, position))

    for part in scan(words, anchor_at):
        span = original(part.start, part.end, back)
        story.tell(span, part.means)
        found.append(Mention(span, part.means, story.running))
    return tuple(found)


def lies_ahead(words: str, position: int) -> bool:
    """Whether the verbs around a position speak of what is to come: the last one before it, else the first one after."""
    begin = max(0, position - 160)
    ends = [m.end() for m in CLAUSE_END.finditer(words, begin, position)]
    before = words[ends[-1] if ends else begin : position]
    coming, gone = last(FUTURE, before), last(PAST, before)
    if coming >= 0 or gone >= 0:
        return coming >= gone
    end = CLAUSE_END.search(words, position, position + 160)
    after = words[position : end.start() if end else position + 160]
    future, past = FUTURE_AFTER.search(after), PAST.search(after)
    return future is not None and (past is None or future.start() <= past.start())


def last(pattern: re.Pattern[str], words: str) -> int:
    return max((m.end() for m in pattern.finditer(words)), default=-1)


class Story:
    """The date that a text has come to."""

    def __init__(self, published: Date | None, history: bool) -> None:
        self.published, self.history = published, history
        self.running: When | None = None
        self.at = 0

    def anchor(self, ahead: bool) -> Anchor:
        return Anchor(self.published, self.running, self.history or self.published is None, ahead)

    def tell(self, span: Span, means: When | Miss) -> None:
        """Go on to the date of a mention; in news a bare year, told by the way, does not replace a day."""
        if not isinstance(means, When) or means.kind != "point" or means.start is None:
            return
        coarse = means.grain in ("year", "decade", "century", "half", "range")
        if coarse and means.running:
            return  # "twenty years earlier" is a look back
        fresh = span.start - self.at < STALE
        if not self.history and coarse and self.running is not None and self.running.grain == "day" and fresh:
            return
        self.running, self.at = means, span.end
