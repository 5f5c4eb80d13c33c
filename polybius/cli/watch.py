"""``polybius watch``: feeds into a store, again and again."""

from __future__ import annotations

import datetime as dt
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from polybius.cli.ingest import FAILED, SOME_REJECTED, IntoOption, store_errors
from polybius.cli.options import ActorsOption, CodebookOption, GazetteerOption, ModelOption, ThreadsOption

if TYPE_CHECKING:
    from polybius.ingest.feedlist import Feed
    from polybius.run.watch import Polled, Stop, Told, Watch

NEEDED = ("feedparser", "htmldate", "lxml", "protego", "trafilatura")

FeedsArgument = Annotated[
    Path,
    typer.Argument(metavar="FEEDS", help="A TOML file that lists the feeds; see docs/watch.md.", show_default=False),
]


def watch(
    feeds: FeedsArgument,
    into: IntoOption,
    once: Annotated[bool, typer.Option("--once", help="Visit the feeds that are due, and end; for cron.")] = False,
    status: Annotated[bool, typer.Option("--status", help="Say how each feed stands, and fetch nothing.")] = False,
    assemble: Annotated[
        bool, typer.Option("--assemble", help="Bring the events up to date after each round; see polybius assemble.")
    ] = False,
    no_text: Annotated[
        bool,
        typer.Option("--no-text", help="Keep spans and hashes, but no words of the articles; for a new store only."),
    ] = False,
    code_titles: Annotated[bool, typer.Option("--code-titles", help="Code the titles too.")] = False,
    threads: ThreadsOption = 1,
    model: ModelOption = None,
    codebook: CodebookOption = None,
    gazetteer: GazetteerOption = None,
    actors: ActorsOption = None,
) -> None:
    """Fetch feeds and their articles when they are due, code what is new, and keep it.

    [bold]Examples[/bold]

      polybius watch feeds.toml --into news.duckdb

      polybius watch feeds.toml --into news.duckdb --once --assemble

      polybius watch feeds.toml --into news.duckdb --status

    Ctrl-C ends it after what it has in hand, and the next start goes on from there, however the last one ended. robots.txt is obeyed,
    and a feed that fails is left alone for longer each time.

    [bold]Exit status[/bold]

      0  it was stopped, or every feed that was due was read

      1  it could not begin, or with --once no feed could be read

      2  wrong usage: the list of feeds or the store cannot be used

      3  with --once: a feed could not be read, or something in it was rejected
    """
    from polybius import run
    from polybius.cli.failures import starting
    from polybius.run.ingestion import Ingestion
    from polybius.run.watch import Stop, Watch

    listed = _listed(feeds)
    with store_errors("--into"):
        if status:
            _print_status(listed, into)
            return
        _require_libraries()
        setup = run.Setup(threads, model, codebook, code_titles, gazetteer, tuple(actors or ()))
        asked = Watch(listed, Ingestion(into, texts=not no_text), run.FromSetup(setup), assemble, stop=Stop())
        with starting(), _signals(asked.stop):
            polled = _watch(asked, once)
    _conclude(polled, once)


def _listed(path: Path) -> tuple[Feed, ...]:
    from polybius.ingest.feedlist import FeedListError, read_feeds

    try:
        return read_feeds(path)
    except FeedListError as error:
        raise typer.BadParameter(f"{path} cannot be used\n{error}", param_hint="FEEDS") from None
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}", param_hint="FEEDS") from None


def _require_libraries() -> None:
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        typer.echo(f"polybius: not installed: {', '.join(missing)}; pip install 'polybius[ingest]'", err=True)
        raise typer.Exit(FAILED)


@contextmanager
def _signals(stop: Stop) -> Iterator[None]:
    """The first signal asks for an end, the second does not wait for it."""

    def asked(number: int, frame: Any) -> None:
        if stop.asked:
            raise KeyboardInterrupt
        stop()

    old = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)


def _watch(asked: Watch, once: bool) -> list[Polled]:
    """Watch, and show it; with ``once`` returns what the visits came to."""
    from polybius.run.watch import watch as run_watch

    kept: list[Polled] = []
    with _shown(asked) as show:

        def told(polled: Polled) -> None:
            if once:
                kept.append(polled)
            show(polled)

        run_watch(asked, told, once=once)
    return kept


@contextmanager
def _shown(asked: Watch) -> Iterator[Told]:
    """A table that keeps itself up to date on a terminal, else a line for each visit."""
    if not sys.stderr.isatty():
        yield lambda polled: typer.echo(_line(polled), err=True)
        return
    from rich.console import Console
    from rich.live import Live

    with Live(_table(asked.feeds, asked.how.path), console=Console(stderr=True), auto_refresh=False) as live:
        yield lambda polled: live.update(_table(asked.feeds, asked.how.path), refresh=True)


def _line(polled: Polled) -> str:
    """``2026-03-15T08:00:00+00:00 https://…: 3 new, 2 coded, 1 rejected, 5 reports; again in 30 min``."""
    from polybius.cli.text import clean, plural

    counts = f"{polled.new:,} new, {polled.coded:,} coded, {len(polled.rejected):,} rejected, {plural(polled.reports, 'report')}"
    problem = f"; {clean(polled.problem)}" if polled.problem else ""
    again = f"; again in {_duration(polled.due_in)}" if polled.due_in else ""
    moment = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return f"{moment} {clean(polled.feed.url)}: {counts}{problem}{again}"


def _duration(seconds: float) -> str:
    for size, word in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size or (seconds >= size and seconds % size == 0):
            return f"{seconds / size:.0f} {word}"
    return f"{seconds:.0f} s"


COLUMNS = ("feed", "last read", "due", "coded", "waiting", "rejected", "failures", "problem")


def _cells(feeds: tuple[Feed, ...], store: Path) -> list[tuple[str, ...]]:
    from polybius.cli.text import clean
    from polybius.run.watch import status

    return [
        (
            clean(state.url),
            _local(dt.datetime.fromisoformat(state.succeeded)) if state.succeeded else "never",
            _local(dt.datetime.fromtimestamp(state.due, dt.UTC)) if state.due else "now",
            *(f"{number:,}" for number in (state.done, state.waiting, state.rejected, state.failures)),
            clean(state.problem or ""),
        )
        for state in status(feeds, store)
    ]


def _local(moment: dt.datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _table(feeds: tuple[Feed, ...], store: Path) -> Any:
    from rich.table import Table
    from rich.text import Text

    from polybius.run.watch import state_file

    table = Table(title=f"{len(feeds)} feeds into {store}; Ctrl-C ends it", title_justify="left")
    for name in COLUMNS:
        number = name in ("coded", "waiting", "rejected", "failures")
        long = name in ("feed", "problem")
        table.add_column(name, justify="right" if number else "left", overflow="fold", no_wrap=not long)
    for cells in _cells(feeds, store) if state_file(store).exists() else ():
        table.add_row(*map(Text, cells))
    return table


def _print_status(feeds: tuple[Feed, ...], store: Path) -> None:
    if sys.stdout.isatty():
        from rich.console import Console

        table = _table(feeds, store)
        table.title = None
        Console().print(table)
        return
    for row in [COLUMNS, *_cells(feeds, store)]:
        typer.echo("\t".join(row))


def _conclude(polled: list[Polled], once: bool) -> None:
    from polybius.cli.summary import rejection_line

    if not once:
        typer.echo("stopped; the same command goes on from there", err=True)
        return
    for visit in polled:
        for rejection in visit.rejected:
            typer.echo(rejection_line(rejection), err=True)
    failed = [visit for visit in polled if visit.problem]
    if failed and len(failed) == len(polled):
        raise typer.Exit(FAILED)
    if failed or any(visit.rejected for visit in polled):
        raise typer.Exit(SOME_REJECTED)
