"""Arguments of the command line → files → documents, one after the other."""

from __future__ import annotations

import datetime as dt
import glob
import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from polybius.ingest.decode import SAMPLE, Undecodable, lines
from polybius.ingest.document import Defaults
from polybius.ingest.extractor import Extractor
from polybius.ingest.kind import SUFFIXES, is_list, readable
from polybius.ingest.piece import Budget, Item, Piece, Tools, buffered, refuse
from polybius.ingest.readers import make_tools, read_piece
from polybius.ingest.remote import MakeFetcher, is_address, read_address
from polybius.records import Rejection

STDIN = "-"
HEAD = 4096
SINGLE = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".eml")  # one document a file
JSONL_SUFFIXES = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, or the reason why an argument gives none."""

    name: str
    problem: Rejection | None = None
    asked: bool = False  # named itself, not found in a folder

    @property
    def title(self) -> str:
        """The name in messages."""
        return "standard input" if self.name == STDIN else self.name

    @property
    def jsonl(self) -> bool:
        return self.name.lower().endswith(JSONL_SUFFIXES)


def find(arguments: Iterable[str]) -> tuple[Source, ...]:
    """The files of the arguments, in their order; those of a folder or a pattern by name. Each file once."""
    found = (source for argument in arguments for source in _expand(argument))
    return tuple({source.name: source for source in found}.values())


def _expand(argument: str) -> list[Source]:
    if argument == STDIN or os.path.isfile(argument) or is_address(argument):
        return [Source(argument, asked=True)]
    if os.path.isdir(argument):
        return _folder(argument)
    if glob.has_magic(argument):
        return _pattern(argument)
    # Neither file nor folder, but there: a pipe such as /dev/stdin or <(command).
    return [Source(argument, asked=True) if os.path.exists(argument) else _refuse(argument, "missing")]


def _folder(folder: str) -> list[Source]:
    paths = sorted(path for path in Path(folder).rglob("*") if path.is_file() and not _hidden(path, folder))
    sources = [Source(str(path)) for path in paths if readable(path.name)]
    kinds = ", ".join("*" + suffix for suffix in SUFFIXES)
    return sources or [_refuse(folder, "empty", f"the folder holds none of {kinds}; name other files one by one")]


def _hidden(path: Path, folder: str) -> bool:
    """Hidden files, and those that a browser saves beside a page."""
    parts = path.relative_to(folder).parts
    return any(part.startswith(".") for part in parts) or any(part.endswith("_files") for part in parts[:-1])


def _pattern(pattern: str) -> list[Source]:
    paths = sorted(path for path in glob.glob(pattern, recursive=True) if os.path.isfile(path))
    return [Source(path) for path in paths] or [_refuse(pattern, "missing", "no file fits the pattern")]


def _refuse(subject: str, reason: str, detail: str = "") -> Source:
    return Source(subject, Rejection("ingest", subject, reason, detail))


def count(sources: Iterable[Source]) -> int | None:
    """How many documents there are, rejected ones included; None where only reading would tell."""
    total = 0
    for source in sources:
        found = 1 if source.problem is not None else _count(source)
        if found is None:
            return None
        total += found
    return total


def _count(source: Source) -> int | None:
    if source.jsonl and os.path.isfile(source.name):
        return max(1, _count_lines(source))
    single = source.name != STDIN and os.path.isfile(source.name) and source.name.lower().endswith(SINGLE)
    return 1 if single and not names_addresses(source) else None


def names_addresses(source: Source) -> bool:
    """Whether reading the source means to fetch: it is an address, or a list of them."""
    if is_address(source.name) or not source.name.lower().endswith((".txt", ".text", ".urls")):
        return is_address(source.name)
    try:
        with open(source.name, "rb") as stream:
            return is_list(stream.read(HEAD).decode("utf-8", "replace").lstrip("\ufeff \t\r\n"))
    except OSError:
        return False


def _count_lines(source: Source) -> int:
    try:
        with open(source.name, "rb") as stream:
            return sum(1 for line in lines(stream, stream.peek(SAMPLE)[:SAMPLE]) if line.strip())
    except (OSError, Undecodable):
        return 1


def read(
    sources: Iterable[Source],
    defaults: Defaults,
    stdin: BinaryIO | None = None,
    fetcher: MakeFetcher | None = None,
) -> Iterator[Item]:
    """The documents of the sources, in order. What cannot be read is an item too: nothing is lost.

    Without a ``fetcher`` nothing is fetched from a network.
    """
    with Extractor() as extractor:
        tools = make_tools(defaults, extractor, fetcher(extractor) if fetcher else None)
        for source in sources:
            yield from _items(source, tools, stdin)


def _items(source: Source, tools: Tools, stdin: BinaryIO | None) -> Iterator[Item]:
    if source.problem is not None:
        yield Item(source.name, source.problem)
    elif source.name == STDIN:
        stream = buffered(stdin or sys.stdin.buffer)
        yield from read_piece(Piece(source.title, stream, Budget(None), standard_input=True, asked=True), tools)
    elif is_address(source.name):
        yield from read_address(source.name, tools)
    else:
        yield from _file(source, tools)


def _file(source: Source, tools: Tools) -> Iterator[Item]:
    try:
        with open(source.name, "rb") as stream:
            yield from read_piece(_piece(source, stream), tools)
    except OSError as error:
        yield refuse(source.title, "unreadable", error.strerror or str(error))


def _piece(source: Source, stream: io.BufferedReader) -> Piece:
    status = os.fstat(stream.fileno())
    regular = stat.S_ISREG(status.st_mode)
    modified = dt.datetime.fromtimestamp(status.st_mtime, dt.UTC) if regular else None
    path = source.name if regular else None
    return Piece(source.title, stream, Budget(status.st_size), modified=modified, path=path, asked=source.asked)
