"""CAMEO codes to PLOVER: an editable table, checked against the codebook when it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from polybius.codebook.cursor import Faults
from polybius.codebook.faults import Fault, unknown
from polybius.codebook.load import decode, fingerprint, packaged
from polybius.codebook.model import Codebook

PACKAGED = "cameo.tsv"
COLUMNS = ("code", "type", "mode", "contexts", "meaning")


@dataclass(frozen=True, slots=True)
class Crossing:
    """What a CAMEO code is in PLOVER. ``event`` is None where PLOVER has dropped the code."""

    code: str
    event: str | None
    mode: str | None
    contexts: tuple[str, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """A table of crossings. ``fingerprint`` is the hash of the file that it was read from."""

    crossings: Mapping[str, Crossing]
    fingerprint: str

    def find(self, code: str) -> Crossing | None:
        """The crossing of ``code`` or of the longest code that it begins with; None where there is neither."""
        starts = (code[:length] for length in range(len(code), 1, -1))
        return next((self.crossings[start] for start in starts if start in self.crossings), None)


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the table, which knows in which column of the line each of its cells begins."""

    line: int
    cells: tuple[str, ...]
    faults: Faults

    def cell(self, name: str) -> str:
        return self.cells[COLUMNS.index(name)]

    def fault(self, name: str, message: str) -> None:
        before = self.cells[: COLUMNS.index(name)]
        column = sum(len(cell) + 1 for cell in before) + 1
        self.faults.found.append(Fault(self.faults.path, self.line, column, message))


def load_crosswalk(codebook: Codebook, path: Path | None = None) -> Crosswalk:
    """The crosswalk of ``path``, or the packaged one. Raises CodebookError with every fault of the file."""
    content = (packaged(PACKAGED) if path is None else Path(path)).read_bytes()
    return parse_crosswalk(content, codebook, PACKAGED if path is None else str(path))


def parse_crosswalk(content: bytes, codebook: Codebook, path: str) -> Crosswalk:
    """The crosswalk that the bytes of a file hold; ``path`` names the file in messages."""
    faults = Faults(path)
    crossings: dict[str, Crossing] = {}
    for row in _rows(decode(content, faults), faults):
        crossing = _crossing(row, codebook)
        if crossing.code in crossings:
            row.fault("code", f"the code {crossing.code!r} stands here twice")
        crossings[crossing.code] = crossing
    faults.stop_if_any()
    return Crosswalk(crossings, fingerprint(content))


def _rows(text: str, faults: Faults) -> Iterator[_Row]:
    """The lines below the header; comments and empty lines are passed over."""
    header = False
    for number, line in enumerate(text.splitlines(), 1):
        cells = tuple(line.split("\t"))
        if not line.strip() or line.startswith("#"):
            continue
        if len(cells) != len(COLUMNS):
            message = f"expected {len(COLUMNS)} cells ({', '.join(COLUMNS)}), found {len(cells)}"
            faults.found.append(Fault(faults.path, number, 1, message))
        elif header:
            yield _Row(number, cells, faults)
        elif cells != COLUMNS:
            faults.found.append(Fault(faults.path, number, 1, f"expected the header {' '.join(COLUMNS)}"))
        header = True


def _crossing(row: _Row, codebook: Codebook) -> Crossing:
    code, event, mode = row.cell("code"), row.cell("type"), row.cell("mode")
    contexts = tuple(name for name in row.cell("contexts").split(";") if name)
    if not (code.isascii() and code.isdigit() and 2 <= len(code) <= 4):
        row.fault("code", f"a CAMEO code has two to four digits, found {code!r}")
    if event and event not in codebook.types:
        row.fault("type", unknown("event type", event, codebook.types))
    elif mode and mode not in _modes(codebook, event):
        row.fault("mode", unknown(f"mode of {event or 'a dropped code'}", mode, _modes(codebook, event)))
    for name in contexts:
        if name not in codebook.context_definitions:
            row.fault("contexts", unknown("context", name, codebook.contexts))
    return Crossing(code, event or None, mode or None, contexts, row.cell("meaning"))


def _modes(codebook: Codebook, event: str) -> tuple[str, ...]:
    return tuple(codebook.types[event].modes) if event else ()
