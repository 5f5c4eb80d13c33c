"""Accounts of new documents, stored before they are assembled: a cut at any place leaves only rows that are made again."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from polybius.assembly import Source, accounts_of, article_of, handle, signature_of, written, written_words
from polybius.records import Document
from polybius.report import Report, from_json
from polybius.run.assembling.changes import Changes, Write
from polybius.store import Hook, Store, open_reader, open_writer

SLICE = 2500  # documents that are loaded at once
AMONG = "IN (SELECT unnest(?::VARCHAR[]))"
Rows = dict[str, list[Mapping[str, Any]]]


def store_accounts(path: Path, found: Changes, hook: Hook) -> None:
    """Write the accounts of all documents that are to be assembled. They are no part of anything yet."""
    ids = iter(found.fresh)
    with open_writer(path, hook=hook) as store:
        store.connection.execute("DELETE FROM accounts WHERE part IS NULL")
        store.connection.execute("DELETE FROM articles WHERE origin IS NULL")
    while chosen := list(islice(ids, SLICE)):
        with open_reader(path) as store:
            rows = _rows(sources(store, chosen), found)
        with open_writer(path, hook=hook) as store:
            _write(store, rows, {id: found.fresh[id] for id in chosen})


def _rows(sources: Iterator[Source], found: Changes) -> Rows:
    rows: Rows = {"articles": [], "accounts": [], "signatures": []}
    for source in sources:
        id = source.document.id
        write = found.fresh[id]
        article = article_of(source)
        words = written_words(article)
        rows["articles"].append({"document_id": id, "seq": write.seq, "decided": write.decided, "words": words})
        for account in accounts_of(source, found.now.parted, article):
            own = handle(account)
            row = {"kind": own.kind, "first_week": own.first, "last_week": own.last, "clues": own.clues.tobytes()}
            rows["accounts"].append({"id": account.id, "document_id": id, **row, "features": written(account)})
        signature = b"" if source.signature else signature_of(source.document.text)
        if signature:
            rows["signatures"].append({"document_id": id, "seq": write.seq, "signature": signature})
    return rows


def _write(store: Store, rows: Rows, writes: Mapping[str, Write]) -> None:
    """Write rows, but not those of documents that went or were written again meanwhile."""
    sql = f"SELECT id, seq FROM documents WHERE id {AMONG}"
    still = {id for id, seq in store.rows(sql, [list(writes)]) if seq == writes[id].seq}
    for table, made in rows.items():
        store.insert(table, [row for row in made if row["document_id"] in still])


def sources(store: Store, ids: Sequence[str]) -> Iterator[Source]:
    """Documents with their reports; in a store without texts the text is empty."""
    reports: defaultdict[str, list[Report]] = defaultdict(list)
    vectors: defaultdict[str, dict[str, bytes]] = defaultdict(dict)
    sql = (
        f"SELECT document_id, id, record, vector FROM reports WHERE document_id {AMONG} ORDER BY document_id, position"
    )
    for document, id, record, vector in store.rows(sql, [ids]):
        reports[document].append(from_json(json.loads(record)))
        if vector:
            vectors[document][id] = bytes(vector)
    sql = f"""SELECT d.id, d.version, d.url, d.publisher, d.title, d.language, d.published, coalesce(t.text, ''),
             s.signature FROM (SELECT * FROM documents WHERE id {AMONG}) d LEFT JOIN texts t ON t.document_id = d.id
             LEFT JOIN signatures s ON s.document_id = d.id ORDER BY d.id"""
    names = ("id", "version", "url", "publisher", "title", "language", "published", "text")
    for row in store.rows(sql, [ids]):
        document = Document(**dict(zip(names, row[:-1], strict=True)))
        yield Source(document, tuple(reports[document.id]), vectors[document.id], bytes(row[-1] or b""))
