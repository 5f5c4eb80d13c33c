"""From a question to the specification of a chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from polybius.charts import dyads, places, types
from polybius.charts.caption import Caption, caption, named
from polybius.charts.render import require
from polybius.charts.style import PALE, config
from polybius.charts.totals import Totals, of_store
from polybius.query import PERIODS, Asked, QueryError
from polybius.query.opened import with_events

Drawn = tuple[Any, str, Sequence[str]]  # chart without caption, its title, notes


class NothingToDraw(Exception):
    """No event fits, or none of those that fit can stand in this chart; the message says which."""


def chart(
    path: Path | str,
    kind: str,
    asked: Asked | None = None,
    *,
    by: str = "month",
    title: str | None = None,
    **words: Any,
) -> dict[str, Any]:
    """The Vega-Lite specification of a chart, with its data. ``words`` are fields of Asked; ``by`` is for dyads.

    Raises NothingToDraw, NotInstalled, QueryError, NoEvents, StoreError.
    """
    if kind not in KINDS:
        raise QueryError("kind", f"there is no chart {kind!r}; allowed: {', '.join(KINDS)}")
    if by not in PERIODS:
        raise QueryError("by", f"there is no period {by!r}; allowed: {', '.join(PERIODS)}")
    checked, counted = _checked(path, asked or Asked(**words))
    if not counted.events:
        raise NothingToDraw("no event fits the question; there is nothing to draw")
    drawn, named_so, notes = KINDS[kind](path, checked, by, counted)
    return _framed(drawn, caption(title or named_so, path, checked, counted, notes))


def _checked(path: Path | str, asked: Asked) -> tuple[Asked, Totals]:
    with with_events(path) as store:
        checked = asked.checked(store)
        return checked, of_store(store, checked)


def _dyads(path: Path | str, asked: Asked, by: str, counted: Totals) -> Drawn:
    found = dyads.series(path, asked, by)
    if not found.rows:
        where = f"none has two parties of known code and a date within one {by}"
        raise NothingToDraw(f"of {counted.events:,} events that fit {where}; there is nothing to draw")
    return dyads.draw(found), f"{_who(asked)}, by {by}", found.notes


def _who(asked: Asked) -> str:
    if asked.actor and asked.recipient:
        return f"{named(asked.actor)} to {named(asked.recipient)}"
    one = asked.actor or asked.recipient
    return f"{named(one)} and others" if one else "Who deals with whom"


def _types(path: Path | str, asked: Asked, by: str, counted: Totals) -> Drawn:
    return types.draw(types.by_type(path, asked)), "Events by type", ()


def _map(path: Path | str, asked: Asked, by: str, counted: Totals) -> Drawn:
    found = places.placed(path, asked)
    if not found:
        raise NothingToDraw(
            f"of {counted.events:,} events that fit none has a place with coordinates; there is nothing to draw"
        )
    return places.draw(found), "Where events took place", places.notes(found, counted.events)


KINDS: Mapping[str, Callable[[Path | str, Asked, str, Totals], Drawn]] = {
    "dyads": _dyads,
    "types": _types,
    "map": _map,
}


def _framed(drawn: Any, words: Caption) -> dict[str, Any]:
    """The chart with its caption above and its source below."""
    alt = require("altair")
    above = alt.TitleParams(text=words.title, subtitle=list(words.lines), offset=14, subtitlePadding=6)
    below = alt.TitleParams(
        text=words.source, orient="bottom", anchor="start", fontSize=10, fontWeight="normal", color=PALE, offset=10
    )
    whole = alt.vconcat(drawn.properties(title=above)).properties(title=below, padding=16)
    spec: dict[str, Any] = whole.properties(usermeta={"title": words.title}).to_dict()
    return {**spec, "config": config()}
