"""The compiled gazetteer as a file: a header in JSON, then columns of numbers and texts, each packed or as it is.

Packed columns make a small file that a package can carry; a reader unpacks of them the parts that it is asked for. Columns
as they are can be mapped into memory, so that twelve million rows open at once.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import struct
import zlib
from collections.abc import Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

MAGIC = b"polybius gazetteer 1\n"
LENGTH = struct.Struct("<I")
PART = 1 << 13  # rows of a part
LETTERS = 1 << 15  # bytes of a part of a text
Numbers = npt.NDArray[Any]
Bytes = bytes | memoryview


class GazetteerError(ValueError):
    """A file that is no gazetteer of this version. The message names the file and what to do."""


class Columns:
    """An open file. Nothing but the header is read until something is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise GazetteerError(f"{path} is no gazetteer of this version; make one with: polybius gazetteer build")
            (length,) = LENGTH.unpack(file.read(LENGTH.size))
            self.header: Mapping[str, Any] = json.loads(file.read(length))
            start = file.tell()
            self.bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.columns = {name: Column(self.bytes, start, place) for name, place in self.header["columns"].items()}
        self._lines: dict[str, list[str]] = {}

    def numbers(self, name: str) -> Numbers:
        """All of a column of numbers."""
        return self.columns[name].all()

    def number(self, name: str, row: int) -> int:
        """One number of a column."""
        return self.columns[name].at(row)

    def text(self, name: str, first: int, end: int) -> bytes:
        """Some bytes of a text."""
        return self.columns[name].between(first, end)

    def lines(self, name: str) -> list[str]:
        """A whole text as its lines, made once."""
        if name not in self._lines:
            column = self.columns[name]
            self._lines[name] = column.between(0, column.length).decode().split("\n")
        return self._lines[name]


class Column:
    """One column: as it is, or in parts that are unpacked when they are needed."""

    def __init__(self, content: mmap.mmap, start: int, place: Mapping[str, Any]) -> None:
        self.content, self.length, self.rising = content, int(place["length"]), bool(place["rising"])
        self.type = np.dtype(place["type"])
        self.packed: list[int] = place["parts"]
        self.starts = list(accumulate(self.packed, initial=start + int(place["at"])))
        self.size = LETTERS if place["text"] else PART
        self._parts: dict[int, Numbers] = {}

    def part(self, number: int) -> Numbers:
        """A part by its number; a column that is not packed has one, which lies in the file."""
        if number not in self._parts:
            self._parts[number] = self._unpack(number)
        return self._parts[number]

    def at(self, row: int) -> int:
        """One number."""
        if not self.packed:
            return int(self.part(0)[row])
        return int(self.part(row // self.size)[row % self.size])

    def all(self) -> Numbers:
        """All numbers. A column of many parts is joined once, in its first part's place."""
        if len(self.packed) < 2:
            return self.part(0)
        if -1 not in self._parts:
            self._parts[-1] = np.concatenate([self.part(number) for number in range(len(self.packed))])
        return self._parts[-1]

    def between(self, first: int, end: int) -> bytes:
        """Some bytes of a text."""
        if not self.packed:
            return self.part(0)[first:end].tobytes()
        numbers = range(first // self.size, max(first, end - 1) // self.size + 1)
        joined = b"".join(self.part(number).tobytes() for number in numbers)
        base = numbers[0] * self.size
        return joined[first - base : end - base]

    def _unpack(self, number: int) -> Numbers:
        if not self.packed:
            return np.frombuffer(self.content, self.type, self.length, self.starts[0])
        raw = zlib.decompress(memoryview(self.content)[self.starts[number] : self.starts[number + 1]])
        planes = np.frombuffer(raw, np.uint8).reshape(self.type.itemsize, -1)
        values: Numbers = np.ascontiguousarray(planes.T).view(self.type).ravel()
        return np.cumsum(values, dtype=self.type) if self.rising else values


def write(
    file: BinaryIO, header: Mapping[str, Any], numbers: Mapping[str, Numbers], texts: Mapping[str, bytes], pack: bool
) -> None:
    """Write a gazetteer to an open file."""
    contents = {**numbers, **{name: np.frombuffer(text, np.uint8) for name, text in texts.items()}}
    places: dict[str, dict[str, Any]] = {}
    written: list[bytes] = []
    at = 0
    for name, column in contents.items():
        parts = list(_packed(column, LETTERS if name in texts else PART)) if pack else []
        content = b"".join(parts) if pack else column.tobytes()
        places[name] = _place(column, at, [len(part) for part in parts], name in texts)
        written.append(content + _padding(len(content)))
        at += len(written[-1])
    digest = hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in written)).hexdigest()
    head = json.dumps(dict(header) | {"columns": places, "digest": digest}, ensure_ascii=False, sort_keys=True).encode()
    head += _padding(len(MAGIC) + LENGTH.size + len(head)).replace(b"\0", b" ")
    for content in (MAGIC, LENGTH.pack(len(head)), head, *written):
        file.write(content)


def _place(column: Numbers, at: int, parts: list[int], text: bool) -> dict[str, Any]:
    kind = {"type": column.dtype.str, "length": len(column), "rising": _rising(column)}
    return {"at": at, "parts": parts, "text": text, **kind}


def _rising(column: Numbers) -> bool:
    return column.dtype.itemsize > 1 and column.dtype.kind == "u" and bool(np.all(column[1:] >= column[:-1]))


def _packed(column: Numbers, size: int) -> Iterator[bytes]:
    """Numbers go byte by byte of all of a part, sorted ones as differences: both pack to about half."""
    rising = _rising(column)
    for first in range(0, len(column), size):
        part = column[first : first + size]
        values = np.diff(part, prepend=column.dtype.type(0)) if rising else part
        planes = np.ascontiguousarray(values).view(np.uint8).reshape(len(values), -1).T
        yield zlib.compress(np.ascontiguousarray(planes).tobytes(), 9)


def _padding(length: int) -> bytes:
    """Columns begin at a multiple of eight bytes, where the processor wants mapped numbers."""
    return b"\0" * (-length % 8)
