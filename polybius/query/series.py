"""Counts over time: of pairs of actors, and of event types, beside the documents that were read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from polybius.query.asked import Asked
from polybius.query.errors import QueryError
from polybius.query.opened import ask, with_events
from polybius.query.table import Table

# Days that an event may last to be counted in the period in which it begins: what is dated "in 2023" is of no month.
PERIODS: Mapping[str, int] = {"day": 2, "week": 7, "month": 31}

# The period of a row with date_from and date_to; parameters: by, longest (of PERIODS), of_publisher.
PERIOD_SQL = """CASE WHEN coalesce(date_to, date_from) - coalesce(date_from, date_to) < $longest
  THEN CAST(date_trunc($by, coalesce(date_from, date_to)) AS DATE) END AS period"""
READ_SQL = """read AS (SELECT CAST(date_trunc($by, day) AS DATE) AS period, sum(documents) AS documents FROM days_read
  WHERE $of_publisher IS NULL OR publisher = $of_publisher GROUP BY 1)"""
_COUNTS = """count(*) AS n_events, CAST(sum(n_reports) AS BIGINT) AS n_reports,
  count(*) FILTER (quad_code LIKE '%COOPERATION') AS cooperation, count(*) FILTER (quad_code LIKE '%CONFLICT') AS conflict,
  round(sum(event_scale), 3) AS net_scale, CAST(any_value(documents) AS BIGINT) AS documents,
  round(1000.0 * count(*) / any_value(documents), 3) AS per_thousand"""


def dyads(
    path: Path | str, asked: Asked | None = None, *, by: str = "month", limit: int | None = None, **words: Any
) -> Table:
    """Events of each pair of codes in each period: counts, net scale, and events in a thousand documents read.

    Where all parties are actors pairs are unordered, marked ``symmetric`` and counted once. A period is NULL where
    dates are unknown or too vague. Raises QueryError, NoEvents, StoreError.
    """
    return _series(path, asked or Asked(**words), by, 'source, target, "symmetric"', limit)


def timeline(
    path: Path | str, asked: Asked | None = None, *, by: str = "month", limit: int | None = None, **words: Any
) -> Table:
    """Events of each type in each period, with the same columns as ``dyads``. Raises QueryError, NoEvents, StoreError."""
    return _series(path, asked or Asked(**words), by, "event", limit)


def _series(path: Path | str, asked: Asked, by: str, keys: str, limit: int | None) -> Table:
    if by not in PERIODS:
        raise QueryError("by", f"there is no period {by!r}; allowed: {', '.join(PERIODS)}")
    with with_events(path) as store:
        asked = asked.checked(store)
        condition, values = asked.of_events()
        told = _of_dyads(asked, condition) if "source" in keys else f"SELECT * FROM event_rows WHERE {condition}"
        sql = f"""WITH asked AS ({told}), told AS (SELECT *, {PERIOD_SQL} FROM asked), {READ_SQL}
          SELECT period, {keys}, {_COUNTS} FROM told LEFT JOIN read USING (period)
          GROUP BY period, {keys} ORDER BY period NULLS LAST, {keys} LIMIT $limit"""
        own = {"by": by, "longest": PERIODS[by], "of_publisher": asked.publisher, "limit": limit}
        return ask(store, sql, {**values, **own})


def _of_dyads(asked: Asked, condition: str) -> str:
    """The pairs of the events: those of the actor and the recipient that are asked for."""
    parts = [f"event_id IN (SELECT id FROM event_rows WHERE {condition})"]
    if asked.actor:
        parts.append('(source = $actor OR ("symmetric" AND target = $actor))')
    if asked.recipient:
        parts.append('(target = $recipient OR ("symmetric" AND source = $recipient))')
    return f"SELECT * FROM dyad_rows WHERE {' AND '.join(parts)}"
