"""How well an event is attested: how many sources say so independently. How sure the reading is, is another matter."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from polybius.assembly.credits import agency
from polybius.assembly.facts import stems
from polybius.records import Support
from polybius.report import Report, SourceField

OWN_VOICE, NAMED, UNNAMED = 0.1, 0.2, 0.3  # how likely a claimant errs or lies: an outlet, somebody known, somebody not
MISTAKEN = 0.2  # how likely one text misquotes or is misread
HIGHEST = 0.999


@dataclass(frozen=True, slots=True)
class Voice:
    """An independent source: who says so, and the text that it goes back to."""

    claimant: str
    origin: str
    systematic: float


def voice(report: Report, origin: str) -> Voice:
    """The source of a report whose document has the ``origin``. An agency that is named is the origin, whoever repeats it."""
    named = [agency(source.quote.text) for source in report.attribution]
    publisher = agency(report.document.publisher) if report.document.publisher else None
    origin = next(filter(None, named), None) or publisher or origin
    for source, wire in zip(report.attribution, named, strict=True):
        if wire is None:
            return _speaker(source, origin)
    return Voice(origin, origin, OWN_VOICE)


def _speaker(source: SourceField, origin: str) -> Voice:
    """Somebody known is one claimant wherever he is quoted; "witnesses" are others in each text."""
    known = source.identifier or source.name
    if known:
        return Voice(known, origin, NAMED)
    if source.code:
        return Voice(" ".join((source.code, *source.sector)), origin, NAMED)
    words = " ".join(stems(source.quote.text)) or source.quote.text.lower()
    return Voice(f"{words}, in {origin}", origin, UNNAMED)


def supports(voices: Sequence[Voice]) -> tuple[Support, ...]:
    """The claimants, each with the origins that quote them, ordered by name."""
    said: defaultdict[str, list[Voice]] = defaultdict(list)
    for one in voices:
        said[one.claimant].append(one)
    return tuple(_support(claimant, said[claimant]) for claimant in sorted(said))


def _support(claimant: str, voices: Sequence[Voice]) -> Support:
    origins = tuple(sorted({one.origin for one in voices}))
    systematic = min(one.systematic for one in voices)
    return Support(claimant, origins, len(voices), systematic, round(MISTAKEN ** len(origins), 6))


def belief(found: Iterable[Support]) -> float:
    """1 − Π(systematic + random) over claimants: more origins cure misquotation, only another claimant cures the rest."""
    doubt = math.prod(sorted(support.doubt for support in found))
    return round(min(HIGHEST, 1.0 - doubt), 3)
