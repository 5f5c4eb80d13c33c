"""When each claim happened: by its own words, by words that hang on its trigger, by another mention of the event, or why not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import nsmallest

from polybius.grounding.anniversary import anniversary
from polybius.grounding.article import Article, head
from polybius.grounding.attached import attached, shared
from polybius.grounding.dates import Anchor, Miss, When, find, grounded, meaning, not_found, without_words
from polybius.grounding.dates.calendar_rules import ON_EVENT
from polybius.grounding.dates.expression import bounded, counted_from
from polybius.grounding.dates.story import Mention, mentions
from polybius.grounding.dates.when import on
from polybius.grounding.same_event import Sides, same_event
from polybius.grounding.story_context import StoryContext
from polybius.records import Actor, Claim, DateRange, Grounding, Span, Trace, TraceEntry

Dated = dict[Span, Grounding[DateRange]]
Known = Mapping[Span, Grounding[Actor]]

OPENER = re.compile(r"^(?:\w+ )?(since|until|before|after)\b", re.IGNORECASE)
HISTORY = "no words give a date, and the text tells of times long before its publication"
OWN = ("date expression", "running date", "other event")  # methods by which words of a claim's own date it
SHARED = 0.8  # how often a date that a verb above has is the claim's own
NEAREST = 32  # dated claims that a claim without words is compared with: long texts stay linear
REST_OF_CLAUSE = 60  # characters after an expression in which the event that it hangs on is named


def timeline(article: Article) -> tuple[Mention, ...]:
    """The expressions of time of an article in order, with what each means and the story's date after it."""
    return mentions(article.document.text, article.document.published)


def trace_timeline(article: Article, trace: Trace) -> None:
    """One entry for every expression of time: what it means, or why it means no date."""
    for mention in timeline(article):
        found = grounded(mention.means)
        dates = f"{found.target.start or ''}..{found.target.end or ''}: " if found.target is not None else ""
        trace(TraceEntry("grounding", mention.span, "timeline", found.status, f"{dates}{found.reason}"))


def claim_dates(article: Article, claims: Sequence[Claim], actors: Known) -> Dated:
    """The date of every claim: keyed by its words, or by its trigger where it has none."""
    return Dates(article, claims, actors).found()


class Dates:
    """Dates the claims of one article, first those that need no other claim."""

    def __init__(self, article: Article, claims: Sequence[Claim], actors: Known) -> None:
        self.article, self.claims = article, claims
        self.published = article.document.published
        self.sides = Sides(article.document.text, actors)
        self.context = StoryContext(article)
        self.dated: Dated = {}
        self.finds: dict[Span, tuple[tuple[Span, When | Miss], ...]] = {}
        self.events: dict[str, list[Claim]] = {}

    def found(self) -> Dated:
        hanging = [
            (claim, span, miss)
            for claim in self.claims
            for span in words_of(claim)
            if (miss := self.by_words(claim, span))
        ]
        wordless = [claim for claim in self.claims if not claim.date and not self.by_tree(claim)]
        for claim, span, miss in hanging:
            self.dated[span] = self.by_event(claim, span, miss)
        for claim in wordless:
            self.keep(claim.trigger, self.by_mention(claim) or self.by_default(claim))
        return self.dated

    def keep(self, span: Span, grounding: Grounding[DateRange]) -> None:
        """Claims that share a trigger share its date: a resolved one stays."""
        if span not in self.dated or self.dated[span].status != "resolved":
            self.dated[span] = grounding

    # --- by words

    def by_words(self, claim: Claim, span: Span) -> Miss | None:
        """Date an expression of a claim; a miss is handed back if it hangs on another event."""
        means = self.context.meaning(claim, span)
        if isinstance(means, Miss) and means.hangs:
            return means
        self.dated[span] = grounded(means)
        return None

    # --- by another event

    def by_event(self, claim: Claim, span: Span, miss: Miss) -> Grounding[DateRange]:
        """ "A day after he arrived", "since the ceasefire": counted from the claim that is told there, if it has a date."""
        for other in self.named_in(claim, span):
            base = self.own_date(other)
            if base is None or base.target is None or base.target.start is None or base.target.end is None:
                continue
            means = after_event(span.of(self.article.document.text), miss, when_of(base.target))
            if isinstance(means, When):
                return replace(grounded(means), chain=(span, other.trigger), method="other event")
        return self.by_publication(claim, span, miss)

    def by_publication(self, claim: Claim, span: Span, miss: Miss) -> Grounding[DateRange]:
        """ "Two days earlier" in a story that told no date: most likely before its publication, but that is not sure."""
        if miss.reason != ON_EVENT or self.published is None or self.context.history:
            return not_found(miss.reason)
        anchor = Anchor(self.published, on(self.published, "publication"), False, self.context.ahead(claim, span))
        found = grounded(meaning(span.of(self.article.document.text), anchor))
        if found.target is None:
            return not_found(miss.reason)
        why = "the story tells no date before it: counted from publication"
        return replace(found, status="ambiguous", reason=why, method="publication date", score=0.5)

    def named_in(self, claim: Claim, span: Span) -> Iterator[Claim]:
        """The claims told inside an expression or right after it."""
        sentence = self.article.sentence_at(span.start)
        end = min(sentence.span.end, span.end + REST_OF_CLAUSE) if sentence is not None else span.end
        for other in self.claims:
            if other is not claim and span.start <= other.trigger.start < end and other.trigger != claim.trigger:
                yield other

    def own_date(self, claim: Claim) -> Grounding[DateRange] | None:
        """A date that words give, not the publication's."""
        keys = (*(filler.span for filler in claim.date), claim.trigger)
        found = (self.dated.get(key) for key in keys)
        return next((g for g in found if g is not None and g.status == "resolved" and g.method in OWN), None)

    # --- without words

    def by_tree(self, claim: Claim) -> bool:
        """An expression that hangs on the trigger and that the reader does not propose."""
        found = self.article.words(claim.trigger)
        if found is None:
            return False
        trigger = head(*found)
        for look, why, score in ((attached, "the trigger", 1.0), (shared, "the verb above", SHARED)):
            span = look(found[0], trigger, self.find)
            grounding = grounded(self.context.meaning(claim, span)) if span is not None else None
            if span is not None and grounding is not None and grounding.status == "resolved":
                reason = f"{grounding.reason}; hangs on {why}"
                self.keep(claim.trigger, replace(grounding, chain=(span,), reason=reason, score=score))
                return True
        return False

    def find(self, span: Span) -> tuple[tuple[Span, When | Miss], ...]:
        """The expressions of a sentence, looked for once."""
        if span not in self.finds:
            start = span.start
            found = find(span.of(self.article.document.text), Anchor(self.published))
            self.finds[span] = tuple((Span(start + s.start, start + s.end), means) for s, means in found)
        return self.finds[span]

    def by_mention(self, claim: Claim) -> Grounding[DateRange] | None:
        """The date of the nearest other mention of the same event."""
        others = (o for o in self.with_dates(claim.event) if o is not claim)
        for other in nsmallest(NEAREST, others, key=lambda o: abs(o.trigger.start - claim.trigger.start)):
            date = self.own_date(other) if same_event(claim, other, self.sides) else None
            if date is not None:
                why = f"another mention of the event: {date.reason}"
                return replace(date, chain=(claim.trigger, other.trigger), reason=why, method="same event")
        return None

    def with_dates(self, event: str) -> list[Claim]:
        """The claims of a type that have a date of their own, looked for once, when all words are dated."""
        if event not in self.events:
            self.events[event] = [c for c in self.claims if c.event == event and self.own_date(c) is not None]
        return self.events[event]

    def by_default(self, claim: Claim) -> Grounding[DateRange]:
        """The year of an anniversary, else the day of publication for what is news, else nothing."""
        kept = anniversary(self.article, claim.trigger)
        if kept is not None and claim.status == "historical":
            return grounded(kept)
        if self.context.history and claim.status in ("actual", "negated"):
            return not_found(HISTORY)
        return without_words(claim.status, self.published)


def words_of(claim: Claim) -> tuple[Span, ...]:
    return tuple(filler.span for filler in claim.date)


def after_event(text: str, miss: Miss, base: When) -> When | Miss:
    """A number of units from an event, or an open range: "since the ceasefire"."""
    if miss.refers:
        return counted_from(miss, base)
    opener = OPENER.match(text)
    return bounded(base, opener[1].lower(), "") if opener else miss


def when_of(date: DateRange) -> When:
    assert date.start is not None and date.end is not None
    first, last = ((d.year, d.month, d.day) for d in (date.start, date.end))
    return When("point", first, last, date.granularity, "the event's date")
