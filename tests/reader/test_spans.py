"""Phrases that may fill a role, and the choice among them, by hand."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from polybius.reader.spans import candidates, fillers, phrases, schedule
from polybius.records import Sentence, Span

# "A court in Bonn jailed two former ministers, who appealed."
FORMS = ("A", "court", "in", "Bonn", "jailed", "two", "former", "ministers", ",", "who", "appealed", ".")
UPOS = ("DET", "NOUN", "ADP", "PROPN", "VERB", "NUM", "ADJ", "NOUN", "PUNCT", "PRON", "VERB", "PUNCT")
HEADS = (1, 4, 3, 1, -1, 7, 7, 4, 10, 10, 7, 4)
RELS = ("det", "nsubj", "case", "nmod", "root", "nummod", "amod", "obj", "punct", "nsubj", "acl:relcl", "punct")


def sentence() -> Sentence:
    starts, at = [], 0
    for form in FORMS:
        starts.append(at)
        at += len(form) + 1
    ends = tuple(s + len(f) for s, f in zip(starts, FORMS, strict=True))
    return Sentence(0, Span(0, ends[-1]), FORMS, tuple(starts), ends, FORMS, UPOS, ("_",) * 12, HEADS, RELS)


def quoted() -> set[str]:
    return {" ".join(FORMS[a : b + 1]) for a, b, _ in candidates(sentence())}


def test_phrases_are_whole_and_without_relative_clauses() -> None:
    assert {"A court in Bonn", "two former ministers", "Bonn", "who"} <= quoted()
    assert not any("appealed" in phrase for phrase in quoted())


def test_articles_numbers_and_small_adjectives_are_no_phrases() -> None:
    assert quoted().isdisjoint({"A", "two", "former", "in"})


def choose(sure: dict[int, float], role_count: int = 2) -> list[tuple[int, int, int]]:
    """Fillers when the network gives each word of ``sure`` to role 0 with that probability, and 1 % elsewhere."""
    inside = np.full((len(FORMS), role_count), 0.005, np.float32)
    for word, p in sure.items():
        inside[word, 0] = p
    none = 1 - inside.sum(1)
    found = phrases(list(candidates(sentence())))
    return [(r, a, b) for r, a, b, _ in fillers(np.log(inside / 2), np.log(inside / 2), np.log(none), found)]


def test_a_doubtful_word_does_not_break_a_phrase() -> None:
    assert choose({0: 0.95, 1: 0.95, 2: 0.9, 3: 0.3}) == [(0, 0, 3)]


def test_what_the_network_does_not_mark_is_no_filler() -> None:
    assert choose({}) == []


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4), st.floats(0.1, 5)), max_size=8))
def test_the_schedule_is_the_best_there_is(rows: list[tuple[int, int, float]]) -> None:
    spans = sorted({(a, a + n): g for a, n, g in rows}.items(), key=lambda s: (s[0][1], s[0][0]))
    first, last, gain = [s[0] for s, _ in spans], [s[1] for s, _ in spans], [g for _, g in spans]

    def apart(chosen: tuple[int, ...]) -> bool:
        return all(last[i] < first[j] or last[j] < first[i] for i, j in combinations(chosen, 2))

    subsets = (c for n in range(len(spans) + 1) for c in combinations(range(len(spans)), n))
    best = max(sum(gain[i] for i in c) for c in subsets if apart(c))
    mine = schedule(first, last, gain)
    assert apart(tuple(mine))
    assert abs(sum(gain[i] for i in mine) - best) < 1e-9
