"""Which accounts new ones can reach, and what these come to: only those of the same weeks are compared with the new ones, and
only the parts that something changed are clustered anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from polybius.assembly import Account, Bonds, Handle, Partition, Scores, bonds, candidates, event_id, joins, parts, read
from polybius.run.assembling.accounts import AMONG
from polybius.run.assembling.changes import Changes
from polybius.store import Store

PIECE = 5_000  # accounts that are compared or clustered at once, where one week or part has no more
_HANDLE = "id, part, kind, first_week, last_week, clues"


@dataclass(frozen=True, slots=True)
class Group:
    """The accounts of one event, its reports sorted, and whether one of its documents is new or has changed."""

    accounts: tuple[str, ...]
    part: str
    names: tuple[str, ...]
    fresh: bool

    @property
    def id(self) -> str:
        return event_id(self.names)


class Reach:
    """The accounts of a store as one assembly sees them: without those that are void."""

    def __init__(self, store: Store, found: Changes) -> None:
        self.store, self.found = store, found
        self.nodes = Partition()  # new accounts and the parts of last time, as far as something changed
        self.bonds = Bonds()

    def groups(self) -> Iterator[Group]:
        """The events of everything that something changed."""
        for (id,) in self.store.rows("SELECT id FROM accounts WHERE part IS NULL"):
            self.nodes.find(id)
        for piece in self._pieces():
            for one, two in self._near(piece):
                self.nodes.join(one, two)
        self._bind()
        for part in self._void():
            self.nodes.find(_old(part))
        for slice in self._slices():
            yield from self._grouped(slice)

    def _alive(self) -> tuple[str, list[object]]:
        """A condition on accounts ``a``, with its value."""
        if self.found.whole:
            return "a.part IS NULL", []
        return f"(a.part IS NULL OR a.document_id NOT {AMONG})", [list(self.found.void)]

    # Which can be one event

    def _pieces(self) -> Iterator[list[tuple[str, int]]]:
        """The kinds and weeks of new accounts, some at a time."""
        sql = """SELECT kind, week, count(*) FROM (SELECT kind, unnest(generate_series(first_week, last_week)) AS week
            FROM accounts WHERE part IS NULL) GROUP BY kind, week ORDER BY kind, week"""
        piece: list[tuple[str, int]] = []
        size = 0
        for kind, week, count in self.store.rows(sql):
            if piece and size + count > PIECE:
                yield piece
                piece, size = [], 0
            piece.append((kind, week))
            size += count
        if piece:
            yield piece

    def _near(self, piece: Sequence[tuple[str, int]]) -> Iterator[tuple[str, str]]:
        """Nodes of which two accounts may be one event, by their own score. One account of each pair is new."""
        alive, values = self._alive()
        sql = f"""SELECT DISTINCT {_HANDLE} FROM (SELECT * FROM accounts a WHERE {alive}) a
            JOIN (SELECT unnest(?::VARCHAR[]) AS k, unnest(?::INTEGER[]) AS week) w
            ON a.kind = w.k AND w.week BETWEEN a.first_week AND a.last_week ORDER BY id"""
        rows = list(self.store.rows(sql, [*values, [kind for kind, _ in piece], [week for _, week in piece]]))
        handles = [
            Handle(kind, first, last, np.frombuffer(bytes(clues), np.uint64)) for _, _, kind, first, last, clues in rows
        ]
        left, right = candidates(handles, [row[1] is None for row in rows], blocks=set(piece))
        met = np.zeros(len(rows), bool)
        met[left] = met[right] = True
        accounts = list(self.accounts([rows[at][0] for at in np.flatnonzero(met).tolist()]))
        place = np.cumsum(met) - 1  # among those that meet another
        near = joins(Scores(accounts).points(place[left], place[right]))
        for one, two in zip(left[near].tolist(), right[near].tolist(), strict=True):
            yield _node(*rows[one][:2]), _node(*rows[two][:2])

    def accounts(self, ids: Iterable[str]) -> Iterator[Account]:
        """Accounts by their ids, ordered."""
        alive, values = self._alive()
        sql = f"""SELECT a.id, a.document_id, a.features, r.words FROM accounts a
            JOIN articles r ON r.document_id = a.document_id AND (r.origin IS NULL) = (a.part IS NULL)
            WHERE {alive} AND a.id {AMONG} ORDER BY a.id"""
        words: dict[tuple[str, str], Mapping[str, int]] = {}
        for id, document, features, text in self.store.rows(sql, [*values, list(ids)]):
            if (document, text) not in words:
                words[document, text] = json.loads(text)
            yield read(id, document, features, words[document, text])

    # What persons decided

    def _bind(self) -> None:
        """Reports that are one event by somebody's word reach each other; what is decided otherwise now is looked at."""
        now, decided = self.found.now, self.found.decided
        named = {name for group in (*now.together, *now.apart) for name in group} | decided
        documents = sorted({name.rpartition("#")[0] for name in named})
        alive, values = self._alive()
        sql = f"SELECT id, part FROM accounts a WHERE {alive} AND document_id {AMONG}"
        part_of = dict(self.store.rows(sql, [*values, documents]))
        accounts = list(self.accounts(sorted(part_of)))
        self.bonds = bonds(now, accounts)
        for group in self.bonds.together:
            if any(part_of[id] is None for id in group) or len({part_of[id] for id in group}) > 1:
                for other in group[1:]:
                    self.nodes.join(_node(group[0], part_of[group[0]]), _node(other, part_of[other]))
        for account in accounts:
            if not decided.isdisjoint(account.reports):
                self.nodes.find(_node(account.id, part_of[account.id]))

    def _void(self) -> list[str]:
        """The parts that lost an account."""
        if self.found.whole:
            return []
        sql = f"SELECT DISTINCT part FROM accounts WHERE part IS NOT NULL AND document_id {AMONG}"
        return [part for (part,) in self.store.rows(sql, [list(self.found.void)])]

    # What they come to

    def _slices(self) -> Iterator[list[list[str]]]:
        """Sets of accounts that reach each other, some at a time."""
        sets = self.nodes.sets()
        members = self._members([node[1:] for nodes in sets for node in nodes if node[0] == _OLD])
        slice: list[list[str]] = []
        size = 0
        for nodes in sets:
            ids = [id for node in nodes for id in (members.get(node[1:], []) if node[0] == _OLD else [node])]
            if slice and size + len(ids) > PIECE:
                yield slice
                slice, size = [], 0
            slice.append(ids)
            size += len(ids)
        if slice:
            yield slice

    def _members(self, old: Sequence[str]) -> Mapping[str, list[str]]:
        alive, values = self._alive()
        found: dict[str, list[str]] = {}
        sql = f"SELECT part, id FROM accounts a WHERE {alive} AND part {AMONG}"
        for part, id in self.store.rows(sql, [*values, list(old)]):
            found.setdefault(part, []).append(id)
        return found

    def _grouped(self, slice: Sequence[Sequence[str]]) -> Iterator[Group]:
        within = {id: number for number, ids in enumerate(slice) for id in ids}
        accounts = list(self.accounts(within))
        held = Bonds(tuple(group for group in self.bonds.together if group[0] in within), self.bonds.apart)
        named = {account.id: account for account in accounts}
        fresh = self.found.fresh
        for part in parts(accounts, held, [within[account.id] for account in accounts]):
            for ids in part.events:
                names = tuple(sorted(name for id in ids for name in named[id].reports))
                yield Group(ids, part.accounts[0], names, any(named[id].article.id in fresh for id in ids))


_OLD = "\0"  # before the name of a part of last time; ids of accounts do not begin so


def _old(part: str) -> str:
    return _OLD + part


def _node(id: str, part: str | None) -> str:
    return id if part is None else _old(part)
