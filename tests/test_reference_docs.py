"""The reference is what the code says, and says all of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer.main
from scripts_of import REPOSITORY, script

from polybius import report
from polybius.cli import app
from polybius.codebook import load as load_codebook
from polybius.query.views import VIEWS
from polybius.records import REJECTION_REASONS, STATUSES
from polybius.store.schema import TABLES

reference = script("reference_docs")
COMMANDS = dict(reference.commands(typer.main.get_command(app), "polybius"))


def read(name: str) -> str:
    return (REPOSITORY / "docs" / "reference" / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its level."""
    level = heading.split(" ")[0]
    assert f"\n{heading}\n" in text, f"no heading {heading!r}"
    return text.split(f"\n{heading}\n", 1)[1].split(f"\n{level} ", 1)[0]


def test_no_page_is_out_of_date() -> None:
    assert not reference.stale(), "out of date; run: python scripts/reference_docs.py"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_of_a_command_is_there_with_what_it_does(name: str) -> None:
    text = section(read("commands.md"), f"## `{name}`")
    for parameter in COMMANDS[name].params:
        if parameter.name == "help":
            continue
        spelled = reference.cell(reference.spelling(parameter))
        row = next((line for line in text.splitlines() if line.startswith(f"| {spelled} |")), None)
        assert row is not None, f"{name}: {spelled} has no row"
        assert row.removeprefix(f"| {spelled} |").split(" | ")[0].strip(), f"{name}: {spelled} has no help"


def test_commands_in_groups_are_found() -> None:
    assert {"polybius code", "polybius dataset out", "polybius codebook check"} <= COMMANDS.keys()


def test_every_reason_and_status_is_there() -> None:
    text = read("lists.md")
    assert all(f"| `{reason}` |" in text for reason in REJECTION_REASONS)
    assert all(f"`{status}`" in text for status in STATUSES)
    assert not [line for line in text.splitlines() if line.endswith("|  |")], "a list without values"


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_column_of_a_table_is_there(name: str) -> None:
    text = section(read("tables.md"), f"## Table `{name}`")
    assert [f"| `{column}` | {kind} |" for column, kind in TABLES[name]] == text.strip().splitlines()[2:]


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_every_column_of_a_view_is_there(name: str) -> None:
    text = section(read("tables.md"), f"## View `{name}`")
    assert all(f"| `{column}` | " in text for column in VIEWS[name].columns)


def test_every_field_of_the_record_is_there() -> None:
    schema = json.loads((Path(report.__file__).parent / "report.schema.json").read_text(encoding="utf-8"))
    text = read("fields.md")
    assert all(f"| `{name}` |" in section(text, "## report") for name in schema["properties"])
    for name, definition in schema["$defs"].items():
        assert all(f"| `{field}` |" in section(text, f"## {name}") for field in definition.get("properties", ()))


def test_every_code_is_there() -> None:
    book, text = load_codebook(), read("codes.md")
    for kind in book.types.values():
        assert all(f"| `{mode}` |" in section(text, f"### {kind.name}") for mode in kind.modes)
    assert all(f"| `{code}` |" in text for code in (*book.contexts, *book.sectors, *book.actor_codes))


def test_the_licences_are_those_of_the_repository() -> None:
    text = read("licences.md")
    for path in (REPOSITORY / "LICENSES").glob("*.md"):
        assert path.name == "README.md" or path.read_text(encoding="utf-8").splitlines()[0].lstrip("# ") in text


def test_a_bar_in_help_does_not_break_a_table() -> None:
    assert reference.table(("a",), [("x|y",)]).splitlines()[-1] == "| x\\|y |"
