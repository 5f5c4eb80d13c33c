"""Persons' decisions about reports, put over the table ``reports`` by whoever writes the store.

What coding said is kept in ``originals``; what became of each decision is told in ``corrections``. Both, and the corrected
reports, are made anew from ``judgements`` whenever those or the document change, in the writer's transaction.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from polybius.report import Json, flat, from_json, to_json
from polybius.store.connect import Connection
from polybius.store.decisions import REVIEW, Coded, Correction, overlay
from polybius.store.journal import Decision
from polybius.store.rows import as_json, grounding_rows, insert, without_words
from polybius.store.schema import TABLES, quoted

_COLUMNS = tuple(name for name, _ in TABLES["judgements"])
_DOCUMENT = "CASE WHEN json_valid(subject) THEN json_extract_string(subject, '$.document') END"
_AMONG = "IN (SELECT unnest(?::VARCHAR[]))"


def concerned(connection: Connection, decisions: Iterable[Decision]) -> list[str]:
    """The documents whose reports some decisions, or the taking back of some, change."""
    keys = [one.subject for one in decisions if one.kind == "undo"]
    undone = _judgements(connection, f"journal || '/' || seq {_AMONG}", keys) if keys else []
    return sorted({id for one in (*decisions, *undone) if one.kind in REVIEW and (id := _document(one))})


def _document(decision: Decision) -> str | None:
    try:
        found = json.loads(decision.subject)["document"]
    except (ValueError, TypeError, KeyError):
        return None
    return found if isinstance(found, str) else None


def decisions_on(connection: Connection, ids: Sequence[str]) -> dict[str, list[Decision]]:
    """The decisions about the reports of documents, with what was taken back, in the order in which they hold."""
    found: defaultdict[str, list[Decision]] = defaultdict(list)
    kinds = ", ".join(f"'{kind}'" for kind in REVIEW)
    about = _judgements(connection, f"kind IN ({kinds}) AND {_DOCUMENT} {_AMONG}", list(ids))
    if about:
        undone = _judgements(connection, "kind = 'undo' AND ?", [True])
        for one in about:
            found[_document(one) or ""].append(one)
        for made in found.values():
            made.extend(undone)
    return dict(found)


def _judgements(connection: Connection, where: str, values: Sequence[Any]) -> list[Decision]:
    given = list(values) if where.endswith("AND ?") else [list(values)]
    sql = f"SELECT {', '.join(_COLUMNS)} FROM judgements WHERE {where} ORDER BY made_at NULLS FIRST, journal, seq"
    return [Decision(*row) for row in connection.execute(sql, given).fetchall()]


def refresh(connection: Connection, ids: Iterable[str], texts: bool) -> None:
    """Make the reports of some documents what coding and persons say."""
    wanted = sorted(set(ids))
    made = decisions_on(connection, wanted) if wanted else {}
    restore(connection, wanted)
    for id, decisions in sorted(made.items()):
        coded = coded_document(connection, id)
        if coded is not None:
            _apply(connection, coded, decisions, texts)
    _count(connection, wanted)


def coded_document(connection: Connection, id: str) -> Coded | None:
    """A document with its reports as coding made them, persons' decisions left out."""
    sql = "SELECT d.version, t.text FROM documents d LEFT JOIN texts t ON t.document_id = d.id WHERE d.id = ?"
    found = connection.execute(sql, [id]).fetchone()
    if found is None:
        return None
    sql = """SELECT record FROM (SELECT position, record FROM originals WHERE document_id = $1 UNION ALL
        SELECT position, record FROM reports r WHERE document_id = $1
        AND NOT EXISTS (SELECT 1 FROM originals o WHERE o.document_id = $1 AND o.id = r.id)) ORDER BY position"""
    records = connection.execute(sql, [id]).fetchall()
    return Coded(id, found[0], found[1], tuple(json.loads(record) for (record,) in records))


def restore(connection: Connection, ids: Sequence[str]) -> None:
    """Bring back what coding said of documents, and forget what became of the decisions about them."""
    changed = connection.execute(f"SELECT document_id, id FROM originals WHERE document_id {_AMONG}", [ids]).fetchall()
    if changed:
        names = ", ".join(quoted(name) for name, _ in TABLES["reports"])
        _remove(connection, changed)
        connection.execute(
            f"INSERT INTO reports ({names}) SELECT {names} FROM originals WHERE document_id {_AMONG}", [ids]
        )
        for document, record in connection.execute(
            f"SELECT document_id, record FROM originals WHERE document_id {_AMONG} ORDER BY document_id, position",
            [ids],
        ).fetchall():
            insert(connection, "groundings", list(grounding_rows(from_json(json.loads(record)), document)))
    for table in ("originals", "corrections"):
        connection.execute(f"DELETE FROM {table} WHERE document_id {_AMONG}", [ids])


def _apply(connection: Connection, coded: Coded, decisions: Sequence[Decision], texts: bool) -> None:
    found = overlay(coded, decisions)
    both = zip(coded.records, found.records, strict=True)
    changed = {old["id"]: new for old, new in both if new != old}
    _keep(connection, coded.id, list(changed))
    rows = _rows(connection, coded.id, list(changed))
    _remove(connection, [(coded.id, id) for id in changed])
    for id, record in changed.items():
        if record is not None:
            _write(connection, rows[id], record, texts)
    rejected = [id for id, record in changed.items() if record is None]
    connection.execute(f"DELETE FROM event_reports WHERE document_id = ? AND report_id {_AMONG}", [coded.id, rejected])
    insert(connection, "corrections", [asdict(one) for one in found.corrections])


def _keep(connection: Connection, document: str, ids: list[str]) -> None:
    names = ", ".join(quoted(name) for name, _ in TABLES["reports"])
    sql = f"INSERT INTO originals ({names}) SELECT {names} FROM reports WHERE document_id = ? AND id {_AMONG}"
    connection.execute(sql, [document, ids])


def _rows(connection: Connection, document: str, ids: list[str]) -> dict[str, Mapping[str, Any]]:
    names = [name for name, _ in TABLES["reports"]]
    sql = f"SELECT {', '.join(map(quoted, names))} FROM reports WHERE document_id = ? AND id {_AMONG}"
    rows = connection.execute(sql, [document, ids]).fetchall()
    return {row[0]: dict(zip(names, row, strict=True)) for row in rows}


def _write(connection: Connection, row: Mapping[str, Any], record: Json, texts: bool) -> None:
    report = from_json(record)
    kept = report if texts else without_words(report)
    insert(connection, "reports", [{**row, **flat(kept), "record": as_json(to_json(kept))}])
    insert(connection, "groundings", list(grounding_rows(kept, row["document_id"])))


def _remove(connection: Connection, names: Sequence[tuple[str, str]]) -> None:
    for table, column in (("reports", "id"), ("groundings", "report_id")):
        for document, id in names:
            connection.execute(f"DELETE FROM {table} WHERE document_id = ? AND {column} = ?", [document, id])


def _count(connection: Connection, ids: Sequence[str]) -> None:
    """``documents.n_reports`` counts those that stand."""
    sql = f"""UPDATE documents SET n_reports = (SELECT count(*) FROM reports r WHERE r.document_id = documents.id)
        WHERE id {_AMONG}"""
    connection.execute(sql, [ids])


def corrections(connection: Connection, where: str = "TRUE", values: Sequence[Any] = ()) -> list[Correction]:
    """What became of decisions, in the order in which they were made."""
    names = [name for name, _ in TABLES["corrections"]]
    sql = f"SELECT {', '.join(names)} FROM corrections WHERE {where} ORDER BY made_at NULLS FIRST, journal, seq, field"
    return [Correction(*row) for row in connection.execute(sql, list(values)).fetchall()]
