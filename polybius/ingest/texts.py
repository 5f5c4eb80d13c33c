"""Plain text, Markdown and JSON Lines → items."""

from __future__ import annotations

from collections.abc import Iterator

from polybius.ingest.decode import MAX_BYTES, decode, lines
from polybius.ingest.document import MAX_CHARACTERS, check, make_document
from polybius.ingest.jsonl import read_jsonl
from polybius.ingest.markdown import front_matter, plain
from polybius.ingest.piece import Item, Piece, Tools, refuse
from polybius.ingest.record import record_item


def read_text(piece: Piece, tools: Tools) -> Iterator[Item]:
    """The whole file as it is, so that spans count its characters."""
    data = piece.stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        yield refuse(piece.name, "too_long", f"more than {MAX_CHARACTERS:,} characters; split it")
        return
    defaults = tools.defaults
    document = make_document(decode(data), published=defaults.published, publisher=defaults.publisher)
    yield Item(piece.name, check(document, piece.name))


def read_markdown(piece: Piece, tools: Tools) -> Iterator[Item]:
    """The text without its marks; title, date, publisher and address from a block of ``key: value`` at its beginning."""
    fields, body = front_matter(decode(piece.all()))
    yield record_item({**fields, "text": plain(body)}, piece.name, tools.defaults)


def read_json_lines(piece: Piece, tools: Tools) -> Iterator[Item]:
    """A document a line."""
    for subject, document in read_jsonl(lines(piece.stream, piece.head), piece.name, tools.defaults):
        yield Item(subject, document())
