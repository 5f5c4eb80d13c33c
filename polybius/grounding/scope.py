"""What the resolvers of actors share: the article, the tables, the countries around a phrase."""

from __future__ import annotations

from dataclasses import dataclass

from polybius.grounding.article import Article
from polybius.grounding.clues import Clues
from polybius.grounding.surroundings import Surroundings
from polybius.records import Actor, Grounding, Span
from polybius.reference import World

PLAIN = frozenset({"UNO", "IGO", "NGO"})  # of whom PLOVER says no sector GOV
UNSAID = frozenset({"GOV", "UNK", "LEG", "BUS", "CVL"})
SAID = frozenset({"MIL", "JUD", "COP"})


@dataclass(frozen=True, slots=True)
class Scope:
    """One article and the world."""

    article: Article
    world: World
    around: Surroundings

    def text(self, clues: Clues) -> str:
        """The words of a phrase."""
        return self.article.text(Span(clues.sentence.starts[clues.words[0]], clues.sentence.ends[clues.words[-1]]))

    def state(self, code: str) -> str:
        """The state that PLOVER codes for a country code."""
        return self.world.state_of(code)

    def actor(self, name: str, code: str | None, sectors: tuple[str, ...], identifier: str | None = None) -> Actor:
        """An actor as PLOVER codes it: dependencies under their state, no sector GOV for international organisations."""
        code = self.world.state_of(code) if code else None
        if code in PLAIN:
            sectors = tuple(s for s in sectors if s in SAID or (code == "NGO" and s not in UNSAID))
        return Actor(name, code, sectors, identifier)


def missing(reason: str) -> Grounding[Actor]:
    """No answer, and why."""
    return Grounding("not_found", None, reason, score=0.0)
