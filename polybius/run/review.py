"""What persons decide about single reports: accept, correct, reject. Written to the journal, looked up by trigger and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polybius.report import Json, from_json, to_json
from polybius.run.decisions import DecisionError, stored
from polybius.store import Decision, Journal, Store, UnknownId, open_reader
from polybius.store.decisions import (
    FIELDS,
    REVIEW,
    Coded,
    Overlaid,
    as_text,
    key,
    overlay,
    read_target,
    standing,
    target_of,
    values_of,
    written,
)
from polybius.store.overlay import coded_document

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One report: as it was coded, and as it is under what persons decided; ``now`` is None where it was rejected."""

    coded: Json
    now: Json | None
    text: str | None

    @property
    def shown(self) -> Json:
        """What there is to judge: a rejected report as it was coded."""
        return self.coded if self.now is None else self.now


def all_decisions(store: Store) -> list[Decision]:
    """Those that were folded into the store, then those that wait in its journal for the next writer."""
    known = stored(store)
    folded = {key(one) for one in known}
    return [*known, *(one for one in Journal(store.path).read() if key(one) not in folded)]


def of_document(decisions: Sequence[Decision], document: str) -> list[Decision]:
    """The decisions about reports of a document, and what was taken back."""
    return [one for one in decisions if one.kind == "undo" or (one.kind in REVIEW and _about(one) == document)]


def _about(decision: Decision) -> str | None:
    try:
        return read_target(decision.subject).document
    except ValueError:
        return None


def decided(store: Store, document: str, decisions: Sequence[Decision]) -> tuple[Coded, Overlaid]:
    """A document as it was coded, and as it is under decisions, also those that still wait. Raises UnknownId."""
    coded = coded_document(store.connection, document)
    if coded is None:
        raise UnknownId(f"{store.path} has no document {document!r}")
    return coded, overlay(coded, of_document(decisions, document))


def reviewed(store: Store, document: str, report: str, decisions: Sequence[Decision]) -> Reviewed:
    """One report under decisions. Raises UnknownId."""
    coded, over = decided(store, document, decisions)
    for old, new in zip(coded.records, over.records, strict=True):
        if old["id"] == report:
            return Reviewed(old, new, coded.text)
    raise UnknownId(f"{store.path} has no report {report!r} of the document {document!r}")


def accept(
    path: Path,
    document: str,
    report: str,
    values: Values | None = None,
    *,
    author: str | None = None,
    at: str | None = None,
) -> Decision:
    """Say that a report is right as it stands, or with other ``values`` in some fields: all its fields hold from now on.

    Raises StoreError.
    """
    found = _look(path, document, report)
    if values:
        _check(found, values)
    return _append(path, "accept", found, {**values_of(found.shown), **(values or {})}, author, at)


def reject(path: Path, document: str, report: str, *, author: str | None = None, at: str | None = None) -> Decision:
    """Say that there is no such event in the text: the report is taken out. Raises StoreError."""
    return _append(path, "reject", _look(path, document, report), {}, author, at)


def correct(
    path: Path, document: str, report: str, values: Values, *, author: str | None = None, at: str | None = None
) -> Decision:
    """Put other values in some fields of a report, each as in its JSON record; "event" holds type, mode and what follows
    from them. Raises StoreError."""
    if not values:
        raise DecisionError("nothing is corrected; name a field and its value")
    found = _look(path, document, report)
    _check(found, values)
    return _append(path, "correct", found, values, author, at)


def _check(found: Reviewed, values: Values) -> None:
    """Raise where the values would make no report."""
    unknown = sorted(set(values) - set(FIELDS))
    if unknown:
        raise DecisionError(f"{', '.join(unknown)} cannot be corrected; fields are {', '.join(FIELDS)}")
    changes = {name: value for name, value in values.items() if name != "event"}
    try:
        to_json(from_json({**found.coded, **changes, **values.get("event", {})}))
    except (KeyError, TypeError, ValueError) as error:
        raise DecisionError(f"the correction makes no report: {type(error).__name__}: {error}") from None


def _look(path: Path, document: str, report: str) -> Reviewed:
    with open_reader(path) as store:
        return reviewed(store, document, report, all_decisions(store))


def _append(path: Path, kind: str, found: Reviewed, values: Values, author: str | None, at: str | None) -> Decision:
    target = target_of(found.coded, found.text)
    about = {"document": target.document, "values": dict(values), "seen": values_of(found.coded, values)}
    return Journal(path).append(kind, written(target), as_text(about), author=author, made_at=at)


def verdicts(decisions: Sequence[Decision]) -> dict[str, str]:
    """What was said last of each report, by its name as "document#report": accept, correct or reject."""
    found: dict[str, str] = {}
    for one in standing(decisions):
        if one.kind in REVIEW:
            try:
                found[read_target(one.subject).name] = one.kind
            except ValueError:
                continue
    return found
