"""One request and its answer, read within limits."""

from __future__ import annotations

import datetime as dt
import http.client
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from polybius.ingest.fetch.address import Target
from polybius.ingest.fetch.connect import Timed
from polybius.ingest.fetch.failure import NotFetched
from polybius.version import __version__

AGENT = "Polybius"  # the name that a robots.txt may address
USER_AGENT = f"{AGENT}/{__version__} (codes political events from news; obeys robots.txt)"
ACCEPT = "application/rss+xml, application/atom+xml, text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5"
CHUNK = 65536
GZIP = b"\x1f\x8b"
WBITS = {"gzip": 31, "x-gzip": 31}
LONGEST_WAIT = 30 * 86400.0


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier answer said of its version, so that only a newer one is sent."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer, unpacked; ``headers`` are in small letters. The body of an answer other than 200 is not read."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def exchange(target: Target, connection: Timed, known: Known, size: int) -> Answer:
    """Ask for the target over the connection. Raises NotFetched."""
    client = http.client.HTTPConnection(target.host, target.port)
    client.sock = connection  # of a socket it needs only what this has
    try:
        client.request("GET", target.path, headers=_headers(target, known))
        return _read(client.getresponse(), target, size)
    except NotFetched:
        raise
    except (OSError, EOFError) as error:
        raise NotFetched("unreachable", f"{target.url[:200]}: {error}", passing=True) from None
    except (http.client.HTTPException, ValueError) as error:
        why = f"no answer of HTTP ({type(error).__name__}: {str(error)[:100]})"
        raise NotFetched("unreachable", f"{target.url[:200]}: {why}", passing=True) from None
    finally:
        connection.end()


def _headers(target: Target, known: Known) -> dict[str, str]:
    headers = {
        "Host": target.authority,
        "User-Agent": USER_AGENT,
        "Accept": ACCEPT,
        "Accept-Language": "en, *;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return headers | {name: value for name, value in asked.items() if value}


def _read(response: http.client.HTTPResponse, target: Target, size: int) -> Answer:
    headers = {name.lower(): value for name, value in response.getheaders()}
    body = b"" if response.status != 200 else b"".join(_unpacked(response, headers, target, size))
    return Answer(response.status, headers, body)


def _unpacked(
    response: http.client.HTTPResponse, headers: Mapping[str, str], target: Target, size: int
) -> Iterator[bytes]:
    """The body bit by bit; never more of it than the limit is held, however well it was packed."""
    packing = headers.get("content-encoding", "identity").strip().lower()
    unpacker = _unpacker(packing, target)
    left = size
    for chunk in _chunks(response, target, size):
        waiting = chunk
        while waiting:
            data, waiting = unpacker.take(waiting, left + 1)
            left -= len(data)
            if left < 0:
                raise NotFetched("too_long", f"{target.url[:200]}: more than {size:,} bytes")
            yield data
    if not unpacker.whole:
        raise NotFetched("unreadable", f"{target.url[:200]}: the {packing} body is cut off", passing=True)


def _chunks(response: http.client.HTTPResponse, target: Target, size: int) -> Iterator[bytes]:
    read = 0
    while chunk := response.read(CHUNK):
        read += len(chunk)
        if read > size:
            raise NotFetched("too_long", f"{target.url[:200]}: more than {size:,} bytes")
        yield chunk
    if response.length:
        raise NotFetched("unreadable", f"{target.url[:200]}: {response.length:,} bytes are missing", passing=True)


class _Plain:
    """A body that is not packed."""

    whole = True

    def take(self, data: bytes, most: int) -> tuple[bytes, bytes]:
        return data[:most], data[most:]


class _Packed:
    """A body packed with gzip or deflate, several of them one after the other included."""

    def __init__(self, target: Target, wbits: int | None) -> None:
        self.target, self.wbits = target, wbits
        self.inner: Any = None
        self.begun = False

    @property
    def whole(self) -> bool:
        return not self.begun or bool(self.inner.eof)

    def take(self, data: bytes, most: int) -> tuple[bytes, bytes]:
        """At most so many bytes unpacked, and what is still to be unpacked."""
        if self.begun and self.inner.eof and not (self.wbits and data.startswith(GZIP)):
            return b"", b""  # what stands behind the end is passed over, as browsers do
        if not self.begun or self.inner.eof:
            self.inner = zlib.decompressobj(wbits=self.wbits or _deflate(data))
            self.begun = True
        try:
            found = self.inner.decompress(data, most)
        except zlib.error as error:
            raise NotFetched("unreadable", f"{self.target.url[:200]}: {error}") from None
        return found, self.inner.unused_data if self.inner.eof else self.inner.unconsumed_tail


def _deflate(data: bytes) -> int:
    """Servers send both what the name says, with a zlib header, and without one."""
    return zlib.MAX_WBITS if data[0] & 0x0F == 8 and data[0] >> 4 <= 7 else -zlib.MAX_WBITS


def _unpacker(packing: str, target: Target) -> _Plain | _Packed:
    if packing in ("", "identity"):
        return _Plain()
    if packing == "deflate" or packing in WBITS:
        return _Packed(target, WBITS.get(packing))
    raise NotFetched("unreadable", f"{target.url[:200]}: packed with {packing[:40]!r}, which was not asked for")


def retry_after(headers: Mapping[str, str], now: dt.datetime) -> float | None:
    """In how many seconds the server wants to be asked again, by its own word."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:12]), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
        seconds = (moment.replace(tzinfo=moment.tzinfo or dt.UTC) - now).total_seconds()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return min(max(0.0, seconds), LONGEST_WAIT)
