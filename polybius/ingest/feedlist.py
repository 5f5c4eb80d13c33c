"""The file that names the feeds to watch: TOML, every fault of it told at once, with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polybius.ingest.fetch.address import parse
from polybius.ingest.fetch.failure import NotFetched

MAX_FILE = 1_000_000
SHORTEST, LONGEST = 60.0, 30 * 86400.0
UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
DURATION = re.compile(r"(\d{1,6})\s*([smhd])")
HEADER = re.compile(r"\s*\[\[\s*feeds\s*\]\]")
KEY = re.compile(r"""\s*["']?([A-Za-z0-9_-]+)["']?\s*=""")
SYNTAX = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and what is wanted of it. ``interval`` is in seconds; ``articles``: fetch the page of each entry."""

    url: str
    interval: float = 1800.0
    publisher: str | None = None
    articles: bool = True
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where."""

    line: int
    message: str


class FeedListError(ValueError):
    """A file that names no feeds as it should: all its faults."""

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        self.path, self.faults = path, faults
        super().__init__("\n".join(f"{path}:{fault.line}: {fault.message}" for fault in faults))


def read_feeds(path: Path) -> tuple[Feed, ...]:
    """The feeds of the file, in its order. Raises FeedListError with all that is wrong, or OSError."""
    with path.open("rb") as stream:
        data = stream.read(MAX_FILE + 1)
    try:
        if len(data) > MAX_FILE:
            raise ValueError(f"longer than {MAX_FILE:,} bytes")
        text = data.decode("utf-8-sig")
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise FeedListError(path, [_syntax(error)]) from None
    reading = _Reading(text, content)
    feeds = tuple(reading.feeds())
    if reading.faults:
        raise FeedListError(path, sorted(reading.faults, key=lambda fault: fault.line))
    return feeds


def _syntax(error: Exception) -> Fault:
    if isinstance(error, UnicodeDecodeError):
        return Fault(1, f"no UTF-8: byte {error.start}")
    found = SYNTAX.search(str(error))
    return Fault(int(found[1]) if found else 1, f"no TOML: {SYNTAX.sub('', str(error)).strip()}")


class _Lines:
    """On which line a key stands: ``tomllib`` does not tell."""

    def __init__(self, text: str) -> None:
        self.headers: list[int] = []
        self.keys: dict[tuple[int, str], int] = {}
        for number, line in enumerate(text.splitlines(), 1):
            if HEADER.match(line):
                self.headers.append(number)
            key = KEY.match(line)
            if key:
                self.keys.setdefault((len(self.headers), key[1]), number)

    def of(self, table: int, key: str | None = None) -> int:
        """The line of a key of the table of this number, counted from 1; 0 is the head of the file."""
        header = self.headers[table - 1] if 0 < table <= len(self.headers) else 1
        return self.keys.get((table, key or ""), header)


class _Reading:
    """Collects the feeds and the faults."""

    def __init__(self, text: str, content: Mapping[str, Any]) -> None:
        self.lines, self.content = _Lines(text), content
        self.faults: list[Fault] = []
        self.defaults: dict[str, Any] = {}

    def feeds(self) -> Iterator[Feed]:
        listed = self.content.get("feeds")
        head = {key: value for key, value in self.content.items() if key != "feeds"}
        self.defaults = self._values(0, head, {key: read for key, read in READERS.items() if key not in OF_ONE})
        if not isinstance(listed, list) or not listed or not all(isinstance(one, dict) for one in listed):
            self._fault(0, "feeds", "no feeds; each begins with a line [[feeds]] and has a url")
            return
        known: dict[str, int] = {}
        for number, one in enumerate(listed, 1):
            yield from self._feed(number, one, known)

    def _feed(self, number: int, one: Mapping[str, Any], known: dict[str, int]) -> Iterator[Feed]:
        values = {**self.defaults, **self._values(number, one, READERS)}
        if "url" not in one:
            self._fault(number, None, "a feed without url")
        url = values.get("url")
        if url is None:
            return
        if url in known:
            self._fault(number, "url", f"{url} is there already, on line {known[url]}")
        known.setdefault(url, self.lines.of(number, "url"))
        yield Feed(**values)

    def _values(
        self, table: int, given: Mapping[str, Any], allowed: Mapping[str, Callable[[Any], Any]]
    ) -> dict[str, Any]:
        found = {}
        for key, value in given.items():
            if key not in allowed:
                self._fault(table, key, f"{key!r} is unknown; allowed are {', '.join(allowed)}")
                continue
            try:
                found[key] = allowed[key](value)
            except ValueError as error:
                self._fault(table, key, f"{key}: {error}")
        return found

    def _fault(self, table: int, key: str | None, message: str) -> None:
        self.faults.append(Fault(self.lines.of(table, key), message))


def _url(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"an address is needed, found {value!r}")
    try:
        return parse(value).url
    except NotFetched as error:
        raise ValueError(error.detail) from None


def _interval(value: Any) -> float:
    found = DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    seconds = int(found[1]) * UNITS[found[2]] if found else 0.0
    if not SHORTEST <= seconds <= LONGEST:
        raise ValueError(f'{value!r} is no time from "1m" to "30d"; write "90s", "15m", "2h" or "1d"')
    return seconds


def _publisher(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > 200:
        raise ValueError(f"a name of at most 200 characters is needed, found {str(value)[:60]!r}")
    return value.strip()


def _articles(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"true or false is needed, found {value!r}")
    return value


def _language(value: Any) -> str:
    if value != "en":
        raise ValueError(f'{value!r}; only "en" is coded, so leave this feed out')
    return "en"


READERS: Mapping[str, Callable[[Any], Any]] = {
    "url": _url,
    "interval": _interval,
    "publisher": _publisher,
    "articles": _articles,
    "language": _language,
}
OF_ONE = ("url", "publisher")  # what no default can be given for
