"""Fillers as a person would quote them, one for each member of a list."""

from hand import Story

MET = """
Lula lula PROPN 4 nsubj
and and CCONJ 3 cc
Petro petro PROPN 1 conj
met meet VERB 0 root VerbForm=Fin
on on ADP 6 case
Monday monday PROPN 4 obl
. . PUNCT 4 punct
"""

ACCUSED = """
The the DET 2 det
minister minister NOUN 7 nsubj
, , PUNCT 5 punct
who who PRON 5 nsubj PronType=Rel
resigned resign VERB 2 acl:relcl
, , PUNCT 5 punct
accused accuse VERB 0 root VerbForm=Fin
the the DET 9 det
president president NOUN 7 obj
of of ADP 11 case
France france PROPN 9 nmod
. . PUNCT 7 punct
"""

GROUPS = """
Police police NOUN 2 nsubj
detained detain VERB 0 root VerbForm=Fin
women woman NOUN 2 obj
and and CCONJ 5 cc
children child NOUN 3 conj
and and CCONJ 8 cc
two two NUM 8 nummod
priests priest NOUN 3 conj
"""

SPOKESMAN = """
Their they PRON 2 nmod:poss Poss=Yes
spokesman spokesman NOUN 6 nsubj Number=Sing
, , PUNCT 4 punct
Omar omar PROPN 2 appos
, , PUNCT 4 punct
praised praise VERB 0 root VerbForm=Fin
Niger niger PROPN 6 obj
"""


def test_a_list_in_one_span_becomes_two_actors() -> None:
    story = Story([MET])
    claim = story.claim("met", "CONSULT", actor=["Lula and Petro"], date=["on Monday."])
    assert story.said(claim.actor) == ["Lula", "Petro"]
    assert story.said(claim.date) == ["on Monday"]


def test_the_member_of_a_list_that_the_reader_missed_is_added_with_less_confidence() -> None:
    story = Story([MET])
    claim = story.claim("met", "CONSULT", actor=["Lula"])
    assert story.said(claim.actor) == ["Lula", "Petro"]
    assert claim.actor[1].score < claim.actor[0].score


def test_a_name_with_a_conjunction_in_it_is_one_party() -> None:
    story = Story([MET], {"Lula and Petro": "ORG"})
    assert story.said(story.claim("met", "CONSULT", actor=["Lula and Petro"]).actor) == ["Lula and Petro"]


def test_relative_clauses_and_punctuation_are_cut_off() -> None:
    story = Story([ACCUSED])
    claim = story.claim(
        "accused", "ACCUSE", actor=["The minister, who resigned,"], recipient=["the president of France."]
    )
    assert story.said(claim.actor) == ["The minister"]
    assert story.said(claim.recipient) == ["the president of France"]


def test_half_a_phrase_is_completed() -> None:
    story = Story([ACCUSED])
    claim = story.claim("accused", "ACCUSE", actor=["minister"], recipient=["president"])
    assert story.said(claim.actor) == ["The minister"]
    assert story.said(claim.recipient) == ["the president of France"]


def test_a_relative_pronoun_gives_way_to_its_noun() -> None:
    story = Story([ACCUSED])
    claim = story.claim("resigned", "RETREAT", actor=["who"])
    assert story.said(claim.actor) == ["The minister"]


def test_a_title_with_a_name_in_apposition_is_the_name() -> None:
    story = Story([SPOKESMAN], {"Omar": "PERSON"})
    claim = story.claim("praised", "SUPPORT", actor=["Their spokesman, Omar"], recipient=["Niger"])
    assert story.said(claim.actor) == ["Omar"]


def test_bare_nouns_stay_one_group_and_counted_ones_stand_alone() -> None:
    story = Story([GROUPS.replace("two two NUM 8 nummod", "old old ADJ 8 amod")])
    claim = story.claim("detained", "COERCE", actor=["Police"], recipient=["women and children"])
    assert story.said(claim.recipient) == ["women and children"]
    story = Story([GROUPS])
    claim = story.claim("detained", "COERCE", actor=["Police"], recipient=["women and children and two priests"])
    assert story.said(claim.recipient) == ["women", "children", "two priests"]


def test_a_preposition_before_a_place_is_no_part_of_it_and_a_name_is_not_cut() -> None:
    block = """
    Troops troops NOUN 2 nsubj
    left leave VERB 0 root VerbForm=Fin
    in in ADP 5 case
    Burkina Burkina PROPN 5 compound
    Faso Faso PROPN 2 obl
    """
    story = Story([block], {"Burkina Faso": "PLACE"})
    assert story.said(story.claim("left", "RETREAT", actor=["Troops"], place=["in Burkina Faso"]).place) == [
        "Burkina Faso"
    ]
    assert story.said(story.claim("left", "RETREAT", actor=["Troops"], place=["Faso"]).place) == ["Burkina Faso"]


def test_a_span_that_the_tree_does_not_see_as_one_phrase_is_believed() -> None:
    story = Story([ACCUSED])
    claim = story.claim("accused", "ACCUSE", recipient=["accused the president"])
    assert story.said(claim.recipient) == ["accused the president"]


def test_a_filler_of_another_sentence_is_implicit() -> None:
    story = Story([MET, ACCUSED])
    claim = story.claim("accused", "ACCUSE", recipient=["Petro"], actor=["The minister"])
    assert [f.implicit for f in (*claim.actor, *claim.recipient)] == [False, True]


TRIAL = """
A a DET 2 det
court court NOUN 5 nsubj
in in ADP 4 case
Freetown Freetown PROPN 2 nmod
jailed jail VERB 0 root VerbForm=Fin
an a DET 9 det
ex ex NOUN 9 compound
@-@ - PUNCT 9 punct
general general NOUN 5 obj
for for ADP 12 case
three three NUM 12 nummod
weeks week NOUN 5 obl
on on ADP 14 case
Jan. January PROPN 5 obl
17 17 NUM 14 nummod
. . PUNCT 5 punct
"""


def test_a_span_that_breaks_off_at_a_preposition_gets_its_noun() -> None:
    story = Story([TRIAL])
    assert story.said(story.claim("jailed", "COERCE", actor=["A court in"]).actor) == ["A court in Freetown"]
    assert story.said(story.claim("jailed", "COERCE", actor=["A court"]).actor) == ["A court"]


def test_dates_have_their_prepositions_and_numbers() -> None:
    story = Story([TRIAL])
    for words, whole in (("weeks", "for three weeks"), ("17", "on Jan. 17"), ("three", "for three weeks")):
        assert story.said(story.claim("jailed", "COERCE", date=[words]).date) == [whole]


def test_two_titles_of_one_person_are_no_list() -> None:
    block = """
    Activist activist NOUN 5 nsubj Number=Sing
    and and CCONJ 3 cc
    writer writer NOUN 1 conj Number=Sing
    Diaz Diaz PROPN 3 appos
    died die VERB 0 root VerbForm=Fin
    """
    story = Story([block], {"Diaz": "PERSON"})
    claim = story.claim("died", "ASSAULT", recipient=["Activist and writer Diaz"])
    assert story.said(claim.recipient) == ["Activist and writer Diaz"]


def test_two_fillers_of_the_reader_are_not_joined_where_the_tree_misses_the_list() -> None:
    joined = MET.replace("Petro petro PROPN 1 conj", "Petro petro PROPN 1 flat")
    story = Story([joined.replace("and and CCONJ 3 cc", "and and CCONJ 1 flat")])
    assert story.said(story.claim("met", "CONSULT", actor=["Lula", "Petro"]).actor) == ["Lula", "Petro"]


def test_an_article_or_number_without_its_noun_gets_it_and_a_demonym_alone_does_not() -> None:
    block = """
    Two two NUM 3 nummod
    Syrian syrian ADJ 3 amod
    jets jet NOUN 4 nsubj
    bombed bomb VERB 0 root VerbForm=Fin
    Homs Homs PROPN 4 obj
    """
    story = Story([block])
    assert story.said(story.claim("bombed", "ASSAULT", actor=["Two Syrian"]).actor) == ["Two Syrian jets"]
    assert story.said(story.claim("bombed", "ASSAULT", actor=["Syrian"]).actor) == ["Syrian"]


def test_a_hyphen_holds_words_together_and_keeps_names_apart() -> None:
    story = Story([TRIAL])
    claim = story.claim("jailed", "COERCE", recipient=["ex"])
    assert story.said(claim.recipient) == ["ex-general"]
    block = """
    Petro Petro PROPN 4 compound
    @-@ - PUNCT 1 punct
    Lula Lula PROPN 1 conj
    talks talk NOUN 0 root
    """
    talks = Story([block])
    assert talks.said(talks.claim("talks", "CONSULT", actor=["Petro", "Lula"]).actor) == ["Petro", "Lula"]
