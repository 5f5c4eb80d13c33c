"""What a reader gets, a stream with its name, and what it gives: items. One reader a format."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from polybius.ingest.decode import MAX_BYTES, SAMPLE, Undecodable
from polybius.ingest.document import Defaults
from polybius.records import Document, Rejection

if TYPE_CHECKING:
    from polybius.ingest.extractor import Extractor
    from polybius.ingest.fetch import Fetcher

MAX_PAGE = 20_000_000  # bytes of a page, a feed or a mail
MAX_DEPTH = 4  # archives within archives, packed files included
RATIO = 200  # a file may unpack to so many times its size; news packs to a fifth or so
FREE = 100_000_000  # bytes that any file may unpack to
TOO_MUCH = "too_much"


@dataclass(frozen=True, slots=True)
class Item:
    """What stands at one place of the input: where, and the document or why there is none."""

    subject: str
    content: Document | Rejection


class Budget:
    """How many bytes a file may still unpack to, all that is within it counted together."""

    __slots__ = ("left", "total")

    def __init__(self, size: int | None) -> None:
        self.total = self.left = FREE + RATIO * (size or 0)

    def take(self, count: int) -> None:
        """Raises Undecodable when the file turns out to be a bomb."""
        self.left -= count
        if self.left < 0:
            raise Undecodable(TOO_MUCH, f"more than {self.total:,} bytes, {RATIO} times its size")


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or one within an archive. ``modified`` is when it was fetched or written, as far as that is known.

    ``called`` is the name by which its format is told, where that is not ``name``; ``asked``: the user named this very file.
    """

    name: str
    stream: io.BufferedReader
    budget: Budget
    depth: int = 0
    modified: dt.datetime | None = None
    path: str | None = None
    standard_input: bool = False
    called: str = ""
    asked: bool = False

    @property
    def head(self) -> bytes:
        """The first bytes, which stay unread."""
        return bytes(self.stream.peek(SAMPLE)[:SAMPLE])

    def all(self, limit: int = MAX_BYTES) -> bytes:
        """Everything in it. Raises Undecodable where that is more than ``limit`` bytes."""
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise Undecodable("too_long", f"more than {limit:,} bytes; split it")
        return data


@dataclass(frozen=True, slots=True)
class Tools:
    """What readers share. ``unpack`` reads a piece that was found within another; without a fetcher nothing is fetched."""

    defaults: Defaults
    extractor: Extractor
    unpack: Callable[[Piece], Iterator[Item]] = field(repr=False)
    fetcher: Fetcher | None = None


Reader = Callable[[Piece, Tools], Iterator[Item]]


def refuse(subject: str, reason: str, detail: str = "") -> Item:
    """The item of something that gives no document."""
    return Item(subject, Rejection("ingest", subject, reason, detail))


class Unpacking(Protocol):
    """A stream that unpacks as it is read."""

    def read1(self, size: int, /) -> bytes:
        """Bytes, at most so many; none at the end."""
        ...


class Metered(io.RawIOBase):
    """An unpacked stream whose bytes are taken from a budget."""

    def __init__(self, stream: Unpacking, budget: Budget) -> None:
        self._stream, self._budget = stream, budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        # What can be had at once: of a file that is cut off, all that comes before the cut is still read.
        data = self._stream.read1(len(buffer))
        self._budget.take(len(data))
        buffer[: len(data)] = data
        return len(data)


def buffered(stream: BinaryIO) -> io.BufferedReader:
    """The stream with ``peek``."""
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream), SAMPLE)


def metered(stream: Unpacking, budget: Budget) -> io.BufferedReader:
    """A stream that unpacks, with its budget."""
    return io.BufferedReader(Metered(stream, budget), SAMPLE)
