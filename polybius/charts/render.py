"""A Vega-Lite specification as PNG, SVG, or one HTML page that loads nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

FORMATS = ("png", "svg", "html")
SHARPNESS = 2.0  # pixels of a PNG for each of the chart's
INSTALL = (
    "charts need altair and vl-convert-python, of which {} is missing; install them with: pip install 'polybius[chart]'"
)

# The interpreter of Vega (ast) needs no eval, so that the policy can forbid it; and nothing is ever loaded.
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
_EMBED = {
    "ast": True,
    "renderer": "svg",
    "actions": {"export": True, "source": False, "compiled": False, "editor": False},
}
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>body {{ margin: 1rem; overflow-x: auto; background: #fff }} #chart {{ display: inline-block }}</style>
<script>{library}</script>
</head>
<body>
<div id="chart"></div>
<script>vegaEmbed("#chart", {spec}, {options}).catch(console.error);</script>
</body>
</html>
"""


class NotInstalled(Exception):
    """A library is missing; the message names the line that installs it."""


def require(library: str) -> Any:
    """The module of a library. Raises NotInstalled."""
    import importlib

    try:
        return importlib.import_module(library)
    except ImportError:
        raise NotInstalled(INSTALL.format(library)) from None


def render(spec: Mapping[str, Any], format: str) -> bytes:
    """The chart in one of FORMATS. Raises NotInstalled."""
    convert = require("vl_convert")
    if format == "png":
        return bytes(convert.vegalite_to_png(dict(spec), scale=SHARPNESS))
    if format == "svg":
        return str(convert.vegalite_to_svg(dict(spec))).encode()
    return page(spec, convert.javascript_bundle()).encode()


def page(spec: Mapping[str, Any], library: str) -> str:
    """One page with the library and the data in it. Names in the data are other people's: none can end the script."""
    title = escape(str(spec.get("usermeta", {}).get("title", "Chart")))
    options = _script(_EMBED)
    return _PAGE.format(
        policy=_POLICY, title=title, library=_closed(library), spec=_script(_without_schema(spec)), options=options
    )


def _script(value: object) -> str:
    """JSON that is safe inside a script element."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028")


def _closed(library: str) -> str:
    return library.replace("</script", "<\\/script")


def _without_schema(spec: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in spec.items() if key != "$schema"}
