"""Arguments of the command line → files → documents, one after the other."""

from __future__ import annotations

import glob
import gzip
import io
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from polybius.ingest.decode import SAMPLE, Undecodable, decode, lines
from polybius.ingest.document import MAX_CHARACTERS, Defaults, check, make_document
from polybius.ingest.jsonl import read_jsonl
from polybius.records import Document, Rejection

STDIN = "-"
TEXT_SUFFIXES = (".txt", ".text")
JSONL_SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
_Documents = Iterator[tuple[str, Callable[[], Document | Rejection]]]
MAX_BYTES = 4 * MAX_CHARACTERS  # no encoding that is read takes more for a character


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, or the reason why an argument gives none."""

    name: str
    problem: Rejection | None = None

    @property
    def title(self) -> str:
        """The name in messages."""
        return "standard input" if self.name == STDIN else self.name

    @property
    def jsonl(self) -> bool:
        return self.name.lower().endswith(JSONL_SUFFIXES)


@dataclass(frozen=True, slots=True)
class Item:
    """What stands at one place of the input: where, and the document or why there is none."""

    subject: str
    content: Document | Rejection


def find(arguments: Iterable[str]) -> tuple[Source, ...]:
    """The files of the arguments, in their order; those of a folder or a pattern by name. Each file once."""
    found = (source for argument in arguments for source in _expand(argument))
    return tuple({source.name: source for source in found}.values())


def _expand(argument: str) -> list[Source]:
    if argument == STDIN or os.path.isfile(argument):
        return [Source(argument)]
    if os.path.isdir(argument):
        return _folder(argument)
    if glob.has_magic(argument):
        return _pattern(argument)
    # Neither file nor folder, but there: a pipe such as /dev/stdin or <(command).
    return [Source(argument) if os.path.exists(argument) else _refuse(argument, "missing")]


def _folder(folder: str) -> list[Source]:
    paths = sorted(path for path in Path(folder).rglob("*") if path.is_file() and not _hidden(path, folder))
    sources = [Source(str(path)) for path in paths if str(path).lower().endswith(TEXT_SUFFIXES + JSONL_SUFFIXES)]
    kinds = ", ".join("*" + suffix for suffix in TEXT_SUFFIXES + JSONL_SUFFIXES)
    return sources or [_refuse(folder, "empty", f"the folder holds none of {kinds}; name other files one by one")]


def _hidden(path: Path, folder: str) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _pattern(pattern: str) -> list[Source]:
    paths = sorted(path for path in glob.glob(pattern, recursive=True) if os.path.isfile(path))
    return [Source(path) for path in paths] or [_refuse(pattern, "missing", "no file fits the pattern")]


def _refuse(subject: str, reason: str, detail: str = "") -> Source:
    return Source(subject, Rejection("ingest", subject, reason, detail))


def count(sources: Iterable[Source]) -> int | None:
    """How many documents there are, rejected ones included; None where only reading would tell."""
    total = 0
    for source in sources:
        if source.name == STDIN or (source.problem is None and not os.path.isfile(source.name)):
            return None
        total += max(1, _count_lines(source)) if source.jsonl and source.problem is None else 1
    return total


def _count_lines(source: Source) -> int:
    try:
        with _open(source.name) as stream:
            return sum(1 for line in stream if line.strip())
    except (OSError, EOFError):
        return 1


def read(sources: Iterable[Source], defaults: Defaults, stdin: BinaryIO | None = None) -> Iterator[Item]:
    """The documents of the sources, in order. What cannot be read is an item too: nothing is lost."""
    for source in sources:
        yield from _items(source, defaults, stdin)


def _items(source: Source, defaults: Defaults, stdin: BinaryIO | None) -> Iterator[Item]:
    if source.problem is not None:
        yield Item(source.name, source.problem)
        return
    try:
        with _open(source.name, stdin) as stream:
            yield from _or_empty(_documents(stream, source, defaults), source.title)
    except Undecodable as error:
        yield Item(source.title, Rejection("ingest", source.title, error.reason, error.detail))
    except (OSError, EOFError, zlib.error) as error:
        yield Item(source.title, Rejection("ingest", source.title, "unreadable", _cause(error)))


def _or_empty(documents: _Documents, title: str) -> Iterator[Item]:
    """The documents as items; a file without any is an item too."""
    any_found = False
    for subject, document in documents:
        any_found = True
        yield Item(subject, document())
    if not any_found:
        yield Item(title, Rejection("ingest", title, "empty"))


def _cause(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


@contextmanager
def _open(name: str, stdin: BinaryIO | None = None) -> Iterator[BinaryIO]:
    if name == STDIN:
        yield stdin or sys.stdin.buffer
    elif name.lower().endswith(".gz"):
        with gzip.open(name, "rb") as packed:
            yield io.BufferedReader(packed)
    else:
        with open(name, "rb") as stream:
            yield stream


def _documents(stream: BinaryIO, source: Source, defaults: Defaults) -> _Documents:
    subject = source.title
    buffered = io.BufferedReader(stream, SAMPLE) if not hasattr(stream, "peek") else stream  # type: ignore[type-var]
    head = bytes(buffered.peek(SAMPLE)[:SAMPLE])
    if source.jsonl or (source.name == STDIN and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")):
        yield from read_jsonl(lines(buffered, head), subject, defaults)
    else:
        yield subject, lambda: _whole(buffered.read(MAX_BYTES + 1), subject, defaults)


def _whole(data: bytes, subject: str, defaults: Defaults) -> Document | Rejection:
    if len(data) > MAX_BYTES:
        return Rejection("ingest", subject, "too_long", f"more than {MAX_CHARACTERS:,} characters; split it")
    document = make_document(decode(data), published=defaults.published, publisher=defaults.publisher)
    return check(document, subject)
