"""One coded text against its gold: counts of every task, and what went wrong with the sentence around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from polybius.evaluation import fields
from polybius.evaluation.annotations import ROLES
from polybius.evaluation.counts import Counts
from polybius.evaluation.gold import Mark, MarkedText
from polybius.evaluation.pairs import Alignment, Pair, align, named

NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Mistake:
    """A disagreement: the field, what the gold has and what was coded, as classes; ``words`` and sentence beside it."""

    field: str
    gold: str
    coded: str
    document: str
    sentence: str
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Counts by task, and mistakes; a text that is ``score_only`` has none to show."""

    counts: Counts
    mistakes: tuple[Mistake, ...] = ()


def compare(gold: MarkedText, coded: MarkedText) -> Comparison:
    """Score one text. Of a text that only scores no mistake is looked at, here and so nowhere."""
    if gold.id != coded.id:
        raise ValueError(f"the gold of {gold.id!r} cannot score {coded.id!r}")
    found = align(gold, coded)
    counts = {
        **fields.triggers(gold, coded, found),
        **fields.types_of_sentences(gold, coded),
        **fields.modes(found),
        **fields.statuses(found),
        **fields.contexts(gold, coded),
        **fields.roles(found),
        **fields.sides(gold, coded, found),
        **fields.implicit(found),
        **fields.sources(found),
        **fields.codes(found),
        **fields.places(found),
        **fields.dates(found),
        **fields.incidents(found),
        **fields.quiet_sentences(gold, coded),
        **fields.budget(gold, found),
    }
    return Comparison(counts, () if gold.score_only else tuple(_mistakes(gold, coded, found)))


def _mistakes(gold: MarkedText, coded: MarkedText, found: Alignment) -> Iterator[Mistake]:
    places = _Places(gold, coded)
    for mark in found.missed:
        yield places.mistake("event", mark.event, NOTHING, mark)
    for mark in found.spurious:
        yield places.mistake("event", NOTHING, mark.event, mark)
    for one in found.other:
        yield places.mistake("type", one.gold.event, one.coded.event, one.gold)
    for one in found.same:
        yield from _field_mistakes(one, places)


@dataclass(frozen=True, slots=True)
class _Places:
    """Finds the sentence of a mark; the coder's sentences serve where the gold gives none."""

    gold: MarkedText
    coded: MarkedText

    def mistake(self, field: str, gold: str, coded: str, mark: Mark, words: str = "") -> Mistake:
        text = self.gold.text or self.coded.text
        known = (*self.gold.sentences, *self.coded.sentences)
        start = mark.trigger[0]
        sentence = next((text[a:b] for a, b in known if a <= start < b), "")
        return Mistake(field, gold, coded, self.gold.id, sentence, words or text[slice(*mark.trigger)])


def _field_mistakes(one: Pair, places: _Places) -> Iterator[Mistake]:
    gold, coded = one.gold, one.coded
    if gold.status is not None and gold.status != coded.status:
        yield places.mistake("status", gold.status, coded.status or NOTHING, gold)
    if gold.modes is not None and gold.modes != coded.modes:
        yield places.mistake(f"mode of {gold.event}", _listed(gold.modes), _listed(coded.modes or frozenset()), gold)
    for role in (r for r in ROLES if r in gold.roles):
        count = fields.role_count(one, role)
        if not count.right == count.predicted == count.gold:
            words = f"{_words(gold, role)} | {_words(coded, role)}"
            yield places.mistake(role, _size(count.gold), _size(count.predicted), gold, words)


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or NOTHING


def _size(number: int) -> str:
    return ("nothing", "one phrase")[number] if number < 2 else "several phrases"


def _words(mark: Mark, role: str) -> str:
    return "; ".join(parties[0].words for parties in named(mark, role).values()) or "–"
