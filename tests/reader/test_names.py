"""One name, one kind in a document."""

from __future__ import annotations

from polybius.reader.names import consistent
from polybius.records import Name, NameKind, Span

TEXT = "Ana Roa spoke. Roa left. Lima said Roa erred. Lima fell."


def name(words: str, kind: NameKind, after: int = 0) -> Name:
    start = TEXT.index(words, after)
    return Name(Span(start, start + len(words)), kind, 0)


def test_a_last_name_is_of_the_kind_of_the_full_name() -> None:
    names = [name("Ana Roa", "PERSON"), name("Roa", "PERSON", 10), name("Roa", "PLACE", 25)]
    assert [n.kind for n in consistent(names, TEXT)] == ["PERSON", "PERSON", "PERSON"]


def test_even_evidence_changes_nothing() -> None:
    names = [name("Lima", "PLACE"), name("Lima", "ORG", 40)]
    assert list(consistent(names, TEXT)) == names


def test_other_kinds_of_names_are_left_alone() -> None:
    names = [name("Lima", "PLACE"), name("Lima", "PLACE"), name("Lima", "MISC", 40)]
    assert [n.kind for n in consistent(names, TEXT)] == ["PLACE", "PLACE", "MISC"]
