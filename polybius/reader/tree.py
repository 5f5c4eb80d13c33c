"""Maximum spanning trees: Chu-Liu/Edmonds over a dense matrix of head scores, with exactly one root."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
NEVER = np.float32(-1e9)
SUBJECTS = ("nsubj", "nsubj:pass")
NOUNS = ("NOUN", "PROPN")


def heads(scores: Scores) -> list[int]:
    """Heads of n words from an (n, n + 1) matrix, column 0 the root: 0-based positions, -1 for the one root.

    The greedy choice is a tree almost always; the search runs only where it is not.
    """
    greedy: list[int] = (scores.argmax(1) - 1).tolist()
    if greedy.count(-1) == 1 and not cycle(greedy):
        return greedy
    return [h - 1 for h in one_root(scores)]


def cycle(parents: list[int]) -> list[int]:
    """The members of one cycle of a head list (-1 is the root), empty where there is none."""
    state = [0] * len(parents)
    for begin in range(len(parents)):
        path, at = [], begin
        while at >= 0 and state[at] == 0:
            state[at] = 1
            path.append(at)
            at = parents[at]
        if at >= 0 and state[at] == 1:
            return path[path.index(at) :]
        for node in path:
            state[node] = 2
    return []


def one_root(scores: Scores) -> list[int]:
    """The best tree with one root, as 1-based heads: the best free tree if it has one, else each likely root is tried (Zmigrod et al. 2020 say why it matters)."""
    n = len(scores)
    square = np.full((n + 1, n + 1), NEVER, dtype=np.float64)
    square[1:] = scores
    free = edmonds(square.copy())[1:]
    if free.count(0) == 1:  # nothing better has one root
        return free
    candidates = np.argsort(-scores[:, 0], kind="stable")[: min(n, 4)]
    best, best_score = list(range(n)), -np.inf
    for root in candidates:
        trial = square.copy()
        trial[1:, 0] = NEVER
        trial[root + 1, 0] = square[root + 1, 0]
        tree = edmonds(trial)
        score = float(trial[np.arange(1, n + 1), tree[1:]].sum())
        if score > best_score:
            best, best_score = tree[1:], score
    return best


def edmonds(square: npt.NDArray[np.float64]) -> list[int]:
    """Chu-Liu/Edmonds: ``square[d, h]`` is the score of head h for d, node 0 the root. Returns heads, 0 for node 0."""
    np.fill_diagonal(square, NEVER)
    choice: list[int] = [0, *(int(h) for h in square[1:].argmax(1))]
    ring = cycle([-1, *choice[1:]])
    if not ring:
        return choice
    return expand(square, choice, ring)


def expand(square: npt.NDArray[np.float64], choice: list[int], ring: list[int]) -> list[int]:
    """Contract a cycle to one node, solve what is left, and open the cycle where the solution enters it."""
    inside = np.array(ring)
    outside = np.array([v for v in range(len(square)) if v not in set(ring)])
    loss = square[inside, [choice[v] for v in ring]]
    enter = square[np.ix_(inside, outside)] - loss[:, None]  # into the cycle, by head
    leave = square[np.ix_(outside, inside)]  # out of the cycle, by dependent
    small = np.full((len(outside) + 1,) * 2, NEVER, dtype=np.float64)
    small[:-1, :-1] = square[np.ix_(outside, outside)]
    small[-1, :-1], small[:-1, -1] = enter.max(0), leave.max(1)
    solved = edmonds(small)
    out = list(choice)
    for k, v in enumerate(outside):
        out[v] = int(inside[leave[k].argmax()]) if solved[k] == len(outside) else int(outside[solved[k]])
    gate = solved[-1]
    out[int(inside[enter[:, gate].argmax()])] = int(outside[gate])
    out[0] = 0
    return out


def one_subject(heads: list[int], rels: list[str], upos: Sequence[str]) -> None:
    """Mend in place what an English clause cannot have, two subjects side by side: "[state] [media] reported" is one compound."""
    for word in range(len(heads) - 1):
        beside = word + 1
        same = heads[word] == heads[beside] and rels[word] == rels[beside] and rels[word] in SUBJECTS
        if same and upos[word] in (*NOUNS, "ADJ") and upos[beside] in NOUNS:
            heads[word], rels[word] = beside, "compound"
