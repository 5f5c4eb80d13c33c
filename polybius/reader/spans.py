"""Fillers of a frame's roles: the phrases of the trees that the network's word scores fit best.

Word by word the best labels often make pieces of phrases ("A court in", "Westphalia"). So the labels of a role are read as
scores of whole phrases: a phrase gains, for each of its words, the log odds of the role against no role, and the set of
phrases that do not overlap with the highest gain is taken (weighted interval scheduling).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from polybius.records import Sentence

Floats = npt.NDArray[np.float32]

SPAN_COST = 1.0  # a phrase must gain more than this
DROP_COST = 0.7  # for each modifier that is left out of a phrase
PART_COST = 1.0  # for a phrase whose head only modifies a noun ("Israeli" in "Israeli strikes")
RUN_COST = 2.0  # for a run of labels that is no phrase of the tree
EMPTY_COST = 1.5  # what it costs to leave the actor or the recipient open
PARTIES = (0, 1)  # the roles of which an act most often has one: actor and recipient
FLOOR = 4.0  # no word tells more than this for or against a phrase

HEADS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "SYM", "DET", "ADV", "X"})
MODIFIERS = frozenset({"compound", "amod", "nmod:desc"})
NEVER_HEADS = frozenset({"det", "nummod", "flat", "fixed", "goeswith", "case", "cc", "mark", "punct"})
OPENERS = frozenset({"case", "cc", "mark", "punct"})
FREE = frozenset({"conj", "appos", "acl"})
CUT = frozenset({"acl:relcl", "parataxis", "nsubj", "nsubj:pass", "csubj", "cop", "aux", "aux:pass", "ccomp", "mark", "expl", "discourse",
                 "vocative", "list", "dislocated", "advcl", "xcomp", "obj", "iobj"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrases:
    """Candidate phrases of a window: first and last word, and what each costs. Sorted by last word."""

    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    cost: Floats

    def only(self, keep: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> Phrases:
        """Some of the phrases, by a mask or by position."""
        return Phrases(self.first[keep], self.last[keep], self.cost[keep])


def candidates(sentence: Sentence) -> Iterator[tuple[int, int, float]]:
    """(first word, last word, cost) of the phrases of a sentence that could fill a role."""
    heads, upos, rels = sentence.heads, sentence.upos, sentence.deprels
    kids: list[list[int]] = [[] for _ in heads]
    for i, h in enumerate(heads):
        if h >= 0:
            kids[h].append(i)
    extent = extents(heads, kids)
    for h, tag in enumerate(upos):
        if tag in HEADS and rels[h] not in NEVER_HEADS and (rels[h] not in MODIFIERS or stands_alone(sentence, h)):
            base = PART_COST if rels[h] in MODIFIERS else 0.0
            for a, left in lefts(h, kids[h], rels, extent):
                for b, right in rights(h, kids[h], rels, extent):
                    yield a, b, SPAN_COST + base + left + right


def stands_alone(sentence: Sentence, word: int) -> bool:
    """Whether a modifier may be a party of its own: a name or demonym before a common noun ("Israeli strikes")."""
    return sentence.forms[word][:1].isupper() and sentence.upos[sentence.heads[word]] == "NOUN"


def extents(heads: Sequence[int], kids: list[list[int]]) -> list[tuple[int, int]]:
    """First and last word of each word's whole subtree."""
    out = [(i, i) for i in range(len(heads))]
    order = [i for i, h in enumerate(heads) if h < 0]
    for node in order:
        order += kids[node]
    for node in reversed(order):
        for kid in kids[node]:
            out[node] = (min(out[node][0], out[kid][0]), max(out[node][1], out[kid][1]))
    return out


def lefts(h: int, kids: list[int], rels: Sequence[str], extent: list[tuple[int, int]]) -> Iterator[tuple[int, float]]:
    """Where a phrase may begin, and the cost of what is left out; words that only open a phrase cost nothing."""
    before = [k for k in reversed(kids) if k < h]
    usable = before[: next((n for n, k in enumerate(before) if rels[k] in CUT), len(before))]
    whole = len(usable)
    while whole and rels[usable[whole - 1]] in OPENERS:
        whole -= 1
    yield h, DROP_COST * whole
    for n, k in enumerate(usable, 1):
        if rels[k] != "punct":
            yield extent[k][0], DROP_COST * max(0, whole - n)


def rights(h: int, kids: list[int], rels: Sequence[str], extent: list[tuple[int, int]]) -> Iterator[tuple[int, float]]:
    """Where a phrase may end, and the cost of what is left out; lists, appositions and participles cost nothing."""
    after = [k for k in kids if k > h]
    usable = after[: next((n for n, k in enumerate(after) if rels[k] in CUT), len(after))]
    usable = [k for k in usable if rels[k] != "punct"]
    weights = [0.0 if rels[k] in FREE else DROP_COST for k in usable]
    yield h, sum(weights)
    for n, k in enumerate(usable, 1):
        yield extent[k][1], sum(weights[n:])


def phrases(found: list[tuple[int, int, float]]) -> Phrases:
    """Candidates in the order of their last words."""
    best: dict[tuple[int, int], float] = {}
    for a, b, cost in found:
        best[b, a] = min(cost, best.get((b, a), cost))
    rows = sorted(best)
    return Phrases(
        np.array([a for _, a in rows], dtype=np.int64),
        np.array([b for b, _ in rows], dtype=np.int64),
        np.array([best[r] for r in rows], dtype=np.float32),
    )


def fillers(
    begin: Floats, inside: Floats, none: Floats, found: Phrases, trigger: tuple[int, int] = (-1, -1)
) -> list[tuple[int, int, int, float]]:
    """(role, first word, last word, probability) of the best set of phrases.

    ``begin`` and ``inside`` are log probabilities (words, roles) that a word opens or goes on a role, ``none`` (words) of
    no role. A filler never holds the ``trigger`` (first and last word). Runs of the best labels of single words are
    phrases too, at a cost: the tree may be wrong.
    """
    found = with_runs(found, begin, inside, none)
    found = found.only((found.last < trigger[0]) | (found.first > trigger[1]))
    either = np.logaddexp(begin, inside)
    fits = np.clip(either - none[:, None], -FLOOR, FLOOR)
    opens, goes_on = fits + np.maximum(begin - either, -FLOOR), fits + np.maximum(inside - either, -FLOOR)
    total = np.concatenate([np.zeros((1, begin.shape[1]), np.float32), goes_on.cumsum(0)])
    gain = total[found.last + 1] - total[found.first + 1] + opens[found.first] - found.cost[:, None]
    role = gain.argmax(1)
    best = gain[np.arange(len(role)), role]
    keep = np.flatnonzero(best > 0)
    chosen = keep[schedule(found.first[keep].tolist(), found.last[keep].tolist(), best[keep].tolist())]
    rows = list(zip(role[chosen].tolist(), found.first[chosen].tolist(), found.last[chosen].tolist(), strict=True))
    for party in PARTIES:
        if all(r != party for r, _, _ in rows):
            rows += likeliest(found, gain[:, party], party, rows)
    return [(r, a, b, float(np.exp(either[a : b + 1, r]).mean())) for r, a, b in sorted(rows, key=lambda row: row[1:])]


def likeliest(found: Phrases, gain: Floats, role: int, taken: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The phrase that fits an empty role best, if little speaks against it: an act most often has somebody on each side."""
    free = np.ones(len(gain), dtype=np.bool_)
    for _, a, b in taken:
        free &= (found.last < a) | (found.first > b)
    if not free.any():
        return []
    best = int(np.where(free, gain, -np.inf).argmax())
    return [(role, int(found.first[best]), int(found.last[best]))] if gain[best] > -EMPTY_COST else []


def with_runs(found: Phrases, begin: Floats, inside: Floats, none: Floats) -> Phrases:
    """The phrases and the runs of words whose best label is one role, in the order of their last words."""
    best = np.concatenate([none[:, None], begin, inside], 1).argmax(1)
    role = np.where(best > 0, (best - 1) % begin.shape[1], -1)
    opens = (role >= 0) & (((best > 0) & (best <= begin.shape[1])) | (role != np.concatenate([[-1], role[:-1]])))
    closes = (role >= 0) & np.concatenate([opens[1:] | (role[1:] != role[:-1]), [True]])
    first = np.concatenate([found.first, np.flatnonzero(opens)])
    last = np.concatenate([found.last, np.flatnonzero(closes)])
    cost = np.concatenate([found.cost, np.full(int(opens.sum()), SPAN_COST + RUN_COST, np.float32)])
    return Phrases(first, last, cost).only(np.lexsort((cost, first, last)))


def schedule(first: list[int], last: list[int], gain: list[float]) -> list[int]:
    """The intervals, sorted by their ends, that do not overlap and gain most together."""
    best, take = [0.0], []
    for k, (a, value) in enumerate(zip(first, gain, strict=True)):
        before = bisect_right(last, a - 1, 0, k)
        take.append((best[before] + value > best[k], before))
        best.append(max(best[k], best[before] + value))
    out, k = [], len(first)
    while k:
        taken, before = take[k - 1]
        if taken:
            out.append(k - 1)
        k = before if taken else k - 1
    return out[::-1]
