"""Which documents copy which: new ones are compared with all others by signature, and only origins that change are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from polybius.assembly import Copies, Origin, Partition, Table, copied, evidence_of, named_in, nearest
from polybius.run.assembling.accounts import AMONG
from polybius.run.assembling.changes import Changes
from polybius.store import Store

SLICE = 2000  # pairs of documents whose texts are loaded at once
_OLD = "\0"  # before the name of an origin of last time


def new_origins(store: Store, found: Changes) -> tuple[list[Origin], set[str]]:
    """The origins that are other than last time; and the documents whose text goes back to another one although they
    have not changed themselves."""
    articles = _Articles(store, found)
    new = articles.new()
    copies = _copies(articles, new)
    labels = articles.origins({id for pair in copies.pairs for id in pair} - new)
    partition = Partition(new)
    for one, two in copies.pairs:
        partition.join(_node(one, labels), _node(two, labels))
    members = {label: ids - new for label, ids in articles.members(set(labels.values())).items()}
    before = articles.before({id for ids in members.values() for id in ids} | new)
    near = nearest(copies)
    changed = []
    for nodes in partition.sets():
        ids = sorted(id for node in nodes for id in (members[node[1:]] if node[0] == _OLD else [node]))
        for id in ids:
            said = None if id in new or id not in before else named_in(before[id].evidence)
            both = [one for one in (near.get(id), said) if one]
            changed.append(Origin(id, ids[0], evidence_of(min(both, default=None))))
    changed = [origin for origin in changed if before.get(origin.document_id) != origin]
    moved = {one.document_id for one in changed if one.document_id in before}
    return changed, {id for id in moved if id not in found.fresh}


def _node(id: str, labels: Mapping[str, str]) -> str:
    return _OLD + labels[id] if id in labels else id


class _Articles:
    """The documents of a store as one assembly sees them."""

    def __init__(self, store: Store, found: Changes) -> None:
        self.store, self.found = store, found

    def rows(self, sql: str, *values: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Rows of a query on the articles ``a`` that are not void."""
        alive, void = "a.origin IS NULL", []
        if not self.found.whole:
            alive, void = f"(a.origin IS NULL OR a.document_id NOT {AMONG})", [list(self.found.void)]
        return self.store.rows(sql.format(alive=alive, among=AMONG), [*void, *map(list, values)])

    def new(self) -> set[str]:
        """Documents without an origin, and those that had one in common with a document that is void now."""
        fresh = {id for (id,) in self.store.rows("SELECT document_id FROM articles WHERE origin IS NULL")}
        if self.found.whole:
            return fresh
        sql = f"SELECT DISTINCT origin FROM articles WHERE origin IS NOT NULL AND document_id {AMONG}"
        lost = {origin for (origin,) in self.store.rows(sql, [list(self.found.void)])}
        return fresh.union(*self.members(lost).values())

    def members(self, origins: Iterable[str]) -> dict[str, set[str]]:
        """The documents of some origins."""
        found: dict[str, set[str]] = {origin: set() for origin in origins}
        sql = "SELECT a.origin, a.document_id FROM articles a WHERE {alive} AND a.origin {among}"
        for origin, id in self.rows(sql, sorted(found)):
            found[origin].add(id)
        return found

    def origins(self, ids: Iterable[str]) -> dict[str, str]:
        """The names of the origins of some documents."""
        sql = "SELECT a.document_id, a.origin FROM articles a WHERE {alive} AND a.document_id {among}"
        return dict(self.rows(sql, sorted(ids)))

    def before(self, ids: Iterable[str]) -> dict[str, Origin]:
        """What was told of documents last time, those that are new or changed left out."""
        sql = """SELECT o.document_id, o.origin, o.evidence FROM origins o JOIN articles a USING (document_id)
            WHERE {alive} AND a.origin IS NOT NULL AND a.document_id {among}"""
        return {row[0]: Origin(*row) for row in self.rows(sql, sorted(ids))}

    def signatures(self) -> tuple[list[str], Table]:
        """All documents that have a signature, ordered, and these."""
        sql = "SELECT s.document_id{} FROM signatures s JOIN articles a USING (document_id) WHERE {{alive}} ORDER BY 1"
        ids = [id for (id,) in self.rows(sql.format(""))]
        return ids, Table((bytes(row[1]) for row in self.rows(sql.format(", s.signature"))), len(ids))

    def compared(self, pairs: Sequence[tuple[str, str]]) -> Copies:
        """Which of some pairs are copies."""
        ids = sorted({id for pair in pairs for id in pair})
        texts = dict(self.store.rows(f"SELECT document_id, text FROM texts WHERE document_id {AMONG}", [ids]))
        sql = f"SELECT document_id, signature FROM signatures WHERE document_id {AMONG}"
        return copied(pairs, texts, {id: bytes(signature) for id, signature in self.store.rows(sql, [ids])})


def _copies(articles: _Articles, new: set[str]) -> Copies:
    """All pairs of copies with a new document."""
    ids, table = articles.signatures()
    likely = sorted((ids[one], ids[two]) for one, two in table.likely(np.array([id in new for id in ids], bool)))
    parts = [articles.compared(likely[at : at + SLICE]) for at in range(0, len(likely), SLICE)]
    pairs = tuple(pair for part in parts for pair in part.pairs)
    return Copies(pairs, frozenset().union(*(part.estimated for part in parts)))
