"""Scores over many texts, with bootstrap intervals, and the worst confusions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from polybius.evaluation.compare import Comparison, Mistake
from polybius.evaluation.counts import Count, Counts

RESAMPLES = 1000
SEED = 20240229
# Means over classes: name of the score → how the tasks begin that it is taken over.
MACRO: Mapping[str, str] = {"macro-F1 over types": "types/", "macro-F1 over statuses": "statuses/"}
# Tasks whose right items are faults: per 100, and the less the better.
FALLING = frozenset({"false events in quiet sentences", "events per 100 sentences", "false events per 100 sentences"})

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Score:
    """A score in percent with its 95 % interval over documents. ``gold`` counts items of the gold."""

    task: str
    value: float
    low: float
    high: float
    gold: int
    precision: float | None = None
    recall: float | None = None

    @property
    def falling(self) -> bool:
        """Whether less is better."""
        return self.task in FALLING

    @property
    def detail(self) -> bool:
        """Whether it is a part of another: one type, one status, one part of the error budget."""
        return "/" in self.task


def score(counts: Sequence[Counts], resamples: int = RESAMPLES) -> tuple[Score, ...]:
    """The scores of texts, each with its counts by task; tasks that no gold item has are left out."""
    sums = {task: sum((c.get(task, Count()) for c in counts), Count()) for task in _tasks(counts)}
    tasks = [task for task, count in sums.items() if count.gold]
    tables = {task: _table(task, counts) for task in tasks}
    drawn = draws(len(counts), resamples)
    plain = [_plain(task, sums[task], drawn @ tables[task]) for task in tasks]
    macro = [_macro(name, [t for t in tasks if t.startswith(start)], tables, drawn) for name, start in MACRO.items()]
    return tuple(s for s in (*plain, *macro) if s is not None)


def draws(documents: int, resamples: int) -> Floats:
    """How often each document is drawn in each resample; the same for the same number of documents."""
    rng = np.random.default_rng(SEED)
    even = np.full(documents, 1.0 / documents) if documents else np.zeros(0)
    return rng.multinomial(documents, even, size=resamples).astype(np.float64)


def _tasks(counts: Iterable[Counts]) -> list[str]:
    return list(dict.fromkeys(task for one in counts for task in one))


def _table(task: str, counts: Sequence[Counts]) -> Floats:
    """Right, predicted and gold of every document."""
    rows = [one.get(task, Count()) for one in counts]
    return np.array([[c.right, c.predicted, c.gold] for c in rows], dtype=np.float64)


def _plain(task: str, count: Count, sums: Floats) -> Score:
    value = rate(np.array([[count.right, count.predicted, count.gold]], dtype=np.float64), task)[0]
    low, high = interval(rate(sums, task))
    if task in FALLING:
        return Score(task, percent(value), low, high, count.gold)
    return Score(task, percent(value), low, high, count.gold, *map(percent, (count.precision, count.recall)))


def rate(sums: Floats, task: str = "") -> Floats:
    """F1 of each row of right, predicted, gold; faults are counted by gold items alone."""
    right, predicted, gold = sums[:, 0], sums[:, 1], sums[:, 2]
    above, below = (right, gold) if task in FALLING else (2 * right, predicted + gold)
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)


def interval(values: Floats) -> tuple[float, float]:
    """The middle 95 % of the resamples."""
    low, high = np.percentile(values, (2.5, 97.5))
    return percent(low), percent(high)


def _macro(name: str, tasks: Sequence[str], tables: Mapping[str, Floats], drawn: Floats) -> Score | None:
    """Mean F1 of the classes that the gold holds; a resample without a class leaves the class out of its mean."""
    if not tasks:
        return None
    ones = np.ones((1, len(drawn[0])))
    value = _mean_over(tasks, tables, ones)[0]
    low, high = interval(_mean_over(tasks, tables, drawn))
    return Score(name, percent(value), low, high, int(sum(tables[t][:, 2].sum() for t in tasks)))


def _mean_over(tasks: Sequence[str], tables: Mapping[str, Floats], drawn: Floats) -> Floats:
    sums = [drawn @ tables[task] for task in tasks]
    held = np.stack([s[:, 2] > 0 for s in sums]).astype(np.float64)
    values = np.stack([rate(s) for s in sums])
    return np.asarray((values * held).sum(axis=0) / np.maximum(held.sum(axis=0), 1.0))


def percent(value: float) -> float:
    return round(100 * float(value), 2)


# --- families and confusions ---------------------------------------------------------------------------------------


def by_family(
    comparisons: Iterable[tuple[str, Comparison]], resamples: int = RESAMPLES
) -> dict[str, tuple[Score, ...]]:
    """Scores of each family apart."""
    families: defaultdict[str, list[Counts]] = defaultdict(list)
    for family, comparison in comparisons:
        families[family].append(comparison.counts)
    return {family: score(counts, resamples) for family, counts in sorted(families.items())}


@dataclass(frozen=True, slots=True)
class Confusion:
    """What is taken for what, how often, and a few of the places."""

    field: str
    gold: str
    coded: str
    times: int
    examples: tuple[Mistake, ...]


def confusions(mistakes: Iterable[Mistake], most: int = 20, examples: int = 3) -> list[Confusion]:
    """The most frequent disagreements, with the first examples of each."""
    found: defaultdict[tuple[str, str, str], list[Mistake]] = defaultdict(list)
    for one in mistakes:
        found[one.field, one.gold, one.coded].append(one)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [Confusion(*key, len(items), tuple(items[:examples])) for key, items in ranked[:most]]
