"""Charts of a store: pairs of actors over time, events by type, where they took place; as PNG, SVG or one HTML page.

>>> from polybius import charts
>>> spec = charts.chart("news.duckdb", "dyads", actor="USA", recipient="CHN", by="week")
>>> image = charts.render(spec, "svg")

Rows are added up in the store; a chart is a Vega-Lite specification that holds its data. Needs altair and vl-convert.
"""

from polybius.charts.caption import Caption, caption, described
from polybius.charts.chart import KINDS, NothingToDraw, chart
from polybius.charts.places import PlaceRow, placed
from polybius.charts.render import FORMATS, NotInstalled, render
from polybius.charts.totals import Totals, totals

__all__ = [
    "FORMATS",
    "KINDS",
    "Caption",
    "NotInstalled",
    "NothingToDraw",
    "PlaceRow",
    "Totals",
    "caption",
    "chart",
    "described",
    "placed",
    "render",
    "totals",
]
