"""Where the pages are. Identifiers of documents are often URLs, so they stand in the query, not in the path."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode


def link(path: str, **query: object) -> str:
    """A path with those of the parameters that have a value."""
    return with_query(path, query)


def with_query(path: str, query: Mapping[str, object]) -> str:
    """As ``link``, of a mapping."""
    given = urlencode({name: str(value) for name, value in query.items() if value not in (None, "")})
    return f"{path}?{given}" if given else path


def event_link(id: str, suffix: str = "") -> str:
    """The page of an event; ``suffix`` may be ".json"."""
    return f"/event/{quote(id, safe='')}{suffix}"


def article_link(document_id: str, suffix: str = "") -> str:
    """The page of an article."""
    return link(f"/article{suffix}", id=document_id)


def actor_link(code: str, suffix: str = "") -> str:
    """The page of an actor."""
    return link(f"/actor{suffix}", code=code)


def place_link(country: str, admin1: str | None = None, name: str | None = None, suffix: str = "") -> str:
    """The page of a place: a country, a part of it, or a named place in it."""
    return link(f"/place{suffix}", country=country, admin1=admin1, name=name)


def dyad_link(first: str, second: str, suffix: str = "") -> str:
    """The page of two actors."""
    return link(f"/dyad{suffix}", first=first, second=second)


LINKS = {
    "link": link,
    "event_link": event_link,
    "article_link": article_link,
    "actor_link": actor_link,
    "place_link": place_link,
    "dyad_link": dyad_link,
}
