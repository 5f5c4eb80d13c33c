"""Why reports are one event: the comparison of their articles, made again, and what persons decided about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from polybius.assembly import Assembler, Ruling, Source
from polybius.assembly.weights import BIAS, WEIGHTS
from polybius.records import Judgement
from polybius.report import Report
from polybius.run.decisions import VERDICTS, Resolver, ruling, stored
from polybius.store import Decision, Store
from polybius.store.decisions import standing

MOST = 25  # articles that are compared while somebody waits


@dataclass(frozen=True, slots=True)
class Part:
    """What one feature adds to the log-odds that two accounts are of one event."""

    feature: str
    value: float
    points: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the comparison says of two accounts, the features that count most first."""

    judgement: Judgement
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Merging:
    """The comparisons within an event, the most alike first, and what persons decided about its reports.

    ``articles`` is how many there are; with more than MOST nothing is compared here.
    """

    articles: int
    comparisons: tuple[Comparison, ...]
    decisions: tuple[Decision, ...]
    bias: float = BIAS


def merging(store: Store, reports: Sequence[Report]) -> Merging:
    """Why some reports are one event. The same comparison as assembly makes, of these articles only."""
    decisions = stored(store)
    names = {f"{report.document.id}#{report.id}" for report in reports}
    documents = sorted({report.document.id for report in reports})
    resolver = Resolver(store)
    held = tuple(_held(decisions, resolver, names))
    if not 1 < len(documents) <= MOST:
        return Merging(len(documents), (), held)
    assembler = Assembler()
    assembler.add(_sources(store, documents, reports))
    assembler.assembly(ruling(decisions, resolver))  # reports that persons set apart are accounts of their own
    found = [one for one in assembler.judgements() if one.left in names and one.right in names]
    found.sort(key=lambda one: (-(one.score or 0.0), one.left, one.right))
    return Merging(len(documents), tuple(Comparison(one, parts(one)) for one in found), held)


def parts(judgement: Judgement) -> tuple[Part, ...]:
    """The features of a judgement with what they add, those that add nothing left out."""
    found = [Part(name, value, round(WEIGHTS[name] * value, 3)) for name, value in judgement.features]
    return tuple(sorted((part for part in found if part.points), key=lambda part: -abs(part.points)))


def _sources(store: Store, documents: Sequence[str], reports: Sequence[Report]) -> Iterator[Source]:
    sql = "SELECT document_id, id, vector FROM reports WHERE document_id IN (SELECT unnest($1::VARCHAR[]))"
    vectors = {(document, id): bytes(vector) for document, id, vector in store.rows(sql, [documents]) if vector}
    for id in documents:
        own = tuple(report for report in reports if report.document.id == id)
        known = {report.id: vectors[id, report.id] for report in own if (id, report.id) in vectors}
        yield Source(store.document(id), own, known)


def _held(decisions: Sequence[Decision], resolver: Resolver, names: set[str]) -> Iterator[Decision]:
    """Decisions on merging that stand and are about one of the reports."""
    for one in standing(decisions):
        if one.kind in VERDICTS and names & _about(ruling([one], resolver)):
            yield one


def _about(decided: Ruling) -> set[str]:
    """The reports of a ruling."""
    return {name for group in decided.together for name in group} | decided.parted
