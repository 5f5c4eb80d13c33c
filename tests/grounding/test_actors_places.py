"""Actors and places on parses written by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from polybius.grounding.actors import ActorResolver
from polybius.grounding.article import Article
from polybius.grounding.places import PlaceResolver
from polybius.records import Document, Name, NameKind, Reading, Sentence, Span, text_version
from polybius.reference import World, load

# form/UPOS/head (1-based, 0 the root)/relation; lemma is the lower-cased form without plural "s" for nouns
SENTENCES = (
    "Russian/ADJ/3/amod Defense/PROPN/3/compound Minister/PROPN/5/compound Sergei/PROPN/5/flat Shoigu/PROPN/6/nsubj met/VERB/0/root "
    "Kim/PROPN/6/obj near/ADP/9/case Paris/PROPN/6/obl ./PUNCT/6/punct",
    "He/PRON/2/nsubj warned/VERB/0/root Sudanese/ADJ/4/amod police/NOUN/2/obj and/CCONJ/7/cc two/NUM/7/nummod gunmen/NOUN/4/conj ./PUNCT/2/punct",
    "They/PRON/2/nsubj praised/VERB/0/root NATO/PROPN/2/obj at/ADP/7/case a/DET/7/det Russian/ADJ/7/amod base/NOUN/2/obl ./PUNCT/2/punct",
)
NAMES: tuple[tuple[str, NameKind], ...] = (
    ("Sergei Shoigu", "PERSON"),
    ("Kim", "PERSON"),
    ("Paris", "PLACE"),
    ("NATO", "ORG"),
)


@pytest.fixture(scope="module")
def world() -> World:
    return load()


def sentence(index: int, at: int, rows: list[list[str]]) -> Sentence:
    forms = [r[0] for r in rows]
    starts = [at + sum(len(f) + 1 for f in forms[:k]) for k in range(len(forms))]
    ends = [s + len(f) for s, f in zip(starts, forms, strict=True)]
    lemmas = tuple(f.lower() for f in forms)
    heads = tuple(int(r[2]) - 1 for r in rows)
    return Sentence(
        index,
        Span(at, ends[-1]),
        tuple(forms),
        tuple(starts),
        tuple(ends),
        lemmas,
        tuple(r[1] for r in rows),
        ("_",) * len(rows),
        heads,
        tuple(r[3] for r in rows),
    )


def article(published: dt.date | None) -> Article:
    rows = [[part.split("/") for part in line.split()] for line in SENTENCES]
    texts = [" ".join(r[0] for r in s) for s in rows]
    text = " ".join(texts)
    starts = [sum(len(t) + 1 for t in texts[:k]) for k in range(len(texts))]
    sentences = tuple(sentence(k, starts[k], rows[k]) for k in range(len(rows)))
    names = [Name(span_in(text, words), kind, 0 if words != "NATO" else 2) for words, kind in NAMES]
    document = Document("d", text_version(text), text, published=published)
    return Article.of(document, Reading("d", sentences, tuple(names)))


def span_in(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


def resolve(world: World, words: str, published: dt.date | None = dt.date(2023, 9, 13)):  # type: ignore[no-untyped-def]
    found = article(published)
    return ActorResolver(found, world).resolve(span_in(found.document.text, words))


def test_name_and_title(world: World) -> None:
    found = resolve(world, "Russian Defense Minister Sergei Shoigu")
    assert (found.status, found.target.name, found.target.code, found.target.sectors) == (
        "resolved",
        "Sergei Shoigu",
        "RUS",
        ("GOV", "MIL"),
    )


def test_before_an_office_is_told(world: World) -> None:
    found = resolve(world, "Sergei Shoigu", dt.date(1989, 5, 1))
    assert "not in office yet" in found.reason


def test_plural_pronouns_stay_open_with_a_reason(world: World) -> None:
    found = resolve(world, "They")
    assert (found.status, found.target) == ("not_found", None)
    assert found.reason


@pytest.mark.parametrize(
    ("words", "status", "code", "sectors"),
    [
        ("Sudanese police", "resolved", "SDN", ("COP",)),
        ("two gunmen", "ambiguous", "RUS", ("UAF",)),
        ("NATO", "resolved", "IGO", ("MIL",)),
    ],
)
def test_descriptions_and_organisations(
    world: World, words: str, status: str, code: str | None, sectors: tuple[str, ...]
) -> None:
    found = resolve(world, words)
    assert (found.status, found.target.code, found.target.sectors) == (status, code, sectors)


def test_a_town_has_coordinates_and_rivals(world: World) -> None:
    here = article(None)
    found = PlaceResolver(here, world).resolve(span_in(here.document.text, "Paris"))
    assert found.target is not None
    assert (found.target.country, round(found.target.latitude or 0)) == ("FRA", 49)
    assert found.runners_up


def test_a_phrase_with_a_country_only_gives_the_country(world: World) -> None:
    here = article(None)
    found = PlaceResolver(here, world).resolve(span_in(here.document.text, "a Russian base"))
    assert found.target is not None
    assert (found.target.country, found.target.feature) == ("RUS", "PCLI")
    assert found.target.precision_km is not None and found.target.precision_km > 1000


def test_a_title_read_as_a_name_is_no_person(world: World) -> None:
    here = article(dt.date(2023, 9, 13))
    wrong = Name(span_in(here.document.text, "Minister"), "PERSON", 0)
    names = tuple(sorted([*here.names, wrong], key=lambda n: n.span))
    resolver = ActorResolver(Article.of(here.document, Reading("d", here.sentences, names)), world)
    found = resolver.resolve(span_in(here.document.text, "Russian Defense Minister Sergei Shoigu"))
    assert found.target is not None and found.target.name == "Sergei Shoigu"
