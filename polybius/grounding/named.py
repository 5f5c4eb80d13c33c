"""Persons whom a phrase names: the name itself, the title that goes with it, what the tables say of both."""

from __future__ import annotations

from polybius.grounding.clues import Clues, Hit, read
from polybius.grounding.scope import Scope
from polybius.grounding.sectors import FORMER, OFFICIAL, Unit, phrase_head, singular
from polybius.records import Name, Sentence, Span
from polybius.reference import normal

BEFORE_HEAD = ("PROPN", "NOUN", "ADJ", "DET", "NUM")


class NameFinder:
    """The names of persons in one article's phrases."""

    def __init__(self, scope: Scope) -> None:
        self.article, self.world = scope.article, scope.world

    def person_in(self, span: Span, clues: Clues) -> Name | None:
        """The person whom the phrase names: a name that is no title, state or body, and not only a modifier."""
        for whole in self.names_of(span):
            name = self.trimmed(whole)
            text = self.article.text(name.span)
            key = normal(text)
            listed = bool(self.world.persons(text))
            if not listed and not self.has_own_words(name):
                continue
            if not listed and (key in self.world.phrases or key.split()[-1:] and key.split()[-1] in self.world.roles):
                continue
            if name.kind == "PERSON" or (listed and " " in key):
                place = self.article.words(name.span)
                if place is not None and self.heads(clues, place[1]):
                    return name
        return None

    def names_of(self, span: Span) -> list[Name]:
        """Names in a phrase, and those of which the phrase is the end ("Emmanuel Macron" of "French president Emmanuel Macron")."""
        inside = list(self.article.names_in(span))
        if not inside:
            over = (
                n for n in self.article.names_before(span.end) if n.span.end == span.end and n.span.start < span.start
            )
            inside = [Name(span, n.kind, n.sentence) for n in over]
        if not inside and " " in self.article.text(span) and self.world.persons(self.article.text(span)):
            sentence = self.article.sentence_at(span.start)
            inside = [Name(span, "PERSON", sentence.index if sentence is not None else 0)]
        return inside

    def has_own_words(self, name: Name) -> bool:
        """Whether anything is left of a name without states, bodies and role nouns."""
        place = self.article.words(name.span)
        if place is None:
            return False
        clues = read(place[0], place[1], place[1][-1], self.world)
        taken = {i for h in clues.hits for i in range(h.start, h.end)}
        taken |= {i for u in clues.units for i in range(u.start, u.end)}
        return any(
            i not in taken and place[0].forms[i][:1].isalnum() and place[0].forms[i] not in ("'s", "’s")
            for i in place[1]
        )

    def trimmed(self, name: Name) -> Name:
        """A name without the title that the reader took for a part of it."""
        place = self.article.words(name.span)
        if place is None or name.kind != "PERSON":
            return name
        sentence, words = place
        first = words[0]
        clues = read(sentence, words, words[-1], self.world)
        parts: dict[int, Hit | Unit] = {u.start: u for u in clues.units}
        parts |= {h.start: h for h in clues.hits}
        while first < words[-1] and sentence.forms[first].lower() in FORMER:
            first += 1
        seen = first
        while seen in parts and parts[seen].end <= words[-1]:
            part, seen = parts[seen], parts[seen].end
            if isinstance(part, Unit) or not part.is_state:  # "Israel Katz" keeps his name
                first = seen
        if first == words[0]:
            return name
        return Name(Span(sentence.starts[first], name.span.end), name.kind, name.sentence)

    def heads(self, clues: Clues, words: range) -> bool:
        """Whether a name is the core of its phrase, not a possessor or modifier ("Trump's lawyers", "Trump supporters")."""
        sentence, end = clues.sentence, words[-1] + 1
        if end <= clues.words[-1]:
            if sentence.forms[end] in ("'s", "’s", "'", "’"):
                return False
            if sentence.upos[end] in ("NOUN", "PROPN") and clues.head >= end:
                return False
        first = next((u.start for u in clues.units if u.end == words[0]), words[0])
        before = [f.lower() for f in sentence.forms[clues.words[0] : first]]
        if not {"of", "to", "by", "for", "with", "from"} & set(before[1:]):
            return True
        lead = next((u for u in clues.units if u.start <= clues.head < u.end), None)
        single = sentence.forms[clues.head].lower() == singular(sentence.forms[clues.head])
        return (
            before[-1:] not in (["of"], ["to"], ["by"], ["for"])
            and single
            and lead is not None
            and bool(OFFICIAL.intersection(lead.sectors))
        )

    def title(self, name: Name, clues: Clues) -> Clues:
        """The words before a name that belong to it, read against the tables."""
        place = self.article.words(name.span)
        assert place is not None
        sentence, words = place
        first = min(self.first_of_title(sentence, words[0]), clues.words[0] if clues.words[0] < words[0] else words[0])
        if first == words[0]:
            ahead = self.ahead(sentence, words)
            if ahead is None:
                return self.apposition(sentence, words)
            return read(sentence, ahead, phrase_head(sentence, ahead), self.world)
        title = range(first, words[0])
        return read(sentence, title, phrase_head(sentence, title), self.world)

    def first_of_title(self, sentence: Sentence, first: int) -> int:
        start = first
        while start > 0 and (
            sentence.upos[start - 1] in ("PROPN", "NOUN", "ADJ")
            or sentence.forms[start - 1] in ("'s", "’s", "-")
            or sentence.forms[start - 1].lower() in FORMER
        ):
            start -= 1
        return start

    def ahead(self, sentence: Sentence, words: range) -> range | None:
        """ "Peru's president, X": the words before the comma, where the name is in apposition to their head."""
        comma = words[0] - 1
        if comma < 1 or sentence.forms[comma] != ",":
            return None
        head = next((sentence.heads[i] for i in words if sentence.heads[i] not in words), -1)
        beside = any(sentence.deprels[i] == "appos" and sentence.heads[i] not in words for i in words)
        if not (beside and 0 <= head < comma and sentence.upos[head] in ("NOUN", "PROPN")):
            return None
        first = head
        while first > 0 and (sentence.upos[first - 1] in BEFORE_HEAD or sentence.forms[first - 1] in ("'s", "’s", "-")):
            first -= 1
        return range(first, comma)

    def apposition(self, sentence: Sentence, words: range) -> Clues:
        """ "X, the president of Peru": the words behind the comma, where their head hangs on the name."""
        end = words[-1] + 1
        if end < len(sentence) and sentence.forms[end] in (",", "(") and end + 1 < len(sentence):
            for i in range(end + 1, min(end + 9, len(sentence))):
                if sentence.deprels[i] == "appos" and sentence.heads[i] in words:
                    last = next(
                        (k for k in range(i + 1, len(sentence)) if sentence.forms[k] in (",", ")", ".", ";")),
                        len(sentence),
                    )
                    return read(sentence, range(end + 1, last), i, self.world)
        return Clues(sentence, words, words[-1], (), (), (), False)
