"""SVG as text: every label is escaped, every number is finite, and nothing needs an inline style."""

from __future__ import annotations

import math
import re
from html import escape

MOST = 1e15  # a number beyond is drawn as this
LONGEST = 300  # characters of a label
# What no XML may hold: controls, halves of characters, and two that are none.
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(words: object) -> str:
    """Words as they may stand in SVG, cut where they are long."""
    return escaped(short(str(words), LONGEST))


def escaped(value: object) -> str:
    """A value as it may stand in SVG, in a tag or between tags."""
    return escape(_ILLEGAL.sub("\ufffd", str(value)))


def short(words: str, most: int) -> str:
    """Words cut to a number of characters, not escaped."""
    return words if len(words) <= most else words[: max(most - 1, 1)].rstrip() + "…"


def finite(value: float | None) -> float | None:
    """The value, held within bounds; None where it is no number."""
    if value is None or not math.isfinite(value):
        return None
    return max(-MOST, min(MOST, float(value)))


def number(value: float) -> str:
    """A number of pixels."""
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def amount(value: float) -> str:
    """A number for people: ``1,250``, ``−3.5``."""
    shown = (
        f"{abs(value):,.0f}"
        if abs(value) >= 1000 or value == int(value)
        else f"{abs(value):,.2f}".rstrip("0").rstrip(".")
    )
    return f"−{shown}" if value < 0 and shown != "0" else shown


def tag(name: str, *inside: str, **attributes: object) -> str:
    """An element. ``inside`` is SVG already; attributes are escaped, None leaves one out, ``_`` stands for ``-``."""
    given = "".join(f' {_name(key)}="{_value(value)}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{given}>{''.join(inside)}</{name}>" if inside else f"<{name}{given}/>"


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: object) -> str:
    return number(value) if isinstance(value, float) else escaped(value)


def label(words: object, x: float, y: float, *, anchor: str = "start", class_: str | None = None) -> str:
    """Words at a point."""
    return tag(
        "text", text(words), x=float(x), y=float(y), text_anchor=None if anchor == "start" else anchor, class_=class_
    )


def titled(mark: str, words: str, href: str | None = None) -> str:
    """A mark that says its words when it is pointed at, and leads somewhere where ``href`` is given.

    A link whose mark has letters of its own is named by its title; one without needs the words as label.
    """
    inside = tag("title", text(words)) + mark
    named = None if "<text" in mark else short(words, LONGEST)
    return tag("a", inside, href=href, aria_label=named) if href else tag("g", inside)


def picture(title: str, description: str, width: float, height: float, *inside: str, linked: bool = False) -> str:
    """A whole picture. One with links is a group for screen readers, so that they reach the links."""
    told = (tag("title", text(title)), tag("desc", text(description))) if description else (tag("title", text(title)),)
    return tag(
        "svg", *told, *inside, xmlns="http://www.w3.org/2000/svg", class_="drawing", viewBox=f"0 0 {number(width)} {number(height)}",
        width=float(width), height=float(height), role="group" if linked else "img", aria_label=short(title, LONGEST),
    )  # fmt: skip
