"""Colours and letters that all charts share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

COOPERATION, CONFLICT = "#2f6fb0", "#c2512b"
QUADS: Mapping[str, str] = {
    "VERBAL COOPERATION": "#8bb8e0",
    "MATERIAL COOPERATION": COOPERATION,
    "VERBAL CONFLICT": "#eda66f",
    "MATERIAL CONFLICT": CONFLICT,
}
INK, PALE, RULE = "#1c2733", "#5b6875", "#dfe4ea"
LAND, SEA = "#e7e8e3", "#f7f9fb"
WIDTH = 720
FONT = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"


def config() -> dict[str, Any]:
    """The configuration of Vega-Lite: quiet axes, a light grid, titles at the left."""
    return {
        "font": FONT,
        "background": "#ffffff",
        "view": {"stroke": None},
        "axis": {
            "labelColor": PALE,
            "titleColor": PALE,
            "gridColor": RULE,
            "domainColor": PALE,
            "tickColor": RULE,
            "titleFontWeight": "normal",
            "labelFontSize": 11,
            "titleFontSize": 11,
        },
        "header": {"labelColor": INK, "labelFontSize": 12, "labelFontWeight": "bold", "title": None},
        "legend": {"labelColor": INK, "titleColor": PALE, "titleFontWeight": "normal", "labelFontSize": 11},
        "title": {"anchor": "start", "color": INK, "fontSize": 18, "subtitleColor": PALE, "subtitleFontSize": 12},
    }
