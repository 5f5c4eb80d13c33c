"""Atoms and windows: offsets exact, nothing lost, sizes bounded. The tokenizer is a stand-in: no model is needed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybius.reader import atoms as at


@dataclass
class FakeEncoding:
    ids: list[int]
    word_ids: list[int | None]


class FakeTokenizer:
    """One piece for every three letters; none for a zero-width space, as the real one."""

    def encode(
        self, sequence: list[str], pair: None = None, is_pretokenized: bool = False, add_special_tokens: bool = True
    ) -> FakeEncoding:
        owners = [i for i, word in enumerate(sequence) for _ in range(0 if word == "\u200b" else (len(word) + 2) // 3)]
        return FakeEncoding([1000 + k for k in range(len(owners))], owners)


def words(text: str) -> list[str]:
    atoms = at.split(text, FakeTokenizer())
    return [text[a:b] for a, b in zip(atoms.starts, atoms.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. can't go.", ["The", "U.S.", "ca", "n't", "go", "."]),
        ("It’s cannot", ["It", "’s", "can", "not"]),
        ("al-Ani's 18-month $1,000.50", ["al", "-", "Ani", "'s", "18", "-", "month", "$", "1,000.50"]),
        ("see https://a.org/b?c=1, or a.b@c.org.", ["see", "https://a.org/b?c=1", ",", "or", "a.b@c.org", "."]),
        ("no!!! ...", ["no", "!!!", "..."]),
    ],
)
def test_atoms_are_what_the_treebanks_never_join_further(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text())
def test_every_visible_character_lies_in_exactly_one_atom(text: str) -> None:
    atoms = at.split(text, FakeTokenizer())
    covered = np.zeros(len(text), dtype=int)
    for a, b in zip(atoms.starts, atoms.ends, strict=True):
        covered[a:b] += 1
    assert all(covered[i] == (0 if c.isspace() else 1) for i, c in enumerate(text))


@given(st.text(alphabet="ab .\n\u200bB?x1", max_size=400), st.integers(min_value=12, max_value=40))
def test_windows_partition_the_atoms_and_fit(text: str, most: int) -> None:
    atoms = at.split(text, FakeTokenizer())
    ranges = at.windows(atoms, most)
    assert [i for a, b in ranges for i in range(a, b)] == list(range(len(atoms)))
    assert all(0 < atoms.offsets[b] - atoms.offsets[a] <= most - 2 for a, b in ranges)


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("The minister met\nthe envoy. They spoke\nof borders.", 1),
        ("The minister met the envoy\nThey spoke of borders", 3),
        ("The minister met\r\nthe envoy", 1),
        ("One line.\r\nAnother line.", 3),
        ("A paragraph.\n\nanother", 3),
    ],
)
def test_a_line_break_is_a_space_only_in_wrapped_text(text: str, gap: int) -> None:
    atoms = at.split(text, FakeTokenizer())
    first = next(i for i, (a, b) in enumerate(zip(atoms.ends, atoms.starts[1:], strict=False), 1) if "\n" in text[a:b])
    assert atoms.shape[first] % at.GAPS == gap


def test_a_window_is_cut_where_a_sentence_starts() -> None:
    text = "One two three four five. Six seven eight nine ten. Eleven twelve thirteen."
    atoms = at.split(text, FakeTokenizer())
    ranges = at.windows(atoms, 16)
    assert [text[atoms.starts[a] :].split()[0] for a, _ in ranges] == ["One", "Six", "Eleven"]


def test_an_atom_without_pieces_gets_the_unknown_piece() -> None:
    atoms = at.split("a \u200b b", FakeTokenizer())
    assert len(atoms) == 3
    assert atoms.pieces[atoms.offsets[1]] == at.UNK


def test_a_batch_pads_and_points_at_first_pieces() -> None:
    atoms = at.split("Abcdef gh. Ij", FakeTokenizer())
    batch = at.batch(atoms, [(0, 3), (3, 4)])
    assert batch.ids.shape == (2, 6)
    assert batch.ids[0, 0] == at.CLS and batch.ids[0, 5] == at.SEP
    assert batch.first[0].tolist() == [1, 3, 4]
    assert batch.atoms.tolist() == [3, 1] and batch.pieces.tolist() == [6, 3]
    assert batch.ids[1, 3:].tolist() == [at.PAD] * 3


@pytest.mark.parametrize(
    ("word", "case"), [("word", 0), ("Word", 1), ("NATO", 2), ("A", 3), ("12", 4), ("McCain", 5), (".", 6)]
)
def test_case_classes(word: str, case: int) -> None:
    assert at.case_of(word) == case
