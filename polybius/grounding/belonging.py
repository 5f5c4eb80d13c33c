"""How well a country suits a phrase that names none: what the words around it say, weighed by a linear model.

The weights are a table, made by training/fit_countries.py from annotated reports of training.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from polybius.grounding.article import Article
from polybius.grounding.sectors import OFFICIAL, phrase_head
from polybius.records import Sentence, Span

MOST = 2  # votes of one kind and position that count
NOBODY = "nobody"
ARMED = frozenset({"REB", "UAF", "PRM", "CRM"})
ABROAD = frozenset("foreign international regional global world multiple several various other neighbouring".split())
# A word of these stands for the phrase that it belongs to: "Israeli" for the strikes.
WITHIN = frozenset({"amod", "compound", "flat", "nmod:poss", "nmod:desc", "nmod:unmarked", "appos", "conj"})
PARTS = {
    "nsubj": "subject",
    "nsubj:pass": "object",
    "obj": "object",
    "iobj": "object",
    "obl:agent": "subject",
    "obl": "oblique",
    "nmod": "oblique",
}


@dataclass(frozen=True, slots=True)
class Vote:
    """A name that speaks for a country: where it stands, of what kind it is, and its part in the clause of a verb."""

    position: int
    end: int
    sentence: int
    code: str
    kind: str
    part: str = "other"
    verb: int = -1


@dataclass(frozen=True, slots=True)
class Asked:
    """A phrase without a country. ``group`` is what kind of actor it is."""

    span: Span
    sentence: Sentence
    head: int
    group: str
    part: str
    verb: int
    modifiers: frozenset[str]


def asked(article: Article, span: Span, sectors: Sequence[str]) -> Asked | None:
    """What is asked of the words around a phrase."""
    found = article.words(span)
    if found is None:
        return None
    sentence, words = found
    head = phrase_head(sentence, words)
    forms = frozenset(sentence.forms[i].lower() for i in words)
    return Asked(span, sentence, head, group_of(sentence, head, sectors), *part_of(sentence, head), forms & ABROAD)


def group_of(sentence: Sentence, head: int, sectors: Sequence[str]) -> str:
    if not sectors:
        return "name" if sentence.upos[head] == "PROPN" else "thing"
    if sectors[0] in OFFICIAL:
        return "state"
    return "armed" if sectors[0] in ARMED else "business" if sectors[0] == "BUS" else "people"


def part_of(sentence: Sentence, word: int) -> tuple[str, int]:
    """The part that a word's phrase plays, and the word that governs it."""
    heads, relations = sentence.heads, sentence.deprels
    for _ in range(4):
        if relations[word] not in WITHIN or heads[word] < 0:
            break
        word = heads[word]
    return PARTS.get(relations[word], "other"), heads[word]


def place_of(vote: Vote, here: int, span: Span) -> int:
    """In the sentence of the phrase before it and after it, one sentence before, earlier, one after, later."""
    away = vote.sentence - here
    if away == 0:
        return 0 if vote.position < span.start else 1
    return (2 if away == -1 else 3) if away < 0 else 4 if away == 1 else 5


# --- what speaks for a country, and for none -----------------------------------------------------------------------------


def candidates(what: Asked, votes: Sequence[Vote]) -> Iterator[tuple[str | None, list[str]]]:
    """Nobody's country, and those that are voted for, each with its features."""
    by_code: dict[str, list[Vote]] = defaultdict(list)
    for vote in votes:
        by_code[vote.code].append(vote)
    yield None, list(of_nobody(what, votes, len(by_code)))
    near = list(nearest(what, votes))
    for code, own in by_code.items():
        yield code, [*of_country(what, own, len(votes)), *(f for of, f in near if of == code)]


def of_nobody(what: Asked, votes: Sequence[Vote], countries: int) -> Iterator[str]:
    here = any(v.sentence == what.sentence.index for v in votes)
    yield NOBODY
    yield f"{NOBODY} {what.group}"
    yield f"{NOBODY} {what.group} {what.part}"
    yield f"{NOBODY} countries {min(countries, 4)}"
    yield f"{NOBODY} here {here}"
    yield f"{NOBODY} noun {what.sentence.lemmas[what.head].lower()}"
    for word in what.modifiers:
        yield f"{NOBODY} {word}"


def of_country(what: Asked, own: Sequence[Vote], total: int) -> Iterator[str]:
    counted: Counter[tuple[str, int]] = Counter()
    for vote in own:
        key = vote.kind, place_of(vote, what.sentence.index, what.span)
        counted[key] += 1
        if counted[key] <= MOST:
            yield f"{vote.kind} {key[1]}"
            yield f"{what.group} {vote.kind} {key[1]}"
    share = int(4 * len(own) / total)
    yield f"share {share}"
    yield f"{what.group} share {share}"
    beside = [v for v in own if v.sentence == what.sentence.index]
    yield from dict.fromkeys(f"{what.part} beside {v.part} {v.verb == what.verb} {v.kind}" for v in beside)
    if any(v.verb == what.head for v in beside):
        yield "below"


def nearest(what: Asked, votes: Sequence[Vote]) -> Iterator[tuple[str, str]]:
    """The nearest vote on either side, and the first of the article: its country and what that is called."""
    before = next((v for v in reversed(votes) if v.end <= what.span.start), None)
    after = next((v for v in votes if v.position >= what.span.end and v.sentence == what.sentence.index), None)
    for vote, name in ((before, "before"), (after, "after"), (votes[0], "first")):
        if vote is not None:
            yield vote.code, f"{name} {vote.kind}"
            yield vote.code, f"{what.group} {name}"


# --- the choice ---------------------------------------------------------------------------------------------------------


def ranking(
    what: Asked, votes: Sequence[Vote], weights: Mapping[str, float] | None = None
) -> list[tuple[str | None, float]]:
    """Countries, None for nobody's, with how likely each is, the likeliest first."""
    known = packaged() if weights is None else weights
    scored = [(code, sum(known.get(f, 0.0) for f in features)) for code, features in candidates(what, votes)]
    top = max(score for _, score in scored)
    powers = [(code, math.exp(score - top)) for code, score in scored]
    total = sum(power for _, power in powers)
    return sorted(((code, power / total) for code, power in powers), key=lambda row: (-row[1], row[0] or ""))


@cache
def packaged() -> Mapping[str, float]:
    """Weight of each feature."""
    text = resources.files("polybius.grounding").joinpath("country_weights.tsv").read_text("utf-8")
    return MappingProxyType({name: float(weight) for name, weight in (row.split("\t") for row in text.splitlines())})
