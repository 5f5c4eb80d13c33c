"""Opening a codebook: the user's file, or the one that comes with the package."""

from __future__ import annotations

import hashlib
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from polybius.codebook.compile import compile_codebook, extended
from polybius.codebook.cursor import Faults, open_yaml
from polybius.codebook.model import Codebook

PACKAGED = "plover.yaml"


def packaged(name: str = PACKAGED) -> Traversable:
    """A data file of this package."""
    return resources.files("polybius.codebook").joinpath(name)


def load(path: Path | None = None) -> Codebook:
    """The codebook of ``path``, or PLOVER as packaged. Raises CodebookError with every fault of the file."""
    source = packaged() if path is None else Path(path)
    content = source.read_bytes()
    return parse(content, PACKAGED if path is None else str(path))


def parse(content: bytes, path: str) -> Codebook:
    """The codebook that the bytes of a file hold; ``path`` names the file in messages."""
    faults = Faults(path)
    top = open_yaml(decode(content, faults), faults)
    base = load() if extended(top) else None
    # What a file that extends another one gives depends on both.
    own = fingerprint(content if base is None else content + base.fingerprint.encode())
    codebook = compile_codebook(top, own, base)
    faults.stop_if_any()
    return codebook


def decode(content: bytes, faults: Faults) -> str:
    """The text of a file in UTF-8; bytes that are none are raised as a fault of the file."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.add(None, f"byte {error.start}, in line {line}, is not UTF-8")
    faults.stop_if_any()
    return ""


def fingerprint(content: bytes) -> str:
    """16 hex digits of the SHA-256 of a file's content."""
    return hashlib.sha256(content).hexdigest()[:16]
