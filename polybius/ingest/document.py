"""A text with what is known about it → Document, or a Rejection with its reason."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from polybius.ingest.language import not_english
from polybius.records import Document, Rejection, text_version

MAX_CHARACTERS = 10_000_000
SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for every document that does not say it itself.

    ``columns`` says under which names a file of records keeps what is looked for: ``{"text": "body"}``.
    """

    published: dt.date | None = None
    publisher: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


def make_document(
    text: str,
    *,
    id: str | None = None,
    title: str | None = None,
    published: dt.date | None = None,
    publisher: str | None = None,
    url: str | None = None,
) -> Document:
    """A document of ``text`` as it is. Its id is the given one, else the URL, else the hash of the text."""
    version = text_version(text)
    return Document(
        id=id or url or version,
        version=version,
        text=text,
        url=url,
        publisher=publisher,
        title=title,
        published=published,
    )


def check(document: Document, subject: str) -> Document | Rejection:
    """The document if it can be coded, else why not; ``subject`` names the file or line that it came from."""
    problem = _problem(document.text)
    return document if problem is None else Rejection("ingest", subject, *problem)


def _problem(text: str) -> tuple[str, str] | None:
    if not text.strip("\ufeff\u200b \t\r\n\v\f\x85\xa0\u2028\u2029"):
        return "empty", ""
    if len(text) > MAX_CHARACTERS:
        return "too_long", f"{len(text):,} characters, the limit is {MAX_CHARACTERS:,}; split it"
    surrogate = SURROGATE.search(text)
    if surrogate:
        return "malformed", f"character {surrogate.start()} is half of a surrogate pair"
    language = not_english(text)
    return None if language is None else ("not_english", language)
