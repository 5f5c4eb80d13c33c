"""The events of groups of reports, with their links: made anew where a report, an origin or a neighbour changed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from polybius.assembly import OF_PARTIES, Face, Origin, between, document_of, event, face_of, hashed_name, party_keys
from polybius.records import Event, EventLink
from polybius.report import Report, from_json
from polybius.run.assembling.accounts import AMONG
from polybius.store import Store

SLICE = 2000  # events whose reports are loaded at once
Names = Mapping[str, tuple[str, ...]]  # the reports of events, by id


def events(store: Store, wanted: Names, origins: Mapping[str, Origin]) -> Iterator[Event]:
    """The events of some reports. ``origins`` are those that changed; the others are in the store."""
    ids = iter(sorted(wanted))
    while chosen := list(islice(ids, SLICE)):
        names = {name for id in chosen for name in wanted[id]}
        documents = sorted({document_of(name) for name in names})
        reports = _reports(store, documents, names)
        sql = f"SELECT document_id, origin FROM origins WHERE document_id {AMONG}"
        home = dict(store.rows(sql, [documents])) | {id: origins[id].origin for id in documents if id in origins}
        for id in chosen:
            yield event([reports[name] for name in wanted[id]], home)


def _reports(store: Store, documents: Sequence[str], names: set[str]) -> dict[str, Report]:
    sql = f"SELECT document_id || '#' || id, record FROM reports WHERE document_id {AMONG}"
    rows = store.rows(sql, [documents])
    return {name: from_json(json.loads(record)) for name, record in rows if name in names}


def keys_of(one: Face) -> list[int]:
    """What an event is found by as a neighbour, as numbers of DuckDB."""
    return [hashed_name(key) - (1 << 63) for key in party_keys(one)]


@dataclass(frozen=True, slots=True)
class Linked:
    """Links of new events; and for each event that is denied by others than before, or is new, the reports that deny it."""

    links: tuple[EventLink, ...]
    disputed: Mapping[str, tuple[str, ...]]


def linked(store: Store, new: Iterable[Face], reports: Names, gone: set[str], whole: bool) -> Linked:
    """Links with new events, whose ``reports`` are given. ``gone`` are events that are no more."""
    faces = {one.id: one for one in new}
    neighbours = {} if whole else _neighbours(store, faces, gone)
    found = between([*faces.values(), *neighbours.values()], faces.keys())
    kept = [] if whole else _denials(store)
    denied: defaultdict[str, set[str]] = defaultdict(set, {id: set() for id in faces})
    for link in found:
        if link.kind == "denial_of":
            denied[link.target].add(link.source)
    for source, target in kept:
        if source in faces or source in gone:
            denied[target]  # it may be denied no more
    for source, target in kept:
        if target in denied and not {source, target} & (faces.keys() | gone):
            denied[target].add(source)
    deniers = {id: sources for id, sources in denied.items() if id not in gone}
    said = dict(reports) | _names(store, {one for sources in deniers.values() for one in sources} - faces.keys())
    return Linked(
        found, {id: tuple(sorted({name for one in sources for name in said[one]})) for id, sources in deniers.items()}
    )


def _denials(store: Store) -> list[tuple[str, str]]:
    """The denials of last time: source and target."""
    return [(one, two) for one, two in store.rows("SELECT source, target FROM event_links WHERE kind = 'denial_of'")]


def _names(store: Store, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The reports of events of last time."""
    sql = f"SELECT id, record FROM events WHERE id {AMONG}"
    return {id: tuple(json.loads(record)["reports"]) for id, record in store.rows(sql, [sorted(ids)])}


def _neighbours(store: Store, faces: Mapping[str, Face], gone: set[str]) -> dict[str, Face]:
    """Events of last time that share a document with a new one, or both parties and a week where one is planned or denied."""
    documents = sorted({document for one in faces.values() for document in one.documents})
    keys = sorted({key for one in faces.values() for key in keys_of(one)})
    bearing = sorted({key for one in faces.values() if one.status in OF_PARTIES for key in keys_of(one)})
    sql = f"""SELECT id, record FROM events WHERE id IN (
        SELECT event_id FROM accounts WHERE document_id {AMONG}
        UNION SELECT event_id FROM event_keys WHERE key IN (SELECT unnest(?::BIGINT[]))
        UNION SELECT k.event_id FROM event_keys k JOIN events e ON e.id = k.event_id
          WHERE k.key IN (SELECT unnest(?::BIGINT[])) AND e.status {AMONG})"""
    rows = store.rows(sql, [documents, bearing, keys, list(OF_PARTIES)])
    return {id: face_of(json.loads(record)) for id, record in rows if id not in faces and id not in gone}
