"""Pages: templates with what they all need, and the filters that write dates, numbers and names."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import jinja2
from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from polybius.explorer import choices, wording
from polybius.explorer.csrf import FIELD, keep_token, token_of
from polybius.explorer.links import LINKS, with_query
from polybius.explorer.opening import settings_of
from polybius.version import __version__

# In the order of the navigation: path, name, and the module of polybius.explorer.routes that has the page.
SECTIONS = (
    ("/", "Events", "events"),
    ("/map", "Map", "places"),
    ("/timeline", "Timeline", "timeline"),
    ("/dyads", "Dyads", "dyads"),
    ("/review", "Review", "review"),
    ("/api", "API", "api"),
)


def environment(pages: Collection[str]) -> jinja2.Environment:
    """The templates of the package. Everything is escaped, and a name that is missing is an error.

    ``pages`` are the modules of pages that there are; the navigation leads to no other.
    """
    found = jinja2.Environment(
        loader=jinja2.PackageLoader("polybius.explorer"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sections = [(path, name) for path, name, module in SECTIONS if module in pages]
    found.filters.update({**wording.FILTERS, **choices.FILTERS})
    found.globals.update({**LINKS, **choices.choices(), "days": wording.days, "without": _without})
    found.globals.update(version=__version__, sections=sections, csrf_field=FIELD)
    return found


def _without(request: Request, field: str) -> str:
    """The address of a page without one of its parameters."""
    kept = {name: text for name, text in request.query_params.items() if name != field}
    return with_query(request.url.path, kept)


def render(request: Request, name: str, /, *, status_code: int = 200, **context: Any) -> Response:
    """A page made of a template. Templates also know ``request``, ``settings``, ``csrf_token``, ``sections`` and links."""
    template = request.app.state.templates.get_template(name)
    common = {"request": request, "settings": settings_of(request), "csrf_token": token_of(request)}
    # Half a character (a surrogate), which a record in JSON may hold, can be in no answer.
    html = template.render(common | context).encode("utf-8", "replace")
    response = HTMLResponse(html, status_code)
    keep_token(request, response)
    return response
