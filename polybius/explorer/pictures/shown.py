"""The events that a page counts, in a table of the connection, read once and counted several times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from polybius.explorer.cards import Card, cards
from polybius.explorer.filters import Filter
from polybius.query.asked import Condition
from polybius.query.opened import ask
from polybius.store import Store

NEWEST = 6  # events that a page lists
_COLUMNS = (
    "id, event, quad_code, event_scale, date_from, date_to, actor_code, recipient_code, place, place_country, place_admin1, "
    "latitude, longitude, n_reports, n_sources"
)


def show(store: Store, asked: Filter, more: Condition = ("TRUE", {}), columns: str = "") -> Filter:
    """Fill the table ``shown`` with the events that fit ``asked`` and ``more``; the filter with codes in place of names."""
    checked = asked.checked(store)
    condition, values = checked.condition()
    sql = f"SELECT {_COLUMNS}{columns}, '' AS way FROM event_rows WHERE ({condition}) AND {more[0]}"
    ask(store, f"CREATE TEMP TABLE shown AS {sql}", {**values, **more[1]})
    return checked


def total(store: Store) -> int:
    """How many events are shown. One that stands in two directions counts once."""
    return int(ask(store, "SELECT count(DISTINCT id) FROM shown", {}).rows[0][0])


def newest(store: Store, most: int = NEWEST) -> list[Card]:
    """The latest events with their words."""
    sql = """SELECT id FROM shown GROUP BY id ORDER BY max(coalesce(date_from, date_to)) DESC NULLS LAST, id LIMIT $most"""
    return cards(store, [id for (id,) in ask(store, sql, {"most": most}).rows])


def tally(store: Store, column: str, most: int = 12, **equal: Any) -> Mapping[str, int]:
    """The commonest values of a column of ``shown`` and their counts. ``column`` is one of ours."""
    where = " AND ".join([f"{column} <> ''", *(f"{name} = ${name}" for name in equal)])
    sql = f"SELECT {column}, count(DISTINCT id) AS n FROM shown WHERE {where} GROUP BY 1 ORDER BY n DESC, 1 LIMIT $most"
    return dict(ask(store, sql, {**equal, "most": most}).rows)


def parties(store: Store, most: int = 12) -> Mapping[str, int]:
    """The codes that take part in most of the events."""
    sql = """SELECT code, count(DISTINCT event_id) AS n FROM party_rows WHERE code <> '' AND event_id IN (SELECT id FROM shown)
      GROUP BY code ORDER BY n DESC, code LIMIT $most"""
    return dict(ask(store, sql, {"most": most}).rows)
