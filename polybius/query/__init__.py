"""Questions to a store: events and reports, dyads, time series, networks, summaries and exports.

>>> from polybius import query
>>> for event in query.events("news.duckdb", actor="PRK", event="CONSULT"):
...     print(event["date_from"], event["actor"], event["recipient"])

What comes back is a Table: an iterator over mappings, with to_arrow(), to_polars() and to_pandas().
"""

from polybius.query.asked import DEFAULT_STATUS, EVERY, Asked
from polybius.query.errors import NoEvents, QueryError
from polybius.query.exports import FORMATS, Losses, export
from polybius.query.graph import network
from polybius.query.largest import largest
from polybius.query.lists import events, reports
from polybius.query.opened import opened, outdated
from polybius.query.overview import summary
from polybius.query.series import PERIODS, dyads, timeline
from polybius.query.table import Table
from polybius.query.views import VIEWS, View

__all__ = [
    "DEFAULT_STATUS",
    "EVERY",
    "FORMATS",
    "PERIODS",
    "VIEWS",
    "Asked",
    "Losses",
    "NoEvents",
    "QueryError",
    "Table",
    "View",
    "dyads",
    "events",
    "export",
    "largest",
    "network",
    "opened",
    "outdated",
    "reports",
    "summary",
    "timeline",
]
