"""An event that no reader reported: its word is found in the text, then its fields are asked for in an empty form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from polybius.codebook import Codebook
from polybius.explorer.article import Article, article
from polybius.explorer.review.inputs import Form, corrections, inputs
from polybius.explorer.words import Mark, highlight
from polybius.query import QueryError
from polybius.report import Json
from polybius.run.adding import added, blank, places_of
from polybius.run.review import decided
from polybius.store import Decision, Store
from polybius.store.decisions import Target

AROUND = 120  # characters on both sides of a place that is offered
MOST_OFFERED = 30


@dataclass(frozen=True, slots=True)
class Offered:
    """A place where the words stand, with its surroundings."""

    at: int
    words: Markup


@dataclass(frozen=True, slots=True)
class Missing:
    """What the page shows: the article, what was added to it, and the places of the words or, where it is one, the empty form."""

    article: Article
    added: tuple[Target, ...]
    words: str
    offered: tuple[Offered, ...]
    at: int | None = None
    record: Json | None = None
    inputs: Mapping[str, str] | None = None
    sentence: Markup = Markup("")

    @property
    def document(self) -> str:
        """The id of the article."""
        return self.article.document.id


def missing(
    store: Store, document: str, words: str, at: int | None, part: int | None, known: list[Decision]
) -> Missing:
    """The page of an article. Raises UnknownId, and QueryError where the words are not in its text."""
    shown = article(store, document, part=part)
    done = tuple(added(known, decided(store, document, known)[0]))
    text = shown.document.text
    if not words.strip():
        return Missing(shown, done, "", ())
    places = places_of(words, text)
    if not places:
        raise QueryError("words", f"“{words[:80]}” is not in the text of the article; copy the words from it")
    chosen = places if at is None else [place for place in places if place[0] == at]
    if len(chosen) != 1:
        return Missing(shown, done, words, tuple(_offered(text, *place) for place in places[:MOST_OFFERED]))
    record = blank(store, document, *chosen[0])
    return Missing(shown, done, words, (), chosen[0][0], record, inputs(record), _sentence(text, record))


def _offered(text: str, start: int, end: int) -> Offered:
    around = (max(0, start - AROUND), min(len(text), end + AROUND))
    return Offered(start, highlight(text, [Mark(start, end, "trigger")], *around))


def _sentence(text: str, record: Json) -> Markup:
    trigger, sentence = record["trigger"], record["sentence"]
    return highlight(text, [Mark(trigger["start"], trigger["end"], "trigger")], sentence["start"], sentence["end"])


def filled(store: Store, document: str, form: Form, book: Codebook) -> tuple[tuple[int, int], dict[str, object]]:
    """Where the word of a filled form stands, and the fields it says. Raises QueryError, UnknownId."""
    text = store.document(document).text
    at = form.get("at", "")
    places = [place for place in places_of(form.get("words", ""), text) if str(place[0]) == at]
    if not places:
        raise QueryError("words", "the words are not at that place of the text any more; begin again")
    return places[0], corrections(form, blank(store, document, *places[0]), text, book)
