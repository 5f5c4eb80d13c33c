"""Two actors and what they do to each other; the commonest pairs; and an actor's counterparts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from polybius.explorer.filters import Filter
from polybius.explorer.pictures.shown import show
from polybius.query import Asked, QueryError
from polybius.query.asked import Condition
from polybius.query.opened import ask
from polybius.query.table import Table
from polybius.store import Store

FORTH, BACK, TOGETHER = "forth", "back", "together"
MOST_PAIRS = 100

_WAYS = """CREATE TEMP TABLE shown AS
SELECT DISTINCT s.* EXCLUDE (way), CASE WHEN d."symmetric" THEN 'together' WHEN d.source = $first THEN 'forth' ELSE 'back' END AS way
FROM asked s JOIN dyad_rows d ON d.event_id = s.id
WHERE (d.source = $first AND d.target = $second) OR (d.source = $second AND d.target = $first)"""

_COUNTS = """count(DISTINCT event_id) AS n_events,
  count(DISTINCT event_id) FILTER (quad_code LIKE '%COOPERATION') AS cooperation,
  count(DISTINCT event_id) FILTER (quad_code LIKE '%CONFLICT') AS conflict, round(sum(event_scale), 3) AS net_scale"""
_PAIRS = f"""SELECT source, target, "symmetric", {_COUNTS} FROM dyad_rows WHERE event_id IN (SELECT id FROM shown)
  GROUP BY source, target, "symmetric" ORDER BY n_events DESC, source, target, "symmetric" LIMIT $most"""
_SIDES = """SELECT DISTINCT event_id, quad_code, event_scale, CASE WHEN source = $code THEN target ELSE source END AS other,
  CASE WHEN "symmetric" THEN 'together' WHEN source = $code THEN 'forth' ELSE 'back' END AS way
  FROM dyad_rows WHERE (source = $code OR target = $code) AND event_id IN (SELECT id FROM shown)"""
_OTHERS = f"""WITH sides AS ({_SIDES}) SELECT other, {_COUNTS},
  count(DISTINCT event_id) FILTER (way = 'forth') AS to_it, count(DISTINCT event_id) FILTER (way = 'back') AS from_it,
  count(DISTINCT event_id) FILTER (way = 'together') AS together
  FROM sides GROUP BY other ORDER BY n_events DESC, other LIMIT $most"""
_MIX = """SELECT event, count(DISTINCT id) FILTER (way = 'forth') AS forth, count(DISTINCT id) FILTER (way = 'back') AS back,
  count(DISTINCT id) FILTER (way = 'together') AS together, count(DISTINCT id) AS n_events
  FROM shown GROUP BY event ORDER BY n_events DESC, event"""


def code_of(store: Store, field: str, words: str | None) -> str:
    """The code of an actor that is named, in the parameter ``field``. Raises QueryError."""
    if not words or not words.strip():
        raise QueryError(field, f"{field} is missing: name an actor, by country or code, with ?{field}=…")
    try:
        found = Asked(actor=words.strip()[:300]).checked(store).actor
    except QueryError as error:
        raise QueryError(field, str(error)) from None
    return found or words


def show_pair(store: Store, asked: Filter, first: str, second: str) -> Filter:
    """Fill ``shown`` with the events of two actors, a row a direction; other parties of the filter are left aside."""
    checked = show(store, replace(asked, actor=None, recipient=None), between(first, second))
    ask(store, "ALTER TABLE shown RENAME TO asked", {})
    ask(store, _WAYS, {"first": first, "second": second})
    return checked


def between(first: str, second: str) -> Condition:
    """The condition that an event has both parties: cheap, and true of more than the dyads."""
    sql = "id IN (SELECT event_id FROM party_rows WHERE code = $first_party) AND id IN (SELECT event_id FROM party_rows WHERE code = $second_party)"
    return sql, {"first_party": first, "second_party": second}


def of_actor(code: str) -> Condition:
    """The condition that an actor takes part."""
    return "id IN (SELECT event_id FROM party_rows WHERE code = $party)", {"party": code}


def pairs(store: Store, most: int = MOST_PAIRS) -> Table:
    """The pairs of most events."""
    return ask(store, _PAIRS, {"most": most})


def others(store: Store, code: str, most: int = MOST_PAIRS) -> Table:
    """An actor's counterparts, with events to them, from them and with them."""
    return ask(store, _OTHERS, {"code": code, "most": most})


def mix(store: Store) -> Table:
    """Types of the events of a pair, by direction."""
    return ask(store, _MIX, {})


def nets(store: Store) -> dict[str, dict[str, Any]]:
    """Events and net scale of each direction."""
    sql = """SELECT way, count(DISTINCT id) AS n_events, round(coalesce(sum(event_scale), 0), 3) AS net_scale FROM shown GROUP BY way"""
    found = {row["way"]: row for row in ask(store, sql, {})}
    return {way: found.get(way, {"way": way, "n_events": 0, "net_scale": 0.0}) for way in (FORTH, BACK, TOGETHER)}
