"""RSS and Atom → an article an entry. Runs in the worker."""

from __future__ import annotations

import calendar
import datetime as dt
import io
import re
from typing import Any
from urllib.parse import urlsplit

from polybius.ingest.clues import moment, plausible
from polybius.ingest.decode import Undecodable
from polybius.ingest.pages import flatten, tidy

ENTITY = re.compile(rb"<!ENTITY", re.I)
DATES = ("published", "created", "updated")


def feed(data: bytes, latest: str | None = None) -> list[dict[str, Any]]:
    """The entries of a feed. Its own definitions of entities are refused: they are how a few bytes become gigabytes."""
    import feedparser

    if ENTITY.search(data):
        raise Undecodable("malformed", "the feed defines entities")
    # A stream: given a string, the library would take it for a path or an address and open that.
    parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.entries:
        raise Undecodable("malformed" if parsed.bozo else "empty", str(parsed.get("bozo_exception", ""))[:200])
    limit = dt.datetime.fromisoformat(latest) if latest else None
    return [_entry(entry, parsed.feed.get("title"), limit) for entry in parsed.entries]


def _entry(entry: Any, publisher: str | None, latest: dt.datetime | None) -> dict[str, Any]:
    title = flatten(entry.get("title") or "") or None
    published, why = _published(entry, latest)
    link = entry.get("link") or ""
    return {
        "id": entry.get("id") or None,
        "text": tidy(_text(entry), title),
        "title": title,
        "author": entry.get("author"),
        "url": link if urlsplit(link).scheme in ("http", "https") else None,
        "published": published,
        "publisher": publisher,
        "found": [*([("published", why)] if why else []), *([("publisher", "title of the feed")] if publisher else [])],
    }


def _text(entry: Any) -> str:
    """The longest of the whole text and the summary."""
    texts = [part.get("value") or "" for part in entry.get("content", ())] + [entry.get("summary") or ""]
    return max(map(flatten, texts), key=len)


def _published(entry: Any, latest: dt.datetime | None) -> tuple[str | None, str]:
    refused = ""
    # The library gives the one for the other where it is missing.
    for key in {entry.get(key): key for key in reversed(DATES)}.values():
        day, why = _day(entry, key, latest)
        if day:
            return day, f"{key} of the entry{refused}"
        refused += f"; not {key}: {why}" if why else ""
    return None, refused.removeprefix("; ")


def _day(entry: Any, key: str, latest: dt.datetime | None) -> tuple[str | None, str]:
    written, parsed = entry.get(key) or "", entry.get(f"{key}_parsed")
    when = moment(written) or (_utc(parsed) if parsed else None)
    if when is None:
        return None, f"{written[:60]!r} is no date" if written else ""
    day, why = plausible(when.isoformat(), latest)
    return (day.isoformat() if day else None), why


def _utc(parsed: Any) -> dt.datetime | None:
    try:
        return dt.datetime.fromtimestamp(calendar.timegm(parsed), dt.UTC)
    except (ValueError, OverflowError, OSError):
        return None
