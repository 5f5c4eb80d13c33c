"""Text → atoms → windows of word pieces. Training and reading call the same functions, so that both see the same input.

An atom is the finest piece that the rules are sure of; the network decides which atoms join to one word ("U" "." or
"al" "-" "Ani") and which start a sentence. Rules split only what UD splits always: clitics, "cannot", punctuation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

MAX_PIECES = 160  # of one window, with the two special pieces
PIECES_PER_ATOM = 8  # a URL needs no more to be recognised
CLS, SEP, UNK, PAD = 101, 102, 100, 0
CASES, GAPS = 7, 4

ATOM = re.compile(
    r"(?:https?://|www\.)[^\s<>]*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # URLs, addresses
    r"|(?:[^\W\d_]\.){2,}"  # U.S., a.m.
    r"|[^\W\d_]+?(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|(?:can(?=not\b)|gon(?=na\b)|wan(?=na\b)|got(?=ta\b))"
    r"|\d+(?:[.,]\d+)*|[^\W\d_]+|([^\w\s])\1*|\w",
    re.IGNORECASE,
)
BREAK = re.compile(r"(?<=\S)[ \t]*(?:\r\n|\r|\n)[ \t]*(\S)")
WRAPPED_SHARE = 0.3
FINAL = frozenset(".!?…:")
CLOSERS = frozenset("\"'”’)]»")
OPENERS = frozenset("\"'“‘([«-–—*")


class PieceTokenizer(Protocol):
    """What is used of ``tokenizers.Tokenizer``: ``encode(words)`` → an object with ``ids`` and ``word_ids``."""

    def encode(
        self, sequence: Any, pair: Any = None, is_pretokenized: bool = False, add_special_tokens: bool = True
    ) -> Any: ...


@dataclass(frozen=True, slots=True)
class Atoms:
    """Parallel arrays over the atoms of a text; ``pieces`` is flat, the pieces of atom i are ``offsets[i]:offsets[i+1]``."""

    starts: Ints
    ends: Ints
    shape: Ints  # case and gap in one number, see ``shape_of``
    strength: Ints  # how likely a sentence starts here: 3 newline, 2 after a full stop, 1 after a space, 0
    pieces: Ints
    offsets: Ints

    def __len__(self) -> int:
        return len(self.starts)


def case_of(word: str) -> int:
    """0 lower, 1 Title, 2 UPPER, 3 one capital, 4 digits, 5 mixed, 6 no letters."""
    if word.islower():
        return 0
    if word.isupper():
        return 3 if len(word) == 1 else 2
    if word[0].isdigit():
        return 4
    if not word[0].isalpha():
        return 6
    return 1 if word[0].isupper() and word[1:].islower() else 5


def looks_wrapped(text: str) -> bool:
    """Whether single line breaks fall inside sentences: a fair share of lines goes on with a small letter."""
    starts: list[str] = BREAK.findall(text)
    return sum(c.islower() for c in starts) > WRAPPED_SHARE * len(starts)


def gap_of(text: str, before: int, start: int, wrapped: bool) -> int:
    """What stands before an atom: 0 nothing, 1 space, 3 a new paragraph or the start of the text.

    A single line break is a space in wrapped text, else a new paragraph. (2 is not used: the treebanks have no such break.)
    """
    if before == start:
        return 3 if start == 0 else 0
    between = text[before:start].replace("\r\n", "\n").replace("\r", "\n")
    breaks = between.count("\n")
    return 3 if breaks > wrapped or before == 0 else 1


def strength_of(word: str, gap: int, previous: str, before_previous: str) -> int:
    """How likely a sentence starts at a word, for cutting windows only: the network decides the real starts."""
    if gap >= 2:
        return 3
    if gap == 0:
        return 0
    closed = previous[-1:] in CLOSERS and before_previous[-1:] in FINAL
    ended = closed or (previous[-1:] in FINAL and len(before_previous) > 2)
    return 2 if ended and (word[0].isupper() or word[0] in OPENERS or word[0].isdigit()) else 1


def split(text: str, tokenizer: PieceTokenizer) -> Atoms:
    """Atoms of a text with their word pieces; empty arrays for a text without any."""
    spans = [match.span() for match in ATOM.finditer(text)]
    words = [text[a:b] for a, b in spans]
    shape, strength = [], []
    before, previous, before_previous = 0, "", ""
    wrapped = looks_wrapped(text)
    for (start, end), word in zip(spans, words, strict=True):
        gap = gap_of(text, before, start, wrapped)
        shape.append(case_of(word) * GAPS + gap)
        strength.append(strength_of(word, gap, previous, before_previous))
        before, before_previous, previous = end, previous, word
    pieces, offsets = piece_table(words, tokenizer)
    starts, ends = (np.array([s[k] for s in spans], dtype=np.int64) for k in (0, 1))
    return Atoms(starts, ends, np.array(shape, dtype=np.int64), np.array(strength, dtype=np.int64), pieces, offsets)


def piece_table(words: list[str], tokenizer: PieceTokenizer) -> tuple[Ints, Ints]:
    """Word pieces of each word, at least one and at most PIECES_PER_ATOM, flat, with offsets."""
    encoding = tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
    ids = np.array(encoding.ids, dtype=np.int64)
    owner = np.array(encoding.word_ids, dtype=np.int64)
    counts = np.bincount(owner, minlength=len(words)) if len(owner) else np.zeros(len(words), dtype=np.int64)
    if (counts == 0).any():  # a character that the normaliser drops
        missing = np.flatnonzero(counts == 0)
        at = np.searchsorted(owner, missing)
        ids, owner = np.insert(ids, at, UNK), np.insert(owner, at, missing)
        counts = np.bincount(owner, minlength=len(words))
    begin = np.concatenate([[0], np.cumsum(counts)])
    keep = np.arange(len(ids)) - begin[owner] < PIECES_PER_ATOM if len(ids) else np.zeros(0, dtype=bool)
    return ids[keep], np.concatenate([[0], np.cumsum(np.minimum(counts, PIECES_PER_ATOM))]).astype(np.int64)


def windows(atoms: Atoms, most: int = MAX_PIECES) -> list[tuple[int, int]]:
    """Consecutive ranges of atoms that fit into ``most`` pieces, cut where a sentence most likely starts."""
    room, out, start, total = most - 2, [], 0, len(atoms)
    while start < total:
        limit = int(np.searchsorted(atoms.offsets, atoms.offsets[start] + room, side="right")) - 1
        end = total if limit >= total else best_cut(atoms.strength, start, limit)
        out.append((start, end))
        start = end
    return out


def best_cut(strength: Ints, start: int, limit: int) -> int:
    """The last likely start of a sentence in the range: a line break in its second half, else a full stop, else a space."""
    for level, earliest in ((3, start + (limit - start) // 2), (2, start), (3, start), (1, start)):
        found = np.flatnonzero(strength[earliest + 1 : limit + 1] >= level)
        if len(found):
            return earliest + 1 + int(found[-1])
    return limit


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of one document as the network takes them. Shapes: (windows, pieces) and (windows, atoms)."""

    ids: Ints
    shape: Ints
    first: Ints  # position of each atom's first piece
    atoms: Ints  # how many atoms each window has
    pieces: Ints  # how many pieces


def batch(atoms: Atoms, ranges: list[tuple[int, int]]) -> Batch:
    """Pad the windows of one document to one batch."""
    sizes = [int(atoms.offsets[b] - atoms.offsets[a]) for a, b in ranges]
    width, wide = max(sizes) + 2, max(b - a for a, b in ranges)
    ids = np.full((len(ranges), width), PAD, dtype=np.int64)
    shape = np.zeros((len(ranges), width), dtype=np.int64)
    first = np.zeros((len(ranges), wide), dtype=np.int64)
    owner = np.repeat(np.arange(len(atoms)), np.diff(atoms.offsets))
    for row, ((a, b), size) in enumerate(zip(ranges, sizes, strict=True)):
        flat = slice(int(atoms.offsets[a]), int(atoms.offsets[b]))
        ids[row, 0], ids[row, size + 1] = CLS, SEP
        ids[row, 1 : size + 1] = atoms.pieces[flat]
        shape[row, 1 : size + 1] = atoms.shape[owner[flat]]
        first[row, : b - a] = atoms.offsets[a:b] - atoms.offsets[a] + 1
    counts = np.array([b - a for a, b in ranges], dtype=np.int64)
    return Batch(ids, shape, first, counts, np.array(sizes, dtype=np.int64) + 2)
