"""What became of an event: every version of it, by what it was replaced, and who decided what about its reports."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polybius.run.decisions import UNDO, stored
from polybius.store import Decision, Journal, Store, UnknownId, open_reader
from polybius.store.decisions import key, names_in

REPLACED = "replaced by "  # how assembly begins the cause of an event that has heirs


@dataclass(frozen=True, slots=True)
class Version:
    """An event as it is or was. ``heirs`` have its reports now, ``how`` says in a word what happened to it."""

    id: str
    how: str
    heirs: tuple[str, ...]
    event: str
    status: str
    start: str | None
    end: str | None
    reports: tuple[str, ...]
    n_sources: int
    belief: float


@dataclass(frozen=True, slots=True)
class Ruled:
    """A decision on reports of the event. ``undone_by`` is the number of the one that took it back; ``folded`` whether
    the store knows of it yet."""

    decision: Decision
    undone_by: int | None
    folded: bool


@dataclass(frozen=True, slots=True)
class Lineage:
    """The versions in the order in which they came to an end, and the decisions in the order in which they were made."""

    versions: tuple[Version, ...]
    decisions: tuple[Ruled, ...]


def lineage(path: Path, event: str) -> Lineage:
    """All that an event was made of and became, directly or through others. Raises StoreError, also for an unknown id."""
    with open_reader(path) as store:
        past = _past(store, event)
        ids = {event, *(id for id, _, _ in past), *(heir for _, heirs, _ in past for heir in heirs)}
        now = _now(store, ids)
        known = stored(store)
    if not past and not now:
        raise UnknownId(f"{path} has no event {event!r}, nor had it one; polybius events lists those that there are")
    made_of = Counter(heir for _, heirs, _ in past for heir in heirs)
    versions = [_version(id, heirs, json.loads(record), _how(heirs, made_of)) for id, heirs, record in past]
    versions += [_version(id, (), json.loads(record), "is there") for id, record in now]
    return Lineage(tuple(versions), tuple(_rulings(path, known, {name for v in versions for name in v.reports})))


Past = tuple[str, tuple[str, ...], str]


def _past(store: Store, event: str) -> list[Past]:
    """Events of the history that became ``event``, or that it became: with their heirs and records."""
    sql = "SELECT id, cause, record FROM history WHERE kind = 'event' ORDER BY rowid"
    rows = [(id, _heirs(cause), record) for id, cause, record in store.rows(sql)]
    before = _closed({event}, [(heir, id) for id, heirs, _ in rows for heir in heirs])
    after = _closed({event}, [(id, heir) for id, heirs, _ in rows for heir in heirs])
    return [row for row in rows if row[0] in before | after]


def _closed(start: set[str], steps: Sequence[tuple[str, str]]) -> set[str]:
    """All that steps lead to."""
    found, frontier = set(start), set(start)
    while frontier:
        frontier = {two for one, two in steps if one in frontier} - found
        found |= frontier
    return found


def _heirs(cause: str) -> tuple[str, ...]:
    return tuple(cause.removeprefix(REPLACED).split(", ")) if cause.startswith(REPLACED) else ()


def _now(store: Store, ids: set[str]) -> list[tuple[str, str]]:
    sql = "SELECT id, record FROM events WHERE id IN (SELECT unnest(?::VARCHAR[])) ORDER BY id"
    return [(id, record) for id, record in store.rows(sql, [sorted(ids)])]


def _how(heirs: Sequence[str], made_of: Counter[str]) -> str:
    if not heirs:
        return "its reports are gone"
    if len(heirs) > 1:
        return "was split"
    return "was merged" if made_of[heirs[0]] > 1 else "was replaced"


def _version(id: str, heirs: tuple[str, ...], record: dict[str, Any], how: str) -> Version:
    return Version(
        id,
        how,
        heirs,
        record["event"],
        record["status"],
        record["start"],
        record["end"],
        tuple(record["reports"]),
        record["n_sources"],
        record["belief"],
    )


def _rulings(path: Path, known: Sequence[Decision], reports: set[str]) -> Iterator[Ruled]:
    """Decisions that name any of the reports, also those that the store has not folded in yet."""
    folded = {key(decision) for decision in known}
    everything = [*known, *(one for one in Journal(path).read() if key(one) not in folded)]
    undone = {one.subject: one.seq for one in everything if one.kind == UNDO}
    for one in everything:
        if not reports.isdisjoint(_named(one)):
            yield Ruled(one, undone.get(key(one)), key(one) in folded)


def _named(decision: Decision) -> list[str]:
    """The reports that a decision is about."""
    return [*names_in(decision.subject), *names_in(decision.other)]
