"""The report as one HTML page that loads nothing and has no script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from polybius.briefing.content import Briefing
from polybius.briefing.pictures import map_svg, timeline_svg
from polybius.briefing.wording import day
from polybius.drawing import style

TEMPLATES = Path(__file__).parent
INSTALL = "a report needs jinja2; install it with: pip install 'polybius[explore]'"


class NotInstalled(Exception):
    """A library or a program is missing; the message says how to get it."""


def to_html(briefing: Briefing) -> str:
    """The page. All words of others are escaped. Raises NotInstalled."""
    template = _environment().get_template("report.html.j2")
    pictures = {"map": map_svg(briefing.places), "timeline": timeline_svg(briefing.periods, briefing.by)}
    return str(template.render(b=briefing, drawing=style(), **pictures)) + "\n"


def _environment() -> Any:
    try:
        import jinja2
    except ImportError:
        raise NotInstalled(INSTALL) from None
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., Any]] = {"day": day, "percent": percent, "signed": signed}
    made.filters.update(filters)
    return made


def percent(value: float) -> str:
    """``97 %``; nothing but certainty is shown as 100 %."""
    return f"{min(round(100 * value), 99 if value < 1 else 100)} %"


def signed(value: float) -> str:
    """``+3.5``, ``−2``."""
    return f"{'−' if value < 0 else '+' if value > 0 else ''}{abs(value):g}"
