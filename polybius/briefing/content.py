"""What a report for people holds, whatever form it takes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from polybius.charts import PlaceRow


@dataclass(frozen=True, slots=True)
class Saying:
    """The sentence of one report, cut at the words that name the event, and who says so.

    ``before``, ``trigger`` and ``after`` are empty in a store that keeps no texts. ``url`` is http or https, or None.
    """

    before: str
    trigger: str
    after: str
    claimant: str
    publisher: str
    published: dt.date | None
    title: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """An event in words. ``more`` counts its reports whose sentences are not among ``sayings``."""

    id: str
    sentence: str
    when: str
    who: str
    whom: str
    kind: str
    place: str
    status: str
    n_sources: int
    n_reports: int
    belief: float
    disputed: int
    figures: str
    sayings: tuple[Saying, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors and what there is between them; ``symmetric`` where the pair has no order."""

    source: str
    target: str
    symmetric: bool
    n_events: int
    n_reports: int
    cooperation: int
    conflict: int
    net_scale: float


@dataclass(frozen=True, slots=True)
class Period:
    """The events of one day, week or month."""

    start: dt.date
    cooperation: int
    conflict: int


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How right the fields that are shown are: a line a field, a column a family of texts, as words.

    ``same`` says whether the documents were coded with what was measured.
    """

    how: str
    families: tuple[str, ...]
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    budget: tuple[tuple[str, tuple[str, ...]], ...]
    same: bool


@dataclass(frozen=True, slots=True)
class Briefing:
    """The whole. ``left_out`` and ``other_pairs`` count what the tables have no room for."""

    title: str
    filters: tuple[str, ...]
    source: str
    numbers: tuple[tuple[str, str], ...]
    largest: tuple[Told, ...]
    newest: tuple[Told, ...]
    places: tuple[PlaceRow, ...]
    place_notes: tuple[str, ...]
    by: str
    periods: tuple[Period, ...]
    pairs: tuple[Pair, ...]
    other_pairs: int
    events: tuple[Told, ...]
    left_out: int
    accuracy: Accuracy
    unknown: tuple[str, ...]
