"""Pairs of actors over time: net scale and counts, a row of the chart each pair."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polybius.charts.render import require
from polybius.charts.style import CONFLICT, COOPERATION, PALE, WIDTH
from polybius.query import Asked, dyads
from polybius.query.vocabulary import country_names

MOST_PAIRS = 6
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Series:
    """The rows of the pairs that are drawn, and what is not drawn."""

    rows: tuple[Row, ...]
    pairs: tuple[str, ...]
    notes: tuple[str, ...]


def series(path: Path | str, asked: Asked, by: str) -> Series:
    """The pairs of most events, as ``query.dyads`` counts them. Raises QueryError, NoEvents, StoreError."""
    found = [{**row, "pair": _pair(row)} for row in dyads(path, asked, by=by)]
    counts: Counter[str] = Counter()
    for row in found:
        counts[row["pair"]] += row["n_events"]
    pairs = sorted(counts, key=lambda pair: (-counts[pair], pair))
    drawn = [row for row in found if row["pair"] in pairs[:MOST_PAIRS]]
    return Series(tuple(_plain(row, by) for row in drawn if row["period"]), *_told(pairs, drawn, by))


def _told(pairs: list[str], drawn: list[Row], by: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    dated = {row["pair"] for row in drawn if row["period"]}
    shown = tuple(pair for pair in pairs[:MOST_PAIRS] if pair in dated)
    vague = sum(row["n_events"] for row in drawn if not row["period"])
    notes = []
    if len(pairs) > MOST_PAIRS:
        notes.append(f"the {MOST_PAIRS} pairs of most events, of {len(pairs):,} pairs")
    if vague:
        noun = "event is" if vague == 1 else "events are"
        notes.append(f"{vague:,} {noun} not drawn: no one {by} is known for them")
    return shown, tuple(notes)


def _pair(row: Row) -> str:
    """``Chad → Sudan``; a pair without an order is ``Chad – Sudan``."""
    names = country_names()
    mark = " – " if row["symmetric"] else " → "
    return mark.join(str(names.get(row[end], row[end])) for end in ("source", "target"))


def _plain(row: Row, by: str) -> Row:
    """The row as JSON holds it, with the day after its period."""
    return {**row, "period": row["period"].isoformat(), "end": after(row["period"], by).isoformat()}


def after(start: dt.date, by: str) -> dt.date:
    """The first day of the next period."""
    if by == "month":
        return dt.date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return start + dt.timedelta(days=7 if by == "week" else 1)


def draw(found: Series) -> Any:
    """The chart without its caption: net scale at the left, counts at the right."""
    alt = require("altair")
    height = 200 if len(found.pairs) == 1 else 90
    data = alt.Data(values=list(found.rows))
    row = alt.Row(
        "pair:N", sort=list(found.pairs), header=alt.Header(labelAngle=0, labelAnchor="start", labelOrient="top")
    )
    sides = [
        alt.layer(*layers, data=data).properties(width=WIDTH // 2, height=height).facet(row=row, spacing=14)
        for layers in (_net(found.rows), _counts(found.rows))
    ]
    return alt.hconcat(*sides, spacing=28)


def _time(rows: Sequence[Row]) -> dict[str, Any]:
    """The horizontal axis: each bar is as wide as its period. Days are UTC everywhere, so that none shifts by a zone."""
    alt = require("altair")
    domain = [min(row["period"] for row in rows), max(row["end"] for row in rows)]
    scale = alt.Scale(type="utc", domain=[_moment(day) for day in domain])
    axis = alt.Axis(labelOverlap=True, tickCount=5, grid=False)
    return {"x": alt.X("period:T", title=None, scale=scale, axis=axis), "x2": alt.X2("end:T"), "tooltip": _tip()}


def _moment(day: str) -> dict[str, Any]:
    year, month, date = (int(part) for part in day.split("-"))
    return {"year": year, "month": month, "date": date, "utc": True}


def _net(rows: Sequence[Row]) -> list[Any]:
    """Bars of the summed scale, in the colour of cooperation above nought and of conflict below."""
    alt = require("altair")
    colour = alt.condition("datum.net_scale >= 0", alt.value(COOPERATION), alt.value(CONFLICT))
    return [
        _bar().encode(y=alt.Y("net_scale:Q", title="net scale"), y2=alt.datum(0), color=colour, **_time(rows)),
        _nought(),
    ]


def _counts(rows: Sequence[Row]) -> list[Any]:
    """Cooperation upwards, conflict downwards."""
    alt = require("altair")
    scale = alt.Scale(domain=["cooperation", "conflict"], range=[COOPERATION, CONFLICT])
    colour = alt.Color("kind:N", scale=scale, legend=alt.Legend(title=None, orient="bottom"))
    axis = alt.Axis(title="events", format="d", labelExpr="abs(datum.value)", tickMinStep=1, tickCount=4)
    kinds = {"cooperation": "datum.cooperation", "conflict": "-datum.conflict"}
    bars = [
        _bar()
        .transform_calculate(kind=f"'{kind}'", height=height)
        .encode(y=alt.Y("height:Q", axis=axis), y2=alt.datum(0), color=colour, **_time(rows))
        for kind, height in kinds.items()
    ]
    return [*bars, _nought()]


def _bar() -> Any:
    return require("altair").Chart().mark_bar(stroke="white", strokeWidth=0.5)


def _nought() -> Any:
    alt = require("altair")
    return alt.Chart().mark_rule(color=PALE).encode(y=alt.datum(0))


def _tip() -> list[Any]:
    alt = require("altair")
    named = ("pair:N", "n_events:Q", "n_reports:Q", "cooperation:Q", "conflict:Q", "net_scale:Q")
    return [alt.Tooltip("period:T", format="%Y-%m-%d", formatType="utc"), *(alt.Tooltip(name) for name in named)]
