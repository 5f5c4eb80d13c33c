"""Options and output that all questions to a store share."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from polybius.cli.options import day

if TYPE_CHECKING:
    from polybius.query import Asked, Table

FAILED = 1
TABLE_ROWS = 50  # of a table for eyes, where no --limit is given
SUFFIXES = {".jsonl": "jsonl", ".csv": "csv", ".parquet": "parquet"}
QUERY_FORMATS = ("table", *SUFFIXES.values())


def _option(name: str, metavar: str, help: str) -> Any:
    return typer.Option(name, metavar=metavar, help=help, show_default=False)


DatabaseArgument = Annotated[
    Path, typer.Argument(metavar="DB", help="The store, such as news.duckdb.", show_default=False)
]
LimitOption = Annotated[
    int | None, typer.Option("--limit", min=1, help=f"Rows at most; {TABLE_ROWS} in a table.", show_default=False)
]
FormatOption = Annotated[
    str | None,
    _option("--format", "table|jsonl|csv|parquet", "What to print; by default as --out ends, else a table."),
]
OutOption = Annotated[Path | None, _option("--out", "FILE", "Write to a file instead of the terminal.")]
ByOption = Annotated[str, typer.Option("--by", metavar="day|week|month", help="The length of a period.")]

# The filters, each an option of the same name.
FILTERS: dict[str, Any] = {
    "actor": Annotated[str | None, _option("--actor", "CODE", "Who acts: a country or its code, or IGO, NGO, ….")],
    "recipient": Annotated[str | None, _option("--recipient", "CODE", "To whom it is done.")],
    "event": Annotated[str | None, _option("--event", "TYPE", "The type, such as CONSULT.")],
    "mode": Annotated[str | None, _option("--mode", "MODE", "The mode, such as visit.")],
    "status": Annotated[
        str | None,
        _option(
            "--status",
            "STATUS",
            "actual, future, hypothetical, negated, historical or all; by default actual, and announced cooperation.",
        ),
    ],
    "country": Annotated[str | None, _option("--country", "CODE", "Where: a country or its code.")],
    "since": Annotated[str | None, _option("--since", "YYYY-MM-DD", "Not over before this day.")],
    "until": Annotated[str | None, _option("--until", "YYYY-MM-DD", "Not begun after this day.")],
    "near": Annotated[str | None, _option("--near", "LAT,LON", "Near this point, such as 48.4,135.1.")],
    "radius": Annotated[float, typer.Option("--radius", metavar="KM", help="How near, in kilometres.")],
    "min_sources": Annotated[
        int | None,
        typer.Option("--min-sources", min=1, help="Told by so many independent sources.", show_default=False),
    ],
    "publisher": Annotated[str | None, _option("--publisher", "NAME", "Told by this publisher.")],
    "min_confidence": Annotated[
        float | None,
        typer.Option(
            "--min-confidence",
            metavar="X",
            min=0.0,
            max=1.0,
            help="Type, actors and recipients together at least so sure, from 0 to 1; of an event, in one of its reports.",
            show_default=False,
        ),
    ],
}
RADIUS = 50.0


def asking(command: Callable[..., None]) -> Callable[..., None]:
    """A command that takes ``asked``, with the options of all filters in its place."""

    def with_filters(**given: Any) -> None:
        filters = {name: given.pop(name) for name in FILTERS}
        with problems():
            command(asked=_asked(filters), **given)

    del command.__annotations__["asked"]  # a type that is imported for the type checker only: it would load DuckDB
    own = inspect.signature(command, eval_str=True).parameters
    kept = [parameter for name, parameter in own.items() if name != "asked"]
    added = [_parameter(name, annotation) for name, annotation in FILTERS.items()]
    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*kept, *added)]
    with_filters.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    with_filters.__annotations__ = {p.name: p.annotation for p in parameters}
    with_filters.__doc__, with_filters.__name__ = command.__doc__, command.__name__
    return with_filters


def _parameter(name: str, annotation: Any) -> inspect.Parameter:
    default = RADIUS if name == "radius" else None
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _asked(given: dict[str, Any]) -> Asked:
    """The filters as typed. The default of the status is told, since it leaves things out."""
    from polybius.query import DEFAULT_STATUS, Asked

    days: dict[str, Any] = {name: day(given.pop(name), f"--{name}") for name in ("since", "until")}
    near = _point(given.pop("near"))
    if given["status"] is None:
        typer.echo(f"status: {DEFAULT_STATUS}; --status all shows everything", err=True)
    return Asked(**given, **days, near=near)


def _point(text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no point; write LAT,LON, such as 48.4,135.1", param_hint="--near"
        ) from None
    return latitude, longitude


@contextmanager
def problems() -> Iterator[None]:
    """A question that makes no sense is wrong usage; a store without events is a failure. Both are one message."""
    from polybius.cli.ingest import store_errors
    from polybius.query import NoEvents, QueryError

    try:
        with store_errors("DB"):
            yield
    except QueryError as error:
        raise typer.BadParameter(str(error), param_hint=f"--{error.field.replace('_', '-')}") from None
    except NoEvents as error:
        typer.echo(f"polybius: {error}", err=True)
        raise typer.Exit(FAILED) from None


def warn_outdated(path: Path) -> None:
    """Say where documents came in after the events were made."""
    from polybius.query import outdated

    if outdated(path):
        typer.echo(f"documents came in since the events were made; run: polybius assemble {path}", err=True)


def answer(
    ask: Callable[[int | None], Table],
    format: str | None,
    limit: int | None,
    out: Path | None,
    eyes: Sequence[str] = (),
) -> None:
    """Ask for as many rows as are wanted, and print or write them."""
    chosen = chosen_format(format, out)
    show(ask(most(chosen, limit)), chosen, limit, out, eyes)


def chosen_format(format: str | None, out: Path | None) -> str:
    """The format that is meant. One that is none, or Parquet on a terminal, is wrong usage."""
    found = format or (SUFFIXES.get(out.suffix.lower()) if out else None) or "table"
    if found not in QUERY_FORMATS:
        allowed = ", ".join(QUERY_FORMATS)
        raise typer.BadParameter(f"there is no format {found!r}; allowed: {allowed}", param_hint="--format")
    if found == "parquet" and out is None:
        raise typer.BadParameter("parquet is no text; name a file with --out FILE", param_hint="--format")
    return found


def most(format: str, limit: int | None) -> int | None:
    """How many rows to ask for: in a table one more than are shown, to know whether there are more."""
    return (limit or TABLE_ROWS) + 1 if format == "table" else limit


def show(table: Table, format: str, limit: int | None, out: Path | None, eyes: Sequence[str] = ()) -> None:
    """Print or write the rows; a table for eyes with the columns ``eyes`` only, where there are any."""
    from polybius.query.write import write

    with output(out) as stream:
        if format != "table":
            write(table, format, stream)
            return
        from polybius.cli.rows import print_rows

        shown = table.first(limit or TABLE_ROWS)
        print_rows(shown, stream if out else None, eyes)
    if len(shown) < len(table):
        typer.echo(f"the first {len(shown):,} rows; --limit shows more", err=True)


@contextmanager
def output(out: Path | None) -> Iterator[BinaryIO]:
    """A file that appears whole or not at all, or standard output. One that cannot be written is wrong usage."""
    from polybius.run import OutputError, open_output

    with ExitStack() as stack:
        try:
            stream = sys.stdout.buffer if out is None else stack.enter_context(open_output(out))
        except OutputError as error:
            raise typer.BadParameter(str(error), param_hint="--out") from None
        yield stream
        stream.flush()
