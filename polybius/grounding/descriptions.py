"""Phrases that name nobody: states and role nouns in them, whose they are said to be, and the country around them."""

from __future__ import annotations

from collections.abc import Callable

from polybius.grounding.clues import Clues, Hit, read
from polybius.grounding.persons import holder
from polybius.grounding.scope import Scope
from polybius.grounding.sectors import OFFICIAL, armed, elite, phrase_head, singular, suspect
from polybius.records import Actor, Grounding, Sentence, Span
from polybius.reference import office_key

LIKELY = 0.6  # from which share on the best country is called likely
Resolve = Callable[[Span], Grounding[Actor] | None]

# "Her hosts", "his counterpart": never of the possessor's own country.
OPPOSITE = frozenset("host guest counterpart opponent rival enemy foe adversary neighbour neighbor".split())


def opposite(clues: Clues) -> bool:
    return clues.sentence.lemmas[clues.head].lower() in OPPOSITE


class Describer:
    """The descriptions of one article. ``owner_of`` resolves "its" and "their" where they stand for somebody."""

    def __init__(self, scope: Scope, owner_of: Resolve) -> None:
        self.scope, self.owner_of = scope, owner_of
        self.article, self.world, self.around = scope.article, scope.world, scope.around

    def described(self, span: Span, clues: Clues, day: str | None) -> Grounding[Actor]:
        """States and role nouns of the phrase; without a state, the country around it."""
        text = self.article.text(span)
        sectors = elite(clues.sectors) if clues.former and OFFICIAL.intersection(clues.sectors) else clues.sectors
        state = next((h for h in clues.states if h.known.code), None)
        owner = self.owner(clues) if state is None or state.start > clues.head else None
        owned = owner is not None and owner.target is not None and bool(owner.target.code)
        if state is not None and not owned:
            office = self.office(span, clues, state, day)
            if office is not None:
                return office
            whole = state.start <= clues.head < state.end
            found = sectors or self.state_sectors(clues, state)
            name = state.known.name if whole else text
            identifier = state.known.identifier if whole and state.known.kind == "country" else None
            others = tuple(f"{h.known.name} ({h.known.code})" for h in clues.states[1:4])
            actor = self.scope.actor(name, state.known.code, found, identifier)
            bare = whole or clues.is_whole(state)
            if not bare and (not sectors or (self.unlisted(span) and not OFFICIAL.intersection(sectors))):
                why = f"{state.known.kind} in the phrase; no body or role noun that the tables know"
                return Grounding("ambiguous", actor, why, (span,), 0.8, "state", others)
            return Grounding("resolved", actor, f"{state.known.kind} in the phrase", (span,), 1.0, "state", others)
        if owned and opposite(clues):
            return Grounding(
                "not_found", None, "the other side than the possessor, and nothing tells which", (span,), 0.0
            )
        if owner is not None and owner.target is not None and owner.target.code:
            actor = self.scope.actor(text, owner.target.code, sectors)
            return Grounding(
                owner.status, actor, f"of {owner.target.name}: {owner.reason}", owner.chain, 0.8, "possessor"
            )
        if sectors == ("CVL",) and suspect(clues.sentence, clues.words):
            sectors = ("CRM",)
        return self.fall_back(span, text, sectors or self.place_sectors(span, clues), "no country in the phrase")

    def unlisted(self, span: Span) -> bool:
        """Whether a phrase is the proper name of an organisation; that none is in the tables, is known by now."""
        return any(n.kind == "ORG" and n.span.end == span.end for n in self.article.names_in(span))

    def office(self, span: Span, clues: Clues, state: Hit, day: str | None) -> Grounding[Actor] | None:
        """ "The Russian defense minister": whoever holds that office on the date, if it is one person."""
        unit = next((u for u in clues.units if u.start <= clues.head < u.end), None)
        single = clues.sentence.forms[clues.head].lower() == singular(clues.sentence.forms[clues.head])
        if unit is None or day is None or clues.former or not single or not state.known.code:
            return None
        who = holder(self.world.table.holding(state.known.code, unit.noun), office_key(unit.noun), day)
        if who is None:
            return None
        actor = self.scope.actor(who.entry.name, state.known.code, clues.sectors, who.entry.identifier)
        sure = who.when == "now"
        return Grounding(
            "resolved" if sure else "ambiguous", actor, who.reason, (span,), 1.0 if sure else 0.7, "office"
        )

    def state_sectors(self, clues: Clues, state: Hit) -> tuple[str, ...]:
        """A bare state is its government, or its forces where the words around it tell of fighting."""
        if state.known.kind in ("adjective", "country") and state.end == clues.words[-1] + 1:
            beyond = self.noun_beyond(clues.sentence, state.end) if state.known.kind == "adjective" else ()
            if beyond or armed(clues.sentence, state.start, state.end):
                return beyond or ("MIL",)
        if (
            state.known.kind == "people"
            and clues.sentence.forms[clues.words[0]].lower() == "the"
            and clues.is_whole(state)
        ):
            return ("GOV",)  # "the Americans" who act, or with whom one talks
        return state.known.sectors

    def noun_beyond(self, sentence: Sentence, end: int) -> tuple[str, ...]:
        """The sectors of the noun that a bare adjective belongs to ("Egyptian" of "Egyptian demonstrators")."""
        after = range(end, min(end + 3, len(sentence)))
        if not after or sentence.upos[end] not in ("NOUN", "ADJ", "PROPN"):
            return ()
        found = read(sentence, after, phrase_head(sentence, after), self.world)
        first = next(
            (u for u in found.units if u.start == end or (u.start == end + 1 and sentence.upos[end] == "ADJ")), None
        )
        return first.sectors if first is not None else ()

    def owner(self, clues: Clues) -> Grounding[Actor] | None:
        """Whom "his", "its", "their" or a name with "'s" before the head stands for."""
        sentence = clues.sentence
        for i in clues.words:
            if i < clues.head and sentence.forms[i].lower() in ("his", "her", "its", "their", "whose"):
                return self.owner_of(Span(sentence.starts[i], sentence.ends[i]))
            if i < clues.head and sentence.forms[i] in ("'s", "’s"):
                name = next((n for n in self.article.names if n.span.end == sentence.starts[i]), None)
                return None if name is None or name.kind == "PLACE" else self.owner_of(name.span)
        return None

    def place_sectors(self, span: Span, clues: Clues) -> tuple[str, ...]:
        """A place that acts or suffers: a province or state by its government, a town by its people."""
        name = next((n for n in self.article.names_in(span) if n.kind == "PLACE"), None)
        towns = self.world.towns(self.article.text(name.span)) if name is not None else ()
        if name is None or not towns or name.span.end != span.end:
            return ()
        return ("GOV",) if towns[0].feature.startswith("ADM1") else ("CVL",)

    def fall_back(
        self, span: Span, text: str, sectors: tuple[str, ...], why: str, others: tuple[str, ...] = ()
    ) -> Grounding[Actor]:
        """The country that the words around the phrase speak of most: likely, never certain."""
        town = next(
            (c for n in self.article.names_in(span) if n.kind == "PLACE" and (c := self.around.land(n.span))),
            None,
        )
        ranked = [] if town else self.around.ask(span, sectors)
        code = town or (ranked[0][0] if ranked else None)
        if code is None and not sectors:
            return Grounding("not_found", None, f"{why}, and no role noun that the tables know", (), 0.0, "", others)
        where = "the place in the phrase" if town else "the words around it"
        reason = f"{why}; country by {where}" if code else f"{why} or in the article"
        rivals = (*others, *(f"{c} {share:.2f}" for c, share in ranked[1:4] if c is not None))
        score = 0.6 if town or not ranked or ranked[0][1] > LIKELY else 0.4
        return Grounding(
            "ambiguous", self.scope.actor(text, code, sectors), reason, (span,), score, "surroundings", rivals
        )
