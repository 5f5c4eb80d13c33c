"""Review: the queue of doubt, one report, one event, the decisions that stand, and what is decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response

from polybius import codebook
from polybius.explorer.csrf import form_of, require_token
from polybius.explorer.opening import reading, settings_of
from polybius.explorer.page import render
from polybius.explorer.review import acting
from polybius.explorer.review.inputs import corrections
from polybius.explorer.review.pairs import Comparisons
from polybius.explorer.review.queue import KINDS, queue
from polybius.explorer.review.shown import shown
from polybius.explorer.routes import review_blind, review_missing
from polybius.query import QueryError
from polybius.run import decisions as events
from polybius.run import review
from polybius.run.told import told_of
from polybius.store import Decision, UnknownId

router = APIRouter(include_in_schema=False)
router.include_router(review_blind.router)
router.include_router(review_missing.router)

Form = Annotated[dict[str, str], Depends(form_of)]
WRITES = [Depends(require_token)]
MANY = 200  # reports of an event that are listed


@router.get("/review")
def next_item(
    request: Request,
    at: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    kind: str = KINDS[0],
    made: Annotated[int | None, Query(ge=1, le=2**53)] = None,
) -> Response:
    """The most doubtful of what nobody has judged; ``at`` passes over so many."""
    if kind not in KINDS:
        raise QueryError("kind", f"there is no queue {kind!r}; allowed: {', '.join(KINDS)}")
    with reading(request) as store:
        known = review.all_decisions(store)
        found = queue(store, known, at, kind, _comparisons(request))
        names = [] if found.item is None else [(found.item.document, found.item.report)]
        if found.item is not None and found.item.pair is not None:
            sides = (found.item.pair.left, found.item.pair.right)
            names = [(name.rpartition("#")[0], name.rpartition("#")[2]) for name in sides]
        items = [shown(store, document, report, known) for document, report in names]
        waiting = acting.waiting(store, known)
    here = _address("/review", at=found.at or None, kind=None if kind == KINDS[0] else kind)
    return render(
        request, "review.html", queue=found, items=items, kind=kind, kinds=KINDS, here=here, made=made,
        waiting=waiting, **acting.book(),
    )  # fmt: skip


def _comparisons(request: Request) -> Comparisons:
    """Kept by the application, not by a module: two explorers in one process share nothing."""
    if not hasattr(request.app.state, "comparisons"):
        request.app.state.comparisons = Comparisons()
    found: Comparisons = request.app.state.comparisons
    return found


@router.get("/review/report")
def one_report(request: Request, document: str, report: str, made: int | None = None) -> Response:
    """One report, whatever was decided about it."""
    with reading(request) as store:
        known = review.all_decisions(store)
        item = shown(store, document, report, known)
        waiting = acting.waiting(store, known)
    here = _address("/review/report", document=document, report=report)
    return render(request, "review_report.html", item=item, here=here, made=made, waiting=waiting, **acting.book())


@router.get("/review/event")
def one_event(request: Request, id: str, made: int | None = None) -> Response:
    """The reports of an event, to be taken out of it or judged; and the event to be merged with another."""
    with reading(request) as store:
        known = review.all_decisions(store)
        sql = "SELECT document_id, report_id FROM event_reports WHERE event_id = ? ORDER BY document_id, report_id"
        names = list(store.rows(sql, [id]))
        if not names:
            raise UnknownId(f"there is no event {id!r}; an event gets another id when its reports change")
        items = [shown(store, document, report, known) for document, report in names[:MANY]]
    here = _address("/review/event", id=id)
    return render(request, "review_event.html", id=id, items=items, total=len(names), here=here, made=made)


@router.get("/review/decisions")
def all_that_stand(request: Request, made: int | None = None) -> Response:
    """The decisions that stand, those that need a look first."""
    with reading(request) as store:
        known = review.all_decisions(store)
        found = sorted(told_of(store, known), key=lambda one: (not one.trouble, -one.number))
        waiting = acting.waiting(store, known)
    return render(request, "review_decisions.html", told=found, here="/review/decisions", made=made, waiting=waiting)


@router.post("/review/report", dependencies=WRITES)
def judge(request: Request, form: Form) -> Response:
    """Accept, correct or reject a report."""
    made = _judged(request, form)
    return acting.back_to(request, form.get("next", ""), made)


def _judged(request: Request, form: dict[str, str]) -> Decision:
    settings, action = settings_of(request), form.get("action", "")
    document, report = form.get("document", ""), form.get("report", "")
    author, at = settings.author, acting.now()
    if action == "reject":
        return review.reject(settings.store, document, report, author=author, at=at)
    if action == "accept":
        return review.accept(settings.store, document, report, author=author, at=at)
    acts = {"correct": review.correct, "correct-accept": review.accept}
    act = acts.get(action)
    if act is None:
        raise HTTPException(400, "action is accept, correct, correct-accept or reject")
    values = _values(request, document, report, form)
    if not values:
        raise HTTPException(400, "nothing was changed; go back and change a field, or accept the report")
    return _sensible(lambda: act(settings.store, document, report, values, author=author, at=at))


def _values(request: Request, document: str, report: str, form: dict[str, str]) -> dict[str, object]:
    with reading(request) as store:
        found = review.reviewed(store, document, report, review.all_decisions(store))
    return corrections(form, found.shown, found.text, codebook.load())


@router.post("/review/events", dependencies=WRITES)
def join_or_part(request: Request, form: Form) -> Response:
    """Two events, or reports, are one event; or never."""
    settings, acts = settings_of(request), {"merge": events.merge, "never": events.never}
    act = acts.get(form.get("action", ""))
    if act is None:
        raise HTTPException(400, "action is merge or never")
    one, two = form.get("one", "").strip(), form.get("two", "").strip()
    made = _sensible(lambda: act(settings.store, one, two, author=settings.author, at=acting.now()))
    return acting.back_to(request, form.get("next", ""), made)


@router.post("/review/split", dependencies=WRITES)
def take_out(request: Request, form: Form) -> Response:
    """Some reports of an event are of another event."""
    settings = settings_of(request)
    out = [value for name, value in form.items() if name.startswith("out-")]
    event = form.get("event", "")
    made = _sensible(lambda: events.split(settings.store, event, out, author=settings.author, at=acting.now()))
    return acting.back_to(request, form.get("next", ""), made)


@router.post("/review/undo", dependencies=WRITES)
def take_back(request: Request, form: Form) -> Response:
    """Take a decision back."""
    settings = settings_of(request)
    _sensible(lambda: events.undo(settings.store, form.get("decision", ""), author=settings.author, at=acting.now()))
    return acting.back_to(request, form.get("next", ""), None)


@router.post("/review/assemble", dependencies=WRITES)
def make_events(request: Request, form: Form) -> Response:
    """Make the events anew, so that they follow what was decided."""
    from polybius.run.assemble import assemble_store

    assemble_store(settings_of(request).store)
    return acting.back_to(request, form.get("next", ""), None)


def _sensible(act: Callable[[], Decision]) -> Decision:
    """What ``act`` gives; a decision that makes no sense is a fault of the form."""
    try:
        return act()
    except events.DecisionError as error:
        raise HTTPException(400, str(error)) from None


def _address(path: str, **query: object) -> str:
    given = urlencode({name: str(value) for name, value in query.items() if value is not None})
    return f"{path}?{given}" if given else path
