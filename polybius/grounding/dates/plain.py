"""A text as the patterns want it: lower case, plain marks, single spaces; and the way back to its characters."""

from __future__ import annotations

import re

from polybius.records import Span

PLAIN = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "\u00a0": " "})
ODD_SPACE = re.compile(r"\s\s+|[^\S ]")
ENDS = tuple(".!?:;\"')")


def flat(text: str) -> tuple[str, list[int] | None]:
    """Lower case, plain quotation marks and dashes, single spaces, one line a paragraph; with the old positions, if they differ."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    lower = lower.translate(PLAIN)
    if ODD_SPACE.search(lower) is None:
        return lower, None
    pieces: list[str] = []
    kept: list[int] = []
    at = 0
    for gap in ODD_SPACE.finditer(lower):
        pieces += (lower[at : gap.start()], "\n" if ends_paragraph(lower, gap) else " ")
        kept += range(at, gap.start() + 1)
        at = gap.end()
    kept += range(at, len(lower))
    return "".join((*pieces, lower[at:])), kept


def ends_paragraph(text: str, gap: re.Match[str]) -> bool:
    """Whether a gap in wrapped or unwrapped text stands between paragraphs."""
    lines = gap[0].count("\n")
    return lines > 1 or (lines == 1 and (gap[0][-1] != "\n" or text[gap.start() - 1 : gap.start()] in ENDS))


def original(start: int, end: int, back: list[int] | None) -> Span:
    """The span in the text of a stretch of its plain form."""
    return Span(start, end) if back is None else Span(back[start], back[end - 1] + 1)
