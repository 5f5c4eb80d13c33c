"""A mailbox as a stream of mails: each begins after a line "From …"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from polybius.ingest.piece import MAX_PAGE

LINE = 1_000_000


def messages(stream: BinaryIO) -> Iterator[bytes | None]:
    """The mails; None for one that is longer than the limit, of which no more than that is kept in memory."""
    held: list[bytes] = []
    size, begun, blank = 0, False, True
    while line := stream.readline(LINE):
        if blank and line.startswith(b"From "):
            if begun:
                yield _joined(held, size)
            held, size, begun = [], 0, True
        else:
            size += len(line)
            if size <= MAX_PAGE:
                held.append(line[1:] if line.startswith(b">From ") else line)
        blank = not line.strip()
    if begun or held:
        yield _joined(held, size)


def _joined(lines: list[bytes], size: int) -> bytes | None:
    return b"".join(lines) if size <= MAX_PAGE else None
