"""The filter of events: the query of the URL as a value, and back. The URL is the whole state of a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from fastapi import Request

from polybius.explorer import links
from polybius.explorer.parameters import PARAMETERS, Box, read
from polybius.query import Asked, QueryError
from polybius.query.asked import Condition
from polybius.store import Store

PAGE_ROWS = 50
# The table of the connection is filled when the store is opened for a question with words.
WORDED = "id IN (SELECT event_id FROM event_reports WHERE document_id IN (SELECT id FROM worded))"
_ASKED = tuple("actor recipient event mode status country since until near radius min_sources publisher".split())
_DEFAULTS: Mapping[str, Any] = {"sort": "newest", "page": 1, "radius": 50.0}


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions on events that all must hold, their order and the page. None asks nothing."""

    actor: str | None = None
    recipient: str | None = None
    event: str | None = None
    mode: str | None = None
    status: str | None = None
    country: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    publisher: str | None = None
    min_sources: int | None = None
    min_belief: float | None = None
    words: str | None = None
    near: tuple[float, float] | None = None
    radius: float = 50.0
    box: Box | None = None
    sort: str = "newest"
    page: int = 1

    @property
    def given(self) -> dict[str, str]:
        """The parameters that are set, as they stand in a URL; order and page too where they are not the usual ones."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: _text(value) for name, value in values.items() if value != _DEFAULTS.get(name)}

    @property
    def narrowed(self) -> dict[str, str]:
        """The conditions that are set, without order and page."""
        return {name: text for name, text in self.given.items() if name not in ("sort", "page", "radius")}

    def link(self, path: str, own: Mapping[str, object] | None = None, **changes: Any) -> str:
        """The URL of a page with this filter, some of it changed: None takes a condition away. The page goes back to 1.

        ``own`` are further parameters of that page.
        """
        return links.with_query(path, {**(own or {}), **self.changed(**changes).given})

    def without(self, name: str) -> Filter:
        """The filter without one condition."""
        return self.changed(**{name: None}, **({"radius": None} if name == "near" else {}))

    def changed(self, **changes: Any) -> Filter:
        """The filter with some values changed; back on the first page unless ``page`` is among them."""
        cleared: dict[str, Any] = {
            name: _DEFAULTS.get(name) if value is None else value for name, value in changes.items()
        }
        return replace(self, **({"page": 1} | cleared))

    @property
    def asked(self) -> Asked:
        """The part that ``polybius.query`` knows."""
        return Asked(**{name: getattr(self, name) for name in _ASKED})

    def checked(self, store: Store) -> Filter:
        """The same with codes in place of names. Raises QueryError where the store or the codebook has no such thing."""
        found = self.asked.checked(store)
        return replace(self, **{name: getattr(found, name) for name in _ASKED})

    def condition(self) -> Condition:
        """The condition on rows of ``event_rows`` and its parameters. The filter was checked, and words searched for."""
        sql, values = self.asked.of_events()
        for more, given in (self._belief(), self._box(), self._words()):
            sql, values = f"{sql} AND {more}", values | given
        return sql, values

    def _belief(self) -> Condition:
        return ("TRUE", {}) if self.min_belief is None else ("belief >= $min_belief", {"min_belief": self.min_belief})

    def _box(self) -> Condition:
        if self.box is None:
            return "TRUE", {}
        west, south, east, north = self.box
        across = "AND" if west <= east else "OR"  # a box over the date line has its west in the east
        sql = f"(latitude BETWEEN $box_s AND $box_n AND (longitude >= $box_w {across} longitude <= $box_e))"
        return sql, {"box_w": west, "box_s": south, "box_e": east, "box_n": north}

    def _words(self) -> Condition:
        return (WORDED if self.words else "TRUE"), {}


def parse(query: Mapping[str, str], own: Collection[str] = ()) -> Filter:
    """The filter of a URL's query; ``own`` are further parameters of the page. Empty ones ask nothing. Raises QueryError."""
    unknown = [name for name in query if name not in PARAMETERS and name not in own]
    if unknown:
        allowed = ", ".join((*PARAMETERS, *own))
        raise QueryError(unknown[0][:60], f"there is no parameter {unknown[0][:60]!r}; allowed: {allowed}")
    given = {name: text.strip() for name, text in query.items() if name in PARAMETERS}
    found = Filter(**{name: read(name, text) for name, text in given.items() if text})
    if found.since and found.until and found.since > found.until:
        raise QueryError("until", f"until: {found.until} is before {found.since}")
    return found


def filter_of(request: Request) -> Filter:
    """The filter of a request, for ``Depends``. Raises QueryError."""
    return parse(request.query_params)


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(_text(number) for number in value)
    return f"{value:.5f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
