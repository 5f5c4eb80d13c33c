"""What a user meets is documented: options, formats, reasons, exit status, and the README's commands."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import typer.main

from polybius.cli import app
from polybius.records import REJECTION_REASONS
from polybius.run import FORMATS

REPOSITORY = Path(__file__).resolve().parent.parent
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def read(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_and_option_has_help(command: str) -> None:
    assert COMMANDS[command].help
    assert f"polybius {command}" in read("README.md")
    for option in COMMANDS[command].params:
        assert getattr(option, "help", None), f"{command} {option.name}"


@pytest.mark.parametrize("reason", sorted(REJECTION_REASONS))
def test_every_reason_of_a_rejection_is_explained(reason: str) -> None:
    assert f"| `{reason}` |" in read("docs/output.md")


def test_every_format_is_explained() -> None:
    text = read("docs/output.md")
    assert all(name in text for name in FORMATS)


def test_the_files_that_the_documents_link_to_are_there() -> None:
    for page in [*REPOSITORY.glob("*.md"), *REPOSITORY.glob("docs/*.md"), *REPOSITORY.glob("LICENSES/*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_first_screen_of_the_readme_has_both_commands() -> None:
    screen = "\n".join(read("README.md").splitlines()[:24])
    assert "polybius code examples/summit.txt" in screen
    assert "pytest" in screen


def test_continuous_integration_runs_the_command_of_the_readme() -> None:
    script = read(".ci/run")
    extraction = next(line for line in script.splitlines() if line.startswith("command="))
    done = subprocess.run(
        ["bash", "-c", f'{extraction}\nprintf "%s" "$command"'],
        capture_output=True,
        text=True,
        check=True,
        cwd=REPOSITORY,
    )
    (command,) = re.findall(r"<!-- tests -->\n```sh\n(.*?)\n```", read("README.md"), re.S)
    assert done.stdout == command
    assert "pytest" in command
    assert "pytest" not in script
