"""Which words of an article name places: names of the reader that tables know, and capitalised words that they know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from polybius.grounding.article import Article
from polybius.grounding.place_evidence import lies_in
from polybius.records import Name, Sentence, Span
from polybius.reference import Town, World, normal
from polybius.reference.gazetteer_names import fold

LONGEST = 6
INSIDE = frozenset(
    "of the and de del la las los el al au aux da do dos das di du des le les der den am upon on en y - – ' ’ . & 's".split()
)
LOCATIVE = frozenset(
    "in at near from to outside around into across inside within throughout off towards toward via of between through".split()
)
# Words that begin the names of institutions: what follows their "of" names no place of its own.
BODIES = frozenset("university bank institute college church bishop archbishop academy museum hospital school duke earl prince queen king "
                   "ministry department secretary council court chamber association federation daughters sons battle treaty house journal".split())  # fmt: skip
MODIFIERS = frozenset("north south east west northern southern eastern western central upper lower greater downtown mainland "
                      "northeastern northwestern southeastern southwestern northeast northwest southeast southwest inner outer rural metropolitan".split())  # fmt: skip
KINDS = frozenset("county province state region city town village district island islands republic oblast governorate prefecture territory "
                  "river lake sea airport parish municipality area".split())  # fmt: skip
BIG, KNOWN = 100_000, 15_000
DIVISIONS = frozenset({"PCLI", "ADM1"})
SHORT = re.compile(r"(?:[A-Z]\.?){1,4}$")
GREAT = 200_000
LONG = 9  # "the N.S.W."
CALENDAR = frozenset("january february march april may june july august september october november december monday tuesday wednesday thursday "
                     "friday saturday sunday christmas easter ramadan".split())  # fmt: skip


@dataclass(frozen=True, slots=True)
class Toponym:
    """Words that name a place, with every place of that name."""

    span: Span
    folded: str
    senses: tuple[Town, ...]
    sentence: int


def senses(world: World, text: str) -> tuple[Town, ...]:
    """Every place that a name may stand for. Short names in capitals are read as they are written.

    "US" is the country and "us" is not; "EST" is no region Est. Great places may stand in capitals ("IRAN", "KYIV").
    """
    towns = world.gazetteer.towns(text)
    if len(text) > LONG:
        return towns
    bare = text.removeprefix("The ").removeprefix("the ")
    short, folded = bool(SHORT.match(bare)), fold(text)
    code, great = len(bare) == 2, short and len(bare) > 3
    return tuple(
        t
        for t in towns
        if _written(t, folded, short)
        or (short and t.feature == "PCLI")
        or (code and t.feature == "ADM1")
        or (great and t.population > GREAT)
    )


def _written(town: Town, folded: str, short: bool) -> bool:
    """Whether the name that was found is itself short and in capitals, or is not, as wanted."""
    return any(bool(SHORT.match(name)) == short for name in (town.name, *town.others) if fold(name) == folded)


def spot(article: Article, world: World) -> tuple[Toponym, ...]:
    """The toponyms of an article in the order of its text; none lies in another."""
    return tuple(found for sentence in article.sentences for found in _Spotter(article, world, sentence).run())


def is_demonym(world: World, words: str) -> bool:
    """Whether words say whose a place is and not what it is called: the "Malian" of "the Malian border"."""
    known = world.phrases.get(normal(words))
    return known is not None and known.kind in ("adjective", "people")


class _Spotter:
    """Goes through one sentence from the left and takes the longest name at each word."""

    def __init__(self, article: Article, world: World, sentence: Sentence) -> None:
        self.article, self.world, self.sentence = article, world, sentence
        self.names = list(article.names_in(sentence.span))
        self.last: Toponym | None = None

    def run(self) -> Iterator[Toponym]:
        at = 0
        while at < len(self.sentence):
            found = self.longest(at) if self.may_begin(at) else None
            if found is None:
                at += 1
                continue
            at = found[1]
            self.last = found[0]
            yield found[0]

    def may_begin(self, at: int) -> bool:
        first = self.sentence.forms[at][0]
        return first.isalpha() and not first.islower()

    def longest(self, at: int) -> tuple[Toponym, int] | None:
        forms = self.sentence.forms
        for end in range(min(at + LONGEST, len(forms)), at, -1):
            if any(not self.may_begin(k) and forms[k].lower() not in INSIDE for k in range(at + 1, end)) or (
                end > at + 1 and not self.may_end(end - 1)
            ):
                continue
            span = Span(self.sentence.starts[at], self.sentence.ends[end - 1])
            found = self.known(span, at, end)
            if found is not None:
                return found, end
        return None

    def may_end(self, at: int) -> bool:
        form = self.sentence.forms[at]
        stop = form == "." and at + 1 < len(self.sentence) and len(self.sentence.forms[at - 1]) < 6
        return stop or (form[0].isalnum() and not form.islower())

    def known(self, span: Span, at: int, end: int) -> Toponym | None:
        text = self.article.text(span)
        if text[:4].lower() == "the " and not self.has_article(text):
            return None
        folded = fold(text)
        if not self.world.gazetteer.knows(folded) or is_demonym(self.world, text):
            return None
        places = senses(self.world, text)
        if folded in CALENDAR or not places or not self.accepts(span, at, end, places):
            return None
        return Toponym(span, folded, places, self.sentence.index)

    def has_article(self, text: str) -> bool:
        """Whether the article is a part of the name: The Hague, not the Hague's country."""
        return any(name.startswith("The ") for t in senses(self.world, text) for name in (t.name, *t.others))

    def accepts(self, span: Span, at: int, end: int, places: tuple[Town, ...]) -> bool:
        """Whether these words name a place here: by the reader, by the words around them, by how known the place is."""
        after_place = self.follows_place(span)
        if self.is_code(span, places):
            return after_place
        over = [n for n in self.names if n.span.overlaps(span)]
        if any(n.kind == "PLACE" and span.contains(n.span) for n in over):
            return True
        if any(self.inside_other(n, span) for n in over):
            return False
        if (
            self.sentence.forms[at].lower() in BODIES
            or not self.is_name(at, end)
            or self.in_longer_name(at, end)
            or self.of_a_body(at)
        ):
            return False
        return after_place or self.known_enough(at, end, places) or self.held(end, places)

    def is_code(self, span: Span, places: tuple[Town, ...]) -> bool:
        """Two letters for a state ("CA") are a place only beside a town."""
        text = self.article.text(span).replace(".", "")
        return len(text) < 3 and not any(p.feature == "PCLI" for p in places)

    def follows_place(self, span: Span) -> bool:
        if self.last is None:
            return False
        between = self.article.text(Span(self.last.span.end, span.start))
        return between.strip() in (",", "(", ", in") and len(between) < 6

    @staticmethod
    def inside_other(name: Name, span: Span) -> bool:
        """In a person's name, or a part of the name of an organisation or a thing."""
        return name.kind == "PERSON" or (name.kind != "PLACE" and name.span != span and name.span.contains(span))

    def is_name(self, at: int, end: int) -> bool:
        return any(self.sentence.upos[k] == "PROPN" for k in range(at, end))

    def in_longer_name(self, at: int, end: int) -> bool:
        """Beside another capitalised proper noun that is no word of place: a part of some other name."""
        return self.joins(at - 1) or (self.joins(end) and self.sentence.forms[end].lower() not in KINDS)

    def joins(self, k: int) -> bool:
        if not 0 <= k < len(self.sentence):
            return False
        form = self.sentence.forms[k]
        known = form.lower() in MODIFIERS or form.lower() in self.world.roles
        return self.sentence.upos[k] == "PROPN" and form[0].isupper() and not known and not self.ends_place(k)

    def ends_place(self, k: int) -> bool:
        return self.last is not None and self.last.span.end == self.sentence.ends[k]

    def of_a_body(self, at: int) -> bool:
        forms = [f.lower() for f in self.sentence.forms[max(0, at - 3) : at] if f.lower() != "the"]
        return len(forms) > 1 and forms[-1] == "of" and forms[-2] in BODIES and self.sentence.forms[at - 1] == "of"

    def held(self, end: int, places: tuple[Town, ...]) -> bool:
        """Whether a country or division that holds it follows: "Sudzha, Kursk Oblast"."""
        if end + 1 >= len(self.sentence) or self.sentence.forms[end] not in (",", "(") or not self.may_begin(end + 1):
            return False
        last = min(end + 4, len(self.sentence))
        spans = (Span(self.sentence.starts[end + 1], self.sentence.ends[k]) for k in range(end + 1, last))
        outer = (o for span in spans for o in senses(self.world, self.article.text(span))[:20])
        return any(lies_in(place, o) for o in outer for place in places[:100])

    def known_enough(self, at: int, end: int, places: tuple[Town, ...]) -> bool:
        if any(p.feature in DIVISIONS or p.feature.startswith("PPLC") for p in places):
            return True
        most = max(p.population for p in places)
        if any(not p.feature.startswith(("PPL", "ADM")) and (end > at + 1 or not p.verified) for p in places):
            return True  # waters, regions, bases: few, and all of them in the news
        located = at > 0 and self.sentence.forms[at - 1].lower() in LOCATIVE
        return most >= (KNOWN if located or end > at + 1 else BIG) or (
            located and self.sentence.deprels[end - 1] in ("obl", "nmod")
        )
