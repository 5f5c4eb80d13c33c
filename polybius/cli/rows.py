"""Rows of a question as a table for eyes."""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Sequence
from typing import Any, BinaryIO

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from polybius.cli.text import clean
from polybius.query import Table

PLAIN_WIDTH = 200  # of a table that goes to a file or a pipe
MOST = 60  # characters of a cell


def print_rows(table: Table, out: BinaryIO | None, eyes: Sequence[str] = (), title: str | None = None) -> None:
    """Print a table on the terminal, or to a file: the columns ``eyes``, or all."""
    shown = [table.names.index(name) for name in eyes or table.names]
    grid = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, title=title, title_justify="left")
    for i in shown:
        number = table.columns[i][1] in ("BIGINT", "INTEGER", "DOUBLE", "HUGEINT")
        grid.add_column(table.names[i], justify="right" if number else "left", overflow="fold")
    for row in table.rows:
        grid.add_row(*(Text(_cell(row[i])) for i in shown))
    if out is None:
        _console().print(grid)
        return
    text = io.TextIOWrapper(out, "utf-8", write_through=True)
    Console(file=text, width=PLAIN_WIDTH).print(grid)
    text.detach()


def _console() -> Console:
    return Console() if sys.stdout.isatty() else Console(width=PLAIN_WIDTH)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    if isinstance(value, int):
        return f"{value:,}"
    text = value.isoformat() if isinstance(value, dt.date) else clean(str(value))
    return text if len(text) <= MOST else text[: MOST - 1] + "…"
