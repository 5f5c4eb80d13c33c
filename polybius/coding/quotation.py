"""Quotations of a text, also over paragraphs: each paragraph opens again, only the last one closes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from polybius.records import Span

MARK = re.compile(r'["“”„«»]|\n\s*\n')
OPENING, REOPENING = "“„«", ('"', "“", "„", "«")
SENTENCE_END = re.compile(r"(?<=[^\W_]{2})[.!?](?=\s)")  # not after the initial of a name or of "U.S."


@dataclass(frozen=True, slots=True, order=True)
class Quotation:
    """Words between quotation marks. ``goes_on``: the speaker of the quotation before is still speaking."""

    start: int
    end: int
    goes_on: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def quotations(text: str) -> tuple[Quotation, ...]:
    """All quotations in the order of the text.

    One that is never closed goes to the end of its paragraph where the next paragraph opens again, as printers have it, and
    else to the end of its sentence: its closing mark was lost.
    """
    found: list[Quotation] = []
    begin, unclosed_to, goes_on = -1, -1, False
    for match in MARK.finditer(text):
        opens = match.group() in OPENING
        if begin >= 0:
            end, unclosed_to = ended(text, begin, match)
            found.append(Quotation(begin, end, goes_on))
            begin = -1
        else:
            opens = opens or match.group() == '"'
        if opens:
            begin, goes_on = match.end(), match.start() == unclosed_to
    if begin >= 0:
        found.append(Quotation(begin, sentence_end(text, begin, len(text)), goes_on))
    return tuple(found)


def ended(text: str, begin: int, mark: re.Match[str]) -> tuple[int, int]:
    """Where a quotation ends that a mark cuts short, and where its speaker may open again; -1 where he has done."""
    paragraph = mark.group()[0] == "\n"
    if not paragraph and mark.group() not in OPENING:
        return mark.start(), -1
    if paragraph and text[mark.end() : mark.end() + 1] in REOPENING:
        return mark.start(), mark.end()
    return sentence_end(text, begin, mark.start()), -1


def sentence_end(text: str, begin: int, limit: int) -> int:
    """Where the sentence that goes on at ``begin`` ends, or ``limit``."""
    end = SENTENCE_END.search(text, begin, limit)
    return end.end() if end else limit


def quotation_at(found: Sequence[Quotation], offset: int) -> int | None:
    """The position of the quotation that holds a character."""
    at = bisect_right(found, offset, key=lambda quotation: quotation.start) - 1
    return at if at >= 0 and offset < found[at].end else None
