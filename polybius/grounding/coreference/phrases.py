"""The phrases of an article that may stand for somebody or something: names, noun phrases, pronouns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from polybius.grounding.article import Article
from polybius.grounding.coreference import lexicon
from polybius.grounding.coreference.chain import Gender, Mention, MentionKind, Number
from polybius.records import Name, Sentence, Span
from polybius.reference import World, normal

Determiner = Literal["definite", "indefinite", "possessive", "bare"]
Position = Literal["subject", "object", "possessor", "modifier", "other"]

LEFT = frozenset(
    {
        "det",
        "amod",
        "nummod",
        "compound",
        "nmod:poss",
        "advmod",
        "flat",
        "nmod",
        "nmod:unmarked",
        "nmod:desc",
        "det:predet",
    }
)
RIGHT = frozenset({"flat", "nmod", "compound", "nummod", "fixed", "nmod:unmarked"})
STATES = ("country", "adjective", "people")
CONTENT = ("NOUN", "PROPN", "ADJ", "NUM", "VERB")
PART_OF_NAME = frozenset({"flat", "compound", "fixed", "goeswith"})
TITLE_LINKS = frozenset({"flat", "appos", "nmod:unmarked", "nmod:desc", "compound", "dep", "nmod"})
ENDINGS = tuple(lexicon.PERSON_ENDINGS)
LONGEST = 25  # words of a phrase; a longer one is cut to its left part and head


@dataclass(frozen=True, slots=True)
class Phrase:
    """A mention with what the sieves ask of it. ``word`` is its head; ``key`` is the name in the form of tables."""

    sentence: Sentence
    word: int
    first: int
    last: int
    mention: Mention
    noun: str
    determiner: Determiner
    position: Position
    verb: int
    key: str = ""
    name: Name | None = None
    code: str | None = None
    titles: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    owner: int = -1  # the word that possesses it, -1 where there is none

    @property
    def start(self) -> int:
        return self.mention.span.start


class Branches:
    """A sentence with the children of its words, and the extent of the noun phrases in it."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.children: list[list[int]] = [[] for _ in sentence.heads]
        for word, head in enumerate(sentence.heads):
            if head >= 0:
                self.children[head].append(word)

    def kid(self, word: int, *relations: str) -> int | None:
        rels = self.sentence.deprels
        return next((child for child in self.children[word] if rels[child] in relations), None)

    def kids(self, word: int, *relations: str) -> list[int]:
        rels = self.sentence.deprels
        return [child for child in self.children[word] if rels[child] in relations]

    def extent(self, word: int) -> tuple[int, int]:
        """First and last word of a noun phrase without clauses, appositions and further conjuncts."""
        first, last = word, word
        for child in self.children[word]:
            relation = self.sentence.deprels[child]
            if child < word and relation in LEFT:
                first = min(first, self.whole(child)[0])
            elif child > word and relation in RIGHT and (relation != "nmod" or last >= self.leftmost(child) - 1):
                last = max(last, self.extent(child)[1])
        return (first, last) if last - first < LONGEST else (first, word)

    def whole(self, word: int) -> tuple[int, int]:
        """First and last word of everything below a word."""
        first, last, stack = word, word, [word]
        while stack:
            for child in self.children[stack.pop()]:
                first, last = min(first, child), max(last, child)
                stack.append(child)
        return first, last

    def leftmost(self, word: int) -> int:
        return min([word, *self.children[word]])


LONGEST = 400  # words of a sentence: what is longer is a table or noise, and cost grows with the square


def phrases(article: Article, world: World) -> list[Phrase]:
    """All phrases of an article in the order of the text; a sentence beyond all measure has none."""
    by_sentence: dict[int, list[Name]] = {}
    for name in article.names:
        by_sentence.setdefault(name.sentence, []).append(name)
    found: list[Phrase] = []
    for sentence in (s for s in article.sentences if len(s) <= LONGEST):
        found += Finder(article, world, sentence, by_sentence.get(sentence.index, [])).phrases()
    return found


class Finder:
    """Finds the phrases of one sentence."""

    def __init__(self, article: Article, world: World, sentence: Sentence, names: list[Name]) -> None:
        self.article, self.world, self.sentence, self.names = article, world, sentence, names
        self.tree = Branches(sentence)
        self.ranges: dict[int, tuple[Name, range]] = {}
        self.inside: set[int] = set()
        self.persons: set[int] = set()  # words of their names
        for name in names:
            self.place(name)
        for word, (name, words) in self.ranges.items():
            if name.kind == "PERSON":
                self.inside.update(i for i in range(self.name_extent(word, words)[0], words[0]) if self.in_title(i))

    def place(self, name: Name) -> None:
        """Put a name at the head of the phrase that it belongs to: that of its title, where it has one."""
        found = self.article.words(name.span)
        if found is None or found[0] is not self.sentence:
            return
        name, words = self.completed(name, found[1])
        heads = self.sentence.heads
        top = next((i for i in words if heads[i] not in words), words[-1])
        above = heads[top]
        if 0 <= above < words[0] and self.is_title(above, top, words):
            top = above
        self.inside.update(words)
        if name.kind == "PERSON":
            self.persons.update(words)
        self.inside.discard(top)
        self.ranges.setdefault(top, (name, words))

    def completed(self, name: Name, words: range) -> tuple[Name, range]:
        """A name of one word that is only the beginning of a state's: "North" of "North Korean"."""
        end, s = words.stop, self.sentence
        if len(words) > 1 or end == len(s) or not s.forms[end][:1].isupper():
            return name, words
        whole = Span(name.span.start, s.ends[end])
        known = self.world.phrases.get(normal(self.article.text(whole)))
        if known is None or known.code is None or normal(self.article.text(name.span)) in self.world.phrases:
            return name, words
        return Name(whole, "PLACE", name.sentence), range(words.start, end + 1)

    def in_title(self, word: int) -> bool:
        """Whether a word before a name only belongs to its title: no name, possessor or head of its own."""
        rel = self.sentence.deprels[word]
        return word not in self.ranges and rel not in ("nmod:poss", "nmod") and self.sentence.upos[word] == "NOUN"

    def is_title(self, above: int, top: int, words: range) -> bool:
        relation = self.sentence.deprels[top]
        return (
            relation in TITLE_LINKS
            and above not in self.inside
            and above not in self.ranges
            and self.sentence.upos[above] in ("NOUN", "PROPN")
            and all(self.sentence.upos[i] in ("NOUN", "PROPN", "ADJ") for i in range(above, words[0]))
            and self.tree.kid(top, "case", "punct") is None
        )

    def phrases(self) -> Iterator[Phrase]:
        for word, upos in enumerate(self.sentence.upos):
            if word in self.ranges:
                yield self.named(word, *self.ranges[word])
            elif upos in ("PRON", "DET"):
                form = self.sentence.forms[word].lower()
                if form in lexicon.PRONOUNS or (form in lexicon.BOTH and self.is_argument(word)):
                    yield self.pronoun(word)
            elif upos in ("NOUN", "PROPN", "ADJ", "NUM") and self.heads_phrase(word, upos):
                yield self.described(word)

    def heads_phrase(self, word: int, upos: str) -> bool:
        if word in self.inside or self.sentence.deprels[word] in PART_OF_NAME:
            return False
        if upos == "NOUN" or upos == "PROPN":
            return self.sentence.lemmas[word].lower() not in lexicon.TIMES
        stands = upos == "ADJ" or self.sentence.lemmas[word].lower() == "two"
        return stands and self.determiner(word) in ("definite", "possessive") and self.is_argument(word)

    def is_argument(self, word: int) -> bool:
        return self.sentence.deprels[word] in ("nsubj", "obj", "nsubj:pass", "obl", "nmod", "iobj", "obl:agent")

    # --- the three kinds

    def pronoun(self, word: int) -> Phrase:
        form = self.sentence.forms[word].lower()
        number: Number | None = (
            None if form in lexicon.I_WE else "plural" if form in lexicon.THEY | lexicon.BOTH else "singular"
        )
        gender: Gender | None = "male" if form in lexicon.HE else "female" if form in lexicon.SHE else None
        animate = True if gender or form in lexicon.I_WE else False if form in lexicon.IT else None
        return self.phrase(word, word, word, "pronoun", form, number, gender, animate)

    def named(self, word: int, name: Name, words: range) -> Phrase:
        first, last = self.name_extent(word, words)
        text = normal(self.article.text(name.span))
        known = self.world.phrases.get(text)
        titles = frozenset(self.title_nouns(first, words[0]))
        number: Number | None = "singular" if name.kind == "PERSON" else None
        if known is not None and known.kind == "people" and self.plural(words[-1]):
            number = "plural"
        animate = True if name.kind == "PERSON" else None if number == "plural" else False
        return self.phrase(
            word,
            first,
            last,
            "name",
            self.sentence.lemmas[words[-1]].lower(),
            number,
            self.name_gender(name, text, titles),
            animate,
            key=text,
            name=name,
            titles=titles,
            modifiers=self.modifiers(first, words[0], -1) if titles else frozenset(),
            code=self.state(first, words[0]),
        )

    def name_extent(self, word: int, words: range) -> tuple[int, int]:
        """A name with the title before it and, if it is no mere modifier, with what belongs to it."""
        rel = self.sentence.deprels[word]
        if word in words and rel in ("compound", "amod", "flat"):
            return words[0], words[-1]
        first, last = self.tree.extent(word)
        for before in range(words[0] - 1, first - 1, -1):
            if self.sentence.upos[before] in ("CCONJ", "PUNCT", "VERB") or before in self.persons:
                first = before + 1
                break
        first = self.widened(min(first, words[0]))
        return first, max(last if last <= words[-1] else words[-1], words[-1])

    def widened(self, first: int) -> int:
        """The first word of a phrase, with the word before it where both name a state: "North Korean leader"."""
        if first == 0 or not self.sentence.forms[first - 1][:1].isupper():
            return first
        known = self.world.phrases.get(normal(" ".join(self.sentence.forms[first - 1 : first + 1])))
        return first - 1 if known is not None and known.code and known.kind in STATES else first

    def modifiers(self, first: int, end: int, word: int) -> frozenset[str]:
        s = self.sentence
        return frozenset(s.lemmas[i].lower() for i in range(first, end) if i != word and s.upos[i] in CONTENT)

    def described(self, word: int) -> Phrase:
        first, last = self.tree.extent(word)
        first = self.widened(first)
        noun = self.sentence.lemmas[word].lower()
        number: Number | None = "plural" if self.plural(word) else "singular"
        gender: Gender | None = (
            "male" if noun in lexicon.MALE_NOUNS else "female" if noun in lexicon.FEMALE_NOUNS else None
        )
        modifiers = self.modifiers(first, last + 1, word)
        titles = frozenset({noun}) if is_person_noun(noun) else frozenset()
        return self.phrase(
            word,
            first,
            last,
            "description",
            noun,
            number,
            gender,
            self.animacy(word, noun),
            titles=titles,
            modifiers=modifiers,
            code=self.state(first, last + 1),
        )

    def phrase(
        self,
        word: int,
        first: int,
        last: int,
        kind: MentionKind,
        noun: str,
        number: Number | None,
        gender: Gender | None,
        animate: bool | None,
        key: str = "",
        name: Name | None = None,
        code: str | None = None,
        titles: frozenset[str] = frozenset(),
        modifiers: frozenset[str] = frozenset(),
    ) -> Phrase:
        s = self.sentence
        span, head = Span(s.starts[first], s.ends[last]), Span(s.starts[word], s.ends[word])
        mention = Mention(span, head, s.index, word, kind, number, gender, animate)
        position, verb = self.position(word)
        owner = self.tree.kid(word, "nmod:poss")
        return Phrase(
            s,
            word,
            first,
            last,
            mention,
            noun,
            self.determiner(word),
            position,
            verb,
            key,
            name,
            code,
            titles,
            modifiers,
            -1 if owner is None else owner,
        )

    # --- what the words tell

    def plural(self, word: int) -> bool:
        feats, form = self.sentence.feats[word], self.sentence.forms[word].lower()
        if "Number=" in feats:
            return "Number=Plur" in feats
        return form.endswith("s") and form != self.sentence.lemmas[word].lower()

    def animacy(self, word: int, noun: str) -> bool | None:
        if is_person_noun(noun):
            return True
        if self.sentence.forms[word][0].isupper() and self.state(word, word + 1) and self.determiner(word) != "bare":
            return True  # "a Palestinian", "the Ethiopians"
        return None if noun in lexicon.COLLECTIVE else False

    def determiner(self, word: int) -> Determiner:
        for child in self.tree.children[word]:
            relation = self.sentence.deprels[child]
            if relation == "nmod:poss":
                return "possessive"
            if relation in ("det", "det:predet"):
                return "definite" if self.sentence.forms[child].lower() in lexicon.DEFINITE else "indefinite"
        return "bare"

    def position(self, word: int) -> tuple[Position, int]:
        """The part that a phrase plays, and the verb (or other word) that it depends on."""
        heads, rels = self.sentence.heads, self.sentence.deprels
        for _ in range(6):  # a conjunct or an apposition plays the part of the first
            if rels[word] not in ("conj", "appos", "flat") or heads[word] < 0:
                break
            word = heads[word]
        rel = rels[word]
        if rel.startswith("nsubj"):
            return "subject", heads[word]
        if rel in ("obj", "iobj"):
            return "object", heads[word]
        if rel == "nmod:poss":
            return "possessor", heads[word]
        if rel in ("compound", "amod", "nmod"):
            return "modifier", heads[word]
        return "other", heads[word]

    def state(self, first: int, end: int) -> str | None:
        """The state that a phrase names by an adjective or a name: "the North Korean leader"."""
        forms = self.sentence.forms
        i = first
        while i < end:
            if forms[i][:1].isupper():
                for size in (2, 1):
                    if i + size <= end:
                        known = self.world.phrases.get(normal(" ".join(forms[i : i + size])))
                        if known is not None and known.code and known.kind in STATES:
                            return known.code
            i += 1
        return None

    def title_nouns(self, first: int, end: int) -> Iterator[str]:
        for i in range(first, end):
            if self.sentence.upos[i] in ("NOUN", "PROPN", "ADJ"):
                lemma = self.sentence.lemmas[i].lower().rstrip(".")
                if is_person_noun(lemma) or lemma in lexicon.MALE_NOUNS or lemma in lexicon.FEMALE_NOUNS:
                    yield lemma

    def name_gender(self, name: Name, text: str, titles: frozenset[str]) -> Gender | None:
        """A gender only where a title or a first name is evidence of it."""
        if name.kind != "PERSON":
            return None
        if titles & lexicon.MALE_NOUNS:
            return "male"
        if titles & lexicon.FEMALE_NOUNS:
            return "female"
        given = text.split()[0] if " " in text else ""
        return "male" if given in lexicon.MALE_NAMES else "female" if given in lexicon.FEMALE_NAMES else None


def is_person_noun(noun: str) -> bool:
    return noun in lexicon.PERSON_NOUNS or (noun.endswith(ENDINGS) and noun not in lexicon.NO_PERSONS)
