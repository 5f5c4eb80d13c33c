"""Chains on articles written by hand."""

from __future__ import annotations

import pytest
from coreference_hand import article, span

from polybius.grounding.article import Article
from polybius.grounding.coreference import Chain, Chains, chains
from polybius.grounding.coreference.speakers import quotations
from polybius.records import Document, NameKind, Reading, text_version
from polybius.reference import World, load

PLURAL = "Number=Plur"


@pytest.fixture(scope="module")
def world() -> World:
    return load()


def linked(found: Article, world: World, words: str, nth: int = 1) -> set[str]:
    """The words of all mentions of the chain of a phrase."""
    chain = chains(found, world).of(span(found, words, nth))
    return set() if chain is None else {found.text(s) for s in chain.spans}


def the(found: Article, world: World, words: str, nth: int = 1) -> Chain:
    chain = chains(found, world).of(span(found, words, nth))
    assert chain is not None
    return chain


SUMMIT = (
    "North/PROPN/2/compound Korean/ADJ/3/amod leader/NOUN/6/nsubj Kim/PROPN/3/flat Jong-un/PROPN/3/flat "
    "met/VERB/0/root Emma/PROPN/6/obj Larsen/PROPN/7/flat ./PUNCT/6/punct",
    "Kim/PROPN/2/nsubj smiled/VERB/0/root/smile and/CCONJ/4/cc said/VERB/2/conj/say she/PRON/6/nsubj "
    "left/VERB/4/ccomp/leave ./PUNCT/2/punct",
    "The/DET/4/det North/PROPN/4/compound Korean/ADJ/4/amod leader/NOUN/5/nsubj praised/VERB/0/root/praise "
    "her/PRON/5/obj ./PUNCT/5/punct",
)
SUMMIT_NAMES = {"Kim Jong-un": "PERSON", "Kim": "PERSON", "Emma Larsen": "PERSON", "North Korean": "MISC"}


def test_a_short_name_and_a_title_with_the_country_take_up_the_full_name(world: World) -> None:
    found = article(*SUMMIT, names=SUMMIT_NAMES)
    mentions = linked(found, world, "Kim", 2)
    assert {"North Korean leader Kim Jong-un", "Kim", "The North Korean leader"} <= mentions
    assert found.text(the(found, world, "Kim", 2).best) == "North Korean leader Kim Jong-un"


def test_a_first_name_decides_who_she_is(world: World) -> None:
    found = article(
        "Peter/PROPN/3/nsubj Berg/PROPN/1/flat met/VERB/0/root Emma/PROPN/3/obj Larsen/PROPN/4/flat ./PUNCT/3/punct",
        "Berg/PROPN/2/nsubj said/VERB/0/root/say she/PRON/4/nsubj left/VERB/2/ccomp/leave ./PUNCT/2/punct",
        names={"Peter Berg": "PERSON", "Berg": "PERSON", "Emma Larsen": "PERSON"},
    )
    assert linked(found, world, "she") == {"Emma Larsen", "she"}


def test_a_chain_is_found_by_the_head_word_of_a_mention_and_by_nearly_the_same_words(world: World) -> None:
    found = article(*SUMMIT, names=SUMMIT_NAMES)
    all_chains = chains(found, world)
    chain = all_chains.of(span(found, "The North Korean leader"))
    assert chain is not None
    assert all_chains.of(span(found, "North Korean leader", 2)) is chain


def test_an_acronym_in_brackets_is_the_name_before_it(world: World) -> None:
    found = article(
        "The/DET/3/det Orchard/PROPN/3/compound League/PROPN/7/nsubj (/PUNCT/5/punct OLX/PROPN/3/appos )/PUNCT/5/punct "
        "met/VERB/0/root ./PUNCT/7/punct",
        "OLX/PROPN/2/nsubj won/VERB/0/root/win ./PUNCT/2/punct",
        names={"Orchard League": "ORG", "OLX": "ORG"},
    )
    assert {"The Orchard League", "OLX"} <= linked(found, world, "OLX", 2)


def test_two_persons_of_one_surname_stay_two(world: World) -> None:
    found = article(
        "Anna/PROPN/3/nsubj Berg/PROPN/1/flat met/VERB/0/root Peter/PROPN/3/obj Berg/PROPN/4/flat ./PUNCT/3/punct",
        "Anna/PROPN/3/nsubj Berg/PROPN/1/flat left/VERB/0/root/leave ./PUNCT/3/punct",
        names={"Anna Berg": "PERSON", "Peter Berg": "PERSON"},
    )
    assert linked(found, world, "Anna Berg", 2) == {"Anna Berg"}
    assert chains(found, world).of(span(found, "Peter Berg")) is None


def test_a_demonym_with_government_is_the_state(world: World) -> None:
    found = article(
        "Iran/PROPN/2/nsubj agreed/VERB/0/root/agree ./PUNCT/2/punct",
        "The/DET/3/det Iranian/ADJ/3/amod side/NOUN/4/nsubj waited/VERB/0/root/wait ./PUNCT/4/punct",
        names={"Iran": "PLACE", "Iranian": "MISC"},
    )
    chain = the(found, world, "The Iranian side")
    assert found.text(chain.best) == "Iran"


@pytest.mark.parametrize(
    ("copula", "expected"), [("was/AUX/5/cop/be a/DET/5/det", True), ("not/PART/5/advmod a/DET/5/det", False)]
)
def test_a_copula_links_unless_it_is_negated(world: World, copula: str, expected: bool) -> None:
    found = article(
        f"Berg/PROPN/5/nsubj {copula} senator/NOUN/0/root ./PUNCT/5/punct".replace("/5/", "/4/"),
        names={"Berg": "PERSON"},
    )
    assert ("Berg" in linked(found, world, "a senator")) is expected


def test_both_sides_has_the_two_states_as_members(world: World) -> None:
    found = article(
        "Iran/PROPN/2/nsubj accused/VERB/0/root/accuse Pakistan/PROPN/2/obj ./PUNCT/2/punct",
        f"Both/DET/2/det sides/NOUN/3/nsubj/side/{PLURAL} withdrew/VERB/0/root/withdraw ./PUNCT/3/punct",
        names={"Iran": "PLACE", "Pakistan": "PLACE"},
    )
    assert [found.text(s) for s in the(found, world, "Both sides").members] == ["Iran", "Pakistan"]


def collectives(second: str, noun: str, names: dict[str, NameKind]) -> tuple[Article, str]:
    """Syrian soldiers fired; then a second phrase with a collective noun."""
    found = article(
        f"Syrian/ADJ/2/amod soldiers/NOUN/3/nsubj/soldier/{PLURAL} fired/VERB/0/root/fire ./PUNCT/3/punct",
        f"{second} {noun}/NOUN/3/nsubj/{noun[:-1]}/{PLURAL} left/VERB/0/root/leave ./PUNCT/3/punct",
        names={"Syrian": "MISC"} | names,
    )
    return found, f"{second.split('/')[0]} {noun}"


def test_another_noun_for_the_same_collective_takes_it_up(world: World) -> None:
    found, phrase = collectives("The/DET/2/det", "troops", {})
    assert "Syrian soldiers" in linked(found, world, phrase)


@pytest.mark.parametrize(
    "second", ["Two/NUM/2/nummod", "Their/PRON/2/nmod:poss", "Turkish/ADJ/2/amod", "Some/DET/2/det"]
)
def test_a_number_of_them_or_another_s_is_another_collective(world: World, second: str) -> None:
    found, phrase = collectives(second, "troops", {"Turkish": "MISC"})
    assert "Syrian soldiers" not in linked(found, world, phrase)


def test_i_is_the_speaker_of_the_quotation(world: World) -> None:
    found = article(
        "Anna/PROPN/3/nsubj Berg/PROPN/1/flat met/VERB/0/root Olga/PROPN/3/obj Lund/PROPN/4/flat ./PUNCT/3/punct",
        "“/PUNCT/3/punct I/PRON/3/nsubj refuse/VERB/6/ccomp ”/PUNCT/3/punct ,/PUNCT/3/punct said/VERB/0/root/say "
        "Olga/PROPN/6/nsubj Lund/PROPN/7/flat ./PUNCT/6/punct",
        names={"Anna Berg": "PERSON", "Olga Lund": "PERSON"},
    )
    assert "I" in linked(found, world, "Olga Lund", 2)
    assert "I" not in linked(found, world, "Anna Berg")


def test_the_object_of_a_verb_is_never_its_subject(world: World) -> None:
    found = article(
        "Peter/PROPN/3/nsubj Berg/PROPN/1/flat praised/VERB/0/root/praise him/PRON/3/obj ./PUNCT/3/punct",
        names={"Peter Berg": "PERSON"},
    )
    assert chains(found, world).of(span(found, "him")) is None


def test_an_apposition_is_a_mention_of_the_name(world: World) -> None:
    found = article(
        "Their/PRON/2/nmod:poss spokesman/NOUN/7/nsubj ,/PUNCT/4/punct Karl/PROPN/2/appos Lund/PROPN/4/flat "
        ",/PUNCT/4/punct resigned/VERB/0/root/resign ./PUNCT/7/punct",
        names={"Karl Lund": "PERSON"},
    )
    assert "Their spokesman" in linked(found, world, "Karl Lund")


def test_an_empty_article_has_no_chains(world: World) -> None:
    assert chains(Article.of(Document("d", text_version(""), ""), Reading("d", ())), world) == Chains()


def test_chains_do_not_depend_on_the_run(world: World) -> None:
    found = article(*SUMMIT, names=SUMMIT_NAMES)
    assert chains(found, world) == chains(found, world)


def test_no_mention_is_in_two_chains(world: World) -> None:
    found = chains(article(*SUMMIT, names=SUMMIT_NAMES), world)
    spans = [s for chain in found.chains for s in chain.spans]
    assert len(spans) == len(set(spans))


def test_a_quotation_that_is_not_closed_ends_with_its_sentence() -> None:
    text = 'He said, "we left. They stayed. "I know," she said.'
    ends = [18, 31, len(text)]
    assert [q.of(text) for q in quotations(text, ends)] == ["we left.", "I know,"]


HOSTS = (
    "President/NOUN/3/nsubj Viktor/PROPN/1/flat met/VERB/0/root/meet Kim/PROPN/3/obj ./PUNCT/3/punct",
    "Kim/PROPN/2/nsubj thanked/VERB/0/root/thank his/PRON/4/nmod:poss host/NOUN/2/obj ./PUNCT/2/punct",
)


def test_his_host_is_the_other_person(world: World) -> None:
    found = article(*HOSTS, names={"Viktor": "PERSON", "Kim": "PERSON"})
    assert "his host" in linked(found, world, "President Viktor")
    assert "his host" not in linked(found, world, "Kim", 2)


def test_who_thanks_his_host_is_not_the_host(world: World) -> None:
    """Although "his" may have been taken for somebody else."""
    found = article(
        "Viktor/PROPN/2/nsubj saw/VERB/0/root/see Kim/PROPN/2/obj ,/PUNCT/6/punct Kim/PROPN/6/nsubj thanked/VERB/2/conj/thank "
        "his/PRON/8/nmod:poss host/NOUN/6/obj ./PUNCT/2/punct",
        names={"Viktor": "PERSON", "Kim": "PERSON"},
    )
    assert "his host" in linked(found, world, "Viktor")


def test_a_defense_minister_is_no_foreign_minister(world: World) -> None:
    found = article(
        "Defense/NOUN/2/compound Minister/NOUN/4/nsubj Karl/PROPN/2/flat left/VERB/0/root/leave ./PUNCT/4/punct",
        "The/DET/3/det foreign/ADJ/3/amod minister/NOUN/4/nsubj stayed/VERB/0/root/stay ./PUNCT/4/punct",
        "The/DET/3/det defense/NOUN/3/compound minister/NOUN/4/nsubj slept/VERB/0/root/sleep ./PUNCT/4/punct",
        names={"Karl": "PERSON"},
    )
    mentions = linked(found, world, "Defense Minister Karl")
    assert "The defense minister" in mentions
    assert "The foreign minister" not in mentions


def test_the_two_are_two_who_were_named(world: World) -> None:
    found = article(
        SUMMIT[0],
        "The/DET/2/det two/NUM/3/nsubj talked/VERB/0/root/talk ./PUNCT/3/punct",
        names={"Kim Jong-un": "PERSON", "Emma Larsen": "PERSON", "North Korean": "MISC"},
    )
    members = the(found, world, "The two").members
    assert [found.text(member) for member in members] == ["North Korean leader Kim Jong-un", "Emma Larsen"]
