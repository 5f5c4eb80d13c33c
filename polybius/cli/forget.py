"""``polybius forget``: take a document out of a store for good."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

StoreOption = Annotated[
    Path, typer.Option("--in", metavar="FILE", help="The store, such as news.duckdb.", show_default=False)
]


def forget(
    document: Annotated[str, typer.Argument(metavar="DOC", help="The id of the document.", show_default=False)],
    store: StoreOption,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Kept with the id, for the record.")] = "",
) -> None:
    """Remove a document with its text, its reports and its history. It is skipped when it is met again.

    [bold]Examples[/bold]

      polybius forget https://example.org/story-17 --in news.duckdb --reason "take-down of 3 May"

    What stays is its id, so that it does not come back. The file is written anew, which takes a while if it is large: otherwise the words
    would still stand somewhere in it. Copies of the file are yours to deal with.
    """
    from polybius.cli.ingest import store_errors
    from polybius.cli.text import clean
    from polybius.store import forget as take_out

    with store_errors("--in"):
        _require(store)
        new = take_out(store, document, reason=reason)
    typer.echo(f"{clean(document)}: {'forgotten' if new else 'was forgotten before'}")


def _require(store: Path) -> None:
    """A store is never made in order to forget something."""
    from polybius.store import open_reader

    with open_reader(store):
        pass
