"""Roles that the reader left empty, and phrases that stand on one side only."""

import pytest
from hand import Story

PASSIVE = """
Three three NUM 2 nummod
students student NOUN 4 nsubj:pass
were be AUX 4 aux:pass
arrested arrest VERB 0 root VerbForm=Part
by by ADP 6 case
police police NOUN 4 obl
on on ADP 8 case
Friday Friday PROPN 4 obl
. . PUNCT 4 punct
"""
POSSESSIVE = """
Israel Israel PROPN 3 nmod:poss
's 's PART 1 case
bombing bombing NOUN 6 nsubj
of of ADP 5 case
Gaza Gaza PROPN 3 nmod
continued continue VERB 0 root VerbForm=Fin
"""
HIS_ARREST = """
Navalny Navalny PROPN 3 nmod:poss
's 's PART 1 case
arrest arrest NOUN 4 nsubj
angered anger VERB 0 root VerbForm=Fin
Berlin Berlin PROPN 4 obj
"""
CONTROLLED = """
Ankara Ankara PROPN 2 nsubj
sent send VERB 0 root VerbForm=Fin
envoys envoy NOUN 2 obj
to to PART 5 mark
meet meet VERB 2 xcomp VerbForm=Inf
Assad Assad PROPN 5 obj
"""
SHARED = """
Soldiers soldier NOUN 2 nsubj
entered enter VERB 0 root VerbForm=Fin
and and CCONJ 4 cc
shot shoot VERB 2 conj VerbForm=Fin
villagers villager NOUN 4 obj
"""
LIGHT = """
Paris Paris PROPN 2 nsubj
launched launch VERB 0 root VerbForm=Fin
strikes strike NOUN 2 obj
on on ADP 5 case
rebels rebel NOUN 3 nmod
"""
BOMB = """
A a DET 2 det
bomb bomb NOUN 3 nsubj
exploded explode VERB 0 root VerbForm=Fin
"""


@pytest.mark.parametrize(
    ("block", "trigger", "event", "actor", "recipient"),
    [
        (PASSIVE, "arrested", "COERCE", ["police"], ["Three students"]),
        (POSSESSIVE, "bombing", "ASSAULT", ["Israel"], ["Gaza"]),
        (HIS_ARREST, "arrest", "COERCE", [], ["Navalny"]),
        (CONTROLLED, "meet", "CONSULT", ["envoys"], []),
        (SHARED, "shot", "ASSAULT", ["Soldiers"], ["villagers"]),
        (LIGHT, "strikes", "ASSAULT", ["Paris"], ["rebels"]),
        (BOMB, "exploded", "ASSAULT", [], []),
    ],
)
def test_the_tree_fills_what_the_reader_left_empty(
    block: str, trigger: str, event: str, actor: list[str], recipient: list[str]
) -> None:
    story = Story([block])
    claim = story.claim(trigger, event)
    assert (story.said(claim.actor), story.said(claim.recipient)) == (actor, recipient)


def test_the_tree_does_not_overrule_the_reader() -> None:
    story = Story([PASSIVE])
    claim = story.claim("arrested", "COERCE", actor=["students"])
    assert story.said(claim.actor) == ["Three students"]
    assert claim.recipient == ()


def test_a_temporal_by_is_no_agent() -> None:
    story = Story([PASSIVE.replace("police police NOUN", "noon noon NOUN")])
    assert story.claim("arrested", "COERCE").actor == ()


def test_a_relative_clause_takes_its_subject_from_its_noun() -> None:
    block = """
    Rebels rebel NOUN 5 nsubj
    who who PRON 3 nsubj PronType=Rel
    shelled shell VERB 1 acl:relcl VerbForm=Fin
    Aden Aden PROPN 3 obj
    fled flee VERB 0 root VerbForm=Fin
    """
    story = Story([block])
    claim = story.claim("shelled", "ASSAULT")
    assert (story.said(claim.actor), story.said(claim.recipient)) == (["Rebels"], ["Aden"])


def test_no_phrase_is_on_both_sides() -> None:
    story = Story([LIGHT])
    surer = story.claim("strikes", "ASSAULT", actor=[("Paris", 0.4)], recipient=[("Paris", 0.8), ("rebels", 0.9)])
    assert (surer.actor, story.said(surer.recipient)) == ((), ["Paris", "rebels"])
    equal = story.claim("strikes", "ASSAULT", actor=["Paris"], recipient=["Paris"])
    assert (story.said(equal.actor), equal.recipient) == (["Paris"], ())


def test_fallbacks_are_less_sure_than_what_the_reader_sees() -> None:
    story = Story([PASSIVE])
    claim = story.claim("arrested", "COERCE", recipient=["Three students"])
    scores = dict(claim.confidence)
    assert scores["actor"] < scores["recipient"]


def test_weapons_fired_and_towns_taken_are_not_who_suffers() -> None:
    for verb, lemma in (("fired", "fire"), ("captured", "capture")):
        block = f"""
        Soldiers soldier NOUN 2 nsubj
        {verb} {lemma} VERB 0 root VerbForm=Fin
        Mariupol Mariupol PROPN 2 obj
        """
        story = Story([block])
        claim = story.claim(verb, "ASSAULT")
        assert (story.said(claim.actor), claim.recipient) == (["Soldiers"], ())


def test_between_two_sides_both_act() -> None:
    block = """
    Talks talk NOUN 6 nsubj
    between between ADP 3 case
    Cairo Cairo PROPN 1 nmod
    and and CCONJ 5 cc
    Khartoum Khartoum PROPN 3 conj
    failed fail VERB 0 root VerbForm=Fin
    """
    story = Story([block])
    assert story.said(story.claim("Talks", "CONSULT").actor) == ["Cairo", "Khartoum"]


def test_who_is_kept_from_marching_would_march() -> None:
    block = """
    Police police NOUN 2 nsubj
    kept keep VERB 0 root VerbForm=Fin
    crowds crowd NOUN 2 obj
    from from SCONJ 5 mark
    marching march VERB 2 advcl VerbForm=Ger
    """
    story = Story([block])
    assert story.said(story.claim("marching", "PROTEST").actor) == ["crowds"]


def test_a_day_is_nobody() -> None:
    block = """
    Thursday Thursday PROPN 3 nmod:poss
    's 's PART 1 case
    coup coup NOUN 4 nsubj
    failed fail VERB 0 root VerbForm=Fin
    """
    story = Story([block])
    assert story.claim("coup", "COERCE", actor=["Thursday"]).actor == ()
    assert story.claim("coup", "COERCE").actor == ()
