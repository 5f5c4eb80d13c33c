"""The tables of a store: names, columns and what they hold. ``docs/store.md`` prints them; a test compares the two."""

from __future__ import annotations

from collections.abc import Mapping

from polybius.report import FLAT_COLUMNS

VERSION = 3

Columns = tuple[tuple[str, str], ...]

# Columns of ``reports`` beside the flat ones. ``seq`` counts writes of documents: a report with a larger one than that of
# the last assembly is new or has been coded again. An id alone is not unique: the same text under two ids gives the same
# report ids, so a report is found by (document_id, id).
_REPORT: Columns = (
    *FLAT_COLUMNS,
    ("position", "INTEGER"),  # in the document, from 0
    ("seq", "BIGINT"),
    ("record", "VARCHAR"),  # the whole JSON record
    ("vector", "BLOB"),  # of the trigger; NULL where coding did not hand it on
)

_DOCUMENT: Columns = (
    ("id", "VARCHAR"),
    ("version", "VARCHAR"),  # hash of the text
    ("digest", "VARCHAR"),  # hash of text and description: what makes a document another one
    ("url", "VARCHAR"),
    ("publisher", "VARCHAR"),
    ("title", "VARCHAR"),
    ("language", "VARCHAR"),
    ("published", "DATE"),
    ("characters", "BIGINT"),
    ("n_reports", "INTEGER"),
    ("stamp", "VARCHAR"),  # of the run that coded it
    ("seq", "BIGINT"),
)

_GROUNDING: Columns = (
    ("document_id", "VARCHAR"),
    ("report_id", "VARCHAR"),
    ("role", "VARCHAR"),  # actor, recipient, place, date, attribution
    ("position", "INTEGER"),  # among the fillers of the role, from 0
    ("words", "VARCHAR"),
    ("start_char", "BIGINT"),
    ("end_char", "BIGINT"),
    ("implicit", "BOOLEAN"),
    ("status", "VARCHAR"),  # resolved, ambiguous, not_found
    ("reason", "VARCHAR"),
    ("name", "VARCHAR"),
    ("code", "VARCHAR"),  # of an actor, or the country of a place
    ("sectors", "VARCHAR"),  # with "," between them
    ("identifier", "VARCHAR"),
    ("admin1", "VARCHAR"),
    ("latitude", "DOUBLE"),
    ("longitude", "DOUBLE"),
    ("geonames", "BIGINT"),
    ("precision_km", "DOUBLE"),
    ("date_from", "DATE"),
    ("date_to", "DATE"),
    ("granularity", "VARCHAR"),
)

_EVENT: Columns = (
    ("id", "VARCHAR"),
    ("event", "VARCHAR"),
    ("mode", "VARCHAR"),
    ("context", "VARCHAR"),
    ("status", "VARCHAR"),
    ("quad_code", "VARCHAR"),
    ("event_scale", "DOUBLE"),
    ("date_from", "DATE"),
    ("date_to", "DATE"),
    ("actor_code", "VARCHAR"),  # as in reports: ";" between fillers
    ("recipient_code", "VARCHAR"),
    ("place", "VARCHAR"),
    ("place_country", "VARCHAR"),
    ("place_admin1", "VARCHAR"),
    ("latitude", "DOUBLE"),
    ("longitude", "DOUBLE"),
    ("n_reports", "INTEGER"),
    ("n_sources", "INTEGER"),
    ("belief", "DOUBLE"),
    ("disputed", "BOOLEAN"),
    ("record", "VARCHAR"),  # the whole event as JSON
    ("stamp", "VARCHAR"),  # of the assembly that made it
)

TABLES: Mapping[str, Columns] = {
    "meta": (("key", "VARCHAR"), ("value", "VARCHAR")),
    "runs": (("stamp", "VARCHAR"), ("manifest", "VARCHAR")),
    "documents": _DOCUMENT,
    "texts": (("document_id", "VARCHAR"), ("text", "VARCHAR")),
    "sentences": (
        ("document_id", "VARCHAR"),
        ("number", "INTEGER"),
        ("start_char", "BIGINT"),
        ("end_char", "BIGINT"),
    ),
    "reports": _REPORT,
    "groundings": _GROUNDING,
    "rejections": (
        ("subject", "VARCHAR"),
        ("stage", "VARCHAR"),
        ("reason", "VARCHAR"),
        ("detail", "VARCHAR"),
    ),
    "tombstones": (("document_id", "VARCHAR"), ("reason", "VARCHAR")),
    # What was replaced. kind is "document" or "event"; number counts from 1 for each id; digest is the document's.
    "history": (
        ("kind", "VARCHAR"),
        ("id", "VARCHAR"),
        ("number", "INTEGER"),
        ("cause", "VARCHAR"),  # corrected, recoded; for events what assembly says
        ("digest", "VARCHAR"),
        ("record", "VARCHAR"),
    ),
    # People's decisions, folded in from the journal; (journal, seq) is unique. See polybius.store.journal.
    "judgements": (
        ("journal", "VARCHAR"),
        ("seq", "BIGINT"),
        ("kind", "VARCHAR"),  # one of polybius.store.journal.KINDS
        ("subject", "VARCHAR"),
        ("other", "VARCHAR"),
        ("author", "VARCHAR"),
        ("made_at", "VARCHAR"),
        ("note", "VARCHAR"),
    ),
    # Reports as coding made them, of which a person changed or rejected some part. See polybius.store.overlay.
    "originals": _REPORT,
    # What became of each decision about a report, in each field; state is a key of polybius.store.decisions.STATES.
    "corrections": (
        ("document_id", "VARCHAR"),
        ("report_id", "VARCHAR"),
        ("journal", "VARCHAR"),
        ("seq", "BIGINT"),
        ("kind", "VARCHAR"),  # accept, correct, reject
        ("field", "VARCHAR"),
        ("state", "VARCHAR"),
        ("coded", "VARCHAR"),  # JSON: what coding says
        ("decided", "VARCHAR"),  # JSON: what the person says
        ("author", "VARCHAR"),
        ("made_at", "VARCHAR"),
        ("detail", "VARCHAR"),
    ),
    # Of texts, as MinHash: they find near-copies also where no text is kept.
    "signatures": (("document_id", "VARCHAR"), ("seq", "BIGINT"), ("signature", "BLOB")),
    "origins": (("document_id", "VARCHAR"), ("origin", "VARCHAR"), ("evidence", "VARCHAR")),
    "events": _EVENT,
    "event_reports": (
        ("event_id", "VARCHAR"),
        ("document_id", "VARCHAR"),
        ("report_id", "VARCHAR"),
    ),
    "event_links": (("source", "VARCHAR"), ("target", "VARCHAR"), ("kind", "VARCHAR"), ("evidence", "VARCHAR")),
    # What assembly keeps, so that the next one loads only what new documents can reach. See polybius.run.assembly.
    "articles": (
        ("document_id", "VARCHAR"),
        ("seq", "BIGINT"),  # of the write that was assembled
        ("decided", "VARCHAR"),  # hash of the reports where a person changed one
        ("origin", "VARCHAR"),  # NULL while it is not assembled
        ("words", "VARCHAR"),  # JSON: rare words with their weights
    ),
    "accounts": (
        ("id", "VARCHAR"),
        ("document_id", "VARCHAR"),
        ("kind", "VARCHAR"),  # family of types / class of status
        ("first_week", "INTEGER"),
        ("last_week", "INTEGER"),
        ("clues", "BLOB"),  # hashes of eight bytes
        ("features", "VARCHAR"),  # JSON: what is compared
        ("part", "VARCHAR"),  # the smallest id of those that are clustered together; NULL while it is not assembled
        ("event_id", "VARCHAR"),
    ),
    "event_keys": (("event_id", "VARCHAR"), ("key", "BIGINT")),  # hashes of parties and weeks, for links
}

# Tables that are computed from the others and may be dropped and made again.
DERIVED = ("origins", "events", "event_reports", "event_links", "articles", "accounts", "event_keys")

# Tables whose rows belong to one document: what ``forget`` and a correction take away.
OF_DOCUMENT = (
    "texts", "sentences", "reports", "groundings", "signatures", "origins", "event_reports", "originals", "corrections",
)  # fmt: skip


def create_statements() -> tuple[str, ...]:
    """The statements that make an empty store, without its version."""
    return tuple(create_statement(name, columns) for name, columns in TABLES.items())


def create_statement(table: str, columns: Columns) -> str:
    """One CREATE TABLE. No keys: DuckDB keeps their index in memory, and forbids to delete and write a key at once."""
    return f"CREATE TABLE {table} ({', '.join(f'{quoted(name)} {kind}' for name, kind in columns)})"


def quoted(name: str) -> str:
    """A column's name in SQL."""
    return f'"{name}"'
