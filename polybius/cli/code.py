"""``polybius code``: texts in, reports out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from polybius.cli.options import (
    ActorsOption,
    CodebookOption,
    DateOption,
    GazetteerOption,
    MapOption,
    MinConfidenceOption,
    ModelOption,
    PathsArgument,
    PublisherOption,
    ThreadsOption,
    column_map,
    publication_date,
)

if TYPE_CHECKING:
    from polybius.cli.sinks import Sink
    from polybius.run import Counts, Outcome

Format = Literal["table", "jsonl", "csv", "parquet"]
SUFFIXES: dict[str, Format] = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet"}


def code(
    paths: PathsArgument,
    date: DateOption = None,
    publisher: PublisherOption = None,
    map: MapOption = None,
    format: Annotated[
        Format | None,
        typer.Option("--format", help="What to print; by default as --out ends, else a table.", show_default=False),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write to FILE, which appears when all is done.")
    ] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, max=256, help="Processes that code side by side.")] = 1,
    threads: ThreadsOption = 1,
    code_titles: Annotated[bool, typer.Option("--code-titles", help="Code the titles too.")] = False,
    min_confidence: MinConfidenceOption = 0.0,
    model: ModelOption = None,
    codebook: CodebookOption = None,
    gazetteer: GazetteerOption = None,
    actors: ActorsOption = None,
) -> None:
    """Code texts: print one row for each report of a political event.

    [bold]Examples[/bold]

      polybius code article.txt --date 2024-03-15 --publisher Reuters

      polybius code news/ --format csv --out events.csv

      polybius code "archive/2024-*.jsonl" --out events.parquet --workers 4

      cat article.txt | polybius code - --date 2024-03-15 --format jsonl

    A JSONL file has a document a line, {"id", "text", "title", "published", "publisher", "url"}; "text" is needed.

    What a line says itself goes before --date and --publisher.

    [bold]Exit status[/bold]

      0  everything was coded (no events is a result)

      1  nothing could be coded

      2  wrong usage

      3  some documents were rejected; the reasons are at the end
    """
    from polybius import ingest, run
    from polybius.cli.failures import starting

    defaults = ingest.Defaults(publication_date(date), publisher, column_map(map))
    format = _format(format, out)
    sources = ingest.find(paths)
    setup = run.Setup(threads, model, codebook, code_titles, gazetteer, tuple(actors or ()), min_confidence)
    counts = run.Counts()
    with _sink(format, out) as sink:
        with starting():
            outcomes = run.run_documents(ingest.read(sources, defaults), run.FromSetup(setup), workers)
        rejections = _drain(outcomes, sink, counts, ingest.count(sources))
    _conclude(counts, rejections)


def _format(format: Format | None, out: Path | None) -> Format:
    chosen = format or (SUFFIXES.get(out.suffix.lower()) if out else None) or "table"
    if chosen == "parquet" and out is None:
        raise typer.BadParameter("parquet is no text; name a file with --out FILE", param_hint="--format")
    return chosen


@contextmanager
def _sink(format: Format, out: Path | None) -> Iterator[Sink]:
    """Where outcomes go. An output that cannot be written is wrong usage, found out before anything is coded."""
    from polybius.cli.sinks import make_sink
    from polybius.run import OutputError, open_output

    with ExitStack() as stack:
        try:
            stream = None if out is None else stack.enter_context(open_output(out))
        except OutputError as error:
            raise typer.BadParameter(str(error), param_hint="--out") from None
        sink = make_sink(format, stream)
        yield sink
        sink.close()


def _drain(outcomes: Iterable[Outcome], sink: Sink, counts: Counts, total: int | None) -> list[Outcome]:
    """Hand every outcome on; the rejected ones come back."""
    from polybius.cli.progress import progress
    from polybius.run import Coded

    rejected = []
    with progress(total, sink) as step:
        for outcome in outcomes:
            counts.add(outcome)
            sink.add(outcome)
            step()
            if not isinstance(outcome.result, Coded):
                rejected.append(outcome)
    return rejected


def _conclude(counts: Counts, rejected: list[Outcome]) -> None:
    from polybius.cli.summary import exit_status, print_rejections, print_summary

    sys.stdout.flush()
    print_rejections(rejected)
    print_summary(counts)
    status = exit_status(counts)
    if status:
        raise typer.Exit(status)
