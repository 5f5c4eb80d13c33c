"""The commands that ask a store, from outside: what is printed where, and the exit status."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from polybius.cli import app
from polybius.cli.asking import FILTERS
from polybius.query import Asked


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "300"})


def test_events_are_a_table_and_the_default_is_told(news: Path) -> None:
    result = call("events", news)
    assert result.exit_code == 0
    assert "ASSAULT" in result.stdout and "THREATEN" not in result.stdout
    assert "status: actual, and announced cooperation (AGREE, future); never historical" in result.stderr
    told = call("events", news, "--status", "negated")
    assert "THREATEN" in told.stdout
    assert not told.stderr


def test_every_filter_is_an_option() -> None:
    assert list(FILTERS) == list(Asked.__dataclass_fields__)


def test_filters_reach_the_question(news: Path) -> None:
    near = call("events", news, "--near", "15.0,45.0", "--radius", "50", "--format", "jsonl")
    assert [json.loads(line)["event"] for line in near.stdout.splitlines()] == ["ASSAULT"]
    since = call("events", news, "--since", "2024-05-15", "--min-sources", "1", "--format", "csv")
    assert {row["event"] for row in csv.DictReader(io.StringIO(since.stdout))} == {"AGREE", "RETREAT"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--country", "Frannce"), "did you mean France (FRA)?"),
        (("--event", "CONSLUT"), "did you mean CONSULT?"),
        (("--since", "yesterday"), "is not a date"),
        (("--near", "here"), "write LAT,LON"),
        (("--format", "xls"), "allowed: table, jsonl, csv, parquet"),
        (("--format", "parquet"), "--out FILE"),
        (("--out", "missing/events.csv"), "cannot be written"),
    ],
)
def test_what_makes_no_sense_is_wrong_usage(news: Path, arguments: tuple[str, ...], message: str) -> None:
    result = call("events", news, *arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.replace("│", " ").split())


@pytest.mark.parametrize("command", ["events", "dyads", "timeline", "network"])
def test_without_events_the_command_that_makes_them_is_named(raw: Path, command: str) -> None:
    result = call(command, raw)
    assert result.exit_code == 1
    assert f"polybius assemble {raw}" in result.stderr


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    result = call("events", tmp_path / "none.duckdb")
    assert result.exit_code == 2
    assert not (tmp_path / "none.duckdb").exists()


def test_reports_dyads_and_timeline(news: Path) -> None:
    reports = call("reports", news, "--publisher", "Herald", "--event", "ASSAULT", "--format", "jsonl")
    assert [json.loads(line)["document_id"] for line in reports.stdout.splitlines()] == ["raid2"]
    dyads = call("dyads", news, "--by", "week", "--format", "csv")
    assert "2024-05-13,DEU,FRA,true,1,1," in dyads.stdout
    timeline = call("timeline", news, "--limit", "1")
    assert "the first 1 rows" in timeline.stderr
    assert call("dyads", news, "--by", "decade").exit_code == 2


def test_a_network_goes_to_a_file(news: Path, tmp_path: Path) -> None:
    target = tmp_path / "network.graphml"
    assert call("network", news, "--out", target).exit_code == 0
    assert target.read_text().startswith('<?xml version="1.0"')


def test_the_summary_works_before_assembly(news: Path, raw: Path) -> None:
    assert "Events by type" in call("summary", news).stdout
    before = call("summary", raw)
    assert before.exit_code == 0
    assert "no events yet" in before.stderr


def test_an_export_says_what_it_cannot_hold(news: Path, tmp_path: Path) -> None:
    target = tmp_path / "events.tsv"
    result = call("export", news, "--as", "gdelt", "--out", target)
    assert result.exit_code == 0
    assert len(target.read_text().splitlines()) == 4
    assert "gdelt: 4 of 6 events written" in result.stderr
    assert "left out, 2 events" in result.stderr
    assert call("export", news, "--as", "xls", "--out", tmp_path / "x").exit_code == 2
    assert not (tmp_path / "x").exists()
