"""Bytes → text: UTF-8, UTF-16, Windows-1252, in this order; what is no text is said to be none."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from typing import AnyStr, BinaryIO

from polybius.ingest.document import MAX_CHARACTERS

MAX_BYTES = 4 * MAX_CHARACTERS  # no encoding that is read takes more for a character

# Longest mark first: the mark of UTF-32 begins with the one of UTF-16.
MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Formats that people hand over by mistake, some of which begin like text.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
)

SAMPLE = 65536
CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MAX_CONTROLS = 0.01
MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")
HIGH = re.compile(rb"[\x80-\xff]")


class Undecodable(ValueError):
    """Bytes that give no text. ``reason`` is a key of REJECTION_REASONS."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def decode(data: bytes) -> str:
    """The text of a file. Line ends stay as they are, so that spans fit the file; a byte order mark is no text."""
    encoding = sniff(data[:SAMPLE])
    if encoding is None:
        return _decode_unmarked(data)
    try:
        return _without_controls(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise Undecodable("encoding", f"looks like {encoding}, but byte {error.start} does not fit") from None


def sniff(head: bytes) -> str | None:
    """The encoding that the first bytes give away, None where they give none. Raises Undecodable for known formats."""
    for signature, name in SIGNATURES:
        if head.startswith(signature):
            raise Undecodable("binary", f"this is {name}; give its text")
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding
    return _utf16_by_zeros(head)


def _utf16_by_zeros(head: bytes) -> str | None:
    """UTF-16 without a mark: in English text every other byte is zero."""
    even, odd = head[0::2], head[1::2]
    if len(odd) < 2:
        return None
    zeros_even, zeros_odd = even.count(0) / len(even), odd.count(0) / len(odd)
    if zeros_odd > 0.5 and zeros_even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if zeros_even > 0.5 and zeros_odd < 0.05 else None


def _decode_unmarked(data: bytes) -> str:
    controls = len(CONTROL_BYTES.findall(data[:SAMPLE]))
    if controls > MAX_CONTROLS * min(len(data), SAMPLE):
        raise Undecodable("binary", f"{controls} control characters in the first {min(len(data), SAMPLE)} bytes")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_broken(data, error.start)


def _decode_broken(data: bytes, position: int) -> str:
    """Windows-1252; but UTF-8 with a few broken bytes stays UTF-8, or every accent and quotation mark would break."""
    in_sequences = sum(map(len, MULTIBYTE.findall(data)))
    if in_sequences > 0.8 * len(HIGH.findall(data)):
        return data.decode("utf-8", "replace")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise Undecodable("encoding", f"byte {position} fits neither UTF-8 nor Windows-1252") from None


def _without_controls(text: str) -> str:
    controls = len(CONTROLS.findall(text[:SAMPLE]))
    if controls > MAX_CONTROLS * min(len(text), SAMPLE):
        raise Undecodable("binary", f"{controls} control characters in the first {min(len(text), SAMPLE)}")
    return text


def lines(stream: BinaryIO, head: bytes) -> Iterator[bytes]:
    """The lines of a stream as they are stored; those of UTF-16 and UTF-32 are turned into UTF-8.

    ``head`` holds the bytes of the stream's beginning, which stay unread in it. Of a line that is too long only so much
    comes back that this can be seen.
    """
    encoding = sniff(head)
    if encoding in (None, "utf-8-sig"):
        for number, line in enumerate(_bounded(stream.readline, b"\n")):
            yield line.removeprefix(codecs.BOM_UTF8) if number == 0 else line
        return
    reader = io.TextIOWrapper(stream, encoding, "replace", newline="\n")
    try:
        for text in _bounded(reader.readline, "\n"):
            yield text.encode("utf-8", "replace")
    finally:
        reader.detach()


def _bounded(readline: Callable[[int], AnyStr], end: AnyStr) -> Iterator[AnyStr]:
    """Lines of at most one byte or character more than the limit; what is beyond that is skipped."""
    while line := readline(MAX_BYTES + 1):
        rest = line
        while rest and not rest.endswith(end):
            rest = readline(MAX_BYTES)
        yield line
