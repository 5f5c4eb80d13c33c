"""The parts of a run and how they are made. A setup is small and can be sent to another process; parts cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from polybius.codebook import Codebook
from polybius.coding import Calibration
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
    """A loaded reader, codebook and world, and what makes confidence of the reader's scores."""

    reader: ReaderLike
    codebook: Codebook
    world: World
    calibration: Calibration = Calibration()

    @property
    def fingerprints(self) -> Mapping[str, str]:
        """What went into a run; without a calibration there is none to name."""
        calibrated = {"calibration": self.calibration.fingerprint} if self.calibration.fingerprint else {}
        return {
            "reader": self.reader.fingerprint,
            "codebook": self.codebook.fingerprint,
            "world": self.world.fingerprint,
            **calibrated,
        }


@dataclass(frozen=True, slots=True)
class Setup:
    """Which parts to load. ``threads`` are those of one session; a run of several processes takes one each.

    Reports whose type and sides together are less sure than ``min_confidence`` are left out.
    """

    threads: int = 1
    model: Path | None = None
    codebook: Path | None = None
    titles: bool = False
    gazetteer: Path | None = None
    actors: tuple[Path, ...] = ()
    min_confidence: float = 0.0

    @property
    def config(self) -> Mapping[str, str]:
        """What changes results. Threads do not."""
        least = {"min_confidence": f"{self.min_confidence:g}"} if self.min_confidence else {}
        return {"titles": "coded" if self.titles else "context", **least}

    def parts(self) -> Parts:
        """Load everything. Raises FileNotFoundError, CodebookError, GazetteerError or ActorError, which say what to do."""
        from polybius import codebook, reader
        from polybius.coding import calibration_of

        world = self.world()
        world.gazetteer.check()
        book = codebook.load(self.codebook)
        return Parts(reader.load(self.model, self.threads), book, world, calibration_of(self.model))

    def world(self) -> World:
        """The tables, with the user's own actors: rows of a CSV come before ours, a compiled table takes the place of ours."""
        from polybius import reference

        rows = tuple(path for path in self.actors if path.suffix != ".gz")
        tables = [path for path in self.actors if path.suffix == ".gz"]
        return reference.load(gazetteer=self.gazetteer, extra=rows, actors=tables[-1] if tables else None)
