"""The article as far as it is read: phrases with the entities that they stand for, the latest last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from polybius.grounding.coreference.entity import Entity
from polybius.grounding.coreference.phrases import Phrase
from polybius.grounding.coreference.speakers import Speakers


@dataclass(slots=True)
class Scene:
    """What the sieves look back at. It lives only while the chains of one article are made."""

    phrases: Sequence[Phrase]
    speakers: Speakers
    entity_of: dict[int, Entity]  # by the position of the phrase
    at_word: dict[tuple[int, int], int] = field(default_factory=dict)  # position by sentence and word
    seen: list[tuple[Phrase, Entity]] = field(default_factory=list)

    def at(self, sentence: int, word: int) -> Entity | None:
        """The entity of the phrase with this head word, also of a name that is still to come."""
        position = self.at_word.get((sentence, word))
        return None if position is None else self.entity_of.get(position)

    def put(self, at: int, entity: Entity) -> None:
        """A description or pronoun stands for an entity."""
        self.entity_of[at] = entity
        entity.add(self.phrases[at])

    def back(self, phrase: Phrase, reach: int) -> Iterator[tuple[Phrase, Entity]]:
        """What was read before a phrase, the latest first, up to so many sentences back."""
        for other, entity in reversed(self.seen):
            if phrase.sentence.index - other.sentence.index > reach:
                return
            yield other, entity

    def entities(self, phrase: Phrase, reach: int) -> Iterator[Entity]:
        """Entities by their latest mention, each once, the latest first."""
        met: set[int] = set()
        for _, entity in self.back(phrase, reach):
            if id(entity) not in met:
                met.add(id(entity))
                yield entity
