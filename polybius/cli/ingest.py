"""``polybius ingest``: texts into a store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polybius.cli.options import (
    ActorsOption,
    CodebookOption,
    DateOption,
    GazetteerOption,
    MapOption,
    ModelOption,
    PublisherOption,
    ThreadsOption,
    column_map,
    publication_date,
)

if TYPE_CHECKING:
    from rich.console import Console

    from polybius.run import Outcome
    from polybius.run.ingestion import Tally

FETCHED = 20  # documents that are written at once where they come from the network
GOOD, FAILED, SOME_REJECTED, INTERRUPTED = 0, 1, 3, 130

SourcesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCES",
        help="Files of text, pages, feeds, tables, mails or archives; folders or patterns of them; addresses of pages and feeds, and "
        "files that list addresses; - is standard input.",
        show_default=False,
    ),
]
IntoOption = Annotated[
    Path,
    typer.Option(
        "--into", metavar="FILE", help="The store, such as news.duckdb; made if it is not there.", show_default=False
    ),
]


def ingest(
    paths: SourcesArgument,
    into: IntoOption,
    date: DateOption = None,
    publisher: PublisherOption = None,
    map: MapOption = None,
    no_text: Annotated[
        bool,
        typer.Option("--no-text", help="Keep spans and hashes, but no words of the articles; for a new store only."),
    ] = False,
    recode: Annotated[
        bool, typer.Option("--recode", help="Code again what another model, codebook or release has coded.")
    ] = False,
    batch: Annotated[
        int, typer.Option("--batch", min=1, max=100_000, help="Documents that are written at once.")
    ] = 500,
    workers: Annotated[int, typer.Option("--workers", min=1, max=256, help="Processes that code side by side.")] = 1,
    threads: ThreadsOption = 1,
    code_titles: Annotated[bool, typer.Option("--code-titles", help="Code the titles too.")] = False,
    model: ModelOption = None,
    codebook: CodebookOption = None,
    gazetteer: GazetteerOption = None,
    actors: ActorsOption = None,
) -> None:
    """Code texts and keep them, with their reports, in one file.

    [bold]Examples[/bold]

      polybius ingest news/ --into news.duckdb

      polybius ingest "archive/2024-*.jsonl" --into news.duckdb --workers 4

      polybius ingest news/ --into rights.duckdb --no-text

      polybius ingest https://news.example/feed.xml articles.urls --into news.duckdb

    Nothing is fetched unless you name an address, or a file that lists addresses. The same again changes nothing, and goes on where a run was ended. A document with the id of another (its id in JSONL, else its URL)
    and another text, date or title takes its place; the old one is kept in the history.

    With --no-text articles cannot be read or searched in the store, nor coded again from it; reports keep codes, names and
    spans, and no words.

    [bold]Exit status[/bold]

      0  everything is in the store

      1  nothing could be coded, or the store could not be written; what was written before stays

      2  wrong usage, or a file that cannot be used

      3  some documents were rejected; the reasons are at the end
    """
    from polybius import ingest as reading
    from polybius import run
    from polybius.cli.failures import starting
    from polybius.run.ingestion import Ingestion, ingest_into

    defaults = reading.Defaults(publication_date(date), publisher, column_map(map))
    sources = reading.find(paths)
    setup = run.Setup(threads, model, codebook, code_titles, gazetteer, tuple(actors or ()))
    # What has to be fetched comes slowly, and is not to be fetched twice.
    batch = min(batch, FETCHED) if any(reading.names_addresses(source) for source in sources) else batch
    how = Ingestion(into, texts=not no_text, recode=recode, batch=batch)
    with store_errors("--into"), starting(), _progress(reading.count(sources)) as step:
        items = reading.read(sources, defaults, fetcher=reading.make_fetcher)
        tally = ingest_into(how, items, run.FromSetup(setup), workers, step)
    _conclude(tally, no_text)


@contextmanager
def store_errors(hint: str) -> Iterator[None]:
    """A file that cannot be used is wrong usage; a store that is busy or full is a failure. Both are one message."""
    from polybius.store import StoreError, StoreUnusable

    try:
        yield
    except StoreUnusable as error:
        raise typer.BadParameter(str(error), param_hint=hint) from None
    except StoreError as error:
        typer.echo(f"polybius: {error}", err=True)
        raise typer.Exit(FAILED) from None
    except KeyboardInterrupt:
        typer.echo("polybius: stopped; the same command goes on from there", err=True)
        raise typer.Exit(INTERRUPTED) from None


class _NoSink:
    """What the progress bar asks for: nothing else is printed meanwhile."""

    console: Console | None = None
    quiet = False

    def add(self, outcome: Outcome) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


def _progress(total: int | None) -> AbstractContextManager[Callable[[], None]]:
    from polybius.cli.progress import progress

    return progress(total, _NoSink())


def _conclude(tally: Tally, no_text: bool) -> None:
    from polybius.cli.summary import rejection_line
    from polybius.cli.text import plural

    for rejection in tally.rejected:
        typer.echo(rejection_line(rejection), err=True)
    if no_text:
        typer.echo(
            "no texts are kept: articles cannot be read or searched in this store, nor coded again from it", err=True
        )
    typer.echo(
        f"{plural(tally.documents, 'document')}: {_counts(tally)}; {plural(tally.added.reports, 'new report')}",
        err=True,
    )
    status = _exit_status(tally)
    if status:
        raise typer.Exit(status)


def _counts(tally: Tally) -> str:
    """``2 coded (1 corrected), 1 rejected, 4 unchanged, 0 forgotten``."""
    added = tally.added
    kinds = ", ".join(
        f"{n:,} {word}" for n, word in ((added.corrected, "corrected"), (added.recoded, "coded again")) if n
    )
    coded = f"{added.coded:,} coded{f' ({kinds})' if kinds else ''}"
    return f"{coded}, {len(tally.rejected):,} rejected, {added.unchanged:,} unchanged, {added.forgotten:,} forgotten"


def _exit_status(tally: Tally) -> int:
    if not tally.rejected:
        return GOOD
    return SOME_REJECTED if tally.documents > len(tally.rejected) else FAILED
