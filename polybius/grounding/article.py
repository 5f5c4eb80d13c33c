"""What grounding needs of a document: words by position, names in order, the sentence around a mention."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from polybius.records import Document, Name, Reading, Sentence, Span


@dataclass(frozen=True, slots=True)
class Article:
    document: Document
    sentences: tuple[Sentence, ...]
    sentence_starts: tuple[int, ...]
    names: tuple[Name, ...]
    name_starts: tuple[int, ...]

    @staticmethod
    def of(document: Document, reading: Reading) -> Article:
        names = mended(document.text, reading.names)
        return Article(
            document,
            reading.sentences,
            tuple(s.span.start for s in reading.sentences),
            names,
            tuple(n.span.start for n in names),
        )

    def sentence_at(self, position: int) -> Sentence | None:
        index = bisect_right(self.sentence_starts, position) - 1
        return self.sentences[index] if index >= 0 else None

    def words(self, span: Span) -> tuple[Sentence, range] | None:
        """The sentence of a span and the positions of its words there."""
        sentence = self.sentence_at(span.start)
        if sentence is None:
            return None
        first, end = bisect_right(sentence.ends, span.start), bisect_left(sentence.starts, span.end)
        return (sentence, range(first, end)) if first < end else None

    def names_in(self, span: Span) -> tuple[Name, ...]:
        first, end = bisect_left(self.name_starts, span.start), bisect_left(self.name_starts, span.end)
        return tuple(n for n in self.names[first:end] if n.span.end <= span.end)

    def names_before(self, position: int) -> tuple[Name, ...]:
        return self.names[: bisect_left(self.name_starts, position)]

    def text(self, span: Span) -> str:
        return span.of(self.document.text)


def mended(text: str, names: Iterable[Name]) -> tuple[Name, ...]:
    """The names in order: the pieces of one name together ("President" "Obama"), and none that is only an article."""
    found: list[Name] = []
    for name in sorted(names, key=lambda n: n.span):
        last = found[-1] if found else None
        if last is not None and last.sentence == name.sentence and one_name(text, last, name):
            found[-1] = Name(Span(last.span.start, name.span.end), last.kind, name.sentence)
        elif name.span.of(text).lower() not in NO_NAMES:
            found.append(name)
    return tuple(found)


def one_name(text: str, one: Name, two: Name) -> bool:
    """Whether a name goes on right after another: of the same kind, or what "of" waits for."""
    if text[one.span.end : two.span.start] != " ":
        return False
    same = one.kind == two.kind and one.kind in ("PERSON", "ORG")
    return same or (one.kind == "ORG" and one.span.of(text).endswith(" of"))


NO_NAMES = frozenset({"the", "a", "an", "of"})


def head(sentence: Sentence, words: range) -> int:
    """The word of a phrase whose head lies outside it; the last such word's first occurrence wins."""
    return next((i for i in words if sentence.heads[i] not in words), words[-1])
