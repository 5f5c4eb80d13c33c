"""Review: events that no reader reported, added by a person."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response

from polybius import codebook
from polybius.explorer.csrf import form_of, require_token
from polybius.explorer.links import link
from polybius.explorer.opening import reading, settings_of
from polybius.explorer.page import render
from polybius.explorer.review import acting
from polybius.explorer.review.missing import filled, missing
from polybius.explorer.words import LABELS
from polybius.run import review
from polybius.run.adding import add
from polybius.run.decisions import DecisionError

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, str], Depends(form_of)]
LONGEST_WORDS = 300


@router.get("/review/add")
def page(
    request: Request,
    document: str,
    words: Annotated[str, Query(max_length=LONGEST_WORDS)] = "",
    at: Annotated[int | None, Query(ge=0, le=2**53)] = None,
    part: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
    made: Annotated[int | None, Query(ge=1, le=2**53)] = None,
) -> Response:
    """The text, to find the word of the event in; then the form of its fields."""
    with reading(request) as store:
        known = review.all_decisions(store)
        found = missing(store, document, words, at, part, known)
        texts, waiting = store.texts, acting.waiting(store, known)
    return render(
        request, "review_missing.html", found=found, made=made, waiting=waiting, texts=texts, labels=LABELS,
        here=link("/review/add", document=document), **acting.book(),
    )  # fmt: skip


@router.post("/review/add", dependencies=[Depends(require_token)])
def keep(request: Request, form: Form) -> Response:
    """Keep the event that a person added."""
    settings, document = settings_of(request), form.get("document", "")
    with reading(request) as store:
        (start, end), values = filled(store, document, form, codebook.load())
    try:
        made = add(settings.store, document, start, end, values, author=settings.author, at=acting.now())
    except DecisionError as error:
        raise HTTPException(400, str(error)) from None
    return acting.back_to(request, form.get("next", ""), made)
