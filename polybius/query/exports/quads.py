"""Temporal knowledge-graph quadruples: date, head, relation, tail; one line a pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from polybius.query.exports.codes import Codes
from polybius.query.exports.model import (
    ANNOUNCED,
    DISPUTED,
    MODES,
    NO_DAY,
    RANGE,
    STATUS,
    Fact,
    Format,
    Loss,
    row,
)

COLUMNS = ("date", "head", "relation", "tail")


def _one_sided(fact: Fact) -> bool:
    return not any(one and two for one, two in fact.pairs)


def _symmetric(fact: Fact) -> bool:
    return not fact.event.recipient


def _lines(facts: Iterable[Fact], codes: Codes) -> Iterator[str]:
    for fact in facts:
        relation = "-".join((fact.event.event, *fact.event.mode[:1]))
        for one, two in fact.pairs:
            if one and two:
                yield row([fact.day, one.name, relation, two.name])


QUADS = Format(
    what="temporal knowledge-graph quadruples: date, head, relation, tail",
    lines=_lines,
    omits=(STATUS, NO_DAY, Loss("one of the two parties is missing", _one_sided)),
    losses=(
        ANNOUNCED,
        RANGE,
        MODES,
        DISPUTED,
        Loss("that the pair has no direction (it is written once)", _symmetric),
    ),
    never=("places, sources, belief, sectors and codes of actors",),
)
