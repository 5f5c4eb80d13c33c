"""A small corpus for tests of the store: new, repeated, corrected, twin, rejected and failing documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import fakes

from polybius.ingest import Item, make_document
from polybius.records import Document, Rejection
from polybius.run import Coded, Coder
from polybius.store import Entry

STATES = ("France", "Norway", "Spain", "Portugal", "Chad", "Niger", "Kenya", "Uganda", "Peru", "Chile")
VERBS = ("met", "accused", "thanked", "attacked")


def text(number: int) -> str:
    """One to three sentences, different for each number up to some hundreds."""
    sentences = []
    for i in range(1 + number % 3):
        actor, recipient = STATES[(number + i) % 10], STATES[(number // 10 + 2 * i + 1) % 10]
        sentences.append(f"{actor} {VERBS[(number + i) % 4]} {recipient}.")
    return " ".join([*sentences, f"That was day {number}."])


def document(id: str, words: str, day: int = 1) -> Document:
    return make_document(words, id=id, published=dt.date(2024, 3, day), publisher="Wire", title=f"About {id}")


def entry(coder: Coder, made: Document, stamp: str | None = None) -> Entry:
    coded = coder.process(made)
    assert isinstance(coded, Coded), coded
    return Entry(made, coded.reports, stamp or coder.stamp, made.id)


def items(file: str, documents: Iterable[Document]) -> list[Item]:
    return [Item(f"{file}:{n}", made) for n, made in enumerate(documents, 1)]


def first(size: int = 8) -> list[Item]:
    """New documents with a repetition, two versions of one, twins of one text, and two rejections."""
    documents = [document(f"d{n}", text(n)) for n in range(size)]
    documents[4:4] = [document("d2", text(2)), document("d4", text(44)), document("twin", text(1))]
    documents.append(document("broken", fakes.BROKEN))
    return [*items("first.jsonl", documents), Item("notes.bin", Rejection("ingest", "notes.bin", "binary"))]


def second(size: int = 8) -> list[Item]:
    """The same with corrections, one of a date only, some new ones, and the failing one mended."""
    documents = [document(f"d{n}", text(n + 100 * (n % 4 == 0)), 1 + (n % 5 == 0)) for n in range(size + 3)]
    return items("second.jsonl", [*documents, document("broken", text(7))])
