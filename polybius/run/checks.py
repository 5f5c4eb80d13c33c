"""Is everything there that a run needs? What ``polybius doctor`` asks."""

from __future__ import annotations

import platform
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from polybius.run.manifest import installed, python_version
from polybius.run.plan import Setup
from polybius.version import __version__

REQUIRED = ("onnxruntime", "tokenizers", "numpy", "duckdb", "typer", "rich", "pyyaml")

# Flags of /proc/cpuinfo that speed up int8, fastest first, with the names that people know.
INT8_FLAGS = {
    "amx_int8": "AMX-INT8",
    "avx512_vnni": "AVX512-VNNI",
    "avx_vnni": "AVX-VNNI",
    "asimddp": "NEON dot product",
    "i8mm": "NEON i8mm",
    "avx512bw": "AVX512BW",
    "avx2": "AVX2",
}
WITH_DOT_PRODUCT = ("amx_int8", "avx512_vnni", "avx_vnni", "asimddp", "i8mm")


@dataclass(frozen=True, slots=True)
class Check:
    """One line of ``doctor``: what was looked at, what was found, and whether a run can do with it.

    ``doubtful`` is what a run can do with, though not well.
    """

    name: str
    good: bool
    found: str
    doubtful: bool = False


def run_checks(setup: Setup) -> tuple[Check, ...]:
    """All checks; none stops the others."""
    parts = (("reader", _reader), ("codebook", _codebook), ("reference", _reference))
    return (
        Check("polybius", True, f"{__version__}, Python {python_version()}"),
        _libraries(),
        *(_attempt(name, check, setup) for name, check in parts),
        _calibration(setup),
        Check("processor", True, f"{processor()}; int8: {', '.join(int8_instructions()) or 'not known'}"),
    )


def _attempt(name: str, check: Callable[[Setup], str], setup: Setup) -> Check:
    try:
        return Check(name, True, check(setup))
    except Exception as error:  # a check that fails is the answer, whatever failed
        return Check(name, False, str(error) or type(error).__name__)


def _libraries() -> Check:
    found = {name: installed(name) for name in REQUIRED}
    missing = [name for name, version in found.items() if version == "none"]
    if missing:
        return Check("libraries", False, f"missing: {', '.join(missing)}; pip install {' '.join(missing)}")
    return Check("libraries", True, ", ".join(f"{name} {version}" for name, version in found.items()))


def _reader(setup: Setup) -> str:
    from polybius import reader
    from polybius.ingest import make_document

    loaded = reader.load(setup.model, setup.threads)
    reading = loaded.read(make_document("The two presidents met in Vienna on Monday."))
    words = sum(map(len, reading.sentences))
    if not words:
        raise ValueError("the model file loads, but reads no words in a plain sentence; reinstall polybius")
    return f"{loaded.fingerprint}, reads"


def _codebook(setup: Setup) -> str:
    from polybius import codebook

    book = codebook.load(setup.codebook)
    return f"{book.name} {book.version}, {len(book.types)} event types, {book.fingerprint}"


def _reference(_: Setup) -> str:
    from polybius import reference

    return f"tables of the world, {reference.load().fingerprint}"


def _calibration(setup: Setup) -> Check:
    """Whether confidence was fitted for the reader that is used."""
    import json

    from polybius.coding import calibration_of
    from polybius.reader.reader import MODEL

    name, folder = "calibration", setup.model or MODEL
    try:
        found = calibration_of(setup.model)
        used = str(json.loads((folder / "reader.json").read_text(encoding="utf-8"))["fingerprint"])
    except (OSError, ValueError, KeyError) as error:
        return Check(name, False, str(error))
    if not found.fields:
        return Check(name, True, "none: confidence is the reader's own; run: python training/calibrate.py", True)
    if found.reader != used:
        what = f"fitted for the reader {found.reader}, not for {used}: confidence is only roughly right"
        return Check(name, True, f"{what}; run: python training/calibrate.py", True)
    return Check(name, True, f"of {len(found.fields)} fields, {found.fingerprint}")


def _cpuinfo() -> str:
    try:
        return Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def processor() -> str:
    """The processor's name, as far as the system tells."""
    found = re.search(r"^model name\s*:\s*(.+)$", _cpuinfo(), re.MULTILINE)
    return found[1].strip() if found else platform.processor() or platform.machine()


def int8_instructions(cpuinfo: str | None = None) -> tuple[str, ...]:
    """The processor's instructions for int8, fastest first; empty where the system does not tell."""
    found = re.search(r"^(?:flags|Features)\s*:\s*(.+)$", _cpuinfo() if cpuinfo is None else cpuinfo, re.MULTILINE)
    flags = set(found[1].split()) if found else set()
    names = [name for flag, name in INT8_FLAGS.items() if flag in flags]
    dotted = flags.intersection(WITH_DOT_PRODUCT)
    return tuple(names) if dotted or not names else (*names, "no VNNI: slower")
