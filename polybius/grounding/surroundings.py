"""Which country an actor belongs to whose phrase names none: what the words around it and the article are about.

A documented fall-back, never certain: every name of a state, a place, a body or a person in the article votes for its country, the
more the nearer it stands and the more it says where things happen. What a vote is worth, `belonging` tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from polybius.grounding.article import Article
from polybius.grounding.belonging import Asked, Vote, asked, part_of, ranking
from polybius.grounding.clues import Hit, find
from polybius.grounding.place_words import said_country
from polybius.grounding.sectors import armed
from polybius.records import Name, Sentence, Span
from polybius.reference import World

LOCATIVE = frozenset(
    {"in", "at", "near", "across", "from", "inside", "outside", "of", "throughout", "around", "off", "over", "on"}
)
INTERNATIONAL = frozenset({"UNO", "IGO", "EUR", "NGO", "IMG", "ISM", "MNC"})
LARGE = 30_000  # people: of a smaller town it is not clear which of that name is meant


class Surroundings:
    """The votes of one article."""

    def __init__(self, article: Article, world: World) -> None:
        self.article, self.world = article, world

    @cached_property
    def votes(self) -> tuple[Vote, ...]:
        """All votes in the order of the text."""
        found = [v for s in self.article.sentences for v in self._of_sentence(s)]
        return tuple(sorted(found, key=lambda v: (v.position, v.code)))

    @cached_property
    def codes(self) -> frozenset[str]:
        """Countries that the article names in any way."""
        return frozenset(v.code for v in self.votes)

    def count(self, code: str) -> int:
        """How often the article speaks of a country, otherwise than by bodies and peoples of several."""
        return sum(v.code == code and v.kind != "body" for v in self.votes)

    def _of_sentence(self, sentence: Sentence) -> Iterator[Vote]:
        if not len(sentence):
            return
        hits = self._hits[sentence.index]
        for hit in hits:
            code = hit.known.code
            if code and code not in INTERNATIONAL:
                kind = self._kind(sentence, hit)
                yield self._vote(sentence, hit.start, hit.end, self.world.state_of(code), kind)
        taken = frozenset(i for h in hits for i in range(h.start, h.end))
        for name in self.article.names_in(sentence.span):
            yield from self._of_name(sentence, name, taken)

    def _vote(self, sentence: Sentence, start: int, end: int, code: str, kind: str) -> Vote:
        part, verb = part_of(sentence, end - 1)
        return Vote(sentence.starts[start], sentence.ends[end - 1], sentence.index, code, kind, part, verb)

    def _kind(self, sentence: Sentence, hit: Hit) -> str:
        if not hit.is_state:
            return "body"
        kind = hit.known.kind
        if kind in ("adjective", "country") and armed(sentence, hit.start, hit.end):
            return "armed"
        return "where" if kind in ("country", "capital") and _located(sentence, hit.start) else kind

    def _of_name(self, sentence: Sentence, name: Name, taken: frozenset[int]) -> Iterator[Vote]:
        place = self.article.words(name.span)
        if place is None or not taken.isdisjoint(place[1]):
            return
        words = place[1]
        text = self.article.text(name.span)
        if name.kind == "PERSON":
            codes = {e.code for e in self.world.persons(text)}
            if len(codes) == 1:
                yield self._vote(sentence, words[0], words[-1] + 1, self.world.state_of(codes.pop()), "person")
            return
        if name.kind == "PLACE":
            code = self.land(name.span)
            if code:
                kind = "where" if _located(sentence, words[0]) else "place"
                yield self._vote(sentence, words[0], words[-1] + 1, code, kind)

    def land(self, span: Span) -> str | None:
        """The country of a named place: the one that an apposition tells, else that of the town."""
        return said_country(self.article, self.world, span) or self.town(self.article.text(span))

    def town(self, text: str) -> str | None:
        """The country of a place: one that the article names by itself, else that of the largest of the name, if it is large."""
        towns = [t for t in self.world.towns(text) if t.country]
        if not towns:
            return None
        named = self._stated
        best = next((t for t in towns if t.country in named), None)
        if best is None and towns[0].population < LARGE and not towns[0].feature.startswith(("ADM1", "PCL", "PPLC")):
            return None if len(towns) > 1 else self.world.state_of(towns[0].country)
        return self.world.state_of((best or towns[0]).country)

    @cached_property
    def _stated(self) -> frozenset[str]:
        """Countries that the article names as such."""
        hits = (h for found in self._hits.values() for h in found)
        return frozenset(h.known.code for h in hits if h.is_state and h.known.code)

    @cached_property
    def _hits(self) -> Mapping[int, tuple[Hit, ...]]:
        """What the tables know of each sentence; asked for its votes and for the states that it names."""
        whole = ((s, range(len(s))) for s in self.article.sentences if len(s))
        return {s.index: tuple(find(s, words, self.world)) for s, words in whole}

    def asked(self, span: Span, sectors: Sequence[str]) -> tuple[Asked, tuple[Vote, ...]] | None:
        """A phrase and the votes outside of it; None where nothing speaks for any country."""
        what = asked(self.article, span, sectors)
        votes = tuple(v for v in self.votes if not (span.start <= v.position and v.end <= span.end))
        return (what, votes) if what is not None and votes else None

    def ask(self, span: Span, sectors: Sequence[str]) -> list[tuple[str | None, float]]:
        """Countries for a phrase, None for nobody's, with how likely each is, the likeliest first."""
        what = self.asked(span, sectors)
        return [] if what is None else ranking(*what)


def _located(sentence: Sentence, start: int) -> bool:
    """Whether a name stands after a preposition of place, with an article or a word such as "southern" between."""
    for i in range(start - 1, max(start - 5, -1), -1):
        form = sentence.forms[i].lower()
        if form in LOCATIVE:
            return True
        if sentence.upos[i] not in ("DET", "ADJ", "NOUN", "PROPN"):
            return False
    return False
