"""What went wrong, as a page or as JSON, whichever was asked for; never a traceback."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from polybius.explorer.guard import HEADERS
from polybius.explorer.indexing import Indexing
from polybius.explorer.page import render
from polybius.query import NoEvents, QueryError
from polybius.store import StoreError, UnknownId

TITLES = {
    400: "That question makes no sense",
    403: "Refused",
    404: "There is no such page",
    405: "That cannot be done here",
    409: "There are no events yet",
    422: "That form cannot be read",
    500: "Something went wrong in Polybius",
    503: "The store cannot be read just now",
}
INDEXING = "A moment: words are being indexed"
ASK_AGAIN = "2"  # seconds
SAYS_500 = (
    "This is a fault of the program, not of yours. What went wrong stands in the terminal where the explorer runs."
)
SAYS_404 = "The address leads nowhere. The events are on the first page."


def add_handlers(app: FastAPI) -> None:
    """Make all errors of an application pages."""
    for kind in (QueryError, NoEvents, Indexing, StoreError, HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(kind, _handler)


async def _handler(request: Request, error: Exception) -> Response:
    status, message, field = told(error)
    kept = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    if status == 500:
        logging.getLogger("polybius.explorer").error("%s %s", request.method, request.url.path, exc_info=error)
    indexing = isinstance(error, Indexing)
    response = problem(request, status, message, field, INDEXING if indexing else None)
    if indexing:
        response.headers.update({"retry-after": ASK_AGAIN, "refresh": ASK_AGAIN})
    response.headers.update({**HEADERS, **kept})  # the page of status 500 is made outside of the guard
    return response


def told(error: Exception) -> tuple[int, str, str | None]:
    """Status, message and the parameter that is meant."""
    if isinstance(error, QueryError):
        return 400, str(error), error.field
    if isinstance(error, NoEvents):
        return 409, str(error), None
    if isinstance(error, StoreError):
        return _of_store(error), str(error), None
    if isinstance(error, Indexing):
        return 503, str(error), None
    if isinstance(error, HTTPException):
        return error.status_code, SAYS_404 if error.detail == "Not Found" else str(error.detail), None
    if isinstance(error, RequestValidationError):
        return 422, "; ".join(_fault(fault) for fault in error.errors()), None
    return 500, SAYS_500, None


def _of_store(error: StoreError) -> int:
    return 404 if isinstance(error, UnknownId) else 503


def _fault(fault: dict[str, object]) -> str:
    place = fault.get("loc")
    return f"{'.'.join(str(part) for part in place) if isinstance(place, tuple) else place}: {fault.get('msg')}"


def problem(
    request: Request, status: int, message: str, field: str | None = None, title: str | None = None
) -> Response:
    """The answer that says what is wrong."""
    title = title or TITLES.get(status, "That did not work")
    if wants_data(request):
        response: Response = JSONResponse({"error": {"status": status, "message": message, "field": field}}, status)
    else:
        response = render(request, "problem.html", status_code=status, title=title, message=message, field=field)
    if status == 503:
        response.headers["retry-after"] = "5"
    return response


def wants_data(request: Request) -> bool:
    """Whether a program asks: an address of data, or of the API."""
    path = request.url.path
    return path.startswith("/api/") or path == "/openapi.json" or path.endswith((".json", ".csv", ".geojson"))
