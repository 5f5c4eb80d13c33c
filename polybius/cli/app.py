"""``polybius``: the commands under one roof."""

from __future__ import annotations

from typing import Annotated

import typer

from polybius.cli.actors import actors
from polybius.cli.assemble import assemble
from polybius.cli.chart import chart
from polybius.cli.code import code
from polybius.cli.codebook import app as codebook
from polybius.cli.dataset import app as dataset
from polybius.cli.decide import merge, split, undo
from polybius.cli.decisions import app as decisions
from polybius.cli.diff import diff
from polybius.cli.doctor import doctor
from polybius.cli.dyads import dyads
from polybius.cli.evaluate import evaluate
from polybius.cli.events import events
from polybius.cli.explain import explain
from polybius.cli.explore import explore
from polybius.cli.export import export
from polybius.cli.forget import forget
from polybius.cli.gazetteer import app as gazetteer
from polybius.cli.history import history
from polybius.cli.ingest import ingest
from polybius.cli.network import network
from polybius.cli.overview import summary
from polybius.cli.report import brief, report
from polybius.cli.reports import reports
from polybius.cli.timeline import timeline
from polybius.cli.watch import watch
from polybius.cli.why_not import why_not
from polybius.version import __version__

HELP = """Political events from news text: who did what to whom, when, where, and who says so.

Every cell of the table points at the words it came from. Nothing is fetched but what you name; your texts stay on this machine.

[bold]Try[/bold]

  polybius code examples/summit.txt --date 2024-05-14 --publisher "Harbour Courier"

  polybius explain examples/summit.txt --date 2024-05-14

  polybius doctor
"""

app = typer.Typer(
    name="polybius",
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_show_locals=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"polybius {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """The options of the command itself."""


app.command("code", no_args_is_help=True)(code)
app.command("ingest", no_args_is_help=True)(ingest)
app.command("watch", no_args_is_help=True)(watch)
app.command("forget", no_args_is_help=True)(forget)
app.command("assemble", no_args_is_help=True)(assemble)
app.command("merge", no_args_is_help=True)(merge)
app.command("split", no_args_is_help=True)(split)
app.command("undo", no_args_is_help=True)(undo)
app.command("history", no_args_is_help=True)(history)
app.command("diff", no_args_is_help=True)(diff)
app.command("events", no_args_is_help=True)(events)
app.command("reports", no_args_is_help=True)(reports)
app.command("dyads", no_args_is_help=True)(dyads)
app.command("timeline", no_args_is_help=True)(timeline)
app.command("chart", no_args_is_help=True)(chart)
app.command("report", no_args_is_help=True)(report)
app.command("brief", no_args_is_help=True)(brief)
app.command("network", no_args_is_help=True)(network)
app.command("summary", no_args_is_help=True)(summary)
app.command("export", no_args_is_help=True)(export)
app.command("explain", no_args_is_help=True)(explain)
app.command("explore", no_args_is_help=True)(explore)
app.command("why-not", no_args_is_help=True)(why_not)
app.command("evaluate", no_args_is_help=True)(evaluate)
app.command("doctor")(doctor)
app.add_typer(dataset, name="dataset")
app.add_typer(decisions, name="decisions")
app.add_typer(gazetteer, name="gazetteer")
app.add_typer(actors, name="actors")
app.add_typer(codebook, name="codebook")


def main() -> None:
    """Run the command line."""
    app()
