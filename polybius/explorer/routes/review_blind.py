"""Blind double review: samples, one report at a time for each reviewer, and how far the two agree."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from polybius import codebook
from polybius.explorer.csrf import form_of, require_token
from polybius.explorer.links import link
from polybius.explorer.opening import reading, settings_of
from polybius.explorer.page import render
from polybius.explorer.review import acting, blind
from polybius.explorer.review.inputs import corrections
from polybius.explorer.review.shown import shown
from polybius.query import QueryError
from polybius.records import STATUSES
from polybius.store import StoreBusy, open_writer
from polybius.store.decisions import values_of

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, str], Depends(form_of)]
WRITES = [Depends(require_token)]


@router.get("/review/blind")
def all_samples(request: Request) -> Response:
    """The samples with how far each reviewer is, and a form for a new one."""
    with reading(request) as store:
        known = blind.decisions_in(store)
        found = [(one, _done(blind.verdicts_of(known, one))) for one in blind.samples(known)]
    return render(request, "review_blind.html", samples=found, largest=blind.LARGEST)


def _done(said: blind.Verdicts) -> dict[str, int]:
    return {name: len(judged) for name, judged in said.items()}


@router.post("/review/blind", dependencies=WRITES)
def new_sample(request: Request, form: Form) -> Response:
    """Draw a sample."""
    settings = settings_of(request)
    size, seed = (_whole(form, name) for name in ("size", "seed"))
    reviewers = [form.get("first", ""), form.get("second", "")]
    with reading(request) as store:
        blind.draw(store, settings.store, size, seed, reviewers, acting.now())
    _fold(request)
    return RedirectResponse("/review/blind", 303)


def _whole(form: dict[str, str], name: str) -> int:
    text = form.get(name, "").strip()
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise QueryError(name, f"{name} is a whole number, found {text[:40]!r}")
    return int(text)


def _fold(request: Request) -> None:
    settings = settings_of(request)
    try:
        with open_writer(settings.store, wait=settings.wait):
            pass
    except StoreBusy:
        return


@router.get("/review/blind/sample")
def next_report(request: Request, id: str, reviewer: str) -> Response:
    """The next report that the reviewer has not judged, as it was coded."""
    with reading(request) as store:
        known = blind.decisions_in(store)
        sample = blind.sample_of(known, id)
        if reviewer not in sample.reviewers:
            raise QueryError("reviewer", f"{reviewer!r} is none of this sample's: {', '.join(sample.reviewers)}")
        done = blind.verdicts_of(known, sample)[reviewer]
        left = blind.open_targets(store, sample, done)
        item = shown(store, left[0][0].document, left[0][1]["id"], []) if left else None
        named = left[0][0].report if left else ""
    return render(
        request, "review_blind_item.html", sample=sample, reviewer=reviewer, item=item, named=named, done=len(done),
        total=len(done) + len(left), modes=_modes(), sectors=codebook.load().sector_definitions, statuses=STATUSES,
    )  # fmt: skip


def _modes() -> dict[str, list[str]]:
    return {name: list(kind.modes) for name, kind in codebook.load().types.items()}


@router.post("/review/blind/mark", dependencies=WRITES)
def mark(request: Request, form: Form) -> Response:
    """Keep what a reviewer says of a report."""
    settings, reviewer = settings_of(request), form.get("reviewer", "")
    with reading(request) as store:
        known = blind.decisions_in(store)
        sample = blind.sample_of(known, form.get("sample", ""))
        target = blind.target_named(sample, form.get("document", ""), form.get("report", ""))
        left = blind.open_targets(store, sample, {})
    found = next(((record, text) for one, record, text in left if one == target), None)
    if found is None:
        raise HTTPException(404, "coding no longer gives this report; go on with the next")
    verdict = _verdict(form, *found)
    blind.keep(settings.store, sample, reviewer, target, verdict, acting.now())
    _fold(request)
    return RedirectResponse(link("/review/blind/sample", id=sample.id, reviewer=reviewer), 303)


def _verdict(form: dict[str, str], record: dict[str, object], text: str | None) -> blind.Verdict:
    if form.get("action") == "none":
        return blind.Verdict(blind.NO_EVENT, {})
    if form.get("action") != "event":
        raise HTTPException(400, "action is event or none")
    changed = corrections(form, record, text, codebook.load()) if "event" in form else {}
    return blind.Verdict(blind.EVENT, {**values_of(record), **changed})


@router.get("/review/blind/result")
def result(request: Request, id: str) -> Response:
    """How far the two agree, once both are through."""
    with reading(request) as store:
        known = blind.decisions_in(store)
        sample = blind.sample_of(known, id)
        said = blind.verdicts_of(known, sample)
        left = {name: len(blind.open_targets(store, sample, judged)) for name, judged in said.items()}
    finished = not any(left.values())
    found = blind.agreement_of(sample, said) if finished else []
    return render(
        request, "review_result.html", sample=sample, done=_done(said), left=left, finished=finished, found=found
    )
