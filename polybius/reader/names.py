"""One name, one kind: a document calls a person "Putin" more often than it lets the reader take him for a town."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from polybius.records import Name, NameKind

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
