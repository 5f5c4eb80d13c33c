"""Which place of a name is meant: what its phrase, its neighbours and the rest of the story speak for.

Every sense of a name gets a score; the strongest part of it is the reason that a user sees. One name has one sense in an
article, unless its own phrase says otherwise.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from polybius.grounding.article import Article
from polybius.grounding.place_evidence import Evidence, Sense, distance_km, lies_in
from polybius.grounding.place_words import said_country, said_kind
from polybius.grounding.toponyms import Toponym
from polybius.records import Span
from polybius.reference import Known, Town, World
from polybius.reference.gazetteer_names import fold

ROUNDS, MOST = 3, 60
INSIDE = 6.0  # a neighbour that the sense lies in decides against any number of people
HOLDS, KIND = 3.0, 4.0
ALTERNATE = 2.8
PRIORS: Mapping[str, float] = {"PCLI": 8.0, "OCN": 8.0, "CONT": 8.0, "ADM1": 4.6, "ADM2": 2.3, "ADM3": 2.0}
REGION, SPOT, CAPITAL = 6.0, 4.0, 1.0
NAMESAKE, LIKE = 3.0, 2.0
FAMOUS = 5.4  # the prior from which a name in a list is its best known place
BEST_KNOWN = "best known of that name"
GREAT = 500_000
LISTED = (",", "and", ", and", "or", ", or", "&", "and the", "to", ", the")
JOINED = (",", "(", "in", ", in", "of", "'s", "’s", "")


@dataclass(frozen=True, slots=True)
class Choice:
    """The sense that was taken for a toponym, what spoke for it, and the senses after it, far enough to matter."""

    toponym: Toponym
    town: Town
    score: float
    reason: str
    others: tuple[Town, ...]
    margin: float
    inexact: bool = False


def prior(town: Town, folded: str) -> float:
    """How likely a name is to mean this place before anything is read: by kind and number of people."""
    people = math.log10(town.population + 10)
    if town.feature in ("PCLI", "OCN", "CONT"):
        return PRIORS[town.feature]
    if town.feature in PRIORS:
        score = PRIORS[town.feature] + 0.25 * people
    elif town.feature.startswith("PPL"):
        score = people + (CAPITAL if town.feature == "PPLC" else 0.0)
    else:
        return REGION if town.precision_km > 8 else SPOT
    return score - (0.0 if _same(town, folded) else ALTERNATE)


def _same(town: Town, said: str) -> bool:
    """Whether a name is the place's first one; a division's may lack its kind ("Midlands", "Midlands Province")."""
    name = fold(town.name)
    return name == said or (town.feature.startswith("ADM") and name.startswith(said + " "))


class Story:
    """The toponyms of one article with the sense of each."""

    def __init__(self, article: Article, world: World, toponyms: Sequence[Toponym]) -> None:
        self.article, self.world = article, world
        self.toponyms = tuple(toponyms)
        self.known = {t.folded: _ranked(t) for t in self.toponyms}
        self.told: dict[Span, str | None] = {}
        self.outer = {a.span: b for a, b in zip(self.toponyms, self.toponyms[1:], strict=False) if self._joined(a, b)}
        self.inner = {b.span: a for a in self.toponyms if (b := self.outer.get(a.span)) is not None}
        self.beside = self._lists()
        self.named = self._named_countries()
        self.choices: dict[Span, Choice] = {}
        for _ in range(ROUNDS):
            self.senses = self._senses()
            self.spoken: dict[tuple[str, int], list[dict[str, float]]] = {}
            self.choices = {t.span: self.choose(t) for t in self.toponyms}
            self._one_sense()

    def choose(self, toponym: Toponym) -> Choice:
        """The best sense by all that is known so far."""
        towns = toponym.senses[:MOST]
        spoken = self._spoken(toponym.folded, towns)
        scored = [(*self._score(town, toponym, parts), town) for town, parts in zip(towns, spoken, strict=True)]
        scored.sort(key=lambda s: (-s[0], s[2].geonames))
        score, reason, town = scored[0]
        rivals = [s for s in scored[1:] if distance_km(town, s[2]) > max(30.0, town.precision_km)]
        margin = score - rivals[0][0] if rivals else math.inf
        choice = Choice(toponym, town, score, reason, tuple(s[2] for s in rivals[:3]), margin)
        return self._elsewhere(choice) or self._abroad(choice) or choice

    def _spoken(self, name: str, towns: Sequence[Town]) -> Sequence[Mapping[str, float]]:
        """What the story speaks for, worked out once a round for each name."""
        key = name, len(towns)  # "US" and "us" fold together but have not the same senses
        if key not in self.spoken:
            evidence = Evidence.on(name, self.senses, self.named)
            self.spoken[key] = [evidence.speaks(town) for town in towns]
        return self.spoken[key]

    def _score(self, town: Town, toponym: Toponym, spoken: Mapping[str, float]) -> tuple[float, str]:
        parts = {BEST_KNOWN: prior(town, toponym.folded)}
        holder = self._holder(town, toponym)
        if holder is not None:
            parts[f"in {holder.name}, named beside it"] = INSIDE
        inner = self.inner.get(toponym.span)
        if inner is not None and any(lies_in(i, town) for i in inner.senses[:MOST]):
            parts[f"holds {inner.senses[0].name}, named before it"] = HOLDS
        if town.feature.startswith(said_kind(self.article, toponym.span)):
            parts["the words beside it say what kind of place it is"] = KIND
        if any(self._best(t).feature == town.feature for t in self.beside.get(toponym.span, ())):
            parts["named in a list of such places"] = LIKE
        if town.country and town.country == self._told(toponym):
            parts["the words after it say its country"] = INSIDE
        if self._namesake(town, toponym) and holder is None:
            parts["bears the name of a state of its country"] = -NAMESAKE
        parts |= spoken
        reason = max((p for p in parts if p != BEST_KNOWN), key=parts.__getitem__)
        return sum(parts.values()), reason if parts[reason] > 0.5 else BEST_KNOWN

    @staticmethod
    def _namesake(town: Town, toponym: Toponym) -> bool:
        """A town named like a state of its own country, which the bare name means unless the town is great."""
        small = town.feature.startswith(("PPL", "ADM2")) and town.feature != "PPLC" and town.population < GREAT
        return small and any(
            s.feature == "ADM1" and s.country == town.country and s.admin1_code != town.admin1_code
            for s in toponym.senses
        )

    def _holder(self, town: Town, toponym: Toponym) -> Town | None:
        """The neighbour that a sense lies in; "Oklahoma, Pennsylvania" is a list of states, not a village in one."""
        outer = self.outer.get(toponym.span)
        if outer is None or (town.feature.startswith("PPL") and self._a_list(toponym, outer)):
            return None
        return next((o for o in outer.senses[:20] if lies_in(town, o)), None)

    def _a_list(self, toponym: Toponym, outer: Toponym) -> bool:
        first, second = self._best(toponym), self._best(outer)
        return first.feature == second.feature and first.feature in ("PCLI", "ADM1")

    def _best(self, toponym: Toponym) -> Town:
        """The best known place of a name."""
        return self.known[toponym.folded] if toponym.folded in self.known else _ranked(toponym)

    def _elsewhere(self, choice: Choice) -> Choice | None:
        """A small place of the name although its phrase names another land: it is none that the tables know."""
        outer = self.outer.get(choice.toponym.span)
        if outer is None or choice.town.feature[:3] not in ("PPL", "ADM") or self._a_list(choice.toponym, outer):
            return None
        holder = self._best(outer)
        if holder.feature not in ("ADM1", "PCLI") or not self.article.text(
            Span(choice.toponym.span.end, outer.span.start)
        ).strip().startswith(","):
            return None
        if lies_in(choice.town, holder) or any(lies_in(choice.town, o) for o in outer.senses[:20]):
            return None
        if prior(choice.town, choice.toponym.folded) >= FAMOUS:
            return None
        reason = f"no place of this name in {holder.name} is known; {holder.name} stands for it"
        return replace(choice, town=holder, reason=reason, margin=0.0, inexact=True)

    def _told(self, toponym: Toponym) -> str | None:
        if toponym.span not in self.told:
            self.told[toponym.span] = said_country(self.article, self.world, toponym.span)
        return self.told[toponym.span]

    def _abroad(self, choice: Choice) -> Choice | None:
        """An apposition names another country, in which the tables know no place of this name: the country stands for it."""
        code = self._told(choice.toponym)
        state = self.world.gazetteer.country(code) if code and code != choice.town.country else None
        if state is None or choice.town.feature in ("PCLI", "ADM1"):
            return None
        reason = f"no place of this name in {state.name} is known; {state.name} stands for it"
        return replace(choice, town=state, reason=reason, margin=0.0, inexact=True)

    def _joined(self, first: Toponym, second: Toponym) -> bool:
        """Whether the second toponym follows in the same phrase: "Paris, Texas", "Hama (Syria)", "Kursk in Russia"."""
        between = self.article.text(Span(first.span.end, second.span.start))
        return first.sentence == second.sentence and len(between) < 12 and between.strip() in JOINED

    def _lists(self) -> Mapping[Span, list[Toponym]]:
        """The neighbours of each toponym in a list: "Ohio, Oregon and Utah"."""
        found: dict[Span, list[Toponym]] = {}
        for a, b in zip(self.toponyms, self.toponyms[1:], strict=False):
            between = self.article.text(Span(a.span.end, b.span.start))
            if a.sentence == b.sentence and len(between) < 12 and between.strip() in LISTED:
                found.setdefault(a.span, []).append(b)
                found.setdefault(b.span, []).append(a)
        return found

    def _named_countries(self) -> Counter[str]:
        """How often each country is named outright, by adjectives and peoples too; names of other places do not count."""
        counted: Counter[str] = Counter()
        for sentence in self.article.sentences:
            for form in sentence.forms:
                known = self._nation(form) if form[0].isupper() else None
                if known is not None and known.code:
                    counted[known.code] += 1
        return counted

    def _nation(self, form: str) -> Known | None:
        known = self.world.phrases.get(form.lower())
        return known if known is not None and known.kind in ("adjective", "people") else None

    def _senses(self) -> list[Sense]:
        mentions = Counter(t.folded for t in self.toponyms)
        taken = {c.toponym.folded: c.town for c in self.choices.values() if not c.inexact}
        if not taken:
            taken = {name: town for name, town in self.known.items() if prior(town, name) >= FAMOUS}
        return [Sense(name, town, mentions[name]) for name, town in taken.items()]

    def _one_sense(self) -> None:
        """The best supported sense of a name is its sense throughout, unless its own phrase names where it lies."""
        best: dict[str, Choice] = {}
        for choice in self.choices.values():
            name = choice.toponym.folded
            if not choice.inexact and (name not in best or choice.score > best[name].score):
                best[name] = choice
        for span, choice in self.choices.items():
            top = best.get(choice.toponym.folded)
            if top is not None and not choice.inexact and not choice.reason.startswith(("in ", "the words")):
                self.choices[span] = replace(top, toponym=choice.toponym)


def _ranked(toponym: Toponym) -> Town:
    return max(toponym.senses[:MOST], key=lambda town: prior(town, toponym.folded))


def inside(choices: Mapping[Span, Choice], span: Span) -> Iterable[Choice]:
    """The choices whose words lie in a span."""
    return (choice for own, choice in choices.items() if span.contains(own))
