"""``polybius doctor``: is everything there that a run needs?"""

from __future__ import annotations

import typer

from polybius.cli.options import CodebookOption, ModelOption, ThreadsOption

BROKEN = 1


def doctor(model: ModelOption = None, codebook: CodebookOption = None, threads: ThreadsOption = 1) -> None:
    """Check the model file, the codebook, the reference tables, the libraries and the processor.

    Prints one line a check, and leaves with exit status 1 if one of them fails.
    """
    from polybius.run import Setup, run_checks

    checks = run_checks(Setup(threads, model, codebook))
    width = max(len(check.name) for check in checks)
    for check in checks:
        typer.echo(f"{'ok  ' if check.good else 'FAIL'}  {check.name:{width}}  {check.found}")
    if not all(check.good for check in checks):
        raise typer.Exit(BROKEN)
