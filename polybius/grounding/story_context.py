"""What an expression of a claim means where it stands: against the publication, the story's date, the verb, the status."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from functools import cached_property

from polybius.grounding.anniversary import YEAR, remembered
from polybius.grounding.article import Article, head
from polybius.grounding.dates import Anchor, Miss, When, meaning
from polybius.grounding.dates.expression import TIME_OF_DAY
from polybius.grounding.dates.story import Mention, lies_ahead, mentions, tells_history
from polybius.grounding.tense import ahead, finished
from polybius.records import Claim, Span

OF_PUBLICATION = re.compile(r"\b(?:this|last|next|ago|today|yesterday|tomorrow|tonight)\b", re.IGNORECASE)
BACK_FROM_NOW = re.compile(r"\b(?:past|last|recent|now|so far|since)\b", re.IGNORECASE)
NEAR = 400  # characters within which a time of day belongs to the day that the story has come to
STOPPED = "a length of time, and no words tell when it ended"
MAYBE_STOPPED = ", if it lasted until then"


class StoryContext:
    """The dates of one article in order, looked for only when an expression asks for them."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.text = article.document.text
        self.published = article.document.published

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        return mentions(self.text, self.published)

    @cached_property
    def history(self) -> bool:
        return tells_history(self.text, self.published)

    @cached_property
    def ends(self) -> tuple[int, ...]:
        return tuple(mention.span.end for mention in self.mentions)

    def running(self, position: int, within: int | None = None) -> When | None:
        """The date that the story has come to before a position, if it was told near enough."""
        at = bisect_right(self.ends, position) - 1
        if at < 0 or (within is not None and position - self.ends[at] > within):
            return None
        return self.mentions[at].running

    def meaning(self, claim: Claim, span: Span) -> When | Miss:
        """What an expression means; the story's date is looked for only where the expression asks for it."""
        words = span.of(self.text)
        narrative = self.history or self.published is None
        anchor = Anchor(self.published, None, narrative, self.ahead(claim, span))
        means = meaning(words, anchor)
        if isinstance(means, When) and means.why.startswith(TIME_OF_DAY):
            means = meaning(words, replace(anchor, running=self.running(span.start, NEAR)))
        elif narrative or self.goes_on(claim, span) or (isinstance(means, Miss) and means.hangs):
            narrative = narrative or (self.goes_on(claim, span) and not anchor.ahead)
            means = meaning(words, replace(anchor, running=self.running(span.start), narrative=narrative))
        return self.lasting(claim, words, remembered(self.article, span, means) if past(claim) else means)

    def lasting(self, claim: Claim, words: str, means: When | Miss) -> When | Miss:
        """ "For two weeks" runs up to publication where it still does; of what is over, nobody tells when it ended."""
        if isinstance(means, Miss) or means.kind != "length" or BACK_FROM_NOW.search(words) or claim.status == "future":
            return means
        if past(claim):
            return Miss(STOPPED)
        found = self.article.words(claim.trigger)
        over = found is not None and finished(found[0], head(*found))
        return replace(means, why=f"{means.why}{MAYBE_STOPPED}") if over else means

    def ahead(self, claim: Claim, span: Span) -> bool:
        found = self.article.words(span)
        if found is None or not ahead(found[0], head(*found), claim.status):
            return False
        return claim.status in ("future", "hypothetical") or lies_ahead(self.text.lower(), span.start)

    def goes_on(self, claim: Claim, span: Span) -> bool:
        """Whether another year was named just before: "arrested in March 2021 and released in May"."""
        sentence = self.article.sentence_at(span.start)
        if sentence is None or self.published is None:
            return False
        words = span.of(self.text)
        if YEAR.search(words) or OF_PUBLICATION.search(words):
            return False
        start = sentence.span.start
        if past(claim) and sentence.index > 0:
            start = self.article.sentences[sentence.index - 1].span.start
        named = YEAR.findall(self.text, start, span.start)
        return bool(named) and int(named[-1]) < self.published.year


def past(claim: Claim) -> bool:
    return claim.status == "historical"
