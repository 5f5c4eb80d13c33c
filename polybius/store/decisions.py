"""What persons decide about reports, keyed so that it outlives them: by document, trigger and quoted words.

Coding a text again gives reports of other ids. A decision is therefore looked up by where its trigger stands and what its
words are; where nothing fits, or several do, it is told as ``vanished`` or ``ambiguous`` and never dropped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from polybius.records import text_version
from polybius.report import Json
from polybius.store.journal import Decision

# The fields of a report that a person may decide. "event" stands for type and mode with what follows from them.
FIELDS = ("event", "status", "actor", "recipient", "place", "date", "attribution")
OF_EVENT = ("event", "mode", "quad_code", "event_scale")
REVIEW = ("accept", "correct", "reject")
WHOLE = "report"

# What became of a decision in the reports as they are now. "applied", "conflict" and "confirmed" hold; the rest do not.
STATES: Mapping[str, str] = {
    "applied": "stands in place of what was coded",
    "confirmed": "coding says the same",
    "conflict": "stands in place of what was coded, which is no longer what the person saw",
    "superseded": "a later decision is about the same",
    "vanished": "no report has this trigger and sentence any more",
    "ambiguous": "several reports have this trigger",
    "unplaced": "the words of the value are not in the text any more",
    "unreadable": "the entry of the journal has not the form of a decision",
}
HOLDING = ("applied", "confirmed", "conflict")


@dataclass(frozen=True, slots=True)
class Target:
    """Which report is meant: its document, its trigger with its words, its sentence, and what was coded there.

    ``said`` is the hash of the words of the sentence; None in a store without texts.
    """

    document: str
    version: str
    report: str
    start: int
    end: int
    words: str
    event: str
    sentence: tuple[int, int]
    said: str | None = None
    within: str = "text"

    @property
    def name(self) -> str:
        """As in judgements and events: "document#report"."""
        return f"{self.document}#{self.report}"


def target_of(record: Mapping[str, Any], text: str | None) -> Target:
    """The target that a report's record is. ``text`` is the document's, or None."""
    trigger, sentence = record["trigger"], record["sentence"]
    within = trigger.get("in", "text")
    return Target(
        document=record["document"]["id"],
        version=record["document"]["version"],
        report=record["id"],
        start=trigger["start"],
        end=trigger["end"],
        words=trigger["text"],
        event=record["event"],
        sentence=(sentence["start"], sentence["end"]),
        said=_said(record, text),
        within=within,
    )


def _said(record: Mapping[str, Any], text: str | None) -> str | None:
    sentence = record["sentence"]
    whole = record["document"].get("title") if sentence.get("in") == "title" else text
    return text_version(" ".join(whole[sentence["start"] : sentence["end"]].split())) if whole else None


def as_text(value: Any) -> str:
    """JSON as it stands in the journal."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)


def written(target: Target) -> str:
    """The target as text for the journal."""
    return as_text(asdict(target))


def read_target(value: str | Mapping[str, Any]) -> Target:
    """The target of a text or of an object of the journal. Raises ValueError."""
    found = json.loads(value) if isinstance(value, str) else value
    try:
        target = Target(**{**found, "sentence": tuple(found["sentence"])})
    except (TypeError, KeyError) as error:
        raise ValueError(f"no target: {error}") from None
    if not isinstance(target.start, int) or not isinstance(target.end, int) or len(target.sentence) != 2:
        raise ValueError("no target: spans are whole numbers")
    return target


def values_of(record: Mapping[str, Any], fields: Iterable[str] = FIELDS) -> Json:
    """What a record says in the fields that a person may decide."""
    return {name: {part: record[part] for part in OF_EVENT} if name == "event" else record[name] for name in fields}


@dataclass(frozen=True, slots=True)
class Coded:
    """A document with the records that coding made of it."""

    id: str
    version: str
    text: str | None
    records: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What became of one decision in one field; ``state`` is a key of STATES. ``coded`` is what stood there before."""

    document_id: str
    report_id: str | None
    journal: str
    seq: int
    kind: str
    field: str
    state: str
    coded: str | None = None
    decided: str | None = None
    author: str | None = None
    made_at: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Overlaid:
    """Records in the order of those that were coded, None where a person rejected one; and what became of each decision."""

    records: tuple[Json | None, ...]
    corrections: tuple[Correction, ...]


def key(decision: Decision) -> str:
    """How another decision names this one."""
    return f"{decision.journal}/{decision.seq}"


def standing(decisions: Sequence[Decision]) -> list[Decision]:
    """Those that nobody has taken back, in their order."""
    undone = {one.subject for one in decisions if one.kind == "undo"}
    return [one for one in decisions if one.kind != "undo" and key(one) not in undone]


def names_in(text: str | None) -> list[str]:
    """The reports that an entry names, as "document#report"."""
    if not text or text[0] not in "[{":
        return [text] if text else []
    try:
        value = json.loads(text)
    except ValueError:
        return []
    items = value if isinstance(value, list) else [value]
    named = [f"{one.get('document')}#{one['report']}" for one in items if isinstance(one, dict) and one.get("report")]
    return named + [one for one in items if isinstance(one, str)]


# --- which report is meant -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """The place of a report among the records, and by how many characters its text has moved; or what is wrong."""

    at: int | None = None
    shift: int = 0
    problem: str = ""


def find(target: Target, coded: Coded) -> Found:
    """The record that a target means now."""
    same = target.version == coded.version
    fits = _overlaps if same else _repeats
    near = [at for at, record in enumerate(coded.records) if fits(target, record, coded.text)]
    exact = [at for at in near if same and _span(coded.records[at]) == (target.start, target.end)] or near
    named = [at for at in exact if same and coded.records[at]["id"] == target.report]
    alike = named or [at for at in exact if coded.records[at]["event"] == target.event] or exact
    if len(alike) != 1:
        return Found(problem="ambiguous" if alike else "vanished")
    return Found(alike[0], 0 if same else _span(coded.records[alike[0]])[0] - target.start)


def _span(record: Json) -> tuple[int, int]:
    return record["trigger"]["start"], record["trigger"]["end"]


def _overlaps(target: Target, record: Json, text: str | None) -> bool:
    """In the same text: triggers that share a character."""
    start, end = _span(record)
    return record["trigger"].get("in", "text") == target.within and start < target.end and target.start < end


def _repeats(target: Target, record: Json, text: str | None) -> bool:
    """In an edited text: the same words in the same sentence. Another sentence may say another thing."""
    words = record["trigger"]["text"]
    return bool(words) and words == target.words and target.said is not None and _said(record, text) == target.said


# --- what it says then ---------------------------------------------------------------------------------------------


def overlay(coded: Coded, decisions: Sequence[Decision]) -> Overlaid:
    """The records under what persons decided: of two decisions on one field the later one holds."""
    work = _Work(coded)
    for decision in standing(decisions):
        if decision.kind in REVIEW:
            work.take(decision)
    return Overlaid(tuple(work.records), tuple(work.corrections))


class _Work:
    """One document's records while decisions are put over them, in the order in which they were made."""

    def __init__(self, coded: Coded) -> None:
        self.coded = coded
        self.records: list[Json | None] = list(coded.records)
        self.rows: dict[tuple[int, str], int] = {}  # record and field → the correction that holds there
        self.corrections: list[Correction] = []

    def take(self, decision: Decision) -> None:
        try:
            target = read_target(decision.subject)
            said = json.loads(decision.other or "{}")
            values, seen = dict(said.get("values", {})), dict(said.get("seen", {}))
        except (ValueError, TypeError, AttributeError) as error:
            return self._tell(decision, WHOLE, None, "unreadable", detail=str(error))
        found = find(target, self.coded)
        if found.at is None:
            return self._tell(decision, WHOLE, None, found.problem, decided=values, detail=f"“{target.words}”")
        if decision.kind == "reject":
            return self._reject(decision, found.at)
        if self.records[found.at] is None:  # a later word on a rejected report brings it back
            self.records[found.at] = self.coded.records[found.at]
            self._supersede(found.at, WHOLE)
        if decision.kind == "accept":
            self._hold(decision, WHOLE, found.at, "applied", None, None)
        for field in sorted(values):
            self._set(decision, field, values[field], seen.get(field), found)
        return None

    def _reject(self, decision: Decision, at: int) -> None:
        self.records[at] = None
        for field in (WHOLE, *FIELDS):
            self._supersede(at, field)
        self._hold(decision, WHOLE, at, "applied", None, None)

    def _set(self, decision: Decision, field: str, value: Any, seen: Any, found: Found) -> None:
        assert found.at is not None
        record = self.records[found.at]
        if field not in FIELDS or record is None:
            return self._tell(decision, field, found.at, "unreadable", detail=f"{field!r} is no field of a report")
        old = values_of(self.coded.records[found.at], [field])[field]
        try:
            new = value if field in ("event", "status") else moved(value, found.shift, self.coded, record)
        except LookupError as error:
            return self._tell(decision, field, found.at, "unplaced", old, value, str(error))
        self._supersede(found.at, field)
        self._hold(decision, field, found.at, _state(old, new, seen), old, new)
        same = _essence(old) == _essence(new)
        self.records[found.at] = _sure(record, field) if same else patched(record, field, new)
        return None

    def _supersede(self, at: int, field: str) -> None:
        row = self.rows.pop((at, field), None)
        if row is not None:
            self.corrections[row] = replace(self.corrections[row], state="superseded")

    def _hold(self, decision: Decision, field: str, at: int, state: str, old: Any, new: Any) -> None:
        self.rows[at, field] = len(self.corrections)
        self._tell(decision, field, at, state, old, new)

    def _tell(
        self,
        decision: Decision,
        field: str,
        at: int | None,
        state: str,
        coded: Any = None,
        decided: Any = None,
        detail: str | None = None,
    ) -> None:
        self.corrections.append(
            Correction(
                document_id=self.coded.id,
                report_id=None if at is None else self.coded.records[at]["id"],
                journal=decision.journal,
                seq=decision.seq,
                kind=decision.kind,
                field=field,
                state=state,
                coded=None if coded is None else as_text(coded),
                decided=None if decided is None else as_text(decided),
                author=decision.author,
                made_at=decision.made_at,
                detail=detail,
            )
        )


def _state(old: Any, new: Any, seen: Any) -> str:
    if _essence(old) == _essence(new):
        return "confirmed"
    return "applied" if seen is None or _essence(old) == _essence(seen) else "conflict"


_MATTERS = ("text", "name", "code", "sector", "country", "latitude", "longitude", "from", "to", *OF_EVENT)


def _essence(value: Any) -> Any:
    """What two values are compared by: words and codes, without places in the text, reasons and scores."""
    if isinstance(value, list):
        return [_essence(one) for one in value]
    if isinstance(value, dict):
        return {name: value[name] for name in _MATTERS if value.get(name) not in (None, [], "")}
    return value


def patched(record: Json, field: str, value: Any) -> Json:
    """A record with another value in a field, marked as decided by a person."""
    changes = value if field == "event" else {field: value}
    found_by = record["found_by"]
    by_person = found_by if found_by.endswith(PERSON) else found_by + PERSON
    return _sure({**record, **changes, "found_by": by_person}, field)


PERSON = "+person"


def _sure(record: Json, field: str) -> Json:
    return {**record, "confidence": {**record["confidence"], field: 1.0}}


def moved(value: Any, shift: int, coded: Coded, record: Json) -> Any:
    """A value with its quotations where they stand in the text now. Raises LookupError for words that are gone."""
    if isinstance(value, list):
        return [moved(one, shift, coded, record) for one in value]
    if not isinstance(value, dict):
        return value
    if value.get("start") is None or value.get("in") == "title" or coded.text is None:
        return value
    start = _place(value["text"], value["start"] + shift, coded.text)
    place = {"start": start, "end": start + len(value["text"])}
    cue = {"cue": moved(value["cue"], shift, coded, record)} if value.get("cue") else {}
    chain: Json = {"chain": []} if shift and "chain" in value else {}
    return {**value, **place, **cue, **chain}


def _place(words: str, start: int, text: str) -> int:
    """Where words stand, next to where they are expected."""
    if not words or text[start : start + len(words)] == words:
        return start
    after, before = text.find(words, max(start, 0)), text.rfind(words, 0, max(start, 0) + len(words))
    places = [at for at in (after, before) if at >= 0]
    if not places:
        raise LookupError(f"“{words}” is not in the text any more")
    return min(places, key=lambda at: abs(at - start))


# --- take-downs ----------------------------------------------------------------------------------------------------


def redacted(text: str | None, document: str) -> str | None:
    """An entry of the journal without the words of a document that is to be forgotten; itself where it holds none."""
    if not text or text[0] not in "[{":
        return text
    try:
        value = json.loads(text)
    except ValueError:
        return text
    bare = _bare(value, document)
    return text if bare == value else as_text(bare)


def _bare(value: Any, document: str) -> Any:
    if isinstance(value, list):
        return [_bare(one, document) for one in value]
    if isinstance(value, dict):
        if value.get("document") == document:
            return {"document": document, "report": value.get("report"), "forgotten": True}
        return {name: _bare(one, document) for name, one in value.items()}
    return value
