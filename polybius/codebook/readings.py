"""Readings given by hand, for the examples of rules: a word a line, "form lemma UPOS head relation"."""

from __future__ import annotations

from collections.abc import Collection

from polybius.codebook.cursor import Cursor
from polybius.records import NAME_KINDS, ROLE_NAMES, STATUSES, Filler, Frame, Name, Reading, Sentence, Span

CELLS = "form lemma UPOS head relation"


def hand_reading(cursor: Cursor, types: Collection[str]) -> tuple[str, Reading | None]:
    """The text and the reading of one sentence: words, and names and frames by their words."""
    fields = cursor.fields(("words",), ("names", "frames"))
    sentence = _sentence(fields["words"]) if "words" in fields else None
    if sentence is None:
        return "", None
    text = " ".join(sentence.forms)
    names = tuple(_names(fields.get("names"), text))
    frames = tuple(_frame(item, text, types) for item in (fields["frames"].items() if "frames" in fields else ()))
    return text, Reading("example", (sentence,), names, frames)


def _sentence(cursor: Cursor) -> Sentence | None:
    rows = [line.split() for line in str(cursor.node.value).splitlines() if line.strip()]
    bad = next((number for number, row in enumerate(rows, 1) if not _right(row, len(rows))), None)
    if bad is not None or not rows:
        cursor.fault(f"word {bad or 1}: expected {CELLS!r} with a head from 0 to {len(rows)}")
        return None
    starts, at = [], 0
    for row in rows:
        starts.append(at)
        at += len(row[0]) + 1
    ends = [start + len(row[0]) for start, row in zip(starts, rows, strict=True)]
    forms, lemmas, upos, heads, deprels = (tuple(column) for column in zip(*(row[:5] for row in rows), strict=True))
    feats = tuple(row[5] if len(row) > 5 else "_" for row in rows)
    return Sentence(
        0,
        Span(0, ends[-1]),
        forms,
        tuple(starts),
        tuple(ends),
        lemmas,
        upos,
        feats,
        tuple(int(h) - 1 for h in heads),
        deprels,
    )


def _right(row: list[str], size: int) -> bool:
    return len(row) in (5, 6) and row[3].isdecimal() and 0 <= int(row[3]) <= size


def _names(cursor: Cursor | None, text: str) -> list[Name]:
    found = []
    for words, key, value in cursor.entries() if cursor else ():
        kind = value.one_of("kind of name", NAME_KINDS)
        if kind in NAME_KINDS:
            found.append(Name(_span(key, words, text), kind, 0))
    return found


def _frame(cursor: Cursor, text: str, types: Collection[str]) -> Frame:
    fields = cursor.fields(("trigger", "event"), ("status", *ROLE_NAMES))
    trigger = fields.get("trigger", cursor)
    status = fields["status"].one_of("status", STATUSES) if "status" in fields else "actual"
    event = fields["event"].one_of("event type", types) if "event" in fields else ""
    actor, recipient, place, date, by = (_filler(fields.get(role), text) for role in ROLE_NAMES)
    span = _span(trigger, trigger.name(), text)
    statuses = ((status, 1.0),)
    return Frame(span, 0, event, 1.0, (), statuses, actor, recipient, place, date, by)


def _filler(cursor: Cursor | None, text: str) -> tuple[Filler, ...]:
    return () if cursor is None else (Filler(_span(cursor, cursor.name(), text)),)


def _span(cursor: Cursor, words: str, text: str) -> Span:
    """Where words stand in the text; that they do not is a fault."""
    at = text.find(words)
    if at < 0:
        cursor.fault(f"{words!r} does not stand in {text!r}")
        return Span(0, 1)
    return Span(at, at + len(words))
