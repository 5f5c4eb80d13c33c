"""Sieves for descriptions: what "the leader", "the group", "his host" or "the Iranian side" takes up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from polybius.grounding.coreference import lexicon
from polybius.grounding.coreference.entity import Entity
from polybius.grounding.coreference.phrases import Phrase
from polybius.grounding.coreference.scene import Scene

FAR, NEAR = 60, 6  # sentences that a description looks back
UNIQUE = frozenset({"police", "government", "authority", "prosecutor", "army", "parliament", "military"})


def described(scene: Scene, phrase: Phrase) -> Entity | None:
    """The entity that a description takes up; None where it is a new one."""
    return next((entity for sieve in SIEVES if (entity := sieve(scene, phrase)) is not None), None)


def apposition(scene: Scene, phrase: Phrase) -> Entity | None:
    """ "their spokesman, X" and "X, their spokesman": one in apposition to the other."""
    s, word = phrase.sentence, phrase.word
    if s.deprels[word] == "appos":
        other = scene.at(s.index, s.heads[word])
        return other if other is not None and agree(other, phrase) else None
    for child in range(word + 1, min(word + 12, len(s))):
        if s.heads[child] == word and s.deprels[child] == "appos":
            other = scene.at(s.index, child)
            if other is not None and other.kind and agree(other, phrase):
                return other
    return None


def copula(scene: Scene, phrase: Phrase) -> Entity | None:
    """ "X is the president of Y"."""
    s, word = phrase.sentence, phrase.word
    kids = [i for i in range(len(s)) if s.heads[i] == word]
    if not any(s.deprels[i] == "cop" and s.lemmas[i].lower() == "be" for i in kids):
        return None
    if any(s.lemmas[i].lower() == "not" for i in kids):
        return None
    subject = next((i for i in kids if s.deprels[i] == "nsubj"), None)
    other = None if subject is None else scene.at(s.index, subject)
    return other if other is not None and agree(other, phrase) else None


def government(scene: Scene, phrase: Phrase) -> Entity | None:
    """ "the Iranian side", "the Sudanese government": the state; "Islamic State militants": the group."""
    s = phrase.sentence
    for word in range(phrase.first, phrase.word):
        if s.heads[word] != phrase.word:
            continue
        owner = scene.at(s.index, word)
        if owner is None:
            continue
        if owner.state is not None and phrase.noun in lexicon.GOVERNMENT_NOUNS and len(phrase.modifiers) <= 1:
            return owner
        if owner.kind in ("ORG", "MISC") and phrase.noun in lexicon.ARMED_NOUNS and s.deprels[word] == "compound":
            return owner
    return None


def same_noun(scene: Scene, phrase: Phrase) -> Entity | None:
    """The same noun again, with no modifier that the earlier mention lacks."""
    if phrase.determiner in ("indefinite", "possessive"):
        return None
    if phrase.determiner == "bare" and not (phrase.noun in UNIQUE or phrase.code):
        return None
    for entity in scene.entities(phrase, FAR):
        if (
            phrase.noun in entity.nouns
            and phrase.modifiers <= entity.modifiers | entity.nouns
            and agree(entity, phrase)
        ):
            return entity
    return None


def same_side(scene: Scene, phrase: Phrase) -> Entity | None:
    """ "the demonstrators" after "protesters", "soldiers" after "Iraqi troops": the one collective of that kind so far.

    Where the article tells of two of different states, or counts some of them, nothing is taken up.
    """
    kind = lexicon.SIDES_OF_STORY.get(phrase.noun)
    if kind is None or not collective(phrase) or phrase.determiner == "possessive" or of_somebody(scene, phrase):
        return None
    found = [
        e for e in scene.entities(phrase, FAR) if any(lexicon.SIDES_OF_STORY.get(n) == kind for n in last_words(e))
    ]
    many = [e for e in found if any(collective(p) for p in e.phrases if p.mention.kind != "pronoun")]
    codes = {code for e in many for code in e.codes}
    if len(codes | ({phrase.code} if phrase.code else set())) > 1:
        many = [e for e in many if phrase.code in e.codes] if phrase.code else []
    if phrase.determiner == "bare" and not phrase.code:
        home = main_state(scene, phrase)
        many = [e for e in many if phrase.noun in last_words(e) and (not e.codes or home in e.codes)]
    return next((e for e in many if agree(e, phrase)), None)


def of_somebody(scene: Scene, phrase: Phrase) -> bool:
    """Whether a phrase tells by a name that is no state's whose its collective is: "IS fighters"."""
    inside = (scene.at(phrase.sentence.index, i) for i in range(phrase.first, phrase.last + 1) if i != phrase.word)
    return any(e is not None and e.kind and not e.state for e in inside)


def main_state(scene: Scene, phrase: Phrase) -> str | None:
    """The state of which an article speaks most so far."""
    states = [e for e in scene.entities(phrase, FAR) if e.state]
    return max(states, key=lambda e: len(e.phrases)).state if states else None


def collective(phrase: Phrase) -> bool:
    """Whether a phrase speaks of all of a kind: not of one, and not of a number of them."""
    s = phrase.sentence
    counted = any(s.upos[i] == "NUM" for i in range(phrase.first, phrase.word))
    one = phrase.mention.number == "singular" and phrase.noun not in lexicon.COLLECTIVE
    return not counted and not one and phrase.determiner != "indefinite"


def last_words(entity: Entity) -> set[str]:
    """The nouns of an entity, and the last words of its names."""
    return entity.nouns | {key.split()[-1] for key in entity.keys if " " in key}


def armed_group(scene: Scene, phrase: Phrase) -> Entity | None:
    """ "the militants", "the rebels": the armed group of the article, if it names one only."""
    rebels = phrase.noun in lexicon.ARMED_NOUNS | {"rebel"} and collective(phrase)
    if not rebels or len(phrase.modifiers) > 1 or phrase.determiner == "possessive" or of_somebody(scene, phrase):
        return None
    groups = [e for e in scene.entities(phrase, FAR) if e.armed]
    return groups[0] if len(groups) == 1 and agree(groups[0], phrase) else None


def same_owner(scene: Scene, phrase: Phrase) -> Entity | None:
    """The same noun of the same owner: "his wife … his wife"."""
    if phrase.determiner != "possessive":
        return None
    owner = scene.at(phrase.sentence.index, phrase.owner)
    if owner is None:
        return None
    for entity in scene.entities(phrase, FAR):
        if phrase.noun in entity.nouns and any(o is owner for o in entity.owners) and agree(entity, phrase):
            return entity
    if phrase.noun in lexicon.COUNTERPARTS and not phrase.code:
        return other_person(scene, phrase, owner)
    return holder(scene, phrase, owner.codes) if phrase.titles else None


def other_person(scene: Scene, phrase: Phrase, owner: Entity) -> Entity | None:
    """ "his host", "his counterpart": the person named last who is not he. Who thanks his host is he, whatever "his" was taken for."""
    him = acting(scene, phrase) or owner
    for entity in scene.entities(phrase, NEAR):
        if entity is not him and entity.kind == "PERSON" and agree(entity, phrase):
            return entity
    return None


def acting(scene: Scene, phrase: Phrase) -> Entity | None:
    """The subject of the verb whose object a phrase is: "the leader" of "the leader thanked his host"."""
    s, word = phrase.sentence, phrase.word
    verb = s.heads[word]
    if verb < 0 or s.deprels[word] not in ("obj", "iobj", "obl"):
        return None
    subject = next((i for i in range(len(s)) if s.heads[i] == verb and s.deprels[i] == "nsubj"), None)
    return None if subject is None else scene.at(s.index, subject)


def role(scene: Scene, phrase: Phrase) -> Entity | None:
    """ "the North Korean leader" takes up a person with that country and such a title."""
    if not phrase.titles or phrase.determiner in ("indefinite", "possessive") or phrase.mention.number == "plural":
        return None
    if phrase.determiner == "bare" and not phrase.code:
        return None
    return holder(scene, phrase, {phrase.code} if phrase.code else set())


def holder(scene: Scene, phrase: Phrase, codes: set[str]) -> Entity | None:
    """The person mentioned last whose title is or includes the noun and whose country is no other."""
    roles = lexicon.ROLE_CLASSES.get(phrase.noun, frozenset())
    portfolios = phrase.modifiers & lexicon.PORTFOLIOS
    for entity in scene.entities(phrase, FAR):
        if entity.kind != "PERSON" or not agree(entity, phrase):
            continue
        if codes and entity.codes and not codes & entity.codes:
            continue
        if portfolios and not portfolios <= entity.titles | entity.modifiers:
            continue
        if phrase.noun in entity.titles or (entity.titles & roles):
            return entity
        if codes & entity.codes and phrase.noun in ("leader", "official", "politician") and not entity.titles:
            return entity
    return None


def body(scene: Scene, phrase: Phrase) -> Entity | None:
    """ "the ministry", "the company", "the group": a body with that word in its name, else the one named last."""
    if phrase.noun not in lexicon.BODY_NOUNS or phrase.determiner != "definite" or phrase.mention.number == "plural":
        return None
    for entity in scene.entities(phrase, FAR):
        names_it = not entity.state and any(phrase.noun in key.split() for key in entity.keys)
        if names_it and entity.kind in ("ORG", "MISC", "PLACE") and agree(entity, phrase):
            return entity
    if phrase.noun not in GENERIC_BODIES or len(phrase.modifiers) > 1:
        return None
    for entity in scene.entities(phrase, NEAR):
        if entity.kind == "ORG" and may_be(entity, phrase.noun) and agree(entity, phrase):
            return entity
    return None


def may_be(entity: Entity, noun: str) -> bool:
    """Whether what the tables know of a body allows the noun: a ministry is no company, the UN no group."""
    if noun in lexicon.COMPANY_NOUNS:
        return entity.business is not False
    return not (entity.public and noun in lexicon.PRIVATE_NOUNS)


GENERIC_BODIES: Final = lexicon.COMPANY_NOUNS | frozenset(
    """group organization organisation movement network body faction militia alliance bloc agency party
    union newspaper paper club team charity watchdog""".split()
)


def place(scene: Scene, phrase: Phrase) -> Entity | None:
    """ "the country", "the city": the state or place mentioned last."""
    if phrase.determiner != "definite" or phrase.mention.number == "plural" or len(phrase.modifiers) > 1:
        return None
    state, town = phrase.noun in lexicon.STATE_NOUNS, phrase.noun in lexicon.TOWN_NOUNS | lexicon.REGION_NOUNS
    if not (state or town):
        return None
    for entity in scene.entities(phrase, NEAR):
        if entity.kind == "PLACE" and (state if entity.state else town) and agree(entity, phrase):
            return entity
    return None


def somebody(scene: Scene, phrase: Phrase) -> Entity | None:
    """ "the man", "the suspect": the person mentioned last who may be one, if nothing else is said of him."""
    if phrase.mention.animate is not True or phrase.determiner != "definite" or phrase.mention.number == "plural":
        return None
    if phrase.modifiers or phrase.code:
        return None
    for entity in scene.entities(phrase, 3):
        if entity.is_person and not (entity.kind == "PERSON" and entity.titles) and agree(entity, phrase):
            return entity
    return None


def agree(entity: Entity, phrase: Phrase) -> bool:
    """Whether number, gender, animacy and country allow a description to stand for an entity."""
    mention = phrase.mention
    if entity.phrases and entity.phrases[-1].mention.span.overlaps(mention.span):
        return False
    if entity.gender and mention.gender and entity.gender != mention.gender:
        return False
    if entity.kind == "PERSON" and (mention.animate is False or mention.number == "plural"):
        return False
    if entity.kind in ("ORG", "PLACE") and mention.animate is True and mention.number == "singular":
        return False
    if not entity.kind and entity.number and mention.number and entity.number != mention.number:
        return False
    return not (phrase.code and entity.codes and phrase.code not in entity.codes)


Sieve = Callable[[Scene, Phrase], Entity | None]
SIEVES: tuple[Sieve, ...] = (
    apposition,
    copula,
    government,
    same_noun,
    same_side,
    armed_group,
    same_owner,
    role,
    body,
    place,
    somebody,
)
