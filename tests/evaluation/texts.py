"""Marked texts made by hand."""

from __future__ import annotations

from typing import Any

from polybius.evaluation.gold import Mark, MarkedText, Party
from polybius.records import Document, text_version

Span = tuple[int, int]


def party(
    span: Span | None, words: str = "", code: str | None = None, *sectors: str, names: tuple[str, ...] = ()
) -> Party:
    """A filler whose code and sectors are given."""
    return Party(span, words, frozenset((*names, *([words.lower()] if words else ()))), code, sectors, True)


def mark(
    event: str,
    trigger: Span,
    status: str = "actual",
    modes: tuple[str, ...] = (),
    incident: str | None = None,
    **roles: Any,
) -> Mark:
    """A mark with all five roles; those that are not given are empty."""
    filled = {role: tuple(roles.get(role, ())) for role in ("actor", "recipient", "place", "date", "by")}
    return Mark(event, trigger, frozenset(modes), status, incident, filled)


def text(*marks: Mark, words: str = "", sentences: tuple[Span, ...] = (), **more: Any) -> MarkedText:
    """A text called "d"."""
    document = Document("d", text_version(words), words) if words else None
    return MarkedText("d", marks, document, sentences, **more)
