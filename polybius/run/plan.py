"""The parts of a run and how they are made. A setup is small and can be sent to another process; parts cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from polybius.codebook import Codebook
from polybius.records import Document, Reading
from polybius.reference import World


class ReaderLike(Protocol):
    """What the run needs of a reader."""

    fingerprint: str

    def read(self, document: Document, /) -> Reading:
        """What the model sees in the document."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """A loaded reader, codebook and world."""

    reader: ReaderLike
    codebook: Codebook
    world: World


@dataclass(frozen=True, slots=True)
class Setup:
    """Which parts to load. ``threads`` are those of one session; a run of several processes takes one each."""

    threads: int = 1
    model: Path | None = None
    codebook: Path | None = None
    titles: bool = False

    @property
    def config(self) -> Mapping[str, str]:
        """What changes results. Threads do not."""
        return {"titles": "coded" if self.titles else "context"}

    def parts(self) -> Parts:
        """Load everything. Raises FileNotFoundError or CodebookError, which say what to do."""
        from polybius import codebook, reader, reference

        return Parts(reader.load(self.model, self.threads), codebook.load(self.codebook), reference.load())
