"""Outputs: whole or not at all, and the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from fakes import make_coder

from polybius.codebook import cameo
from polybius.report import FLAT_COLUMNS, Report, flat, from_json
from polybius.run import OutputError, make_writer, open_output
from polybius.run.write import COLUMNS, row_of


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    text = "France thanked Norway. Spain met Portugal. Chad accused Niger."
    return make_coder().code(text, "2024-02-06", 'The "Wire"; Ltd.,\nLondon', title="Crème – „Brûlée“")


def write(format: str, reports: list[Report]) -> bytes:
    out = io.BytesIO()
    writer = make_writer(format, out)
    for report in reports:
        writer.add([report])
    writer.close()
    return out.getvalue()


def test_jsonl_gives_the_reports_back(reports: list[Report]) -> None:
    assert [from_json(json.loads(line)) for line in write("jsonl", reports).splitlines()] == reports


def test_csv_has_the_flat_columns(reports: list[Report]) -> None:
    rows = list(csv.DictReader(io.StringIO(write("csv", reports).decode(), newline="")))
    assert list(rows[0]) == [*(name for name, _ in FLAT_COLUMNS), "cameo"]
    assert rows == [{k: "" if v is None else str(v) for k, v in row_of(report).items()} for report in reports]


def test_a_flat_row_ends_with_the_finest_code_that_cameo_has(reports: list[Report]) -> None:
    report = replace(reports[0], event="CONSULT", mode=("visit",), context=())
    assert row_of(report) == {**flat(report), "cameo": cameo("CONSULT", ("visit",)).full}
    assert row_of(replace(report, event="WEATHER", mode=()))["cameo"] is None


def test_parquet_has_the_flat_columns_with_their_types(reports: list[Report], tmp_path: Path) -> None:
    path = tmp_path / "it's.parquet"
    path.write_bytes(write("parquet", reports))
    with duckdb.connect() as connection:
        relation = connection.read_parquet(str(path))
        assert list(zip(relation.columns, map(str, relation.types), strict=True)) == list(COLUMNS)
        assert relation.fetchall() == [tuple(row_of(report).values()) for report in reports]


@pytest.mark.parametrize("format", ["jsonl", "csv", "parquet"])
def test_the_same_reports_give_the_same_bytes(format: str, reports: list[Report]) -> None:
    assert write(format, reports) == write(format, reports)


@pytest.mark.parametrize("format", ["jsonl", "csv", "parquet"])
def test_no_reports_make_a_readable_file(format: str, tmp_path: Path) -> None:
    path = tmp_path / f"none.{format}"
    path.write_bytes(write(format, []))
    if format == "parquet":
        with duckdb.connect() as connection:
            assert connection.read_parquet(str(path)).fetchall() == []
    else:
        assert len(path.read_text().splitlines()) == (format == "csv")


def test_a_file_appears_when_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old")
    with open_output(path) as out:
        out.write(b"new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert os.listdir(tmp_path) == ["out.jsonl"]


def test_an_interrupted_run_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt), open_output(path) as out:
        out.write(b"half")
        raise KeyboardInterrupt
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["out.jsonl"]


def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "real" / "target.csv")
    with open_output(link) as out:
        out.write(b"x")
    assert link.is_symlink()
    assert (tmp_path / "real" / "target.csv").read_bytes() == b"x"


def test_an_output_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path, words in ((tmp_path, "is a folder"), (tmp_path / "no" / "a.csv", "there is no folder")):
        with pytest.raises(OutputError, match=words), open_output(path):
            pass
    with pytest.raises(OutputError, match="cannot be written"), open_output(tmp_path / "file" / "a.csv"):
        pass


def test_a_device_is_written_to_and_not_replaced() -> None:
    with open_output(Path("/dev/null")) as out:
        out.write(b"x")
    assert not Path("/dev/null").is_file()
