"""Views over a store, with documented columns. ``docs/query.md`` prints them; a test compares the two.

They are made at every opening, for this connection only: the file is never changed by asking.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from polybius.store import Store


@dataclass(frozen=True, slots=True)
class View:
    """What a view has one row of, its SELECT, and its columns with what they hold."""

    row: str
    sql: str
    columns: Mapping[str, str]


_EVENT_COLUMNS = {
    "id": "the event",
    "event": "type",
    "mode": "`;` between several",
    "context": "`;` between several",
    "status": "`actual`, `future`, `hypothetical`, `negated` or `historical`",
    "quad_code": "verbal or material, cooperation or conflict",
    "event_scale": "−10 to +10",
    "date_from": "first day, where it is known",
    "date_to": "last day",
    "actor": "names, `;` between several",
    "actor_code": "codes in the same order, empty where unknown",
    "recipient": "names",
    "recipient_code": "codes; NULL where nobody receives",
    "symmetric": "nobody receives and there are several actors: all parties are actors",
    "place": "name",
    "place_country": "ISO 3166 alpha-3",
    "place_admin1": "first-order division",
    "latitude": "degrees",
    "longitude": "degrees",
    "precision_km": "radius within which the place lies",
    "n_reports": "reports behind the event",
    "n_sources": "independent sources behind it",
    "belief": "0 to 1",
    "disputed": "somebody denies it, or claims a rival version",
}

_REPORT_COLUMNS = {
    "id": "the report; unique together with `document_id`",
    "document_id": "the document",
    "event_id": "the event it became part of; NULL before assembly",
    "url": "of the document",
    "publisher": "of the document",
    "title": "of the document",
    "published": "day",
    "sentence": "number of the sentence, from 0",
    "event": "type",
    "mode": "`;` between several",
    "context": "`;` between several",
    "status": "as above",
    "quad_code": "as above",
    "event_scale": "−10 to +10",
    "trigger": "the words that name the event",
    "actor": "names, `;` between several",
    "actor_code": "codes in the same order",
    "actor_sector": "sectors, `,` between those of one actor",
    "recipient": "names",
    "recipient_code": "codes; NULL where nobody receives",
    "recipient_sector": "sectors",
    "symmetric": "nobody receives and there are several actors",
    "date_from": "first day",
    "date_to": "last day",
    "place": "names",
    "place_country": "ISO 3166 alpha-3",
    "place_admin1": "first-order division",
    "latitude": "of the first place",
    "longitude": "of the first place",
    "precision_km": "of the first place",
    "attribution": "who says so; NULL where the publisher does",
    "killed": "number",
    "injured": "number",
    "arrested": "number",
    "confidence": "how likely type, actors and recipients are all right, 0 to 1",
    "decided": "fields that a person decided, `;` between several, `report` where all were accepted; NULL where nobody did",
}

_DYAD_COLUMNS = {
    "event_id": "the event",
    "source": "code of an actor; of a symmetric pair the first in the alphabet",
    "target": "code of a recipient, or the other of a symmetric pair",
    "symmetric": "an unordered pair, which stands here once",
    "event": "type",
    "status": "as above",
    "quad_code": "as above",
    "event_scale": "−10 to +10",
    "date_from": "first day",
    "date_to": "last day",
    "n_reports": "reports behind the event",
    "n_sources": "independent sources behind it",
}

_SYMMETRIC = "(recipient_code IS NULL AND coalesce(contains(actor_code, ';'), FALSE))"
_NAMES = "array_to_string(json_extract_string(record, '$.{}[*].name'), ';')"
_OF_EVENT = ", ".join(f"e.{name}" for name in list(_DYAD_COLUMNS)[4:])

# How sure a row of ``reports r`` is; a record that was coded without a calibration has only the reader's score of its type.
CORE = (
    "CAST(coalesce(json_extract_string(r.record, '$.confidence.core'), "
    "json_extract_string(r.record, '$.confidence.event')) AS DOUBLE)"
)

_EVENTS = f"""
SELECT id, event, mode, context, status, quad_code, event_scale, date_from, date_to,
  nullif({_NAMES.format("actor")}, '') AS actor, actor_code,
  nullif({_NAMES.format("recipient")}, '') AS recipient, recipient_code, {_SYMMETRIC} AS "symmetric",
  place, place_country, place_admin1, latitude, longitude,
  CAST(json_extract_string(record, '$.place.precision_km') AS DOUBLE) AS precision_km,
  n_reports, n_sources, belief, disputed
FROM events"""

_REPORTS = f"""
SELECT r.id, r.document_id, er.event_id, url, publisher, title, published, sentence, event, mode, context, status,
  quad_code, event_scale, "trigger", actor, actor_code, actor_sector, recipient, recipient_code, recipient_sector,
  {_SYMMETRIC} AS "symmetric", date_from, date_to, place, place_country, place_admin1, latitude, longitude, precision_km,
  attribution, killed, injured, arrested, {CORE} AS confidence, c.decided
FROM reports r LEFT JOIN event_reports er ON er.document_id = r.document_id AND er.report_id = r.id
LEFT JOIN (SELECT document_id, report_id, string_agg(DISTINCT field, ';' ORDER BY field) AS decided FROM corrections
  WHERE state IN ('applied', 'confirmed', 'conflict') GROUP BY document_id, report_id) c
  ON c.document_id = r.document_id AND c.report_id = r.id"""

_PARTIES = " UNION ALL ".join(
    f"""SELECT id AS event_id, '{role}' AS role, unnest(generate_series(1, len(string_split({role}_code, ';')))) AS position,
  unnest(string_split({role}_code, ';')) AS code FROM events WHERE {role}_code IS NOT NULL"""
    for role in ("actor", "recipient")
)

_DYADS = f"""
SELECT DISTINCT a.event_id, a.code AS source, r.code AS target, FALSE AS "symmetric", {_OF_EVENT}
FROM party_rows a JOIN party_rows r ON a.event_id = r.event_id JOIN events e ON e.id = a.event_id
WHERE a.role = 'actor' AND r.role = 'recipient' AND a.code <> '' AND r.code <> ''
UNION ALL
SELECT DISTINCT a.event_id, least(a.code, b.code), greatest(a.code, b.code), TRUE, {_OF_EVENT}
FROM party_rows a JOIN party_rows b ON a.event_id = b.event_id JOIN events e ON e.id = a.event_id
WHERE e.recipient_code IS NULL AND a.position < b.position AND a.code <> '' AND b.code <> ''"""

# In the order in which they are made: a view reads tables and views above it only.
VIEWS: Mapping[str, View] = {
    "event_rows": View("an event", _EVENTS, _EVENT_COLUMNS),
    "report_rows": View("a report", _REPORTS, _REPORT_COLUMNS),
    "party_rows": View(
        "an actor or recipient of an event",
        _PARTIES,
        {
            "event_id": "the event",
            "role": "`actor` or `recipient`",
            "position": "among those of the role, from 1",
            "code": "empty where unknown",
        },
    ),
    "dyad_rows": View("a pair of parties of an event, both of known code", _DYADS, _DYAD_COLUMNS),
    "days_read": View(
        "a day and a publisher",
        """SELECT published AS day, publisher, count(*) AS documents FROM documents
           WHERE published IS NOT NULL GROUP BY published, publisher""",
        {"day": "of publication", "publisher": "or NULL", "documents": "how many were read, with and without events"},
    ),
}


def make_views(store: Store) -> None:
    """Make the views on the connection of an open store."""
    for name, view in VIEWS.items():
        store.connection.execute(f"CREATE TEMP VIEW {name} AS {view.sql}")
