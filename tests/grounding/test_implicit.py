"""Open roles that the article fills."""

from __future__ import annotations

from dataclasses import replace

from coreference_hand import article, span

from polybius.grounding import implicit
from polybius.grounding.article import Article
from polybius.grounding.coreference import Chains
from polybius.records import Claim, Filler, Reading, Span

STORY = (
    "Police/NOUN/2/nsubj arrested/VERB/0/root/arrest Berg/PROPN/2/obj ./PUNCT/2/punct",
    "Rain/NOUN/2/nsubj fell/VERB/0/root/fall ./PUNCT/2/punct",
    "The/DET/2/det arrest/NOUN/3/nsubj surprised/VERB/0/root/surprise everybody/PRON/3/obj ./PUNCT/3/punct",
)


def story() -> tuple[Article, tuple[Claim, ...]]:
    found = article(*STORY, names={"Berg": "PERSON"})
    first = Claim(
        0,
        span(found, "arrested"),
        "COERCE",
        ("arrest",),
        actor=(Filler(span(found, "Police")),),
        recipient=(Filler(span(found, "Berg")),),
        confidence=(("event", 0.9), ("status", 0.9), ("actor", 0.9), ("recipient", 0.9)),
    )
    second = Claim(
        2, span(found, "arrest", 2), "COERCE", ("arrest",), confidence=(("event", 0.8), ("status", 0.9), ("date", 0.7))
    )
    return found, (first, second)


def filled() -> tuple[Article, tuple[Claim, ...]]:
    found, claims = story()
    return found, implicit.fill(claims, Reading("d", found.sentences), found, Chains())


def test_a_second_mention_of_an_event_takes_the_parties_of_the_first() -> None:
    found, claims = filled()
    assert [found.text(f.span) for f in claims[1].actor] == ["Police"]
    assert [found.text(f.span) for f in claims[1].recipient] == ["Berg"]


def test_what_the_article_fills_is_implicit_and_scored() -> None:
    _, claims = filled()
    assert all(f.implicit and 0 < f.score <= 1 for f in (*claims[1].actor, *claims[1].recipient))
    assert [name for name, _ in claims[1].confidence] == ["event", "status", "actor", "recipient", "date"]


def test_roles_that_the_sentence_fills_are_left_alone() -> None:
    _, before = story()
    assert filled()[1][0] == before[0]


def test_nobody_is_found_where_nobody_takes_part() -> None:
    found, claims = story()
    alone = (claims[1],)
    assert implicit.fill(alone, Reading("d", found.sentences), found, Chains()) == alone


def test_the_filler_is_the_nearest_mention_before_the_event() -> None:
    mentions = (Span(0, 4), Span(20, 24), Span(60, 64))
    party = implicit.Party(mentions[0], mentions, frozenset({0}), "name", "PERSON")
    assert implicit.nearest(party, Span(50, 55)) == Span(20, 24)
    assert implicit.nearest(replace(party, mentions=mentions[2:]), Span(50, 55)) == Span(60, 64)
