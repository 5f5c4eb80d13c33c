"""Scorers of names and event frames against annotations, by character offsets. They score records, never run a reader."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from annotations import STATUSES, TYPES, AnnotatedEvent

from polybius.records import ROLE_NAMES, Filler, Frame, Name, RoleName

Span = tuple[int, int]
L = TypeVar("L")
R = TypeVar("R")
K = TypeVar("K", bound=Hashable)

OVERLAP = 0.5  # of the characters of both together, that two fillers must share to be the same
MODE_THRESHOLD = 0.5
BOTH_SIDES: tuple[RoleName, RoleName] = ("actor", "recipient")


@dataclass(frozen=True, slots=True)
class Count:
    """Items right, predicted and in the gold."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.predicted + self.gold
        return 2 * self.right / total if total else 0.0


Counts = Mapping[str, Count]


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
        return _mean([count.f1 for count in self.types.values() if count.gold])

    @property
    def status_accuracy(self) -> float:
        return total(self.statuses).recall

    @property
    def mode_accuracy(self) -> float:
        return self.modes.recall


def merge(left: Counts, right: Counts) -> Counts:
    """Sums by key."""
    return {key: left.get(key, Count()) + right.get(key, Count()) for key in {**left, **right}}


def total(counts: Counts) -> Count:
    """Sum over all keys."""
    return sum(counts.values(), Count())


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


# --- frames --------------------------------------------------------------------------------------------------------


def score_frames(frames: Sequence[Frame], events: Sequence[AnnotatedEvent]) -> FrameScores:
    """Scores of one report: frames and events are paired one to one by type and overlapping triggers."""
    pairs = pair(frames, events, _agreement)
    return FrameScores(
        types=_by_key((f.event for f, _ in pairs), (f.event for f in frames), (e.event for e in events), TYPES),
        roles={role: sum((_role(f, e, role) for f, e in pairs), Count()) for role in ROLE_NAMES},
        statuses=_by_key(
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
    return _distinct((f.span.start, f.span.end) for f in found if not f.implicit)


def _gold(event: AnnotatedEvent, role: RoleName) -> list[Span]:
    """Distinct spans of a role; a filler without words in the text cannot be found and does not count."""
    return _distinct(f.span for f in event.roles.get(role, ()) if f.span is not None)


def _distinct(spans: Iterable[Span]) -> list[Span]:
    return list(dict.fromkeys(spans))


def _role(frame: Frame, event: AnnotatedEvent, role: RoleName) -> Count:
    predicted, gold = _fillers(frame, role), _gold(event, role)
    return Count(len(pair(predicted, gold, _same)), len(predicted), len(gold))


def _same(left: Span, right: Span) -> float:
    overlap = iou(left, right)
    return overlap if overlap >= OVERLAP else 0.0


def _same_sides(frame: Frame, event: AnnotatedEvent) -> bool:
    counts = [_role(frame, event, role) for role in BOTH_SIDES]
    return all(c.right == c.predicted == c.gold for c in counts)


def iou(left: Span, right: Span) -> float:
    """Characters that two spans share, as part of those that either covers."""
    shared = min(left[1], right[1]) - max(left[0], right[0])
    return shared / (max(left[1], right[1]) - min(left[0], right[0])) if shared > 0 else 0.0


def pair(left: Sequence[L], right: Sequence[R], agreement: Callable[[L, R], float]) -> list[tuple[L, R]]:
    """As many pairs as can be made one to one of items that agree (above 0), those that agree best first."""
    scored = ((-agreement(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right))
    links = [(i, j) for minus, i, j in sorted(scored) if minus < 0]
    owner: dict[int, int] = {}
    for i, j in links:
        if j not in owner and i not in owner.values():
            owner[j] = i
    for i in sorted({i for i, _ in links} - set(owner.values())):
        _make_room(i, links, owner, set())
    return [(left[i], right[j]) for j, i in sorted(owner.items(), key=lambda o: o[1])]


def _make_room(i: int, links: list[tuple[int, int]], owner: dict[int, int], tried: set[int]) -> bool:
    """Give item i a partner, moving others to another partner where they have one (an augmenting path)."""
    for j in (j for k, j in links if k == i and j not in tried):
        tried.add(j)
        if j not in owner or _make_room(owner[j], links, owner, tried):
            owner[j] = i
            return True
    return False


def _by_key(right: Iterable[K], predicted: Iterable[K], gold: Iterable[K], keys: Iterable[K]) -> dict[K, Count]:
    """Counts for each key that occurs, in the order of ``keys``."""
    lists = [list(items) for items in (right, predicted, gold)]
    return {key: Count(*(items.count(key) for items in lists)) for key in keys if any(key in items for items in lists)}


# --- names ---------------------------------------------------------------------------------------------------------


def score_names(predicted: Iterable[Name], gold: Iterable[tuple[Span, str]]) -> Counts:
    """Exact span and kind, by kind."""
    mine = {((n.span.start, n.span.end), str(n.kind)) for n in predicted}
    theirs = set(gold)
    kinds = sorted({kind for _, kind in mine | theirs})
    return _by_key((k for _, k in mine & theirs), (k for _, k in mine), (k for _, k in theirs), kinds)
