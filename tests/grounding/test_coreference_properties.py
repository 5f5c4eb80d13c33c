"""Whatever the parse, chains come out, and their spans are mentions of the text."""

from __future__ import annotations

import pytest
from coreference_hand import article
from hypothesis import given, settings
from hypothesis import strategies as st

from polybius.grounding import fill
from polybius.grounding.coreference import chains
from polybius.records import Claim, Filler, NameKind, Reading
from polybius.reference import World, load

FORMS = (
    "he",
    "They",
    "its",
    "Kim",
    "North",
    "Korean",
    "leader",
    "the",
    "both",
    "sides",
    "«",
    '"',
    "I",
    "Ωμέγα",
    "1,200",
    ")",
)
TAGS = ("NOUN", "PROPN", "PRON", "VERB", "ADJ", "PUNCT", "DET", "X")
RELATIONS = ("nsubj", "obj", "flat", "appos", "conj", "nmod:poss", "compound", "cop", "amod", "det", "punct")
KINDS: tuple[NameKind, ...] = ("PERSON", "ORG", "PLACE", "MISC")


@pytest.fixture(scope="module")
def world() -> World:
    return load()


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A sentence with any words, tags and relations; its heads make a tree whose root is the first word."""
    size = draw(st.integers(1, 9))
    rows = []
    for at in range(size):
        head = draw(st.integers(1, at)) if at else 0
        word = [draw(st.sampled_from(FORMS)), draw(st.sampled_from(TAGS)), str(head)]
        rows.append("/".join([*word, draw(st.sampled_from(RELATIONS)) if at else "root"]))
    return " ".join(rows)


@settings(max_examples=150, deadline=None)
@given(st.lists(lines(), min_size=1, max_size=5), st.sampled_from(KINDS), st.sampled_from(KINDS))
def test_chains_of_any_parse(world: World, text: list[str], one: NameKind, two: NameKind) -> None:
    found = article(*text, names={"Kim": one, "North": two})
    every = chains(found, world)
    for chain in every.chains:
        assert chain.best in chain.spans
        assert len(chain.mentions) > 1 or chain.members
        assert list(chain.spans) == sorted(chain.spans)
        assert all(0 <= s.start < s.end <= len(found.document.text) for s in chain.spans)
        assert all(m.span.contains(m.head) for m in chain.mentions)
    spans = [n.span for n in found.names]
    claims = [Claim(n.sentence, n.span, "ASSAULT", actor=(Filler(s),)) for n, s in zip(found.names, spans, strict=True)]
    assert len(fill(claims, Reading("d", found.sentences), found, every)) == len(claims)
