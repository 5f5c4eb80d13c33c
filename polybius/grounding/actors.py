"""Who: a phrase → country and sector codes, through names, titles, tables and what was said earlier in the article."""

from __future__ import annotations

from dataclasses import dataclass, replace

from polybius.grounding.article import Article, head
from polybius.records import Actor, Grounding, Name, Sentence, Span
from polybius.reference import Holder, Known, World, normal

HE_OR_SHE = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself", "who", "whom", "whose"})
IT = frozenset({"it", "its", "itself", "which", "that"})
THEY = frozenset(
    {
        "they",
        "them",
        "their",
        "theirs",
        "themselves",
        "we",
        "us",
        "our",
        "i",
        "me",
        "my",
        "you",
        "your",
        "both",
        "others",
    }
)
FORMER = frozenset({"former", "ex", "late", "deposed", "ousted"})
REACH = 3  # sentences that a pronoun may look back


@dataclass(frozen=True, slots=True)
class Clues:
    """What the words of a phrase tell: states and organisations named in it, the sectors of its nouns."""

    known: tuple[Known, ...]
    sectors: tuple[str, ...]
    former: bool

    @property
    def code(self) -> str | None:
        return next((k.code for k in self.known if k.code), None)


class ActorResolver:
    """Resolves the mentions of one article; each span once."""

    def __init__(self, article: Article, world: World) -> None:
        self.article, self.world = article, world
        self.day = article.document.published.isoformat() if article.document.published else None
        self.done: dict[Span, Grounding[Actor]] = {}

    def resolve(self, span: Span) -> Grounding[Actor]:
        if span not in self.done:
            self.done[span] = self.decide(span)
        return self.done[span]

    def decide(self, span: Span) -> Grounding[Actor]:
        found = self.article.words(span)
        if found is None:
            return missing("no words in this span")
        sentence, words = found
        if len(words) == 1 and sentence.upos[words[0]] in ("PRON", "DET"):
            return self.pronoun(span, sentence, sentence.forms[words[0]].lower())
        whole = self.world.phrases.get(normal(self.article.text(span)))
        if whole is not None:
            return self.of_known(whole)
        person = next((n for n in self.article.names_in(span) if self.is_person(n)), None)
        clues = self.clues(sentence, words)
        return self.person(span, person, clues) if person else self.described(span, clues)

    def clues(self, sentence: Sentence, words: range) -> Clues:
        """Known phrases in the words, longest first, and the sectors of its role nouns, that of the head first."""
        forms = [sentence.forms[i].lower().replace("’", "'") for i in words]
        lemmas = [sentence.lemmas[i].lower() for i in words]
        known, i = [], 0
        while i < len(forms):
            hit = self.longest_phrase(forms, i)
            if hit is not None:
                known.append(hit[0])
            i += hit[1] if hit is not None else 1
        top = head(sentence, words) - words[0]
        order = [top, *(k for k in range(len(forms)) if k != top)]
        sectors = tuple(dict.fromkeys(s for k in order for s in self.role(forms, lemmas, k)))
        return Clues(tuple(known), sectors, any(f in FORMER for f in forms))

    def longest_phrase(self, forms: list[str], at: int) -> tuple[Known, int] | None:
        for size in range(min(self.world.longest, len(forms) - at), 0, -1):
            hit = self.world.phrases.get(" ".join(forms[at : at + size]))
            if hit is not None:
                return hit, size
        return None

    def role(self, forms: list[str], lemmas: list[str], at: int) -> tuple[str, ...]:
        """Sectors of the longest role noun that ends at a word."""
        for size in (3, 2, 1):
            begin = at - size + 1
            if begin >= 0:
                for tail in (lemmas[at], forms[at]):
                    sectors = self.world.roles.get(" ".join([*forms[begin:at], tail]))
                    if sectors is not None:
                        return sectors
        return ()

    # --- persons

    def is_person(self, name: Name) -> bool:
        """Whether a name that the reader takes for a person's is one: not a title, a people or an organ of state."""
        text = normal(self.article.text(name.span))
        return name.kind == "PERSON" and text not in self.world.phrases and text.split()[-1] not in self.world.roles

    def person(self, span: Span, name: Name, clues: Clues) -> Grounding[Actor]:
        """A named person: by the tables, by the title, else by an earlier, fuller mention."""
        text = self.article.text(name.span)
        earlier = self.earlier(name)
        known = self.resolve(earlier) if earlier is not None else None
        if known is not None and known.target is not None and " " not in text.strip():
            return replace(known, chain=(*known.chain[:1], span), method="earlier mention")
        holders = self.holders(text, clues.code)
        if holders:
            return self.of_holders(span, holders, clues)
        if clues.code or clues.sectors:
            sectors = ("ELI",) if clues.former else clues.sectors
            return of_title(Actor(self.full_name(name), clues.code, sectors), (span,))
        if known is not None and known.target is not None:
            return replace(known, chain=(*known.chain[:1], span), method="earlier mention")
        return missing(f"{text} stands in no table and the article gives no title")

    def holders(self, text: str, code: str | None) -> tuple[Holder, ...]:
        """Office-holders by full name; by surname only if the surname is one person's, or the country fits."""
        key = normal(text)
        found = self.world.holders.get(key) or self.world.holders.get(key.replace("-", " ")) or ()
        if " " in key or not found:
            return found
        fitting = tuple(h for h in found if h.code == code) if code else found
        covering = tuple(h for h in fitting if self.day is not None and h.covers(self.day))
        return covering if len({h.code for h in covering}) == 1 and not self.other_bearer(key) else ()

    def other_bearer(self, surname: str) -> bool:
        """Whether the article has a fuller name with this surname that is in no table: then it is that person."""
        for name in self.article.names:
            full = normal(self.article.text(name.span))
            if (
                name.kind == "PERSON"
                and " " in full
                and surname in (full.split()[-1], full.split()[0])
                and full not in self.world.holders
            ):
                return True
        return False

    def of_holders(self, span: Span, holders: tuple[Holder, ...], clues: Clues) -> Grounding[Actor]:
        now = tuple(h for h in holders if self.day is not None and h.covers(self.day))
        best = (now or holders)[0]
        sectors = (
            tuple(dict.fromkeys(s for h in now for s in h.sectors)) if now else ("ELI",) if self.day else clues.sectors
        )
        where = f"{best.office} {best.since}–{best.until or 'now'}, {best.source}"
        reason = (
            where
            if now
            else f"out of office on the date: {where}"
            if self.day
            else f"no date to check the office against: {where}"
        )
        return Grounding(
            "resolved" if now or self.day else "ambiguous",
            Actor(best.name, best.code, sectors),
            reason,
            (span,),
            method="office-holders",
        )

    def full_name(self, name: Name) -> str:
        earlier = self.earlier(name)
        person = next((n for n in self.article.names_in(earlier) if self.is_person(n)), None) if earlier else None
        return self.article.text(person.span if person else name.span)

    def earlier(self, name: Name) -> Span | None:
        """An earlier mention of a person whose full name begins or ends with this one, with its title."""
        words = self.article.text(name.span).lower().replace("’s", "").replace("'s", "").split()
        for other in self.article.names_before(name.span.start):
            full = self.article.text(other.span).lower().split()
            if (
                other.kind == "PERSON"
                and len(full) >= len(words)
                and (full[-len(words) :] == words or full[: len(words)] == words)
            ):
                return self.titled(other)
        return None

    def titled(self, name: Name) -> Span:
        """A name with the modifiers before it ("Russian Defense Minister Sergei Shoigu")."""
        found = self.article.words(name.span)
        if found is None:
            return name.span
        sentence, words = found
        first = words[0]
        while (
            first > 0
            and sentence.upos[first - 1] in ("PROPN", "NOUN", "ADJ")
            and sentence.heads[first - 1] >= first - 1
        ):
            first -= 1
        return Span(sentence.starts[first], name.span.end)

    # --- descriptions and pronouns

    def of_known(self, known: Known) -> Grounding[Actor]:
        if known.code is None:
            return Grounding(
                "ambiguous",
                Actor(known.name, None, known.sectors),
                f"{known.kind} that belongs to no one country",
                method="table",
            )
        return Grounding(
            "resolved",
            Actor(known.name, known.code, known.sectors, known.identifier),
            f"{known.kind} in the table",
            method="table",
        )

    def described(self, span: Span, clues: Clues) -> Grounding[Actor]:
        """No person: states, organisations and role nouns in the phrase."""
        text = self.article.text(span)
        own = next((k for k in clues.known if k.kind in ("organisation", "metonym")), None)
        if own is not None:
            code = own.code or clues.code
            sectors = tuple(dict.fromkeys([*own.sectors, *clues.sectors]))
            return Grounding(
                "resolved" if code else "ambiguous",
                Actor(own.name, code, sectors),
                f"{own.kind} in the table",
                method="table",
            )
        if clues.code:
            sectors = clues.sectors or clues.known[0].sectors
            return of_title(Actor(text, clues.code, ("ELI",) if clues.former else sectors), (span,))
        if clues.sectors:
            return Grounding(
                "ambiguous",
                Actor(text, None, clues.sectors),
                "a role noun, and no country in the phrase",
                method="role noun",
            )
        return missing("no country, organisation or role noun that the tables know")

    def pronoun(self, span: Span, sentence: Sentence, form: str) -> Grounding[Actor]:
        """The nearest fitting name before the pronoun; a subject of the sentences before it comes first."""
        kinds = ("PERSON",) if form in HE_OR_SHE else ("ORG", "PLACE") if form in IT else ()
        if not kinds:
            return missing(f"“{form}” may stand for several" if form in THEY else f"“{form}” names nobody")
        candidates = [
            n for n in self.article.names_before(span.start) if n.kind in kinds and sentence.index - n.sentence <= REACH
        ]
        ranked = sorted(candidates, key=lambda n: (n.sentence, self.is_subject(n), n.span.start), reverse=True)
        for name in ranked:
            found = self.resolve(self.titled(name) if name.kind == "PERSON" else name.span)
            if found.target is not None:
                return replace(
                    found,
                    chain=(name.span, span),
                    reason=f"“{form}” for {self.article.text(name.span)}; {found.reason}",
                    method="pronoun",
                )
        return missing(f"no name that “{form}” could stand for within {REACH} sentences")

    def is_subject(self, name: Name) -> bool:
        found = self.article.words(name.span)
        return found is not None and found[0].deprels[head(*found)].startswith("nsubj")


def missing(reason: str) -> Grounding[Actor]:
    return Grounding("not_found", None, reason, score=0.0)


def of_title(actor: Actor, chain: tuple[Span, ...]) -> Grounding[Actor]:
    """An actor known by the words of the phrase itself."""
    if actor.code is None:
        return Grounding("ambiguous", actor, "a role noun, and no country in the phrase", chain, method="title")
    return Grounding("resolved", actor, "country and role in the phrase", chain, method="title")
