"""Which reports: a few conditions, as SQL on the flat columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions that all must hold; None asks nothing. Codes are compared with each of a report's fillers."""

    actor: str | None = None
    recipient: str | None = None
    event: str | None = None
    status: str | None = None
    country: str | None = None
    publisher: str | None = None
    document: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    after_seq: int | None = None

    def where(self) -> tuple[str, list[object]]:
        """A WHERE clause, empty where nothing is asked, and its parameters."""
        parts = [(sql, value) for sql, value in self._conditions() if value is not None]
        clause = " AND ".join(sql for sql, _ in parts)
        return (f"WHERE {clause}" if clause else ""), [value for _, value in parts]

    def _conditions(self) -> Iterator[tuple[str, object]]:
        for column, code in (
            ("actor_code", self.actor),
            ("recipient_code", self.recipient),
            ("place_country", self.country),
        ):
            yield f"contains(';' || {column} || ';', ';' || ? || ';')", code
        equal = {"event": self.event, "status": self.status, "publisher": self.publisher, "document_id": self.document}
        for column, value in equal.items():
            yield f"{column} = ?", value
        yield "date_to >= ?", self.since
        yield "date_from <= ?", self.until
        yield "seq > ?", self.after_seq
