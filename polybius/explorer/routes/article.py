"""An article: its whole text with what was read in it, the same as data, and why it was read so."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request, Response

from polybius.explorer.article import Article, Coded, article
from polybius.explorer.data import json_response
from polybius.explorer.explaining import NotExplained, coder_of, explained, explanations
from polybius.explorer.opening import reading
from polybius.explorer.page import render
from polybius.explorer.words import LABELS, visible
from polybius.query import QueryError
from polybius.report import to_json

router = APIRouter(include_in_schema=False)


@router.get("/article.json")
def article_json(request: Request) -> Response:
    """The article with its whole text, its origin and its reports as JSON."""
    with reading(request) as store:
        found = article(store, _id(request))
    return json_response(_data(found))


def _data(found: Article) -> dict[str, Any]:
    origin = None if found.cluster is None else asdict(found.cluster) | {"copies": list(found.cluster.copies)}
    document = {name: value for name, value in asdict(found.document).items() if name not in ("fetched", "found")}
    reports = [{"event": one.event, "report": to_json(one.report)} for one in found.reports]
    return {"document": document, "characters": found.characters, "origin": origin, "reports": reports}


@router.get("/article")
def page(request: Request) -> Response:
    """The article; with ``report`` the fields of that report alone, with ``part`` a part of a very long one."""
    with reading(request) as store:
        found = article(store, _id(request), request.query_params.get("report", ""), _part(request))
        texts = store.texts
    listed = sorted((one for one in found.reports if _listed(one, found)), key=lambda one: one != found.chosen)
    return render(request, "article.html", found=found, listed=listed, texts=texts, labels=LABELS, visible=visible)


def _listed(one: Coded, found: Article) -> bool:
    """Whether a report stands beside the part of the text that is shown; all do where it is the whole."""
    return (
        found.parts == 1
        or one.inside
        or one == found.chosen
        or (found.part == 1 and one.report.trigger.within == "title")
    )


@router.get("/article/explain")
def explain(request: Request) -> Response:
    """The article read again, with every decision; a page that says so where that is impossible."""
    with reading(request) as store:
        document = store.document(_id(request))
        row = next(store.rows("SELECT stamp FROM documents WHERE id = $1", [document.id]))
    context: dict[str, Any] = {"document": document, "visible": visible, "labels": LABELS, "made_by": row[0]}
    try:
        if not document.text:
            raise NotExplained(
                "this store keeps no words of articles (--no-text), so nothing can be read again; "
                "explain the original file with: polybius explain FILE"
            )
        coder = coder_of(request.app)
        found = explained(coder, document)
    except NotExplained as reason:
        return render(request, "explain.html", **context, problem=str(reason), told=(), found=None, stamp="")
    return render(
        request, "explain.html", **context, problem="", told=list(explanations(found)), found=found, stamp=coder.stamp
    )


def _id(request: Request) -> str:
    found = request.query_params.get("id")
    if not found:
        raise QueryError("id", "id is missing: name the article that is asked for with ?id=…")
    return found


def _part(request: Request) -> int | None:
    text = request.query_params.get("part")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text)):
        raise QueryError("part", f"part: {text[:40]!r} is not a whole number from 1")
    return int(text)
