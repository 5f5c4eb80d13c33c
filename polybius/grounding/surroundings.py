"""Which country an actor belongs to whose phrase names none: what the words around it and the article are about.

A documented fall-back, never certain: every name of a state, a place, a body or a person in the article votes for its country, the
more the nearer it stands and the more it says where things happen. Weights were fitted on annotated reports of training.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from polybius.grounding.article import Article
from polybius.grounding.clues import Hit, find
from polybius.grounding.place_words import said_country
from polybius.grounding.sectors import armed
from polybius.records import Name, Sentence, Span
from polybius.reference import World

LOCATIVE = frozenset(
    {"in", "at", "near", "across", "from", "inside", "outside", "of", "throughout", "around", "off", "over", "on"}
)
INTERNATIONAL = frozenset({"UNO", "IGO", "EUR", "NGO", "IMG", "ISM", "MNC"})
# What a vote counts by its kind and where it stands: in the same sentence before and after the phrase, one sentence before, earlier,
# one sentence after, later. "where" is a country or place after a preposition of place, "place" any other town or region,
# "armed" a state whose forces act ("Israeli strikes").
POSITIONS = 6
WEIGHTS: Mapping[str, tuple[float, ...]] = {
    "where": (0.8, 0.8, 0.4, 0.3, 0.1, 0.1),
    "place": (0.1, 0.3, 0.2, 0.2, -0.1, 0.2),
    "country": (0.4, 1.0, 0.0, -0.1, 0.1, -0.1),
    "adjective": (0.1, -0.4, 0.5, 0.1, 0.0, 0.1),
    "people": (0.0, 0.1, 0.2, -0.2, 0.1, 0.3),
    "body": (-0.3, 0.3, 0.3, 0.2, -0.1, -0.2),
    "person": (0.3, 0.3, 0.1, 0.0, 0.5, -0.2),
    "capital": (0.7, 0.3, 0.3, 0.5, 0.0, 0.3),
    "armed": (-0.8, -0.7, 0.3, 0.2, 0.3, 0.3),
}
# What is added for a phrase with an official sector, who belongs to the state that is told of more than to the place.
OFFICIALS: Mapping[str, tuple[float, ...]] = {
    "where": (0.2, -0.5, 0.0, 0.2, 0.2, 0.1),
    "place": (-0.2, -0.6, -0.3, 0.0, -0.4, -0.5),
    "country": (0.1, -0.7, 0.3, 0.3, -0.5, 0.1),
    "adjective": (0.2, -0.1, 0.1, 0.0, 0.2, 0.0),
    "people": (-0.5, -0.2, -0.1, -0.2, -0.6, -0.2),
    "body": (0.4, 0.2, 0.0, 0.0, 0.7, -0.2),
    "person": (0.2, 0.2, 0.0, -0.1, 0.3, 0.3),
    "capital": (0.0, -0.3, 0.2, 0.1, 0.1, -0.2),
    "armed": (0.2, -0.1, 0.4, 0.8, 0.1, 0.2),
}
NEAREST_BEFORE, NEAREST_AFTER, FIRST, SHARE = (0.3, 0.1), (-0.4, 0.5), (0.4, 0.3), (2.8, 0.4)
NOBODY = 1.0  # what a country must reach to be named at all
LARGE = 30_000  # people: of a smaller town it is not clear which of that name is meant
MOST = 2  # votes of one kind and position that count


@dataclass(frozen=True, slots=True)
class Vote:
    """A name that speaks for a country."""

    position: int
    end: int
    sentence: int
    code: str
    kind: str


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
        hits = list(find(sentence, range(len(sentence)), self.world))
        for hit in hits:
            code = hit.known.code
            if code and code not in INTERNATIONAL:
                kind = self._kind(sentence, hit)
                yield self._vote(sentence, hit.start, hit.end, self.world.state_of(code), kind)
        taken = frozenset(i for h in hits for i in range(h.start, h.end))
        for name in self.article.names_in(sentence.span):
            yield from self._of_name(sentence, name, taken)

    def _vote(self, sentence: Sentence, start: int, end: int, code: str, kind: str) -> Vote:
        return Vote(sentence.starts[start], sentence.ends[end - 1], sentence.index, code, kind)

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
        hits = (h for s in self.article.sentences if len(s) for h in find(s, range(len(s)), self.world))
        return frozenset(h.known.code for h in hits if h.is_state and h.known.code)

    def ranking(self, span: Span, official: bool) -> list[tuple[str, float]]:
        """Countries for a phrase, best first, with what is spoken for each; empty where nothing speaks for any."""
        sentence = self.article.sentence_at(span.start)
        votes = [v for v in self.votes if not (span.start <= v.position and v.end <= span.end)]
        if sentence is None or not votes:
            return []
        scores: dict[str, float] = defaultdict(float)
        counted: Counter[tuple[str, str, int]] = Counter()
        for vote in votes:
            where = _position(vote, sentence.index, span)
            counted[vote.code, vote.kind, where] += 1
            if counted[vote.code, vote.kind, where] <= MOST:
                scores[vote.code] += WEIGHTS[vote.kind][where] + official * OFFICIALS[vote.kind][where]
            scores[vote.code] += (SHARE[0] + official * SHARE[1]) / len(votes)
        self._nearest(votes, scores, sentence.index, span, official)
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))

    def _nearest(self, votes: list[Vote], scores: dict[str, float], here: int, span: Span, official: bool) -> None:
        """The nearest vote on either side, and the first of the article."""
        before = next((v for v in reversed(votes) if v.end <= span.start), None)
        after = next((v for v in votes if v.position >= span.end and v.sentence == here), None)
        for vote, weights in ((before, NEAREST_BEFORE), (after, NEAREST_AFTER), (votes[0], FIRST)):
            if vote is not None:
                scores[vote.code] += weights[0] + official * weights[1]


def _position(vote: Vote, here: int, span: Span) -> int:
    away = vote.sentence - here
    if away == 0:
        return 0 if vote.position < span.start else 1
    if away < 0:
        return 2 if away == -1 else 3
    return 4 if away == 1 else 5


def _located(sentence: Sentence, start: int) -> bool:
    """Whether a name stands after a preposition of place, with an article or a word such as "southern" between."""
    for i in range(start - 1, max(start - 5, -1), -1):
        form = sentence.forms[i].lower()
        if form in LOCATIVE:
            return True
        if sentence.upos[i] not in ("DET", "ADJ", "NOUN", "PROPN"):
            return False
    return False
