"""How many were killed, injured, arrested: the numbers beside the words that say so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from polybius.coding.tree import Tree
from polybius.records import Span

Harm = Literal["killed", "injured", "arrested"]
HARMS: dict[str, Harm] = {
    **dict.fromkeys(("kill", "die", "dead", "death", "fatality", "slay", "massacre", "murder"), "killed"),
    **dict.fromkeys(("injure", "wound", "hurt", "injured", "wounded", "injury"), "injured"),
    **dict.fromkeys(("arrest", "detain", "detention", "jail", "imprison"), "arrested"),
}
FAMILIES: dict[Harm, frozenset[str]] = {
    "killed": frozenset({"ASSAULT", "PROTEST"}),
    "injured": frozenset({"ASSAULT", "PROTEST"}),
    "arrested": frozenset({"COERCE", "PROTEST"}),
}
UNITS = dict(zip("no one two three four five six seven eight nine ten eleven twelve".split(), range(13), strict=True))
TEENS = {"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
WORDS = {**UNITS, **TEENS, **TENS}
SCALES = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "million": 1_000_000}
VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000}
LEAST = re.compile(r"\b(at least|more than|over|no fewer than|not less than|upwards of)\s+$", re.I)
MOST = re.compile(r"\b(at most|up to|as many as|fewer than|less than|no more than)\s+$", re.I)
ABOUT = re.compile(r"\b(about|around|some|nearly|almost|approximately|roughly)\s+$", re.I)
DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
REACH = 24  # characters before a number in which "at least" is looked for
STEPS = 4  # edges of the tree between a trigger and the word of harm


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people and the words that give it."""

    low: int | None
    best: int | None
    high: int | None
    span: Span


def counts(text: str, tree: Tree, trigger: Span, event: str) -> dict[Harm, Count]:
    """The numbers that belong to a trigger, by kind of harm."""
    wanted = {harm for harm, events in FAMILIES.items() if event in events}
    words = tree.words(trigger)
    if not wanted or not words:
        return {}
    found: dict[Harm, Count] = {}
    for word in near(tree, tree.tops(words)[0]):
        harm = HARMS.get(tree.lemma(word))
        if harm not in wanted or harm is None or harm in found:
            continue
        count = next((c for c in (counted(text, tree, at) for at in sufferers(tree, word)) if c), None)
        if count is not None:
            found[harm] = count
    return found


def near(tree: Tree, start: int) -> list[int]:
    """The words within a few edges of a word, nearest first."""
    edge, known = [start], {start: None}
    for _ in range(STEPS):
        around = sorted({n for word in edge for n in (tree.head(word), *tree.children[word]) if n >= 0})
        edge = [word for word in around if word not in known]
        known.update(dict.fromkeys(edge))
    return list(known)


def sufferers(tree: Tree, harm: int) -> list[int]:
    """Where the number of a word of harm may stand: on who suffers it, or on the word itself."""
    if tree.upos(harm) in ("NOUN", "NUM"):
        return [harm, *tree.kids(harm, "nmod")]
    order = tree.kids(harm, "obj", "nsubj:pass")
    if tree.lemma(harm) in ("die", "dead") or tree.upos(harm) == "ADJ":
        order = [*tree.kids(harm, "nsubj", "nummod"), *order, harm]
    if tree.rel(harm) in ("acl", "amod") and tree.head(harm) >= 0:
        order.append(tree.head(harm))
    if tree.rel(harm) == "conj" and not order:
        above = tree.head(harm)
        order += [*tree.kids(above, "nsubj:pass"), *([] if tree.lemma(above) in HARMS else tree.kids(above, "obj"))]
    return order


def counted(text: str, tree: Tree, noun: int) -> Count | None:
    """The number of a noun phrase."""
    if tree.upos(noun) == "NUM" or tree.lemma(noun) in SCALES or tree.sentence.forms[noun].lower() in VAGUE:
        word = noun
    else:
        found = tree.kid(noun, "nummod")
        if found is None:
            none = tree.kid(noun, "det")
            found = none if none is not None and tree.lemma(none) == "no" else None
        if found is None:
            return None
        word = found
    first = last = word
    while first > 0 and tree.head(first - 1) == word and is_number(tree, first - 1):
        first -= 1
    while last + 1 < len(tree.sentence) and tree.head(last + 1) == word and is_number(tree, last + 1):
        last += 1
    return measured(text, tree, first, last)


def is_number(tree: Tree, word: int) -> bool:
    lemma = tree.lemma(word)
    return tree.upos(word) == "NUM" or lemma in SCALES or lemma in WORDS


def measured(text: str, tree: Tree, first: int, last: int) -> Count | None:
    """Low, best and high of a run of number words, with the "at least" before it."""
    span = tree.span(first, last)
    vague = VAGUE.get(span.of(text).lower())
    if vague is not None:
        return Count(vague, None, None, span)
    value = number(span.of(text))
    if value is None:
        return None
    before = text[max(span.start - REACH, tree.sentence.span.start) : span.start]
    least, most, about = LEAST.search(before), MOST.search(before), ABOUT.search(before)
    hedge = least or most or about
    if hedge:
        span = Span(span.start - len(before) + hedge.start(1), span.end)
    if most:
        return Count(None, value, value, span)
    return Count(value if not about else None, value, None if least or about else value, span)


def number(words: str) -> int | None:
    """The value of a number in digits or words: "1,200", "twenty-one", "two dozen", "3 million"."""
    total = part = 0
    found = False
    for token in re.split(r"[\s-]+", words.lower()):
        if token in SCALES:
            part = max(part, 1) * SCALES[token]
            if SCALES[token] >= 1000:
                total, part = total + part, 0
        elif token in WORDS:
            part += WORDS[token]
        elif DIGITS.fullmatch(token):
            part += int(token.replace(",", ""))
        elif token not in ("a", "an", "and"):
            return None
        found = True
    return total + part if found else None
