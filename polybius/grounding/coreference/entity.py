"""What is known of an entity while its chain grows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from polybius.grounding.coreference.chain import Gender, Number
from polybius.grounding.coreference.phrases import Phrase


@dataclass(slots=True, eq=False)
class Entity:
    """An entity in the making. It lives only while the chains of one article are made."""

    phrases: list[Phrase] = field(default_factory=list)
    kind: str = ""  # kind of its names, "" where it has none
    state: str | None = None  # the code of the state that it is
    number: Number | None = None
    gender: Gender | None = None
    animate: bool | None = None
    called: set[Gender] = field(default_factory=set)  # genders of its pronouns
    public: bool = False  # known as an organ of a state or of states
    armed: bool = False  # known as an armed group
    business: bool | None = None  # known as a company, or as something else
    keys: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    modifiers: set[str] = field(default_factory=set)
    owners: list[Entity] = field(default_factory=list)
    members: tuple[Entity, ...] = ()

    def add(self, phrase: Phrase) -> None:
        self.phrases.append(phrase)
        mention = phrase.mention
        if mention.kind != "pronoun":
            self.titles |= phrase.titles
            self.modifiers |= phrase.modifiers
            if phrase.code:
                self.codes.add(phrase.code)
            if mention.kind == "description":
                self.nouns.add(phrase.noun)
            self.gender = self.gender or mention.gender
        elif mention.gender:
            self.called.add(mention.gender)
        if self.number is None and mention.kind == "description":
            self.number = mention.number
        if self.animate is None:
            self.animate = mention.animate

    @property
    def is_person(self) -> bool:
        return self.kind == "PERSON" or (self.animate is True and not self.kind and self.number != "plural")

    @property
    def is_body(self) -> bool:
        """An organisation, a state or a collective: what can act and be "it"."""
        return self.kind in ("ORG", "MISC") or self.state is not None or (not self.kind and self.animate is None)


def named(phrases: Iterable[Phrase], kind: str) -> Entity:
    entity = Entity(kind=kind)
    for phrase in phrases:
        entity.add(phrase)
    return entity
