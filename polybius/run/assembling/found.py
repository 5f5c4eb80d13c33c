"""What an assembly finds: reads everything, in one look at the store, and writes nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from polybius.assembly import Origin, face
from polybius.records import EventLink
from polybius.run.assembling.accounts import AMONG
from polybius.run.assembling.changes import Changes
from polybius.run.assembling.copies import new_origins
from polybius.run.assembling.events import Linked, Names, events, linked
from polybius.run.assembling.reach import Group, Reach
from polybius.run.assembling.spool import Spool
from polybius.store import Store


@dataclass(frozen=True, slots=True)
class Homes:
    """The accounts that were clustered: the part and the event of each."""

    part: Mapping[str, str]
    event: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """What has to be written. ``made`` are the events in the spool, with their reports; ``gone`` those that are no more;
    ``heirs`` the events that have their reports now, by report; ``disputed`` who denies an event, where that may be new."""

    homes: Homes
    origins: tuple[Origin, ...]
    made: Names
    gone: tuple[str, ...]
    heirs: Mapping[str, str]
    links: tuple[EventLink, ...]
    disputed: Mapping[str, tuple[str, ...]]


def found(store: Store, changes: Changes, spool: Spool) -> Found:
    """What the changes come to. The events are put into ``spool``."""
    groups = list(Reach(store, changes).groups())
    homes = _homes(groups)
    origins, moved = new_origins(store, changes)
    before = _events_before(store, changes, homes)
    now = {id: group for group in groups for id in [homes.event[group.accounts[0]]]}
    made = _to_make(now, before, moved) | _moved(store, moved, before)
    faces = []
    for event in events(store, made, {origin.document_id: origin for origin in origins}):
        spool.add(event)
        faces.append(face(event))
    gone = before - now.keys()
    links: Linked = linked(store, faces, made, gone, changes.whole)
    heirs = {name: id for id, group in now.items() for name in group.names}
    return Found(homes, tuple(origins), made, tuple(sorted(gone)), heirs, links.links, links.disputed)


def _homes(groups: list[Group]) -> Homes:
    part: dict[str, str] = {}
    event: dict[str, str] = {}
    for group in groups:
        id = group.id
        for account in group.accounts:
            part[account], event[account] = group.part, id
    return Homes(part, event)


def _events_before(store: Store, changes: Changes, homes: Homes) -> set[str]:
    """The events of last time of which an account was void or has been clustered again."""
    if changes.whole:
        return {id for (id,) in store.rows("SELECT id FROM events")}
    sql = f"SELECT DISTINCT event_id FROM accounts WHERE part IS NOT NULL AND (id {AMONG} OR document_id {AMONG})"
    return {id for (id,) in store.rows(sql, [list(homes.part), list(changes.void)])}


def _to_make(now: Mapping[str, Group], before: set[str], moved: set[str]) -> dict[str, tuple[str, ...]]:
    """The events that are not as they were: a report is new, or a text goes back to another one."""

    def changed(id: str, group: Group) -> bool:
        return group.fresh or id not in before or any(name.rpartition("#")[0] in moved for name in group.names)

    return {id: group.names for id, group in now.items() if changed(id, group)}


def _moved(store: Store, moved: set[str], before: set[str]) -> dict[str, tuple[str, ...]]:
    """Events of last time that nothing else changed than the origin of a text."""
    sql = f"""SELECT id, record FROM events WHERE id IN (SELECT event_id FROM accounts WHERE document_id {AMONG})"""
    rows = store.rows(sql, [sorted(moved)])
    return {id: tuple(json.loads(record)["reports"]) for id, record in rows if id not in before}
