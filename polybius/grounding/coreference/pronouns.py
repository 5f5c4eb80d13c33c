"""Pronouns: the speaker for the first person, else the candidate that a linear model likes best."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from polybius.grounding.coreference import lexicon
from polybius.grounding.coreference.entity import Entity
from polybius.grounding.coreference.phrases import Phrase
from polybius.grounding.coreference.scene import Scene
from polybius.grounding.coreference.weights import PRONOUNS

REACH = 5  # sentences that a pronoun looks back
MOST = 12  # candidates
NOBODY = "nobody"  # the candidate that stands for a pronoun without a referent: "it rained"

Candidate = tuple[Entity | None, list[str]]


def referent(scene: Scene, phrase: Phrase, weights: Mapping[str, float] = PRONOUNS) -> Entity | None:
    """Whom a pronoun stands for; None where nothing fits."""
    best: tuple[float, Entity | None] | None = None
    for entity, features in candidates(scene, phrase):
        score = sum(weights.get(feature, 0.0) for feature in features)
        if best is None or score > best[0]:
            best = score, entity
    return best[1] if best else None


def speaking(scene: Scene, phrase: Phrase) -> Entity | None:
    """Who says "I" or "we": the speaker of the quotation."""
    speaker = scene.speakers.speaker(phrase.start)
    return None if speaker is None else scene.at(speaker.sentence.index, speaker.word)


def ahead(scene: Scene, phrase: Phrase) -> Entity | None:
    """Who is named after a pronoun that opens a sentence: "days before his arrest, the general …"."""
    s = phrase.sentence
    for word in range(phrase.word + 1, len(s)):
        if s.deprels[word].startswith("nsubj") and s.heads[word] != phrase.verb:
            entity = scene.at(s.index, word)
            if entity is not None and fits(entity, phrase) and entity.phrases[0].mention.kind != "pronoun":
                return entity
    return None


def candidates(scene: Scene, phrase: Phrase) -> Iterator[Candidate]:
    """Entities that a pronoun can stand for, each with its features by its latest mention, the latest first."""
    kind = kind_of(phrase)
    if kind == "it":
        yield None, nothing(phrase)
    quoted = scene.speakers.at(phrase.start)
    speaker = scene.speakers.speaker(phrase.start) if quoted is not None else None
    met: set[int] = set()
    excluded: set[int] = set()
    for other, entity in scene.back(phrase, REACH):
        if id(entity) in met:
            continue
        if bound(other, phrase):
            excluded.add(id(entity))
            excluded.update(map(id, entity.members))
        if id(entity) in excluded or not fits(entity, phrase):
            continue
        if speaker is not None and any(p is speaker for p in entity.phrases):
            continue
        met.add(id(entity))
        same_voice = scene.speakers.at(other.start) == quoted
        yield entity, list(features_of(kind, phrase, other, entity, len(met), same_voice))
        if len(met) == MOST:
            return


def kind_of(phrase: Phrase) -> str:
    form = phrase.noun
    return "it" if form in lexicon.IT else "they" if form in lexicon.THEY else "he"


def fits(entity: Entity, phrase: Phrase) -> bool:
    """Whether kind, number and gender allow it."""
    form = phrase.noun
    if form in lexicon.HE or form in lexicon.SHE:
        if not entity.is_person or entity.number == "plural":
            return False
        if entity.gender is None:
            return not entity.called or phrase.mention.gender in entity.called
        return entity.gender == phrase.mention.gender
    if form in lexicon.IT:
        person = entity.kind == "PERSON" if entity.kind else entity.animate is True
        return not person and entity.number != "plural"
    if entity.members or entity.number == "plural":
        return True
    return entity.is_body


def bound(other: Phrase, phrase: Phrase) -> bool:
    """What grammar forbids: the two sides of one verb, a phrase that holds the pronoun, what the pronoun owns."""
    if other.sentence is not phrase.sentence:
        return False
    if other.mention.span.contains(phrase.mention.span) or phrase.verb == other.word:
        return True
    sides = ("subject", "object", "other")
    argument = phrase.position in sides and phrase.noun not in lexicon.REFLEXIVE
    return argument and other.verb == phrase.verb and other.position in sides


def nothing(phrase: Phrase) -> list[str]:
    """Features of "it" without a referent."""
    s, verb = phrase.sentence, phrase.verb
    upos = s.upos[verb] if verb >= 0 else "ROOT"
    clause = any(
        s.heads[i] == verb and s.deprels[i] in ("csubj", "ccomp", "xcomp", "csubj:pass")
        for i in range(verb + 1, len(s))
    )
    return [NOBODY, f"{NOBODY} {phrase.position}", f"{NOBODY} {upos} {clause}", f"{NOBODY} {s.deprels[phrase.word]}"]


def features_of(kind: str, phrase: Phrase, other: Phrase, entity: Entity, rank: int, same_voice: bool) -> Iterator[str]:
    """What speaks for and against a candidate."""
    apart = min(phrase.sentence.index - other.sentence.index, 4)
    what = nature(entity)
    place = phrase.position if phrase.position in ("subject", "possessor") else "object"
    yield f"{kind} apart {apart}"
    yield f"{kind} is {what}"
    yield f"{kind} {place} is {what}"
    yield f"{kind} last {other.position}"
    yield f"{kind} {place} last {other.position} {min(apart, 2)}"
    yield f"{kind} by {other.mention.kind} {min(apart, 2)}"
    yield f"{kind} mentions {size(len(entity.phrases))}"
    yield f"{kind} rank {min(rank, 5)}"
    yield f"voice {same_voice} {min(apart, 1)}"
    if other.mention.kind == "description":
        yield f"{kind} {other.determiner}"
    if other.mention.kind == "pronoun":
        yield f"{kind} same form {other.noun == phrase.noun}"
    if any(p.position == "subject" and phrase.sentence.index - p.sentence.index == 1 for p in entity.phrases[-4:]):
        yield f"{kind} {place} subject before"
    if any(p.position == "subject" and p.sentence is phrase.sentence for p in entity.phrases[-4:]):
        yield f"{kind} {place} subject here"
    if entity.gender:
        yield f"{kind} gender"
    if entity.called:
        yield f"{kind} called so {phrase.mention.gender in entity.called}"
    if says(phrase):
        yield f"{kind} says {what}"
        yield f"says both {says(other)} {min(apart, 2)}"
    if phrase.position == other.position and lemma(phrase) == lemma(other):
        yield "same verb"
    if not apart and phrase.verb == other.verb:
        yield f"{kind} {place} same clause {other.position}"


def nature(entity: Entity) -> str:
    """What kind of thing an entity is, as far as the words tell."""
    if entity.members:
        return "group"
    if entity.state:
        return "state"
    if entity.kind:
        return entity.kind
    number = "many" if entity.number == "plural" else "one"
    being = "persons" if entity.animate else "body" if entity.animate is None else "thing"
    return f"{being} {number}"


def size(mentions: int) -> str:
    return str(mentions) if mentions < 3 else "3-5" if mentions < 6 else "6-"


def lemma(phrase: Phrase) -> str:
    return phrase.sentence.lemmas[phrase.verb].lower() if phrase.verb >= 0 else ""


def says(phrase: Phrase) -> bool:
    return phrase.position == "subject" and lemma(phrase) in lexicon.SAYING
