"""Pages: templates with what they all need, and the filters that write dates, numbers and names."""

from __future__ import annotations

from typing import Any

import jinja2
from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from polybius.explorer import choices, wording
from polybius.explorer.csrf import FIELD, keep_token, token_of
from polybius.explorer.links import LINKS, with_query
from polybius.explorer.opening import settings_of
from polybius.version import __version__

# In the order of the navigation: path, name.
SECTIONS = (
    ("/", "Events"),
    ("/map", "Map"),
    ("/timeline", "Timeline"),
    ("/dyads", "Dyads"),
    ("/review", "Review"),
    ("/api", "API"),
)


def environment() -> jinja2.Environment:
    """The templates of the package. Everything is escaped, and a name that is missing is an error."""
    found = jinja2.Environment(
        loader=jinja2.PackageLoader("polybius.explorer"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update({**wording.FILTERS, **choices.FILTERS})
    found.globals.update({**LINKS, **choices.choices(), "days": wording.days, "without": _without})
    found.globals.update(version=__version__, sections=SECTIONS, csrf_field=FIELD)
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
