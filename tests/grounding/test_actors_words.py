"""Actors by the words of the phrase, the tables and the words around it, on sentences tagged by hand."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polybius.grounding.actors import ActorResolver
from polybius.grounding.article import Article
from polybius.grounding.coreference import Chain, Chains, Mention, index
from polybius.records import Actor as PloverActor
from polybius.records import Document, Grounding, Name, NameKind, Reading, Sentence, Span, text_version
from polybius.reference import World, load

TAGS = {
    **dict.fromkeys("the a an two three several its their his no".split(), "DET"),
    **dict.fromkeys("of in to from by for at near on with".split(), "ADP"),
    **dict.fromkeys("says met fired killed wins strikes".split(), "VERB"),
    **dict.fromkeys("and or".split(), "CCONJ"),
    **dict.fromkeys("former state public royal armed national".split(), "ADJ"),
    **dict.fromkeys(["'s", "-"], "PART"),
    "time": "NOUN",
    **dict.fromkeys(["he", "they", "it"], "PRON"),
    **dict.fromkeys([",", ".", "(", ")"], "PUNCT"),
}


@pytest.fixture(scope="module")
def world() -> World:
    return load()


def article(text: str, published: dt.date | None, names: dict[str, NameKind]) -> Article:
    """One sentence a line; words are split at blanks, tags go by the word, every word hangs on the one after it."""
    sentences, found = [], []
    at = 0
    for number, line in enumerate(text.split("\n")):
        words = line.split()
        starts = []
        for word in words:
            starts.append(text.index(word, max(at, starts[-1] + 1 if starts else 0)))
        ends = [s + len(w) for s, w in zip(starts, words, strict=True)]
        tags = tuple(
            TAGS.get(w.lower(), "PROPN" if w[:1].isupper() else "NUM" if w.isdigit() else "NOUN") for w in words
        )
        heads = (*range(1, len(words)), -1)
        low = tuple(w.lower() for w in words)
        blank = ("_",) * len(words)
        sentences.append(
            Sentence(
                number,
                Span(at, at + len(line)),
                tuple(words),
                tuple(starts),
                tuple(ends),
                low,
                tags,
                blank,
                heads,
                blank,
            )
        )
        at += len(line) + 1
    for name, kind in names.items():
        start = text.index(name)
        number = text[:start].count("\n")
        found.append(Name(Span(start, start + len(name)), kind, number))
    document = Document("d", text_version(text), text, published=published)
    return Article.of(document, Reading("d", tuple(sentences), tuple(found)))


def who(
    world: World,
    text: str,
    phrase: str,
    day: str | None = "2024-05-01",
    chains: Chains | None = None,
    **names: NameKind,
) -> Grounding[PloverActor]:
    published = dt.date.fromisoformat(day) if day else None
    here = article(text, published, {k.replace("_", " "): v for k, v in names.items()})
    start = text.index(phrase)
    return ActorResolver(here, world, chains).resolve(Span(start, start + len(phrase)))


@pytest.mark.parametrize(
    ("phrase", "code", "sectors"),
    [
        ("Sudanese police", "SDN", ("COP",)),
        ("the White House", "USA", ("GOV",)),
        ("South Korea 's Joint Chiefs of Staff", "KOR", ("MIL",)),
        ("Russian state media", "RUS", ("JRN", "GOV")),
        ("thousands of Kenyan protesters", "KEN", ("CVL",)),
        ("a group of Greek riot police", "GRC", ("COP",)),
        ("members of the Syrian parliament", "SYR", ("LEG",)),
        ("the Ugandan opposition leader", "UGA", ("OPP",)),
        ("a Hamas official", "PSE", ("REB",)),
        ("UN peacekeepers", "UNO", ("MIL",)),
        ("a UN agency", "UNO", ()),
        ("the former Bolivian president", "BOL", ("ELI",)),
        ("Israeli settlers", "ISR", ("CVL",)),
        ("Greenlandic fishermen", "DNK", ("AGR",)),
        ("the Transnistria authorities", "MDA", ("GOV",)),
    ],
)
def test_phrases_that_tell_all(world: World, phrase: str, code: str, sectors: tuple[str, ...]) -> None:
    found = who(world, f"{phrase} met .", phrase)
    assert found.target is not None
    assert (found.target.code, found.target.sectors[: len(sectors) or None]) == (code, sectors)
    assert found.status == "resolved" and found.reason


@pytest.mark.parametrize(
    ("phrase", "sectors"),
    [
        ("two gunmen", ("UAF",)),
        ("villagers", ("CVL",)),
        ("rebels", ("REB",)),
        ("41", ("CVL",)),
        ("several soldiers", ("MIL",)),
    ],
)
def test_without_a_country_the_words_around_it_make_one_likely(
    world: World, phrase: str, sectors: tuple[str, ...]
) -> None:
    found = who(world, f"{phrase} met in Sudan .", phrase)
    assert found.target is not None
    assert (found.status, found.target.code, found.target.sectors) == ("ambiguous", "SDN", sectors)
    assert "words around it" in found.reason
    alone = who(world, f"{phrase} met .", phrase)
    assert (alone.status, alone.target.code if alone.target else "") == ("ambiguous", None)


def test_the_rivals_are_told(world: World) -> None:
    found = who(world, "Soldiers met in Chad near Sudan .", "Soldiers")
    assert any(r.startswith("SDN") for r in found.runners_up) or (
        found.target is not None and found.target.code == "SDN"
    )


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("Turkish - backed fighters", None),
        ("pro - Iranian fighters", None),
        ("the ambassador to Spain", None),
        ("Iranian fighters", "IRN"),
    ],
)
def test_a_state_in_the_phrase_need_not_be_whose_it_is(world: World, phrase: str, code: str | None) -> None:
    found = who(world, f"{phrase} met .", phrase)
    assert found.target is not None and found.target.code == code


@pytest.mark.parametrize(
    ("day", "name", "sector"),
    [
        ("2023-07-01", "Sergei Shoigu", "GOV"),
        ("2015-03-01", "Barack Obama", "GOV"),
        ("2018-03-01", "Barack Obama", "ELI"),
    ],
)
def test_persons_by_name_and_date(world: World, day: str, name: str, sector: str) -> None:
    found = who(world, f"{name} met .", name, day, **{name.replace(" ", "_"): "PERSON"})
    assert found.target is not None
    assert (found.status, found.target.sectors[0]) == ("resolved", sector)


def test_an_office_without_a_name_is_its_holder_on_the_date(world: World) -> None:
    phrase = "the Russian defense minister"
    then = who(world, f"{phrase} met .", phrase, "2023-07-01")
    assert then.target is not None and then.target.name == "Sergei Shoigu"
    assert (then.status, then.target.code, then.target.sectors, then.method) == (
        "resolved",
        "RUS",
        ("GOV", "MIL"),
        "office",
    )
    undated = who(world, f"{phrase} met .", phrase, None)
    assert undated.target is not None and undated.target.name == phrase


def test_after_the_table_s_day_an_office_is_not_certain(world: World) -> None:
    phrase = "the Turkish foreign minister"
    late = who(world, f"{phrase} met .", phrase, "2031-01-01")
    assert late.status == "ambiguous" and "sees as far as" in late.reason


def test_a_title_in_the_text_is_enough_for_a_person_whom_no_table_knows(world: World) -> None:
    phrase = "Kenyan trade minister Zawadi Testperson"
    found = who(world, f"{phrase} met .", phrase, Zawadi_Testperson="PERSON")
    assert found.target is not None
    assert (found.target.name, found.target.code, found.target.sectors) == ("Zawadi Testperson", "KEN", ("GOV",))
    former = who(world, f"former {phrase} met .", f"former {phrase}", Zawadi_Testperson="PERSON")
    assert former.target is not None and former.target.sectors == ("ELI",)


def test_a_name_may_only_modify(world: World) -> None:
    found = who(
        world, "Sergei Shoigu 's critics met .", "Sergei Shoigu 's critics", "2023-07-01", Sergei_Shoigu="PERSON"
    )
    assert found.target is not None and found.target.name != "Sergei Shoigu"


def test_a_bare_state_that_fights_stands_for_its_forces(world: World) -> None:
    struck = who(world, "Three killed in Israeli airstrikes .", "Israeli")
    talked = who(world, "Three met in Israeli talks .", "Israeli")
    assert (struck.target and struck.target.sectors, talked.target and talked.target.sectors) == (("MIL",), ("GOV",))


@pytest.mark.parametrize(("day", "sector"), [("2015-05-01", "REB"), ("2023-05-01", "GOV")])
def test_a_body_may_change_what_it_is(world: World, day: str, sector: str) -> None:
    found = who(world, "the Taliban met .", "the Taliban", day, Taliban="ORG")
    assert found.target is not None and found.target.sectors[0] == sector


@pytest.mark.parametrize(
    ("text", "phrase", "kept"),
    [("Time to go .", "Time", False), ("the US says .", "the US", True), ("it hit us .", "us", False)],
)
def test_ordinary_words_are_no_names(world: World, text: str, phrase: str, kept: bool) -> None:
    found = who(world, text, phrase)
    assert (found.target is not None and found.target.code == "USA") is kept


def test_a_pronoun_takes_what_its_chain_says(world: World) -> None:
    text = "Kenyan police met .\nthey fired ."
    first, second = Span(0, 13), Span(text.index("they"), text.index("they") + 4)
    mentions = (Mention(first, Span(7, 13), 0, 1, "name"), Mention(second, second, 1, 0, "pronoun"))
    found = who(world, text, "they", chains=index([Chain(mentions, first)]))
    assert found.target is not None
    assert (found.target.code, found.target.sectors, found.chain) == ("KEN", ("COP",), (first, second))
    group = who(world, text, "they", chains=index([Chain((mentions[1],), second, (first,))]))
    assert group.target is not None and group.target.code == "KEN"
    assert who(world, text, "they").status == "not_found"


@pytest.mark.parametrize(
    "name", ["Владимир Путин", "محمد بن سلمان", "EMMANUEL MACRON", "Jean-Noël Barrot", "O'Brien Łódź-Ünal"]
)
def test_names_of_any_script(world: World, name: str) -> None:
    found = who(
        world, f"French president {name} met .", f"French president {name}", **{name.replace(" ", "_"): "PERSON"}
    )
    assert found.target is not None and found.target.code == "FRA"


@settings(max_examples=150, deadline=None)
@given(
    words=st.lists(
        st.one_of(st.sampled_from(sorted(TAGS) + ["Kim", "Israeli", "UN", "King"]), st.text(min_size=1, max_size=8)),
        min_size=1,
        max_size=9,
    ),
    seed=st.integers(0, 999),
)
def test_nothing_makes_it_fall_over(world: World, words: list[str], seed: int) -> None:
    clean = [w for word in words if (w := "".join(word.split()))]
    if not clean:
        return
    rng = random.Random(seed)
    text = " ".join(clean)
    here = article(text, dt.date(2024, 1, 1), {})
    starts = here.sentences[0].starts if here.sentences else (0,)
    resolver = ActorResolver(here, world)
    for _ in range(3):
        begin = rng.choice(starts)
        found = resolver.resolve(Span(begin, rng.randrange(begin, len(text) + 2)))
        assert found.reason and found.status in ("resolved", "ambiguous", "not_found")
        assert (found.target is None) == (found.status == "not_found")


def test_states_that_and_joins_are_parties_each_by_itself(world: World) -> None:
    text = "the ministers of Guyana and Suriname met ."
    here = article(text, None, {"Guyana": "PLACE", "Suriname": "PLACE"})
    span = Span(0, len("the ministers of Guyana and Suriname"))
    parties = ActorResolver(here, world).parties(span)
    assert [p.target.code for p in parties if p.target] == ["GUY", "SUR"]
    assert ActorResolver(here, world).parties(Span(17, 23)) == ()  # Guyana alone


def test_who_is_not_in_office_yet_is_a_politician(world: World) -> None:
    found = who(world, "Donald Trump spoke .", "Donald Trump", "2016-05-01", Donald_Trump="PERSON")
    assert found.target is not None and found.target.sectors == ("PTY",)


TREATY = "Peru met Chile .\nboth governments met ."


def test_both_governments_are_the_two_states_of_the_article(world: World) -> None:
    here = article(TREATY, None, {"Peru": "PLACE", "Chile": "PLACE"})
    start = TREATY.index("both")
    parties = ActorResolver(here, world).parties(Span(start, start + len("both governments")))
    assert [(p.target.code, p.target.sectors, p.status) for p in parties if p.target] == [
        ("PER", ("GOV",), "ambiguous"),
        ("CHL", ("GOV",), "ambiguous"),
    ]


def test_of_three_states_alike_no_two_are_taken(world: World) -> None:
    text = TREATY.replace("met Chile", "met Chile and Bolivia")
    here = article(text, None, {"Peru": "PLACE", "Chile": "PLACE", "Bolivia": "PLACE"})
    start = text.index("both")
    assert ActorResolver(here, world).parties(Span(start, start + len("both governments"))) == ()
