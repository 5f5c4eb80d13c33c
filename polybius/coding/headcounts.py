"""Phrases that say how many people: "at least two dozen police officers", "three women and a child", "no one".

They are found by the order of the words and not by the tree: a number stands in its phrase whatever the tree says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from polybius.coding.harm import NOUNS, STATES
from polybius.coding.sizes import Count, form_of, is_number, measured, run, summed, vague
from polybius.coding.tree import Tree

NOBODY = frozenset({"nobody", "none"})
ARTICLES = frozenset({"a", "an", "another"})
BE = frozenset("is are was were be been being 's 're get gets got".split())
HAVE = frozenset("has have had having".split())
MODAL = frozenset("can could may might would will should must".split())
# Words that end a phrase of people.
LIMITS = (
    BE
    | HAVE
    | MODAL
    | frozenset(
        """and or but nor who whom whose which that when where while after before since as if because although though
        including among in on at by from with for to into near during over under between against within inside outside
        per than off across without amid following until through not dead left did does do it they he she we i this the his her its their our my your these those
        feared confirmed reported believed""".split()
    )
)
# Nouns whose singular is not one person.
GROUPS = frozenset(
    """number group crowd total majority minority handful family couple series host team lot few bunch gang mob party
    convoy pair percentage proportion dozen hundred thousand million third quarter half result case year day week month
    surge wave string spate span bid bus car plane boat house home building war attack bombing fight raid bomb""".split()
)
PARTS = frozenset("including among most mostly many some half both all with".split())
LONGEST = 9  # words of one phrase


@dataclass(frozen=True, slots=True)
class Headcount:
    """Words ``first`` to ``last`` of a sentence and the number that they give."""

    first: int
    last: int
    count: Count
    article: bool = False  # "a soldier": one by the article alone


def headcounts(text: str, tree: Tree, stops: frozenset[int]) -> list[Headcount]:
    """The counted phrases of a sentence in its order; ``stops`` are words that end a phrase."""
    found: list[Headcount] = []
    word = 0
    while word < len(tree.sentence):
        phrase = headcount(text, tree, word, stops)
        if phrase:
            found.append(phrase)
            word = phrase.last + 1
        else:
            word += 1
    return found


def headcount(text: str, tree: Tree, word: int, stops: frozenset[int]) -> Headcount | None:
    """The counted phrase that begins at a word, or at a number there."""
    form = form_of(tree, word)
    if form in NOBODY:
        return Headcount(word, word, Count(0, 0, 0, tree.span(word, word)))
    if form == "no" and form_of(tree, min(word + 1, len(tree.sentence) - 1)) == "one":
        return Headcount(word, word + 1, Count(0, 0, 0, tree.span(word, word + 1)))
    if form in ARTICLES or form == "no":
        return by_determiner(tree, word, stops)
    if is_number(tree, word) or vague(tree, word):
        count = measured(text, tree, word)
        return by_number(tree, word, count, stops) if count and not dated(tree, word) else None
    return None


def by_number(tree: Tree, word: int, count: Count, stops: frozenset[int]) -> Headcount:
    first = min(tree.words(count.span).start, word)
    inside = max(tree.words(count.span).stop - 1, run(tree, word)[1] if not vague(tree, word) else word)
    return Headcount(first, end_of(tree, inside, stops), count)


def by_determiner(tree: Tree, word: int, stops: frozenset[int]) -> Headcount | None:
    """ "no civilians", "a soldier", "another", "a group of 12 men" (whose number is found later)."""
    numbered = word + 1 < len(tree.sentence) and (is_number(tree, word + 1) or vague(tree, word + 1))
    if numbered and not dated(tree, word + 1):
        return None
    last = end_of(tree, word, stops, of=False)
    if form_of(tree, last) == "of":
        return None  # "no fear of being arrested"
    if form_of(tree, word) == "no":
        return Headcount(word, last, Count(0, 0, 0, tree.span(word, last))) if last > word else None
    alone = last == word and form_of(tree, word) != "another"
    if alone or group(tree, last) or ordinal(tree, word + 1):
        return None
    return Headcount(word, last, Count(1, 1, 1, tree.span(word, last)), article=True)


def group(tree: Tree, word: int) -> bool:
    """A noun whose singular is not one person; "year" of "17-year-old" does not count."""
    return form_of(tree, word) in GROUPS and not form_of(tree, word - 1).endswith("-")


def ordinal(tree: Tree, word: int) -> bool:
    """ "a fifth protester" is no count of one."""
    return word < len(tree.sentence) and form_of(tree, word).endswith(("second", "third", "fifth", "th"))


def dated(tree: Tree, word: int) -> bool:
    """A year, a day of a month, an age, a duration: numbers of no people."""
    following = form_of(tree, word + 1) if word + 1 < len(tree.sentence) else ""
    before = tree.sentence.forms[word - 1].lower() if word else ""
    if re.fullmatch(r"(19|20)\d\d", form_of(tree, word)):
        return True  # so many people have a comma: "2,012"
    month = before[:3] in ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    aged = following == "," and before == ","
    rest = "".join(tree.sentence.forms[word + 1 : word + 3]).lower()
    compound = rest.startswith("-") and rest.lstrip("-").split("-")[0] in UNITS_OF_TIME
    fixed = following in UNITS_OF_TIME or following in (
        "percent",
        "%",
        "kilometers",
        "miles",
        "meters",
        "times",
        "-year",
    )
    return (month and before[-1:] in ".yhlenr") or aged or compound or fixed or before in ("age", "aged", "$", "no.")


UNITS_OF_TIME = frozenset(
    "year years month months week weeks day days hour hours minute minutes meter story member star year-old".split()
)


def end_of(tree: Tree, word: int, stops: frozenset[int], of: bool = True) -> int:
    """The last word of the phrase that a number or determiner opens."""
    last = word
    while last + 1 < len(tree.sentence) and last - word < LONGEST:
        form = form_of(tree, last + 1)
        state = form in STATES and last == word  # "a wounded mother"
        if (last + 1 in stops and not state) or limits(tree, last + 1) or (form == "of" and not of):
            break
        last += 1
    return last


def limits(tree: Tree, word: int) -> bool:
    """Whether a word ends a phrase of people: "of the men" goes on, so does "would-be bombers"."""
    form = form_of(tree, word)
    following = form_of(tree, word + 1) if word + 1 < len(tree.sentence) else ""
    if form in LIMITS and form_of(tree, word - 1) == "-":
        return False
    if form in LIMITS:
        goes_on = form in ("the", "those") and form_of(tree, word - 1) == "of"
        return not (following.startswith("-") or goes_on or (form == "and" and between_adjectives(tree, word)))
    if form[0] in "-'’":
        return tree.sentence.ends[word - 1] != tree.sentence.starts[word]  # a dash, not a hyphen
    if not form[0].isalnum():
        return True
    return tree.upos(word) == "VERB" and form not in NOUNS and not form.endswith(("ed", "ing"))


def between_adjectives(tree: Tree, word: int) -> bool:
    """ "seven current and former officials"."""
    return 0 < word < len(tree.sentence) - 1 and tree.upos(word - 1) == tree.upos(word + 1) == "ADJ"


def joined(tree: Tree, phrases: list[Headcount], at: int) -> tuple[int, int, Count]:
    """The run of phrases that "and" or commas join to one: first and last position, and the sum."""
    first = last = at
    while first > 0 and adjacent(tree, phrases[first - 1], phrases[first]):
        first -= 1
    while last + 1 < len(phrases) and adjacent(tree, phrases[last], phrases[last + 1]):
        last += 1
    marks = [between(tree, phrases[at - 1], phrases[at]) for at in range(first + 1, last + 1)]
    if marks and not any("and" in mark for mark in marks):
        return at, at, phrases[at].count  # commas alone set phrases apart
    if form_of(tree, max(phrases[first].first - 1, 0)) in PARTS:
        commas = [at for at in range(first + 1, last + 1) if "," in between(tree, phrases[at - 1], phrases[at])]
        first = max([first, *(comma for comma in commas if comma <= at)])
        last = min([last, *(comma - 1 for comma in commas if comma > at)])
    return first, last, summed([phrase.count for phrase in phrases[first : last + 1]])


def adjacent(tree: Tree, one: Headcount, two: Headcount) -> bool:
    return between(tree, one, two) in (["and"], [","], [",", "and"])


def between(tree: Tree, one: Headcount, two: Headcount) -> list[str]:
    return [form_of(tree, word) for word in range(one.last + 1, two.first)]
