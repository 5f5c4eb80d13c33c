"""Every candidate of the network, also those that the reader holds for too unlikely to report."""

from __future__ import annotations

import copy

from polybius.records import Span
from polybius.run.plan import ReaderLike

FLOOR = 0.0  # the network itself keeps only candidates that are not hopeless
Party = Span | tuple[int, int] | str


def lowered(reader: ReaderLike) -> ReaderLike:
    """The same reader with a threshold that lets every candidate of the network pass."""
    other = copy.copy(reader)
    for name in ("threshold", "brief_threshold"):
        if hasattr(other, name):
            setattr(other, name, FLOOR)
    return other


def place_of(party: Party, text: str, role: str) -> Span:
    """Where a party stands in a text, given as characters or as its words. Raises ValueError where it does not."""
    if isinstance(party, str):
        start = text.find(party) if party else -1
        if start < 0:
            raise ValueError(
                f"the {role} {party!r} is not in the text; give its words as they stand there, or their Span"
            )
        return Span(start, start + len(party))
    start, end = (party.start, party.end) if isinstance(party, Span) else party
    if not 0 <= start < end <= len(text):
        raise ValueError(f"the {role} stands at {start}–{end}, but the text has {len(text)} characters")
    return Span(start, end)
