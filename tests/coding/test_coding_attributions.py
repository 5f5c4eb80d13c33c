"""Who says, thinks or wants what, whether an event is told or not."""

from __future__ import annotations

from dataclasses import replace

from hand import Story

from polybius.coding import Attribution, attributions, outermost

SAID = """
Lula Lula PROPN 2 nsubj
said say VERB 0 root VerbForm=Fin
Peru Peru PROPN 4 nsubj
wants want VERB 2 ccomp VerbForm=Fin
to to PART 6 mark
leave leave VERB 4 xcomp
"""
BESIDE = """
Peru Peru PROPN 2 nsubj
left leave VERB 0 root VerbForm=Fin
, , PUNCT 5 punct
Lula Lula PROPN 5 nsubj
said say VERB 2 parataxis VerbForm=Fin
"""
INSIDE = """
Peru Peru PROPN 5 nsubj
, , PUNCT 4 punct
Lula Lula PROPN 4 nsubj
says say VERB 5 parataxis VerbForm=Fin
left leave VERB 0 root VerbForm=Fin
"""
TOLD = """
He he PRON 3 nsubj:pass
was be AUX 3 aux:pass
told tell VERB 0 root VerbForm=Part
by by ADP 5 case
Lula Lula PROPN 3 obl:agent
to to PART 7 mark
leave leave VERB 3 xcomp
"""
CLAIM = """
Lula Lula PROPN 3 nmod:poss
's 's PART 1 case
claim claim NOUN 0 root
that that SCONJ 6 mark
Peru Peru PROPN 6 nsubj
left leave VERB 3 acl VerbForm=Fin
"""
ACCORDING = """
According accord VERB 3 case
to to ADP 1 fixed
Lula Lula PROPN 5 obl
Peru Peru PROPN 5 nsubj
left leave VERB 0 root VerbForm=Fin
"""
QUOTED = """
`` `` PUNCT 4 punct
Peru Peru PROPN 4 nsubj
has have AUX 4 aux
left leave VERB 8 ccomp VerbForm=Fin
, , PUNCT 4 punct
'' '' PUNCT 4 punct
Lula Lula PROPN 8 nsubj
said say VERB 0 root VerbForm=Fin
"""
GOES_ON = """
`` `` PUNCT 3 punct
Nobody nobody PRON 3 nsubj
knows know VERB 0 root VerbForm=Fin
. . PUNCT 3 punct
'' '' PUNCT 3 punct
"""
HELPED = """
Lula Lula PROPN 2 nsubj
helped help VERB 0 root VerbForm=Fin
them they PRON 2 obj
leave leave VERB 2 xcomp
"""
WEATHER = """
It it PRON 2 nsubj
says say VERB 0 root VerbForm=Fin
that that SCONJ 5 mark
Peru Peru PROPN 5 nsubj
left leave VERB 2 ccomp VerbForm=Fin
"""
SURE = """
Lula Lula PROPN 3 nsubj
is be AUX 3 cop
sure sure ADJ 0 root
Peru Peru PROPN 5 nsubj
left leave VERB 3 ccomp VerbForm=Fin
"""


def read(*blocks: str) -> tuple[Story, tuple[Attribution, ...]]:
    story = Story(blocks)
    return story, attributions(story.document, story.reading())


def told(*blocks: str) -> list[tuple[str, str | None, str, list[str]]]:
    story, found = read(*blocks)
    text = story.text
    return [(a.kind, a.source and a.source.of(text), a.cue.of(text), [c.of(text) for c in a.content]) for a in found]


def test_a_saying_with_a_wish_inside_of_it() -> None:
    assert told(SAID) == [
        ("said", "Lula", "said", ["Peru wants to leave"]),
        ("meant", "Peru", "wants", ["to leave"]),
    ]


def test_nothing_inside_of_what_somebody_says_is_outermost() -> None:
    story, found = read(SAID)
    assert [one.cue.of(story.text) for one in outermost(found)] == ["said"]


def test_a_cue_behind_and_one_within_its_content() -> None:
    assert told(BESIDE) == [("said", "Lula", "said", ["Peru left"])]
    assert told(INSIDE) == [("said", "Lula", "says", ["Peru", "left"])]


def test_the_agent_of_a_passive_speaks() -> None:
    assert told(TOLD) == [("said", "Lula", "told", ["to leave"])]


def test_a_noun_of_saying_with_its_owner() -> None:
    assert told(CLAIM) == [("said", "Lula", "claim", ["that Peru left"])]


def test_according_to() -> None:
    assert told(ACCORDING) == [("said", "Lula", "According to", ["Peru left"])]


def test_a_quotation_goes_on_after_its_speaker() -> None:
    ((kind, source, cue, content),) = told(QUOTED, GOES_ON)
    assert (kind, source, cue) == ("said", "Lula", "said")
    assert content[0].startswith("Peru has left")
    assert content[-1].startswith("Nobody knows")


def test_an_adjective_of_belief() -> None:
    assert told(SURE) == [("thought", "Lula", "sure", ["Peru left"])]


def test_an_expletive_is_nobody() -> None:
    assert told(WEATHER) == [("said", None, "says", ["that Peru left"])]


def test_helping_is_no_saying() -> None:
    assert told(HELPED) == []


def test_a_signature_and_a_label_name_their_speakers() -> None:
    story = Story([SAID])
    text = f"{story.text} — Ana Diaz (@ana)\nMR. SILVA: Peru left"
    found = attributions(replace(story.document, text=text), story.reading())
    assert {one.source.of(text) for one in found if one.source} == {"Lula", "Peru", "Ana Diaz", "MR. SILVA"}
