"""Gold chains of GUM: the mentions of MISC ``Entity=`` with their heads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from treebanks import TreeDocument

Span = tuple[int, int]
BRACKET = re.compile(
    r"\((?P<open>\d+)(?:\[[^\]]*\])?(?P<rest>(?:-[^()]*)?)(?P<single>\)?)|(?P<close>\d+)(?:\[[^\]]*\])?\)"
)


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention: its characters, the characters of its head word, the chain."""

    span: Span
    head: Span
    chain: str


def gold_mentions(document: TreeDocument) -> list[GoldMention]:
    """All mentions of a document, also of entities that are mentioned once."""
    return [
        GoldMention((document.words[first].start, document.words[last].end), head_of(document, first, last), chain)
        for first, last, chain in _brackets(document)
    ]


def _brackets(document: TreeDocument) -> Iterator[tuple[int, int, str]]:
    """First word, last word and chain of each mention."""
    opened: dict[str, list[int]] = {}
    for at, word in enumerate(document.words):
        for match in BRACKET.finditer(word.entity):
            if match["close"]:
                yield opened[match["close"]].pop(), at, match["close"]
            elif match["single"]:
                yield at, at, match["open"]
            else:
                opened.setdefault(match["open"], []).append(at)


def head_of(document: TreeDocument, first: int, last: int) -> Span:
    """The first word of a mention whose head lies outside it."""
    words = document.words
    top = next((i for i in range(first, last + 1) if not first <= words[i].head <= last), first)
    return words[top].start, words[top].end


def gold_clusters(mentions: list[GoldMention]) -> list[list[GoldMention]]:
    """Chains of two and more mentions."""
    chains: dict[str, list[GoldMention]] = {}
    for mention in mentions:
        chains.setdefault(mention.chain, []).append(mention)
    return [chain for chain in chains.values() if len(chain) > 1]
