"""Cells of the table."""

from __future__ import annotations

import datetime as dt

import pytest

from polybius.cli.table import MAX_WORDS, date_cell, words_cell
from polybius.ingest import make_document
from polybius.report import ActorField, DateField, Quote, Report, SentenceRef, document_ref
from polybius.run import Coded

DAY = dt.date(2024, 2, 6)


@pytest.mark.parametrize(
    ("date", "cell"),
    [
        (DateField(), "?"),
        (DateField(Quote("last  week", 0, 10)), "“last week” ?"),
        (DateField(None, DAY, DAY), "2024-02-06"),
        (DateField(None, DAY, dt.date(2024, 2, 7)), "2024-02-06 to 2024-02-07"),
        (DateField(None, None, DAY), "… to 2024-02-06"),
    ],
)
def test_dates(date: DateField, cell: str) -> None:
    assert date_cell(date) == cell


def report(text: str, trigger: str, *actors: str) -> tuple[Report, Coded]:
    def quote(words: str) -> Quote:
        return Quote(words, text.index(words), text.index(words) + len(words))

    document = make_document(text)
    parties = tuple(ActorField(quote(actor)) for actor in actors)
    sentence = SentenceRef(0, 0, len(text))
    made = Report("r", document_ref(document), sentence, "CONSULT", "actual", "", 0, quote(trigger), actor=parties)
    return made, Coded(document, (made,))


def test_words_reach_from_the_first_filler_to_the_last() -> None:
    assert words_cell(*report("On Monday  Kim\nmet Lee in Rome.", "met", "Kim", "Lee")).plain == "Kim met Lee"


def test_long_words_are_cut_between_words_around_the_trigger() -> None:
    text = "Kim " + "walked and walked and " * 20 + "met " + "somebody or other " * 20 + "Lee."
    cell = words_cell(*report(text, "met", "Kim", "Lee")).plain
    assert " met somebody" in cell
    assert cell.startswith("… ")
    assert cell.endswith(" …")
    assert len(cell) <= MAX_WORDS + 4
    assert set(cell.replace("…", "").split()) <= set(text.split())
