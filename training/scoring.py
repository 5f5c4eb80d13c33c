"""Scorers of names and event frames against annotations, by character offsets. They score records, never run a reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from polybius.evaluation.annotations import STATUSES, TYPES, AnnotatedEvent
from polybius.evaluation.counts import Count, Counts, Span, by_key, distinct, iou, mean, merge, pair, same_filler, total
from polybius.records import ROLE_NAMES, Filler, Frame, Name, RoleName

MODE_THRESHOLD = 0.5
BOTH_SIDES: tuple[RoleName, RoleName] = ("actor", "recipient")


@dataclass(frozen=True, slots=True)
class FrameScores:
    """Counts over some reports. What stands under ``roles``, ``statuses`` and ``modes`` is given the right trigger."""

    types: Counts = field(default_factory=dict)
    roles: Counts = field(default_factory=dict)
    statuses: Counts = field(default_factory=dict)
    modes: Count = Count()
    sides: Count = Count()

    def __add__(self, other: FrameScores) -> FrameScores:
        return FrameScores(
            merge(self.types, other.types),
            merge(self.roles, other.roles),
            merge(self.statuses, other.statuses),
            self.modes + other.modes,
            self.sides + other.sides,
        )

    @property
    def trigger_and_type(self) -> Count:
        return total(self.types)

    @property
    def macro_f1(self) -> float:
        """Mean over the types that the gold holds."""
        return mean([count.f1 for count in self.types.values() if count.gold])

    @property
    def status_accuracy(self) -> float:
        return total(self.statuses).recall

    @property
    def mode_accuracy(self) -> float:
        return self.modes.recall


# --- frames --------------------------------------------------------------------------------------------------------


def score_frames(frames: Sequence[Frame], events: Sequence[AnnotatedEvent]) -> FrameScores:
    """Scores of one report: frames and events are paired one to one by type and overlapping triggers."""
    pairs = pair(frames, events, _agreement)
    return FrameScores(
        types=by_key((f.event for f, _ in pairs), (f.event for f in frames), (e.event for e in events), TYPES),
        roles={role: sum((_role(f, e, role) for f, e in pairs), Count()) for role in ROLE_NAMES},
        statuses=by_key(
            (e.status for f, e in pairs if _status(f) == e.status),
            (_status(f) for f, _ in pairs),
            (e.status for _, e in pairs),
            STATUSES,
        ),
        modes=Count(sum(modes(f) == frozenset(e.modes) for f, e in pairs), len(pairs), len(pairs)),
        sides=Count(sum(_same_sides(f, e) for f, e in pairs), len(frames), len(events)),
    )


def modes(frame: Frame) -> frozenset[str]:
    """The modes that a frame claims: those that are more likely than not."""
    return frozenset(mode for mode, score in frame.modes if score >= MODE_THRESHOLD)


def _status(frame: Frame) -> str:
    return frame.statuses[0][0]


def _agreement(frame: Frame, event: AnnotatedEvent) -> float:
    trigger = (frame.trigger.start, frame.trigger.end)
    return iou(trigger, event.trigger) if frame.event == event.event else 0.0


def _fillers(frame: Frame, role: RoleName) -> list[Span]:
    """Distinct spans that the frame proposes as named in the text."""
    found: tuple[Filler, ...] = getattr(frame, role)
    return distinct((f.span.start, f.span.end) for f in found if not f.implicit)


def _gold(event: AnnotatedEvent, role: RoleName) -> list[Span]:
    """Distinct spans of a role; a filler without words in the text cannot be found and does not count."""
    return distinct(f.span for f in event.roles.get(role, ()) if f.span is not None)


def _role(frame: Frame, event: AnnotatedEvent, role: RoleName) -> Count:
    predicted, gold = _fillers(frame, role), _gold(event, role)
    return Count(len(pair(predicted, gold, same_filler)), len(predicted), len(gold))


def _same_sides(frame: Frame, event: AnnotatedEvent) -> bool:
    counts = [_role(frame, event, role) for role in BOTH_SIDES]
    return all(c.right == c.predicted == c.gold for c in counts)


# --- names ---------------------------------------------------------------------------------------------------------


def score_names(predicted: Iterable[Name], gold: Iterable[tuple[Span, str]]) -> Counts:
    """Exact span and kind, by kind."""
    mine = {((n.span.start, n.span.end), str(n.kind)) for n in predicted}
    theirs = set(gold)
    kinds = sorted({kind for _, kind in mine | theirs})
    return by_key((k for _, k in mine & theirs), (k for _, k in mine), (k for _, k in theirs), kinds)
