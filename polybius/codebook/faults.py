"""Faults of an edited file: each with its place, all of them reported together."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault of a file. ``line`` and ``column`` count from 1, as editors do."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class CodebookError(ValueError):
    """A file of the codebook is wrong. ``faults`` holds every fault that was found, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(map(str, self.faults)))

    def __reduce__(self) -> tuple[type[CodebookError], tuple[tuple[Fault, ...]]]:
        # An exception is otherwise rebuilt from its message, which is not what the constructor takes.
        return CodebookError, (self.faults,)


def unknown(kind: str, found: str, allowed: Iterable[str]) -> str:
    """Says that ``found`` is no ``kind``, and names the nearest one that is, else all of them."""
    names = sorted(allowed)
    near = difflib.get_close_matches(found, names, n=1) or _same_letters(found, names)
    hint = f"did you mean {near[0]!r}?" if near else f"allowed: {', '.join(names) or 'none'}"
    return f"unknown {kind} {found!r}; {hint}"


def _same_letters(found: str, names: Iterable[str]) -> list[str]:
    """Names that differ in letter case only: string distance takes those for strangers."""
    return [name for name in names if name.casefold() == found.casefold()]
