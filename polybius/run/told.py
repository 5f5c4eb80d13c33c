"""The decisions that stand, each in a line: who decided what, and whether it still holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from polybius.run.adding import ADDED, keys_added
from polybius.run.decisions import VERDICTS, lost
from polybius.run.review import all_decisions, decided
from polybius.store import Decision, Store, UnknownId, open_reader
from polybius.store.decisions import REVIEW, Correction, Target, key, read_target, standing


@dataclass(frozen=True, slots=True)
class Told:
    """One decision. ``states`` says per field what became of it ("actor: conflict"); ``trouble`` whether it needs a look."""

    number: int
    key: str
    kind: str
    author: str
    made_at: str
    about: str
    document: str | None
    report: str | None
    states: tuple[str, ...]
    trouble: bool


TROUBLE = ("conflict", "vanished", "ambiguous", "unplaced", "unreadable")


def told(path: Path) -> list[Told]:
    """The decisions of a store that stand, in the order in which they were made. Raises StoreError."""
    with open_reader(path) as store:
        return told_of(store, all_decisions(store))


def told_of(store: Store, decisions: Sequence[Decision]) -> list[Told]:
    """As ``told``, of an open store."""
    became = _became(store, decisions)
    gone = lost(store, decisions)
    return [
        _on_report(one, became.get(key(one), [])) if one.kind in REVIEW else _on_events(one, gone.get(key(one), []))
        for one in standing(decisions)
        if one.kind in REVIEW or one.kind in VERDICTS
    ]


def _became(store: Store, decisions: Sequence[Decision]) -> Mapping[str, list[Correction]]:
    found: defaultdict[str, list[Correction]] = defaultdict(list)
    for id in sorted({target.document for one in decisions if (target := _target(one))}):
        try:
            coded, over = decided(store, id, decisions)
        except UnknownId:
            continue
        new = keys_added(decisions, coded)
        for one in over.corrections:
            name = f"{one.journal}/{one.seq}"
            still = one.state == "vanished" and name in new  # nothing was lost: no report was there
            found[name].append(replace(one, state=ADDED) if still else one)
    return found


def _target(decision: Decision) -> Target | None:
    if decision.kind not in REVIEW:
        return None
    try:
        return read_target(decision.subject)
    except ValueError:
        return None


def _on_report(decision: Decision, became: Sequence[Correction]) -> Told:
    target = _target(decision)
    accepted = decision.kind == "accept"  # of what somebody accepted, only what coding says otherwise is news
    states = {one.field: one.state for one in became if not (accepted and one.state == "confirmed")}
    if target is None:
        states = {"report": "unreadable"}
    elif not became:
        states = {"report": "vanished"}
    about = f"{target.event} “{target.words}” in {target.document}" if target else "a text that was forgotten"
    report = next((one.report_id for one in became if one.report_id), None)
    return _told(decision, about, target.document if target else None, report, states)


def _on_events(decision: Decision, gone: Sequence[Target]) -> Told:
    words = {"same": "are one event", "different": "are never one event", "split": "are not of the event of the rest"}
    states = {"report": "vanished"} if gone else {"event": "applied"}
    missing = f"; not found any more: {', '.join(f'“{one.words}” in {one.document}' for one in gone)}" if gone else ""
    return _told(decision, f"reports {words[decision.kind]}{missing}", None, None, states)


def _told(decision: Decision, about: str, document: str | None, report: str | None, states: Mapping[str, str]) -> Told:
    return Told(
        number=decision.seq,
        key=key(decision),
        kind=decision.kind,
        author=decision.author or "somebody",
        made_at=decision.made_at or "",
        about=about,
        document=document,
        report=report,
        states=tuple(f"{field}: {state}" for field, state in states.items()),
        trouble=any(state in TROUBLE for state in states.values()),
    )
