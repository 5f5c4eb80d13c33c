"""After a decision: the store takes it in, and where that is quick, events are made anew at once."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

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


def waiting(store: Store, decisions: Sequence[Decision]) -> int:
    """How many decisions the events do not follow yet."""
    made_of = store.get(STATE)
    return counted(decisions) - int(json.loads(made_of)[1]) if made_of else 0
