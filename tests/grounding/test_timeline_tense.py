"""Which way a verb points."""

from __future__ import annotations

import pytest

from polybius.grounding.tense import by_verbs, finished
from polybius.records import Sentence, Span


def built(line: str) -> Sentence:
    """ "form/lemma/UPOS/head/relation/feats", heads 1-based; the words stand with one space between."""
    rows = [part.split("/") for part in line.split()]
    ends = [sum(len(row[0]) + 1 for row in rows[: k + 1]) - 1 for k in range(len(rows))]
    starts = [end - len(row[0]) for end, row in zip(ends, rows, strict=True)]
    columns = list(zip(*rows, strict=True))
    heads = tuple(int(head) - 1 for head in columns[3])
    span = Span(0, ends[-1])
    return Sentence(
        0, span, columns[0], tuple(starts), tuple(ends), columns[1], columns[2], columns[5], heads, columns[4]
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("will/will/AUX/2/aux/_ meet/meet/VERB/0/root/VerbForm=Inf Friday/Friday/PROPN/2/obl/_", True),
        ("met/meet/VERB/0/root/Tense=Past|VerbForm=Fin Friday/Friday/PROPN/1/obl/_", False),
        ("have/have/AUX/2/aux/Tense=Pres met/meet/VERB/0/root/VerbForm=Part Friday/Friday/PROPN/2/obl/_", False),
        ("are/be/AUX/2/aux/Tense=Pres meeting/meet/VERB/0/root/VerbForm=Ger Friday/Friday/PROPN/2/obl/_", True),
        (
            "agreed/agree/VERB/0/root/Tense=Past|VerbForm=Fin to/to/PART/3/mark/_ meet/meet/VERB/1/xcomp/VerbForm=Inf Friday/Friday/PROPN/3/obl/_",
            True,
        ),
        (
            "failed/fail/VERB/0/root/Tense=Past|VerbForm=Fin to/to/PART/3/mark/_ meet/meet/VERB/1/xcomp/VerbForm=Inf Friday/Friday/PROPN/3/obl/_",
            False,
        ),
        (
            "is/be/AUX/2/aux:pass/Tense=Pres scheduled/schedule/VERB/0/root/Tense=Past|VerbForm=Part for/for/ADP/4/case/_ Friday/Friday/PROPN/2/obl/_",
            True,
        ),
        ("met/meet/VERB/0/root/Tense=Past|VerbForm=Fin ahead/ahead/ADP/3/case/_ Friday/Friday/PROPN/1/obl/_", True),
        ("could/could/AUX/2/aux/_ meet/meet/VERB/0/root/VerbForm=Inf Friday/Friday/PROPN/2/obl/_", None),
        (
            "could/could/AUX/3/aux/_ have/have/AUX/3/aux/_ met/meet/VERB/0/root/VerbForm=Part Friday/Friday/PROPN/3/obl/_",
            False,
        ),
        ("talks/talk/NOUN/0/root/_ Friday/Friday/PROPN/1/nmod/_", None),
        ("rally/rally/NOUN/0/root/_ planned/planned/ADJ/1/amod/_ Friday/Friday/PROPN/1/nmod/_", True),
    ],
)
def test_verbs(line: str, told: bool | None) -> None:
    sentence = built(line)
    assert by_verbs(sentence, len(sentence) - 1) is told


@pytest.mark.parametrize(
    ("line", "over"),
    [
        ("held/hold/VERB/0/root/Tense=Past|VerbForm=Fin", True),
        ("was/be/AUX/2/aux:pass/Tense=Past|VerbForm=Fin held/hold/VERB/0/root/Tense=Past|VerbForm=Part", True),
        (
            "has/have/AUX/3/aux/Tense=Pres|VerbForm=Fin been/be/AUX/3/aux:pass/Tense=Past|VerbForm=Part held/hold/VERB/0/root/Tense=Past|VerbForm=Part",
            False,
        ),
        ("holds/hold/VERB/0/root/Tense=Pres|VerbForm=Fin", False),
    ],
)
def test_what_is_over(line: str, over: bool) -> None:
    sentence = built(line)
    assert finished(sentence, len(sentence) - 1) is over
