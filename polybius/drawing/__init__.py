"""Pictures: numbers in, SVG text out. Standard library only; nothing is read but the packaged outlines of countries.

>>> from polybius.drawing import Line, Row, bars, series, style, world_map
>>> series("Events", [Line("all", [(dt.date(2024, 1, 1), 3), (dt.date(2024, 1, 8), None)])], area=True)
>>> bars("Types", [Row("Consult", 12, href="/?event=CONSULT")])
>>> world_map("Where", [Place(48.9, 2.4, 3, "Paris: 3 events")], {"FRA": 3})

- ``series(title, lines)``: lines or an area over days; ``diverging(title, bars)``: to both sides of nought
- ``bars(title, rows)``: a bar a name; ``stacked(title, layers, stacks)``: layers on each other, by period
- ``world_map(title, places, countries, box=None)``; ``around(points)`` is the box of some places
- ``style()``: the CSS that they all need, light and dark, for a ``<style>`` or a file
- all take ``description=`` and ``width=``: draw a second one of 400 for telephones, whose letters stay readable

Any label is escaped. A value that is None or no number is left out. There are no scripts and no inline styles, so that a
page with the policy ``default-src 'self'`` shows them; kinds are classes of the style sheet (``line-1`` to ``line-3``,
``verbal-cooperation`` and so on).
"""

from polybius.drawing.bars import Layer, Row, Stack, bars, stacked
from polybius.drawing.outline import outline, packed
from polybius.drawing.projection import Box, around
from polybius.drawing.series import Bar, Line, diverging, series
from polybius.drawing.style import style
from polybius.drawing.world import Place, world_map

__all__ = [
    "Bar",
    "Box",
    "Layer",
    "Line",
    "Place",
    "Row",
    "Stack",
    "around",
    "bars",
    "diverging",
    "outline",
    "packed",
    "series",
    "stacked",
    "style",
    "world_map",
]
