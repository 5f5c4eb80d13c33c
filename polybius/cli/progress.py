"""A progress bar, where there is a terminal and more than one document."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from polybius.cli.sinks import Sink


@contextmanager
def progress(total: int | None, sink: Sink) -> Iterator[Callable[[], None]]:
    """Gives a function to be called once a document. ``total`` is None where it is not known beforehand."""
    if total == 1 or sink.quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("coding"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # A table on the same terminal must be printed above the bar, so both need the same console.
    with Progress(*columns, console=sink.console or Console(stderr=True), transient=True) as bar:
        task = bar.add_task("coding", total=total)
        yield lambda: bar.advance(task)
