"""Who: a phrase → country and sector codes, through names, titles, tables and what was said elsewhere in the article."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from polybius.grounding.article import Article
from polybius.grounding.bodies import BodyFinder
from polybius.grounding.clues import Clues, joined_states, read
from polybius.grounding.coreference import Chain, Chains
from polybius.grounding.coreference.groups import STATES
from polybius.grounding.descriptions import Describer, opposite
from polybius.grounding.named import NameFinder
from polybius.grounding.persons import Standing, choose
from polybius.grounding.scope import Scope, missing
from polybius.grounding.sectors import WEAK, elite, phrase_head, singular
from polybius.grounding.surroundings import Surroundings
from polybius.records import Actor, Grounding, GroundingStatus, Name, Sentence, Span
from polybius.reference import World, folded, normal

PRONOUNS = frozenset(
    """he she him her his hers himself herself who whom whose it its itself which that they them their theirs themselves we us our ours
    i me my mine you your both others another anyone anybody someone somebody everyone everybody nobody none all some many few
    one each either neither this these those no-one most several""".split()
)

UNLIKELY = 0.02  # a country that is less likely by the words around a phrase is not meant
# Of people, if nothing else is said.
COUNTED = frozenset("another others some many several most few those anyone anybody everyone everybody nobody".split())
SOMEBODY = COUNTED | frozenset(
    """anyone anybody someone somebody everyone everybody nobody none all one each either neither both no-one those""".split()
)


def asks_for_two_states(sentence: Sentence, words: range) -> bool:
    """Whether a phrase is "both governments", "the two countries" or the like."""
    noun = singular(sentence.forms[phrase_head(sentence, words)].lower())
    return noun in STATES and not {"both", "two"}.isdisjoint(sentence.forms[i].lower() for i in words)


class ActorResolver:
    """Resolves the mentions of one article; each span once."""

    def __init__(self, article: Article, world: World, chains: Chains | None = None) -> None:
        self.article, self.world = article, world
        self.chains = chains if chains is not None else Chains()
        self.around = Surroundings(article, world)
        self.scope = Scope(article, world, self.around)
        self.names, self.bodies = NameFinder(self.scope), BodyFinder(self.scope)
        self.descriptions = Describer(self.scope, self.linked)
        self.day = article.document.published.isoformat() if article.document.published else None
        self.done: dict[tuple[Span, str | None], Grounding[Actor]] = {}

    def linked(self, span: Span) -> Grounding[Actor] | None:
        """Who a mention stands for, if it is of a chain."""
        return self.resolve(span) if self.chains.of(span) is not None else None

    def resolve(self, span: Span, day: str | None = None) -> Grounding[Actor]:
        """Who a phrase names on a day, an ISO date; by default the day of publication."""
        key = (span, day or self.day)
        if key not in self.done:
            self.done[key] = missing("the phrase refers to itself")
            self.done[key] = self.decide(span, day or self.day)
        return self.done[key]

    def parties(self, span: Span) -> tuple[Grounding[Actor], ...]:
        """Each of those for whom a phrase stands together: "the two sides", "Thai and Cambodian artillery"; none where it is one."""
        chain = self.chains.of(span)
        if chain is not None and chain.members:
            members = [m for m in chain.members if not m.overlaps(span)]
            found = [replace(self.resolve(m), chain=(m, span), method="coreference") for m in members]
            return tuple(found) if len(found) > 1 and all(g.target is not None for g in found) else ()
        found_words = self.article.words(span)
        if found_words is None:
            return ()
        if chain is None and asks_for_two_states(*found_words):
            return self.two_states(span)
        whole = self.resolve(span)
        codes = joined_states(read(*found_words, phrase_head(*found_words), self.world))
        if whole.target is None or whole.target.code not in codes or len(codes) < 2:
            return ()
        return tuple(replace(whole, target=replace(whole.target, code=self.scope.state(code))) for code in codes)

    def two_states(self, span: Span) -> tuple[Grounding[Actor], ...]:
        """The two states that the article has spoken of most before a phrase such as "both governments"."""
        told = Counter(vote.code for vote in self.around.votes if vote.position < span.start)
        most = told.most_common(3)
        if len(most) < 2 or (len(most) == 3 and most[1][1] == most[2][1]):
            return ()
        two = [code for code in told if code in dict(most[:2])]
        why = "one of the two states that the article has spoken of most"
        return tuple(Grounding("ambiguous", self.government(code), why, (span,), 0.6, "group") for code in two)

    def government(self, code: str) -> Actor:
        name = self.world.states.get(code, code)
        known = self.world.phrases.get(normal(name))
        return self.scope.actor(name, code, ("GOV",), known.identifier if known is not None else None)

    def opposed(self, span: Span) -> Actor | None:
        """Whose host, guest or counterpart a phrase names, where it names him only so."""
        found = self.article.words(span)
        if found is None or self.resolve(span).target is not None:
            return None
        sentence, words = found
        clues = read(sentence, words, phrase_head(sentence, words), self.world)
        owner = self.descriptions.owner(clues) if opposite(clues) else None
        return owner.target if owner is not None and owner.target and owner.target.code else None

    def countries(self, span: Span) -> list[str]:
        """Countries that the words around a phrase speak of enough, the likeliest first."""
        return [code for code, share in self.around.ask(span, ("GOV",)) if code is not None and share >= UNLIKELY]

    def decide(self, span: Span, day: str | None) -> Grounding[Actor]:
        found = self.article.words(span)
        if found is None:
            return missing("no words in this span")
        sentence, words = found
        chain = self.chains.of(span)
        if chain is not None:
            linked = self.through(span, chain, sentence, words, day)
            if linked is not None:
                return linked
        form = sentence.forms[words[0]]
        if len(words) == 1 and form.lower() in PRONOUNS and (form == "I" or not form.isupper()):
            text = self.article.text(span)
            if form.lower() in SOMEBODY:
                sectors = ("CVL",) if form.lower() in COUNTED else ()
                return self.descriptions.fall_back(span, text, sectors, f"“{text}” names nobody")
            return missing(f"nothing in the article that “{text}” could stand for")
        return self.by_words(span, sentence, words, day)

    def by_words(self, span: Span, sentence: Sentence, words: range, day: str | None) -> Grounding[Actor]:
        """From the words of the phrase, then what is around it."""
        clues = read(sentence, words, phrase_head(sentence, words), self.world)
        person = self.names.person_in(span, clues)
        if person is not None:
            return self.person(span, person, clues, day)
        body = self.bodies.body(clues, day)
        if body is not None:
            return body
        return self.descriptions.described(span, clues, day)

    # --- through the chain

    def through(
        self, span: Span, chain: Chain, sentence: Sentence, words: range, day: str | None
    ) -> Grounding[Actor] | None:
        """What the fullest mention says, where this one says less: a pronoun, a short name, a bare description."""
        if chain.members:
            return self.several(span, chain, day)
        if chain.best == span or self.says_more(span, sentence, words):
            return None
        best = self.article.words(chain.best)
        if best is None or all(best[0].upos[i] == "PRON" for i in best[1]):
            return None
        found = self.resolve(chain.best, day)
        if found.target is None:
            return None
        target = found.target
        if not target.sectors:
            target = replace(target, sectors=read(sentence, words, phrase_head(sentence, words), self.world).sectors)
        return replace(
            found,
            target=target,
            chain=(chain.best, span),
            reason=f"as “{self.article.text(chain.best)}”: {found.reason}",
            method="coreference",
        )

    def says_more(self, span: Span, sentence: Sentence, words: range) -> bool:
        """Whether a phrase tells for itself whose it is."""
        clues = read(sentence, words, phrase_head(sentence, words), self.world)
        if clues.code or clues.bodies:
            return True
        name = next((n for n in self.article.names_in(span) if n.kind == "PERSON"), None)
        return name is not None and bool(self.world.persons(self.article.text(name.span)))

    def several(self, span: Span, chain: Chain, day: str | None) -> Grounding[Actor]:
        """A group: its members' country and sectors where they share them."""
        found = [self.resolve(m, day) for m in chain.members if m != span]
        targets = [g.target for g in found if g.target is not None]
        if not targets:
            return missing("nobody in the group is known")
        codes = list(dict.fromkeys(t.code for t in targets))
        sectors = tuple(dict.fromkeys(s for t in targets for s in t.sectors))
        actor = Actor(" and ".join(t.name for t in targets), codes[0] if len(codes) == 1 else None, sectors)
        others = tuple(f"{t.name} ({t.code})" for t in targets)
        status: GroundingStatus = (
            "resolved" if len(codes) == 1 and all(g.status == "resolved" for g in found) else "ambiguous"
        )
        return Grounding(
            status, actor, "several who are named elsewhere", (*chain.members, span), 0.7, "coreference", others
        )

    # --- persons

    def person(self, span: Span, name: Name, clues: Clues, day: str | None) -> Grounding[Actor]:
        """A named person: the table, the title, both."""
        text = self.article.text(name.span)
        title = self.names.title(name, clues)
        code = title.code or (self.bodies.body_code(title) if title.bodies else None)
        near = [code] if code else list(self.around.codes)
        full = self.world.persons(text)
        short = not full
        entries = full or self.world.surnamed(text)
        if short and self.other_bearer(text):
            entries = ()
        best, others = choose(entries, day, near, short)
        if best is not None and code and best.code != self.scope.state(code) and title.sectors:
            best = None  # a namesake: the title says so
        if best is None:
            return self.untabled(span, text, title, code, others)
        return self.tabled(span, best, title, others)

    def tabled(self, span: Span, best: Standing, title: Clues, others: tuple[str, ...]) -> Grounding[Actor]:
        """A person of the table; a title in the text goes before the office in the table."""
        own = best.sectors
        strong = [u for u in title.units if u.end == title.words[-1] + 1 and u.sectors]
        if title.former or (best.when == "gone" and best.seen):
            own = elite(own)
        elif best.when == "before" and not strong and "GOV" in own:
            own = ("PTY",)  # who is not in office yet, stands for it
        elif title.bodies and strong and strong[-1].noun in WEAK:
            own = self.title_sectors(title) or own
        elif strong and strong[-1].noun not in ("leader", "chief", "head", "president"):
            own = tuple(
                dict.fromkeys(
                    (*title.sectors, *(s for s in own if s in ("MIL", "JUD", "SPY", "COP") and best.when == "now"))
                )
            )
        elif strong and own[:1] == ("ELI",):
            own = title.sectors
        sure = best.when in ("now", "gone") or bool(strong) or title.former
        actor = self.scope.actor(best.entry.name, best.code, own, best.entry.identifier)
        reason = f"{best.reason}{'; its title in the text' if strong else ''}"
        return Grounding(
            "resolved" if sure else "ambiguous", actor, reason, (span,), 1.0 if sure else 0.7, "table", others
        )

    def untabled(
        self, span: Span, text: str, title: Clues, code: str | None, others: tuple[str, ...]
    ) -> Grounding[Actor]:
        """A person whom no table knows: by the title, else by what is around."""
        sectors = self.title_sectors(title)
        sectors = elite(sectors) if title.former and sectors else sectors or self.told(span)
        owner = self.descriptions.owner(title) if not code and title.head not in range(*self.within(span)) else None
        if owner is not None and owner.target is not None and owner.target.code:
            actor = self.scope.actor(text, owner.target.code, sectors)
            why = f"of {owner.target.name}: {owner.reason}"
            return Grounding("ambiguous", actor, why, (*owner.chain, span), 0.8, "possessor", others)
        if code:
            actor = self.scope.actor(text, code, sectors)
            if not sectors or not title.code:
                why = "country before the name; no title that the tables know"
                if sectors:
                    why = "title in the phrase; its country that of a body in it"
                return Grounding("ambiguous", actor, why, (span,), 0.7, "title", others)
            return Grounding("resolved", actor, "country and title in the phrase", (span,), 0.9, "title", others)
        return self.descriptions.fall_back(span, text, sectors or (), "a person whom no table knows", others)

    def within(self, span: Span) -> tuple[int, int]:
        """First word and end of a phrase in its sentence."""
        found = self.article.words(span)
        return (found[1].start, found[1].stop) if found is not None else (0, 0)

    def told(self, span: Span) -> tuple[str, ...]:
        """The sectors that another mention of the chain tells: "the financier" of a bare name."""
        chain = self.chains.of(span)
        others = chain.mentions if chain is not None and not chain.members else ()
        for mention in others:
            found = self.article.words(mention.span)
            if mention.kind != "pronoun" and mention.span != span and found is not None:
                clues = read(*found, phrase_head(*found), self.world)
                name = self.names.person_in(mention.span, clues)
                sectors = self.title_sectors(self.names.title(name, clues)) if name is not None else clues.sectors
                if sectors:
                    return sectors
        return ()

    def title_sectors(self, title: Clues) -> tuple[str, ...]:
        """The sectors of a title: of the body that it names, where the role noun says little ("IRGC spokesperson")."""
        entry = next((e for h in title.bodies if (e := self.bodies.pick(h)[0]) is not None), None)
        return self.bodies.joined(title, entry) if entry is not None else title.sectors

    def other_bearer(self, surname: str) -> bool:
        """Whether the article has a fuller name with this surname that is in no table: then it is that person."""
        key = folded(surname)
        for name in self.article.names:
            full = folded(self.article.text(name.span))
            if (
                name.kind == "PERSON"
                and " " in full
                and key in (full.split()[-1], full.split()[0])
                and not self.world.persons(full)
            ):
                return True
        return False


__all__ = ["ActorResolver", "missing"]
