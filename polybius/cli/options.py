"""Options that several commands share, and the check of their values."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from polybius.ingest import KEYS, parse_date

PathsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATHS",
        help="Files of text, pages, feeds, tables, mails or archives; folders or patterns of them; - is standard input.",
        show_default=False,
    ),
]
DateOption = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar="YYYY-MM-DD",
        help="When the text was published. Without it, dates such as “Wednesday” stay unknown; they are never guessed.",
    ),
]
PublisherOption = Annotated[
    str | None,
    typer.Option("--publisher", metavar="NAME", help="Who published the text, for documents that do not say."),
]
ModelOption = Annotated[
    Path | None,
    typer.Option("--model", metavar="FOLDER", help="Another reader than the packaged one.", show_default=False),
]
CodebookOption = Annotated[
    Path | None,
    typer.Option("--codebook", metavar="FILE", help="Another codebook than the packaged one.", show_default=False),
]
GazetteerOption = Annotated[
    Path | None,
    typer.Option(
        "--gazetteer",
        metavar="FILE",
        envvar="POLYBIUS_GAZETTEER",
        help="Other places than the packaged ones; see polybius gazetteer build.",
        show_default=False,
    ),
]
ActorsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--actors",
        metavar="FILE",
        help="Your own actors, which come before ours: a CSV with name, code, sectors, aliases, office, from, to; or a table that "
        "`polybius actors update` made. May be given several times.",
        show_default=False,
    ),
]
MinConfidenceOption = Annotated[
    float,
    typer.Option(
        "--min-confidence",
        metavar="X",
        min=0.0,
        max=1.0,
        help="Leave out reports whose type, actors and recipients together are less sure than X, from 0 to 1; docs/accuracy.md shows "
        "what each X keeps.",
        show_default=False,
    ),
]
ThreadsOption = Annotated[int, typer.Option("--threads", min=1, max=256, help="Threads of one reader.")]
MapOption = Annotated[
    str | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN,…",
        help="What the columns of a table or the keys of a JSONL file are called, such as text=body,title=headline.",
        show_default=False,
    ),
]


def column_map(text: str | None) -> dict[str, str]:
    """The value of ``--map``; one that names no field of ours is wrong usage."""
    pairs = [pair.partition("=") for pair in (text or "").split(",") if pair.strip()]
    columns = {field.strip(): column.strip() for field, _, column in pairs}
    wrong = [field for field, column in columns.items() if field not in KEYS or not column]
    if wrong:
        known = ", ".join(KEYS)
        raise typer.BadParameter(f"{wrong[0]!r} is no FIELD=COLUMN; fields are {known}", param_hint="--map")
    return columns


def publication_date(text: str | None) -> dt.date | None:
    """The value of ``--date``; one that is none is wrong usage."""
    return day(text, "--date")


def day(text: str | None, option: str) -> dt.date | None:
    """The day that an option names; one that is none is wrong usage."""
    try:
        return None if text is None else parse_date(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None
