"""Pairs of reports that the comparison is unsure about: in one event perhaps by mistake, or in two."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from polybius.assembly import Assembler, Source
from polybius.records import Judgement
from polybius.report import Report, from_json
from polybius.store import Decision, Store
from polybius.store.decisions import names_in, standing

MOST = 60  # documents that are compared: a page waits for it


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Two reports, as "document#report", with their events; ``score`` is the log-odds that they are of one event."""

    left: str
    right: str
    events: tuple[str, str]
    score: float

    @property
    def together(self) -> bool:
        """Whether they are one event now."""
        return self.events[0] == self.events[1]

    @property
    def doubt(self) -> float:
        """How likely what stands is wrong."""
        same = 1 / (1 + math.exp(-self.score))
        return round(1 - same if self.together else same, 3)

    @property
    def why(self) -> str:
        odds = "these two are one event now" if self.together else "these two are two events now"
        return f"{odds}; the comparison is unsure ({self.score:+.1f})"


# Events of one type, at most two days apart, with the same actors or the same place; and those of several documents.
_CANDIDATES = """
WITH pairs AS (
  SELECT a.id AS one, b.id AS two, a.n_sources + b.n_sources AS weight FROM events a
    CROSS JOIN range(3) days(later)
    JOIN events b ON a.event = b.event AND b.date_from = a.date_from + CAST(days.later AS INTEGER)
  WHERE (days.later > 0 OR a.id < b.id) AND (a.actor_code = b.actor_code OR a.place = b.place)),
chosen AS (
  (SELECT unnest([one, two]) AS id, weight FROM pairs ORDER BY weight DESC, one, two LIMIT $most)
  UNION ALL (SELECT id, n_sources FROM events WHERE n_reports > 1 ORDER BY n_sources DESC, id LIMIT $most))
SELECT document_id FROM (SELECT er.document_id, max(c.weight) AS weight FROM chosen c
  JOIN event_reports er ON er.event_id = c.id GROUP BY er.document_id) ORDER BY weight DESC, document_id LIMIT $most"""


class Comparisons:
    """What the comparison said last, kept for the next page: it takes longer than the rest of the page."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._unsure: list[Judgement] = []

    def unsure(self, store: Store) -> list[Judgement]:
        """The unsure ones among the likeliest candidates."""
        documents = [id for (id,) in store.rows(_CANDIDATES, {"most": MOST})]
        key = (store.last_seq(), *sorted(documents))
        if key != self._key:
            assembler = Assembler()
            assembler.add(_sources(store, documents))
            self._unsure = [one for one in assembler.judgements() if one.verdict == "unsure" and _of_two(one)]
            self._key = key
        return self._unsure


def doubtful(store: Store, decisions: Sequence[Decision], made: Comparisons) -> list[Doubtful]:
    """The doubtful pairs, the most doubtful first; what a person decided is left out."""
    decided = [set(names_in(one.subject)) | set(names_in(one.other)) for one in standing(decisions)]
    found = _with_events(
        store, [one for one in made.unsure(store) if not any({one.left, one.right} <= both for both in decided)]
    )
    return sorted(found, key=lambda pair: (-pair.doubt, pair.left, pair.right))


def _of_two(judgement: Judgement) -> bool:
    """Whether two articles are compared: what one article tells apart is apart."""
    return judgement.left.rpartition("#")[0] != judgement.right.rpartition("#")[0]


def _sources(store: Store, documents: Sequence[str]) -> Iterator[Source]:
    reports: defaultdict[str, list[Report]] = defaultdict(list)
    vectors: defaultdict[str, dict[str, bytes]] = defaultdict(dict)
    sql = """SELECT document_id, id, record, vector FROM reports
      WHERE document_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY document_id, position"""
    for document, id, record, vector in store.rows(sql, [list(documents)]):
        reports[document].append(from_json(json.loads(record)))
        if vector:
            vectors[document][id] = bytes(vector)
    for id in documents:
        yield Source(store.document(id), tuple(reports[id]), vectors[id])


def _with_events(store: Store, judgements: Iterable[Judgement]) -> Iterator[Doubtful]:
    for one in judgements:
        events = [_event_of(store, name) for name in (one.left, one.right)]
        if events[0] and events[1]:
            yield Doubtful(one.left, one.right, (events[0], events[1]), one.score or 0.0)


def _event_of(store: Store, name: str) -> str | None:
    document, _, report = name.rpartition("#")
    sql = "SELECT event_id FROM event_reports WHERE document_id = ? AND report_id = ?"
    return next((str(id) for (id,) in store.rows(sql, [document, report])), None)
