"""What persons decide about events: written to the store's journal, read as a ruling by the next assembly."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import product
from pathlib import Path
from typing import Any

from polybius.assembly import Ruling, rule
from polybius.records import Judgement, Verdict
from polybius.report import to_json
from polybius.store import Decision, Journal, Store, StoreError, UnknownId, open_reader
from polybius.store.decisions import REVIEW, Target, as_text, find, read_target, standing, target_of
from polybius.store.decisions import key as key
from polybius.store.overlay import coded_document

SAME, DIFFERENT, APART, UNDO = "same", "different", "split", "undo"
VERDICTS: dict[str, Verdict] = {SAME: "same", DIFFERENT: "different", APART: "different"}
Resolve = Callable[[Target], str | None]


class DecisionError(StoreError):
    """A decision that makes no sense; the message says why."""


def merge(
    path: Path, one: str, two: str, *, author: str | None = None, at: str | None = None, note: str | None = None
) -> Decision:
    """Decide that two events, or reports, are one event. Raises StoreError."""
    sides = _sides(path, one, two, ": they are one event already")
    return Journal(path).append(SAME, *sides, author=author, made_at=at, note=note)


def never(
    path: Path, one: str, two: str, *, author: str | None = None, at: str | None = None, note: str | None = None
) -> Decision:
    """Decide that two events, or reports, are never one event. Raises StoreError."""
    sides = _sides(path, one, two, "; take it out of the event first")
    return Journal(path).append(DIFFERENT, *sides, author=author, made_at=at, note=note)


def _sides(path: Path, one: str, two: str, clash: str) -> tuple[str, str]:
    """Two events as they are written down. Raises DecisionError, with ``clash`` at its end, where they share a report."""
    with open_reader(path) as store:
        left, right = reports_of(store, one), reports_of(store, two)
        if set(left) & set(right):
            raise DecisionError(f"{one} and {two} have a report in common{clash}")
        return _listed(store, left), _listed(store, right)


def split(
    path: Path,
    event: str,
    out: Sequence[str],
    *,
    author: str | None = None,
    at: str | None = None,
    note: str | None = None,
) -> Decision:
    """Decide that some reports of an event are not of the same event as its others. Raises StoreError."""
    with open_reader(path) as store:
        everything = reports_of(store, event)
        named = sorted({name for id in out for name in reports_of(store, id, among=everything)})
        rest = sorted(set(everything) - set(named))
        if not named or not rest:
            raise DecisionError(f"{event} has {len(everything)} reports; name some of them, not all")
        sides = _listed(store, named), _listed(store, rest)
    return Journal(path).append(APART, *sides, author=author, made_at=at, note=note)


def undo(path: Path, decision: str | None = None, *, author: str | None = None, at: str | None = None) -> Decision:
    """Take back a decision, by its number, or the last one that stands. Raises StoreError."""
    with open_reader(path):
        pass
    made = Journal(path).read()
    known = [one for one in standing(made) if one.kind in VERDICTS or one.kind in REVIEW]
    found = [one for one in known if decision in (None, str(one.seq), key(one))]
    if not found:
        numbers = ", ".join(str(one.seq) for one in known[-10:])
        raise UnknownId(
            f"{path}: no decision {decision or ''} that stands".replace("  ", " ")
            + (f"; there are {numbers}" if numbers else "")
        )
    Journal(path).append(UNDO, key(found[-1]), author=author, made_at=at)
    return found[-1]


def ruling(decisions: Sequence[Decision], resolve: Resolve = lambda target: target.name) -> Ruling:
    """What holds of all decisions on events, the later before the earlier. ``resolve`` names the report that is meant now."""
    about = (one for one in standing(decisions) if one.kind in VERDICTS)
    return rule([judgement for one in about for judgement in _judgements(one, resolve)])


class Resolver:
    """Finds the reports of a store that decisions mean, also after their documents were coded again."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.known: dict[Target, str | None] = {}

    def __call__(self, target: Target) -> str | None:
        if target not in self.known:
            self.known[target] = self._found(target)
        return self.known[target]

    def _found(self, target: Target) -> str | None:
        coded = coded_document(self.store.connection, target.document)
        found = find(target, coded) if coded else None
        return None if coded is None or found is None or found.at is None else _named(coded.id, coded.records[found.at])


def _named(document: str, record: Mapping[str, Any]) -> str:
    return f"{document}#{record['id']}"


def lost(store: Store, decisions: Sequence[Decision]) -> dict[str, list[Target]]:
    """By the keys of decisions on events that stand: the reports that they are about and that nobody can find any more."""
    resolve = Resolver(store)
    found = {
        key(one): [target for target in _targets(one) if resolve(target) is None]
        for one in standing(decisions)
        if one.kind in VERDICTS
    }
    return {name: targets for name, targets in found.items() if targets}


def stored(store: Store) -> list[Decision]:
    """The decisions that were folded into the store, in their order."""
    names = ("journal", "seq", "kind", "subject", "other", "author", "made_at", "note")
    sql = f"SELECT {', '.join(names)} FROM judgements ORDER BY made_at NULLS FIRST, journal, seq"
    return [Decision(**dict(zip(names, row, strict=True))) for row in store.rows(sql)]


def reports_of(store: Store, id: str, among: Iterable[str] = ()) -> list[str]:
    """The reports that an id stands for, as "document#report": those of an event, or the one report that it names."""
    if id.startswith("evt"):
        rows = store.rows("SELECT document_id, report_id FROM event_reports WHERE event_id = ?", [id])
        found = [f"{document}#{report}" for document, report in rows]
        hint = "; events get new ids when they change, run: polybius assemble"
    else:
        document, mark, report = id.rpartition("#")
        sql = "SELECT document_id, id FROM reports WHERE id = $1 AND ($2 = '' OR document_id = $2) ORDER BY seq"
        found = [f"{row[0]}#{row[1]}" for row in store.rows(sql, [report, document if mark else ""])]
        hint = "; a report is named by its id, or document#report"
    kept = sorted(set(found) & set(among)) if among else sorted(found)
    if not kept:
        raise UnknownId(f"{store.path} has no event or report {id!r}{' there' if among else ''}{hint}")
    return kept if id.startswith("evt") or among else kept[:1]


def _judgements(decision: Decision, resolve: Resolve) -> Iterator[Judgement]:
    """A decision on two lists of reports as judgements on pairs. One event's reports all belong together."""
    sides = [_names(text, resolve) for text in (decision.subject, decision.other)]
    one, two = sides
    verdict = VERDICTS[decision.kind]
    if not one or not two:
        return
    pairs = product(one, two) if verdict == "different" else zip([one[0]] * len(one + two), one + two, strict=True)
    for left, right in pairs:
        if left != right:
            low, high = sorted((left, right))
            yield Judgement(low, high, verdict, decision.author or "somebody", at=decision.made_at)


def _listed(store: Store, names: Sequence[str]) -> str:
    """Reports as they are written down: with trigger and words, so that they are found when they have other ids."""
    return as_text([asdict(_target(store, name)) for name in names])


def _target(store: Store, name: str) -> Target:
    document, _, report = name.rpartition("#")
    return target_of(to_json(store.report(report, document)), store.text(document))


def _names(text: str | None, resolve: Resolve) -> list[str]:
    """The reports of one side that are there."""
    named = (one if isinstance(one, str) else _resolved(one, resolve) for one in _items(text))
    return [name for name in named if name]


def _resolved(item: Mapping[str, Any], resolve: Resolve) -> str | None:
    try:
        return resolve(read_target(item))
    except ValueError:  # of a document that was forgotten
        return None


def _items(text: str | None) -> list[Any]:
    """What stands on one side. A single report may stand without brackets, named as "document#report"."""
    if not text:
        raise DecisionError("a decision of the journal names one report only")
    return list(json.loads(text)) if text.startswith("[") else [text]


def _targets(decision: Decision) -> list[Target]:
    items = [*_items(decision.subject), *_items(decision.other)]
    return [read_target(one) for one in items if isinstance(one, dict) and "start" in one]
