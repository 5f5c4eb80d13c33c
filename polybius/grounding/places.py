"""Where: toponyms → the gazetteer, by what the phrase and the article say of countries; else the country; else why not."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from polybius.grounding.article import Article, head
from polybius.records import Grounding, Place, Span
from polybius.reference import Known, Town, World, normal

CITY_KM, ADMIN_KM, COUNTRY_KM = 10.0, 100.0, 500.0
STATES = ("country", "adjective", "people")


class PlaceResolver:
    """Resolves the places of one article."""

    def __init__(self, article: Article, world: World) -> None:
        self.article, self.world = article, world

    @cached_property
    def countries(self) -> Counter[str]:
        """How often the article names each country."""
        names = (self.world.phrases.get(self.article.text(n.span).lower()) for n in self.article.names)
        return Counter(k.code for k in names if k is not None and k.code)

    def resolve(self, span: Span) -> Grounding[Place]:
        parts = [self.article.text(n.span) for n in self.article.names_in(span) if n.kind in ("PLACE", "ORG")] or [
            self.article.text(span)
        ]
        inside = [k.code for part in parts if (k := self.state(part)) and k.code]
        for part in parts:
            state = self.state(part)
            if state is not None and state.kind in STATES:
                continue
            towns = self.world.towns(part)
            if towns and (not inside or any(t.country in inside for t in towns)):
                return self.best(part, towns, inside)
        return self.by_country(span, inside)

    def state(self, phrase: str) -> Known | None:
        known = self.world.phrases.get(normal(phrase))
        return known if known is not None and known.kind in (*STATES, "capital") else None

    def best(self, name: str, towns: tuple[Town, ...], inside: list[str]) -> Grounding[Place]:
        """A country in the phrase decides, then countries of the article, then population."""
        ranked = sorted(
            towns, key=lambda t: (t.country in inside, self.countries[t.country], t.population), reverse=True
        )
        town = ranked[0]
        why = (
            "country in the phrase"
            if town.country in inside
            else "country of the article"
            if self.countries[town.country]
            else "largest of that name"
        )
        place = Place(
            town.name,
            town.country,
            town.admin1 or None,
            town.latitude,
            town.longitude,
            town.geonames,
            CITY_KM if town.latitude is not None else ADMIN_KM,
        )
        others = tuple(f"{t.name}, {t.admin1}, {t.country}" for t in ranked[1:4])
        sure = len(ranked) == 1 or why != "largest of that name" or town.population > 10 * ranked[1].population
        return Grounding(
            "resolved" if sure else "ambiguous", place, f"gazetteer: {why}", (), runners_up=others, method="gazetteer"
        )

    def by_country(self, span: Span, inside: list[str]) -> Grounding[Place]:
        """No town: a fuller name elsewhere in the article, then the country that the phrase names."""
        code = inside[0] if inside else self.adjective(span)
        fuller = self.fuller(span)
        if fuller is not None:
            return Grounding(
                "resolved" if code else "ambiguous",
                Place(fuller, code),
                "later or earlier mention in the article; not in the gazetteer",
                method="same head noun",
            )
        if code is None:
            return Grounding("not_found", None, "no name in this phrase that the gazetteer knows", score=0.0)
        return Grounding(
            "resolved",
            Place(self.world.states.get(code, code), code, precision_km=COUNTRY_KM),
            "country in the phrase",
            method="country",
        )

    def adjective(self, span: Span) -> str | None:
        found = self.article.words(span)
        if found is None:
            return None
        sentence, words = found
        known = (self.world.phrases.get(sentence.forms[i].lower()) for i in words)
        return next((k.code for k in known if k is not None and k.code and k.kind in (*STATES, "capital")), None)

    def fuller(self, span: Span) -> str | None:
        """A named place elsewhere in the article with the same common noun ("a spaceport" … "the X spaceport")."""
        found = self.article.words(span)
        if found is None or any(n.kind == "PLACE" for n in self.article.names_in(span)):
            return None
        noun = found[0].lemmas[head(*found)]
        for name in self.article.names:
            place = self.article.words(name.span)
            if place is None or name.kind == "PERSON":
                continue
            sentence, words = place
            after = words[-1] + 1
            if (
                after < len(sentence)
                and sentence.lemmas[after] == noun
                and sentence.heads[words[-1]] == after
                and not self.state(self.article.text(name.span))
            ):
                return f"{self.article.text(name.span)} {sentence.forms[after]}"
        return None
