"""What differs between two stores, and why: documents, reports, events, and the runs that made them.

Reports are matched by their ids, and those that are left by document and overlapping triggers, events by the reports
that they share.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from polybius.store import open_reader
from polybius.store.connect import SETTINGS, WAIT, patiently, telling

# The fields of a report that are compared: what a user reads, neither scores nor stamps.
FIELDS = (
    "event mode context status trigger actor actor_code actor_sector recipient recipient_code recipient_sector "
    "date_from date_to place place_country place_admin1 latitude longitude attribution killed injured arrested"
).split()

Name = tuple[str, str]  # document, report
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """A report that both stores have, with the fields that differ, each before and after."""

    document: str
    trigger: str
    fields: Mapping[str, tuple[str | None, str | None]]
    why: str


@dataclass(frozen=True, slots=True)
class Alone:
    """A report that only one store has."""

    document: str
    event: str
    trigger: str
    why: str


@dataclass(frozen=True, slots=True)
class Group:
    """Events that share reports, or one that has no counterpart: ``what`` happened from ``old`` to ``new``."""

    what: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs. ``counts`` and ``types`` are pairs of numbers, of the old store and of the new one."""

    counts: Mapping[str, tuple[int, int]]
    documents: Mapping[str, tuple[str, ...]]
    same: int
    lost: tuple[Alone, ...]
    gained: tuple[Alone, ...]
    changed: tuple[Changed, ...]
    events: tuple[Group, ...]
    types: Mapping[str, tuple[int, int]]
    event_types: Mapping[str, tuple[int, int]]
    runs: Mapping[str, tuple[Any, Any]]

    def by_field(self) -> Mapping[str, int]:
        """How many reports differ in each field, the commonest first."""
        return dict(Counter(name for one in self.changed for name in one.fields).most_common())

    def by_what(self) -> Mapping[str, int]:
        """How many groups of events there are of each kind."""
        return dict(sorted(Counter(group.what for group in self.events).items()))


def compare(old: Path, new: Path) -> Difference:
    """What changed from one store to another. Raises StoreError."""
    for path in (old, new):  # what is wrong with a store is told with its own name
        with open_reader(path):
            pass
    with closing(duckdb.connect(config=SETTINGS)) as connection:
        for path, name in ((old, "old"), (new, "new")):
            sql = f"ATTACH {_text(path)} AS {name} (READ_ONLY)"
            patiently(path, WAIT, lambda: connection.execute(sql))  # noqa: B023, called at once
        with telling(new):
            return _difference(connection)


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


Asks = duckdb.DuckDBPyConnection


def _difference(ask: Asks) -> Difference:
    documents = _documents(ask)
    replaced = set(documents["another text"])
    ask.execute(_MATCHED)
    left, right = _unmatched(ask, "old", "new"), _unmatched(ask, "new", "old")
    pairs = _by_trigger(left, right)
    changed = [*_changed_rows(ask, replaced), *(_change(left[a], right[b], replaced) for a, b in pairs.items())]
    met = set(pairs.values())
    gone, added = set(documents["only in the old"]), set(documents["only in the new"])
    changed_names = sum(1 for one in changed if one.fields)
    same = ask.execute("SELECT count(*) FROM matched").fetchall()[0][0] + len(pairs) - changed_names
    return Difference(
        counts={table: _sizes(ask, table) for table in ("documents", "reports", "events")},
        documents=documents,
        same=int(same),
        lost=tuple(_alone(row, gone, replaced) for name, row in left.items() if name not in pairs),
        gained=tuple(_alone(row, added, replaced) for name, row in right.items() if name not in met),
        changed=tuple(one for one in changed if one.fields),
        events=tuple(_groups(ask, pairs)),
        types=_types(ask, "reports"),
        event_types=_types(ask, "events"),
        runs=_runs(ask),
    )


def _documents(ask: Asks) -> dict[str, tuple[str, ...]]:
    sql = "SELECT {0}.id FROM {1} WHERE {2} ORDER BY 1"
    both = "old.documents o JOIN new.documents n USING (id)"

    def ids(columns: str, tables: str, condition: str) -> tuple[str, ...]:
        return tuple(id for (id,) in ask.execute(sql.format(columns, tables, condition)).fetchall())

    return {
        "only in the old": ids("o", "old.documents o ANTI JOIN new.documents n USING (id)", "TRUE"),
        "only in the new": ids("n", "new.documents n ANTI JOIN old.documents o USING (id)", "TRUE"),
        "another text": ids("o", both.replace("USING (id)", "ON o.id = n.id"), "o.version <> n.version"),
    }


_MATCHED = """CREATE TEMP TABLE matched AS SELECT o.document_id, o.id
  FROM old.reports o JOIN new.reports n ON o.document_id = n.document_id AND o.id = n.id"""


def _differs(name: str) -> str:
    return f'o."{name}" IS DISTINCT FROM n."{name}"'


def _selected(side: str, names: Iterable[str]) -> str:
    return ", ".join(f'CAST({side}."{name}" AS VARCHAR)' for name in names)


def _changed_rows(ask: Asks, replaced: set[str]) -> list[Changed]:
    """Reports of one id whose codes differ: the decisions on words are the same, what they are grounded to is not."""
    names = ("document_id", "id", *FIELDS, "stamp")
    sql = f"""SELECT {_selected("o", names)}, {_selected("n", names)} FROM old.reports o JOIN new.reports n
      ON o.document_id = n.document_id AND o.id = n.id WHERE {" OR ".join(map(_differs, FIELDS))}
      ORDER BY o.document_id, o.trigger_start, o.id"""
    rows = ask.execute(sql).fetchall()
    return [
        _change(dict(zip(names, row, strict=False)), dict(zip(names, row[len(names) :], strict=True)), replaced)
        for row in rows
    ]


def _unmatched(ask: Asks, one: str, other: str) -> dict[Name, Row]:
    """The reports of one store whose ids the other lacks, by name, in the order of documents and texts."""
    names = ("document_id", "id", *FIELDS, "stamp")
    sql = f"""SELECT {_selected("r", names)}, r.trigger_start, r.trigger_end FROM {one}.reports r
      ANTI JOIN {other}.reports s ON r.document_id = s.document_id AND r.id = s.id
      ORDER BY r.document_id, r.trigger_start, r.trigger_end, r.id"""
    rows = ask.execute(sql).fetchall()
    columns = (*names, "start", "stop")
    return {(row[0], row[1]): dict(zip(columns, row, strict=True)) for row in rows}


def _by_trigger(left: Mapping[Name, Row], right: Mapping[Name, Row]) -> dict[Name, Name]:
    """One report with one: those of a type and of most common letters first."""
    of_document: defaultdict[str, list[Name]] = defaultdict(list)
    for name in right:
        of_document[name[0]].append(name)
    found = []
    for name, row in left.items():
        for other in of_document[name[0]]:
            shared = min(row["stop"], right[other]["stop"]) - max(row["start"], right[other]["start"])
            if shared > 0:
                found.append((row["event"] != right[other]["event"], -shared, name, other))
    pairs: dict[Name, Name] = {}
    taken: set[Name] = set()
    for _, _, name, other in sorted(found):
        if name not in pairs and other not in taken:
            pairs[name] = other
            taken.add(other)
    return pairs


def _change(old: Row, new: Row, replaced: set[str]) -> Changed:
    differing = {name: (old[name], new[name]) for name in FIELDS if old[name] != new[name]}
    return Changed(old["document_id"], new["trigger"], differing, _why(old, new, replaced))


def _why(old: Row, new: Row, replaced: set[str]) -> str:
    if old["document_id"] in replaced:
        return "the document has another text"
    return "coded by another run" if old["stamp"] != new["stamp"] else "coded by the same run"


def _alone(row: Row, absent: set[str], replaced: set[str]) -> Alone:
    document = row["document_id"]
    why = "the other store lacks the document" if document in absent else "the document has another text"
    if document not in absent and document not in replaced:
        why = "coding gave another result"
    return Alone(document, row["event"], row["trigger"], why)


def _sizes(ask: Asks, table: str) -> tuple[int, int]:
    old, new = (ask.execute(f"SELECT count(*) FROM {store}.{table}").fetchall()[0][0] for store in ("old", "new"))
    return int(old), int(new)


def _types(ask: Asks, table: str) -> Mapping[str, tuple[int, int]]:
    sql = "SELECT event, count(*) FROM {}.{} GROUP BY event"
    old, new = (dict(ask.execute(sql.format(store, table)).fetchall()) for store in ("old", "new"))
    return {event: (old.get(event, 0), new.get(event, 0)) for event in sorted(old.keys() | new.keys())}


# --- events ------------------------------------------------------------------------------------------------------------


def _groups(ask: Asks, pairs: Mapping[Name, Name]) -> list[Group]:
    """Events that hang together by their reports. Those that are the same on both sides are left out."""
    old, new = _homes(ask, "old"), _homes(ask, "new")
    back = {other: name for name, other in pairs.items()}
    shared: defaultdict[str, set[str]] = defaultdict(set)
    for name, event in new.items():
        former = old.get(back.get(name, name))
        if former is not None:
            shared[f"o{former}"].add(f"n{event}")
            shared[f"n{event}"].add(f"o{former}")
    before, after = _members(old), _members(new)
    everything = [*(f"o{id}" for id in sorted(before)), *(f"n{id}" for id in sorted(after))]
    groups = [_group(part, before, after, pairs) for part in _parts(everything, shared)]
    return sorted((g for g in groups if g.what != "same"), key=lambda g: (g.what, g.old, g.new))


def _homes(ask: Asks, store: str) -> dict[Name, str]:
    rows = ask.execute(f"SELECT document_id, report_id, event_id FROM {store}.event_reports").fetchall()
    return {(document, report): event for document, report, event in rows}


def _members(homes: Mapping[Name, str]) -> Mapping[str, set[Name]]:
    found: defaultdict[str, set[Name]] = defaultdict(set)
    for name, event in homes.items():
        found[event].add(name)
    return found


def _parts(everything: Iterable[str], shared: Mapping[str, set[str]]) -> list[list[str]]:
    """Connected parts of the graph of events."""
    seen: set[str] = set()
    parts = []
    for start in everything:
        part, frontier = [], [start]
        while frontier:
            node = frontier.pop()
            if node not in seen:
                seen.add(node)
                part.append(node)
                frontier += sorted(shared.get(node, ()))
        if part:
            parts.append(part)
    return parts


def _group(
    part: Sequence[str],
    before: Mapping[str, set[Name]],
    after: Mapping[str, set[Name]],
    pairs: Mapping[Name, Name],
) -> Group:
    old = tuple(sorted(node[1:] for node in part if node[0] == "o"))
    new = tuple(sorted(node[1:] for node in part if node[0] == "n"))
    if len(old) == len(new) == 1:
        moved = {pairs.get(name, name) for name in before[old[0]]}
        return Group("same" if moved == after[new[0]] else "other reports", old, new)
    kinds = {(1, 0): "lost", (0, 1): "gained"}
    many = "split" if len(old) == 1 else "merged" if len(new) == 1 else "regrouped"
    return Group(kinds.get((len(old), len(new)), many), old, new)


# --- runs --------------------------------------------------------------------------------------------------------------


def _runs(ask: Asks) -> Mapping[str, tuple[Any, Any]]:
    """What the manifests of the runs say that differs, by its path; ``stamps`` and what assembled the events beside it."""
    old, new = (_facts(ask, store) for store in ("old", "new"))
    return {
        name: (old.get(name), new.get(name))
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    }


def _facts(ask: Asks, store: str) -> dict[str, list[Any]]:
    facts: defaultdict[str, list[Any]] = defaultdict(list)
    for stamp, manifest in ask.execute(f"SELECT stamp, manifest FROM {store}.runs ORDER BY stamp").fetchall():
        facts["stamp"].append(stamp)
        for name, value in _leaves(json.loads(manifest)):
            if value not in facts[name]:
                facts[name].append(value)
    facts["assembly"] = [
        stamp for (stamp,) in ask.execute(f"SELECT DISTINCT stamp FROM {store}.events ORDER BY 1").fetchall()
    ]
    return dict(facts)


def _leaves(value: Any, path: str = "") -> list[tuple[str, Any]]:
    if not isinstance(value, dict):
        return [(path, value)]
    return [leaf for name, inner in sorted(value.items()) for leaf in _leaves(inner, f"{path}.{name}".lstrip("."))]
