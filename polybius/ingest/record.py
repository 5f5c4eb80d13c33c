"""A row or an object with named fields → a document: what JSON Lines, CSV and Parquet have in common."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from polybius.ingest.dates import parse_date
from polybius.ingest.document import SURROGATE, Defaults, check, make_document
from polybius.ingest.piece import Item
from polybius.records import Document, Rejection

KEYS = ("id", "text", "title", "published", "publisher", "url")


class Refused(ValueError):
    """A record that gives no document: reason and detail."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def record_item(record: Mapping[str, Any], subject: str, defaults: Defaults) -> Item:
    """The record's document, or why there is none."""
    try:
        return Item(subject, check(record_document(record, defaults), subject))
    except Refused as refused:
        return Item(subject, Rejection("ingest", subject, refused.reason, str(refused)))


def record_document(record: Mapping[str, Any], defaults: Defaults) -> Document:
    """The document of a record with the keys of ``KEYS``, of which only text is needed."""
    record = rename(record, defaults.columns)
    if not isinstance(record.get("text"), str):
        found = (
            kind_of(record["text"]) if "text" in record else f"only the keys {', '.join(map(repr, record)) or 'none'}"
        )
        raise Refused("malformed", f'"text" must be a string, found {found}')
    return make_document(
        record["text"],
        id=_id(record),
        title=_string(record, "title"),
        published=_published(record) or defaults.published,
        publisher=_string(record, "publisher") or defaults.publisher,
        url=_string(record, "url"),
    )


def rename(record: Mapping[str, Any], columns: Mapping[str, str]) -> Mapping[str, Any]:
    """The record under the names that are looked for; ``columns`` says what they are called in it."""
    if not columns:
        return record
    renamed = {key: record[column] for key, column in columns.items() if column in record}
    return {**{key: value for key, value in record.items() if key not in columns}, **renamed}


def _id(record: Mapping[str, Any]) -> str | None:
    """Numbers are common as ids and are kept as written."""
    value = record.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(record, "id")


def _string(record: Mapping[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, str) and not SURROGATE.search(value):
        return value
    if isinstance(value, str):
        raise Refused("malformed", f'"{key}" holds half of a surrogate pair')
    raise Refused("malformed", f'"{key}" must be a string or null, found {kind_of(value)}')


def _published(record: Mapping[str, Any]) -> dt.date | None:
    value = _string(record, "published")
    try:
        return None if value is None else parse_date(value)
    except ValueError as error:
        raise Refused("bad_date", f'"published": {error}') from None


def kind_of(value: object) -> str:
    """A value's type in the words of JSON."""
    names = {dict: "an object", list: "an array", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
