"""``polybius actors``: the table of who is who, made anew from what the user has downloaded."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from polybius.cli.options import publication_date

actors = typer.Typer(
    name="actors",
    help="The table of actors: states, bodies, persons and their offices.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
)


@actors.callback()
def _group() -> None:
    """Keeps ``update`` a command with a name of its own."""


@actors.command("update", no_args_is_help=True)
def update(
    dump: Annotated[
        Path,
        typer.Argument(
            metavar="DUMP",
            help="A Wikidata dump (JSON, one item a line; .gz and .bz2 too), or a query result as JSON or CSV.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Where the table goes: .csv to read and edit, .tsv.gz compiled.",
            show_default=False,
        ),
    ],
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of",
            metavar="YYYY-MM-DD",
            help="The day of the dump. Later, offices count as uncertain.",
            show_default=False,
        ),
    ],
) -> None:
    """Build a table of actors from Wikidata. Nothing is downloaded: DUMP is a file that you have.

    [bold]Examples[/bold]

      polybius actors update latest-all.json.bz2 --as-of 2026-07-01 --out actors.tsv.gz

      polybius actors update query.csv --as-of 2026-07-01 --out ministers.csv

      polybius code news/ --actors ministers.csv

    A query result needs the columns personLabel, officeLabel and country (a Wikidata id, or an ISO 3166 alpha-3 code); person, start,
    end and article may be there.
    """
    from polybius import reference

    day = publication_date(as_of)
    if day is None or out.suffix not in (".csv", ".gz"):
        raise typer.BadParameter("name a file that ends with .csv or .tsv.gz", param_hint="--out")
    try:
        entries = reference.load().from_wikidata(dump, day.isoformat())
    except (FileNotFoundError, reference.ActorError) as error:
        raise typer.BadParameter(str(error), param_hint="DUMP") from None
    if not entries:
        raise typer.BadParameter(f"{dump}: no person with an office, no body of a known country", param_hint="DUMP")
    reference.write_entries(entries, out)
    typer.echo(f"{out}: {len(entries)} actors")
