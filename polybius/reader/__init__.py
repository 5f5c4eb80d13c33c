"""Text → tokens → one ONNX pass → Reading: sentences, tags, tree, names, event frames."""

from polybius.reader.reader import Reader, load

__all__ = ["Reader", "load"]
