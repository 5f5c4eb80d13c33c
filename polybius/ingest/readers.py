"""A piece of input → its reader, chosen by what it holds; whatever a reader stumbles over is an item with a reason."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from polybius.ingest.decode import Undecodable
from polybius.ingest.document import Defaults
from polybius.ingest.extractor import Extractor
from polybius.ingest.kind import Kind, kind
from polybius.ingest.piece import Item, Piece, Reader, Tools, refuse

if TYPE_CHECKING:
    from polybius.ingest.fetch import Fetcher


def make_tools(defaults: Defaults, extractor: Extractor, fetcher: Fetcher | None = None) -> Tools:
    """What all readers of a run share."""

    def unpack(inner: Piece) -> Iterator[Item]:
        yield from read_piece(inner, tools)

    tools = Tools(defaults, extractor, unpack, fetcher)
    return tools


def read_piece(piece: Piece, tools: Tools) -> Iterator[Item]:
    """The items of a file, at least one."""
    any_found = False
    try:
        head = piece.head
        if head:
            for item in reader(kind(head, piece.called or piece.name, piece.standard_input))(piece, tools):
                any_found = True
                yield item
    except Undecodable as error:
        yield refuse(piece.name, error.reason, error.detail)
        return
    except (OSError, EOFError, zlib.error) as error:
        yield refuse(piece.name, "unreadable", getattr(error, "strerror", None) or str(error))
        return
    if not any_found:
        yield refuse(piece.name, "empty")


def reader(kind: Kind) -> Reader:
    """The reader of a format. Their libraries are loaded when they are needed: most runs read plain text."""
    from polybius.ingest import articles, remote, texts

    plain: dict[Kind, Reader] = {
        "text": texts.read_text,
        "markdown": texts.read_markdown,
        "jsonl": texts.read_json_lines,
        "html": articles.read_page,
        "feed": articles.read_feed,
        "mail": articles.read_mail,
        "mbox": articles.read_mbox,
        "urls": remote.read_list,
    }
    return plain.get(kind) or _packed_reader(kind)


def _packed_reader(kind: Kind) -> Reader:
    from polybius.ingest import archives, tables, warc

    readers: dict[Kind, Reader] = {
        "csv": tables.read_csv,
        "parquet": tables.read_parquet,
        "warc": warc.read_warc,
        "zip": archives.read_zip,
        "tar": archives.read_tar,
        "gzip": archives.read_gzip,
        "bzip2": archives.read_bzip2,
    }
    return readers[kind]
