"""What an assembly found, into the store: only rows that changed, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from polybius.assembly import face
from polybius.records import Event
from polybius.run.assembling.accounts import AMONG
from polybius.run.assembling.changes import RULING, Changes, written_ruling
from polybius.run.assembling.events import keys_of
from polybius.run.assembling.found import Found
from polybius.run.assembling.spool import Spool
from polybius.store import Store

Row = Mapping[str, Any]


def write(store: Store, changes: Changes, found: Found, spool: Spool, stamp: str) -> tuple[int, int]:
    """Put what was found in place of what was there. Returns how many events are new and how many are gone."""
    known = _keep(store, found)
    for batch in spool.batches():
        _write_events(store, [_disputed(event, found) for event in batch], stamp)
    _deny(store, found)
    _delete(store, ("events", "event_reports", "event_keys"), found.gone)
    _write_links(store, changes, found)
    _write_origins(store, changes, found)
    _write_homes(store, changes, found)
    store.set(RULING, written_ruling(changes.now))
    return len(found.made.keys() - known), len(found.gone)


_ID = {"events": "id"}


def _delete(store: Store, tables: Iterable[str], events: Sequence[str]) -> None:
    for table in tables:
        store.connection.execute(f"DELETE FROM {table} WHERE {_ID.get(table, 'event_id')} {AMONG}", [list(events)])


def _keep(store: Store, found: Found) -> set[str]:
    """Events that are no more go to the history, with those that have their reports now. Returns which of those that
    are made there were before."""
    sql = f"SELECT id, record FROM events WHERE id {AMONG} ORDER BY id"
    gone = list(store.rows(sql, [list(found.gone)]))
    sql = f"SELECT id, count(*) FROM history WHERE kind = 'event' AND id {AMONG} GROUP BY id"
    numbers = dict(store.rows(sql, [list(found.gone)]))
    rows = []
    for id, record in gone:
        heirs = sorted({found.heirs[name] for name in json.loads(record)["reports"] if name in found.heirs})
        cause = f"replaced by {', '.join(heirs)}" if heirs else "its reports are gone"
        rows.append({"kind": "event", "id": id, "number": numbers.get(id, 0) + 1, "cause": cause, "record": record})
    store.insert("history", rows)
    return {id for (id,) in store.rows(f"SELECT id FROM events WHERE id {AMONG}", [list(found.made)])}


def _disputed(event: Event, found: Found) -> Event:
    return replace(event, disputed_by=found.disputed.get(event.id, ()))


def _write_events(store: Store, made: Sequence[Event], stamp: str) -> None:
    """Events that are as they were stay where they are; their reports and keys may have been lost with a document."""
    ids = [event.id for event in made]
    old = dict(store.rows(f"SELECT id, record || stamp FROM events WHERE id {AMONG}", [ids]))
    rows = [row for row in (event_row(event, stamp) for event in made) if old.get(row["id"]) != row["record"] + stamp]
    _delete(store, ("events",), [row["id"] for row in rows])
    _delete(store, ("event_reports", "event_keys"), ids)
    store.insert("events", rows)
    store.insert("event_reports", [_report_row(event.id, name) for event in made for name in event.reports])
    store.insert("event_keys", [{"event_id": event.id, "key": key} for event in made for key in keys_of(face(event))])


def _deny(store: Store, found: Found) -> None:
    """Events that are as they were but for who denies them."""
    others = sorted(found.disputed.keys() - found.made.keys())
    names = "id, record"
    for id, record in list(store.rows(f"SELECT {names} FROM events WHERE id {AMONG} ORDER BY id", [others])):
        value = {**json.loads(record), "disputed_by": found.disputed[id]}
        if as_text(value) != record:
            sql = "UPDATE events SET record = ?, disputed = ? WHERE id = ?"
            store.connection.execute(sql, [as_text(value), bool(found.disputed[id]), id])


def _write_links(store: Store, changes: Changes, found: Found) -> None:
    if changes.whole:
        store.connection.execute("DELETE FROM event_links")
    ends = [*found.made, *found.gone]
    store.connection.execute(f"DELETE FROM event_links WHERE source {AMONG} OR target {AMONG}", [ends, ends])
    store.insert("event_links", [asdict(link) for link in found.links])


def _write_origins(store: Store, changes: Changes, found: Found) -> None:
    if changes.whole:
        store.connection.execute("DELETE FROM origins")
    ids = [*changes.void, *(origin.document_id for origin in found.origins)]
    store.connection.execute(f"DELETE FROM origins WHERE document_id {AMONG}", [ids])
    store.insert("origins", [asdict(origin) for origin in found.origins])


def _write_homes(store: Store, changes: Changes, found: Found) -> None:
    """What the next assembly has to know."""
    connection = store.connection
    for table, done in (("articles", "origin"), ("accounts", "part")):
        old = "TRUE" if changes.whole else f"document_id {AMONG}"
        values = [] if changes.whole else [list(changes.void)]
        connection.execute(f"DELETE FROM {table} WHERE {done} IS NOT NULL AND {old}", values)
    _set(store, "articles", "document_id", {one.document_id: (one.origin,) for one in found.origins}, ("origin",))
    homes = {id: (part, found.homes.event[id]) for id, part in found.homes.part.items()}
    _set(store, "accounts", "id", homes, ("part", "event_id"))


def _set(store: Store, table: str, key: str, values: Mapping[str, tuple[str, ...]], columns: tuple[str, ...]) -> None:
    """Set columns of rows by their keys, all at once."""
    pieces = ", ".join(f"unnest(?::VARCHAR[]) AS v{at}" for at in range(len(columns)))
    changed = " OR ".join(f"{table}.{name} IS DISTINCT FROM n.v{at}" for at, name in enumerate(columns))
    sql = f"""UPDATE {table} SET {", ".join(f"{name} = n.v{at}" for at, name in enumerate(columns))}
        FROM (SELECT unnest(?::VARCHAR[]) AS k, {pieces}) n WHERE {table}.{key} = n.k AND ({changed})"""
    store.connection.execute(sql, [list(values), *(list(column) for column in _columns(values, len(columns)))])


def _columns(values: Mapping[str, tuple[str, ...]], count: int) -> list[tuple[str, ...]]:
    return list(zip(*values.values(), strict=True)) if values else [()] * count


def event_row(event: Event, stamp: str) -> Row:
    """The row of ``events``."""
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
        "record": as_text(asdict(event)),
        "stamp": stamp,
    }


def as_text(value: Any) -> str:
    """A record as it stands in the store."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def _report_row(event: str, name: str) -> Row:
    document, _, report = name.rpartition("#")
    return {"event_id": event, "document_id": document, "report_id": report}
