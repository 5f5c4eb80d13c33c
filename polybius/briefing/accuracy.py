"""The error budget of the fields that a report shows, from the scores that come with the package."""

from __future__ import annotations

import json
from collections.abc import Sequence

from polybius.briefing.content import Accuracy
from polybius.evaluation.published import HOW, Measured, published
from polybius.store import Store

# What a column of the report is called, and the score that says how right it is.
FIELDS = (
    ("event and its type", "trigger and type"),
    ("status", "status"),
    ("who (words)", "actor (span)"),
    ("who (code)", "actor code"),
    ("whom (words)", "recipient (span)"),
    ("whom (code)", "recipient code"),
    ("type, who and whom together", "type, actor and recipient"),
    ("place (words)", "place (span)"),
    ("date (words)", "date (span)"),
    ("who says so", "claimant"),
)


def accuracy(store: Store) -> Accuracy:
    """The scores of the fields, and whether the store was coded with what was measured."""
    found = published()
    budget = tuple(dict.fromkeys(name for one in found for name in one.budget))
    return Accuracy(
        how=HOW,
        families=tuple(f"{one.family.partition(',')[0]} ({one.documents} texts)" for one in found),
        fields=tuple((label, tuple(_score(one, task) for one in found)) for label, task in FIELDS),
        budget=tuple(
            (name, tuple(f"{one.budget[name]:.1f}" if name in one.budget else "" for one in found)) for name in budget
        ),
        same=_same(store, found),
    )


def _score(one: Measured, task: str) -> str:
    if task not in one.scores:
        return ""
    score, low, high = one.scores[task]
    return f"{score:.1f} [{low:.1f}, {high:.1f}]"


def _same(store: Store, found: Sequence[Measured]) -> bool:
    """Whether all documents were coded with the reader, codebook and world that were measured."""
    coded = [json.loads(manifest) for (manifest,) in store.rows("SELECT manifest FROM runs")]
    prints = {tuple(sorted(one.get("fingerprints", {}).items())) for one in coded}
    measured = {tuple(sorted(one.made_with.items())) for one in found}
    return len(measured) == 1 and prints == measured
