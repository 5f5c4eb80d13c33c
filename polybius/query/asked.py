"""What is asked for: conditions on events or reports, checked, then SQL with parameters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from polybius.query import vocabulary
from polybius.query.errors import QueryError
from polybius.query.near import near_sql
from polybius.query.views import CORE
from polybius.records import STATUSES
from polybius.store import Store

EVERY = "all"
DEFAULT_STATUS = "actual, and announced cooperation (AGREE, future); never historical, hypothetical or negated"

Condition = tuple[str, dict[str, Any]]

_SAME = "er.document_id = r.document_id AND er.report_id = r.id"


@dataclass(frozen=True, slots=True)
class Asked:
    """Conditions that all must hold; None asks nothing.

    ``status`` is one of STATUSES or "all"; None stands for DEFAULT_STATUS. ``near`` is latitude and longitude,
    ``radius`` in kilometres.
    """

    actor: str | None = None
    recipient: str | None = None
    event: str | None = None
    mode: str | None = None
    status: str | None = None
    country: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    near: tuple[float, float] | None = None
    radius: float = 50.0
    min_sources: int | None = None
    publisher: str | None = None
    min_confidence: float | None = None

    def checked(self, store: Store) -> Asked:
        """The same with codes in place of names. Raises QueryError where a value makes no sense."""
        self._check_numbers()
        codes: dict[str, Any] = {name: value for name, value in self._codes(store) if value is not None}
        return replace(self, **codes)

    def _check_numbers(self) -> None:
        if self.status not in (None, EVERY, *STATUSES):
            raise QueryError("status", f"there is no status {self.status!r}; allowed: {', '.join((*STATUSES, EVERY))}")
        if self.since and self.until and self.since > self.until:
            raise QueryError("until", f"{self.until} is before {self.since}")
        if self.near and not (-90 <= self.near[0] <= 90 and -180 <= self.near[1] <= 180):
            raise QueryError("near", f"{self.near} is no latitude (-90 to 90) and longitude (-180 to 180)")
        if self.min_confidence is not None and not 0 <= self.min_confidence <= 1:
            raise QueryError("min_confidence", f"a confidence is from 0 to 1, found {self.min_confidence:g}")
        if not 0 < self.radius <= 21_000:
            raise QueryError("radius", f"a radius is more than 0 and at most 21,000 km, found {self.radius:g}")

    def _codes(self, store: Store) -> Iterator[tuple[str, str | None]]:
        def known(column: str) -> vocabulary.Known:
            return lambda: _known(store, column)

        for field in ("actor", "recipient"):
            found: str | None = getattr(self, field)
            yield field, found and vocabulary.actor(field, found, known(f"{field}_code"))
        yield "country", self.country and vocabulary.country("country", self.country)
        yield "event", self.event and vocabulary.event("event", self.event, known("event"))
        yield "mode", self.mode and vocabulary.mode("mode", self.mode, known("mode"))
        publishers = partial(_publishers, store)
        yield "publisher", self.publisher and vocabulary.publisher("publisher", self.publisher, publishers)

    def of_events(self) -> Condition:
        """The condition on rows of ``event_rows`` and its parameters."""
        return _joined([*self._common(), *self._events_only()])

    def of_reports(self) -> Condition:
        """The condition on rows of ``report_rows`` and its parameters."""
        return _joined([*self._common(), *self._reports_only()])

    def _common(self) -> Iterator[Condition]:
        yield _status(self.status)
        if self.actor:
            yield _has("actor_code", "actor"), {"actor": self.actor}
        if self.recipient:
            yield self._recipient(), {"recipient": self.recipient}
        if self.event:
            yield "event = $event", {"event": self.event}
        if self.mode:
            yield _has("mode", "mode"), {"mode": self.mode}
        if self.country:
            yield _has("place_country", "country"), {"country": self.country}
        if self.since:  # an open end reaches on
            yield "(date_to >= $since OR (date_to IS NULL AND date_from IS NOT NULL))", {"since": self.since}
        if self.until:
            yield "(date_from <= $until OR (date_from IS NULL AND date_to IS NOT NULL))", {"until": self.until}
        if self.near:
            yield near_sql(*self.near, self.radius)

    def _recipient(self) -> str:
        """Where all parties are actors, each of two different ones is the other's recipient."""
        named = _has("recipient_code", "recipient")
        return (
            named
            if self.recipient == self.actor
            else f"""({named} OR ("symmetric" AND {_has("actor_code", "recipient")}))"""
        )

    def _events_only(self) -> Iterator[Condition]:
        if self.min_sources:
            yield "n_sources >= $min_sources", {"min_sources": self.min_sources}
        if self.publisher:
            sql = """SELECT er.event_id FROM event_reports er JOIN documents d ON d.id = er.document_id
              WHERE d.publisher = $publisher"""
            yield f"id IN ({sql})", {"publisher": self.publisher}

        if self.min_confidence:
            sql = f"SELECT er.event_id FROM event_reports er JOIN reports r ON {_SAME} WHERE {CORE} >= $least"
            yield f"id IN ({sql})", {"least": self.min_confidence}

    def _reports_only(self) -> Iterator[Condition]:
        if self.min_sources:
            sql = "SELECT id FROM events WHERE n_sources >= $min_sources"
            yield f"event_id IN ({sql})", {"min_sources": self.min_sources}
        if self.publisher:
            yield "publisher = $publisher", {"publisher": self.publisher}
        if self.min_confidence:
            yield "confidence >= $least", {"least": self.min_confidence}


def _status(status: str | None) -> Condition:
    if status is None:
        return "(status = 'actual' OR (status = 'future' AND event = 'AGREE'))", {}
    return ("TRUE", {}) if status == EVERY else ("status = $status", {"status": status})


def _has(column: str, parameter: str) -> str:
    """Whether a cell with ";" between values holds one. The cheap look comes first: few cells have the letters at all."""
    whole = f"contains(';' || {column} || ';', ';' || ${parameter} || ';')"
    return f"(contains({column}, ${parameter}) AND {whole})"


def _joined(conditions: list[Condition]) -> Condition:
    values = {name: value for _, found in conditions for name, value in found.items()}
    return " AND ".join(sql for sql, _ in conditions), values


def _known(store: Store, column: str) -> set[str]:
    """The values of a column of ``reports``, for what the packaged codebook does not have. ``column`` is one of ours."""
    rows = store.connection.execute(f"SELECT DISTINCT {column} FROM reports WHERE {column} IS NOT NULL").fetchall()
    return {part for (cell,) in rows for part in cell.split(";") if part}


def _publishers(store: Store) -> list[str]:
    rows = store.connection.execute("SELECT DISTINCT publisher FROM documents WHERE publisher IS NOT NULL").fetchall()
    return [name for (name,) in rows]
