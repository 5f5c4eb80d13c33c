"""One document a line: ``{"id", "text", "title", "published", "publisher", "url"}``, of which only text is needed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from polybius.ingest.dates import parse_date
from polybius.ingest.decode import Undecodable, decode
from polybius.ingest.document import SURROGATE, Defaults, check, make_document
from polybius.records import Document, Rejection

KEYS = ("id", "text", "title", "published", "publisher", "url")


class _Refused(ValueError):
    """A line that gives no document: reason and detail."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def read_jsonl(
    lines: Iterable[bytes], subject: str, defaults: Defaults
) -> Iterator[tuple[str, Callable[[], Document | Rejection]]]:
    """Each line that is not blank as its name and what reads it; ids and texts stay as they are."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            name = f"{subject}:{number}"
            yield name, _Line(line, name, defaults)


class _Line:
    """A line to be read when it is its turn."""

    __slots__ = ("defaults", "line", "subject")

    def __init__(self, line: bytes, subject: str, defaults: Defaults) -> None:
        self.line, self.subject, self.defaults = line, subject, defaults

    def __call__(self) -> Document | Rejection:
        try:
            return check(_document(_record(self.line), self.defaults), self.subject)
        except (_Refused, Undecodable) as refused:
            return Rejection("ingest", self.subject, refused.reason, str(refused))


def _record(line: bytes) -> Mapping[str, Any]:
    try:
        record = json.loads(decode(line))
    except json.JSONDecodeError as error:
        raise _Refused("malformed", f"no JSON at column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise _Refused("malformed", "nested too deeply") from None
    if not isinstance(record, dict):
        raise _Refused("malformed", f"a JSON object is needed, found {_kind(record)}")
    return record


def _document(record: Mapping[str, Any], defaults: Defaults) -> Document:
    if not isinstance(record.get("text"), str):
        found = _kind(record["text"]) if "text" in record else f"only the keys {', '.join(map(repr, record)) or 'none'}"
        raise _Refused("malformed", f'"text" must be a string, found {found}')
    return make_document(
        record["text"],
        id=_id(record),
        title=_string(record, "title"),
        published=_published(record) or defaults.published,
        publisher=_string(record, "publisher") or defaults.publisher,
        url=_string(record, "url"),
    )


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
        raise _Refused("malformed", f'"{key}" holds half of a surrogate pair')
    raise _Refused("malformed", f'"{key}" must be a string or null, found {_kind(value)}')


def _published(record: Mapping[str, Any]) -> Any:
    value = _string(record, "published")
    try:
        return None if value is None else parse_date(value)
    except ValueError as error:
        raise _Refused("bad_date", f'"published": {error}') from None


def _kind(value: object) -> str:
    names = {dict: "an object", list: "an array", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
