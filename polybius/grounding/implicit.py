"""Roles that a sentence leaves open and the article fills: whom "the arrest" three sentences on was of, and by whom."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal

from polybius.grounding.article import Article, head
from polybius.grounding.coreference import Chains
from polybius.records import Claim, Filler, Reading, Sentence, Span, Trace, TraceEntry
from polybius.reference import normal

Role = Literal["actor", "recipient"]
ROLES: tuple[Role, ...] = ("actor", "recipient")
OTHER: Mapping[Role, Role] = {"actor": "recipient", "recipient": "actor"}
# How sure the model must be: best F1 on bucket 1. Of what is filled in gold claims there six of ten are right, in coded ones three.
THRESHOLD = 0.3
MOST = 24  # candidates, the nearest
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part: a chain, or a phrase that stands alone. ``mentions`` are without pronouns."""

    key: Span
    mentions: tuple[Span, ...]
    sentences: frozenset[int]
    kind: str
    nature: str  # kind of the name, or head noun


@dataclass(frozen=True, slots=True)
class Part:
    """A party in a role of a claim."""

    claim: int
    role: Role
    party: Party
    filled: bool = False


def fill(
    claims: Sequence[Claim], reading: Reading, article: Article, chains: Chains, trace: Trace | None = None
) -> tuple[Claim, ...]:
    """The claims with the roles that the article fills; such a filler is implicit and stands elsewhere in the text."""
    if all(claim.actor and claim.recipient for claim in claims):
        return tuple(claims)
    story = Story(claims, article, chains)
    return tuple(with_fillers(story, at, trace) for at in range(len(claims)))


def with_fillers(story: Story, at: int, trace: Trace | None) -> Claim:
    claim = story.claims[at]
    for role in ROLES:
        if getattr(claim, role):
            continue
        party, sure = best(story, at, role)
        if party is not None:
            story.note(at, role, party)
            filler = Filler(nearest(party, claim.trigger), round(sure, 3), True)
            scores = with_confidence(claim, role, filler)
            if role == "actor":
                claim = replace(claim, actor=(filler,), confidence=scores)
            else:
                claim = replace(claim, recipient=(filler,), confidence=scores)
            if trace is not None:
                words = story.article.text(filler.span)
                trace(TraceEntry("grounding", claim.trigger, f"implicit {role}", "filled", f"{words} {filler.score}"))
    return claim


def with_confidence(claim: Claim, role: Role, filler: Filler) -> tuple[tuple[str, float], ...]:
    """The confidences of a claim with that of a filled role, in the order that coding keeps."""
    scores = dict(claim.confidence) | {role: filler.score}
    order = ("event", "status", "actor", "recipient", "place", "date", "attribution")
    return tuple((name, scores[name]) for name in order if name in scores)


def best(
    story: Story, at: int, role: Role, weights: Mapping[str, float] | None = None, threshold: float = THRESHOLD
) -> tuple[Party | None, float]:
    """The likeliest party for an open role and how likely it is, if it is likely enough."""
    weights = packaged() if weights is None else weights
    scored = [(sum(weights.get(f, 0.0) for f in features), party) for party, features in candidates(story, at, role)]
    if len(scored) < 2:
        return None, 0.0
    top = max(score for score, _ in scored)
    shares = [(math.exp(score - top), party) for score, party in scored]
    total = sum(share for share, _ in shares)
    away = [pair for pair in shares if pair[1] is not None and not story.names(story.claims[at].sentence, pair[1])]
    share, party = max(away, key=lambda pair: pair[0], default=(0.0, None))
    return (party, share / total) if share / total >= threshold else (None, 0.0)


@cache
def packaged() -> Mapping[str, float]:
    """Weight of each feature, as training/fit_coreference.py wrote them."""
    text = resources.files("polybius.grounding").joinpath("implicit_weights.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return MappingProxyType({feature: float(weight) for feature, weight in rows})


def nearest(party: Party, trigger: Span) -> Span:
    """The nearest mention before the trigger, else the nearest after it."""
    return min(party.mentions, key=lambda s: (s.start > trigger.start, abs(s.start - trigger.start)))


class Story:
    """The claims of an article with the parties of each."""

    def __init__(self, claims: Sequence[Claim], article: Article, chains: Chains) -> None:
        self.claims, self.article, self.chains = claims, article, chains
        self.parties: dict[Span, Party] = {}
        self.by_text: dict[str, Party] = {}
        self.parts: list[Part] = []
        self.by_party: dict[Span, list[Part]] = {}
        self.sides: dict[tuple[int, Role], set[Span]] = {}
        for at, claim in enumerate(claims):
            for part in [Part(at, r, p) for r in ROLES for f in getattr(claim, r) for p in self.of(f.span)]:
                self.add(part)
        self.speakers = [[p for s in claim.attribution for p in self.of(s.filler.span)] for claim in claims]
        self.places = [[p for f in claim.place for p in self.of(f.span)] for claim in claims]
        self.lemmas = [self.lemma(claim) for claim in claims]
        self.named = [p for c in chains.chains if (p := self.of(c.best)[0]).kind == "name" and not c.members]

    def add(self, part: Part) -> None:
        self.parts.append(part)
        self.by_party.setdefault(part.party.key, []).append(part)
        self.sides.setdefault((part.claim, part.role), set()).add(part.party.key)

    def names(self, sentence: int, party: Party) -> bool:
        """Whether a sentence names a party itself: then who fills its roles is not for the article to say."""
        span = self.article.sentences[sentence].span
        return any(span.contains(mention) for mention in party.mentions)

    def side(self, claim: int, role: Role) -> Set[Span]:
        """The keys of the parties on one side of a claim."""
        return self.sides.get((claim, role), frozenset())

    def note(self, at: int, role: Role, party: Party) -> None:
        """Remember whom an open role was filled with."""
        self.add(Part(at, role, party, True))

    def of(self, span: Span) -> list[Party]:
        """The party that a filler stands for; several where it stands for a group."""
        chain = self.chains.of(span)
        if chain is None:
            return [self.alone(span)]
        if chain.members:
            return [party for member in chain.members for party in self.of(member)]
        if chain.best not in self.parties:
            named = [m for m in chain.mentions if m.kind != "pronoun"]
            kind = next((m.kind for m in chain.mentions if m.span == chain.best), "description")
            sentences = frozenset(m.sentence for m in chain.mentions)
            nouns = [m for m in named if self.article.sentences[m.sentence].upos[m.word] != "ADJ"]
            spans = tuple(m.span for m in nouns or named or chain.mentions)
            self.parties[chain.best] = Party(chain.best, spans, sentences, kind, self.nature(chain.best))
        return [self.parties[chain.best]]

    def alone(self, span: Span) -> Party:
        text = normal(self.article.text(span))
        if text not in self.by_text:
            found = self.article.words(span)
            sentence = frozenset({found[0].index}) if found else frozenset[int]()
            pronoun = found is not None and found[0].upos[found[1][0]] == "PRON" and len(found[1]) == 1
            self.by_text[text] = Party(span, (span,), sentence, "pronoun" if pronoun else "single", self.nature(span))
        return self.by_text[text]

    def nature(self, span: Span) -> str:
        """The head noun of a description, the kind of a name."""
        found = self.article.words(span)
        if found is None:
            return "none"
        sentence, word = found[0], head(*found)
        names = self.article.names_in(span)
        if sentence.upos[word] == "NOUN":
            return sentence.lemmas[word].lower()
        return names[-1].kind if names else sentence.upos[word]

    def lemma(self, claim: Claim) -> str:
        found = self.word(claim)
        return "" if found is None else found[0].lemmas[found[1]].lower()

    def word(self, claim: Claim) -> tuple[Sentence, int] | None:
        """The head word of a trigger."""
        found = self.article.words(claim.trigger)
        return None if found is None else (found[0], head(*found))


@dataclass(frozen=True, slots=True)
class Gap:
    """An open role of a claim, with what is asked of it again and again."""

    at: int
    role: Role
    claim: Claim
    grammar: str
    own: frozenset[Span]  # who already takes part
    speakers: frozenset[Span]
    closest: Mapping[Role, int]  # how far the nearest other claim of the type is that fills each role


def gap_of(story: Story, at: int, role: Role) -> Gap:
    claim = story.claims[at]
    closest: dict[Role, int] = {}
    for part in story.parts:
        if part.claim != at and story.claims[part.claim].event == claim.event:
            closest[part.role] = min(closest.get(part.role, part.claim + at + 1), abs(part.claim - at))
    own = frozenset(story.side(at, "actor") | story.side(at, "recipient"))
    speakers = frozenset(party.key for party in story.speakers[at])
    return Gap(at, role, claim, grammar(story, claim), own, speakers, closest)


def candidates(story: Story, at: int, role: Role) -> Iterator[tuple[Party | None, list[str]]]:
    """Nobody, and the nearest parties of the article, each with its features."""
    gap = gap_of(story, at, role)
    yield None, list(of_nobody(story, gap))
    parties = {p.party.key: p.party for p in story.parts} | {p.key: p for row in story.speakers for p in row}
    parties |= {p.key: p for p in story.named}
    here = gap.claim.sentence
    near = sorted(parties.values(), key=lambda p: min((abs(s - here) for s in p.sentences), default=99))
    for rank, party in enumerate(near[:MOST]):
        if party.key not in gap.own and party.kind != "pronoun":
            yield party, list(features_of(story, gap, party, rank))


def of_nobody(story: Story, gap: Gap) -> Iterator[str]:
    """What speaks for a role that nobody fills."""
    claim, role = gap.claim, gap.role
    yield f"{NOBODY} {role}"
    yield f"{NOBODY} {role} {claim.event}"
    for mode in claim.modes:
        yield f"{NOBODY} {role} {claim.event} {mode}"
    yield f"{NOBODY} {role} {claim.status}"
    yield f"{NOBODY} {role} {gap.grammar}"
    yield f"{NOBODY} {role} {claim.event} {gap.grammar}"
    yield f"{NOBODY} {role} other side {bool(gap.own)}"
    same = sum(c.event == claim.event and i != gap.at for i, c in enumerate(story.claims))
    yield f"{NOBODY} {role} same type {min(same, 3)}"
    yield f"{NOBODY} {role} sentence {min(claim.sentence, 3)}"
    yield f"{NOBODY} {role} lemma {story.lemmas[gap.at]}"


def grammar(story: Story, claim: Claim) -> str:
    """Noun, passive or active."""
    found = story.word(claim)
    if found is None:
        return "none"
    sentence, word = found
    if sentence.upos[word] != "VERB":
        the = any(sentence.heads[i] == word and sentence.lemmas[i].lower() in ("the", "this") for i in range(word))
        return f"{sentence.upos[word]} {the}"
    rels = {sentence.deprels[i] for i in range(len(sentence)) if sentence.heads[i] == word}
    if rels & {"nsubj:pass", "aux:pass"}:
        return "passive"
    return f"verb {sentence.deprels[word].split(':')[0] in ('acl', 'advcl', 'xcomp')} {'nsubj' in rels}"


def features_of(story: Story, gap: Gap, party: Party, rank: int) -> Iterator[str]:
    """What speaks for and against a party."""
    claim, role = gap.claim, gap.role
    apart = min((claim.sentence - s for s in party.sentences if s <= claim.sentence), default=None)
    far = "after" if apart is None else str(min(apart, 4))
    yield f"{role} apart {far}"
    yield f"{role} apart {far} {gap.grammar}"
    yield f"{role} is {party.kind}"
    yield f"{role} nature {party.nature}"
    yield f"{role} {claim.event} nature {party.nature}"
    for mode in claim.modes:
        yield f"{role} {claim.event} {mode} nature {party.nature}"
    yield f"{role} mentions {min(len(party.sentences), 5)}"
    yield f"{role} rank {min(rank, 6)}"
    if party.key in gap.speakers:
        yield f"{role} speaker {claim.event}"
        yield f"{role} speaker"
    parts = [part for part in story.by_party.get(party.key, ()) if part.claim != gap.at]
    if not parts:
        yield f"{role} in no claim"
    mine = sum(part.role == role for part in parts)
    yield f"{role} parts {min(mine, 4)} {min(len(parts) - mine, 4)}"
    yield from dict.fromkeys(f for part in parts for f in links(story, gap, part))


def links(story: Story, gap: Gap, part: Part) -> Iterator[str]:
    """How another part of a party bears on an open role."""
    claim, other, role = gap.claim, story.claims[part.claim], gap.role
    side = "same side" if part.role == role else "other side"
    same_type = claim.event == other.event
    apart = abs(claim.sentence - other.sentence)
    if part.filled:
        yield f"{role} {side} filled {same_type} {min(apart, 2)}"
        return
    near = "here" if not apart else "near" if apart == 1 else "far"
    before = "before" if part.claim < gap.at else "after"
    facing = how_placed(story, gap, part)
    yield f"{role} {side}"
    yield f"{role} {side} {near}"
    yield f"{role} {side} {facing}"
    yield f"{role} {side} {facing} {same_type}"
    yield f"{role} {side} {claim.event} {other.event}"
    yield f"{role} {side} {claim.event} {facing}"
    yield f"{role} {side} {gap.grammar} {near} {before}"
    if abs(part.claim - gap.at) == 1:
        yield f"{role} {side} next {before}"
    if claim.status != other.status:
        yield f"{role} {side} status {claim.status} {other.status}"
    if same_type:
        closest = abs(part.claim - gap.at) == gap.closest.get(part.role)
        yield f"{role} {side} type closest {closest} {gap.grammar}"
        yield f"{role} {side} type {near} {before}"
        yield f"{role} {side} type {bool(set(claim.modes) & set(other.modes))}"
        yield f"{role} {side} type {claim.event} {claim.status == other.status}"
    if story.lemmas[gap.at] == story.lemmas[part.claim]:
        yield f"{role} {side} lemma {same_type}"


def how_placed(story: Story, gap: Gap, part: Part) -> str:
    """Whether those who take part in the gap's claim face the party in the other claim, or stand beside it."""
    if gap.own & story.side(part.claim, OTHER[part.role]):
        return "facing"
    return "beside" if gap.own & story.side(part.claim, part.role) else "none"
