"""How many of the events that were found have each type, status, actor, country, publisher and month.

What a facet says of a value is what the list would have after a click on it.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from polybius.explorer.filters import Filter
from polybius.explorer.parameters import LONGEST
from polybius.query import EVERY
from polybius.query.opened import ask
from polybius.store import Store

FACETS = ("event", "status", "actor", "country", "publisher")  # filters of one value
MOST = 12  # values of a facet that are shown
MONTHS = 24


@dataclass(frozen=True, slots=True)
class Count:
    """A value of a facet, the events that have it, whether it is the one chosen, and what a click on it changes."""

    value: str
    n: int
    chosen: bool
    changes: Mapping[str, Any]


def counts(store: Store, asked: Filter) -> dict[str, list[Count]]:
    """The counts of each facet, the most first; months the latest first."""
    found: dict[str, list[Count]] = {name: [] for name in FACETS}
    for facet, value, n in ask(store, " UNION ALL ".join(_sql(name) for name in FACETS), {}).rows:
        found[facet].append(_count(asked, facet, value, n))
    for name in FACETS:
        found[name].sort(key=lambda count: (-count.n, count.value))
    return {**found, "status": [*found["status"], *_wide(store, asked)], "month": months(store, asked)}


def _count(asked: Filter, facet: str, value: str, n: int) -> Count:
    chosen = getattr(asked, facet) == value
    return Count(value, n, chosen, {facet: None if chosen else value})


def _whole(column: str) -> str:
    return f"SELECT {column} AS value, count(*) AS n FROM found WHERE {{}} GROUP BY 1"


def _split(column: str) -> str:
    """The values within cells. Cells are few and rows are many: so cells are counted before they are taken apart."""
    cells = f"SELECT {column} AS cell, count(*) AS n FROM found WHERE {{}} GROUP BY 1"
    values = f"SELECT unnest(list_distinct(string_split(cell, ';'))) AS value, n FROM ({cells})"
    return f"SELECT value, CAST(sum(n) AS BIGINT) AS n FROM ({values}) GROUP BY 1"


_VALUES = {
    "event": _whole("event"),
    "status": _whole("status"),
    "actor": _split("actor_code"),
    "country": _split("place_country"),
    "publisher": f"""SELECT value, count(*) AS n FROM (SELECT DISTINCT f.number, d.publisher AS value FROM found f
      JOIN event_reports er ON er.event_id = f.id JOIN documents d ON d.id = er.document_id
      WHERE {{}} AND length(d.publisher) <= {LONGEST}) GROUP BY 1""",
}


def _sql(facet: str) -> str:
    others = " AND ".join(f"is_{name}" for name in FACETS if name != facet)
    rows = f"SELECT value, n FROM ({_VALUES[facet].format(others)}) WHERE value <> ''"
    return f"(SELECT '{facet}' AS facet, value, n FROM ({rows}) ORDER BY n DESC, value LIMIT {MOST})"


def _wide(store: Store, asked: Filter) -> list[Count]:
    """The two choices of status that hold several: the usual one, and all."""
    others = " AND ".join(f"is_{name}" for name in FACETS if name != "status")
    usual = "status = 'actual' OR (status = 'future' AND event = 'AGREE')"
    sql = f"SELECT count(*) FILTER ({usual}), count(*) FROM found WHERE {others}"
    ((n_usual, n_all),) = ask(store, sql, {}).rows
    return [
        Count("usual", n_usual, asked.status is None, {"status": None}),
        Count(EVERY, n_all, asked.status == EVERY, {"status": EVERY}),
    ]


_MONTHS = """
WITH months AS (SELECT DISTINCT date_trunc('month', day) AS first FROM found WHERE every AND day IS NOT NULL),
shown AS (SELECT CAST(first AS DATE) AS first, last_day(first) AS last FROM months
  WHERE ($since IS NULL OR last_day(first) >= $since) AND ($until IS NULL OR first <= $until)
  ORDER BY first DESC LIMIT $most)
SELECT m.first, m.last, count(*) FROM shown m JOIN found f ON f.every AND f.day IS NOT NULL
  AND (f.date_to >= m.first OR f.date_to IS NULL) AND (f.date_from <= m.last OR f.date_from IS NULL)
GROUP BY m.first, m.last ORDER BY m.first DESC"""


def months(store: Store, asked: Filter) -> list[Count]:
    """The latest months in which an event begins, with all events that reach into them."""
    values = {"since": asked.since, "until": asked.until, "most": MONTHS}
    return [_month(asked, first, last, n) for first, last, n in ask(store, _MONTHS, values).rows]


def _month(asked: Filter, first: dt.date, last: dt.date, n: int) -> Count:
    """A month within the days that are asked for; what is chosen already is taken away by the click."""
    since, until = max(first, asked.since or first), min(last, asked.until or last)
    chosen = (asked.since, asked.until) == (since, until)
    changes = {"since": None, "until": None} if chosen else {"since": since, "until": until}
    return Count(f"{calendar.month_abbr[first.month]} {first.year}", n, chosen, changes)
