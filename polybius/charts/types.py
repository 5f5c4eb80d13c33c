"""Events by type, coloured by what the codebook says of them: verbal or material, cooperation or conflict."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from polybius.charts.render import require
from polybius.charts.style import INK, QUADS, WIDTH
from polybius.query import Asked
from polybius.query.opened import ask, with_events

_TYPES = """SELECT event, quad_code, count(*) AS n_events, CAST(sum(n_reports) AS BIGINT) AS n_reports,
  count(*) FILTER (disputed) AS disputed FROM event_rows WHERE {} GROUP BY event, quad_code
  ORDER BY n_events DESC, event, quad_code"""


def by_type(path: Path | str, asked: Asked) -> list[dict[str, Any]]:
    """A row a type, the commonest first. Raises QueryError, NoEvents, StoreError."""
    with with_events(path) as store:
        condition, values = asked.checked(store).of_events()
        return list(ask(store, _TYPES.format(condition), values))


def draw(rows: list[dict[str, Any]]) -> Any:
    """The chart without its caption."""
    alt = require("altair")
    order = list(dict.fromkeys(row["event"] for row in rows))
    quads = [quad for quad in QUADS if quad in {row["quad_code"] for row in rows}]
    colour = alt.Color(
        "quad_code:N",
        scale=alt.Scale(domain=quads, range=[QUADS[quad] for quad in quads]),
        legend=alt.Legend(title=None, orient="bottom-right", labelExpr="lower(datum.label)", labelLimit=200),
    )
    height = alt.Y("event:N", sort=order, title=None, axis=alt.Axis(labelColor=INK, domain=False, ticks=False))
    length = alt.X("n_events:Q", title="events", axis=alt.Axis(format=",d", tickMinStep=1, tickCount=6, domain=False))
    tip = [alt.Tooltip(name) for name in ("event:N", "n_events:Q", "n_reports:Q", "disputed:Q")]
    base = alt.Chart(alt.Data(values=rows)).encode(y=height, x=length)
    bars = base.mark_bar().encode(color=colour, tooltip=tip)
    words = base.mark_text(align="left", dx=4, color=INK).encode(text=alt.Text("n_events:Q", format=","))
    return (bars + words).properties(width=WIDTH, height=alt.Step(24))
