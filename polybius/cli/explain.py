"""``polybius explain``: one article with what was seen in it and why it was decided so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from polybius.cli.options import (
    ActorsOption,
    CodebookOption,
    DateOption,
    GazetteerOption,
    ModelOption,
    PublisherOption,
    ThreadsOption,
    publication_date,
)

if TYPE_CHECKING:
    from polybius.ingest import Defaults
    from polybius.records import Document

NOTHING_CODED = 1


def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A text file, a JSONL file, or - for standard input.")],
    date: DateOption = None,
    publisher: PublisherOption = None,
    id: Annotated[
        str | None,
        typer.Option("--id", help="Which document of a JSONL file; the first by default.", show_default=False),
    ] = None,
    threads: ThreadsOption = 1,
    model: ModelOption = None,
    codebook: CodebookOption = None,
    gazetteer: GazetteerOption = None,
    actors: ActorsOption = None,
) -> None:
    """Show one article with its sentences, names and frames, and the reason of every decision.

    [bold]Examples[/bold]

      polybius explain article.txt --date 2024-03-15

      polybius explain archive.jsonl --id story-17 | less -R
    """
    from polybius.cli.explanation import print_explanation
    from polybius.cli.failures import starting
    from polybius.ingest import Defaults
    from polybius.run import FromSetup, Setup

    document = _document(file, id, Defaults(publication_date(date), publisher))
    with starting():
        coder = FromSetup(Setup(threads, model, codebook, gazetteer=gazetteer, actors=tuple(actors or ())))()
    print_explanation(coder.explain(document))


def _document(file: str, wanted: str | None, defaults: Defaults) -> Document:
    """The first document, or the one with the wanted id; a rejection is printed."""
    from polybius.cli.summary import rejection_line
    from polybius.ingest import find, read
    from polybius.records import Document, Rejection

    for item in read(find([file]), defaults):
        if isinstance(item.content, Document) and wanted in (None, item.content.id):
            return item.content
        if isinstance(item.content, Rejection) and wanted is None:
            _stop(rejection_line(item.content))
    _stop(f"{file}: no document with the id {wanted!r}")
    raise AssertionError("unreachable")


def _stop(message: str) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(NOTHING_CODED)
