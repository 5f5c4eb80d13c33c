"""Assembly of a store: its reports become events. Only what new, changed and removed documents can reach is loaded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from polybius.assembly import RECIPE
from polybius.records import content_id
from polybius.run.assembling.accounts import store_accounts
from polybius.run.assembling.changes import RULING, Changes, changes
from polybius.run.assembling.found import found
from polybius.run.assembling.spool import Spool
from polybius.run.assembling.writing import write
from polybius.run.decisions import Resolver, ruling, stored
from polybius.store import Decision, Hook, Store, no_hook, open_reader, open_writer, writer_lock
from polybius.version import __version__

STAMP_RECIPE = 1
STATE = "assembled"  # what the last assembly was made of


@dataclass(frozen=True, slots=True)
class Assembled:
    """What an assembly came to, and what it changed. ``looked`` is how many documents it had to take in anew."""

    reports: int
    documents: int
    origins: int
    events: int
    new: int
    gone: int
    links: int
    merged: int  # events of several documents
    changed: bool = True
    looked: int = 0


@dataclass(frozen=True, slots=True)
class _Work:
    """What is to be done, and what the store says afterwards that it was made of."""

    changes: Changes
    made_of: str


def stamp() -> str:
    """What made the events: the recipe of the comparison and the version of the package."""
    return content_id("asm", STAMP_RECIPE, {"recipe": RECIPE, "version": __version__})


def assemble_store(path: Path, *, everything: bool = False, hook: Hook = no_hook) -> Assembled:
    """Make the events of a store what its reports come to. Only what changed since the last time is looked at, unless
    ``everything`` is asked for or another version made the events; both give the same. Raises StoreError."""
    if not path.is_file():  # a store is never made in order to assemble it
        with open_reader(path):
            pass
    with writer_lock(path, hook=hook):
        with open_writer(path, hook=hook):  # folds in what persons decided; brings an older store up to date
            pass
        with open_reader(path) as store:
            work = _work(store, everything)
            if work is None:
                return _counts(store, changed=False)
        store_accounts(path, work.changes, hook)
        return _assemble(path, work, hook)


def _work(store: Store, everything: bool) -> _Work | None:
    """What is to be done; None where nothing has changed."""
    decisions = stored(store)
    state = [store.last_seq(), counted(decisions), stamp(), _forgotten(store)]
    known = store.get(STATE)
    if known == json.dumps(state) and not everything:
        return None
    other = known is None or json.loads(known)[2] != stamp() or store.get(RULING) is None
    return _Work(changes(store, ruling(decisions, Resolver(store)), everything or other), json.dumps(state))


def _assemble(path: Path, work: _Work, hook: Hook) -> Assembled:
    with Spool() as spool:
        with open_reader(path) as store:
            result = found(store, work.changes, spool)
        with open_writer(path, hook=hook) as store:
            new, gone = write(store, work.changes, result, spool, stamp())
            store.set(STATE, work.made_of)
    with open_reader(path) as store:
        return _counts(store, new=new, gone=gone, looked=len(work.changes.fresh))


def counted(decisions: Sequence[Decision]) -> int:
    """How many decisions there are, without notes and what was only marked in a blind review."""
    return sum(one.kind not in ("note", "sample", "mark") for one in decisions)


def _forgotten(store: Store) -> int:
    return int(next(store.rows("SELECT count(*) FROM tombstones"))[0])


def _counts(store: Store, changed: bool = True, new: int = 0, gone: int = 0, looked: int = 0) -> Assembled:
    sizes = store.counts()
    (origins,) = next(store.rows("SELECT count(DISTINCT origin) FROM origins"))
    sql = "SELECT count(*) FROM (SELECT 1 FROM event_reports GROUP BY event_id HAVING count(DISTINCT document_id) > 1)"
    (merged,) = next(store.rows(sql))
    return Assembled(
        sizes["reports"],
        sizes["documents"],
        origins,
        sizes["events"],
        new,
        gone,
        sizes["event_links"],
        merged,
        changed,
        looked,
    )
