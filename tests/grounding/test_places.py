"""Places on parses written by hand: which place a name means, and what a description stands for."""

from __future__ import annotations

import random

import pytest

from polybius.grounding.article import Article
from polybius.grounding.place_evidence import great_circle
from polybius.grounding.places import PlaceResolver
from polybius.grounding.toponyms import spot
from polybius.records import Document, Grounding, Name, NameKind, Place, Reading, Sentence, Span, text_version
from polybius.reference import World, load

SMALL = {"of", "in", "the", "to", "from", "near", "and", ",", ".", "a", "an", "there", "at", "(", ")"}
TAGS = {",": "PUNCT", ".": "PUNCT", "(": "PUNCT", ")": "PUNCT", "the": "DET", "a": "DET", "and": "CCONJ"}


@pytest.fixture(scope="module")
def world() -> World:
    return load()


def tag(form: str) -> str:
    return TAGS.get(form.lower()) or ("ADP" if form.lower() in SMALL else "PROPN" if form[0].isupper() else "NOUN")


def sentence(index: int, at: int, text: str) -> Sentence:
    """Words at blanks; each hangs on the next, so that the last word of a phrase is its head."""
    forms = text.split(" ")
    starts = [at + sum(len(f) + 1 for f in forms[:k]) for k in range(len(forms))]
    ends = [start + len(form) for start, form in zip(starts, forms, strict=True)]
    heads = [*range(1, len(forms)), -1]
    tags = tuple(form.partition("/")[2] or tag(form) for form in forms)
    labels = tuple("dep" for _ in forms)
    lemmas = tuple(form.lower() for form in forms)
    return Sentence(
        index,
        Span(at, ends[-1]),
        tuple(forms),
        tuple(starts),
        tuple(ends),
        lemmas,
        tags,
        ("_",) * len(forms),
        tuple(heads),
        labels,
    )


def article(*texts: str, names: dict[str, NameKind] | None = None) -> Article:
    text = " ".join(texts)
    starts = [sum(len(t) + 1 for t in texts[:k]) for k in range(len(texts))]
    sentences = tuple(sentence(k, starts[k], t) for k, t in enumerate(texts))
    found = [Name(span_in(text, words), kind, 0) for words, kind in (names or {}).items()]
    return Article.of(Document("d", text_version(text), text), Reading("d", sentences, tuple(found)))


def span_in(text: str, words: str, last: bool = False) -> Span:
    at = text.rindex(words) if last else text.index(words)
    return Span(at, at + len(words))


def resolve(
    world: World, words: str, *texts: str, last: bool = False, names: dict[str, NameKind] | None = None
) -> Grounding[Place]:
    here = article(*texts, names=names)
    return PlaceResolver(here, world).resolve(span_in(here.document.text, words, last))


def target(grounding: Grounding[Place]) -> Place:
    assert grounding.target is not None, grounding.reason
    return grounding.target


@pytest.mark.parametrize(
    ("words", "text", "country", "admin1"),
    [
        ("Paris", "Police in Paris said so .", "FRA", "Île-de-France"),
        ("Paris", "Police in Paris , Texas , said so .", "USA", "Texas"),
        ("Paris , Texas", "Police in Paris , Texas , said so .", "USA", "Texas"),
        ("Long Beach", "A fire in Long Beach , CA , spread .", "USA", "California"),
        ("Long Beach", "A fire in Long Beach , N.Y. , spread .", "USA", "New York"),
        ("London", "A fire in London , Ontario , spread .", "CAN", "Ontario"),
        ("Georgia", "Voters in Georgia and Armenia and Azerbaijan .", "GEO", None),
        ("Georgia", "Voters in Georgia , Alabama and Florida .", "USA", "Georgia"),
        ("Georgia", "Voters in Atlanta , Georgia , and in Savannah .", "USA", "Georgia"),
        ("Washington", "Talks in Washington with Paris .", "USA", "District of Columbia"),
        ("Washington", "Fires in Washington state .", "USA", "Washington"),
        ("Washington", "Fires in the state of Washington .", "USA", "Washington"),
        ("Tripoli", "Libyan forces in Tripoli and Benghazi .", "LBY", "Tripoli"),
        ("Tripoli", "Lebanese soldiers in Tripoli near Beirut .", "LBN", "Liban-Nord"),
        ("California", "Cases in Missouri , California and Nevada .", "USA", "California"),
        ("KABUL", "KABUL , AFGHANISTAN .", "AFG", "Kabul"),
        ("Port-au-Prince", "Gangs in Port-au-Prince .", "HTI", "Ouest"),
        ("São Paulo", "Protests in São Paulo .", "BRA", "São Paulo"),
    ],
)
def test_the_phrase_and_the_story_decide(world: World, words: str, text: str, country: str, admin1: str | None) -> None:
    place = target(resolve(world, words, text))
    assert place.country == country
    assert admin1 is None or place.admin1 == admin1


def test_a_place_comes_with_all_that_is_known(world: World) -> None:
    found = resolve(world, "Kharkiv", "Missiles hit Kharkiv in Ukraine .")
    place = target(found)
    assert (place.name, place.country, place.geonames, place.feature) == ("Kharkiv", "UKR", 706483, "PPLA")
    assert place.latitude is not None and place.longitude is not None
    assert great_circle(place.latitude, place.longitude, 49.98, 36.25) < 10
    assert place.precision_km == 20
    assert (found.status, found.method) == ("resolved", "gazetteer")
    assert found.reason.startswith("gazetteer: ")


def test_rivals_are_named(world: World) -> None:
    found = resolve(world, "Springfield", "A fire in Springfield .")
    assert len(found.runners_up) == 3
    assert found.status == "ambiguous"


def test_one_name_has_one_sense_in_a_story(world: World) -> None:
    texts = ("A fire in Paris , Texas , spread .", "Firemen in Paris put it out .")
    assert target(resolve(world, "Paris", *texts, last=True)).admin1 == "Texas"


def test_a_region_from_memory_says_so(world: World) -> None:
    found = resolve(world, "the Donbas", "Shelling in the Donbas went on .")
    assert target(found).feature == "RGN"
    assert "not verified" in found.reason


@pytest.mark.parametrize(
    ("words", "texts", "name"),
    [
        ("the city", ("Missiles hit Kharkiv .", "Fires burned in the city ."), "Kharkiv"),
        ("the border town", ("Troops are in Sudzha , Kursk Oblast .", "They left the border town ."), "Sudzha"),
        ("the country", ("Floods hit Chad .", "Help came to the country ."), "Chad"),
        ("the island", ("A boat left Lesbos .", "Many live on the island ."), "Lesbos"),
        ("there", ("Missiles hit Kharkiv .", "Many died there ."), "Kharkiv"),
        ("the capital", ("Floods hit Chad .", "Troops left the capital ."), "N'Djamena"),
        ("the Syrian capital", ("Floods hit Chad .", "Troops left the Syrian capital ."), "Damascus"),
        (
            "a Russian spaceport",
            ("They met at a Russian spaceport .", "Vostochny Cosmodrome lies far away ."),
            "Vostochny Cosmodrome",
        ),
    ],
)
def test_descriptions_stand_for_places_named_elsewhere(
    world: World, words: str, texts: tuple[str, ...], name: str
) -> None:
    found = resolve(world, words, *texts)
    assert target(found).name == name
    assert found.method in ("described place", "capital")


def test_a_new_town_is_not_the_last_one(world: World) -> None:
    found = resolve(world, "a town", "Missiles hit Kharkiv and Sumy .", "Rebels took a town .")
    assert (found.status, found.target) == ("not_found", None)


def test_a_country_alone_gives_its_middle_and_a_wide_radius(world: World) -> None:
    found = resolve(world, "a Russian village", "Shells fell on a Russian village .")
    place = target(found)
    assert (place.country, found.method) == ("RUS", "country")
    assert place.precision_km is not None and place.precision_km > 1000


def test_an_unknown_name_takes_the_place_beside_it(world: World) -> None:
    found = resolve(world, "Xyzzyville", "Shells fell on Xyzzyville near Kharkiv .")
    assert (found.status, target(found).name) == ("ambiguous", "Kharkiv")
    assert "not in the gazetteer" in found.reason
    assert target(found).precision_km == 50


def test_an_unknown_town_of_a_named_state_is_only_placed_there(world: World) -> None:
    found = resolve(world, "Ouagadoula", "Shells fell on Ouagadoula , Texas .")
    assert (found.status, target(found).name) == ("ambiguous", "Texas")


def spotted(world: World, text: str, names: dict[str, NameKind] | None = None) -> list[str]:
    here = article(text, names=names)
    return [here.text(toponym.span) for toponym in spot(here, world)]


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("Shells fell on Kharkiv and Sumy .", {}, ["Kharkiv", "Sumy"]),
        ("They met George Washington in Boston .", {"George Washington": "PERSON"}, ["Boston"]),
        ("The Bank of England met in London .", {"Bank of England": "ORG"}, ["London"]),
        ("They read the New York Times in Rome .", {"New York Times": "ORG"}, ["Rome"]),
        ("Villagers fled Sudzha .", {"Sudzha": "PLACE"}, ["Sudzha"]),
        ("A student of the University of Texas left for Peru .", {}, ["Peru"]),
        ("In August they went to Chad .", {}, ["Chad"]),
        ("The UN met in Geneva .", {}, ["Geneva"]),
        ("The US and the UK met .", {}, ["US", "UK"]),
        ("A man in Long Beach , CA , is OK .", {}, ["Long Beach", "CA"]),
        ("Ships left the South China Sea for the Strait of Hormuz .", {}, ["South China Sea", "Strait of Hormuz"]),
        ("We told us all .", {}, []),
        ("Us the US told in Rome .", {}, ["US", "Rome"]),
        ("A man in Austin , Tx , is OK .", {}, ["Austin", "Tx"]),
        ("KYIV , UKRAINE .", {}, ["KYIV", "UKRAINE"]),
        ("At noon EST they met in Peru .", {}, ["Peru"]),
    ],
)
def test_names_of_places_are_spotted(world: World, text: str, names: dict[str, NameKind], found: list[str]) -> None:
    assert spotted(world, text, names) == found


def test_ten_thousand_random_strings(world: World) -> None:
    chance = random.Random(11)
    words = [
        "Paris",
        "the",
        "of",
        "Київ",
        "كابول",
        "北京",
        "É",
        "’s",
        "-",
        "ÅLAND",
        "\U0001f600",
        "\x00",
        "in",
        ",",
        "CA",
        "=USA",
        "Port-au-Prince",
        "\ud800",
    ]
    for _ in range(100):
        texts = [" ".join(chance.choice(words) + chance.choice(["", "x", "Я"]) for _ in range(3)) for _ in range(100)]
        here = article(*texts)
        resolver = PlaceResolver(here, world)
        for line in here.sentences:
            found = resolver.resolve(line.span)
            assert found.target is not None or found.reason


def test_an_apposition_tells_the_country_of_a_place(world: World) -> None:
    found = resolve(world, "Hassan", "Miners live in Hassan , a remote Kazakh town .", names={"Hassan": "PLACE"})
    assert found.target is not None
    assert (found.target.country, found.status) == ("KAZ", "ambiguous")
    assert "no place of this name in Kazakhstan" in found.reason


def test_an_apposition_chooses_among_namesakes(world: World) -> None:
    said = resolve(world, "Paris", "They met in Paris , an American town .", names={"Paris": "PLACE"})
    bare = resolve(world, "Paris", "They met in Paris , a Russian dream .", names={"Paris": "PLACE"})
    assert said.target is not None
    assert bare.target is not None
    assert (said.target.country, bare.target.country) == ("USA", "FRA")


def test_a_demonym_is_no_town_of_that_name(world: World) -> None:
    text = "A base near the Malian border burned ."
    here = article(text, names={"Malian": "PLACE"})
    found = PlaceResolver(here, world).resolve(span_in(text, "the Malian border"))
    assert found.target is not None
    assert (found.target.country, found.method) == ("MLI", "country")
