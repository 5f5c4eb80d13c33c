"""What one given party did to another."""

from __future__ import annotations

import pytest
from hand import Story

from polybius import codebook
from polybius.coding import between
from polybius.coding.between import arcs
from polybius.coding.tree import grow
from polybius.records import Claim, Filler, Span

BOOK = codebook.load()
TEXT = """
Peru Peru PROPN 2 nsubj
praised praise VERB 0 root VerbForm=Fin
Chile Chile PROPN 2 obj
and and CCONJ 6 cc
Lula Lula PROPN 6 nsubj
accused accuse VERB 2 conj VerbForm=Fin
Chad Chad PROPN 6 obj
"""


def story() -> Story:
    return Story([TEXT])


def span(words: str) -> Span:
    start = story().text.index(words)
    return Span(start, start + len(words))


def claim(event: str, trigger: str, actor: str, recipient: str, score: float = 0.5) -> Claim:
    sides = {"actor": (Filler(span(actor)),), "recipient": (Filler(span(recipient)),)}
    return Claim(0, span(trigger), event, confidence=(("event", score),), **sides)


CLAIMS = (claim("SUPPORT", "praised", "Peru", "Chile"), claim("ACCUSE", "accused", "Lula", "Chad"))


@pytest.mark.parametrize(("actor", "recipient", "event"), [("Peru", "Chile", "SUPPORT"), ("Lula", "Chad", "ACCUSE")])
def test_the_event_whose_sides_are_the_two_comes_first(actor: str, recipient: str, event: str) -> None:
    found = between(story().reading(), CLAIMS, span(actor), span(recipient), BOOK)
    assert [deed.event for deed in found][0] == event
    assert found[0].chance > 0.8
    assert sum(deed.chance for deed in found) == pytest.approx(1.0, abs=0.002)


def test_a_surer_candidate_is_likelier() -> None:
    rival = claim("REJECT", "praised", "Peru", "Chile", score=0.2)
    found = between(story().reading(), (CLAIMS[0], rival), span("Peru"), span("Chile"), BOOK)
    assert [deed.event for deed in found] == ["SUPPORT", "REJECT"]


def test_the_other_way_round_is_less_likely() -> None:
    reversed_ = claim("AID", "praised", "Chile", "Peru")
    found = between(story().reading(), (CLAIMS[0], reversed_), span("Peru"), span("Chile"), BOOK)
    assert [deed.event for deed in found] == ["SUPPORT", "AID"]


def test_without_candidates_nothing_is_said() -> None:
    assert between(story().reading(), (), span("Peru"), span("Chile"), BOOK) == ()


def test_arcs_are_counted_by_way_of_the_shared_head() -> None:
    tree = grow(story().reading().sentences[0])
    assert arcs(tree, 1, span("Peru")) == 1
    assert arcs(tree, 5, span("Chile")) == 2
    assert arcs(tree, 5, Span(900, 910)) == 6
