"""Accounts as text, so that a store keeps what is compared: to load them takes a tenth of what making them takes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from polybius.assembly.facts import Account, Article, Side, Where

_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def written(account: Account) -> str:
    """The features of an account, without its id and the words of its article. Equal accounts give equal texts."""
    return _JSON.encode(
        {
            "reports": account.reports,
            "event": account.event,
            "modes": sorted(account.modes),
            "status": account.status,
            "sides": [_side(account.actor), _side(account.recipient)],
            "places": [[one.name, one.country, one.latitude, one.longitude, one.radius] for one in account.places],
            "dates": [day and day.isoformat() for day in (account.start, account.end, account.article.published)],
            "figures": dict(sorted(account.figures.items())),
            "triggers": sorted(account.triggers),
            "vector": account.vector.hex(),
        }
    )


def _side(side: Side) -> list[list[str]]:
    return [sorted(side.names), sorted(side.codes), sorted(side.words)]


def read(id: str, document_id: str, features: str, words: Mapping[str, int]) -> Account:
    """The account of some features."""
    found: dict[str, Any] = json.loads(features)
    start, end, published = (day and dt.date.fromisoformat(day) for day in found["dates"])
    actor, recipient = (Side(*map(frozenset, side)) for side in found["sides"])
    return Account(
        id=id,
        article=Article(document_id, published, words),
        reports=tuple(found["reports"]),
        event=found["event"],
        modes=frozenset(found["modes"]),
        status=found["status"],
        actor=actor,
        recipient=recipient,
        places=tuple(Where(*place) for place in found["places"]),
        start=start,
        end=end,
        figures={kind: (low, high) for kind, (low, high) in found["figures"].items()},
        triggers=frozenset(found["triggers"]),
        vector=bytes.fromhex(found["vector"]),
    )


def written_words(article: Article) -> str:
    """The words of an article, in their order."""
    return _JSON.encode(article.words)
