"""``polybius summary``: what a store holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from polybius.cli.asking import DatabaseArgument, asking, warn_outdated

if TYPE_CHECKING:
    from polybius.query import Asked

TITLES = {
    "store": "The store",
    "statuses": "Reports by status",
    "publishers": "Publishers",
    "types": "Events by type",
    "actors": "Actors of most events",
}


@asking
def summary(store: DatabaseArgument, asked: Asked) -> None:
    """What a store holds: documents, reports, publishers; types and actors of the events that are asked for.

    [bold]Examples[/bold]

      polybius summary news.duckdb

      polybius summary news.duckdb --country UKR --since 2024-01-01
    """
    from polybius import query
    from polybius.cli.rows import print_rows

    found = query.summary(store, asked)
    for name, table in found.items():
        if len(table):
            print_rows(table, None, title=TITLES[name])
    if not next(iter(found["store"]))["events"]:
        typer.echo(f"{store} has no events yet; make them with: polybius assemble {store}", err=True)
    warn_outdated(store)
