"""The year that an anniversary looks back to."""

from __future__ import annotations

import re
from dataclasses import replace

from polybius.grounding.article import Article
from polybius.grounding.dates import Miss, When
from polybius.grounding.dates.when import years
from polybius.grounding.dates.words import ORDINAL, ordinal
from polybius.records import Span

ANNIVERSARY = re.compile(rf"\b(?P<o>{ORDINAL}|\d+[- ]year)[- ](?:year )?anniversary\b", re.IGNORECASE)
YEAR = re.compile(r"(?<![\d$£€.,])(?:1[5-9]|20)\d\d(?![\d%]|,\d)")


def anniversary(article: Article, trigger: Span) -> When | None:
    """The year that an anniversary named before a trigger, in the same sentence, looks back to."""
    sentence, published = article.sentence_at(trigger.start), article.document.published
    if sentence is None or published is None:
        return None
    match = ANNIVERSARY.search(article.document.text, sentence.span.start, trigger.start)
    count = back(match["o"].lower()) if match is not None else 0
    if not 0 < count < published.year:
        return None
    return years(published.year - count, published.year - count, "year", f"{count} years before the anniversary")


def back(words: str) -> int:
    return int(re.match(r"\d+", words)[0]) if words[0].isdigit() else ordinal(words)  # type: ignore[index]


def remembered(article: Article, span: Span, means: When | Miss) -> When | Miss:
    """ "The 20th anniversary of the attacks of 11 September": that day, so many years ago."""
    year = anniversary(article, span)
    if year is None or isinstance(means, Miss) or means.first is None or means.last is None or year.first is None:
        return means
    if YEAR.search(span.of(article.document.text)) or means.grain not in ("day", "month"):
        return means
    first, last = ((year.first[0], day[1], day[2]) for day in (means.first, means.last))
    return replace(means, first=first, last=last, why=year.why)
