"""The gate from outside: missing data, the fixed tenth, pinning, and what it never shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fakes
import gate
import measures
import pytest

from polybius.evaluation.counts import Count
from polybius.evaluation.floors import ScoreSet, read_floors
from polybius.evaluation.gold import MarkedText
from polybius.evaluation.scores import score
from polybius.records import Document

REPORT = """# id: {id}
# published: 2024-03-15
# origin: made up
S: Chad accused Niger.
E: AID | {trigger} | actor=Chad | status=actual | by=- | id=e1
"""


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Reports of buckets 0, 1 and 2 whose gold type is wrong, so that each is an error."""
    (tmp_path / "shared" / "corpus").mkdir(parents=True)
    reports = [REPORT.format(id=f"bucket-{b}", trigger="accused") for b in (0, 1, 2)]
    (tmp_path / "shared" / "corpus" / "a.txt").write_text("\n".join(reports))
    rows = "".join(f"bucket-{b}\tstory\tg\t{b}\n" for b in (0, 1, 2))
    (tmp_path / "shared" / "corpus" / "SPLIT.tsv").write_text("id\tfamily\tgroup\tbucket\n" + rows)
    return tmp_path / "shared"


@pytest.fixture
def coded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of all documents that the gate has coded."""
    ids: list[str] = []
    coder = fakes.make_coder()
    monkeypatch.setattr(measures, "load", lambda model: coder)
    code = measures.Kit.code

    def code_and_note(kit: measures.Kit, document: Document) -> MarkedText:
        ids.append(document.id)
        return code(kit, document)

    monkeypatch.setattr(measures.Kit, "code", code_and_note)
    return ids


def scored(right: int, documents: int = 30) -> Any:
    """Measures with one set: so many of ten items are right in each document."""

    def run(kit: measures.Kit) -> Iterator[tuple[str, str, dict[str, Count]]]:
        for number in range(documents):
            if kit.takes(f"doc-{number}"):
                yield "a set", f"doc-{number}", {"status": Count(right, 10, 10)}

    return (measures.Measure("one", run, annotated=True),)


def test_without_data_the_gate_says_what_it_could_not_score(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    nowhere = str(tmp_path / "nowhere")
    assert gate.main(["--shared", nowhere]) == 0
    printed = capsys.readouterr().out
    assert all(f"not scored: {measure.name}" in printed for measure in measures.MEASURES)
    monkeypatch.setenv("CI", "true")
    assert gate.main(["--shared", nowhere]) == 1
    assert gate.main(["--shared", nowhere, "--allow-missing"]) == 0


def test_one_missing_file_is_named_and_the_rest_is_scored(
    shared: Path, coded: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", "true")
    absent = measures.Measure("other", measures.gsr, ("corpora/none.json",))
    monkeypatch.setattr(measures, "MEASURES", (*scored(9), absent))
    floors = ["--floors", str(shared / "floors.toml")]
    assert gate.main(["--shared", str(shared), "--pin", *floors]) == 1
    assert "not scored: other: there is no" in capsys.readouterr().out
    assert gate.main(["--shared", str(shared), "--full", "--allow-missing", *floors]) == 0


def test_pinned_floors_hold_until_the_score_falls(
    shared: Path, coded: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = ["--shared", str(shared), "--floors", str(shared / "floors.toml")]
    monkeypatch.setattr(measures, "MEASURES", scored(9))
    assert gate.main(["--full", *floors]) == 1  # nothing is pinned yet
    assert gate.main(["--pin", *floors]) == 0
    assert set(read_floors(shared / "floors.toml")) == {"a set", "a set, a tenth"}
    assert gate.main(["--full", *floors]) == gate.main(floors) == 0
    monkeypatch.setattr(measures, "MEASURES", scored(8))
    assert gate.main(["--full", *floors]) == gate.main(floors) == 1
    assert gate.main(["--pin", *floors]) == 1
    assert "stays where it was, the score is below it: a set: status" in capsys.readouterr().out
    assert gate.main(["--pin", "--sink", *floors]) == 0
    assert gate.main(["--full", *floors]) == 0


def test_the_tenth_is_fixed_and_about_a_tenth_of_each_bucket() -> None:
    ids = [f"document-{k}" for k in range(3000)]
    buckets = [int(hashlib.sha256(id.encode()).hexdigest(), 16) % 10 for id in ids]
    for bucket in range(10):
        mine = [gate.in_tenth(id) for id, its in zip(ids, buckets, strict=True) if its == bucket]
        assert 0.04 < sum(mine) / len(mine) < 0.18
    assert [k for k in range(30) if gate.in_tenth(f"document-{k}")] == [2, 18, 26]


def test_other_gold_has_another_digest(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    first = gate.digest_of([tmp_path / "a"])
    assert first == gate.digest_of([tmp_path / "a"])
    (tmp_path / "a").write_text("2")
    assert gate.digest_of([tmp_path / "a"]) != first


def test_errors_are_shown_of_bucket_1_alone(shared: Path, coded: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert gate.main(["--shared", str(shared), "--errors"]) == 0
    printed = capsys.readouterr().out
    assert "type: AID → ACCUSE" in printed
    assert "bucket-1: “accused” in: Chad accused Niger." in printed
    assert "bucket-0" not in printed
    assert coded == ["bucket-1"]


def test_floors_are_scored_on_bucket_0_alone(shared: Path, coded: list[str]) -> None:
    kit = measures.Kit.make(shared, lambda id: True)
    (name, id, counts), (everything, *_) = measures.annotated(kit)
    assert everything == measures.ALL_FAMILIES
    assert (name, id, coded) == ("annotated story, bucket 0", "bucket-0", ["bucket-0"])
    assert (counts["trigger and type"], counts["trigger"]) == (Count(0, 1, 1), Count(1, 1, 1))


def test_sinking_goes_with_pinning() -> None:
    with pytest.raises(SystemExit):
        gate.main(["--sink"])


def test_fields_are_looked_at_in_bucket_1_alone(shared: Path, coded: list[str]) -> None:
    kit = measures.Kit.make(shared, lambda id: True)
    ((name, id, counts),) = measures.lost(kit)
    assert (name, id, coded) == (measures.FIELDS_LOST, "bucket-1", ["bucket-1"])
    assert counts["fields/type/wrong type"] + counts["fields/type/missed"] == Count(1, 2, 2)


def test_status_stands_beside_saying_actual_always(capsys: pytest.CaptureFixture[str]) -> None:
    counts = {"status": Count(3, 4, 4), "statuses/actual": Count(2, 3, 3), "statuses/future": Count(1, 1, 1)}
    gate.print_beside([ScoreSet("a set", 1, "d", {}, score([counts]))])
    assert "a set: status would be 75.00 if all were actual" in capsys.readouterr().out
