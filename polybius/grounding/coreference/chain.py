"""Mentions and the chains that they form: who is meant by a name, a description or a pronoun of one article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from polybius.records import Span

MentionKind = Literal["name", "description", "pronoun"]
Number = Literal["singular", "plural"]
Gender = Literal["male", "female"]

OVERLAP = 0.5  # how much of the words two phrases must share to be the same mention


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that stands for somebody or something. ``head`` is its head word; None is "the words do not tell"."""

    span: Span
    head: Span
    sentence: int
    word: int
    kind: MentionKind
    number: Number | None = None
    gender: Gender | None = None
    animate: bool | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """Mentions of one entity in the order of the text.

    ``best`` is the most informative mention: a full name with its title, else the fullest description. The members
    of a group ("the two leaders") are the best mentions of those who form it; any other chain has none.
    """

    mentions: tuple[Mention, ...]
    best: Span
    members: tuple[Span, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(mention.span for mention in self.mentions)


@dataclass(frozen=True, slots=True)
class Chains:
    """The chains of an article, found by any of their mentions. A mention that stands alone has no chain."""

    chains: tuple[Chain, ...] = ()
    by_span: Mapping[Span, int] = field(default_factory=dict)
    heads: tuple[tuple[Span, Span, int], ...] = ()  # head word, mention, chain

    def of(self, span: Span) -> Chain | None:
        """The chain of the mention with this span or head word, or of one with nearly the same words."""
        at = self.by_span.get(span)
        if at is None:
            at = self._near(span)
        return None if at is None else self.chains[at]

    def _near(self, span: Span) -> int | None:
        first = bisect_left(self.heads, span.start, key=lambda row: row[0].start)
        end = bisect_right(self.heads, span.end - 1, key=lambda row: row[0].start)
        rows = [row for row in self.heads[first:end] if row[0] == span or alike(row[1], span) >= OVERLAP]
        best = max(rows, key=lambda row: (alike(row[1], span), row[1]), default=None)
        return None if best is None else best[2]


def alike(one: Span, two: Span) -> float:
    """Characters in common as a share of all characters of both."""
    common = min(one.end, two.end) - max(one.start, two.start)
    return max(common, 0) / (max(one.end, two.end) - min(one.start, two.start) or 1)


def index(chains: Iterable[Chain]) -> Chains:
    """Chains that are found by their mentions. Of two mentions with one span the earlier chain's wins."""
    kept = tuple(chains)
    by_span: dict[Span, int] = {}
    rows = []
    for at, chain in enumerate(kept):
        for mention in chain.mentions:
            by_span.setdefault(mention.span, at)
            rows.append((mention.head, mention.span, at))
    return Chains(kept, by_span, tuple(sorted(rows)))
