"""What keeps a whole run from starting, as a message instead of a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

NOTHING_CODED = 1


@contextmanager
def starting() -> Iterator[None]:
    """Turn a missing model or a faulty codebook into its message and exit status 1."""
    from polybius.codebook import CodebookError

    try:
        yield
    except (FileNotFoundError, CodebookError) as error:
        typer.echo(f"polybius: {error}", err=True)
        raise typer.Exit(NOTHING_CODED) from None
