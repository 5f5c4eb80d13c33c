"""Articles written by hand: a sentence is a line of "form/UPOS/head/relation[/lemma[/features]]", heads 1-based."""

from __future__ import annotations

from polybius.grounding.article import Article
from polybius.records import Document, Name, NameKind, Reading, Sentence, Span, text_version

GLUED = frozenset({".", ",", ")", "'s"})


def article(*lines: str, names: dict[str, NameKind]) -> Article:
    """An article of lines; every occurrence of a name is one, and the longest of names that overlap."""
    text, sentences = "", []
    for index, line in enumerate(lines):
        if text:
            text += " "
        text, sentence = grown(text, index, [part.split("/") for part in line.split()])
        sentences.append(sentence)
    found: list[Name] = []
    for words, kind in sorted(names.items(), key=lambda item: -len(item[0])):
        for span in occurrences(text, words):
            if not any(span.overlaps(name.span) for name in found):
                sentence = next(s for s in sentences if s.span.contains(span))
                found.append(Name(span, kind, sentence.index))
    document = Document("d", text_version(text), text)
    return Article.of(document, Reading("d", tuple(sentences), tuple(found)))


def grown(text: str, index: int, rows: list[list[str]]) -> tuple[str, Sentence]:
    """The text with one more sentence, and that sentence."""
    begin, starts, ends = len(text), [], []
    for at, row in enumerate(rows):
        text += "" if at == 0 or row[0] in GLUED or text[-1] in "“(" or row[0] == "”" else " "
        starts.append(len(text))
        text += row[0]
        ends.append(len(text))
    sentence = Sentence(
        index,
        Span(begin, len(text)),
        tuple(row[0] for row in rows),
        tuple(starts),
        tuple(ends),
        tuple(row[4] if len(row) > 4 and row[4] else row[0].lower() for row in rows),
        tuple(row[1] for row in rows),
        tuple(row[5] if len(row) > 5 else "_" for row in rows),
        tuple(int(row[2]) - 1 for row in rows),
        tuple(row[3] for row in rows),
    )
    return text, sentence


def occurrences(text: str, words: str) -> list[Span]:
    found, at = [], text.find(words)
    while at >= 0:
        found.append(Span(at, at + len(words)))
        at = text.find(words, at + 1)
    return found


def span(article: Article, words: str, nth: int = 1) -> Span:
    """The nth occurrence of some words."""
    return occurrences(article.document.text, words)[nth - 1]
