"""Corrections of labels, ``corpus/patches.tsv``: which event mentions of which training report were marked wrongly.

A line is tab-separated: report, sentence (from 1), action, trigger, its words, label, status, roles. Offsets count characters of
the sentence. ``add`` needs a status and may name roles; ``remove`` and ``retype`` name the mention by its trigger and type.

    own-a-031   8   retype  16:27   thrown out   COERCE>SANCTION-expel
    own-a-027   8   add     103:109 blames       ACCUSE-allege   actual   actor=93:102 recipient=110:126
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from polybius.evaluation.annotations import (
    MODES,
    ROLES,
    STATUSES,
    AnnotatedEvent,
    AnnotatedReport,
    AnnotationError,
    RoleFiller,
    Span,
)

COLUMNS = ("report", "sentence", "action", "trigger", "words", "label", "status", "roles")
ACTIONS = ("add", "remove", "retype")

Fault = Callable[[str], None]
Label = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Patch:
    """One correction; ``old`` is the type that stands there, ``new`` what shall stand there, each None where there is none."""

    where: str
    report: str
    sentence: int
    trigger: Span
    words: str
    old: str | None
    new: Label | None
    status: str
    roles: dict[str, tuple[Span, ...]] = field(default_factory=dict)


def read(path: Path) -> list[Patch]:
    """All corrections of a file; raises AnnotationError with every fault if there is one."""
    faults: list[str] = []
    out = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        where, before = f"{path}:{number}", len(faults)
        patch = _patch(where, line.split("\t"), lambda what, where=where: faults.append(f"{where}: {what}"))  # type: ignore[misc]
        if patch and len(faults) == before:
            out.append(patch)
    if faults:
        raise AnnotationError(faults)
    return out


def apply(reports: Sequence[AnnotatedReport], patches: Iterable[Patch]) -> list[AnnotatedReport]:
    """The reports with all corrections made; raises AnnotationError where one does not fit its report."""
    out, faults = {r.id: r for r in reports}, []
    for patch in patches:
        if patch.report not in out:
            faults.append(f"{patch.where}: {patch.report!r} is not among the training reports")
            continue
        try:
            out[patch.report] = _applied(out[patch.report], patch)
        except ValueError as error:
            faults.append(f"{patch.where}: {error}")
    if faults:
        raise AnnotationError(faults)
    return list(out.values())


# --- lines → corrections -------------------------------------------------------------------------------------------


def _patch(where: str, cells: list[str], fault: Fault) -> Patch | None:
    if len(cells) > len(COLUMNS) or len(cells) < COLUMNS.index("status"):
        fault(f"expected the {len(COLUMNS)} columns {' '.join(COLUMNS)} with tabs between, found {len(cells)}")
        return None
    report, sentence, action, trigger, words, label, status, roles = (*cells, "", "")[: len(COLUMNS)]
    if action not in ACTIONS:
        fault(f"unknown action {action!r}; allowed: {' '.join(ACTIONS)}")
        return None
    if not re.fullmatch(r"[1-9]\d*", sentence):
        fault(f"the sentence must be a number from 1, found {sentence!r}")
        return None
    if action == "add" and status not in STATUSES:
        fault(f"'add' needs one of the statuses {' '.join(STATUSES)}, found {status!r}")
    if action != "add" and (status or roles):
        fault(f"{action!r} keeps or drops status and roles, and names none")
    old, new = _labels(action, label, fault)
    return Patch(where, report, int(sentence), _span(trigger, fault), words, old, new, status, _roles(roles, fault))


def _labels(action: str, written: str, fault: Fault) -> tuple[str | None, Label | None]:
    """The type that stands there and the label that shall."""
    old, arrow, new = written.partition(">")
    if bool(arrow) != (action == "retype"):
        fault(f"the label of {action!r} must be {'OLD>NEW' if action == 'retype' else 'one label'}, found {written!r}")
        return None, None
    if action == "add":
        return None, _label(old, fault)
    if old not in MODES:
        fault(f"unknown type {old!r}; allowed: {' '.join(MODES)}")
    return old, _label(new, fault) if arrow else None


def _label(written: str, fault: Fault) -> Label:
    kind, _, modes = written.partition("-")
    wrong = {m for m in modes.split(",") if m} - MODES.get(kind, frozenset())
    if kind not in MODES:
        fault(f"unknown type {kind!r}; allowed: {' '.join(MODES)}")
    elif wrong:
        fault(f"unknown mode {' '.join(sorted(wrong))!r} of {kind}; allowed: {' '.join(sorted(MODES[kind])) or 'none'}")
    return kind, tuple(m for m in modes.split(",") if m)


def _span(written: str, fault: Fault) -> Span:
    match = re.fullmatch(r"(\d+):(\d+)", written)
    if match and int(match[1]) < int(match[2]):
        return int(match[1]), int(match[2])
    fault(f"a span must be FIRST:END, found {written!r}")
    return 0, 1


def _roles(written: str, fault: Fault) -> dict[str, tuple[Span, ...]]:
    out: dict[str, tuple[Span, ...]] = {}
    for role, _, spans in (cell.partition("=") for cell in written.split()):
        if role not in ROLES or role in out:
            fault(f"expected each of the roles {' '.join(ROLES)} once at most, found {role!r}")
        out[role] = tuple(_span(s, fault) for s in spans.split(","))
    return out


# --- corrections → reports -----------------------------------------------------------------------------------------


def _applied(report: AnnotatedReport, patch: Patch) -> AnnotatedReport:
    trigger = _placed(report, patch, patch.trigger)
    found = report.text[slice(*trigger)]
    if found != patch.words:
        raise ValueError(f"the trigger of {patch.report} is {found!r} there, not {patch.words!r}")
    same = [e for e in report.events if e.trigger == trigger and e.event == (patch.old or (patch.new or ("",))[0])]
    if len(same) != (patch.old is not None):
        raise ValueError(f"{len(same)} mentions with that trigger and type in {patch.report}, expected {int(not same)}")
    events = [e for e in report.events if e not in same]
    if patch.new:
        events.append(_event(report, patch, trigger, same[0] if same else None))
    return replace(report, events=tuple(sorted(events, key=lambda e: e.trigger)))


def _event(report: AnnotatedReport, patch: Patch, trigger: Span, old: AnnotatedEvent | None) -> AnnotatedEvent:
    event, modes = patch.new or ("", ())
    if old:
        return replace(old, event=event, modes=modes)
    roles = {k: tuple(RoleFiller(_placed(report, patch, s)) for s in v) for k, v in patch.roles.items()}
    incident = f"{event}@{trigger[0]}"  # unlike any that the report has
    return AnnotatedEvent(event, modes, trigger, patch.status, incident, MappingProxyType(roles))


def _placed(report: AnnotatedReport, patch: Patch, span: Span) -> Span:
    """Characters of the report for characters of the sentence."""
    if patch.sentence > len(report.sentences):
        raise ValueError(f"{patch.report} has {len(report.sentences)} sentences, not {patch.sentence}")
    start, end = report.sentences[patch.sentence - 1]
    if start + span[1] > end:
        raise ValueError(f"{span[0]}:{span[1]} is beyond the sentence's {end - start} characters")
    return start + span[0], start + span[1]
