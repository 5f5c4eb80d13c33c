"""What the words of a phrase tell about whom it names: states, bodies of the actor table, role nouns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from polybius.grounding.sectors import Unit, is_former, sectors_of, units
from polybius.records import Sentence
from polybius.reference import Entry, Known, World, folded, normal

STATES = ("country", "adjective", "people", "capital")
AGAINST = frozenset({"pro", "anti", "non", "ex"})  # "pro-Iranian" does not make Iranian
BACKED = frozenset(
    "backed led aligned sponsored supported occupied controlled held made built allied trained funded linked armed".split()
)
ELSEWHERE = frozenset({"to", "for", "against", "with", "on", "over", "about", "toward", "towards", "into"})


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a sentence that stand in a table."""

    start: int
    end: int
    known: Known
    entries: tuple[Entry, ...] = ()
    text: str = ""

    @property
    def is_state(self) -> bool:
        return self.known.kind in STATES


@dataclass(frozen=True, slots=True)
class Clues:
    """A phrase read against the tables. ``head`` is the position of its head word in the sentence."""

    sentence: Sentence
    words: range
    head: int
    hits: tuple[Hit, ...]
    units: tuple[Unit, ...]
    sectors: tuple[str, ...]
    former: bool

    @property
    def bodies(self) -> tuple[Hit, ...]:
        return tuple(h for h in self.hits if not h.is_state)

    @property
    def states(self) -> tuple[Hit, ...]:
        """The states that may tell whose the head is, best first: right before the head, then after it."""
        usable = [h for h in self.hits if h.is_state and (self.is_whole(h) or self.belongs(h))]
        before = [h for h in usable if h.start <= self.head]
        after = [h for h in usable if h.start > self.head]
        return (*reversed(before), *after)

    @property
    def code(self) -> str | None:
        return next((h.known.code for h in self.states if h.known.code), None)

    def is_whole(self, hit: Hit) -> bool:
        """Whether the phrase is nothing but the state's name ("Chinese" of "Chinese-made")."""
        return hit.end == self.words[-1] + 1 and all(
            f.lower() == "the" for f in self.sentence.forms[self.words[0] : hit.start]
        )

    def belongs(self, hit: Hit) -> bool:
        """Not "pro-Iranian", "Turkish-backed", or the far side of "the ambassador to Spain"."""
        forms = [f.lower() for f in self.sentence.forms]
        first, end = hit.start, hit.end
        if first > 0 and forms[first - 1] == "ethnic":
            return False
        if first > 1 and forms[first - 1] == "-" and forms[first - 2] in AGAINST:
            return False
        if end + 1 < len(forms) and forms[end] == "-" and forms[end + 1] in BACKED:
            return False
        if end < len(forms) and forms[end].lstrip("-") in BACKED and forms[end].startswith("-"):
            return False
        preposition = next((f for f in reversed(forms[self.words[0] : first]) if f not in ("the", "a", "southern")), "")
        return not (first > self.head and preposition in ELSEWHERE)


def read(sentence: Sentence, words: range, head: int, world: World) -> Clues:
    """All clues of a phrase."""
    hits = tuple(find(sentence, words, world))
    taken = frozenset(i for h in hits for i in range(h.start, h.end))
    found = units(sentence, words, world.roles, taken)
    sectors = sectors_of(sentence, words, head, found)
    return Clues(sentence, words, head, hits, tuple(found), sectors, is_former(sentence, words))


def joined_states(clues: Clues) -> tuple[str, ...]:
    """The codes of states that "and" joins in a phrase: "the ministers of Guyana and Suriname"."""
    hits = [h for h in clues.hits if h.is_state and h.known.code]
    forms = [f.lower() for f in clues.sentence.forms]
    together: list[Hit] = []
    for one, two in zip(hits, hits[1:], strict=False):
        between = [f for f in forms[one.end : two.start] if f not in ("the", "an", "a")]
        if between in (["and"], [","], [",", "and"]):
            together += [one, two]
    joined = any(forms[h.start - 1 - (forms[h.start - 1] in ("the", "an", "a"))] == "and" for h in together)
    return tuple(dict.fromkeys(h.known.code for h in together if h.known.code)) if joined else ()


def find(sentence: Sentence, words: range, world: World) -> Iterator[Hit]:
    """Phrases of the tables in some words of a sentence, longest first; only words that are written as names."""
    position = words[0]
    while position <= words[-1]:
        hit = _at(sentence, position, words[-1] + 1, world) if _may_start(sentence.forms[position]) else None
        if hit is not None:
            yield hit
        position = hit.end if hit is not None else position + 1


def _may_start(form: str) -> bool:
    return form[:1].isupper() or form[:1].isdigit() or form.lower().startswith("al-") or not form.isascii()


def _at(sentence: Sentence, start: int, stop: int, world: World) -> Hit | None:
    for end in range(min(start + world.longest, stop), start, -1):
        if not any(c.isalnum() for c in sentence.forms[end - 1]):
            continue
        text = _text(sentence, start, end)
        known = world.phrases.get(normal(text))
        if known is not None and (known.kind in STATES or credible(sentence, start, end, known)):
            entries = () if known.kind in STATES else world.bodies(text)
            return Hit(start, end, known, entries, text)
    return None


def _text(sentence: Sentence, start: int, end: int) -> str:
    parts = [sentence.forms[start]]
    for i in range(start + 1, end):
        glue = "" if sentence.starts[i] == sentence.ends[i - 1] else " "
        parts.append(glue + sentence.forms[i])
    return "".join(parts)


def credible(sentence: Sentence, start: int, end: int, known: Known) -> bool:
    """Whether words are a body's name rather than words that happen to be written like it ("Time", "Who")."""
    whole = all(sentence.starts[i] == sentence.ends[i - 1] for i in range(start + 1, end))
    if end - start > 1 and not whole:
        proper = start > 0 or sentence.upos[start] == "PROPN" or sentence.forms[start].isupper()
        return proper or any(f[:1].isupper() for f in sentence.forms[start + 1 : end]) or len(known.name.split()) > 2
    form = "".join(sentence.forms[start:end])
    if len(form) <= 4 and not form.isupper() and folded(form) != folded(known.name):
        return False
    return start > 0 or sentence.upos[start] == "PROPN" or form.upper() == form
