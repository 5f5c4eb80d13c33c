"""``polybius dataset``: a store as a folder of Parquet files, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="A store as a folder of Parquet files, and back.", no_args_is_help=True, rich_markup_mode="rich")

StoreArgument = Annotated[
    Path, typer.Argument(metavar="STORE", help="A store, such as news.duckdb.", show_default=False)
]
FolderArgument = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="A folder of Parquet files.", show_default=False)
]


@app.command("out", no_args_is_help=True)
def out(store: StoreArgument, folder: FolderArgument) -> None:
    """Write STORE to the new FOLDER, one Parquet file a table.

    [bold]Examples[/bold]

      polybius dataset out news.duckdb news-parquet
    """
    from polybius.cli.ingest import store_errors
    from polybius.store import export_dataset

    with store_errors("STORE"):
        counts = export_dataset(store, folder)
    typer.echo(f"{folder}: {contents(counts)}")


@app.command("in", no_args_is_help=True)
def into(folder: FolderArgument, store: StoreArgument) -> None:
    """Make the new STORE of a FOLDER that `polybius dataset out` wrote.

    [bold]Examples[/bold]

      polybius dataset in news-parquet copy.duckdb
    """
    from polybius.cli.ingest import store_errors
    from polybius.store import import_dataset

    with store_errors("FOLDER"):
        counts = import_dataset(folder, store)
    typer.echo(f"{store}: {contents(counts)}")


def contents(counts: dict[str, int]) -> str:
    """``2 documents, 5 reports``."""
    from polybius.cli.text import plural

    return ", ".join(plural(counts[table], table.removesuffix("s")) for table in ("documents", "reports"))
