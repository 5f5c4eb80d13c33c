"""Where: the place that a phrase names, or describes while another mention names it; else its country; else why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from polybius.grounding.article import Article
from polybius.grounding.place_descriptions import country_said, described
from polybius.grounding.place_record import grounded, placed
from polybius.grounding.place_senses import Choice, Story
from polybius.grounding.toponyms import MODIFIERS, Toponym, is_demonym, senses, spot
from polybius.records import Grounding, Place, Span
from polybius.reference import World
from polybius.reference.gazetteer_names import fold

# Words for kinds of divisions and towns, which a table's name may lack.
KINDS = frozenset(
    "county province state region city town village district republic oblast governorate prefecture parish".split()
)
WIDE_KM = 50.0  # how near a place is that is only named beside another
UNNAMED: Grounding[Place] = Grounding("not_found", None, "no name in this phrase that the gazetteer knows", score=0.0)


class PlaceResolver:
    """Resolves the places of one article."""

    def __init__(self, article: Article, world: World) -> None:
        self.article, self.world = article, world

    @cached_property
    def story(self) -> Story:
        """The toponyms of the whole article; read when a place first needs it."""
        return Story(self.article, self.world, spot(self.article, self.world))

    def resolve(self, span: Span) -> Grounding[Place]:
        """The place of a phrase."""
        choices = self.inside(span)
        if choices:
            return grounded(finest(choices))
        return (
            described(self.article, self.story, self.world, span)
            or self.beside(span)
            or self.by_country(span)
            or UNNAMED
        )

    def inside(self, span: Span) -> Sequence[Choice]:
        """The toponyms in a phrase: those of the story, else the phrase or a name in it where the tables know that."""
        found = [c for s, c in self.story.choices.items() if span.contains(s)]
        return found or [choice for s in self.spans(span) if (choice := self.choice(s)) is not None]

    def spans(self, span: Span) -> Sequence[Span]:
        """A phrase and the names in it that may be places."""
        names = [n.span for n in self.article.names_in(span) if n.kind != "PERSON" and n.span != span]
        return (span, *names)

    def choice(self, span: Span) -> Choice | None:
        """The sense of words that the spotter passed over."""
        named = (form for form in forms(self.article.text(span)) if not is_demonym(self.world, form))
        known = ((form, towns) for form in named if (towns := senses(self.world, form)))
        return next((self.story.choose(Toponym(span, fold(form), towns, -1)) for form, towns in known), None)

    def beside(self, span: Span) -> Grounding[Place] | None:
        """A name that no table knows: the place named with it in the sentence stands for it."""
        text, sentence = self.article.text(span), self.article.sentence_at(span.start)
        near = [c for s, c in self.story.choices.items() if sentence is not None and sentence.span.contains(s)]
        if not near or not is_name(text):
            return None
        choice = min(near, key=lambda c: gap(c.toponym.span, span))
        reason = f"“{text}” is not in the gazetteer; {choice.town.name} is named with it"
        place = replace(placed(choice.town), precision_km=max(WIDE_KM, choice.town.precision_km))
        return Grounding("ambiguous", place, reason, (choice.toponym.span,), 0.3, "place beside it")

    def by_country(self, span: Span) -> Grounding[Place] | None:
        """No place of its own: the country that an adjective in the phrase names."""
        found = self.article.words(span)
        code = country_said(self.world, *found) if found is not None else None
        if code is None:
            return None
        state = self.world.gazetteer.country(code)
        place = Place(self.world.states.get(code, code), code) if state is None else placed(state)
        return Grounding("resolved", place, "country in the phrase", method="country", score=0.6)


def is_name(text: str) -> bool:
    """Whether words look like a name."""
    return text[:1].isalpha() and not text.islower()


def forms(text: str) -> Sequence[str]:
    """A name as it is, and without a word of direction before it or of kind after it; nothing for what is no name."""
    words = text.split()
    if not is_name(text):
        return ()
    first = words[1:] if words[0].lower() in MODIFIERS else words
    last = words[:-1] if words[-1].lower() in KINDS else words
    return tuple(dict.fromkeys(filter(None, (text, " ".join(first), " ".join(last)))))


def gap(a: Span, b: Span) -> int:
    """Characters between two spans; what follows is nearer than what comes before."""
    return a.start - b.end if a.start >= b.end else b.start - a.end + 20


def finest(choices: Sequence[Choice]) -> Choice:
    """Of the places that a phrase names the one that says most exactly where; the first of equals."""
    return min(choices, key=lambda c: (c.town.feature == "PCLI", c.town.precision_km))
