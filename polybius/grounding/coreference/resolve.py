"""The chains of an article: sieves over names, tree and word lists, the surest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from polybius.grounding.article import Article
from polybius.grounding.coreference import lexicon
from polybius.grounding.coreference.chain import Chain, Chains, index
from polybius.grounding.coreference.descriptions import described
from polybius.grounding.coreference.entity import Entity
from polybius.grounding.coreference.groups import both, joined
from polybius.grounding.coreference.names import name_entities
from polybius.grounding.coreference.phrases import Phrase, phrases
from polybius.grounding.coreference.pronouns import ahead, referent, speaking
from polybius.grounding.coreference.scene import Scene
from polybius.grounding.coreference.speakers import Speakers
from polybius.records import Span
from polybius.reference import World

Choose = Callable[[Scene, Phrase], Entity | None]


def chains(article: Article, world: World) -> Chains:
    """Which mentions of an article stand for the same person, body, state or group."""
    return index(chain for entity in distinct(read(article, world)) if (chain := chain_of(entity)))


def read(article: Article, world: World, choose: Choose = referent) -> Scene:
    """Give every phrase its entity, in the order of the text; ``choose`` decides on pronouns."""
    found = phrases(article, world)
    scene = Scene(
        found,
        Speakers(article.document.text, [s.span.end for s in article.sentences], found),
        name_entities(article, world, found),
        {(p.sentence.index, p.word): at for at, p in enumerate(found)},
    )
    for at, phrase in enumerate(found):
        entity = scene.entity_of.get(at) or taken_up(scene, at, phrase, choose)
        if entity is not None:
            scene.seen.append((phrase, entity))
            group = joined(scene, phrase)
            if group is not None:
                scene.seen.append((phrase, group))
    afterwards(scene)
    return scene


def afterwards(scene: Scene) -> None:
    """Pronouns whose referent may stand after them: the first person, and what was left open."""
    for at, phrase in enumerate(scene.phrases):
        if phrase.noun in lexicon.PRONOUNS and at not in scene.entity_of:
            first_person = phrase.noun in lexicon.I_WE
            entity = speaking(scene, phrase) if first_person else ahead(scene, phrase)
            if entity is not None:
                scene.put(at, entity)


def taken_up(scene: Scene, at: int, phrase: Phrase, choose: Choose) -> Entity | None:
    """The entity of a description or a pronoun; a description that takes up nothing is a new one."""
    if phrase.noun in lexicon.BOTH:
        entity = both(scene, phrase)
    elif phrase.mention.kind == "pronoun":
        entity = speaking(scene, phrase) if phrase.noun in lexicon.I_WE else choose(scene, phrase)
    else:
        entity = both(scene, phrase) or described(scene, phrase) or new(scene, phrase)
    if entity is not None:
        scene.put(at, entity)
    return entity


def new(scene: Scene, phrase: Phrase) -> Entity:
    owner = scene.at(phrase.sentence.index, phrase.owner) if phrase.owner >= 0 else None
    return Entity(owners=[owner] if owner else [])


def distinct(scene: Scene) -> Iterator[Entity]:
    """The entities in the order of their first mentions."""
    met: set[int] = set()
    for _, entity in scene.seen:
        if id(entity) not in met:
            met.add(id(entity))
            yield entity


def chain_of(entity: Entity) -> Chain | None:
    if not entity.phrases or (len(entity.phrases) < 2 and not entity.members):
        return None
    ordered = sorted(entity.phrases, key=lambda p: p.mention.span)
    members = tuple(best(member.phrases) for member in entity.members if member.phrases)
    return Chain(tuple(p.mention for p in ordered), best(usual(ordered) if entity.state else ordered), members)


def usual(found: Sequence[Phrase]) -> Sequence[Phrase]:
    """The mentions of a state by the noun that the article mostly uses for it."""
    nouns = [p for p in found if p.key and p.sentence.upos[p.word] != "ADJ"]
    counts = Counter(p.key for p in nouns)
    return [p for p in nouns if counts[p.key] == max(counts.values())] or found


def best(found: Iterable[Phrase]) -> Span:
    """The mention that tells most: a full name with its title, else the fullest description; the first of equals."""
    return max(found, key=lambda p: (information(p), -p.start)).mention.span


def information(phrase: Phrase) -> tuple[bool, bool, bool, int, int]:
    noun = phrase.sentence.upos[phrase.word] != "ADJ"
    words = phrase.key.count(" ") + 1 if phrase.key else 0
    kind = phrase.mention.kind
    return kind == "name", kind == "description", noun, words, min(len(phrase.titles) + len(phrase.modifiers), 4)
