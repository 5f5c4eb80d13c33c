"""The application: settings, guard, pages and errors put together."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from polybius.explorer.csrf import Signer
from polybius.explorer.errors import add_handlers
from polybius.explorer.guard import Guard
from polybius.explorer.page import environment
from polybius.explorer.settings import Settings
from polybius.version import __version__

# Modules of polybius.explorer.routes; each has a ``router``.
PAGES = ("events", "api", "event", "article", "map", "places", "timeline", "dyads", "actors", "review")


def create_app(settings: Settings) -> FastAPI:
    """The explorer of one store."""
    app = FastAPI(
        title="Polybius", version=__version__, docs_url=None, redoc_url=None, openapi_url="/openapi.json", debug=False
    )
    pages = [name for name in PAGES if find_spec(f"polybius.explorer.routes.{name}")]
    app.state.settings, app.state.templates, app.state.signer = settings, environment(pages), Signer()
    for name in pages:
        app.include_router(import_module(f"polybius.explorer.routes.{name}").router)
    app.mount("/static", StaticFiles(packages=[("polybius.explorer", "static")]), name="static")
    add_handlers(app)
    app.add_middleware(Guard, settings=settings)
    return app
