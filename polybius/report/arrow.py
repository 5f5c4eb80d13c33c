"""A report as a row of an Arrow table, nothing flattened. pyarrow is the extra [arrow]; the core never imports it."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Mapping
from typing import Any

from polybius.report.read import from_json
from polybius.report.types import Report
from polybius.report.write import Json, to_json

# A type is a name, a list with the type of its items, or a mapping of field names to types.
_QUOTE = {"text": "string", "start": "int64", "end": "int64", "in": "string"}
_RESOLUTION = {"status": "string", "reason": "string", "runners_up": ["string"]}
_PARTY = {
    **_QUOTE,
    "implicit": "bool",
    "name": "string",
    "code": "string",
    "sector": ["string"],
    "identifier": "string",
}
_SOURCE = {**_PARTY, "cue": _QUOTE, **_RESOLUTION}
_SIZE = {"low": "int64", "best": "int64", "high": "int64", **_QUOTE, "attribution": [_SOURCE]}
_ACTOR = {**_PARTY, "chain": [{"start": "int64", "end": "int64"}], **_RESOLUTION}
_PLACE = {
    **_QUOTE,
    "implicit": "bool",
    "name": "string",
    "country": "string",
    "admin1": "string",
    "latitude": "float64",
    "longitude": "float64",
    "geonames": "int64",
    "precision_km": "float64",
    **_RESOLUTION,
}
_DATE = {**_QUOTE, "implicit": "bool", "from": "date32", "to": "date32", "granularity": "string", **_RESOLUTION}
_DOCUMENT = {
    "id": "string",
    "version": "string",
    "url": "string",
    "publisher": "string",
    "title": "string",
    "published": "date32",
    "language": "string",
}

ARROW_FIELDS: Mapping[str, Any] = {
    "id": "string",
    "schema": "int64",
    "document": _DOCUMENT,
    "sentence": {"index": "int64", "start": "int64", "end": "int64", "in": "string"},
    "event": "string",
    "mode": ["string"],
    "context": ["string"],
    "status": "string",
    "quad_code": "string",
    "event_scale": "float64",
    "trigger": _QUOTE,
    "actor": [_ACTOR],
    "recipient": [_ACTOR],
    "date": _DATE,
    "place": [_PLACE],
    "attribution": [_SOURCE],
    "size": {"killed": _SIZE, "injured": _SIZE, "arrested": _SIZE},
    "incident": "string",
    "found_by": "string",
    "confidence": [{"field": "string", "score": "float64"}],
    "stamp": "string",
}


def arrow_schema() -> Any:
    """The Arrow schema of reports; needs the extra [arrow], which the core never imports."""
    try:
        pa = importlib.import_module("pyarrow")
    except ImportError as error:
        raise ImportError('Arrow needs pyarrow: pip install "polybius[arrow]"') from error
    return pa.schema([pa.field(name, _arrow_type(pa, kind)) for name, kind in ARROW_FIELDS.items()])


def _arrow_type(pa: Any, kind: Any) -> Any:
    if isinstance(kind, list):
        return pa.list_(_arrow_type(pa, kind[0]))
    if isinstance(kind, dict):
        return pa.struct([pa.field(name, _arrow_type(pa, part)) for name, part in kind.items()])
    return getattr(pa, "bool_" if kind == "bool" else kind)()


def to_arrow(report: Report) -> Json:
    """``report`` as a row that fits ``arrow_schema()``: every key present, dates as dates."""
    record = to_json(report)
    for role in ("actor", "recipient"):
        for party in record[role]:
            party["chain"] = [{"start": start, "end": end} for start, end in party["chain"]]
    record["confidence"] = [{"field": name, "score": score} for name, score in report.confidence]
    row: Json = _fit(record, ARROW_FIELDS)
    return row


def _fit(value: Any, kind: Any) -> Any:
    """``value`` with every key that ``kind`` names and the Python types that Arrow expects."""
    if isinstance(kind, list):
        return [_fit(item, kind[0]) for item in value or ()]
    if isinstance(kind, Mapping):
        return None if value is None else {name: _fit(value.get(name), part) for name, part in kind.items()}
    if kind == "date32":
        return None if value is None else dt.date.fromisoformat(value)
    return bool(value) if kind == "bool" else value


def from_arrow(row: Mapping[str, Any]) -> Report:
    """The report of a row that ``to_arrow`` made, or that came back from a table of ``arrow_schema()``."""
    record = _unfit(row)
    for role in ("actor", "recipient"):
        for party in record[role]:
            party["chain"] = [(span["start"], span["end"]) for span in party["chain"]]
    record["confidence"] = {pair["field"]: pair["score"] for pair in record["confidence"]}
    return from_json(record)


def _unfit(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _unfit(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_unfit(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value
