"""Countries of the surroundings: what is asked, what speaks for a country, the choice."""

from __future__ import annotations

from coreference_hand import article, span

from polybius.grounding.article import mended
from polybius.grounding.belonging import Vote, asked, candidates, packaged, ranking
from polybius.records import Name, NameKind, Span

STRIKE = "Israel/PROPN/2/nsubj killed/VERB/0/root/kill villagers/NOUN/2/obj/villager in/ADP/5/case Lebanon/PROPN/2/obl ./PUNCT/2/punct"
ISRAEL = Vote(0, 6, 0, "ISR", "armed", "subject", 1)
LEBANON = Vote(27, 34, 0, "LBN", "where", "oblique", 1)


def test_what_is_asked_knows_group_part_and_verb() -> None:
    here = article(STRIKE, names={})
    what = asked(here, span(here, "villagers"), ("CVL",))
    assert what is not None
    assert (what.group, what.part, what.verb) == ("people", "object", 1)
    assert asked(here, Span(500, 501), ()) is None


def test_each_country_has_its_own_features_and_nobody_has_some() -> None:
    here = article(STRIKE, names={})
    what = asked(here, span(here, "villagers"), ("CVL",))
    assert what is not None
    found = dict(candidates(what, (ISRAEL, LEBANON)))
    assert set(found) == {None, "ISR", "LBN"}
    assert "object beside subject True armed" in found["ISR"]
    assert "object beside subject True armed" not in found["LBN"]
    assert "where 1" in found["LBN"] and "nobody countries 2" in found[None]


def test_the_place_of_a_strike_is_likelier_than_whose_forces_strike() -> None:
    here = article(STRIKE, names={})
    what = asked(here, span(here, "villagers"), ("CVL",))
    assert what is not None
    ranked = ranking(what, (ISRAEL, LEBANON))
    assert ranked[0][0] == "LBN"
    assert abs(sum(share for _, share in ranked) - 1) < 1e-9
    reverse = ranking(what, (ISRAEL, LEBANON), {"object beside subject True armed": 5.0})
    assert reverse[0][0] == "ISR"


def test_the_table_of_weights_is_there() -> None:
    assert len(packaged()) > 100 and "nobody" in " ".join(packaged())


def name(text: str, words: str, kind: NameKind) -> Name:
    return Name(Span(text.index(words), text.index(words) + len(words)), kind, 0)


def test_pieces_of_one_name_are_put_together_and_articles_are_none() -> None:
    text = "The talks of President Obama with the Supreme Court of Israel"
    found = mended(
        text,
        [
            name(text, "The", "ORG"),
            name(text, "President", "PERSON"),
            name(text, "Obama", "PERSON"),
            name(text, "Supreme Court of", "ORG"),
            name(text, "Israel", "PLACE"),
        ],
    )
    assert [(n.span.of(text), n.kind) for n in found] == [
        ("President Obama", "PERSON"),
        ("Supreme Court of Israel", "ORG"),
    ]
