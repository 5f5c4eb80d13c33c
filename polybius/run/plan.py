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
    gazetteer: Path | None = None
    actors: tuple[Path, ...] = ()

    @property
    def config(self) -> Mapping[str, str]:
        """What changes results. Threads do not."""
        return {"titles": "coded" if self.titles else "context"}

    def parts(self) -> Parts:
        """Load everything. Raises FileNotFoundError, CodebookError, GazetteerError or ActorError, which say what to do."""
        from polybius import codebook, reader

        world = self.world()
        world.gazetteer.check()
        return Parts(reader.load(self.model, self.threads), codebook.load(self.codebook), world)

    def world(self) -> World:
        """The tables, with the user's own actors: rows of a CSV come before ours, a compiled table takes the place of ours."""
        from polybius import reference

        rows = tuple(path for path in self.actors if path.suffix != ".gz")
        tables = [path for path in self.actors if path.suffix == ".gz"]
        return reference.load(gazetteer=self.gazetteer, extra=rows, actors=tables[-1] if tables else None)
