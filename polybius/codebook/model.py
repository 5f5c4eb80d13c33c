"""The compiled codebook: frozen, and the only thing that the rest of the house sees of the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from polybius.codebook.faults import unknown
from polybius.codebook.rules import Rule


@dataclass(frozen=True, slots=True)
class Mode:
    """How an event was done. ``contexts`` are added to every event of this mode."""

    name: str
    definition: str
    scale: float
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event. ``future`` names the type that an event of this type becomes while it is still to come."""

    name: str
    definition: str
    quad: str
    scale: float
    recipient: bool
    modes: Mapping[str, Mode] = field(default_factory=dict)
    future: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided where the sources disagree. ``holds`` pairs a place of the file with the value it has."""

    id: str
    found: str
    decision: str
    reason: str
    holds: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Codebook:
    """What is coded. ``fingerprint`` is the hash of the file that it was read from."""

    name: str
    version: str
    fingerprint: str
    quads: Mapping[str, int]
    types: Mapping[str, EventType]
    context_definitions: Mapping[str, str]
    sector_definitions: Mapping[str, str]
    actor_codes: Mapping[str, str]
    decisions: tuple[Decision, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def contexts(self) -> tuple[str, ...]:
        """The names of the contexts, in the order of the file."""
        return tuple(self.context_definitions)

    @property
    def sectors(self) -> tuple[str, ...]:
        """The codes of the sectors, in the order of the file."""
        return tuple(self.sector_definitions)

    def event(self, name: str) -> EventType:
        """The type called ``name``; a KeyError names the nearest type there is."""
        if name not in self.types:
            raise KeyError(unknown("event type", name, self.types))
        return self.types[name]

    def mode(self, event: str, name: str) -> Mode:
        """The mode ``name`` of ``event``; a KeyError names the nearest mode there is."""
        modes = self.event(event).modes
        if name not in modes:
            raise KeyError(unknown(f"mode of {event}", name, modes))
        return modes[name]

    def quad(self, event: str) -> str:
        """The quad class of ``event``: "VERBAL COOPERATION" and so on."""
        return self.event(event).quad

    def quad_number(self, event: str) -> int:
        """The quad class of ``event`` as a number, 1 to 4."""
        return self.quads[self.quad(event)]

    def scale(self, event: str, modes: Iterable[str] = ()) -> float:
        """The score of ``event`` on the scale from conflict (-10) to cooperation (+10).

        Without modes it is the type's own score. Of several modes the one farthest from zero counts, since a further
        mode tells more of the same act and does not soften it.
        """
        scores = [self.mode(event, mode).scale for mode in modes]
        return max(scores, key=abs) if scores else self.event(event).scale

    def added_contexts(self, event: str, modes: Iterable[str]) -> tuple[str, ...]:
        """The contexts that the modes of an event bring with them."""
        return tuple(dict.fromkeys(name for mode in modes for name in self.mode(event, mode).contexts))
