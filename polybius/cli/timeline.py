"""``polybius timeline``: event types over time."""

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
def timeline(
    store: DatabaseArgument,
    asked: Asked,
    by: ByOption = "month",
    limit: LimitOption = None,
    format: FormatOption = None,
    out: OutOption = None,
) -> None:
    """Counts and net scale of each event type, by day, week or month.

    [bold]Examples[/bold]

      polybius timeline news.duckdb --country SDN --by week

    per_thousand are events in a thousand documents that were read in the period, so that more news alone makes no more events.
    """
    from polybius import query

    answer(lambda rows: query.timeline(store, asked, by=by, limit=rows), format, limit, out)
    warn_outdated(store)
