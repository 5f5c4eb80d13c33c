"""Where articles come from: their address, if a browser may follow it, and the text that they copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from polybius.store import Store

LONGEST_URL = 2000


def web_address(url: str | None) -> str | None:
    """The address where it leads to the web; None for scripts, files and what is no address."""
    if not url or len(url) > LONGEST_URL or not url.isprintable():
        return None
    try:
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Cluster:
    """The text that a document goes back to. ``number`` counts those of a page, ``copies`` are the other documents of it."""

    number: int
    origin: str
    evidence: str
    copies: tuple[str, ...] = ()


def clusters(store: Store, documents: Sequence[str]) -> dict[str, Cluster]:
    """The cluster of each document, numbered in the order of ``documents``; none before the first assembly."""
    sql = "SELECT document_id, origin, evidence FROM origins WHERE document_id IN (SELECT unnest($1::VARCHAR[]))"
    found = {id: (origin, evidence) for id, origin, evidence in store.rows(sql, [list(documents)])}
    numbers = numbered(found[id][0] for id in documents if id in found)
    alike = _copies(store, list(numbers))
    return {
        id: Cluster(numbers[origin], origin, evidence, tuple(one for one in alike.get(origin, ()) if one != id))
        for id, (origin, evidence) in found.items()
    }


def numbered(names: Iterable[str]) -> Mapping[str, int]:
    """Names with numbers from 1, in the order of their first mention."""
    return {name: number for number, name in enumerate(dict.fromkeys(names), 1)}


def _copies(store: Store, origins: list[str]) -> dict[str, list[str]]:
    sql = "SELECT origin, document_id FROM origins WHERE origin IN (SELECT unnest($1::VARCHAR[])) ORDER BY document_id"
    found: dict[str, list[str]] = {}
    for origin, document in store.rows(sql, [origins]):
        found.setdefault(origin, []).append(document)
    return found
