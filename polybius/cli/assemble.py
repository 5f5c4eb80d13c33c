"""``polybius assemble``: the reports of a store to events."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DatabaseArgument = Annotated[
    Path, typer.Argument(metavar="DB", help="The store, such as news.duckdb.", show_default=False)
]


EverythingOption = Annotated[
    bool,
    typer.Option("--all", help="Make all events anew, also those that nothing new touches; the result is the same."),
]


def assemble(store: DatabaseArgument, everything: EverythingOption = False) -> None:
    """Make events of the reports in a store: what several articles tell of one event becomes one.

    [bold]Examples[/bold]

      polybius assemble news.duckdb
      polybius assemble news.duckdb --all

    An event keeps every report behind it, the spread of dates, places and figures, and who denies it. Sources count once however many
    outlets copy or quote them. Only what new, changed and removed documents touch is made anew; what persons decided with polybius merge
    and polybius split holds. Run it after each ingest; the same again changes nothing.
    """
    from polybius.cli.ingest import store_errors
    from polybius.cli.text import plural
    from polybius.run.assemble import assemble_store

    with store_errors("DB"):
        found = assemble_store(store, everything=everything)
    typer.echo(
        f"{plural(found.reports, 'report')} of {plural(found.documents, 'document')} ({plural(found.origins, 'origin')}): "
        f"{plural(found.events, 'event')}, {found.merged:,} of several documents; {plural(found.links, 'link')}"
    )
    typer.echo(
        f"{found.new:,} new, {found.gone:,} gone" if found.changed else "nothing has changed since the last time"
    )
