"""The comparison of many pairs at once: the same scores as one by one (``compare``), each value compared once only.

Accounts are put into columns of codes. Two parties, places or dates that meet in thousands of pairs are compared once; the
words of articles and the vectors of triggers are multiplied as whole numbers, so that no order shows in the sums.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import product
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from polybius.assembly.block import when
from polybius.assembly.compare import (
    EARTH,
    FAR,
    MUTUAL,
    NEAR,
    POINTS,
    Values,
    above_usual,
    figures,
    gap,
    modes,
    party,
    point,
    rounded,
)
from polybius.assembly.crossing import Index
from polybius.assembly.facts import Account, Article, Where
from polybius.assembly.weights import BIAS, WEIGHTS
from polybius.assembly.words import UNIT

T = TypeVar("T")
_PIECE = 1 << 16  # pairs that are compared at once
_TABLE = 1 << 22  # values times values up to which those that meet are marked in a table


class Scores:
    """Accounts in columns."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        self.events = _coded(account.event for account in accounts)
        self.mutual = np.array([account.event in MUTUAL for account in accounts], bool)
        self.modes = _coded(account.modes for account in accounts)
        sides = _coded(side for account in accounts for side in (account.actor, account.recipient))
        self.actors, self.recipients, self.sides = sides[0][::2], sides[0][1::2], sides[1]
        self.places = _Places([account.places for account in accounts])
        self.dates = _coded(when(account) for account in accounts)
        self.figures = _coded(tuple(sorted(account.figures.items())) for account in accounts)
        self.triggers = _Several([sorted(account.triggers) for account in accounts])
        self.vectors = _Vectors([account.vector for account in accounts])
        articles = {account.article.id: account.article for account in accounts}
        self.articles, ids = _coded(account.article.id for account in accounts)
        self.words = _Words([articles[id] for id in ids])

    def points(self, left: Index, right: Index) -> Index:
        """The log-odds of pairs, in thousandths. The account on the left has the smaller id."""
        pieces = [self._points(left[at : at + _PIECE], right[at : at + _PIECE]) for at in range(0, len(left), _PIECE)]
        return np.concatenate([np.empty(0, np.int64), *pieces])

    def _points(self, left: Index, right: Index) -> Index:
        actor, recipient = self._sides(left, right)
        events, articles = self.events[0], self.articles
        found = {
            "type": (events[left] == events[right]).astype(np.float64),
            "mode": _each(self.modes, left, right, modes),
            "actor": actor,
            "recipient": recipient,
            "place": self.places.likeness(left, right),
            "date": _each(self.dates, left, right, gap),
            "figures": _each(self.figures, left, right, lambda one, two: figures(dict(one), dict(two))),
            "trigger": self.triggers.share(left, right),
            "vector": self.vectors.likeness(left, right),
            "words": self.words.likeness(articles[left], articles[right]),
            "same article": (articles[left] == articles[right]).astype(np.float64),
        }
        weighted = (np.rint(POINTS * WEIGHTS[name] * values).astype(np.int64) for name, values in found.items())
        return sum(weighted, np.full(len(left), round(POINTS * BIAS), np.int64))

    def _sides(self, left: Index, right: Index) -> tuple[Values, Values]:
        """As ``compare`` does: crosswise where that fits better and the two sides may change places."""
        a, b, c, d = self.actors[left], self.recipients[left], self.actors[right], self.recipients[right]
        straight = _met(self.sides, a, c, party), _met(self.sides, b, d, party)
        if not self.mutual[left].any():
            return straight
        crossed = _met(self.sides, a, d, party), _met(self.sides, b, c, party)
        sums = straight[0] + straight[1], crossed[0] + crossed[1]
        better = (sums[1] > sums[0]) | ((sums[1] == sums[0]) & (crossed[0] > straight[0]))
        turned = self.mutual[left] & better
        return np.where(turned, crossed[0], straight[0]), np.where(turned, crossed[1], straight[1])


Coded = tuple[Index, list[Any]]


def _coded(values: Iterable[Hashable]) -> Coded:
    """Each value as a number, and the values by number."""
    known: dict[Hashable, int] = {}
    codes = [known.setdefault(value, len(known)) for value in values]
    return np.array(codes, np.int64), list(known)


def _each(column: Coded, left: Index, right: Index, compare: Callable[[Any, Any], float]) -> Values:
    codes, values = column
    return _met(values, codes[left], codes[right], compare)


def _met(values: Sequence[T], one: Index, two: Index, compare: Callable[[T, T], float]) -> Values:
    """The comparison of values by their codes, once for any two that meet."""
    size = len(values)
    codes = one * size + two
    if size * size <= _TABLE:
        marks = np.zeros(size * size, bool)
        marks[codes] = True
        keys = np.flatnonzero(marks)
        table: Values = np.zeros(size * size)
        table[keys] = [rounded(compare(values[key // size], values[key % size])) for key in keys.tolist()]
        found: Values = table[codes]
        return found
    keys, back = np.unique(codes, return_inverse=True)
    each: Values = np.array([rounded(compare(values[key // size], values[key % size])) for key in keys.tolist()])
    met: Values = each[back]
    return met


class _Several:
    """What each account has several of: the values by number, row by row."""

    def __init__(self, values: Sequence[Sequence[Hashable]]) -> None:
        self.counts = np.array([len(own) for own in values], np.int64)
        codes, self.known = _coded(one for own in values for one in own)
        self.own = np.zeros((len(values), int(self.counts.max(initial=0))), np.int64)
        self.own[np.arange(self.own.shape[1]) < self.counts[:, None]] = codes

    def crossed(self, left: Index, right: Index) -> Iterator[tuple[Index, Index, Index]]:
        """Every value on the left with every one on the right: which of the pairs have the two, and these."""
        for first, second in product(range(self.own.shape[1]), repeat=2):
            both = np.flatnonzero((self.counts[left] > first) & (self.counts[right] > second))
            if len(both):
                yield both, self.own[left[both], first], self.own[right[both], second]

    def share(self, left: Index, right: Index) -> Values:
        """1 for pairs with a common value."""
        found = np.zeros(len(left))
        for both, one, two in self.crossed(left, right):
            found[both[one == two]] = 1.0
        return found


class _Places:
    """The places of accounts: each place once, as a point of the unit sphere."""

    def __init__(self, places: Sequence[tuple[Where, ...]]) -> None:
        self.several = _Several(places)
        known: list[Where] = self.several.known
        self.names = _coded(one.name for one in known)[0]
        self.countries = _coded(one.country for one in known)[0]
        self.nowhere = np.array([not one.country for one in known], bool)
        self.points = np.array([point(one) or (np.nan,) * 3 for one in known]).reshape(-1, 3)
        self.radii = np.array([one.radius for one in known])

    def likeness(self, left: Index, right: Index) -> Values:
        """The best match of any two places, as ``compare.place``."""
        best = np.full(len(left), -np.inf)
        for both, one, two in self.several.crossed(left, right):
            best[both] = np.maximum(best[both], self._near(one, two))
        return np.where(best == -np.inf, 0.0, best)

    def _near(self, one: Index, two: Index) -> Values:
        chord = np.sqrt(np.square(self.points[one] - self.points[two]).sum(axis=1))
        beyond = 2 * EARTH * np.arcsin(np.minimum(1.0, chord / 2)) - self.radii[one] - self.radii[two]
        graded = np.rint(1000 * (0.7 - 1.7 * (beyond - NEAR) / (FAR - NEAR))) / 1000 + 0.0
        found = np.where(beyond <= NEAR, 0.7, np.where(beyond >= FAR, -1.0, graded))
        abroad = (self.countries[one] != self.countries[two]) & ~self.nowhere[one] & ~self.nowhere[two]
        found = np.where(np.isnan(beyond), np.where(abroad, -0.5, 0.0), found)
        return np.where(self.names[one] == self.names[two], 1.0, found)


class _Vectors:
    """Vectors of signed bytes, of one length as a rule; a missing one is empty."""

    def __init__(self, vectors: Sequence[bytes]) -> None:
        self.lengths = np.array([len(one) for one in vectors], np.int64)
        width = int(self.lengths.max(initial=0))
        joined = b"".join(one.ljust(width, b"\0") for one in vectors)
        self.numbers: npt.NDArray[np.int32] = (
            np.frombuffer(joined, np.int8).reshape(len(vectors), width).astype(np.int32)
        )
        self.squares = (self.numbers * self.numbers).sum(axis=1, dtype=np.int64)

    def likeness(self, left: Index, right: Index) -> Values:
        both = (self.lengths[left] == self.lengths[right]) & (self.lengths[left] > 0)
        if not both.any():
            return np.zeros(len(left))
        product = np.einsum("ij,ij->i", self.numbers[left], self.numbers[right]).astype(np.int64)
        return np.where(both, above_usual(product, self.squares[left] * self.squares[right]), 0.0)


class _Words:
    """The rare words of articles by number, with their weights; rows are filled up with a word that nobody has."""

    def __init__(self, articles: Sequence[Article]) -> None:
        known: dict[str, int] = {}
        width = max((len(article.words) for article in articles), default=0)
        self.words = np.zeros((len(articles), width), np.int32)
        self.weights = np.zeros((len(articles), width), np.int32)
        for row, article in enumerate(articles):
            codes = [known.setdefault(word, len(known) + 1) for word in article.words]
            self.words[row, : len(codes)] = codes
            self.weights[row, : len(codes)] = list(article.words.values())
        self.size = len(known) + 1

    def likeness(self, one: Index, two: Index) -> Values:
        """The cosines of pairs of articles, in thousandths: one article against all that it meets, one after the other."""
        count = len(self.words)
        keys, back = np.unique(one * count + two, return_inverse=True)
        firsts, seconds = keys // count, keys % count
        found = np.empty(len(keys), np.int64)
        own = np.zeros(self.size, np.int32)
        edges = [0, *(np.flatnonzero(np.diff(firsts)) + 1).tolist(), len(keys)]
        for start, end in zip(edges, edges[1:], strict=False):
            if start == end:
                continue
            first, others = firsts[start], seconds[start:end]
            own[self.words[first]] = self.weights[first]
            own[0] = 0
            found[start:end] = np.einsum("ij,ij->i", self.weights[others], own[self.words[others]])
            own[self.words[first]] = 0
        return (((2000 * found + UNIT * UNIT) // (2 * UNIT * UNIT)) / 1000)[back]
