"""Which mark of a coded text stands for which mark of the gold, and which filler for which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from polybius.evaluation.counts import Span, iou, pair, same_filler
from polybius.evaluation.gold import Mark, MarkedText, Party

# A phrase ends for its head where one of these begins: what follows says more of the head.
_AFTER_HEAD = frozenset(
    "of in from at for on to with by against near between among over under who whom whose which that and or".split()
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A mark of the gold and the coded one that stands for it: same type, overlapping triggers."""

    gold: Mark
    coded: Mark


@dataclass(frozen=True, slots=True)
class Alignment:
    """All marks of a text: ``same`` type, ``other`` type on an overlapping trigger, ``missed`` and ``spurious``."""

    same: tuple[Pair, ...]
    other: tuple[Pair, ...]
    missed: tuple[Mark, ...]
    spurious: tuple[Mark, ...]


def align(gold: MarkedText, coded: MarkedText) -> Alignment:
    """As many pairs of the same type as can be made; what is left over is paired by trigger alone."""
    same = tuple(Pair(g, c) for g, c in pair(gold.marks, coded.marks, _same_event))
    left = _without(gold.marks, (p.gold for p in same))
    right = _without(coded.marks, (p.coded for p in same))
    other = tuple(Pair(g, c) for g, c in pair(left, right, _same_trigger))
    missed = _without(left, (p.gold for p in other))
    spurious = _without(right, (p.coded for p in other))
    return Alignment(same, other, tuple(missed), tuple(spurious))


def _same_event(gold: Mark, coded: Mark) -> float:
    return _same_trigger(gold, coded) if gold.event == coded.event else 0.0


def _same_trigger(gold: Mark, coded: Mark) -> float:
    return iou(gold.trigger, coded.trigger)


def _without(marks: Sequence[Mark], taken: Iterable[Mark]) -> list[Mark]:
    """Two marks may be equal, so they are told apart by identity."""
    gone = {id(mark) for mark in taken}
    return [mark for mark in marks if id(mark) not in gone]


# --- fillers -------------------------------------------------------------------------------------------------------


def named(mark: Mark, role: str) -> dict[Span, list[Party]]:
    """The fillers that the sentence names, by span; a phrase tied to two entities is one filler."""
    found: dict[Span, list[Party]] = {}
    for party in mark.roles.get(role, ()):
        if party.span is not None:
            found.setdefault(party.span, []).append(party)
    return found


def pair_fillers(one: Pair, role: str) -> list[tuple[Span, Span]]:
    """Spans of the gold and of the coded mark that share at least half of their characters."""
    return pair(list(named(one.gold, role)), list(named(one.coded, role)), same_filler)


def head(span: Span, words: str) -> Span:
    """The head word of a phrase, by its form alone: the last word before a comma, a preposition or a conjunction."""
    at, found = span[0], None
    for word in words.split(" "):
        bare = word.strip("\"'“”‘’()[],.")
        if bare.lower() in _AFTER_HEAD and found:
            break
        if bare:
            start = at + word.index(bare)
            found = (start, start + len(bare.removesuffix("'s").removesuffix("’s")))
        if word.endswith(","):
            break
        at += len(word) + 1
    return found or span


def same_entity(gold: Party, coded: Party) -> float:
    """Whether two fillers stand for the same: a name or mention that both are known by."""
    return float(bool(gold.names & coded.names))
