"""Date and publisher of a page: where they stand, in order of trust. Runs in the worker."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

DATE_META = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "date",
)
PUBLISHER_META = ("og:site_name", "application-name", "dc.publisher", "publisher")
URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/._-]|$)")
DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
EARLIEST = dt.date(1800, 1, 1)
AHEAD = dt.timedelta(hours=14)  # so far a local date may be ahead of the one in UTC
MAX_NODES = 20_000


@dataclass(frozen=True, slots=True)
class Clue:
    """A value and the tag that gave it."""

    value: str
    where: str


def page_date(tree: Any, html: str, url: str | None, latest: dt.datetime | None) -> tuple[str | None, str]:
    """The publication date and why this one, or why none; never one that is later than ``latest``."""
    refused = ""
    for clue in _dates(tree, html, url, latest):
        day, problem = plausible(clue.value, latest)
        if day is not None:
            return day.isoformat(), f"{clue.where}{refused}"
        if problem:
            refused += f"; not {clue.where}: {problem}"
    return None, refused.removeprefix("; ")


def plausible(value: str, latest: dt.datetime | None) -> tuple[dt.date | None, str]:
    """The date in ``value`` as it is written there, or why it is not taken; both empty where there is none."""
    found = DAY.match(value.strip())
    if found is None:
        return None, ""
    try:
        day = dt.date(*map(int, found.groups()))
    except ValueError:
        return None, f"{value[:40]} is no date"
    if day < EARLIEST:
        return None, f"{day} is before {EARLIEST.year}"
    if latest is not None and _after(value.strip(), day, latest):
        return None, f"{day} is later than the page itself"
    return day, ""


def moment(text: str) -> dt.datetime | None:
    """A date with a time as it is written in feeds (ISO) and mails (RFC 5322), with its own time zone."""
    for parse in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(text.strip())
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None


def _after(value: str, day: dt.date, latest: dt.datetime) -> bool:
    """By the moment where the time zone is given, else by the day, which begins earlier in the east."""
    try:
        moment = dt.datetime.fromisoformat(value)
        if moment.tzinfo is not None:
            return moment > latest
    except (ValueError, OverflowError):
        pass
    return day > (latest + AHEAD).date()


def _dates(tree: Any, html: str, url: str | None, latest: dt.datetime | None) -> Iterator[Clue]:
    for node in json_ld(tree):
        if isinstance(node.get("datePublished"), str):
            yield Clue(node["datePublished"], "JSON-LD datePublished")
    yield from _metas(tree, DATE_META)
    for time in tree.xpath("//time[@datetime][@pubdate or @itemprop='datePublished' or ancestor::article]")[:3]:
        yield Clue(time.get("datetime"), "time in the article")
    in_url = URL_DATE.search(urlsplit(url).path) if url else None
    if in_url:
        yield Clue("{}-{:0>2}-{:0>2}".format(*in_url.groups()), "address")
    yield from _by_htmldate(tree, html, latest)


def _by_htmldate(tree: Any, html: str, latest: dt.datetime | None) -> Iterator[Clue]:
    """Without its extensive search, and without the page's foot: a copyright is no date of publication."""
    from htmldate import find_date

    for foot in tree.xpath("//footer | //*[@id='footer' or @class='footer' or contains(@class, 'copyright')]"):
        foot.drop_tree()
    last = (latest + AHEAD).strftime("%Y-%m-%d") if latest else None
    found = find_date(tree, extensive_search=False, original_date=True, max_date=last)
    if found:
        yield Clue(found, "htmldate")


def page_publisher(tree: Any, url: str | None) -> Clue | None:
    """Who published the page: by its own word, else the host of its address."""
    for node in json_ld(tree):
        publisher = node.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else None
        if isinstance(name, str) and name.strip():
            return Clue(name.strip()[:200], "JSON-LD publisher")
    for clue in _metas(tree, PUBLISHER_META):
        return Clue(clue.value[:200], clue.where)
    host = urlsplit(url).hostname if url else None
    return Clue(host.removeprefix("www."), "host of the address") if host else None


def canonical(tree: Any, url: str | None) -> str | None:
    """The address that the page gives itself; where it was fetched, only one of the same host is believed."""
    for value in tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")[:4]:
        parts = urlsplit(value.strip()) if len(value) < 2000 else urlsplit("")
        if parts.scheme in ("http", "https") and parts.hostname and url is None:
            return str(value.strip())
        if parts.scheme in ("http", "https") and parts.hostname == urlsplit(url or "").hostname:
            return str(value.strip())
    return url


def _metas(tree: Any, names: tuple[str, ...]) -> Iterator[Clue]:
    """The contents of the meta tags of these names, in the order of the names."""
    found: dict[str, str] = {}
    for tag in tree.xpath("//meta[@content]")[:2000]:
        for attribute in ("property", "name", "itemprop"):
            found.setdefault((tag.get(attribute) or "").strip().lower(), tag.get("content").strip())
    for name in names:
        if found.get(name):
            yield Clue(found[name], f"meta {name}")


def json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of the page's structured data, outer ones first."""
    for script in tree.xpath("//script[@type='application/ld+json']")[:20]:
        try:
            waiting = deque([json.loads(script.text or "", strict=False)])
        except (ValueError, RecursionError):
            continue
        for _ in range(MAX_NODES):
            if not waiting:
                break
            node = waiting.popleft()
            if isinstance(node, dict):
                yield node
            waiting.extend(node.values() if isinstance(node, dict) else node if isinstance(node, list) else ())
