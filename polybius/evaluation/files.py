"""Gold from files: annotated reports, or JSON lines of documents and records. All faults are told together."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from polybius.evaluation.annotations import AnnotationError, read_all, split
from polybius.evaluation.gold import ROLE_KEYS, MarkedText, StateOf, as_of, from_annotated, from_records, same_state
from polybius.ingest import Defaults, read_jsonl
from polybius.records import Document, Rejection

SPLIT = "SPLIT.tsv"
SCORE_ONLY_BUCKET = 0
NOTATION_BEGINS = "# id:"

Record = Mapping[str, Any]
Fault = Callable[[str], None]


def read_gold(paths: Sequence[Path], state_of: StateOf = same_state) -> list[MarkedText]:
    """The marked texts of files, JSON lines or annotated reports; raises AnnotationError with every fault.

    A file ``SPLIT.tsv`` beside the gold gives each text its family, and keeps the errors of its bucket 0 from view.
    """
    notation = [path for path in paths if is_notation(path)]
    lines = [path for path in paths if path not in notation]
    texts = [from_annotated(report, state_of) for report in read_all(notation)] + (read_lines(lines) if lines else [])
    if repeated := [id for id, times in Counter(t.id for t in texts).items() if times > 1]:
        raise AnnotationError([f"the id {name} is used twice" for name in repeated])
    return in_split(texts, {path.parent / SPLIT for path in paths})


def is_notation(path: Path) -> bool:
    """Whether a file holds annotated reports: its first line that says something begins one."""
    with path.open(encoding="utf-8-sig") as lines:
        first = next((line for line in lines if line.strip()), "")
    return first.startswith(NOTATION_BEGINS)


def in_split(texts: Iterable[MarkedText], tables: Iterable[Path]) -> list[MarkedText]:
    """The texts with family and bucket as the split files have them; without one, families are origins."""
    known = {id: place for table in sorted(tables) if table.is_file() for id, place in split(table).items()}
    return [
        as_of(text, known[text.id][0], known[text.id][2] == SCORE_ONLY_BUCKET) if text.id in known else text
        for text in texts
    ]


# --- JSON lines ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Found:
    """The lines of one document."""

    document: Document | None = None
    records: list[Record] = field(default_factory=list)


def read_lines(paths: Iterable[Path]) -> list[MarkedText]:
    """Documents and records, in any order; a document without records has no events."""
    found: dict[str, _Found] = {}
    faults: list[str] = []
    for path in paths:
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            if line.strip():
                _file(line, f"{path}:{number}", found, faults.append)
    for id, one in found.items():
        _check_quotes(id, one, faults.append)
    if faults:
        raise AnnotationError(faults)
    return [from_records(id, one.records, one.document) for id, one in found.items()]


def _file(line: bytes, where: str, found: dict[str, _Found], fault: Fault) -> None:
    """Put a line where it belongs: one with ``event`` is a record, one with ``text`` a document."""
    try:
        record = json.loads(line)
    except ValueError as error:
        return fault(f"{where}: no JSON: {error}")
    if not isinstance(record, dict) or not ({"event", "text"} & record.keys()):
        return fault(f'{where}: expected a record (with "event") or a document (with "text")')
    if "event" in record:
        problem = _problem(record)
        if problem:
            return fault(f"{where}: {problem}")
        found.setdefault(str(record["document"]["id"]), _Found()).records.append(record)
        return None
    ((_, document),) = ((name, read()) for name, read in read_jsonl([line], where, Defaults()))
    if isinstance(document, Rejection):
        return fault(f"{where}: {document.reason} {document.detail}".rstrip())
    found.setdefault(document.id, _Found()).document = document
    return None


def _problem(record: Record) -> str | None:
    """What keeps a record from being scored: only document, type and trigger must be there."""
    document, trigger = record.get("document"), record.get("trigger")
    if not isinstance(document, dict) or not document.get("id"):
        return 'a record needs "document": {"id": ...}'
    if not isinstance(record["event"], str):
        return f'"event" must be the name of a type, found {record["event"]!r}'
    if not _is_span(trigger):
        return 'a record needs "trigger": {"start": ..., "end": ...} in characters of the text'
    names = next((key for key in ("mode", "context") if not _are_names(record.get(key, []))), None)
    if names is not None:
        return f'"{names}" must be a list of names, found {record[names]!r}'
    fillers = [(key, f) for key in ROLE_KEYS.values() for f in _fillers(record.get(key))]
    return next((f'a filler of "{key}" {fault}' for key, f in fillers if (fault := _filler_problem(f))), None)


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _fillers(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _filler_problem(value: Any) -> str | None:
    if not isinstance(value, dict):
        return f"must be an object, found {value!r}"
    if value.get("start") is not None and not _is_span(value):
        return f"must have a start before its end, or null, found {value.get('start')!r} and {value.get('end')!r}"
    if not _are_names(value.get("sector") or []):
        return f"must have a list of sectors, found {value['sector']!r}"
    days = (value.get("from"), value.get("to"))
    return None if all(map(_is_day, days)) else f"must have days like 2024-03-15, found {days}"


def _is_day(value: Any) -> bool:
    try:
        return value is None or bool(dt.date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def _is_span(value: Any) -> bool:
    start, end = (value.get("start"), value.get("end")) if isinstance(value, dict) else (None, None)
    return isinstance(start, int) and isinstance(end, int) and 0 <= start < end


def _check_quotes(id: str, found: _Found, fault: Fault) -> None:
    """Words that a record quotes must stand where it says, if the text is there."""
    if found.document is None:
        return
    for record in found.records:
        trigger = record["trigger"]
        words = found.document.text[trigger["start"] : trigger["end"]]
        if trigger.get("in", "text") == "text" and trigger.get("text", words) != words:
            fault(f"{id}: the trigger {trigger['text']!r} is not at {trigger['start']}–{trigger['end']}: {words!r}")
