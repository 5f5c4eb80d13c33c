"""Decoding of labels and scripts, by hand."""

from __future__ import annotations

import pytest

from polybius.reader.decode import best_first, bio, without_repeats
from polybius.reader.lemmas import by_script, known_forms, lemma
from polybius.records import Frame, Span

NAMES = ("O", "B-PERSON", "I-PERSON", "B-PLACE", "I-PLACE")


@pytest.mark.parametrize(
    ("labels", "runs"),
    [
        ([0, 1, 2, 0, 3], [("PERSON", 1, 2), ("PLACE", 4, 4)]),
        ([1, 1, 2], [("PERSON", 0, 0), ("PERSON", 1, 2)]),
        ([1, 4, 4, 0], [("PERSON", 0, 0), ("PLACE", 1, 2)]),
        ([2, 2], [("PERSON", 0, 1)]),
        ([], []),
    ],
)
def test_bio_runs(labels: list[int], runs: list[tuple[str, int, int]]) -> None:
    assert list(bio(labels, NAMES)) == runs


@pytest.mark.parametrize(
    ("form", "script", "lemma"),
    [
        ("Met", "2|eet|lower", "meet"),
        ("went", "4|go|lower", "go"),
        ("Putin", "0||keep", "Putin"),
        ("a", "4||lower", "a"),
        ("men", "2|an|lower", "man"),
    ],
)
def test_lemma_scripts(form: str, script: str, lemma: str) -> None:
    assert by_script(form, script) == lemma


@pytest.mark.parametrize(
    ("form", "tag", "script", "expected"),
    [
        ("reported", "VERB", "2|y|lower", "report"),
        ("Met", "VERB", "0||lower", "meet"),
        ("axes", "NOUN", "2|is|lower", "axis"),  # the network's choice, where the form has several
        ("visits", "NOUN", "1||lower", "visit"),
        ("gorbling", "VERB", "3||lower", "gorbl"),  # no table knows it
        ("Kremlin", "PROPN", "0||keep", "Kremlin"),
    ],
)
def test_a_known_form_has_a_lemma_of_the_table(form: str, tag: str, script: str, expected: str) -> None:
    assert lemma(form, tag, script, known_forms()) == expected


def test_of_overlapping_triggers_of_one_type_the_best_stays() -> None:
    frames = [
        Frame(Span(0, 11), 0, "ASSAULT", 0.7),
        Frame(Span(7, 11), 0, "ASSAULT", 0.9),
        Frame(Span(7, 11), 0, "ACCUSE", 0.6),
    ]
    assert [(f.event, f.score) for f in without_repeats(frames)] == [("ACCUSE", 0.6), ("ASSAULT", 0.9)]


def test_scores_come_best_first_and_ties_by_name() -> None:
    assert best_first([("b", 0.5), ("a", 0.5), ("c", 0.9)]) == [("c", 0.9), ("a", 0.5), ("b", 0.5)]
