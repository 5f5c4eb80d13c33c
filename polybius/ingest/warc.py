"""WARC → items, one for each page that was fetched. Of our own: a record with a wrong length must not cost the rest.

The format is plain: headers, an empty line, as many bytes as the headers say, two empty lines.
"""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from polybius.ingest.articles import page_item
from polybius.ingest.decode import Undecodable, decode
from polybius.ingest.document import check, make_document
from polybius.ingest.piece import MAX_PAGE, Item, Piece, Tools, refuse

START = re.compile(rb"WARC/\d\.\d\r?\n")
WITHIN = re.compile(rb"\r?\n\r?\n(?=WARC/\d\.\d\r?\n)")
END = b"\r\n\r\n"
MAX_LINE = 65536
MAX_HEADERS = 200
CHUNK = 1 << 20
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its headers in small letters, and its bytes. ``problem`` says what is wrong with it."""

    headers: Mapping[str, str]
    block: bytes
    problem: str = ""

    @property
    def type(self) -> str:
        return self.headers.get("warc-type", "").lower()

    @property
    def address(self) -> str:
        return self.headers.get("warc-target-uri", "").strip("<> ")


def read_warc(piece: Piece, tools: Tools) -> Iterator[Item]:
    """The pages of an archive, and the texts of one that holds texts. Pictures, requests and failed fetches are no documents."""
    for number, record in enumerate(records(piece.stream), 1):
        item = _item(f"{piece.name}:{number}", record, piece, tools)
        if item is not None:
            yield item


def records(stream: BinaryIO) -> Iterator[Record]:
    """The records. After one that does not end where it should, the next beginning is looked for."""
    source = _Source(stream)
    while source.find_start():
        yield source.record()


class _Source:
    """A stream of which bytes can be given back."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.held = stream, b""

    def read(self, size: int) -> bytes:
        taken, self.held = self.held[:size], self.held[size:]
        return taken + self.stream.read(size - len(taken)) if len(taken) < size else taken

    def line(self) -> bytes:
        end = self.held.find(b"\n") + 1
        if end:
            return self.read(end)
        taken, self.held = self.held, b""
        return taken + self.stream.readline(MAX_LINE)

    def find_start(self) -> bool:
        """Go on behind the next line that begins a record; what lies before it belongs to none."""
        while line := self.line():
            if START.fullmatch(line):
                return True
        return False

    def record(self) -> Record:
        headers = self._headers()
        length = headers.get("content-length", "")
        if not length.isascii() or not length.isdigit():
            return Record(headers, b"", "it gives no length")
        return self._block(headers, int(length[:18]))

    def _headers(self) -> dict[str, str]:
        headers: dict[str, str] = {}
        while (line := self.line()).strip():
            if START.fullmatch(line):  # cut off: this is the next one already
                self.held = b"\r\n\r\n" + line + self.held
                break
            name, _, value = line.decode("utf-8", "replace").partition(":")
            if len(headers) < MAX_HEADERS:
                headers[name.strip().lower()] = value.strip()
        return headers

    def _block(self, headers: Mapping[str, str], length: int) -> Record:
        block = self.read(min(length, MAX_PAGE + 1))
        skipped = self._skip(length - len(block)) if len(block) > MAX_PAGE else 0
        ends = self.read(len(END))
        if len(block) + skipped == length and (ends == END or not ends.strip()):
            return Record(headers, block)
        return self._wrong(headers, block, ends, skipped)

    def _skip(self, count: int) -> int:
        left = count
        while left and (chunk := self.read(min(left, CHUNK))):
            left -= len(chunk)
        return count - left

    def _wrong(self, headers: Mapping[str, str], block: bytes, ends: bytes, skipped: int) -> Record:
        """Too long: the records that it swallowed are given back. Too short: the rest of it is passed over later."""
        if not skipped:
            self.held, block = block + ends + self.held, b""
            within = WITHIN.search(self.held)
            self.held = self.held[within.end() :] if within else self.held
        return Record(headers, block, "its length is wrong")


def _item(subject: str, record: Record, piece: Piece, tools: Tools) -> Item | None:
    """The item of a record, None where it is none that holds a page."""
    if record.problem:
        return refuse(subject, "malformed", f"{record.address[:200]}: {record.problem}")
    if record.type == "conversion" and record.headers.get("content-type", "").startswith("text/plain"):
        return _text(subject, record, tools)
    if record.type == "resource" and record.headers.get("content-type", "").startswith(PAGES):
        return _page(subject, record, record.block, record.headers["content-type"], piece, tools)
    return _response(subject, record, piece, tools) if record.type == "response" else None


def _text(subject: str, record: Record, tools: Tools) -> Item:
    given = tools.defaults
    try:
        text = decode(record.block)
    except Undecodable as error:
        return refuse(subject, error.reason, error.detail)
    document = make_document(text, url=record.address or None, published=given.published, publisher=given.publisher)
    return Item(subject, check(document, subject))


def _response(subject: str, record: Record, piece: Piece, tools: Tools) -> Item | None:
    head, _, body = record.block.partition(END)
    status, _, rest = head.partition(b"\r\n")
    fields = _fields(rest)
    kind = fields.get("content-type", "text/html")
    if status.split(b" ")[1:2] != [b"200"] or not kind.lower().startswith(PAGES):
        return None
    try:
        return _page(subject, record, _body(body, fields), kind, piece, tools)
    except Undecodable as error:
        return refuse(subject, error.reason, error.detail)


def _page(subject: str, record: Record, body: bytes, kind: str, piece: Piece, tools: Tools) -> Item:
    if len(body) > MAX_PAGE or len(record.block) > MAX_PAGE:
        return refuse(subject, "too_long", f"a page of more than {MAX_PAGE:,} bytes")
    charset = CHARSET.search(kind)
    fetched = _moment(record.headers.get("warc-date", "")) or piece.modified
    return page_item(
        subject, body, tools, url=record.address or None, charset=charset[1] if charset else None, fetched=fetched
    )


def _fields(head: bytes) -> dict[str, str]:
    pairs = (line.decode("latin-1").partition(":") for line in head.split(b"\r\n")[:MAX_HEADERS])
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _body(body: bytes, fields: Mapping[str, str]) -> bytes:
    """The page as it is: archives keep it as it came, in pieces and packed, or plain although the headers say otherwise."""
    if "chunked" in fields.get("transfer-encoding", "").lower():
        body = _joined(body)
    return _unpacked(body) if body.startswith(b"\x1f\x8b") else body


def _joined(body: bytes) -> bytes:
    """The chunks put together; the body itself where it turns out not to be in chunks."""
    chunks, position = [], 0
    while found := re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r\n").match(body, position):
        size = int(found[1], 16)
        chunks.append(body[found.end() : found.end() + size])
        position = found.end() + size + 2
        if not size:
            break
    return b"".join(chunks) if chunks else body


def _unpacked(body: bytes) -> bytes:
    try:
        page = zlib.decompressobj(wbits=31).decompress(body, MAX_PAGE + 1)
    except zlib.error as error:
        raise Undecodable("unreadable", str(error)) from None
    if len(page) > MAX_PAGE:
        raise Undecodable("too_much", f"a page of more than {MAX_PAGE:,} bytes")
    return page
