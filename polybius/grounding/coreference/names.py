"""First sieves: names that stand for one entity, by their words, short forms, acronyms and the tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from polybius.grounding.article import Article
from polybius.grounding.coreference.entity import Entity
from polybius.grounding.coreference.phrases import Phrase
from polybius.reference import World

OPENS = re.compile(r"\s*[(\[]\s*(?:the |or |also known as )?[\"“'‘]?$")
CLOSES = re.compile(r"[\"”'’]?\s*[)\]]")
MINOR = frozenset({"of", "the", "and", "for", "in", "on", "de", "al", "&"})
TITLE_WORDS = frozenset(
    {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir", "lord", "lady", "president", "minister"}
)
PLACE_CASES = frozenset({"in", "at", "from", "to", "near", "into", "toward", "towards", "outside", "around", "through"})

Assigned = dict[int, Entity]  # entity by the position of the phrase


def name_entities(article: Article, world: World, phrases: Sequence[Phrase]) -> Assigned:
    """The entity of every phrase that has a name."""
    return NameSieves(article, world, phrases).run()


class NameSieves:
    """Entities by their names, from the surest likeness to short forms."""

    def __init__(self, article: Article, world: World, phrases: Sequence[Phrase]) -> None:
        self.article, self.world, self.phrases = article, world, phrases
        self.found: Assigned = {}
        self.by_key: dict[tuple[str, str], Entity] = {}
        self.people: list[Entity] = []
        self.bodies: list[Entity] = []

    def run(self) -> Assigned:
        named = [(at, p) for at, p in enumerate(self.phrases) if p.name is not None]
        short = []
        for at, phrase in named:
            if self.is_person(phrase) and " " not in bare(phrase.key):
                short.append((at, phrase))
            elif self.is_person(phrase):
                self.person(at, phrase)
            else:
                self.other(at, phrase)
        for at, phrase in short:
            self.short_person(at, phrase)
        self.acronyms(named)
        return self.found

    def is_person(self, phrase: Phrase) -> bool:
        return phrase.name is not None and phrase.name.kind == "PERSON" and phrase.key not in self.world.phrases

    # --- persons

    def person(self, at: int, phrase: Phrase) -> None:
        words = bare(phrase.key).split()
        entity = next((e for e in self.people if any(one_person(words, k.split()) for k in e.keys)), None)
        if entity is None:
            entity = Entity(kind="PERSON")
            self.people.append(entity)
            self.offices(entity, phrase.key)
        self.join(at, phrase, entity, " ".join(words))

    def offices(self, entity: Entity, key: str) -> None:
        """What the tables know of a full name: the country, and the words of the office."""
        for holder in self.world.holders.get(key, ()):
            entity.codes.add(holder.code)
            entity.titles.update(holder.office.lower().split())

    def short_person(self, at: int, phrase: Phrase) -> None:
        """A surname or first name goes to the person with that name who was named last, else who is named next."""
        key = bare(phrase.key)
        fitting = [e for e in self.people if any(key in (k.split()[0], k.split()[-1]) for k in e.keys)]
        fitting = [e for e in fitting if compatible_gender(e, phrase)]
        entity = min(fitting, key=lambda e: nearness(e, phrase), default=None)
        if entity is None:
            entity = Entity(kind="PERSON")
            self.people.append(entity)
        self.join(at, phrase, entity, key if not entity.keys else "")

    # --- states, bodies, places

    def other(self, at: int, phrase: Phrase) -> None:
        assert phrase.name is not None
        kind, key, state = phrase.name.kind, phrase.key, None
        known = self.world.phrases.get(key)
        group = "name"
        if known is not None and known.kind in ("country", "adjective") and known.code:
            group, key, state, kind = "state", known.code, known.code, "PLACE"
        elif known is not None and known.kind == "people" and known.code:
            group, key, kind = "people", known.code, "MISC"
        elif known is not None and known.kind == "capital" and known.code and self.acts(phrase):
            group, key, state, kind = "state", known.code, known.code, "PLACE"
        elif known is not None and known.kind == "organisation":
            group, key = "name", known.name.lower()
        entity = self.by_key.get((group, key)) or (self.body(phrase) if group == "name" else None)
        if entity is None:
            entity = Entity(kind=kind, state=state)
            if group == "name":
                self.bodies.append(entity)
        if known is not None and known.kind in ("organisation", "metonym"):
            entity.public = "GOV" in known.sectors or known.code in ("UNO", "IGO", "EUR")
            entity.business = "BUS" in known.sectors
            entity.armed = bool({"REB", "PRM", "UAF"}.intersection(known.sectors))
        self.by_key[group, key] = entity
        self.join(at, phrase, entity, phrase.key)
        if state:
            entity.codes.add(state)

    def acts(self, phrase: Phrase) -> bool:
        """Whether a capital stands for its government: a subject or object, not a place."""
        return phrase.position in ("subject", "object", "possessor")

    def body(self, phrase: Phrase) -> Entity | None:
        """A body or place whose longer or shorter name, or whose initials, this name is."""
        assert phrase.name is not None
        words = phrase.key.split()
        written = self.article.text(phrase.name.span)
        for entity in reversed(self.bodies):
            if entity.kind == phrase.name.kind and any(one_body(words, key.split()) for key in entity.keys):
                return entity
            if written.isupper() and 2 <= len(written) <= 6 and any(initials(k) == phrase.key for k in entity.keys):
                return entity
        return None

    def acronyms(self, named: Sequence[tuple[int, Phrase]]) -> None:
        """A name in brackets right after another is its short form: "the German Football Association (DFB)"."""
        for (at, one), (after, two) in zip(named, named[1:], strict=False):
            if one.name is None or two.name is None or one.sentence is not two.sentence:
                continue
            gap = self.article.document.text[one.name.span.end : two.name.span.start]
            closing = self.article.document.text[two.name.span.end : two.name.span.end + 3]
            bracketed = len(gap) < 20 and OPENS.search(gap) and CLOSES.match(closing)
            if bracketed and " " not in two.key and self.article.text(two.name.span)[:2].isupper():
                self.merge(self.found[at], self.found[after])

    def merge(self, one: Entity, two: Entity) -> None:
        if one is two or one.kind == "PERSON":
            return
        for at, entity in self.found.items():
            if entity is two:
                self.found[at] = one
        for phrase in two.phrases:
            one.add(phrase)
        one.phrases.sort(key=lambda p: p.mention.span)
        one.keys |= two.keys
        if two in self.bodies:
            self.bodies.remove(two)

    def join(self, at: int, phrase: Phrase, entity: Entity, key: str) -> None:
        self.found[at] = entity
        entity.add(phrase)
        if key:
            entity.keys.add(key)


def bare(key: str) -> str:
    """A person's name without the title that the reader took for a part of it."""
    words = key.split()
    while len(words) > 1 and words[0] in TITLE_WORDS:
        words = words[1:]
    return " ".join(words)


def one_person(one: Sequence[str], two: Sequence[str]) -> bool:
    """The same words, the same first and last word, or one name is the beginning or end of the other."""
    if one == two or (len(one) > 1 and len(two) > 1 and one[0] == two[0] and one[-1] == two[-1]):
        return True
    short, long = sorted((one, two), key=len)
    return len(short) > 1 and (long[: len(short)] == short or long[-len(short) :] == short)


def one_body(one: Sequence[str], two: Sequence[str]) -> bool:
    short, long = sorted((one, two), key=len)
    if not short:
        return False
    return long[: len(short)] == short and len(long) <= len(short) + 2 and short[-1] not in MINOR and len(short[0]) > 3


def initials(key: str) -> str:
    return "".join(word[0] for word in key.split() if word not in MINOR) if " " in key else ""


def compatible_gender(entity: Entity, phrase: Phrase) -> bool:
    return not entity.gender or not phrase.mention.gender or entity.gender == phrase.mention.gender


def nearness(entity: Entity, phrase: Phrase) -> tuple[bool, int]:
    """Persons named before come first, the latest of them before others."""
    before = [p.start for p in entity.phrases if p.start < phrase.start]
    return (not before, phrase.start - max(before) if before else entity.phrases[0].start if entity.phrases else 0)
