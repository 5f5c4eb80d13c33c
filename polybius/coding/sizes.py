"""Numbers of people as news writes them: "at least 12", "between 30 and 40", "two dozen", "hundreds", "no one"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from polybius.coding.tree import Tree
from polybius.records import Span

UNITS = dict(zip("no one two three four five six seven eight nine ten eleven twelve".split(), range(13), strict=True))
TEENS = {"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
WORDS = {**UNITS, **TEENS, **TENS}
SCALES = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "million": 1_000_000}
# What a plural without a number says at the least: two of them.
VAGUE = {"tens": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "millions": 2_000_000}
SEVERAL = frozenset({"several", "few", "many", "some"})
LEAST = re.compile(
    r"\b(at least|more than|over|no fewer than|not less than|upwards of|a minimum of)\W{1,3}(?:an?\s)?$", re.I
)
MOST = re.compile(r"\b(at most|up to|as many as|fewer than|less than|no more than|under)\W{1,3}(?:an?\s)?$", re.I)
ABOUT = re.compile(
    r"\b(about|around|some|nearly|almost|approximately|roughly|close to|(?:an )?estimated)\W{1,3}(?:an?\s)?$", re.I
)
OR_MORE = re.compile(r"\s+(or more|and counting)\b", re.I)
DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
RANGE_WORD = r"(?:\d[\d,.]*(?: (?:thousand|million))?|[a-z]+(?:[ -](?:hundred|thousand|million|dozen|one|two|three|four|five|six|seven|eight|nine))?)"
RANGE = re.compile(
    rf"\bbetween ({RANGE_WORD}) and ({RANGE_WORD})\b|\b({RANGE_WORD})(?: to |–|-| or )({RANGE_WORD})\b", re.I
)
REACH = 28  # characters before a number in which "at least" is looked for


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people and the words that give it. What the words leave open is None."""

    low: int | None
    best: int | None
    high: int | None
    span: Span


def summed(counts: list[Count]) -> Count:
    """The sum of several counts; what one of them leaves open, the sum leaves open."""
    return Count(
        total([count.low for count in counts]),
        total([count.best for count in counts]),
        total([count.high for count in counts]),
        Span(min(count.span.start for count in counts), max(count.span.end for count in counts)),
    )


def total(numbers: list[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def form_of(tree: Tree, word: int) -> str:
    """The word in lower case. Numbers and words of harm go by their forms: a lemma is one more thing to be wrong."""
    return tree.sentence.forms[word].lower()


def is_number(tree: Tree, word: int) -> bool:
    form = form_of(tree, word)
    return form not in ("no", "a", "an", "and", "-") and number(form) is not None


def vague(tree: Tree, word: int) -> bool:
    return form_of(tree, word) in VAGUE


def measured(text: str, tree: Tree, word: int) -> Count | None:
    """Low, best and high of the run of number words around a word, with the "at least" before it."""
    if vague(tree, word):
        return vaguely(tree, word)
    first, last = run(tree, word)
    span = tree.span(first, last)
    around = ranged(text, tree.sentence.span, span)
    if around:
        return around
    value = number(span.of(text))
    if value is None or percentage(text, span):
        return None
    if first > 0 and form_of(tree, first - 1) in SEVERAL and form_of(tree, last) in SCALES:
        return Count(2 * value, None, None, tree.span(first - 1, last))
    return hedged(text, tree.sentence.span.start, span, value)


def hedged(text: str, start: int, span: Span, value: int) -> Count:
    """What the words around a number say of its bounds."""
    before = text[max(span.start - REACH, start) : span.start]
    least, most, about = LEAST.search(before), MOST.search(before), ABOUT.search(before)
    hedge, more = least or most or about, OR_MORE.match(text, span.end)
    if hedge:
        span = Span(span.start - len(before) + hedge.start(1), span.end)
    if more:
        return Count(value, value, None, Span(span.start, more.end()))
    if most:
        return Count(None, value, value, span)
    return Count(value if not about else None, value, None if hedge else value, span)


def percentage(text: str, span: Span) -> bool:
    return re.match(r"\s?(%|percent\b|per cent\b)", text[span.end : span.end + 9]) is not None


def vaguely(tree: Tree, word: int) -> Count:
    """ "dozens", "tens of thousands"."""
    forms = [form.lower() for form in tree.sentence.forms[word : word + 3]]
    low = VAGUE[forms[0]]
    if len(forms) == 3 and forms[1] == "of" and forms[2] in ("thousands", "millions"):
        return Count(low * (VAGUE[forms[2]] // 2), None, None, tree.span(word, word + 2))
    return Count(low, None, None, tree.span(word, word))


def run(tree: Tree, word: int) -> tuple[int, int]:
    """The first and last of the number words that stand together: "two thousand five hundred", "twenty - one"."""
    first = last = word
    while first > 0 and (is_number(tree, first - 1) or (hyphen(tree, first - 1) and is_number(tree, first - 2))):
        first -= 1
    size = len(tree.sentence)
    while last + 1 < size and (is_number(tree, last + 1) or (hyphen(tree, last + 1) and is_number(tree, last + 2))):
        last += 1
    return first, last


def hyphen(tree: Tree, word: int) -> bool:
    return 0 < word < len(tree.sentence) - 1 and tree.sentence.forms[word] == "-"


def ranged(text: str, sentence: Span, span: Span) -> Count | None:
    """ "between 30 and 40", "30 to 40": a range has no best figure."""
    for found in RANGE.finditer(text, max(sentence.start, span.start - 2 * REACH), min(sentence.end, span.end + REACH)):
        ends = [number(group) for group in found.groups() if group]
        if found.start() < span.end and span.start < found.end() and None not in ends:
            low, high = ends
            if low is not None and high is not None and 0 < low < high:
                return Count(low, None, high, Span(*found.span()))
    return None


def number(words: str) -> int | None:
    """The value of a number in digits or words: "1,200", "twenty-one", "two dozen", "3 million"."""
    total = part = 0.0
    found = False
    for token in re.split(r"[\s-]+", words.lower().strip("-")):
        if token in SCALES:
            part = max(part, 1) * SCALES[token]
            if SCALES[token] >= 1000:
                total, part = total + part, 0
        elif token in WORDS:
            part += WORDS[token]
        elif DIGITS.fullmatch(token):
            part += float(token.replace(",", ""))
        elif token not in ("a", "an", "and"):
            return None
        found = True
    value = round(total + part, 6)
    return int(value) if found and value.is_integer() else None
