"""Addresses that a user names, one by one or in a list → items. Nothing else of what is read leads to the network."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from polybius.ingest.articles import page_item
from polybius.ingest.decode import Undecodable, decode, lines
from polybius.ingest.document import Defaults, check, make_document
from polybius.ingest.extractor import Extractor
from polybius.ingest.kind import kind
from polybius.ingest.piece import Budget, Item, Piece, Tools, buffered, refuse

if TYPE_CHECKING:
    from polybius.ingest.fetch import Fetched, Fetcher

MakeFetcher = Callable[[Extractor], "Fetcher"]
HTML = ("text/html", "application/xhtml+xml")
ONLY_HERE = "addresses are fetched by polybius ingest, where they are its SOURCE or the list of them is"


def make_fetcher(extractor: Extractor) -> Fetcher:
    """The fetcher of the product."""
    from polybius.ingest.fetch import Fetcher
    from polybius.ingest.fetch.robots import judged_by

    return Fetcher(judged_by(extractor))


def is_address(name: str) -> bool:
    """Whether an argument is an address and no path."""
    return name.lower().startswith(("http://", "https://"))


def read_address(url: str, tools: Tools) -> Iterator[Item]:
    """What stands at an address: a page, a feed, or any other format."""
    if tools.fetcher is None:
        yield refuse(url, "missing", ONLY_HERE)
        return
    try:
        found = tools.fetcher.get(url)
        yield from read_fetched(url, found, tools)
    except Undecodable as error:
        yield refuse(url, error.reason, error.detail)


def read_fetched(subject: str, found: Fetched, tools: Tools) -> Iterator[Item]:
    """The items of what was fetched, dated no later than that. Raises Undecodable."""
    piece = _piece(subject, found)
    with closing(piece.stream):
        which = kind(piece.head, piece.called)
        if which == "html":
            yield fetched_page(subject, found, tools)
        elif which == "text":
            yield _text(subject, found, tools.defaults)
        else:
            yield from tools.unpack(piece)


def fetched_page(subject: str, found: Fetched, tools: Tools) -> Item:
    """The article of a page that was fetched."""
    return page_item(subject, found.body, tools, url=found.url, charset=found.charset, fetched=found.fetched)


def _piece(subject: str, found: Fetched) -> Piece:
    """The name says nothing where the server says that it is a page."""
    called = "page.html" if found.kind in HTML else found.url.partition("?")[0]
    stream = buffered(io.BytesIO(found.body))
    return Piece(subject, stream, Budget(len(found.body)), depth=1, modified=found.fetched, called=called)


def _text(subject: str, found: Fetched, given: Defaults) -> Item:
    text = decode(found.body)
    document = make_document(text, url=found.url, published=given.published, publisher=given.publisher)
    return Item(subject, check(document, subject))


def read_list(piece: Piece, tools: Tools) -> Iterator[Item]:
    """A list of addresses, one a line; lines that begin with # are passed over. Only a list that the user names is fetched."""
    asked = tools if piece.depth == 0 and piece.asked else None
    for number, line in enumerate(lines(piece.stream, piece.head), 1):
        url = line.decode("utf-8", "replace").strip()
        if not url or url.startswith("#"):
            continue
        if asked is None or asked.fetcher is None:
            yield refuse(f"{piece.name}:{number}", "missing", f"{url[:200]}: {ONLY_HERE}")
        elif not is_address(url):
            yield refuse(f"{piece.name}:{number}", "bad_url", f"{url[:200]} is no address of http or https")
        else:
            yield from read_address(url, asked)
