"""Parsing with gold words and sentences: what the tree scores when nothing is lost on the way to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from conllu import GoldDocument

from polybius.reader import Reader
from polybius.reader import atoms as at
from polybius.reader.decode import Decoder, windows_of
from polybius.records import Reading

Mask = npt.NDArray[np.bool_]
Range = tuple[int, int]


def read(reader: Reader, document: GoldDocument) -> Reading:
    """Tags and trees on the gold words. A word that starts inside an atom cannot be shown to the reader and is lost."""
    atoms = at.split(document.text, reader.tokenizer)
    words = np.isin(atoms.starts, [start for s in document.sentences for start, _ in s.words])
    sentences = np.isin(atoms.starts, [s.words[0][0] for s in document.sentences])
    decoder = Decoder(document.text, atoms, reader.labels)
    for window in windows(atoms.offsets, np.flatnonzero(sentences).tolist(), at.MAX_PIECES - 2):
        (found,) = windows_of([window], reader.run(atoms, [window]))
        decoder.add(replace(found, first=opened(words, window), sentence=opened(sentences, window)))
    return Reading(document.id, tuple(decoder.sentences), reader=reader.fingerprint)


def windows(offsets: at.Ints, starts: Sequence[int], room: int) -> Iterator[Range]:
    """Ranges of atoms of at most ``room`` pieces, of whole sentences where one sentence is not too long by itself."""
    total, begin = len(offsets) - 1, 0
    cuts = [*starts, total]
    while begin < total:
        limit = int(np.searchsorted(offsets, offsets[begin] + room, side="right")) - 1
        end = max((c for c in cuts if begin < c <= limit), default=max(limit, begin + 1))
        yield begin, end
        begin = end


def opened(mask: Mask, window: Range) -> Mask:
    """The part of a mask that belongs to a window, which always opens with a word and a sentence."""
    part = mask[slice(*window)].copy()
    part[0] = True
    return part
