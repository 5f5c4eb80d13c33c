"""Runs the commands that stand in pages, and compares or rewrites what the pages say they print.

usage: python scripts/snippets.py [--write] [PAGE…]

A block of ``console`` holds commands after ``$ ``, further lines of a command after ``> ``, and under each what it prints. The
blocks of a page run in order in one new folder that holds ``examples/``. Ids of events are not compared, nor is the width of gaps.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.S | re.M)
STATUS = re.compile(r"^# exit status (\d+)$", re.M)  # a command that is meant to end with another status than 0 says so
LIMIT = 600  # seconds: a snippet that hangs must not hang the tests


@dataclass(frozen=True, slots=True)
class Snippet:
    """A command with the lines that the page shows under it."""

    command: str
    shown: str


def pages() -> list[Path]:
    """The pages that have commands to run."""
    found = sorted((REPOSITORY / "docs").rglob("*.md"))
    return [page for page in found if BLOCK.search(page.read_text(encoding="utf-8"))]


def snippets(block: str) -> Iterator[Snippet]:
    """The commands of one block."""
    command: list[str] = []
    shown: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            if command:
                yield Snippet("\n".join(command), "\n".join(shown))
            command, shown = [line[2:]], []
        elif (line == ">" or line.startswith("> ")) and not shown:
            command.append(line[2:])
        else:
            shown.append(line)
    if command:
        yield Snippet("\n".join(command), "\n".join(shown))


def run(command: str, folder: Path) -> str:
    """What the command prints, on both streams; an exit status that is not 0 is its last line."""
    variables = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
    variables["PATH"] = f"{folder / '.bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        timeout=LIMIT,
        check=False,
    )
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    if done.returncode:
        lines.append(f"# exit status {done.returncode}")
    return "\n".join(lines).strip("\n")


def prepare(folder: Path) -> None:
    """The examples, and ``polybius`` and ``python`` of the interpreter that runs this."""
    shutil.copytree(REPOSITORY / "examples", folder / "examples")
    (folder / ".bin").mkdir()
    for name, call in (("polybius", "-m polybius"), ("python", "")):
        script = folder / ".bin" / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {call} "$@"\n', encoding="utf-8")
        script.chmod(0o755)


def rerun(text: str, folder: Path) -> str:
    """The page's text with what its commands print today."""

    def block(match: re.Match[str]) -> str:
        lines = []
        for snippet in snippets(match.group(1)):
            lines.append(
                "\n".join(line.rstrip() for line in ("$ " + snippet.command.replace("\n", "\n> ")).split("\n"))
            )
            lines.extend(filter(None, [run(snippet.command, folder)]))
        return "```console\n" + "\n".join(lines) + "\n```"

    return BLOCK.sub(block, text)


def today(page: Path) -> str:
    """The page as it would be if it were written now."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        return rerun(page.read_text(encoding="utf-8"), folder)


def compared(text: str) -> list[str]:
    """The lines of a page without what may differ: ids of events, widths of gaps and rules."""
    masked = re.sub(r"evt1-[0-9a-f]+", "evt1-…", text)
    return [re.sub(r"─+", "─", " ".join(line.split())) for line in masked.splitlines()]


def failures(text: str) -> list[str]:
    """Exit statuses in the text, which a page must not have unless its prose is about them."""
    return STATUS.findall(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Say which pages are out of date, or rewrite them; 1 where one is and nothing was written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=Path, help="by default all pages of docs/")
    parser.add_argument("--write", action="store_true", help="write what the commands print into the pages")
    asked = parser.parse_args(arguments)
    stale = 0
    for page in [path.resolve() for path in asked.pages] or pages():
        text = today(page)
        if compared(text) == compared(page.read_text(encoding="utf-8")):
            continue
        print(f"{page.relative_to(REPOSITORY)}: {'rewritten' if asked.write else 'out of date'}")
        stale += not asked.write
        if asked.write:
            page.write_text(text, encoding="utf-8")
    return min(stale, 1)


if __name__ == "__main__":
    sys.exit(main())
