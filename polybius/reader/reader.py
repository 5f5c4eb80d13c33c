"""The reader: a document in, a Reading out, one ONNX pass."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

from polybius.reader import atoms as at
from polybius.reader.decode import Decoder, Labels, best_first, score, windows_of
from polybius.reader.names import consistent, without_titles
from polybius.records import Document, Frame, Reading

MODEL = Path(__file__).parent / "model"
BLOCK = 64  # windows that are sorted by length together; bounds the memory that a long text needs
BATCH_PIECES = 1024  # padded word pieces of one run


class Reader:
    """A loaded model. ``read`` keeps no state: the same document gives the same Reading, whatever was read before.

    ``threshold`` is the least score of a trigger; a text of one window, most often a summary dense with events, has its
    own, ``brief_threshold``.
    """

    def __init__(self, path: Path, threads: int = 1) -> None:
        for name in ("reader.onnx", "reader.json", "tokenizer.json"):
            if not (path / name).is_file():
                raise FileNotFoundError(f"{path / name} is missing; reinstall polybius, or make it with `just train`")
        meta = json.loads((path / "reader.json").read_text(encoding="utf-8"))
        self.fingerprint: str = meta["fingerprint"]
        self.threshold: float = meta["threshold"]
        self.brief_threshold: float = meta["brief_threshold"]
        self.labels = Labels(**{f.name: tuple(meta["labels"][f.name]) for f in fields(Labels)})
        self.tokenizer = Tokenizer.from_file(str(path / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.session = session(path / "reader.onnx", threads)
        self.outputs = [o.name for o in self.session.get_outputs()]

    def read(self, document: Document) -> Reading:
        """Sentences, names, frames and contexts of a document; a text without words gives an empty Reading."""
        atoms = at.split(document.text, self.tokenizer)
        decoder = Decoder(document.text, atoms, self.labels)
        frames: list[Frame] = []
        contexts: list[np.ndarray[Any, Any]] = []
        ranges = at.windows(atoms)
        threshold = self.threshold if len(ranges) > 1 else self.brief_threshold
        for begin in range(0, len(ranges), BLOCK):
            block = ranges[begin : begin + BLOCK]
            groups = [(group, self.run(atoms, group)) for group in grouped(atoms, block)]
            for window in sorted((w for group, out in groups for w in windows_of(group, out)), key=lambda w: w.start):
                decoder.add(window)
            for group, out in groups:
                frames += decoder.frames(group, out, threshold)
                contexts.append(out["context"])
        frames.sort(key=lambda f: (f.trigger, f.event))
        return Reading(
            document.id,
            tuple(decoder.sentences),
            consistent(without_titles(decoder.names, decoder.sentences, document.text), document.text),
            tuple(frames),
            self.contexts(contexts),
            self.fingerprint,
        )

    def run(self, atoms: at.Atoms, ranges: list[tuple[int, int]]) -> dict[str, np.ndarray[Any, Any]]:
        """The network on some windows of one document."""
        batch = at.batch(atoms, ranges)
        feed = {"ids": batch.ids, "shape": batch.shape, "first": batch.first, "atoms": batch.atoms}
        return dict(zip(self.outputs, self.session.run(self.outputs, feed), strict=True))

    def contexts(self, found: list[np.ndarray[Any, Any]]) -> tuple[tuple[str, float], ...]:
        """Contexts of the report: the mean over its windows, best first."""
        if not found:
            return ()
        mean = np.concatenate(found).mean(0)
        return tuple(
            best_first([(name, score(p)) for name, p in zip(self.labels.contexts, mean.tolist(), strict=True)])
        )


def session(path: Path, threads: int) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def grouped(atoms: at.Atoms, ranges: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Windows of like length together. A function of the document alone: int8 scales depend on the whole batch."""
    order = sorted(ranges, key=lambda r: (int(atoms.offsets[r[1]] - atoms.offsets[r[0]]), r))
    groups: list[list[tuple[int, int]]] = [[]]
    for a, b in order:
        size = int(atoms.offsets[b] - atoms.offsets[a]) + 2
        if groups[-1] and size * (len(groups[-1]) + 1) > BATCH_PIECES:
            groups.append([])
        groups[-1].append((a, b))
    return groups


def load(path: Path | None = None, threads: int = 1) -> Reader:
    """The packaged reader, or the one in a folder with reader.onnx, reader.json and tokenizer.json."""
    return Reader(path or MODEL, threads)
