"""Assembly of a store: its reports become events, and only what changed is written."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from polybius.assembly import RECIPE, Assembly, Source, assemble
from polybius.records import Document, Event, content_id
from polybius.report import Report, from_json
from polybius.run.decisions import Resolver, ruling, stored
from polybius.store import Decision, Hook, Store, no_hook, open_reader, open_writer, writer_lock
from polybius.version import __version__

STAMP_RECIPE = 1
STATE = "assembled"  # what the last assembly was made of


@dataclass(frozen=True, slots=True)
class Assembled:
    """What an assembly came to, and what it changed."""

    reports: int
    documents: int
    origins: int
    events: int
    new: int
    gone: int
    links: int
    merged: int  # events of several documents
    changed: bool = True


def stamp() -> str:
    """What made the events: the recipe of the comparison and the version of the package."""
    return content_id("asm", STAMP_RECIPE, {"recipe": RECIPE, "version": __version__})


def assemble_store(path: Path, *, hook: Hook = no_hook) -> Assembled:
    """Make the events of a store anew from all its reports. The same again changes nothing. Raises StoreError."""
    if (
        not path.is_file()
    ):  # a store is never made in order to assemble it; one of an older version is brought up to date
        with open_reader(path):
            pass
    with writer_lock(path, hook=hook):
        with open_writer(path, hook=hook):  # folds in what persons decided
            pass
        with open_reader(path) as store:
            decisions = stored(store)
            made_of = json.dumps([store.last_seq(), counted(decisions), stamp(), _forgotten(store)])
            if store.get(STATE) == made_of:
                return _unchanged(store)
            sources = list(_sources(store))
            decided = ruling(decisions, Resolver(store))
        found = assemble(sources, decided)
        with open_writer(path, hook=hook) as store:
            new, gone = _write(store, found)
            store.set(STATE, made_of)
        return _counts(found, sources, new, gone)


def counted(decisions: Sequence[Decision]) -> int:
    """How many decisions there are, without notes and what was only marked in a blind review."""
    return sum(one.kind not in ("note", "sample", "mark") for one in decisions)


def _forgotten(store: Store) -> int:
    return int(next(store.rows("SELECT count(*) FROM tombstones"))[0])


def _sources(store: Store) -> Iterator[Source]:
    """Every document with its reports; in a store without texts the text is empty."""
    reports: defaultdict[str, list[Report]] = defaultdict(list)
    vectors: defaultdict[str, dict[str, bytes]] = defaultdict(dict)
    for document, id, record, vector in store.rows(
        "SELECT document_id, id, record, vector FROM reports ORDER BY document_id, position"
    ):
        reports[document].append(from_json(json.loads(record)))
        if vector:
            vectors[document][id] = bytes(vector)
    sql = """SELECT d.id, d.version, d.url, d.publisher, d.title, d.language, d.published, coalesce(t.text, ''),
             s.signature FROM documents d LEFT JOIN texts t ON t.document_id = d.id
             LEFT JOIN signatures s ON s.document_id = d.id ORDER BY d.id"""
    names = ("id", "version", "url", "publisher", "title", "language", "published", "text")
    for row in store.rows(sql):
        document = Document(**dict(zip(names, row[:-1], strict=True)))
        yield Source(document, tuple(reports[document.id]), vectors[document.id], bytes(row[-1] or b""))


def _write(store: Store, found: Assembly) -> tuple[int, int]:
    """Put the events in place of the last ones. Returns how many are new and how many are gone."""
    old = dict(store.rows("SELECT id, record || stamp FROM events"))
    rows = {event.id: _event_row(event) for event in found.events}
    written = [row for id, row in rows.items() if old.get(id) != row["record"] + row["stamp"]]
    gone = sorted(old.keys() - rows.keys())
    _keep(store, gone, found)
    outdated = gone + [row["id"] for row in written]
    for table, column in (("events", "id"), ("event_reports", "event_id")):
        store.connection.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT unnest(?::VARCHAR[]))", [outdated])
    store.insert("events", written)
    changed = {row["id"] for row in written}
    store.insert(
        "event_reports",
        [_report_row(event.id, name) for event in found.events if event.id in changed for name in event.reports],
    )
    store.connection.execute("DELETE FROM event_links")
    store.insert("event_links", [asdict(link) for link in found.links])
    store.connection.execute("DELETE FROM origins")
    store.insert("origins", [asdict(origin) for origin in found.origins])
    return len(rows.keys() - old.keys()), len(gone)


def _keep(store: Store, gone: list[str], found: Assembly) -> None:
    """Events that are no more go to the history, with those that have their reports now."""
    home = {name: event.id for event in found.events for name in event.reports}
    sql = "SELECT id, record FROM events WHERE id IN (SELECT unnest(?::VARCHAR[])) ORDER BY id"
    rows = []
    for id, record in list(store.rows(sql, [gone])):
        heirs = sorted({home[name] for name in json.loads(record)["reports"] if name in home})
        number = next(store.rows("SELECT count(*) FROM history WHERE kind = 'event' AND id = ?", [id]))[0]
        cause = f"replaced by {', '.join(heirs)}" if heirs else "its reports are gone"
        rows.append({"kind": "event", "id": id, "number": number + 1, "cause": cause, "record": record})
    store.insert("history", rows)


def _event_row(event: Event) -> Mapping[str, Any]:
    place = event.place
    return {
        "id": event.id,
        "event": event.event,
        "mode": ";".join(event.mode) or None,
        "context": ";".join(event.context) or None,
        "status": event.status,
        "quad_code": event.quad_code,
        "event_scale": event.event_scale,
        "date_from": event.start,
        "date_to": event.end,
        "actor_code": ";".join(party.code or "" for party in event.actor) if event.actor else None,
        "recipient_code": ";".join(party.code or "" for party in event.recipient) if event.recipient else None,
        "place": place.name if place else None,
        "place_country": place.country if place else None,
        "place_admin1": place.admin1 if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "n_reports": event.n_reports,
        "n_sources": event.n_sources,
        "belief": event.belief,
        "disputed": bool(event.disputed_by),
        "record": json.dumps(asdict(event), ensure_ascii=False, separators=(",", ":"), default=str),
        "stamp": stamp(),
    }


def _report_row(event: str, name: str) -> Mapping[str, Any]:
    document, _, report = name.rpartition("#")
    return {"event_id": event, "document_id": document, "report_id": report}


def _counts(found: Assembly, sources: list[Source], new: int, gone: int) -> Assembled:
    return Assembled(
        reports=sum(len(source.reports) for source in sources),
        documents=len(sources),
        origins=len({origin.origin for origin in found.origins}),
        events=len(found.events),
        new=new,
        gone=gone,
        links=len(found.links),
        merged=sum(len({name.rpartition("#")[0] for name in event.reports}) > 1 for event in found.events),
    )


def _unchanged(store: Store) -> Assembled:
    sizes = store.counts()
    (origins,) = next(store.rows("SELECT count(DISTINCT origin) FROM origins"))
    sql = "SELECT count(*) FROM (SELECT 1 FROM event_reports GROUP BY event_id HAVING count(DISTINCT document_id) > 1)"
    (merged,) = next(store.rows(sql))
    return Assembled(
        sizes["reports"], sizes["documents"], origins, sizes["events"], 0, 0, sizes["event_links"], merged, False
    )
