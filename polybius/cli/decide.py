"""``polybius merge``, ``split`` and ``undo``: what a person decides about events."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polybius.cli.forget import StoreOption

if TYPE_CHECKING:
    from polybius.store import Decision

EventArgument = Annotated[str, typer.Argument(metavar="EVENT", help="The id of the event.", show_default=False)]
AuthorOption = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who decides; kept with the decision.", show_default=False)
]
NoteOption = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help="Why; kept with the decision.", show_default=False)
]


def merge(
    a: Annotated[str, typer.Argument(metavar="A", help="An event, or a report.", show_default=False)],
    b: Annotated[str, typer.Argument(metavar="B", help="Another event, or report.", show_default=False)],
    store: StoreOption,
    by: AuthorOption = None,
    note: NoteOption = None,
) -> None:
    """Decide that two events are one. It holds for their reports, in every later assembly, until it is undone.

    [bold]Examples[/bold]

      polybius merge evt1-4be0 evt1-91fa --in news.duckdb --note "the same raid"
    """
    from polybius.cli.ingest import store_errors
    from polybius.run import decisions

    with store_errors("--in"):
        made = decisions.merge(store, a, b, author=by, at=_now(), note=note)
    _tell(made, store)


def split(
    event: EventArgument,
    reports: Annotated[
        list[str], typer.Argument(metavar="REPORTS", help="The reports to take out of it.", show_default=False)
    ],
    store: StoreOption,
    by: AuthorOption = None,
    note: NoteOption = None,
) -> None:
    """Decide that some reports of an event are of another one. They never come together again until it is undone.

    [bold]Examples[/bold]

      polybius split evt1-4be0 rep1-77c2 rep1-0a1b --in news.duckdb
    """
    from polybius.cli.ingest import store_errors
    from polybius.run import decisions

    with store_errors("--in"):
        made = decisions.split(store, event, reports, author=by, at=_now(), note=note)
    _tell(made, store)


def undo(
    store: StoreOption,
    decision: Annotated[
        str | None, typer.Argument(metavar="NUMBER", help="The decision; without it, the last.", show_default=False)
    ] = None,
    by: AuthorOption = None,
) -> None:
    """Take back a decision of polybius merge or polybius split.

    [bold]Examples[/bold]

      polybius undo --in news.duckdb

      polybius undo 3 --in news.duckdb
    """
    from polybius.cli.ingest import store_errors
    from polybius.run import decisions

    with store_errors("--in"):
        undone = decisions.undo(store, decision, author=by, at=_now())
    typer.echo(f"decision {undone.seq} ({undone.kind}) is undone; it takes effect with: polybius assemble {store}")


def _tell(made: Decision, store: Path) -> None:
    typer.echo(f"decision {made.seq} is kept; it takes effect with: polybius assemble {store}")


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
