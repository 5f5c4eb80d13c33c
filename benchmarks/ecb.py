"""ECB+ as its archive has it: news on the same and on like incidents, with the event mentions of its validated sentences."""

from __future__ import annotations

import csv
import re
import tarfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from polybius.records import Document, Span, text_version

DEV = frozenset({2, 5, 12, 18, 21, 23, 34, 35})
CLOSES = re.compile(r"[.,;:!?)%]|'s|n't|'")  # no space before these
EVENTS = ("ACTION", "NEG_ACTION")


@dataclass(frozen=True, slots=True)
class Mention:
    """The words of an event mention, and its gold instance."""

    span: Span
    instance: str


@dataclass(frozen=True, slots=True)
class Article:
    """A document, its topic, and the event mentions of its validated sentences."""

    document: Document
    topic: int
    mentions: tuple[Mention, ...]

    @property
    def subtopic(self) -> str:
        """Articles of the first and of the second collection are on two incidents of one kind."""
        return f"{self.topic}{'ecb+' if self.document.id.endswith('plus') else 'ecb'}"


def articles(folder: Path, topics: Collection[int]) -> Iterator[Article]:
    """The articles of some topics, by topic and name."""
    valid = sentences(folder / "ECBplus_coreference_sentences.csv")
    with tarfile.open(folder / "ecbplus_topics_1_35.tar.gz") as archive:
        members = [member for member in archive.getmembers() if member.name.endswith(".xml")]
        for member in sorted(members, key=lambda member: member.name):
            topic, _, name = member.name.removesuffix(".xml").partition("/")
            file = archive.extractfile(member)
            if int(topic) in topics and file is not None:
                yield article(ElementTree.fromstring(file.read()), name, int(topic), valid)


def sentences(path: Path) -> frozenset[tuple[str, int]]:
    """The validated sentences: name of the article and number."""
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.reader(lines))[1:]
    return frozenset((f"{topic}_{file}", int(number)) for topic, file, number in rows)


def article(root: ElementTree.Element, name: str, topic: int, valid: Collection[tuple[str, int]]) -> Article:
    """The article of a file, one sentence a line, with the address that may stand before it left out."""
    tokens = list(root.iter("token"))
    address = tokens[0].text == "http" and (name, 0) not in valid
    text, spans = written([token for token in tokens if not (address and token.get("sentence") == "0")])
    number = {token.get("t_id", ""): int(token.get("sentence", "0")) for token in tokens}
    mentions = [
        Mention(Span(spans[words[0]].start, spans[words[-1]].end), instance)
        for words, instance in marked(root, name)
        if (name, number[words[0]]) in valid
    ]
    return Article(Document(name, text_version(text), text), topic, tuple(sorted(mentions, key=lambda m: m.span)))


def written(tokens: Collection[ElementTree.Element]) -> tuple[str, Mapping[str, Span]]:
    """The text of the tokens, and where each stands."""
    text, last = "", None
    spans: dict[str, Span] = {}
    for token in tokens:
        word, sentence = token.text or "", token.get("sentence")
        if last is not None:
            text += "\n" if sentence != last else "" if CLOSES.fullmatch(word) else " "
        spans[token.get("t_id", "")] = Span(len(text), len(text) + len(word))
        text, last = text + word, sentence
    return text, spans


def marked(root: ElementTree.Element, name: str) -> Iterator[tuple[list[str], str]]:
    """The tokens of each event mention, and its instance; what no relation names is an instance of its own."""
    markables = {mark.get("m_id", ""): mark for mark in root.iterfind("Markables/*")}
    instances = dict(linked(root, name, markables))
    for id, mark in markables.items():
        words = [anchor.get("t_id", "") for anchor in mark.iterfind("token_anchor")]
        if words and mark.tag.startswith(EVENTS):
            yield words, instances.get(id, f"{name} {id}")


def linked(
    root: ElementTree.Element, name: str, markables: Mapping[str, ElementTree.Element]
) -> Iterator[tuple[str, str]]:
    """Mentions with their instances: those across documents have names, those within one are numbered."""
    for relation in root.iterfind("Relations/*"):
        target = relation.find("target")
        within = f"{name} relation {relation.get('r_id')}"
        across = markables[target.get("m_id", "")].get("instance_id") if target is not None else None
        for source in relation.iterfind("source"):
            yield source.get("m_id", ""), (across or within) if relation.tag == "CROSS_DOC_COREF" else within
