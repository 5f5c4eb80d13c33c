"""Several processes give what one gives, in the same order, and survive the death of one."""

from __future__ import annotations

import io
from collections.abc import Iterable

from fakes import BROKEN, DEADLY, make_coder

from polybius.ingest import Item, check, make_document
from polybius.records import Rejection
from polybius.run import Coded, Counts, Outcome, make_writer, run_documents

TEXTS = [
    "France met Norway.",
    " ",
    f"{BROKEN}.",
    "Chad accused Niger. " * 30,
    "Президент встретился с канцлером",
    "Rain fell on the town.",
    *(f"Kenya thanked Uganda {n} times." for n in range(20)),
]


def items(texts: Iterable[str]) -> list[Item]:
    return [Item(f"file-{n}", check(make_document(text, id=str(n)), f"file-{n}")) for n, text in enumerate(texts)]


def written(outcomes: Iterable[Outcome]) -> bytes:
    out = io.BytesIO()
    writer = make_writer("jsonl", out)
    for outcome in outcomes:
        if isinstance(outcome.result, Coded):
            writer.add(outcome.result.reports)
    writer.close()
    return out.getvalue()


def test_one_and_two_processes_give_the_same_bytes_and_rejections() -> None:
    one, two = (list(run_documents(items(TEXTS), make_coder, workers)) for workers in (1, 2))
    assert one == two
    assert written(one) == written(two) != b""


def test_documents_in_are_coded_or_rejected() -> None:
    counts = Counts()
    outcomes = list(run_documents(items(TEXTS), make_coder))
    for outcome in outcomes:
        counts.add(outcome)
    assert counts.documents == counts.coded + counts.rejections == len(TEXTS)
    assert counts.rejections == 3
    assert [outcome.subject for outcome in outcomes] == [item.subject for item in items(TEXTS)]


def test_a_rejection_of_the_run_names_the_file() -> None:
    failed = [outcome.result for outcome in run_documents(items(TEXTS), make_coder) if outcome.subject == "file-2"]
    assert failed == [Rejection("run", "file-2", "failed", "RuntimeError: a broken reader")]


def test_a_process_that_dies_takes_one_document_with_it() -> None:
    texts = ["France met Norway.", f"{DEADLY}.", "Chad accused Niger.", "Spain met Portugal."]
    results = [outcome.result for outcome in run_documents(items(texts), make_coder, 2)]
    assert [isinstance(result, Coded) for result in results] == [True, False, True, True]
    assert isinstance(results[1], Rejection)
    assert results[1].reason == "failed"
