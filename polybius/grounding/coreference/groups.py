"""Groups: "Kim and Putin", and whom "the two leaders", "both sides" or "the pair" take up."""

from __future__ import annotations

from collections.abc import Callable

from polybius.grounding.coreference import lexicon
from polybius.grounding.coreference.entity import Entity
from polybius.grounding.coreference.phrases import Phrase
from polybius.grounding.coreference.scene import Scene

REACH, FAR = 3, 60  # sentences: for a group that was named, for its members
PARTIES = ("subject", "object", "possessor")
NEARBY = 3  # sentences within which nearness hardly counts
SIDES = frozenset({"side", "party", "camp"})
STATES = frozenset({"country", "nation", "government", "state", "capital", "neighbour", "neighbor"})


def joined(scene: Scene, phrase: Phrase) -> Entity | None:
    """The group of a phrase and what is joined to it by "and"."""
    s = phrase.sentence
    words = [i for i in range(phrase.word + 1, len(s)) if s.heads[i] == phrase.word and s.deprels[i] == "conj"]
    if not words or not any(s.lemmas[i].lower() == "and" for i in range(phrase.word + 1, words[-1])):
        return None
    members = [scene.at(s.index, word) for word in (phrase.word, *words)]
    kept = tuple(m for m in members if m is not None)
    if len(kept) != len(members) or len({id(m) for m in kept}) != len(kept):
        return None
    return Entity(number="plural", animate=kept[0].animate, members=kept)


def both(scene: Scene, phrase: Phrase) -> Entity | None:
    """The group that "the two X", "both X", "each side" or "the pair" takes up.

    It is the last group of two of that kind, else the two of that kind that the text so far is most about.
    """
    if not asks_for_two(phrase):
        return None
    wanted = kind_of(phrase.noun)
    for entity in scene.entities(phrase, REACH):
        if len(entity.members) == 2 and all(map(wanted, entity.members)):
            return entity
    fitting = [e for e in scene.entities(phrase, FAR) if not e.members and wanted(e)]
    titled = [e for e in fitting if phrase.noun in e.titles | e.nouns]
    if len(titled) > 1:
        fitting = titled
    if len(fitting) < 2:
        return None
    here = phrase.sentence.index
    ranked = sorted(fitting, key=lambda e: weight(e, here), reverse=True)
    one, two = sorted(ranked[:2], key=lambda e: e.phrases[0].start)
    return Entity(number="plural", animate=one.animate, members=(one, two))


def weight(entity: Entity, here: int) -> float:
    """How much a text is about an entity, seen from a sentence: who acts or suffers counts more than a mere place."""
    told = (p for p in entity.phrases if p.sentence.index <= here)
    return sum((2 if p.position in PARTIES else 1) / (NEARBY + here - p.sentence.index) for p in told)


def asks_for_two(phrase: Phrase) -> bool:
    if phrase.noun in lexicon.PAIR_NOUNS:
        return phrase.determiner == "definite"
    if phrase.mention.kind == "pronoun":
        return phrase.noun in lexicon.BOTH
    if phrase.noun not in lexicon.GROUP_NOUNS and phrase.noun != "two":
        return False
    forms = {phrase.sentence.forms[i].lower() for i in range(phrase.first, phrase.last + 1)}
    if phrase.noun in SIDES and forms & {"each", "either", "neither"}:
        return True
    return "both" in forms or ("two" in forms and phrase.determiner == "definite")


def kind_of(noun: str) -> Callable[[Entity], bool]:
    if noun in STATES:
        return lambda e: e.state is not None
    if noun in lexicon.PERSON_NOUNS or noun in lexicon.PAIR_NOUNS:
        return lambda e: e.is_person
    if noun in ("side", "party", "camp", "two", "rival", "foe", "ally", *lexicon.BOTH):
        return lambda e: (
            e.state is not None or e.kind in ("PERSON", "ORG") or e.number == "plural" and e.animate is True
        )
    return lambda e: e.kind == "ORG"
