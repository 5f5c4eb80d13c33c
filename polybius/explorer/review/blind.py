"""Blind double review: two persons judge the same seeded sample of reports, and Krippendorff's alpha says how far they agree.

Both see what was coded and never each other's judgements. What they say is kept in the journal and changes no report.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from polybius.evaluation.agreement import Agreement, alpha, masi
from polybius.query import QueryError
from polybius.records import content_id
from polybius.report import Json
from polybius.run.review import all_decisions
from polybius.store import Decision, Journal, Store, UnknownId
from polybius.store.decisions import Target, as_text, find, read_target, standing, target_of, written
from polybius.store.overlay import coded_document

LARGEST = 1000
LONGEST_NAME = 60
EVENT, NO_EVENT = "event", "none"
RECIPE = 1

Said = frozenset[str]


@dataclass(frozen=True, slots=True)
class Sample:
    """Reports that two persons judge. ``seed`` and ``size`` draw the same ones again from the same store."""

    id: str
    seed: int
    size: int
    reviewers: tuple[str, str]
    targets: tuple[Target, ...]
    made_at: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one person says of one report: whether there is such an event, and what its fields are."""

    verdict: str
    values: Mapping[str, Any]


Verdicts = dict[str, dict[Target, Verdict]]  # by reviewer


def draw(store: Store, path: Path, size: int, seed: int, reviewers: Sequence[str], at: str) -> str:
    """Draw a sample and keep it; its id. Raises QueryError."""
    names = _names(reviewers)
    if not 1 <= size <= LARGEST:
        raise QueryError("size", f"a sample has 1 to {LARGEST:,} reports, found {size}")
    everything = list(store.rows("SELECT document_id, id FROM reports ORDER BY document_id, position"))
    if not everything:
        raise QueryError("size", f"{store.path} has no reports")
    drawn = random.Random(seed).sample(everything, min(size, len(everything)))
    targets = [asdict(_target(store, document, report)) for document, report in sorted(drawn)]
    about = {"seed": seed, "size": size, "reviewers": names, "targets": targets}
    id = content_id("smp", RECIPE, {"about": as_text(about), "at": at})
    Journal(path).append("sample", id, as_text(about), author=None, made_at=at)
    return id


def _names(reviewers: Sequence[str]) -> list[str]:
    names = [" ".join(name.split()) for name in reviewers]
    if len(names) != 2 or not all(0 < len(name) <= LONGEST_NAME for name in names):
        raise QueryError("reviewers", f"two reviewers need names of 1 to {LONGEST_NAME} characters")
    if names[0] == names[1]:
        raise QueryError("reviewers", f"two different persons review; both are called {names[0]!r}")
    return names


def _target(store: Store, document: str, report: str) -> Target:
    coded = coded_document(store.connection, document)
    record = next((one for one in coded.records if one["id"] == report), None) if coded else None
    if coded is None or record is None:
        raise UnknownId(f"{store.path} has no report {report!r}")
    return target_of(record, coded.text)


def samples(decisions: Sequence[Decision]) -> list[Sample]:
    """All samples, the latest first. Reports of documents that were forgotten are not in them any more."""
    found = (_sample(one) for one in reversed(standing(decisions)) if one.kind == "sample")
    return [one for one in found if one is not None]


def _sample(decision: Decision) -> Sample | None:
    try:
        about = json.loads(decision.other or "")
        targets = tuple(read_target(one) for one in about["targets"] if "forgotten" not in one)
        one, two = about["reviewers"]
        return Sample(decision.subject, about["seed"], about["size"], (one, two), targets, decision.made_at or "")
    except (ValueError, KeyError, TypeError):
        return None


def sample_of(decisions: Sequence[Decision], id: str) -> Sample:
    """The sample of an id. Raises UnknownId."""
    found = next((one for one in samples(decisions) if one.id == id), None)
    if found is None:
        raise UnknownId(f"there is no sample {id!r}; all are listed at /review/blind")
    return found


def verdicts_of(decisions: Sequence[Decision], sample: Sample) -> Verdicts:
    """What each reviewer said last of each report of a sample."""
    found: Verdicts = {name: {} for name in sample.reviewers}
    wanted = set(sample.targets)
    for one in standing(decisions):
        if one.kind == "mark" and one.author in found:
            try:
                target, about = read_target(one.subject), json.loads(one.other or "")
            except ValueError:
                continue
            if about.get("sample") == sample.id and target in wanted:
                found[one.author][target] = Verdict(about["verdict"], about["values"])
    return found


def open_targets(store: Store, sample: Sample, done: Mapping[Target, Verdict]) -> list[tuple[Target, Json, str | None]]:
    """Reports that a reviewer has not judged yet, with their records; those that coding no longer gives are passed over."""
    found = []
    for target in sample.targets:
        if target not in done:
            coded = coded_document(store.connection, target.document)
            place = find(target, coded).at if coded else None
            if coded is not None and place is not None:
                found.append((target, coded.records[place], coded.text))
    return found


def keep(path: Path, sample: Sample, reviewer: str, target: Target, verdict: Verdict, at: str) -> Decision:
    """Write down what a reviewer says of a report."""
    if reviewer not in sample.reviewers:
        raise QueryError("reviewer", f"{reviewer!r} is none of this sample's: {', '.join(sample.reviewers)}")
    about = {
        "document": target.document,
        "sample": sample.id,
        "verdict": verdict.verdict,
        "values": dict(verdict.values),
    }
    return Journal(path).append("mark", written(target), as_text(about), author=reviewer, made_at=at)


def target_named(sample: Sample, document: str, report: str) -> Target:
    """The report of a sample that a form means. Raises UnknownId."""
    found = next((one for one in sample.targets if (one.document, one.report) == (document, report)), None)
    if found is None:
        raise UnknownId(f"the sample {sample.id} has no report {report!r} of {document!r}")
    return found


def decisions_in(store: Store) -> list[Decision]:
    """All decisions, also those that wait."""
    return all_decisions(store)


# --- agreement -----------------------------------------------------------------------------------------------------


def _set(*values: str | None) -> Said:
    return frozenset(value for value in values if value)


def _codes(role: str) -> Callable[[Mapping[str, Any]], Said]:
    return lambda values: _set(*(one.get("code") or "unknown" for one in values[role]))


def _claimants(values: Mapping[str, Any]) -> Said:
    return _set(*((one["name"] or one["text"] or "").lower() for one in values["attribution"]))


# Field → the set of values that one person gives; an empty set is a value too.
READ: Mapping[str, Callable[[Mapping[str, Any]], Said]] = {
    "type": lambda values: _set(values["event"]["event"]),
    "modes": lambda values: _set(*values["event"]["mode"]),
    "status": lambda values: _set(values["status"]),
    "actor code": _codes("actor"),
    "recipient code": _codes("recipient"),
    "country of the place": lambda values: _set(*(one["country"] or "unknown" for one in values["place"])),
    "date": lambda values: _set(f"{values['date']['from']}/{values['date']['to']}"),
    "claimant": _claimants,
}


def agreement_of(sample: Sample, said: Verdicts) -> list[Agreement]:
    """Alpha of whether there is an event, over what both judged; and of each field, over what both call an event."""
    one, two = (said[name] for name in sample.reviewers)
    both = [(one[target], two[target]) for target in sample.targets if target in one and target in two]
    events = [pair for pair in both if all(verdict.verdict == EVENT for verdict in pair)]
    is_event = [tuple(_set(verdict.verdict) for verdict in pair) for pair in both]
    fields = {name: [tuple(read(verdict.values) for verdict in pair) for pair in events] for name, read in READ.items()}
    return [
        Agreement(name, "alpha", alpha(units, masi), len(units))
        for name, units in {"event": is_event, **fields}.items()
    ]
