"""Around a decision: what can be chosen; then the store takes it in, and where that is quick, events are made anew at once."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from polybius import codebook
from polybius.explorer.opening import settings_of
from polybius.records import STATUSES
from polybius.run.assemble import STATE, assemble_store, counted
from polybius.store import Decision, Store, StoreBusy, open_writer

SMALL = 5000  # reports up to which events are made anew with every decision: more would keep the page waiting


def now() -> str:
    """The time of a decision."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def settle(path: Path, wait: float) -> None:
    """Take in what was decided. Where somebody else writes, the decision waits in the journal for them."""
    try:
        with open_writer(path, wait=wait) as store:
            reports = int(next(store.rows("SELECT count(*) FROM reports"))[0])
            assembled = next(store.rows("SELECT 1 FROM events LIMIT 1"), None) is not None
        if assembled and reports <= SMALL:
            assemble_store(path)
    except StoreBusy:
        return


def back_to(request: Request, wanted: str, made: Decision | None) -> Response:
    """To the page that a form came from, after the store has taken the decision in."""
    settings = settings_of(request)
    settle(settings.store, settings.wait)
    return RedirectResponse(back(wanted, made.seq if made else None), 303)


def back(wanted: str, made: int | None) -> str:
    """An address of this server's review, with the number of the decision that was made."""
    path = wanted if wanted.startswith("/review") and "\\" not in wanted else "/review"
    mark = "&" if "?" in path else "?"
    return f"{path}{mark}made={made}" if made else path


def book() -> dict[str, Any]:
    """What can be chosen in the form of a report."""
    found = codebook.load()
    return {
        "modes": {name: list(kind.modes) for name, kind in found.types.items()},
        "sectors": found.sector_definitions,
        "statuses": STATUSES,
    }


def waiting(store: Store, decisions: Sequence[Decision]) -> int:
    """How many decisions the events do not follow yet."""
    made_of = store.get(STATE)
    return counted(decisions) - int(json.loads(made_of)[1]) if made_of else 0
