"""``polybius dyads``: pairs of actors over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polybius.cli.asking import (
    ByOption,
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


@asking
def dyads(
    store: DatabaseArgument,
    asked: Asked,
    by: ByOption = "month",
    limit: LimitOption = None,
    format: FormatOption = None,
    out: OutOption = None,
) -> None:
    """Counts and net scale of each pair of actors, by day, week or month.

    [bold]Examples[/bold]

      polybius dyads news.duckdb --actor USA --recipient CHN --by week

      polybius dyads news.duckdb --since 2024-01-01 --out dyads.csv

    Where all parties are actors pairs have no order: they are marked symmetric and counted once. per_thousand are events in a thousand
    documents that were read in the period, so that more news alone makes no more events.
    """
    from polybius import query

    answer(lambda rows: query.dyads(store, asked, by=by, limit=rows), format, limit, out)
    warn_outdated(store)
