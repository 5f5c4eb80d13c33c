"""Where the outcomes of a run go: a table for eyes, or the writer of a format."""

from __future__ import annotations

import io
import sys
from typing import BinaryIO, Protocol

from rich.console import Console

from polybius.cli.table import report_table
from polybius.run import Coded, Outcome, Writer, make_writer

PLAIN_WIDTH = 180  # of a table that goes to a file or a pipe


class Sink(Protocol):
    """Takes outcomes as they come. ``console`` is the terminal it prints on, None where it prints on none."""

    console: Console | None
    quiet: bool

    def add(self, outcome: Outcome) -> None:
        """Print or write one outcome."""
        ...

    def close(self) -> None:
        """Finish."""
        ...


def make_sink(format: str, out: BinaryIO | None) -> Sink:
    """The sink of a format, on a file or on standard output."""
    if format == "table":
        return TableSink(_console(out))
    return WriterSink(make_writer(format, out or sys.stdout.buffer), out is None and sys.stdout.isatty())


def _console(out: BinaryIO | None) -> Console:
    if out is not None:
        return Console(file=io.TextIOWrapper(out, "utf-8", write_through=True), width=PLAIN_WIDTH)
    return Console() if sys.stdout.isatty() else Console(width=PLAIN_WIDTH)


class TableSink:
    """One table a document."""

    def __init__(self, console: Console) -> None:
        self.target = console
        self.console = console if console.is_terminal else None
        self.quiet = False

    def add(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, Coded):
            self.target.print(report_table(outcome.subject, outcome.result))

    def close(self) -> None:
        self.target.file.flush()
        if isinstance(self.target.file, io.TextIOWrapper) and self.target.file is not sys.stdout:
            self.target.file.detach()


class WriterSink:
    """One of the formats for machines. ``quiet`` where a progress bar would run into the records."""

    def __init__(self, writer: Writer, quiet: bool) -> None:
        self.writer = writer
        self.console: Console | None = None
        self.quiet = quiet

    def add(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, Coded):
            self.writer.add(outcome.result.reports)

    def close(self) -> None:
        self.writer.close()
