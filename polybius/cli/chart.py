"""``polybius chart``: a picture of what a store holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polybius.cli.asking import FAILED, ByOption, DatabaseArgument, asking, output, warn_outdated

if TYPE_CHECKING:
    from polybius.query import Asked

SUFFIXES = {".png": "png", ".svg": "svg", ".html": "html", ".htm": "html"}

KindArgument = Annotated[
    str,
    typer.Argument(metavar="dyads|types|map", help="What to draw: pairs over time, types, places.", show_default=False),
]
FileOption = Annotated[
    Path,
    typer.Option("--out", "-o", metavar="FILE", help="Where it goes: .png, .svg or .html.", show_default=False),
]
TitleOption = Annotated[str | None, typer.Option("--title", help="Another title.", show_default=False)]


@asking
def chart(
    store: DatabaseArgument,
    kind: KindArgument,
    asked: Asked,
    out: FileOption,
    by: ByOption = "month",
    title: TitleOption = None,
) -> None:
    """Draw pairs of actors over time, events by type, or a map, as PNG, SVG or one HTML page that works offline.

    [bold]Examples[/bold]

      polybius chart news.duckdb dyads --actor USA --recipient CHN --by week -o usa-china.png

      polybius chart news.duckdb types --country Sudan -o types.svg

      polybius chart news.duckdb map --since 2024-01-01 -o map.html

    Needs pip install 'polybius\\[chart]'. The filters are those of polybius events. Without --actor and --recipient the six pairs of
    most events are drawn.
    """
    from polybius import charts

    format = _format(out)
    try:
        spec = charts.chart(store, kind, asked, by=by, title=title)
        picture = charts.render(spec, format)
    except (charts.NothingToDraw, charts.NotInstalled) as error:
        typer.echo(f"polybius: {error}", err=True)
        raise typer.Exit(FAILED) from None
    with output(out) as stream:
        stream.write(picture)
    warn_outdated(store)


def _format(out: Path) -> str:
    """The format that the name asks for; another ending is wrong usage."""
    found = SUFFIXES.get(out.suffix.lower())
    if found is None:
        allowed = ", ".join(SUFFIXES)
        raise typer.BadParameter(f"{out} ends in none of {allowed}: that chooses the format", param_hint="--out")
    return found
