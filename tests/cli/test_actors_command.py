"""``polybius actors update`` and ``--actors`` from outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from polybius.cli import app
from polybius.reference import load, read_rows

QUERY = "personLabel,officeLabel,country,start\nAnna Testperson,Minister of Defence,FRA,2024-03-05\n"


def update(folder: Path, text: str, out: str) -> Result:
    (folder / "query.csv").write_text(text, encoding="utf-8")
    arguments = ["actors", "update", str(folder / "query.csv"), "--as-of", "2026-01-01", "--out", str(folder / out)]
    return CliRunner().invoke(app, arguments)


@pytest.mark.parametrize("out", ["own.csv", "own.tsv.gz"])
def test_a_query_result_becomes_a_table(tmp_path: Path, out: str) -> None:
    result = update(tmp_path, QUERY, out)
    assert (result.exit_code, "1 actors" in result.stdout) == (0, True)
    path = tmp_path / out
    world = load(extra=[path]) if out.endswith(".csv") else load(actors=path)
    (term,) = world.persons("Anna Testperson")[0].terms
    assert (term.code, term.sectors, term.since, term.as_of) == ("FRA", ("GOV", "MIL"), "2024-03-05", "2026-01-01")


@pytest.mark.parametrize(
    ("text", "out"), [("a,b\n1,2\n", "own.csv"), (QUERY, "own.xlsx"), ("personLabel,officeLabel,country\n", "own.csv")]
)
def test_what_cannot_be_is_wrong_usage(tmp_path: Path, text: str, out: str) -> None:
    result = update(tmp_path, text, out)
    assert result.exit_code == 2
    assert not (tmp_path / out).exists()


def test_a_faulty_file_of_actors_is_told_before_anything_is_coded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text("France thanked Norway.")
    (tmp_path / "own.csv").write_text("name,code\nSomebody,France\n")
    result = CliRunner().invoke(app, ["code", "article.txt", "--actors", "own.csv"])
    assert result.exit_code == 1
    assert "own.csv:2" in result.stderr
    assert len(read_rows(_good(tmp_path))) == 1


def _good(folder: Path) -> Path:
    path = folder / "good.csv"
    path.write_text("name,code\nSomebody,FRA\n")
    return path
