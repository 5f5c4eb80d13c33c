"""Who speaks in a quotation: the subject of the word of saying beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from polybius.grounding.coreference import lexicon
from polybius.grounding.coreference.phrases import Phrase
from polybius.records import Span

MARK = re.compile(r'["“”„«»]|\n\s*\n')
OPENING, CLOSING = "“„«", "”»"


def quotations(text: str, ends: Sequence[int]) -> tuple[Span, ...]:
    """What stands between quotation marks; what is never closed ends with its sentence."""
    found: list[Span] = []
    begin = -1
    for match in MARK.finditer(text):
        opens = opening(text, match)
        if begin >= 0:
            closed = not opens and match.group()[0] != "\n"
            found.append(Span(begin, match.start() if closed else min(match.start(), end_of(begin, ends))))
        begin = match.end() if opens else -1
    if begin >= 0:
        found.append(Span(begin, min(len(text), end_of(begin, ends))))
    return tuple(quotation for quotation in found if quotation.start < quotation.end)


def end_of(offset: int, ends: Sequence[int]) -> int:
    """The end of the sentence that holds a character."""
    at = bisect_right(ends, offset)
    return ends[at] if at < len(ends) else offset


def opening(text: str, match: re.Match[str]) -> bool:
    """Whether a mark opens a quotation: by its form or, where that does not tell, by the blanks around it."""
    mark = match.group()
    if mark in OPENING or mark in CLOSING or mark[0] == "\n":
        return mark in OPENING
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return (not before or before.isspace() or before in "([—-") and bool(after) and not after.isspace()


class Speakers:
    """The speaker of each quotation of an article."""

    def __init__(self, text: str, ends: Sequence[int], phrases: Sequence[Phrase]) -> None:
        self.quotations = quotations(text, ends)
        self.starts = [q.start for q in self.quotations]
        self.tags = [p for p in phrases if says(p)]
        self.tag_starts = [p.start for p in self.tags]
        self.done: dict[int, Phrase | None] = {}

    def at(self, offset: int) -> int | None:
        """The position of the quotation that holds a character."""
        at = bisect_right(self.starts, offset) - 1
        return at if at >= 0 and offset < self.quotations[at].end else None

    def speaker(self, offset: int) -> Phrase | None:
        """The phrase that names who speaks at a character, if anybody does."""
        at = self.at(offset)
        if at is None:
            return self.tagged(offset)
        if at not in self.done:
            self.done[at] = self.find(at)
        return self.done[at]

    def tagged(self, offset: int) -> Phrase | None:
        """Where the marks of a quotation are lost: the tag that follows in the sentence, "… , she said"."""
        at = bisect_right(self.tag_starts, offset)
        if at == len(self.tags) or not self.tags[at].sentence.span.start <= offset:
            return None
        return self.tags[at]

    def find(self, at: int) -> Phrase | None:
        """A tag after the quotation in its last sentence, else before it in its first, else the speaker before."""
        here = self.quotations[at]
        tags = [p for p in self.tags if self.at(p.start) != at]
        near = [p for p in tags if p.sentence.span.start < here.end + 2 and here.start - 2 < p.sentence.span.end]
        if near:
            return min(near, key=lambda p: min(abs(p.start - here.end), abs(here.start - p.start)))
        return self.speaker(self.quotations[at - 1].start) if at > 0 else None


def says(phrase: Phrase) -> bool:
    if phrase.position != "subject":
        return False
    sentence, verb = phrase.sentence, phrase.verb
    return (
        0 <= verb < len(sentence) and sentence.upos[verb] == "VERB" and sentence.lemmas[verb].lower() in lexicon.SAYING
    )
