"""The largest events: where assembly went too far, it shows here."""

from __future__ import annotations

from pathlib import Path

from polybius.query.opened import ask, opened
from polybius.query.table import Table

_LARGEST = """
WITH top AS (SELECT id, event, status, n_reports, n_sources FROM events ORDER BY n_reports DESC, id LIMIT $most),
spread AS (SELECT er.event_id AS id, count(DISTINCT er.document_id) AS n_documents,
    min(coalesce(r.date_from, r.date_to)) AS first_day, max(coalesce(r.date_to, r.date_from)) AS last_day
  FROM event_reports er JOIN top ON top.id = er.event_id
  JOIN reports r ON r.document_id = er.document_id AND r.id = er.report_id GROUP BY er.event_id)
SELECT id, event, status, n_reports, n_documents, n_sources, first_day, last_day, last_day - first_day AS days
FROM top LEFT JOIN spread USING (id) ORDER BY n_reports DESC, id"""


def largest(path: Path | str, most: int = 10) -> Table:
    """The events of most reports, with documents, sources, and the first and the last day that a report gives.

    Dates that spread far are reports of several events, or vague dates. Raises StoreError.
    """
    with opened(path) as store:
        return ask(store, _LARGEST, {"most": most})
