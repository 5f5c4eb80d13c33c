"""What a store holds, in a few small tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from polybius.query.asked import Asked
from polybius.query.opened import ask, opened
from polybius.query.table import Table

_HOLDS = """SELECT count(*) AS documents, count(*) FILTER (n_reports > 0) AS with_reports,
  (SELECT count(*) FROM rejections) AS rejected, (SELECT count(*) FROM reports) AS reports,
  (SELECT count(*) FROM events) AS events,
  (SELECT count(*) FROM (SELECT 1 FROM event_reports GROUP BY event_id HAVING count(DISTINCT document_id) > 1))
    AS of_several_documents,
  min(published) AS first_day, max(published) AS last_day FROM documents"""
_STATUSES = "SELECT status, count(*) AS n_reports FROM reports GROUP BY status ORDER BY n_reports DESC, status"
_PUBLISHERS = """SELECT publisher, count(*) AS documents, CAST(sum(n_reports) AS BIGINT) AS n_reports FROM documents
  GROUP BY publisher ORDER BY documents DESC, publisher LIMIT 10"""
_TYPES = """SELECT event, count(*) AS n_events, CAST(sum(n_reports) AS BIGINT) AS n_reports,
  round(avg(n_sources), 2) AS mean_sources, count(*) FILTER (disputed) AS disputed
  FROM event_rows WHERE {} GROUP BY event ORDER BY n_events DESC, event"""
_ACTORS = """SELECT code, count(DISTINCT event_id) AS n_events, count(DISTINCT event_id) FILTER (role = 'actor') AS as_actor,
  count(DISTINCT event_id) FILTER (role = 'recipient') AS as_recipient
  FROM party_rows WHERE code <> '' AND event_id IN (SELECT id FROM event_rows WHERE {})
  GROUP BY code ORDER BY n_events DESC, code LIMIT 10"""


def summary(path: Path | str, asked: Asked | None = None, **words: Any) -> Mapping[str, Table]:
    """What the store holds, statuses of reports and publishers; event types and actors of the events that are asked for.

    The last two are empty where there are no events yet. Raises QueryError, StoreError.
    """
    asked = asked or Asked(**words)
    with opened(path) as store:
        condition, values = asked.checked(store).of_events()
        return {
            "store": ask(store, _HOLDS, {}),
            "statuses": ask(store, _STATUSES, {}),
            "publishers": ask(store, _PUBLISHERS, {}),
            "types": ask(store, _TYPES.format(condition), values),
            "actors": ask(store, _ACTORS.format(condition), values),
        }
