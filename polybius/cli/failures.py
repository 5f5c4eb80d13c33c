"""What keeps a whole run from starting, as a message instead of a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

NOTHING_CODED = 1


@contextmanager
def starting() -> Iterator[None]:
    """Turn a missing model, a faulty codebook, gazetteer or file of actors into its message and exit status 1."""
    from polybius.codebook import CodebookError
    from polybius.reference import ActorError
    from polybius.reference.gazetteer_file import GazetteerError

    try:
        yield
    except (FileNotFoundError, CodebookError, GazetteerError, ActorError) as error:
        typer.echo(f"polybius: {error}", err=True)
        raise typer.Exit(NOTHING_CODED) from None
