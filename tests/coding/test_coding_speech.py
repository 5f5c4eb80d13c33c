"""Who says so."""

import pytest
from hand import Story

from polybius.coding.quotation import quotations

BEFORE = """
Officials official NOUN 2 nsubj
said say VERB 0 root VerbForm=Fin
rebels rebel NOUN 4 nsubj
shelled shell VERB 2 ccomp VerbForm=Fin
Aden Aden PROPN 4 obj
"""
AFTER = """
Rebels rebel NOUN 2 nsubj
shelled shell VERB 0 root VerbForm=Fin
Aden Aden PROPN 2 obj
, , PUNCT 6 punct
officials official NOUN 6 nsubj
said say VERB 2 parataxis VerbForm=Fin
"""
INSIDE = """
Rebels rebel NOUN 6 nsubj
, , PUNCT 4 punct
officials official NOUN 4 nsubj
said say VERB 6 parataxis VerbForm=Fin
, , PUNCT 4 punct
shelled shell VERB 0 root VerbForm=Fin
Aden Aden PROPN 6 obj
"""
ACCORDING = """
Rebels rebel NOUN 2 nsubj
shelled shell VERB 0 root VerbForm=Fin
Aden Aden PROPN 2 obj
, , PUNCT 8 punct
according accord VERB 8 case
to to ADP 5 fixed
the the DET 8 det
army army NOUN 2 obl
"""
ACCUSED = """
Cairo Cairo PROPN 2 nsubj
accused accuse VERB 0 root VerbForm=Fin
rebels rebel NOUN 2 obj
of of SCONJ 5 mark
shelling shell VERB 2 advcl VerbForm=Ger
Aden Aden PROPN 5 obj
"""
PRESUPPOSED = """
Officials official NOUN 2 nsubj
said say VERB 0 root VerbForm=Fin
they they PRON 4 nsubj
fled flee VERB 2 ccomp VerbForm=Fin
after after SCONJ 7 mark
rebels rebel NOUN 7 nsubj
shelled shell VERB 4 advcl VerbForm=Fin
Aden Aden PROPN 7 obj
"""
QUOTED = [
    """
    `` `` PUNCT 4 punct
    We we PRON 4 nsubj
    were be AUX 4 cop
    hungry hungry ADJ 0 root
    . . PUNCT 4 punct
    """,
    """
    They they PRON 2 nsubj
    shelled shell VERB 0 root VerbForm=Fin
    Aden Aden PROPN 2 obj
    , , PUNCT 2 punct
    '' '' PUNCT 2 punct
    Omar Omar PROPN 7 nsubj
    said say VERB 2 dep VerbForm=Fin
    . . PUNCT 2 punct
    """,
    """
    `` `` PUNCT 3 punct
    They they PRON 3 nsubj
    arrested arrest VERB 0 root VerbForm=Fin
    priests priest NOUN 3 obj
    . . PUNCT 3 punct
    '' '' PUNCT 3 punct
    """,
]


def test_speech_before_after_and_around_its_content() -> None:
    for block, speaker in ((BEFORE, "Officials"), (AFTER, "officials"), (INSIDE, "officials")):
        story = Story([block])
        assert story.sources(story.claim("shelled", "ASSAULT")) == [(speaker, "said")]


def test_according_to_somebody() -> None:
    story = Story([ACCORDING])
    assert story.sources(story.claim("shelled", "ASSAULT")) == [("the army", "according to")]


def test_the_readers_source_gets_its_cue() -> None:
    for block, words, cue in ((BEFORE, "Officials", "said"), (ACCORDING, "the army", "according to")):
        story = Story([block])
        assert story.sources(story.claim("shelled", "ASSAULT", by=[words])) == [(words, cue)]


def test_an_accusation_is_the_accusers_act_and_what_it_alleges_his_claim() -> None:
    story = Story([ACCUSED])
    accusation = story.claim("accused", "ACCUSE", actor=["Cairo"], recipient=["rebels"], by=["Cairo"])
    assert accusation.attribution == ()
    assert story.sources(story.claim("shelling", "ASSAULT", actor=["rebels"])) == [("Cairo", "accused")]


def test_an_act_of_speech_is_not_attributed_to_who_does_it() -> None:
    block = """
    Cairo Cairo PROPN 2 nsubj
    said say VERB 0 root VerbForm=Fin
    it it PRON 4 nsubj
    condemned condemn VERB 2 ccomp VerbForm=Fin
    rebels rebel NOUN 4 obj
    """
    story = Story([block])
    assert story.claim("condemned", "ACCUSE", actor=["Cairo"], by=["Cairo"]).attribution == ()
    assert story.sources(story.claim("condemned", "ACCUSE", actor=["it"])) == [("Cairo", "said")]


def test_the_reporter_vouches_for_background() -> None:
    story = Story([PRESUPPOSED])
    assert story.claim("shelled", "ASSAULT").attribution == ()


def test_links_of_a_chain_go_from_the_innermost_out() -> None:
    block = """
    Reuters Reuters PROPN 2 nsubj
    reported report VERB 0 root VerbForm=Fin
    officials official NOUN 4 nsubj
    said say VERB 2 ccomp VerbForm=Fin
    rebels rebel NOUN 6 nsubj
    shelled shell VERB 4 ccomp VerbForm=Fin
    Aden Aden PROPN 6 obj
    """
    story = Story([block])
    assert story.sources(story.claim("shelled", "ASSAULT")) == [("officials", "said"), ("Reuters", "reported")]


def test_a_quotation_goes_on_over_sentences() -> None:
    story = Story(QUOTED)
    first = story.claim("shelled", "ASSAULT")
    assert story.sources(first) == [("Omar", "said")]
    later = story.claim("arrested", "COERCE")
    assert story.sources(later) == [("Omar", "said")]
    assert later.attribution[0].filler.implicit


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We left. He ate. “I know,” she said.", ["We left.", "I know,"]),
        ("“We saw the U.S. flag. They sang.", ["We saw the U.S. flag."]),
        ('"We left," he said. "They sang. We ate."', ["We left,", "They sang. We ate."]),
        ("“We left. He ate.\n\nThe rain fell.", ["We left."]),
        ("“We left. He ate.\n\n“They sang.”", ["We left. He ate.", "They sang."]),
    ],
)
def test_a_lost_closing_mark_costs_one_sentence(text: str, quoted: list[str]) -> None:
    assert [q.span.of(text) for q in quotations(text)] == quoted


def test_quotations_over_paragraphs() -> None:
    text = 'He said: "One.\n\n"Two." Then "three'
    found = quotations(text)
    assert [text[q.start : q.end] for q in found] == ["One.", "Two.", "three"]
    assert [q.goes_on for q in found] == [False, True, False]
    assert quotations("no marks, don't") == ()


def test_the_dateline_of_a_wire_story_does_not_speak() -> None:
    block = """
    MARIGOT Marigot PROPN 3 nsubj
    - - PUNCT 1 punct
    said say VERB 0 root VerbForm=Fin
    rebels rebel NOUN 5 nsubj
    shelled shell VERB 3 ccomp VerbForm=Fin
    """
    assert Story([block]).claim("shelled", "ASSAULT").attribution == ()


def test_an_event_mentioned_in_passing_is_not_what_is_said() -> None:
    block = """
    Berlin Berlin PROPN 2 nsubj
    said say VERB 0 root VerbForm=Fin
    it it PRON 4 nsubj
    mourned mourn VERB 2 ccomp VerbForm=Fin
    over over ADP 7 case
    the the DET 7 det
    murder murder NOUN 4 obl
    """
    assert Story([block]).claim("murder", "ASSAULT").attribution == ()
