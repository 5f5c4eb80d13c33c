"""Who says, thinks or wants what, whether an event is told or not."""

from __future__ import annotations

from dataclasses import replace

from hand import Story

from polybius.coding import Attribution, attributions, outermost
from polybius.records import Name, Span

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
PAPER = """
It it PRON 2 nsubj
says say VERB 0 root VerbForm=Fin
that that SCONJ 5 mark
Peru Peru PROPN 5 nsubj
left leave VERB 2 ccomp VerbForm=Fin
"""
WEATHER = """
It it PRON 2 nsubj
seems seem VERB 0 root VerbForm=Fin
that that SCONJ 5 mark
Peru Peru PROPN 5 nsubj
left leave VERB 2 ccomp VerbForm=Fin
"""
RELATIVE = """
a a DET 2 det
banker banker NOUN 0 root
who who PRON 4 nsubj
said say VERB 2 acl:relcl VerbForm=Fin
Peru Peru PROPN 6 nsubj
left leave VERB 4 ccomp VerbForm=Fin
"""
WRONG_SUBJECT = """
WASHINGTON Washington PROPN 5 nsubj
Peru Peru PROPN 3 nsubj
left leave VERB 5 ccomp VerbForm=Fin
Lula Lula PROPN 5 nsubj
said say VERB 0 root VerbForm=Fin
"""
SHOWN = """
A a DET 2 det
poll poll NOUN 3 nsubj
shows show VERB 0 root VerbForm=Fin
losses loss NOUN 3 obj
"""
PRICED = """
A a DET 2 det
coat coat NOUN 3 nsubj
shows show VERB 0 root VerbForm=Fin
stains stain NOUN 3 obj
"""
POLLED = """
Peru Peru PROPN 2 nsubj
leads lead VERB 0 root VerbForm=Fin
in in ADP 5 case
a a DET 5 det
poll poll NOUN 2 obl
"""
CALLED = """
Lula Lula PROPN 2 nsubj
called call VERB 0 root VerbForm=Fin
for for ADP 4 case
talks talk NOUN 2 obl
"""
KNOW = """
You you PRON 2 nsubj
know know VERB 0 root VerbForm=Fin
Peru Peru PROPN 4 nsubj
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


def test_a_paper_may_speak_and_an_expletive_may_not() -> None:
    assert told(PAPER) == [("said", "It", "says", ["that Peru left"])]
    assert told(WEATHER) == []


def test_a_relative_clause_has_its_noun_for_a_source_and_names_it_by_its_pronoun() -> None:
    story, (one,) = read(RELATIVE)
    assert one.source is not None and one.source.of(story.text) == "a banker"
    assert one.pronoun is not None and one.pronoun.of(story.text) == "who"
    assert one.named == one.pronoun


def test_of_several_subjects_the_nearest_speaks() -> None:
    assert told(WRONG_SUBJECT) == [("said", "Lula", "said", ["Peru left"])]


def test_a_poll_shows_what_a_coat_does_not() -> None:
    assert told(SHOWN) == [("said", "A poll", "shows", ["losses"])]
    assert told(PRICED) == []
    assert told(POLLED) == [("said", "a poll", "in", ["Peru leads"])]


def test_calling_for_something_is_saying() -> None:
    assert told(CALLED) == [("said", "Lula", "called", ["for talks"])]


def test_nobody_reports_what_you_know() -> None:
    assert told(KNOW) == []


def test_a_name_with_a_colon_opens_what_it_says() -> None:
    story = Story([SAID])
    text = story.text.replace("Lula said", "Lula: not")
    name = Name(Span(0, 4), "PERSON", 0)
    found = attributions(replace(story.document, text=text), replace(story.reading(), names=(name,)))
    assert ("Lula", ":") in [(one.source and one.source.of(text), one.cue.of(text)) for one in found]


def test_helping_is_no_saying() -> None:
    assert told(HELPED) == []


def test_a_signature_and_a_label_name_their_speakers() -> None:
    story = Story([SAID])
    text = f"{story.text} — Ana Diaz (@ana)\nMR. SILVA: Peru left"
    found = attributions(replace(story.document, text=text), story.reading())
    assert {one.source.of(text) for one in found if one.source} == {"Lula", "Peru", "Ana Diaz", "MR. SILVA"}
