"""``polybius gazetteer``: all of GeoNames in place of the packaged places."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

NOT_BUILT = 1
FILE = "gazetteer.bin"

app = typer.Typer(
    help="Places: replace the packaged gazetteer by all of GeoNames.", no_args_is_help=True, rich_markup_mode="rich"
)


@app.callback()
def _root() -> None:
    """Places: replace the packaged gazetteer by all of GeoNames."""


@app.command("build", no_args_is_help=True)
def build(
    dump: Annotated[
        Path,
        typer.Argument(
            metavar="DUMP", help="allCountries.zip of GeoNames, or the file of one country.", show_default=False
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="Where to write; by default the user's data folder.", show_default=False
        ),
    ] = None,
) -> None:
    """Compile a dump of GeoNames that you have downloaded. All of it takes many minutes and some three gigabytes of memory.

    [bold]Examples[/bold]

      polybius gazetteer build allCountries.zip

      polybius gazetteer build UA.zip --out ukraine.bin

      polybius code news/ --gazetteer ukraine.bin

    An older file is replaced only when the new one is whole. Nothing is downloaded.
    """
    from polybius.reference import load
    from polybius.reference.gazetteer_file import GazetteerError
    from polybius.reference.geonames import build as compile_dump
    from polybius.run import OutputError, open_output

    target = out or user_data() / FILE
    try:
        if out is None:
            target.parent.mkdir(parents=True, exist_ok=True)
        with _progress() as step, open_output(target) as file:
            count = compile_dump(dump, file, load().gazetteer, step)
    except (GazetteerError, OutputError, OSError) as error:
        typer.echo(f"polybius: {error}", err=True)
        raise typer.Exit(NOT_BUILT) from None
    typer.echo(f"{count:,} places in {target}; use them with: polybius code PATHS --gazetteer {target}")


def user_data() -> Path:
    """The folder where this system keeps a user's data for programs."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "polybius"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "polybius"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "polybius"


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """A bar over the bytes of the dump, on a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
