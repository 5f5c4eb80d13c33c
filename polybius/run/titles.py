"""Titles coded on request: a title is read as a text of its own, and its reports say that they stand there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from polybius.records import Document, text_version
from polybius.report import Quote, Report, SentenceRef, document_ref


def code_title(document: Document, code: Callable[[Document], tuple[Report, ...]]) -> tuple[Report, ...]:
    """The reports of the document's title. Their incidents are apart from the text's: nothing links the two yet."""
    if not document.title or not document.title.strip():
        return ()
    title = replace(document, text=document.title, title=None, version=text_version(document.title))
    return tuple(_in_title(report, document) for report in code(title))


def _in_title(report: Report, document: Document) -> Report:
    moved: Report = _move(report)
    return replace(moved, document=document_ref(document), incident=f"title-{report.incident}")


def _move(value: Any) -> Any:
    """``value`` with every quotation in it said to stand in the title."""
    if isinstance(value, (Quote, SentenceRef)):
        return replace(value, within="title")
    if isinstance(value, tuple):
        return tuple(map(_move, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _move(getattr(value, field.name)) for field in fields(value)})
    return value
