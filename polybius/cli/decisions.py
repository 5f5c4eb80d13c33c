"""``polybius decisions``: what persons decided about a store, listed and as gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polybius.cli.assemble import DatabaseArgument

if TYPE_CHECKING:
    from polybius.run.gold import Gold

app = typer.Typer(
    help="What persons decided about reports and events: listed, and as gold for polybius evaluate.",
    no_args_is_help=True,
)

NOTHING = 1


@app.command("export", no_args_is_help=True)
def export(
    store: DatabaseArgument,
    out: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The gold, as JSON lines.")],
    partial: Annotated[
        bool,
        typer.Option(
            "--partial", help="Also documents with reports that nobody judged; those count as false when scored."
        ),
    ] = False,
) -> None:
    """Write accepted and corrected reports as gold, with their documents.

    [bold]Examples[/bold]

      polybius decisions export news.duckdb -o gold.jsonl

      polybius evaluate gold.jsonl

    An accepted report counts in all its fields, a corrected one in those that were corrected, a rejected one not at all: coding it
    again is a false event. Only documents all of whose reports were judged are written, unless you ask for the others.
    """
    from polybius.cli.ingest import store_errors
    from polybius.cli.text import plural
    from polybius.run.gold import gold

    with store_errors("DB"):
        found = gold(store, partial=partial)
    if not found.documents:
        typer.echo(f"polybius: nothing to write: {_left_out(found) or 'nobody has decided anything yet'}", err=True)
        raise typer.Exit(NOTHING)
    _write(out, found)
    sizes = f"{plural(found.documents, 'document')} with {plural(found.records, 'record')}, {found.rejected:,} rejected"
    typer.echo(f"{sizes} → {out}")
    if left := _left_out(found):
        typer.echo(left if not partial else f"of them {left}")


def _left_out(found: Gold) -> str:
    parts = (
        (found.partial, "with reports that nobody judged yet (--partial writes them)"),
        (found.without_text, "without text in the store"),
    )
    return "; ".join(f"{number:,} {what}" for number, what in parts if number)


def _write(out: Path, found: Gold) -> None:
    lines = (json.dumps(line, ensure_ascii=False) + "\n" for line in found.lines)
    try:
        with out.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(lines)
    except OSError as error:
        raise typer.BadParameter(f"{out}: {error.strerror}", param_hint="-o") from None


@app.command("list", no_args_is_help=True)
def list_decisions(store: DatabaseArgument) -> None:
    """Print the decisions that stand, and what became of each since texts were coded again.

    [bold]Examples[/bold]

      polybius decisions list news.duckdb

    States: applied, confirmed and conflict hold (conflict: coding now says a third thing); superseded, vanished, ambiguous,
    unplaced and unreadable do not. See docs/store.md.
    """
    from polybius.cli.ingest import store_errors
    from polybius.run.told import told

    with store_errors("DB"):
        lines = told(store)
    for one in lines:
        typer.echo(
            f"{one.number:>4}  {one.kind:9}  {one.author:12}  {', '.join(one.states) or 'waits':24}  {one.about}"
        )
    if not lines:
        typer.echo("nobody has decided anything yet")
