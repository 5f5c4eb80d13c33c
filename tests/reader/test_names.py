"""One name, one kind in a document."""

from __future__ import annotations

from polybius.reader.names import consistent, without_titles
from polybius.records import Name, NameKind, Sentence, Span

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


def minister(head: int) -> Sentence:
    """Three words, the first of which hangs on one of the others."""
    forms = ("Chancellor", "Ana", "Roa")
    return Sentence(
        0, Span(0, 18), forms, (0, 11, 15), (10, 14, 18), forms, ("PROPN",) * 3, ("_",) * 3, (head, -1, 1), ("x",) * 3
    )


def test_a_title_before_a_person_is_no_person() -> None:
    text = "Chancellor Ana Roa"
    names = [Name(Span(0, 10), "PERSON", 0), Name(Span(11, 18), "PERSON", 0)]
    assert without_titles(names, [minister(1)], text) == (names[1],)
    assert without_titles(names, [minister(-1)], text) == tuple(names)
    town = [Name(Span(0, 10), "PLACE", 0), names[1]]
    assert without_titles(town, [minister(1)], text) == tuple(town)
