"""The floor: the reader's own int8 encoder and nothing else, cut out of the packaged model. Needs the package ``onnx``."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import onnx
import onnxruntime as ort

from polybius.reader import atoms as at
from polybius.reader.reader import MODEL, Reader, grouped, session

LAST = "/encoder/layers.5/norm2/LayerNormalization_output_0"


def encoder(threads: int, model: Path = MODEL) -> ort.InferenceSession:
    """A session of the encoder alone: ids and shape in, hidden states out."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "encoder.onnx"
        onnx.utils.extract_model(str(model / "reader.onnx"), str(target), ["ids", "shape"], [LAST])
        return session(target, threads)


def batches(reader: Reader, text: str) -> list[at.Batch]:
    """The very batches that the reader makes of a text."""
    atoms = at.split(text, reader.tokenizer)
    return [at.batch(atoms, group) for group in grouped(atoms, at.windows(atoms))]


def seconds(bare: ort.InferenceSession, prepared: list[at.Batch]) -> float:
    """Wall seconds of the bare encoder over batches made beforehand."""
    begin = time.perf_counter()
    for batch in prepared:
        bare.run(None, {"ids": batch.ids, "shape": batch.shape})
    return time.perf_counter() - begin
