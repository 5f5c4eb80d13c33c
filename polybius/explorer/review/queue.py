"""What is to be reviewed, the most doubtful first: reports that nobody judged, and pairs of reports that may be one event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from polybius.explorer.review.pairs import Comparisons, Doubtful, doubtful
from polybius.report.flat import CONFIDENCE_FIELDS
from polybius.run.review import verdicts
from polybius.store import Decision, Store

DISPUTED = 0.2  # what a dispute adds to the doubt about a report
LOW = 0.7  # from which confidence on a field is not named among the reasons
KINDS = ("all", "reports", "merges")

_NAMES = {"attribution": "claimant", "event": "type"}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to judge. ``why`` says what makes it doubtful; a merge has ``pair``, a report its names."""

    doubt: float
    why: tuple[str, ...]
    document: str = ""
    report: str = ""
    pair: Doubtful | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """The item asked for, where there is one, and how many there are."""

    item: Item | None
    at: int
    reports: int
    merges: int

    @property
    def size(self) -> int:
        return self.reports + self.merges


def queue(store: Store, decisions: Sequence[Decision], at: int, kind: str, made: Comparisons) -> Queue:
    """Number ``at`` of the queue, from 0; the last one where it has fewer."""
    waiting = [name.rpartition("#") for name in verdicts(decisions)]
    judged = [[document for document, _, _ in waiting], [report for *_, report in waiting]]
    pairs = doubtful(store, decisions, made) if kind != "reports" else []
    reports = _count(store, judged) if kind != "merges" else 0
    size = reports + len(pairs)
    place = max(0, min(at, size - 1))
    found = sorted(
        [*(_reports(store, judged, place + 1) if reports else ()), *map(_merge, pairs)],
        key=lambda item: (-item.doubt, item.document, item.report),
    )
    return Queue(found[place] if place < len(found) else None, place, reports, len(pairs))


_FROM = """FROM reports r
  LEFT JOIN event_reports er ON er.document_id = r.document_id AND er.report_id = r.id
  LEFT JOIN events e ON e.id = er.event_id
  ANTI JOIN (SELECT unnest($documents::VARCHAR[]) AS document_id, unnest($reports::VARCHAR[]) AS id) judged
    ON judged.document_id = r.document_id AND judged.id = r.id
  ANTI JOIN (SELECT document_id, report_id FROM corrections WHERE state IN ('applied', 'confirmed', 'conflict')) c
    ON c.document_id = r.document_id AND c.report_id = r.id"""


def _count(store: Store, judged: Sequence[Sequence[str]]) -> int:
    documents, reports = judged
    return int(next(store.rows(f"SELECT count(*) {_FROM}", {"documents": documents, "reports": reports}))[0])


def _reports(store: Store, judged: Sequence[Sequence[str]], most: int) -> Iterable[Item]:
    least = ", ".join(f"coalesce(r.confidence_{name}, 1)" for name in CONFIDENCE_FIELDS)
    names = ", ".join(f"r.confidence_{name}" for name in CONFIDENCE_FIELDS)
    sql = f"""SELECT r.document_id, r.id, least(1, 1 - least({least}) + CASE WHEN e.disputed THEN {DISPUTED} ELSE 0 END)
      AS doubt, coalesce(e.disputed, FALSE), {names} {_FROM} ORDER BY doubt DESC, r.document_id, r.position LIMIT $most"""
    documents, reports = judged
    for document, report, doubt, disputed, *scores in store.rows(
        sql, {"documents": documents, "reports": reports, "most": most}
    ):
        yield Item(round(doubt, 3), tuple(_why(scores, disputed)), document, report)


def _why(scores: Sequence[float | None], disputed: bool) -> Iterable[str]:
    if disputed:
        yield "somebody disputes the event"
    named = zip(CONFIDENCE_FIELDS, scores, strict=True)
    low = sorted((score, name) for name, score in named if score is not None and score < LOW)
    yield from (f"{_NAMES.get(name, name)} read with {score:.0%}" for score, name in low)


def _merge(pair: Doubtful) -> Item:
    document, _, report = pair.left.rpartition("#")
    return Item(pair.doubt, (pair.why,), document, report, pair)
