"""What persons decide about events: written to the store's journal, read as a ruling by the next assembly."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path

from polybius.assembly import Ruling, rule
from polybius.records import Judgement, Verdict
from polybius.store import Decision, Journal, Store, StoreError, UnknownId, open_reader

SAME, APART, UNDO = "same", "split", "undo"
VERDICTS: dict[str, Verdict] = {SAME: "same", "different": "different", APART: "different"}


class DecisionError(StoreError):
    """A decision that makes no sense; the message says why."""


def merge(
    path: Path, one: str, two: str, *, author: str | None = None, at: str | None = None, note: str | None = None
) -> Decision:
    """Decide that two events, or reports, are one event. Raises StoreError."""
    with open_reader(path) as store:
        left, right = reports_of(store, one), reports_of(store, two)
    if set(left) & set(right):
        raise DecisionError(f"{one} and {two} have a report in common: they are one event already")
    return Journal(path).append(SAME, _listed(left), _listed(right), author=author, made_at=at, note=note)


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
    return Journal(path).append(APART, _listed(named), _listed(rest), author=author, made_at=at, note=note)


def undo(path: Path, decision: str | None = None, *, author: str | None = None, at: str | None = None) -> Decision:
    """Take back a decision, by its number, or the last one that stands. Raises StoreError."""
    with open_reader(path):
        pass
    made = Journal(path).read()
    standing = [one for one in made if one.kind in VERDICTS and key(one) not in _undone(made)]
    found = [one for one in standing if decision in (None, str(one.seq), key(one))]
    if not found:
        numbers = ", ".join(str(one.seq) for one in standing[-10:])
        raise UnknownId(
            f"{path}: no decision {decision or ''} that stands".replace("  ", " ")
            + (f"; there are {numbers}" if numbers else "")
        )
    Journal(path).append(UNDO, key(found[-1]), author=author, made_at=at)
    return found[-1]


def key(decision: Decision) -> str:
    """How another decision names this one."""
    return f"{decision.journal}/{decision.seq}"


def ruling(decisions: Sequence[Decision]) -> Ruling:
    """What holds of all decisions, the later before the earlier."""
    undone = _undone(decisions)
    standing = (one for one in decisions if one.kind in VERDICTS and key(one) not in undone)
    return rule([judgement for one in standing for judgement in _judgements(one)])


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


def _undone(decisions: Iterable[Decision]) -> set[str]:
    return {one.subject for one in decisions if one.kind == UNDO}


def _judgements(decision: Decision) -> Iterator[Judgement]:
    """A decision on two lists of reports as judgements on pairs. One event's reports all belong together."""
    one, two = _names(decision.subject), _names(decision.other)
    verdict = VERDICTS[decision.kind]
    pairs = product(one, two) if verdict == "different" else zip([one[0]] * len(one + two), one + two, strict=True)
    for left, right in pairs:
        if left != right:
            low, high = sorted((left, right))
            yield Judgement(low, high, verdict, decision.author or "somebody", at=decision.made_at)


def _listed(names: Sequence[str]) -> str:
    return json.dumps(list(names), ensure_ascii=False, separators=(",", ":"))


def _names(text: str | None) -> list[str]:
    """The reports of one side. A single one may stand without brackets."""
    if not text:
        raise DecisionError("a decision of the journal names one report only")
    return [str(name) for name in json.loads(text)] if text.startswith("[") else [text]
