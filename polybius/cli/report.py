"""``polybius report`` and ``polybius brief``: what a question finds, written for people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polybius.cli.asking import FAILED, DatabaseArgument, asking, output, warn_outdated

if TYPE_CHECKING:
    from polybius.query import Asked

SUFFIXES = (".html", ".htm", ".pdf")
EVENTS = 200

PageOption = Annotated[
    Path, typer.Option("--out", "-o", metavar="FILE", help="Where the page goes: .html or .pdf.", show_default=False)
]
TextOption = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE", help="Write to a file instead of the terminal.", show_default=False),
]
TitleOption = Annotated[str | None, typer.Option("--title", help="Another title.", show_default=False)]
EventsOption = Annotated[int, typer.Option("--limit", min=1, max=5_000, help="Events that are listed; the newest.")]
PdfOption = Annotated[
    bool, typer.Option("--pdf", help="Print the page to a PDF of the same name as well, by an installed Chromium.")
]


@asking
def report(
    store: DatabaseArgument,
    asked: Asked,
    out: PageOption,
    pdf: PdfOption = False,
    title: TitleOption = None,
    limit: EventsOption = EVENTS,
) -> None:
    """Write one page for people: what happened, map, timeline, tables, the sentences with who says so, and how right it is.

    [bold]Examples[/bold]

      polybius report news.duckdb --country SDN --since 2026-07-01 -o sudan.html

      polybius report news.duckdb --actor RUS --recipient UKR -o war.pdf

    The page holds everything that it shows and loads nothing. Needs pip install 'polybius\\[explore]'; a PDF also needs Chromium. The filters
    are those of polybius events.
    """
    from polybius import briefing

    suffix = _suffix(out)
    found = briefing.gather(store, asked, limit=limit, title=title)
    try:
        page = briefing.to_html(found)
        printed = briefing.to_pdf(page) if pdf or suffix == ".pdf" else b""
    except (briefing.NotInstalled, briefing.PrintingFailed) as error:
        typer.echo(f"polybius: {error}", err=True)
        raise typer.Exit(FAILED) from None
    files = {out: printed if suffix == ".pdf" else page.encode("utf-8", "replace")}
    if printed and suffix != ".pdf":
        files[out.with_suffix(".pdf")] = printed
    for target, content in files.items():
        with output(target) as stream:
            stream.write(content)
    _conclude(store, len(found.events))


@asking
def brief(
    store: DatabaseArgument,
    asked: Asked,
    out: TextOption = None,
    title: TitleOption = None,
    limit: EventsOption = EVENTS,
) -> None:
    """The same as polybius report, without map and timeline, as Markdown.

    [bold]Examples[/bold]

      polybius brief news.duckdb --country SDN --since 2026-07-01

      polybius brief news.duckdb --event PROTEST --limit 20 -o protests.md
    """
    from polybius import briefing

    found = briefing.gather(store, asked, limit=limit, title=title)
    with output(out) as stream:
        stream.write(briefing.to_markdown(found).encode("utf-8", "replace"))
    _conclude(store, len(found.events))


def _suffix(out: Path) -> str:
    """The ending that chooses the format; another one is wrong usage."""
    suffix = out.suffix.lower()
    if suffix not in SUFFIXES:
        allowed = ", ".join(SUFFIXES)
        raise typer.BadParameter(f"{out} ends in none of {allowed}: that chooses the format", param_hint="--out")
    return suffix


def _conclude(store: Path, listed: int) -> None:
    if not listed:
        typer.echo("no event fits the question; the report says so", err=True)
    warn_outdated(store)
