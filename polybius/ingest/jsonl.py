"""One document a line: ``{"id", "text", "title", "published", "publisher", "url"}``, of which only text is needed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from polybius.ingest.decode import MAX_BYTES, Undecodable, decode
from polybius.ingest.document import Defaults, check
from polybius.ingest.record import Refused, kind_of, record_document
from polybius.records import Document, Rejection


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
            return check(record_document(_record(self.line), self.defaults), self.subject)
        except (Refused, Undecodable) as refused:
            return Rejection("ingest", self.subject, refused.reason, str(refused))


def _record(line: bytes) -> Mapping[str, Any]:
    if len(line) > MAX_BYTES:
        raise Refused("too_long", f"the line is longer than {MAX_BYTES:,} bytes")
    text = decode(line)
    try:
        record = json.loads(text)
    except json.JSONDecodeError as error:
        raise Refused("malformed", f"no JSON at column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise Refused("malformed", "nested too deeply") from None
    except ValueError as error:  # a number of more digits than Python reads
        raise Refused("malformed", str(error)) from None
    if not isinstance(record, dict):
        raise Refused("malformed", f"a JSON object is needed, found {kind_of(record)}")
    return record
