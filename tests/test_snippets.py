"""The commands of the tutorial and of the how-to pages run, and print what the pages say."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest
from scripts_of import REPOSITORY, script

snippets = script("snippets")
PAGES = [page.relative_to(REPOSITORY).as_posix() for page in snippets.pages()]
NEEDED = ("feedparser", "trafilatura", "altair", "vl_convert")


@pytest.mark.model
@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_what_its_commands_print(name: str) -> None:
    missing = [library for library in NEEDED if importlib.util.find_spec(library) is None]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"not installed: {', '.join(missing)}")
    page = REPOSITORY / name
    shown, now = page.read_text(encoding="utf-8"), snippets.today(page)
    assert snippets.compared(shown) == snippets.compared(now), f"run: python scripts/snippets.py --write {name}"


def test_the_tutorial_and_every_how_to_page_is_run() -> None:
    wanted = {"docs/tutorial.md", *(f"docs/how-to/{page.name}" for page in (REPOSITORY / "docs/how-to").glob("*.md"))}
    assert wanted <= set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_no_command_of_a_page_fails(name: str) -> None:
    assert not snippets.failures((REPOSITORY / name).read_text(encoding="utf-8"))


def test_commands_run_in_order_in_one_folder(tmp_path: Path) -> None:
    snippets.prepare(tmp_path)
    text = "```console\n$ echo one > a\n$ cat a\nold\n$ cat > b <<'END'\n>\n> two\n> END\n$ cat b; exit 3\n```\n"
    assert snippets.rerun(text, tmp_path) == (
        "```console\n$ echo one > a\n$ cat a\none\n$ cat > b <<'END'\n>\n> two\n> END\n$ cat b; exit 3\ntwo\n# exit status 3\n```\n"
    )


def test_only_ids_and_gaps_may_differ() -> None:
    assert snippets.compared("a   b evt1-00ff ──") == snippets.compared("a b evt1-1234 ────")
    assert snippets.compared("7 reports") != snippets.compared("8 reports")
