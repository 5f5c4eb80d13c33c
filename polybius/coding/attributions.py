"""Every attribution of a text: who says, thinks or wants what, read from the trees and the quotation marks alone.

Three kinds: what is ``said``, what is ``thought`` (belief, feeling, knowledge) and what is ``meant`` (intention, wish). A cue is
a verb, a noun or an adjective with its content beside it, or "according to"; a quotation belongs to the cue beside it, and
those that follow without a cue to the same speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from polybius.coding.attribution_words import (
    ABOUT,
    ANYBODY,
    ATTITUDES,
    CAUSING,
    DOCUMENTS,
    FEELING,
    FEELINGS,
    JUDGING,
    NOBODY,
    NOUNS,
    PLAIN,
    SHOWING,
    SPEAKING,
    SURVEYS,
    THINKING,
    TOPIC,
    UTTERANCES,
)
from polybius.coding.phrases import phrases
from polybius.coding.quotation import Quotation, quotation_at
from polybius.coding.speech import Saying, according, by_owner, dateline, outside_quotation
from polybius.coding.tree import NOMINAL, RELATIVE, Tree, antecedent, passive, subject
from polybius.coding.view import View, view
from polybius.records import Document, Filler, Reading, Span

Kind = Literal["said", "thought", "meant"]
# A person's name, then his account; a label in capitals at the start of a line.
NAMED = r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,4}"
SIGNATURE = re.compile(rf"(?:—|–|--|-)\s*({NAMED})\s*(\(@\w+\))")
LABEL = re.compile(r"^[ \t“\"]*([A-Z][A-Z.’' -]{2,30}[A-Z])(:)(?=\s)", re.MULTILINE)
QUOTED = 3  # words from which on a quotation is what somebody said, and no name or borrowed word
NEAR = 4  # words between a cue and the subject behind it
CLAUSES = ("ccomp", "parataxis")
THINGS = ("obj", "obl", "iobj", "xcomp", "advcl", "advmod")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution. ``source`` is None where nobody is named; ``content`` is in pieces where the cue stands within it.

    Where the source is a relative clause's ("an architect who said"), ``pronoun`` is the word that stands for it. ``chain``
    holds the other mentions of the source in the article, where they are known.
    """

    kind: Kind
    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    sentence: int
    chain: tuple[Span, ...] = ()
    pronoun: Span | None = None

    @property
    def named(self) -> Span | None:
        """The words of the clause itself that name the source."""
        return self.pronoun or self.source

    def holds(self, span: Span) -> bool:
        """Whether some words are part of what is attributed."""
        return any(part.contains(span) for part in self.content)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that attributes: the head of the phrase that names the source, the cue itself, the heads of the content."""

    kind: Kind
    word: int
    span: Span
    source: int | None
    heads: tuple[int, ...] = ()
    around: bool = False  # the content is the clause that the cue hangs on
    pronoun: int | None = None  # the relative pronoun that stands for the source


def attributions(document: Document, reading: Reading) -> tuple[Attribution, ...]:
    """The attributions of a document in the order of their cues."""
    seen = view(document, reading)
    found = [one for sentence in range(len(reading.sentences)) for one in in_sentence(seen, sentence)]
    made = [*with_quotations(seen, found), *labelled(seen), *signed(seen)]
    return tuple(sorted(made, key=lambda one: (one.cue, one.source or one.cue)))


def outermost(found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Those that are not part of what another one attributes: "X said that Y believes …" is X's."""
    return tuple(one for one in found if not any(other is not one and other.holds(one.cue) for other in found))


def in_sentence(seen: View, sentence: int) -> list[Attribution]:
    """Those whose cue stands in one sentence."""
    tree = seen.tree(sentence)
    cues = [cue for word in range(len(tree.sentence)) for cue in cues_at(seen, tree, word)]
    made = (attribution(seen, tree, sentence, cue) for cue in cues)
    return [one for one in made if one is not None]


def cues_at(seen: View, tree: Tree, word: int) -> Iterator[Cue]:
    tag = tree.upos(word)
    if tag == "VERB":
        yield from verb(seen, tree, word)
    elif tag == "NOUN":
        yield from noun(tree, word)
    elif tag == "ADJ":
        yield from adjective(tree, word)
    if tag in NOMINAL:
        named = according(tree, word) or per(tree, word) or polled(tree, word)
        if named is not None:
            yield Cue("said", word, named, word, (), True)


# --- verbs ---------------------------------------------------------------------------------------------------------


def verb(seen: View, tree: Tree, word: int) -> Iterator[Cue]:
    """ "X said that", "…, said X", "as X put it", "X was told by Y", "X wants to", "X was quoted as saying"."""
    cue = told(seen, tree, word) or felt(tree, word)
    if cue is not None:
        own = tree.kid(word, "nsubj", "nsubj:pass")
        relative = own if cue.source is not None and own is not None and tree.lemma(own) in RELATIVE else None
        yield replace(cue, pronoun=relative)


def told(seen: View, tree: Tree, word: int) -> Cue | None:
    """What is said, in words of saying or in words that are on no list but have what is said beside them."""
    lemma, clauses, aims = tree.lemma(word), clauses_of(tree, word), aims_of(tree, word)
    objects, beside = tuple(tree.kids(word, *THINGS)), stands_beside(tree, word)
    said = Cue("said", word, tree.span(word, word), speaker_of(tree, word, lemma in SPEAKING))
    if lemma in SPEAKING:
        content = clauses or (() if beside else aims or objects)
        tells = clauses or aims or beside or touches_quotation(seen, tree, word) or judges(tree, word)
        return replace(said, heads=content, around=beside) if tells or states(tree, word) else None
    if lemma in SHOWING and (tree.kid(word, "ccomp") is not None or documented(tree, word)):
        return replace(said, heads=clauses or objects)
    if lemma in THINKING | CAUSING:
        return None
    free = stated(tree, word) or (objects and touches_quotation(seen, tree, word))
    return replace(said, heads=clauses or objects) if free else None


def felt(tree: Tree, word: int) -> Cue | None:
    """What is thought, felt or meant."""
    lemma, clauses, aims = tree.lemma(word), clauses_of(tree, word), aims_of(tree, word)
    if lemma not in THINKING or lemma in SPEAKING:
        return None
    beside = stands_beside(tree, word) and lemma not in ("see", "like", "want")
    held = Cue("thought", word, tree.span(word, word), speaker_of(tree, word))
    if held.source is not None and tree.lemma(held.source) in ANYBODY:
        return None
    if clauses or beside:
        return replace(held, heads=clauses, around=beside)
    if aims:
        return replace(held, kind="meant", heads=aims)
    valued = lemma in FEELINGS | JUDGING and tree.kid(word, "obj") is not None
    return replace(held, heads=tuple(tree.kids(word, *THINGS))) if valued else None


def clauses_of(tree: Tree, word: int) -> tuple[int, ...]:
    return tuple(tree.kids(word, *CLAUSES))


def aims_of(tree: Tree, word: int) -> tuple[int, ...]:
    return tuple(child for child in tree.kids(word, "xcomp") if tree.kid(child, "mark") is not None)


def stands_beside(tree: Tree, word: int) -> bool:
    """Whether a cue is set beside its content: "…, X said", "as X put it"."""
    return tree.kid(word, "ccomp") is None and (tree.rel(word) == "parataxis" or as_said(tree, word))


def states(tree: Tree, word: int) -> bool:
    """The plainest verbs of saying with a subject of their own: whatever the tree makes of what is said."""
    own = tree.kid(word, "nsubj")
    return own is not None and tree.lemma(word) in PLAIN and tree.lemma(own) not in RELATIVE


def documented(tree: Tree, word: int) -> bool:
    """ "A poll shows a lead for X": what a document shows is what it says."""
    source = subject(tree, word)
    return source is not None and tree.lemma(source) in DOCUMENTS and tree.kid(word, "obj") is not None


def as_said(tree: Tree, word: int) -> bool:
    """ "as X put it", "as X told reporters"."""
    return tree.rel(word) == "advcl" and any(tree.lemma(mark) == "as" for mark in tree.kids(word, "mark", "advmod"))


def judges(tree: Tree, word: int) -> bool:
    """ "criticised the plan", "spoke about the war": what is said of is content enough."""
    if tree.lemma(word) in JUDGING and tree.kid(word, "obj", "nsubj:pass") is not None:
        return True
    wanted = ("on", "for", "upon") if tree.lemma(word) == "call" else TOPIC if tree.lemma(word) in ABOUT else ()
    return any(tree.case(kid) in wanted for kid in tree.kids(word, "obl"))


def stated(tree: Tree, word: int) -> bool:
    """A verb that is on no list, with a "that" clause and somebody for its subject: it tells what he says."""
    return any(
        mark_of == "that" for kid in tree.kids(word, "ccomp") for mark_of in map(tree.lemma, tree.kids(kid, "mark"))
    )


def speaker_of(tree: Tree, word: int, things: bool = False) -> int | None:
    """Who speaks: the subject, or of a passive verb the agent; of one who is quoted, himself. ``things``: "it" may speak."""
    if passive(tree, word) and tree.lemma(word) != "quote":
        agent = tree.kid(word, "obl:agent")
        if agent is None:
            agent = next((kid for kid in tree.kids(word, "obl") if tree.case(kid) == "by"), None)
        return somebody(tree, agent)
    own = nearest_subject(tree, word)
    if things and own is not None and tree.lemma(own) == "it":
        return own
    found = somebody(tree, subject(tree, word) if own is None else antecedent(tree, own))
    return found if found is not None else inverted(tree, word)


def nearest_subject(tree: Tree, word: int) -> int | None:
    """Of several subjects, of which a wrong tree has hung some on the verb, the one that stands next to it."""
    own = tree.kids(word, "nsubj", "nsubj:pass")
    return min(own, key=lambda kid: abs(kid - word), default=None)


def inverted(tree: Tree, word: int) -> int | None:
    """ "…," said X: a subject that the tree takes for an object, right behind a cue that is set beside its content."""
    after = tree.kid(word, "obj", "obl", "dep")
    near = after is not None and tree.rel(word) == "parataxis" and 0 < after - word <= NEAR
    return somebody(tree, after) if near else None


def somebody(tree: Tree, word: int | None) -> int | None:
    """A word that can name a source: no expletive, no relative pronoun whose noun the tree does not show."""
    if word is None or tree.upos(word) not in (*NOMINAL, "ADJ", "DET") or dateline(tree, word):
        return None
    return None if tree.lemma(word) in NOBODY else word


def touches_quotation(seen: View, tree: Tree, word: int) -> bool:
    """Whether a quotation of the sentence hangs on a verb that stands outside of it."""
    here = tree.sentence
    if quotation_at(seen.quotations, here.starts[word]) is not None:
        return False
    heads = {below for kid in tree.children[word] for below in (kid, *tree.children[kid])}
    return any(quotation_at(seen.quotations, here.starts[kid]) is not None for kid in heads)


# --- nouns, adjectives, prepositions -------------------------------------------------------------------------------


def noun(tree: Tree, word: int) -> Iterator[Cue]:
    """ "X's claim that", "a statement by X that", "his hope to", "the view of X that"."""
    heads = tuple(kid for kid in tree.kids(word, "acl", "ccomp") if tree.kid(kid, "mark") is not None)
    owner = by_owner(tree, 0, word)
    if not heads and owner and tree.lemma(word) in UTTERANCES | ATTITUDES:
        heads = tuple(kid for kid in tree.kids(word, "nmod") if tree.case(kid) in TOPIC and kid != owner.speaker)
    if tree.lemma(word) not in NOUNS | UTTERANCES | ATTITUDES or not heads:
        return
    holder = owner.speaker if owner else held_by(tree, word)
    kind: Kind = "thought" if tree.lemma(word) in ATTITUDES else "said"
    yield Cue(kind, word, tree.span(word, word), somebody(tree, holder), heads)


def held_by(tree: Tree, word: int) -> int | None:
    """ "the belief of X that", "X expressed hope that": of-phrase, or the subject of the verb above."""
    owner = next((kid for kid in tree.kids(word, "nmod") if tree.case(kid) in ("of", "among")), None)
    above = tree.head(word)
    if owner is not None or above < 0 or tree.upos(above) != "VERB" or tree.rel(word) not in ("obj", "obl"):
        return owner
    return subject(tree, above)


def adjective(tree: Tree, word: int) -> Iterator[Cue]:
    """ "X is confident that", "X was willing to"."""
    if tree.lemma(word) not in FEELING:
        return
    clauses = tuple(tree.kids(word, "ccomp", "csubj"))
    aims = tuple(kid for kid in tree.kids(word, "xcomp", "advcl") if tree.kid(kid, "mark") is not None)
    heads = clauses or aims or tuple(kid for kid in tree.kids(word, "obl") if tree.case(kid) in TOPIC)
    holder = somebody(tree, subject(tree, word))
    if heads and holder is not None:
        yield Cue("meant" if aims and not clauses else "thought", word, tree.span(word, word), holder, heads)


def per(tree: Tree, word: int) -> Span | None:
    """ "in the words of X", "in X's view", "in a statement" (whose subject speaks already) are left to nouns; "per X"."""
    case = tree.kid(word, "case")
    return (
        tree.span(case, case) if case is not None and tree.lemma(case) == "per" and tree.upos(word) == "PROPN" else None
    )


def polled(tree: Tree, word: int) -> Span | None:
    """ "in a poll": what a survey finds."""
    case = tree.kid(word, "case")
    found = case is not None and tree.lemma(word) in SURVEYS and tree.lemma(case) == "in"
    return tree.span(case, case) if found and case is not None else None


# --- from words to spans -------------------------------------------------------------------------------------------


def attribution(seen: View, tree: Tree, sentence: int, cue: Cue) -> Attribution | None:
    source = None if cue.source is None else phrase(seen, tree, cue.source)
    if source is not None and source.overlaps(cue.span):
        return None
    inside = [span for head in cue.heads for span in pieces(tree, head, cue.word)]
    content = inside or (list(around(tree, cue)) if cue.around else [])
    kept = tuple(span for span in sorted(content) if source is None or not span.contains(source))
    pronoun = None if cue.pronoun is None else tree.span(cue.pronoun, cue.pronoun)
    return Attribution(cue.kind, source, cue.span, kept, sentence, pronoun=pronoun) if kept or source else None


def phrase(seen: View, tree: Tree, word: int) -> Span:
    """The whole phrase that names a source, lists in one."""
    found = [item.span for item in phrases(seen, Filler(tree.span(word, word)), "by")] or [tree.span(word, word)]
    return Span(min(span.start for span in found), max(span.end for span in found))


def below(tree: Tree, head: int, without: int = -1) -> set[int]:
    """The words of a subtree, less those of another one."""
    found, waiting = set(), [head]
    while waiting:
        word = waiting.pop()
        if word != without:
            found.add(word)
            waiting += tree.children[word]
    return found


def pieces(tree: Tree, head: int, without: int = -1) -> list[Span]:
    """A subtree as unbroken runs of words, bare punctuation left out at their edges."""
    return list(runs(tree, below(tree, head, without)))


def runs(tree: Tree, words: Iterable[int]) -> Iterator[Span]:
    run: list[int] = []
    for word in [*sorted(words), -2]:
        if run and word != run[-1] + 1:
            bare = [w for w in run if tree.upos(w) != "PUNCT"]
            if bare:
                yield tree.span(bare[0], bare[-1])
            run = []
        run.append(word)


def around(tree: Tree, cue: Cue) -> Iterator[Span]:
    """The clause that a cue hangs on: up to its verb, without the cue and all below it."""
    head = tree.head(cue.word)
    if head >= 0:
        yield from runs(tree, below(tree, clause(tree, head), cue.word))


def clause(tree: Tree, word: int) -> int:
    """The verb, or the root, that governs a word."""
    if tree.upos(word) in ("VERB", "AUX"):
        return word
    above = next((head for _, head in tree.up(word) if tree.upos(head) in ("VERB", "AUX")), None)
    if above is not None:
        return above
    return next((head for _, head in reversed(list(tree.up(word)))), word)


# --- quotations ----------------------------------------------------------------------------------------------------


def with_quotations(seen: View, found: list[Attribution]) -> list[Attribution]:
    """Each quotation joins the attribution of its speaker, or makes one where the sentence has none."""
    made = list(found)
    for at, quoted in enumerate(seen.quotations):
        if any(meets(one, quoted) for one in made):
            continue
        saying = outside_quotation(seen, at) or governed(seen, quoted)
        if saying is None:
            continue
        known = next((n for n, one in enumerate(made) if one.cue == saying.cue), None)
        if known is None:
            tree = seen.tree(saying.sentence)
            source = phrase(seen, tree, saying.speaker)
            made.append(Attribution("said", source, saying.cue, (quoted.span,), saying.sentence))
        else:
            made[known] = replace(made[known], content=(*made[known].content, quoted.span))
    return made


def governed(seen: View, quoted: Quotation) -> Saying | None:
    """A longer quotation within a sentence belongs to whoever is the subject of the active verb above it."""
    sentence = seen.sentence_at(quoted.start)
    tree = seen.tree(sentence)
    inside = tree.words(quoted.span)
    if len(inside) < QUOTED or not tree.sentence.span.contains(quoted.span):
        return None
    for _, head in tree.up(tree.tops(inside)[0]):
        if head not in inside and tree.upos(head) == "VERB" and not passive(tree, head):
            speaker = somebody(tree, subject(tree, head))
            if speaker is not None and speaker not in inside:
                return Saying(sentence, speaker, tree.span(head, head))
    return None


def labelled(seen: View) -> Iterator[Attribution]:
    """A sentence that begins with a name and a colon: "Pence: No debate"."""
    for name in (name for name in seen.reading.names if name.kind in ("PERSON", "ORG")):
        sentence = seen.reading.sentences[name.sentence]
        opening = seen.text[sentence.span.start : name.span.start].strip(" \"“‘'")
        colon = seen.text[name.span.end : name.span.end + 2]
        if not opening and colon == ": " and name.span.end + 2 < sentence.span.end:
            cue = Span(name.span.end, name.span.end + 1)
            yield Attribution("said", name.span, cue, (Span(cue.end + 1, sentence.span.end),), name.sentence)


def signed(seen: View) -> Iterator[Attribution]:
    """Lines that name their speaker: a signature behind a message ("— X (@x)"), a label before a turn ("MR. X: …")."""
    for pattern in (SIGNATURE, LABEL):
        for match in pattern.finditer(seen.text):
            source, sentence = Span(*match.span(1)), seen.sentence_at(match.start(1))
            turn = seen.reading.sentences[max(sentence - 1, 0) if pattern is SIGNATURE else sentence].span
            content = turn if pattern is SIGNATURE else Span(match.end(), max(turn.end, match.end()))
            yield Attribution("said", source, Span(*match.span(2)), (content,), sentence)


def meets(one: Attribution, quoted: Quotation) -> bool:
    """Whether the content of an attribution whose cue stands outside reaches into a quotation."""
    return not one.cue.overlaps(quoted.span) and any(part.overlaps(quoted.span) for part in one.content)
