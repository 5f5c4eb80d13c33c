"""``polybius export``: the events of a store in the formats of others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polybius.cli.asking import DatabaseArgument, asking, output, warn_outdated

if TYPE_CHECKING:
    from polybius.query import Asked

AsOption = Annotated[
    str,
    typer.Option(
        "--as",
        metavar="FORMAT",
        help="plover, polecat, gdelt, gdelt-mentions, icews, geojson, quads, country-month, prio-grid-month, csv or parquet.",
        show_default=False,
    ),
]
FileOption = Annotated[Path, typer.Option("--out", metavar="FILE", help="Where the events go.", show_default=False)]


@asking
def export(store: DatabaseArgument, asked: Asked, as_: AsOption, out: FileOption) -> None:
    """Write events in a format that others read, and say on standard error what it cannot hold.

    [bold]Examples[/bold]

      polybius export news.duckdb --as plover --out events.jsonl

      polybius export news.duckdb --as gdelt --since 2024-01-01 --out events.CSV

    The filters are those of polybius events.
    """
    from polybius import query

    with output(out) as stream:
        losses = query.export(store, as_, stream, asked)
    typer.echo(str(losses), err=True)
    warn_outdated(store)
