"""Gold from files: what is read, what is refused, and what a split keeps from view."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from polybius.evaluation.annotations import AnnotationError
from polybius.evaluation.compare import compare
from polybius.evaluation.files import read_gold
from polybius.evaluation.gold import MarkedText

NOTATION = """# id: {id}
# published: 2024-03-15
# origin: made up
S: Chad helped Mali.
E: AID | helped | actor=Chad | recipient=Mali | status=actual | by=- | id=e1
"""
DOCUMENT = {"id": "d", "text": "Chad helped Mali on Friday, again.", "published": "2024-03-15"}


def record(**more: Any) -> dict[str, Any]:
    return {"event": "AID", "document": {"id": "d"}, "trigger": {"text": "helped", "start": 5, "end": 11}, **more}


def lines(path: Path, *items: Any) -> Path:
    file = path / "gold.jsonl"
    file.write_text("\n".join(item if isinstance(item, str) else json.dumps(item) for item in items), encoding="utf-8")
    return file


def faults(path: Path, *items: Any) -> str:
    with pytest.raises(AnnotationError) as caught:
        read_gold([lines(path, *items)])
    return str(caught.value)


def test_documents_and_records_come_in_any_order(tmp_path: Path) -> None:
    (text,) = read_gold([lines(tmp_path, record(), "", DOCUMENT)])
    assert text.document is not None
    assert (text.id, text.text, str(text.document.published)) == ("d", DOCUMENT["text"], "2024-03-15")
    assert [mark.event for mark in text.marks] == ["AID"]


def test_a_document_without_records_has_no_events_and_records_need_no_document(tmp_path: Path) -> None:
    texts = read_gold([lines(tmp_path, DOCUMENT, record(document={"id": "other"}))])
    assert [(t.id, len(t.marks), t.document is None) for t in texts] == [("d", 0, False), ("other", 1, True)]


def test_annotated_reports_are_known_by_their_first_line(tmp_path: Path) -> None:
    (tmp_path / "any.name").write_text("\ufeff\n" + NOTATION.format(id="r"), encoding="utf-8")
    texts = read_gold([tmp_path / "any.name", lines(tmp_path, DOCUMENT)])
    assert [t.id for t in texts] == ["r", "d"]


@pytest.mark.parametrize(
    ("item", "says"),
    [
        ("{", "gold.jsonl:1: no JSON"),
        ([1], 'expected a record (with "event") or a document'),
        ({"id": "d"}, 'expected a record (with "event") or a document'),
        (record(document={}), 'needs "document": {"id": ...}'),
        (record(event=3), '"event" must be the name of a type, found 3'),
        (record(trigger={"start": 5}), 'needs "trigger"'),
        (record(trigger={"start": 5, "end": 5}), 'needs "trigger"'),
        (
            record(actor=[{"start": 9, "end": 4}]),
            'a filler of "actor" must have a start before its end, or null, found 9 and 4',
        ),
        (record(actor=[{"start": 4, "end": 9, "sector": "GOV"}]), "must have a list of sectors, found 'GOV'"),
        (record(date={"start": None, "from": "15 March"}), "must have days like 2024-03-15, found ('15 March', None)"),
        (record(mode="visit"), "\"mode\" must be a list of names, found 'visit'"),
        (record(attribution=["Chad"]), 'a filler of "attribution" must be an object'),
        ({"text": ""}, "gold.jsonl:1: empty"),
    ],
)
def test_faults_are_named_with_their_line(tmp_path: Path, item: Any, says: str) -> None:
    assert says in faults(tmp_path, item)


def test_all_faults_are_told_together(tmp_path: Path) -> None:
    assert faults(tmp_path, "{", record(), record(event=3)).count("gold.jsonl:") == 2


def test_a_trigger_must_stand_where_it_says(tmp_path: Path) -> None:
    wrong = record(trigger={"text": "helped", "start": 6, "end": 12})
    assert "d: the trigger 'helped' is not at 6–12: 'elped '" in faults(tmp_path, wrong, DOCUMENT)


def test_an_id_is_used_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTATION.format(id="d"), encoding="utf-8")
    with pytest.raises(AnnotationError, match="the id d is used twice"):
        read_gold([tmp_path / "a.txt", lines(tmp_path, DOCUMENT)])


def test_a_split_beside_the_gold_gives_families_and_keeps_bucket_0_from_view(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n".join(NOTATION.format(id=i) for i in ("r0", "r1", "r2")), encoding="utf-8")
    (tmp_path / "SPLIT.tsv").write_text("id\tfamily\tgroup\tbucket\nr0\tstory\tg\t0\nr1\tdigest\tg\t1\n")
    texts = read_gold([tmp_path / "a.txt"])
    assert [(t.family, t.score_only) for t in texts] == [("story", True), ("digest", False), ("made up", False)]
    compared = {t.id: compare(t, MarkedText(t.id, ())) for t in texts}
    assert [len(compared[i].mistakes) for i in ("r0", "r1", "r2")] == [0, 1, 1]
    assert {c.counts["trigger and type"].gold for c in compared.values()} == {1}
