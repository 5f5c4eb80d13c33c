"""Rules of a codebook: what a pattern over words, tree, names and frames adds to the reader's frames, or changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from polybius.records import Reading

ActionKind = Literal["add", "retype", "set", "veto"]

# What a test of a word may look at, and what a test of a frame may.
WORD_TESTS = ("lemma", "form", "upos", "rel", "case", "feat", "name")
FRAME_TESTS = ("event", "status", "mode")
# Where a condition looks, seen from the trigger: words of the tree, or fillers of the frame's roles.
TREE_PLACES = ("child", "head", "subject", "object", "agent", "possessor")

Test = tuple[str, tuple[str, ...]]  # an attribute and the values of which it must have one


@dataclass(frozen=True, slots=True)
class Condition:
    """Somewhere near the trigger there is a word that passes all tests; without tests, there is any word."""

    place: str
    tests: tuple[Test, ...] = ()

    def __str__(self) -> str:
        return f"{self.place} {{{told(self.tests)}}}"


@dataclass(frozen=True, slots=True)
class Action:
    """What a rule does. ``roles`` say for an added frame which words near the trigger fill which role."""

    kind: ActionKind
    event: str = ""
    modes: tuple[str, ...] = ()
    status: str = ""
    roles: tuple[tuple[str, Condition], ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A text in which a rule fires, or must not. ``reading`` is given by hand; else the packaged reader reads."""

    text: str
    line: int
    column: int
    fires: bool
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. Of two, the one with the higher priority comes first, then the one whose id comes first."""

    id: str
    action: Action
    about: str = ""
    priority: int = 0
    trigger: tuple[Test, ...] = ()
    frame: tuple[Test, ...] = ()
    needs: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def found_by(self) -> str:
        """How a report names the rule."""
        return f"rule:{self.id}" if self.action.kind == "add" else f"frame, rule:{self.id}"


def told(tests: tuple[Test, ...]) -> str:
    """Tests as the file has them."""
    return ", ".join(f"{name}: {'|'.join(values)}" for name, values in tests)
