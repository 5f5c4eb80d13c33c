"""What the worker found in a page, a feed or a mail → items."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from polybius.ingest.decode import Undecodable
from polybius.ingest.document import SURROGATE, check, make_document
from polybius.ingest.extractor import Task
from polybius.ingest.mbox import messages
from polybius.ingest.piece import MAX_PAGE, Item, Piece, Tools, refuse


def read_page(piece: Piece, tools: Tools) -> Iterator[Item]:
    """A page as it was saved."""
    data = piece.all(MAX_PAGE)
    yield page_item(piece.name, data, tools, fetched=piece.modified)


def page_item(
    subject: str,
    data: bytes,
    tools: Tools,
    *,
    url: str | None = None,
    charset: str | None = None,
    fetched: dt.datetime | None = None,
) -> Item:
    """The article of one page, which is never dated later than when it was fetched."""
    if not data.strip():
        return refuse(subject, "empty")
    about = {"url": url, "charset": charset, "latest": _iso(fetched)}
    return next(_extract("page", data, subject, about, tools, fetched if url else None))


def read_feed(piece: Piece, tools: Tools) -> Iterator[Item]:
    """The entries of a feed, numbered."""
    yield from _extract("feed", piece.all(MAX_PAGE), piece.name, {"latest": _iso(piece.modified)}, tools, numbered=True)


def read_mail(piece: Piece, tools: Tools) -> Iterator[Item]:
    """One mail."""
    yield from _mail(piece.name, piece.all(MAX_PAGE), piece, tools)


def read_mbox(piece: Piece, tools: Tools) -> Iterator[Item]:
    """The mails of a mailbox, numbered."""
    for number, data in enumerate(messages(piece.stream), 1):
        subject = f"{piece.name}:{number}"
        if data is None:
            yield refuse(subject, "too_long", f"more than {MAX_PAGE:,} bytes")
        else:
            yield from _mail(subject, data, piece, tools)


def _mail(subject: str, data: bytes, piece: Piece, tools: Tools) -> Iterator[Item]:
    yield from _extract("mail", data, subject, {"latest": _iso(piece.modified)}, tools)


def _iso(moment: dt.datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _extract(
    task: Task,
    data: bytes,
    subject: str,
    about: dict[str, Any],
    tools: Tools,
    fetched: dt.datetime | None = None,
    numbered: bool = False,
) -> Iterator[Item]:
    """An item an article; at least one, since nothing may get lost."""
    try:
        articles = tools.extractor.run(task, data, about)
    except Undecodable as error:
        yield refuse(subject, error.reason, error.detail)
        return
    for number, article in enumerate(articles, 1):
        yield article_item(f"{subject}:{number}" if numbered else subject, article, tools, fetched)


def article_item(subject: str, article: dict[str, Any], tools: Tools, fetched: dt.datetime | None = None) -> Item:
    """The document of what the worker found; what the user says of date and publisher goes before what the page says."""
    given = tools.defaults
    published = given.published or (dt.date.fromisoformat(article["published"]) if article["published"] else None)
    said = {"published": given.published, "publisher": given.publisher}
    document = make_document(
        SURROGATE.sub("\ufffd", article["text"]),
        id=article.get("id") if not article.get("url") else None,
        title=article["title"],
        published=published,
        publisher=given.publisher or article["publisher"],
        url=article.get("url"),
    )
    found = tuple((name, where) for name, where in article["found"] if said[name] is None)
    return Item(subject, check(replace(document, author=article.get("author"), fetched=fetched, found=found), subject))
