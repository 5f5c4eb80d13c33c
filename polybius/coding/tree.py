"""A sentence as a tree: children, the words of a span, the head of a phrase, subjects that are understood."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from polybius.records import Sentence, Span

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})
RELATIVE = frozenset({"who", "whom", "which", "that"})
CHAIN = 8  # how many clauses an understood subject is looked for in
# Verbs whose own subject, and not the object, is the subject of the infinitive: "promised him to leave".
SUBJECT_CONTROL = frozenset({"promise", "pledge", "vow", "threaten", "swear", "use"})


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence with the children of each of its words."""

    sentence: Sentence
    children: tuple[tuple[int, ...], ...]

    def rel(self, word: int) -> str:
        return self.sentence.deprels[word]

    def head(self, word: int) -> int:
        return self.sentence.heads[word]

    def lemma(self, word: int) -> str:
        return self.sentence.lemmas[word].lower()

    def upos(self, word: int) -> str:
        return self.sentence.upos[word]

    def has(self, word: int, feature: str) -> bool:
        return feature in self.sentence.feats[word]

    def kids(self, word: int, *relations: str) -> list[int]:
        """Children by their full relation, in the order of the text."""
        rels = self.sentence.deprels
        return [child for child in self.children[word] if rels[child] in relations]

    def kid(self, word: int, *relations: str) -> int | None:
        rels = self.sentence.deprels
        return next((child for child in self.children[word] if rels[child] in relations), None)

    def case(self, word: int) -> str:
        """The lower-case preposition of a phrase, "" where there is none."""
        found = self.kid(word, "case")
        return "" if found is None else self.lemma(found)

    def words(self, span: Span) -> range:
        """The words that a span touches."""
        return range(bisect_right(self.sentence.ends, span.start), bisect_left(self.sentence.starts, span.end))

    def span(self, first: int, last: int) -> Span:
        return Span(self.sentence.starts[first], self.sentence.ends[last])

    def up(self, word: int) -> Iterator[tuple[int, int]]:
        """(child, head) from a word to the root."""
        heads = self.sentence.heads
        for _ in range(len(heads)):
            head = heads[word]
            if head < 0:
                return
            yield word, head
            word = head

    def tops(self, words: range) -> list[int]:
        """The words of a range whose heads lie outside it; function words only where there is nothing else."""
        heads = self.sentence.heads
        tops = [word for word in words if heads[word] not in words]
        content = [word for word in tops if self.upos(word) not in ("PUNCT", "ADP", "CCONJ", "SCONJ", "PART")]
        return content or tops

    def top(self, words: range) -> int | None:
        """The head of a range, a nominal before others."""
        tops = self.tops(words)
        return next((word for word in tops if self.upos(word) in NOMINAL), tops[0] if tops else None)


def grow(sentence: Sentence) -> Tree:
    children: list[list[int]] = [[] for _ in sentence.heads]
    for word, head in enumerate(sentence.heads):
        if head >= 0:
            children[head].append(word)
    return Tree(sentence, tuple(map(tuple, children)))


def passive(tree: Tree, verb: int) -> bool:
    """Whether a verb is passive, also without its auxiliary: "men arrested in May", "was tried and jailed"."""
    if tree.kid(verb, "nsubj:pass", "aux:pass", "csubj:pass") is not None:
        return True
    if not tree.has(verb, "VerbForm=Part") or tree.sentence.forms[verb].lower().endswith("ing"):
        return False
    if tree.kid(verb, "nsubj", "aux", "obj") is not None:
        return False
    relation, head = tree.rel(verb), tree.head(verb)
    return relation == "acl" or (relation == "conj" and tree.upos(head) == "VERB" and passive(tree, head))


def antecedent(tree: Tree, word: int) -> int:
    """The noun that a relative pronoun stands for; any other word stands for itself."""
    if tree.lemma(word) not in RELATIVE or tree.upos(word) not in ("PRON", "DET", "SCONJ"):
        return word
    for child, head in tree.up(word):
        if tree.rel(child) == "acl:relcl":
            return head
    return word


def subject(tree: Tree, verb: int) -> int | None:
    """The subject of a verb, its own or the one it shares or is controlled by."""
    for _ in range(CHAIN):
        own = tree.kid(verb, "nsubj", "nsubj:pass")
        if own is not None:
            return antecedent(tree, own)
        head = tree.head(verb)
        found, climbs = inherited(tree, verb, head)
        if not climbs:
            return found
        verb = head
    return None


def inherited(tree: Tree, verb: int, head: int) -> tuple[int | None, bool]:
    """The subject that a clause takes from the word above it, or that the search goes on there."""
    relation = tree.rel(verb)
    if head < 0:
        return None, False
    if relation == "acl":
        return (head, False) if tree.upos(head) in NOMINAL else (None, False)
    if (relation == "xcomp" and tree.lemma(head) not in SUBJECT_CONTROL) or kept_from(tree, verb):
        controller = tree.kid(head, "obj", "iobj")
        return controller, controller is None
    shares = relation in ("xcomp", "conj") or (relation == "advcl" and not tree.has(verb, "VerbForm=Fin"))
    return None, shares and tree.upos(head) in ("VERB", "AUX", "ADJ", "NOUN")


def kept_from(tree: Tree, verb: int) -> bool:
    """ "Police kept them from marching": they are who does not march."""
    if tree.rel(verb) not in ("advcl", "obl"):
        return False
    mark = tree.kid(verb, "mark", "case")
    return mark is not None and tree.lemma(mark) == "from" and tree.kid(tree.head(verb), "obj") is not None
