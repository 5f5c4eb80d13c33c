"""``polybius reports``: the reports of a store that fit a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polybius.cli.asking import (
    DatabaseArgument,
    FormatOption,
    LimitOption,
    OutOption,
    answer,
    asking,
)

if TYPE_CHECKING:
    from polybius.query import Asked

EYES = (
    "date_from event mode status actor actor_code recipient recipient_code place trigger publisher document_id".split()
)


@asking
def reports(
    store: DatabaseArgument,
    asked: Asked,
    limit: LimitOption = None,
    format: FormatOption = None,
    out: OutOption = None,
) -> None:
    """Reports of a store: what each document says.

    [bold]Examples[/bold]

      polybius reports news.duckdb --event ASSAULT --country UKR --publisher Reuters

      polybius reports news.duckdb --status all --format csv --out reports.csv
    """
    from polybius import query

    answer(lambda rows: query.reports(store, asked, limit=rows), format, limit, out, EYES)
