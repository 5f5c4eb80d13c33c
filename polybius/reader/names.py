"""What a whole document tells of its names: each has one kind, and a title is no person."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from polybius.records import Name, NameKind, Sentence, Span

KINDS = frozenset({"PERSON", "ORG", "PLACE"})
MAJORITY = 2  # how many times a document must show another kind for each time it shows this one


def consistent(names: Sequence[Name], text: str) -> tuple[Name, ...]:
    """The names, each of the kind that most mentions of the same words have; a person's last name counts for the person."""
    shown: dict[str, Counter[NameKind]] = defaultdict(Counter)
    for words, kind in evidence(names, text):
        shown[words][kind] += 1
    return tuple(replace(name, kind=usual(name, shown[name.span.of(text)])) for name in names)


def evidence(names: Sequence[Name], text: str) -> Iterator[tuple[str, NameKind]]:
    for name in names:
        words = name.span.of(text)
        if name.kind in KINDS:
            yield words, name.kind
            if name.kind == "PERSON" and " " in words:
                yield words.split()[-1], name.kind


def usual(name: Name, shown: Counter[NameKind]) -> NameKind:
    if name.kind not in KINDS:
        return name.kind
    best = min(shown, key=lambda kind: (-shown[kind], kind))
    return best if shown[best] >= MAJORITY * shown[name.kind] else name.kind


def without_titles(names: Sequence[Name], sentences: Sequence[Sentence], text: str) -> tuple[Name, ...]:
    """The names without the persons who are but the title of the person after them: "[Chancellor] [Olaf Scholz]"."""
    titles = {one for one, two in pairwise(names) if is_title(one, two, sentences[one.sentence], text)}
    return tuple(name for name in names if name not in titles)


def is_title(one: Name, two: Name, sentence: Sentence, text: str) -> bool:
    """Whether one person stands right before another whom his last word describes."""
    if (one.kind, two.kind) != ("PERSON", "PERSON") or text[one.span.end : two.span.start] != " ":
        return False
    head = sentence.heads[bisect_left(sentence.starts, one.span.end) - 1]
    return head >= 0 and two.span.contains(Span(sentence.starts[head], sentence.ends[head]))
