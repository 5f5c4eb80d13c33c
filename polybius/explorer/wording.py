"""How values are written for people. Filters of the templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from polybius import codebook
from polybius.query.vocabulary import country_names, own_actors

NOTHING = "–"
STATUS_WORDS = {
    "actual": "happened",
    "future": "announced",
    "hypothetical": "hypothetical",
    "negated": "did not happen",
    "historical": "long ago",
}


def day(value: dt.date | str | None) -> str:
    """``3 May 2024``."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, str):
        value = dt.date.fromisoformat(value)
    return f"{value.day} {value:%b} {value.year}"


def days(start: dt.date | None, end: dt.date | None) -> str:
    """A span: ``3 May 2024``, ``3–5 May 2024``, ``May 2024``, ``2024``, ``until 5 May 2024``."""
    if start is None or end is None:
        return _open(start, end)
    if start == end:
        return day(start)
    if _whole(start, end):
        return f"{start:%b} {start.year}" if start.month == end.month and start.year == end.year else f"{start.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    return f"{day(start)} – {day(end)}"


def _open(start: dt.date | None, end: dt.date | None) -> str:
    if start is None and end is None:
        return "date unknown"
    return f"from {day(start)}" if end is None else f"until {day(end)}"


def _whole(start: dt.date, end: dt.date) -> bool:
    """Whether a span is a whole month or year."""
    after = end + dt.timedelta(days=1) if end < dt.date.max else end
    if start.day != 1 or after.day != 1:
        return False
    same_month = (start.year, start.month) == (end.year, end.month)
    return same_month or (start.year == end.year and start.month == 1 and end.month == 12)


def number(value: float | int | None) -> str:
    """``12,345``; fractions with two places."""
    if value is None:
        return NOTHING
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")


def signed(value: float | None) -> str:
    """``+3.4``, ``−5``: a scale."""
    if value is None:
        return NOTHING
    return f"{'−' if value < 0 else '+' if value > 0 else ''}{abs(value):g}"


def percent(value: float | None) -> str:
    """``87 %``. What is not quite certain is never shown as 100 %."""
    if value is None:
        return NOTHING
    shown = round(100 * value)
    return f"{min(shown, 99) if value < 1 else shown} %"


def plural(count: int, one: str, many: str | None = None) -> str:
    """``1 event``, ``2 events``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


@cache
def type_words() -> Mapping[str, str]:
    """Event type → its name in the codebook."""
    return {name: name.capitalize() for name in codebook.load().types}


def type_label(code: str | None) -> str:
    """``Consult`` of ``CONSULT``."""
    return NOTHING if not code else type_words().get(code, code)


def mode_label(modes: str | None) -> str:
    """``visit, mediate`` of ``visit;mediate``."""
    return ", ".join(part.replace("_", " ") for part in (modes or "").split(";") if part)


def status_label(code: str | None) -> str:
    """A status in words."""
    return NOTHING if not code else STATUS_WORDS.get(code, code)


@cache
def actor_words() -> Mapping[str, str]:
    """Code → name of countries and of PLOVER's own actors."""
    return {**dict(own_actors()), **country_names()}


def actor_label(code: str | None) -> str:
    """``North Korea`` of ``PRK``; an unknown code stands for itself."""
    return "unknown" if not code else actor_words().get(code, code)


def country_label(code: str | None) -> str:
    """The name of a country."""
    return NOTHING if not code else country_names_once().get(code, code)


@cache
def country_names_once() -> Mapping[str, str]:
    """Code → name, read once."""
    return country_names()


def short(text: str, most: int = 80) -> str:
    """A name in one line, cut where it is very long."""
    line = " ".join(text[: most + 1].split())
    return line if len(text) <= most else line[:most].rstrip() + "…"


def codes(text: str) -> Markup:
    """Text with what stands between backticks as code. Everything else is escaped."""
    pieces = str(escape(text)).split("`")
    return Markup("".join(f"<code>{piece}</code>" if i % 2 else piece for i, piece in enumerate(pieces)))


def quad_class(quad: str | None) -> str:
    """``quad-verbal-conflict``: the class of a colour."""
    return "quad-" + "-".join((quad or "none").lower().split())


def parts(cell: str | None) -> list[str]:
    """The values of a cell with ";" between them."""
    return [] if not cell else cell.split(";")


FILTERS: Mapping[str, Callable[..., Any]] = {
    "day": day,
    "days": days,
    "number": number,
    "signed": signed,
    "percent": percent,
    "plural": plural,
    "type_label": type_label,
    "mode_label": mode_label,
    "status_label": status_label,
    "actor_label": actor_label,
    "country_label": country_label,
    "codes": codes,
    "short": short,
    "quad_class": quad_class,
    "parts": parts,
}
