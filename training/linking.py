"""How often pronouns and descriptions of annotated reports are linked to the right entity."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from polybius.evaluation.annotations import AnnotatedEntity, AnnotatedReport
from polybius.grounding.article import Article, head
from polybius.grounding.coreference import Chains
from polybius.grounding.coreference.lexicon import PRONOUNS
from polybius.records import STATUSES, Claim, Filler, Source, Span, Status
from polybius.reference import normal

PARTIES = ("actor", "recipient", "by")
WORDS_OF_PERSONS = PRONOUNS | {"who", "whom", "whose", "you", "your"}


@dataclass(frozen=True, slots=True)
class Item:
    """A filler that is no name, and the entities that it is tied to; ``kind`` is pronoun, tied or listed."""

    span: Span
    kind: str
    entities: frozenset[str]


def items(report: AnnotatedReport, article: Article) -> Iterator[Item]:
    """Pronouns and descriptions among the fillers, each span once.

    ``tied`` are descriptions with ``mention>Name``, ``listed`` those that stand on an ``A:`` line whose entity was
    mentioned before.
    """
    ties: dict[Span, set[str]] = {}
    for event in report.events:
        for filler in (f for role in PARTIES for f in event.roles.get(role, ())):
            if filler.span is not None and filler.entity:
                ties.setdefault(Span(*filler.span), set()).add(entity_named(report, filler.entity).name)
    listed = {mention: entity for entity in report.entities for mention in entity.mentions}
    for event in report.events:
        for filler in (f for role in PARTIES for f in event.roles.get(role, ())):
            if filler.span is not None and Span(*filler.span) not in ties:
                span = Span(*filler.span)
                entity = listed.get(article.text(span))
                if entity is not None and described(article, span) and was_mentioned(report, entity, span):
                    ties[span] = {entity.name, "listed"}
    for span, names in ties.items():
        pronoun = article.text(span).lower() in WORDS_OF_PERSONS
        kind = "pronoun" if pronoun else "listed" if "listed" in names else "tied"
        yield Item(span, kind, frozenset(names - {"listed"}))


def entity_named(report: AnnotatedReport, name: str) -> AnnotatedEntity:
    return next(e for e in report.entities if name in e.mentions)


def described(article: Article, span: Span) -> bool:
    """Whether the head of a phrase is a common noun or an adjective."""
    found = article.words(span)
    return found is not None and found[0].upos[head(*found)] in ("NOUN", "ADJ", "NUM")


def was_mentioned(report: AnnotatedReport, entity: AnnotatedEntity, span: Span) -> bool:
    return any(occurrence.end <= span.start for occurrence in occurrences(report, entity))


def occurrences(report: AnnotatedReport, entity: AnnotatedEntity) -> Iterator[Span]:
    """Where the mentions of an entity stand in the text, as whole words."""
    for mention in entity.mentions:
        words = re.sub(r"#[1-9]$", "", mention)
        for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", report.text):
            yield Span(*match.span())


def denotes(report: AnnotatedReport, span: Span, entity: AnnotatedEntity, without: Span) -> bool:
    """Whether a span is a mention of an entity: nearly the same words, or a name with a title or a complement."""
    text = normal(span.of(report.text))
    if any(normal(re.sub(r"#[1-9]$", "", m)) == text for m in entity.mentions) and span != without:
        return True
    return any(same_phrase(one, span) for one in occurrences(report, entity) if not one.overlaps(without))


def same_phrase(one: Span, two: Span) -> bool:
    common = min(one.end, two.end) - max(one.start, two.start)
    if common <= 0:
        return False
    nested = one.contains(two) or two.contains(one)
    return 2 * common >= max(one.end, two.end) - min(one.start, two.start) or (
        nested and (one.end == two.end or abs(one.start - two.start) <= 4)
    )


def linked(report: AnnotatedReport, item: Item, chains: Chains) -> bool:
    """Whether the chain of a mention leads to each of its entities by another mention of them."""
    chain = chains.of(item.span)
    if chain is None:
        return False
    leads = chain.members or (chain.best,)
    if chain.best.overlaps(item.span) and not chain.members:
        leads = tuple(span for span in chain.spans if not span.overlaps(item.span))
    return all(
        any(denotes(report, span, entity_named(report, name), item.span) for span in leads) for name in item.entities
    )


def standing(report: AnnotatedReport, item: Item, chains: Chains) -> bool:
    """Whether a description that an ``A:`` line lists leads to its entity, or to nothing else and stands for itself."""
    chain = chains.of(item.span)
    if chain is None or (chain.best.overlaps(item.span) and not chain.members):
        return True
    return linked(report, item, chains)


def tally(report: AnnotatedReport, article: Article, chains: Chains) -> Counter[tuple[str, bool]]:
    """Right and wrong links by kind of mention; ``stands`` counts listed descriptions that are linked to nobody else."""
    found: Counter[tuple[str, bool]] = Counter()
    for item in items(report, article):
        found[item.kind, linked(report, item, chains)] += 1
        if item.kind == "listed":
            found["stands", standing(report, item, chains)] += 1
    return found


def gold_claims(report: AnnotatedReport, article: Article) -> tuple[list[Claim], list[dict[str, list[str]]]]:
    """The annotated events as claims without their implicit fillers, and the entities of these by role."""
    claims, implicit = [], []
    for event in report.events:
        fillers = {role: tuple(Filler(Span(*f.span)) for f in found if f.span) for role, found in event.roles.items()}
        sentence = article.sentence_at(event.trigger[0])
        claims.append(
            Claim(
                sentence=sentence.index if sentence else 0,
                trigger=Span(*event.trigger),
                event=event.event,
                modes=event.modes,
                status=status(event.status),
                actor=fillers.get("actor", ()),
                recipient=fillers.get("recipient", ()),
                place=fillers.get("place", ()),
                date=fillers.get("date", ()),
                attribution=tuple(Source(filler) for filler in fillers.get("by", ())),
            )
        )
        implicit.append(
            {role: [f.entity for f in event.roles.get(role, ()) if not f.span and f.entity] for role in PARTIES[:2]}
        )
    return claims, implicit


def aligned(
    claims: list[Claim], gold: list[dict[str, list[str]]], system: Iterable[Claim]
) -> tuple[list[Claim], list[dict[str, list[str]]]]:
    """System claims with the implicit entities of the gold claim of their type and trigger; the rest of the gold last."""
    left = dict(enumerate(claims))
    pairs: list[tuple[Claim, dict[str, list[str]]]] = []
    for claim in system:
        at = next((i for i, g in left.items() if g.event == claim.event and g.trigger.overlaps(claim.trigger)), None)
        pairs.append((claim, gold[at] if at is not None else {}))
        left.pop(-1 if at is None else at, None)
    pairs += [(Claim(claim.sentence, claim.trigger, claim.event), gold[i]) for i, claim in left.items()]
    return [claim for claim, _ in pairs], [entities for _, entities in pairs]


def status(written: str) -> Status:
    return next((s for s in STATUSES if s == written), "actual")
