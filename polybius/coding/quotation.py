"""Quotations of a text, also over paragraphs: each paragraph opens again, only the last one closes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from polybius.records import Span

MARK = re.compile(r'["“”„«»]|\n\s*\n')
OPENING, CLOSING = "“„«", "”»"


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
    """All quotations in the order of the text; one that is never closed ends with its paragraph."""
    found: list[Quotation] = []
    begin, unclosed_to, goes_on = -1, -1, False
    for match in MARK.finditer(text):
        mark = match.group()
        if begin >= 0 and mark not in OPENING:
            found.append(Quotation(begin, match.start(), goes_on))
            unclosed_to = match.end() if mark[0] == "\n" else -1
            begin = -1
        elif begin < 0 and mark[0] != "\n" and mark not in CLOSING:
            begin, goes_on = match.end(), match.start() == unclosed_to
    if begin >= 0:
        found.append(Quotation(begin, len(text), goes_on))
    return tuple(found)


def quotation_at(found: Sequence[Quotation], offset: int) -> int | None:
    """The position of the quotation that holds a character."""
    at = bisect_right(found, offset, key=lambda quotation: quotation.start) - 1
    return at if at >= 0 and offset < found[at].end else None
