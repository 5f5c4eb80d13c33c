"""``polybius events``: the events of a store that fit a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polybius.cli.asking import (
    DatabaseArgument,
    FormatOption,
    LimitOption,
    OutOption,
    answer,
    asking,
    warn_outdated,
)

if TYPE_CHECKING:
    from polybius.query import Asked

EYES = (
    "date_from event mode actor actor_code recipient recipient_code place place_country n_reports n_sources id".split()
)


@asking
def events(
    store: DatabaseArgument,
    asked: Asked,
    limit: LimitOption = None,
    format: FormatOption = None,
    out: OutOption = None,
) -> None:
    """Events of a store: who did what to whom, when and where, told by how many sources.

    [bold]Examples[/bold]

      polybius events news.duckdb --actor PRK --recipient RUS --event CONSULT --since 2024-01-01

      polybius events news.duckdb --near 48.4,135.1 --radius 100 --min-sources 2

      polybius events news.duckdb --country Sudan --out sudan.parquet

    Where all parties are actors (a meeting, an agreement), each of them is the recipient of the others.
    """
    from polybius import query

    answer(lambda rows: query.events(store, asked, limit=rows), format, limit, out, EYES)
    warn_outdated(store)
