"""The application: settings, guard, pages and errors put together."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, FastAPI
from starlette.staticfiles import StaticFiles

from polybius.explorer.csrf import Signer
from polybius.explorer.errors import add_handlers
from polybius.explorer.found import Counted
from polybius.explorer.guard import Guard
from polybius.explorer.indexing import Indexer
from polybius.explorer.memo import Memo
from polybius.explorer.page import environment
from polybius.explorer.routes import actors, api, article, dyads, event, events, places, review, timeline
from polybius.explorer.routes import map as map_page
from polybius.explorer.settings import Settings
from polybius.version import __version__

# The order is that of the navigation.
PAGES: Mapping[str, APIRouter] = {
    "events": events.router,
    "api": api.router,
    "event": event.router,
    "article": article.router,
    "map": map_page.router,
    "places": places.router,
    "timeline": timeline.router,
    "dyads": dyads.router,
    "actors": actors.router,
    "review": review.router,
}


def create_app(settings: Settings) -> FastAPI:
    """The explorer of one store."""
    app = FastAPI(
        title="Polybius", version=__version__, docs_url=None, redoc_url=None, openapi_url="/openapi.json", debug=False
    )
    app.state.settings, app.state.templates, app.state.signer = settings, environment(list(PAGES)), Signer()
    app.state.counted = Memo[Counted]()
    app.state.searched = Memo[list[str]](most=16)
    app.state.indexer = Indexer()
    for router in PAGES.values():
        app.include_router(router)
    app.mount("/static", StaticFiles(packages=[("polybius.explorer", "static")]), name="static")
    add_handlers(app)
    app.add_middleware(Guard, settings=settings)
    return app
