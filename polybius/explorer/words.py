"""Words of articles as safe HTML, with fields marked in them.

Offsets are code points of Python's, so marking is done here and not in the browser, whose strings count UTF-16. Marks may
nest and overlap in any way: one that ends inside another is closed and opened again, so that the output is always well formed.
Taking the tags away gives the text back, apart from what HTML cannot carry: NUL and halves of characters are U+FFFD.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from markupsafe import Markup, escape

# What a mark can be, and the word that stands beside it: fields differ by colour, by kind of line, and by this word.
LABELS = {
    "claim": "claim",
    "trigger": "event",
    "actor": "actor",
    "recipient": "recipient",
    "place": "place",
    "date": "date",
    "by": "said by",
    "size": "number",
    "name": "name",
    "chain": "same",
}
HEIGHTS = 4  # lines under a word that can be told apart

_NAMES = {
    0x00AD: "SHY",
    0x061C: "ALM",
    0x180E: "MVS",
    0x200B: "ZWSP",
    0x200C: "ZWNJ",
    0x200D: "ZWJ",
    0x200E: "LRM",
    0x200F: "RLM",
    0x2028: "LS",
    0x2029: "PS",
    0x202A: "LRE",
    0x202B: "RLE",
    0x202C: "PDF",
    0x202D: "LRO",
    0x202E: "RLO",
    0x2060: "WJ",
    0x2066: "LRI",
    0x2067: "RLI",
    0x2068: "FSI",
    0x2069: "PDI",
    0xFEFF: "BOM",
}
_JOINERS = "\u200c\u200d"
_TAGS = range(0xE0000, 0xE0080)
_FLAG = "\U0001f3f4"
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters of a text that a field stands in. ``label`` is a key of LABELS, ``title`` what a pointer is told.

    ``note`` is shown beside the words in place of the label's word; ``id`` makes them the target of a link.
    """

    start: int
    end: int
    label: str
    title: str = ""
    note: str | None = None
    id: str = ""


def highlight(text: str, marks: Iterable[Mark] = (), start: int = 0, end: int | None = None) -> Markup:
    """The text from ``start`` to ``end`` with its marks. Marks outside it, and empty ones, leave nothing."""
    stop = len(text) if end is None else max(start, min(end, len(text)))
    inside = _ordered(marks, start, stop)
    heights = _heights(inside)
    cuts = sorted({start, stop, *(edge for mark in inside for edge in (mark.start, mark.end))})
    out: list[str] = []
    stack: list[int] = []
    waiting = 0
    for here, there in pairwise(cuts):
        while waiting < len(inside) and inside[waiting].start == here:
            out.append(_opening(inside[waiting], heights[waiting], first=True))
            stack.append(waiting)
            waiting += 1
        out.append(_plain(text, here, there))
        stack = _close(out, stack, inside, heights, there)
    return Markup("".join(out))


def visible(text: str | None) -> Markup:
    """Words without marks, their invisible characters shown."""
    return highlight(text or "")


def _ordered(marks: Iterable[Mark], start: int, stop: int) -> list[Mark]:
    """The marks inside the range, outer before inner; those of one label on the same words are one."""
    found: dict[tuple[int, int, str], Mark] = {}
    for mark in marks:
        cut = replace(mark, start=max(mark.start, start), end=min(mark.end, stop))
        if cut.start < cut.end:
            key = cut.start, cut.end, cut.label
            found[key] = _joined(found[key], cut) if key in found else cut
    order = {label: n for n, label in enumerate(LABELS)}
    return sorted(found.values(), key=lambda mark: (mark.start, -mark.end, order.get(mark.label, 0), mark.label))


def _joined(one: Mark, two: Mark) -> Mark:
    titles = one.title.split("\n")
    title = one.title if two.title in titles else "\n".join(filter(None, (one.title, two.title)))
    notes = dict.fromkeys(note for note in (one.note, two.note) if note)
    return replace(one, title=title, note=", ".join(notes) if notes else one.note, id=one.id or two.id)


def _heights(marks: Sequence[Mark]) -> list[int]:
    """How many marks lie in each, itself counted: so far its line stands below the words."""
    found = [1] * len(marks)
    for at in reversed(range(len(marks))):
        for other in range(at + 1, len(marks)):
            if marks[other].start >= marks[at].end or found[at] >= HEIGHTS:
                break
            found[at] = max(found[at], min(HEIGHTS, found[other] + 1))
    return found


def _close(out: list[str], stack: list[int], marks: Sequence[Mark], heights: Sequence[int], at: int) -> list[int]:
    """End the marks that end here. Those opened after them are closed too, and opened again."""
    ending = [depth for depth, number in enumerate(stack) if marks[number].end == at]
    if not ending:
        return stack
    above = stack[ending[0] :]
    for number in reversed(above):
        out.append(_closing(marks[number], last=marks[number].end == at))
    going_on = [number for number in above if marks[number].end != at]
    out.extend(_opening(marks[number], heights[number], first=False) for number in going_on)
    return stack[: ending[0]] + going_on


def _opening(mark: Mark, height: int, first: bool) -> str:
    label = mark.label if mark.label in LABELS else "name"
    again = "" if first else " again"
    parts = [f'<mark class="w w-{label} h{height}{again}"']
    if first and mark.id:
        parts.append(f' id="{escape(_carried(mark.id))}"')
    if mark.title:
        parts.append(f' title="{escape(_carried(mark.title))}"')
    return "".join([*parts, ">"])


def _closing(mark: Mark, last: bool) -> str:
    """The label comes from the style sheet, so that it is neither copied nor searched with the words."""
    note = LABELS.get(mark.label, mark.label) if mark.note is None else mark.note
    return f'<span class="l" data-l="{escape(_carried(note))}"></span></mark>' if last and note else "</mark>"


# --- characters ----------------------------------------------------------------------------------------------------


def _plain(text: str, start: int, end: int) -> str:
    """A stretch of text, escaped, its invisible characters shown."""
    out: list[str] = []
    since = start
    for at in range(start, end):
        if hidden(text, at):
            out += (escape(text[since:at]), _shown(text[at]))
            since = at + 1
    return "".join([*out, escape(text[since:end])])


def _shown(letter: str) -> str:
    """An invisible character, in an isolate of its own: an override cannot turn what follows."""
    carried = "&#13;" if letter == "\r" else _carried(letter)
    return f'<span class="ctl" data-c="{_name(letter)}" title="{_said(letter)}">{carried}</span>'


def hidden(text: str, at: int) -> bool:
    """Whether a character is one that nobody would see. Joiners inside emoji and words of joining scripts belong there."""
    letter = text[at]
    if letter.isprintable() or letter in "\n\t":
        return False
    if letter in _JOINERS:
        return not _joins(text, at)
    if ord(letter) in _TAGS:
        return not _in_flag(text, at)
    return ord(letter) in _NAMES or unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _joins(text: str, at: int) -> bool:
    around = text[at - 1 : at] + text[at + 1 : at + 2]
    return len(around) == 2 and all(not one.isascii() and unicodedata.category(one)[0] in "LMS" for one in around)


def _in_flag(text: str, at: int) -> bool:
    while at > 0 and ord(text[at]) in _TAGS:
        at -= 1
    return text[at] == _FLAG


def _carried(text: str) -> str:
    """Text that HTML and UTF-8 can carry."""
    return "".join(_REPLACEMENT if one == "\0" or 0xD800 <= ord(one) < 0xE000 else one for one in text)


def _name(letter: str) -> str:
    return _NAMES.get(ord(letter)) or f"U+{ord(letter):04X}"


def _said(letter: str) -> str:
    return f"U+{ord(letter):04X} {unicodedata.name(letter, 'control character')}, which is not seen"
