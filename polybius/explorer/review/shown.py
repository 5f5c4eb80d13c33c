"""A report as a reviewer sees it: its sentence with the fields marked, each field with its value, its score and its past."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from polybius.explorer import wording
from polybius.explorer.review.inputs import inputs
from polybius.explorer.words import Mark, highlight
from polybius.report import Json
from polybius.run.review import Reviewed, decided, reviewed
from polybius.store import Decision, Store
from polybius.store.decisions import FIELDS, Correction, values_of

AROUND = 300  # characters of the text before and after the sentence

TITLES: Mapping[str, str] = {
    "event": "What",
    "status": "Status",
    "actor": "Who",
    "recipient": "To whom",
    "place": "Where",
    "date": "When",
    "attribution": "Who says so",
}


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field in words: what it says, how sure its reading was, and what coding said where a person decided."""

    name: str
    title: str
    said: tuple[str, ...]
    confidence: float | None
    state: str | None = None
    author: str | None = None
    coded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """One report to be judged."""

    document: str
    report: str
    record: Json
    rejected: bool
    sentence: Markup
    before: str
    after: str
    fields: tuple[FieldShown, ...]
    inputs: Mapping[str, str]
    event_id: str | None
    corrections: tuple[Correction, ...] = field(default=())


def shown(store: Store, document: str, report: str, decisions: Sequence[Decision]) -> Shown:
    """The report under decisions, also those that the store has not taken in yet. Raises UnknownId."""
    found = reviewed(store, document, report, decisions)
    over = decided(store, document, decisions)[1]
    mine = tuple(one for one in over.corrections if one.report_id == report)
    record = found.shown
    before, sentence, after = _sentence(record, found)
    return Shown(
        document=document,
        report=report,
        record=record,
        rejected=found.now is None,
        sentence=sentence,
        before=before,
        after=after,
        fields=tuple(_fields(found, mine)),
        inputs=inputs(record),
        event_id=_event(store, document, report),
        corrections=mine,
    )


def _event(store: Store, document: str, report: str) -> str | None:
    sql = "SELECT event_id FROM event_reports WHERE document_id = ? AND report_id = ?"
    return next((str(id) for (id,) in store.rows(sql, [document, report])), None)


def _sentence(record: Json, found: Reviewed) -> tuple[str, Markup, str]:
    place = record["sentence"]
    title = place.get("in") == "title"
    text = record["document"].get("title") if title else found.text
    if not text:
        return "", Markup(""), ""
    start, end = place["start"], place["end"]
    marked = highlight(text, _marks(record, "title" if title else "text"), start, end)
    return _cut(text[:start], -AROUND), marked, _cut(text[end:], AROUND)


def _cut(text: str, most: int) -> str:
    """The last or the first characters of a text, in whole words where it is cut."""
    if len(text) <= abs(most):
        return text
    kept = text[most:] if most < 0 else text[:most]
    return "… " + kept.partition(" ")[2] if most < 0 else kept.rpartition(" ")[0] + " …"


def _marks(record: Json, within: str) -> Iterator[Mark]:
    named = {"actor": "actor", "recipient": "recipient", "place": "place", "attribution": "by"}
    quotes = [("trigger", record["trigger"]), ("date", record["date"])]
    quotes += [(label, filler) for role, label in named.items() for filler in record[role]]
    for label, words in quotes:
        if words["start"] is not None and words.get("in", "text") == within:
            yield Mark(words["start"], words["end"], label)


def _fields(found: Reviewed, corrections: Sequence[Correction]) -> Iterator[FieldShown]:
    values, coded = values_of(found.shown), values_of(found.coded)
    holding = {one.field: one for one in corrections if one.state in ("applied", "confirmed", "conflict")}
    for name in FIELDS:
        one = holding.get(name)
        was = said(name, coded[name])
        now = said(name, values[name])
        yield FieldShown(
            name=name,
            title=TITLES[name],
            said=now,
            confidence=found.coded["confidence"].get(name),
            state=one.state if one else None,
            author=one.author if one else None,
            coded=was if one and was != now else (),
        )


def said(name: str, value: Any) -> tuple[str, ...]:
    """A value of a field in words, one line a filler."""
    if name == "event":
        modes = wording.mode_label(";".join(value["mode"]))
        return (wording.type_label(value["event"]) + (f" · {modes}" if modes else ""),)
    if name == "status":
        return (wording.status_label(value),)
    if name == "date":
        return (_date(value),) if value["from"] or value["to"] or value["text"] else ()
    return tuple(_place(one) if name == "place" else _party(one) for one in value)


def _party(one: Json) -> str:
    coded = " ".join((one.get("code") or "no code", *one["sector"]))
    return f"{_words(one)} · {coded}"


def _words(one: Json) -> str:
    name, words = one["name"], one["text"]
    told = f"“{words}”" if words else ""
    implied = " (not in the sentence)" if one.get("implicit") else ""
    return f"{name} {told}".strip() + implied if name and name != words else (told or name or "–") + implied


def _place(one: Json) -> str:
    country = wording.country_label(one["country"]) if one["country"] else "country unknown"
    return f"{_words(one)} · {country}"


def _date(one: Json) -> str:
    first, last = (dt.date.fromisoformat(day) if day else None for day in (one["from"], one["to"]))
    words = f" “{one['text']}”" if one["text"] else ""
    return wording.days(first, last) + words
