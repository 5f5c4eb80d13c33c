"""What a report does not know, in sentences: what could not be read, dated, placed or told apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from polybius.charts.caption import many
from polybius.query import EVERY, Asked
from polybius.query.opened import ask
from polybius.records import REJECTION_REASONS
from polybius.store import Store

_REJECTED = "SELECT reason, count(*) AS n FROM rejections GROUP BY reason ORDER BY n DESC, reason"
_UNDATED_TEXTS = "SELECT count(*) FROM documents WHERE published IS NULL"
_GAPS = """WITH asked AS (SELECT * FROM event_rows WHERE {})
  SELECT count(*) FILTER (date_from IS NULL AND date_to IS NULL), count(*) FILTER (place IS NULL),
  count(*) FILTER (id IN (SELECT event_id FROM party_rows WHERE code = '')), count(*) FILTER (actor_code IS NULL)
  FROM asked"""


def unknown(store: Store, asked: Asked, outdated: bool) -> Iterator[str]:
    """One sentence a gap; only what there is. ``asked`` is checked."""
    yield from _texts(store)
    yield from _fields(store, asked)
    yield from _beside(store, asked)
    if not store.texts:
        yield "The store keeps no texts, so that no sentences can be shown."
    if outdated:
        yield "Documents came in since the events were made; they are not in this report (polybius assemble)."


def _texts(store: Store) -> Iterator[str]:
    rejected = ask(store, _REJECTED, {}).rows
    if rejected:
        reasons = "; ".join(f"{n:,}: {REJECTION_REASONS.get(reason, reason)}" for reason, n in rejected)
        yield f"{many(sum(n for _, n in rejected), 'document')} could not be read or coded ({reasons})."
    undated = _one(store, _UNDATED_TEXTS, {})[0]
    if undated:
        yield f"{many(undated, 'document')} came without a date of publication: words such as “on Monday” stay undated there."


def _fields(store: Store, asked: Asked) -> Iterator[str]:
    condition, values = asked.of_events()
    undated, unplaced, nameless, nobody = _one(store, _GAPS.format(condition), values)
    gaps = ((undated, "no known date"), (unplaced, "no known place"), (nobody, "no known actor"))
    yield from (f"{_has(n)} {what}." for n, what in gaps if n)
    if nameless:
        yield f"{_has(nameless)} a party whose country or organisation nobody could tell; such parties are in no pair."


def _has(number: int) -> str:
    return f"{many(number, 'event')} {'has' if number == 1 else 'have'}"


def _beside(store: Store, asked: Asked) -> Iterator[str]:
    """What the filters leave out only because a field is unknown."""
    if asked.since or asked.until:
        n = _count(store, replace(asked, since=None, until=None), "date_from IS NULL AND date_to IS NULL")
        yield from _left_out(n, "a date, which is unknown")
    if asked.country or asked.near:
        n = _count(store, replace(asked, country=None, near=None), "place_country IS NULL")
        yield from _left_out(n, "a place, which is unknown")
    if asked.status is None:
        n = _count(store, replace(asked, status=EVERY)) - _count(store, asked)
        yield from (
            f"{many(n, 'event')} left out: said to be planned, possible, denied or long past." for _ in range(n > 0)
        )


def _left_out(number: int, what: str) -> Iterator[str]:
    if number:
        yield f"{many(number, 'event')} left out that may belong here: the filter asks for {what}."


def _count(store: Store, asked: Asked, extra: str = "TRUE") -> int:
    condition, values = asked.of_events()
    return int(_one(store, f"SELECT count(*) FROM event_rows WHERE {condition} AND {extra}", values)[0])


def _one(store: Store, sql: str, values: dict[str, Any]) -> tuple[Any, ...]:
    return ask(store, sql, values).rows[0]
