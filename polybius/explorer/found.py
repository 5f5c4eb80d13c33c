"""The events that fit a filter: how many, which stand on a page, and how many there are of each value of a facet.

One pass over the events fills a temporary table of what fits apart from the facets, with a mark for each facet that is
filtered. So a facet can count what another choice of its own would give. The counts are kept while the store stays the
same: another page of a list, or another order, counts nothing anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from polybius.explorer.facets import FACETS, Count, counts
from polybius.explorer.filters import PAGE_ROWS, Filter
from polybius.explorer.memo import Memo
from polybius.query import EVERY, Asked
from polybius.query.opened import ask
from polybius.store import Store

ORDERS = {
    "newest": "day DESC NULLS LAST, id",
    "oldest": "day NULLS LAST, id",
    "sources": "n_sources DESC, day DESC NULLS LAST, id",
    "belief": "belief DESC, day DESC NULLS LAST, id",
    "doubt": "belief, day DESC NULLS LAST, id",
    "conflict": "event_scale NULLS LAST, day DESC NULLS LAST, id",
    "cooperation": "event_scale DESC NULLS LAST, day DESC NULLS LAST, id",
}
_COLUMNS = (
    "row_number() OVER () AS number, id, event, status, actor_code, place_country, date_from, date_to, "
    "coalesce(date_from, date_to) AS day"
)


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of a page, in their order; how many events fit; and counts of each facet, the most first."""

    asked: Filter
    total: int
    ids: list[str]
    facets: Mapping[str, list[Count]]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE_ROWS))

    @property
    def first(self) -> int:
        """The number of the first event of the page."""
        return PAGE_ROWS * (self.asked.page - 1) + 1


@dataclass(frozen=True, slots=True)
class Counted:
    """How many events fit, and how many there are of each value of a facet."""

    total: int
    facets: Mapping[str, list[Count]]


def find(store: Store, asked: Filter, memo: Memo[Counted]) -> Found:
    """The events of a page and the counts. Raises QueryError, StoreError."""
    checked = asked.checked(store)
    counted = memo.get(store.path, checked.changed(sort=None), lambda: count(store, checked))
    return Found(checked, counted.total, page_of(store, checked, PAGE_ROWS), counted.facets)


def count(store: Store, asked: Filter) -> Counted:
    """The counts of a filter."""
    gather(store, asked)
    return Counted(ask(store, "SELECT count(*) FROM found WHERE every", {}).rows[0][0], counts(store, asked))


def page_of(store: Store, asked: Filter, rows: int) -> list[str]:
    """The ids of one page."""
    condition, values = asked.condition()
    sql = f"""SELECT id, coalesce(date_from, date_to) AS day FROM event_rows WHERE {condition}
      ORDER BY {ORDERS[asked.sort]} LIMIT $limit OFFSET $offset"""
    return [id for id, _ in ask(store, sql, values | {"limit": rows, "offset": rows * (asked.page - 1)}).rows]


def gather(store: Store, asked: Filter) -> None:
    """Fill the table ``found``; ``every`` marks what fits in all."""
    open_facets: dict[str, Any] = {name: EVERY if name == "status" else None for name in FACETS}
    condition, values = replace(asked, **open_facets).condition()
    marks = {name: _mark(asked, name) for name in FACETS}
    given = {name: value for _, more in marks.values() for name, value in more.items()}
    columns = ", ".join(f"coalesce({sql}, FALSE) AS is_{name}" for name, (sql, _) in marks.items())
    every = " AND ".join(f"is_{name}" for name in FACETS)
    rows = f"SELECT {_COLUMNS}, {columns} FROM event_rows WHERE {condition}"
    ask(store, f"CREATE TEMP TABLE found AS SELECT *, {every} AS every FROM ({rows})", values | given)


def _mark(asked: Filter, facet: str) -> tuple[str, dict[str, Any]]:
    """The condition of one facet alone."""
    status = asked.status if facet == "status" else EVERY
    only = (
        Asked(status=status) if facet == "status" else replace(Asked(status=status), **{facet: getattr(asked, facet)})
    )
    return only.of_events()
