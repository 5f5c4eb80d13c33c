"""``polybius doctor``: is everything there that a run needs?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from polybius.cli.options import CodebookOption, ModelOption, ThreadsOption

BROKEN = 1


StoreArgument = Annotated[
    Path | None,
    typer.Argument(metavar="DB", help="A store, whose largest events are to be shown.", show_default=False),
]


def doctor(
    store: StoreArgument = None,
    model: ModelOption = None,
    codebook: CodebookOption = None,
    threads: ThreadsOption = 1,
) -> None:
    """Check the model file, its calibration, the codebook, the reference tables, the libraries and the processor.

    Prints one line a check, and leaves with exit status 1 if one of them fails. With a store it prints the ten events of most
    reports: where articles on several events were taken for one, it shows there.
    """
    from polybius.run import Setup, run_checks

    checks = run_checks(Setup(threads, model, codebook))
    width = max(len(check.name) for check in checks)
    for check in checks:
        verdict = ("warn" if check.doubtful else "ok  ") if check.good else "FAIL"
        typer.echo(f"{verdict}  {check.name:{width}}  {check.found}")
    if store:
        _show_largest(store)
    if not all(check.good for check in checks):
        raise typer.Exit(BROKEN)


def _show_largest(store: Path) -> None:
    from polybius.cli.ingest import store_errors
    from polybius.cli.rows import print_rows
    from polybius.query import largest, outdated

    with store_errors("DB"):
        found = largest(store)
        old = outdated(store)
    typer.echo(f"\nthe largest events of {store}" if len(found) else f"\n{store} has no events yet")
    if len(found):
        print_rows(found, None)
    if old:
        typer.echo(f"documents came in since the events were made; run: polybius assemble {store}", err=True)
