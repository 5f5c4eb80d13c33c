"""Who says so: the source of a claim and the word of saying, in the sentence or in the quotation that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from polybius.coding import lexicon
from polybius.coding.quotation import quotation_at
from polybius.coding.tree import NOMINAL, RELATIVE, Tree, passive, subject
from polybius.coding.view import View
from polybius.records import Span

BACK = 8  # how many quotations back a speaker who goes on is looked for


@dataclass(frozen=True, slots=True)
class Saying:
    """Somebody says something: the head of the phrase that names the speaker, and the cue."""

    sentence: int
    speaker: int
    cue: Span


def sayings(view: View, sentence: int, trigger: int) -> list[Saying]:
    """Who the sentence or the quotation around a trigger says it is from, the innermost first."""
    tree = view.tree(sentence)
    offset = tree.sentence.starts[trigger]
    quoted = quotation_at(view.quotations, offset)
    found = reported(tree, sentence, trigger, quoted is not None)
    if not found and quoted is not None:
        around = outside_quotation(view, quoted)
        return [around] if around else []
    return found


def reported(tree: Tree, sentence: int, trigger: int, quoted: bool) -> list[Saying]:
    """Reported speech before, inside and after what is said, by the path from the trigger to the root."""
    found = [said_beside(tree, sentence, trigger)]
    for child, head in tree.up(trigger):
        if not quoted and presupposed(tree, child, child == trigger):
            break
        found.append(said_above(tree, sentence, child, head))
        found.append(said_beside(tree, sentence, head, child))
    return list(dict.fromkeys(saying for saying in found if saying))


def presupposed(tree: Tree, word: int, start: bool) -> bool:
    """Background that the reporter vouches for: "after the army attacked", a relative clause, an event in passing."""
    relation = tree.rel(word)
    if relation == "acl:relcl" or (start and relation in ("obl", "nmod", "nmod:poss") and tree.upos(word) == "NOUN"):
        return True
    mark = tree.kid(word, "mark")
    return (relation == "advcl" and mark is not None and tree.lemma(mark) in lexicon.PAST_POINT) or (
        relation in ("obl", "nmod") and tree.case(word) in lexicon.PAST_POINT
    )


def said_above(tree: Tree, sentence: int, child: int, head: int) -> Saying | None:
    """The saying of which a clause is the content: "officials said that …", "accused X of …", "the claim that …"."""
    relation, lemma = tree.rel(child), tree.lemma(head)
    if tree.upos(head) == "VERB" and not passive(tree, head):
        told = relation in ("ccomp", "parataxis") and lemma in lexicon.SAYING
        imputed = (
            relation in ("xcomp", "obl", "advcl", "ccomp") and lemma in lexicon.IMPUTING and not timed(tree, child)
        )
        if told or imputed or (relation == "obj" and lemma in lexicon.VOUCHING):
            return by_subject(tree, sentence, head)
    if tree.upos(head) == "NOUN" and relation in ("acl", "ccomp") and lemma in lexicon.SAYING_NOUNS:
        return by_owner(tree, sentence, head)
    return None


def timed(tree: Tree, word: int) -> bool:
    """An adjunct that is not the content: "denied it after the attack", "announced in a speech"."""
    return (
        tree.rel(word) in ("obl", "advcl")
        and tree.case(word) not in ("of", "for")
        and clause_mark(tree, word) not in ("of", "for")
    )


def clause_mark(tree: Tree, word: int) -> str:
    mark = tree.kid(word, "mark")
    return "" if mark is None else tree.lemma(mark)


def said_beside(tree: Tree, sentence: int, word: int, below: int = -1) -> Saying | None:
    """A saying set beside its content: "…, officials said", "according to X"."""
    for child in tree.children[word]:
        relation = tree.rel(child)
        if child == below:
            continue
        if (
            relation == "parataxis"
            and tree.lemma(child) in lexicon.SAYING
            and tree.upos(child) == "VERB"
            and contentless(tree, child)
        ):
            return by_subject(tree, sentence, child)
        if relation in ("obl", "nmod", "advmod", "parataxis") and tree.upos(child) in NOMINAL:
            cue = according(tree, child)
            if cue is not None:
                return Saying(sentence, child, cue)
    return None


def contentless(tree: Tree, verb: int) -> bool:
    return tree.kid(verb, "ccomp", "obj") is None


def according(tree: Tree, word: int) -> Span | None:
    """The words "according to" before a phrase."""
    for case in tree.kids(word, "case"):
        if tree.lemma(case) == "accord" or tree.sentence.forms[case].lower() == "according":
            return tree.span(case, max([case, *tree.kids(case, "fixed")]))
    return None


def by_subject(tree: Tree, sentence: int, verb: int) -> Saying | None:
    speaker = subject(tree, verb)
    if speaker is None or tree.upos(speaker) not in (*NOMINAL, "ADJ", "DET"):
        return None
    if tree.lemma(speaker) in RELATIVE or dateline(tree, speaker):
        return None
    return Saying(sentence, speaker, tree.span(verb, verb))


def dateline(tree: Tree, word: int) -> bool:
    """The town in capitals that a wire story opens with: "MARIGOT, May 2 - "."""
    form = tree.sentence.forms[word]
    return word == 0 and len(form) > 3 and form.isupper() and len(tree.sentence) > 1 and tree.upos(1) == "PUNCT"


def by_owner(tree: Tree, sentence: int, noun: int) -> Saying | None:
    """ "Russia's claim that", "a statement by the ministry that"."""
    owner = tree.kid(noun, "nmod:poss")
    if owner is None:
        owner = next((word for word in tree.kids(noun, "nmod") if tree.case(word) in ("by", "from")), None)
    return None if owner is None else Saying(sentence, owner, tree.span(noun, noun))


def outside_quotation(view: View, at: int) -> Saying | None:
    """The speaker of a quotation: named right after it, right before it, or earlier where he goes on speaking."""
    for back in range(BACK):
        if at - back < 0:
            return None
        here = view.quotations[at - back]
        found = beside_quotation(view, here.span)
        if found:
            return found
        if not here.goes_on and not follows_on(view, at - back):
            return None
    return None


def follows_on(view: View, at: int) -> bool:
    """Whether a quotation opens a sentence and only the speaker's tag lies between it and the quotation before."""
    if at == 0:
        return False
    here, before = view.quotations[at], view.quotations[at - 1]
    sentence = view.sentence_at(here.start)
    opens = here.start - view.reading.sentences[sentence].span.start <= 1
    return opens and sentence - view.sentence_at(max(before.end - 1, 0)) <= 1


def beside_quotation(view: View, span: Span) -> Saying | None:
    """A word of saying with a subject in the sentence where the quotation ends, or else in the one where it starts."""
    ends, starts = view.sentence_at(max(span.end - 1, span.start)), view.sentence_at(span.start)
    for sentence in dict.fromkeys((ends, starts)):
        tree = view.tree(sentence)
        near = sorted(cues(tree, span), key=lambda word: distance(tree, word, span))
        for word in near:
            saying = by_subject(tree, sentence, word)
            if saying and not span.contains(tree.span(saying.speaker, saying.speaker)):
                return saying
    return None


def cues(tree: Tree, span: Span) -> list[int]:
    """Verbs of saying of a sentence that are not inside the quotation."""
    words = range(len(tree.sentence))
    return [
        w
        for w in words
        if tree.upos(w) == "VERB" and tree.lemma(w) in lexicon.SAYING and not tree.span(w, w).overlaps(span)
    ]


def distance(tree: Tree, word: int, span: Span) -> tuple[int, int]:
    here = tree.span(word, word)
    return (here.start - span.end if here.start >= span.end else span.start - here.end, here.start)


def cue_of(tree: Tree, words: range) -> Span | None:
    """The word of saying for a speaker that the reader found."""
    top = tree.top(words)
    if top is None:
        return None
    fixed = according(tree, top)
    if fixed is not None:
        return fixed
    for child, head in tree.up(top):
        relation = tree.rel(child)
        if tree.lemma(head) in (lexicon.SAYING if tree.upos(head) == "VERB" else lexicon.SAYING_NOUNS):
            return tree.span(head, head)
        if tree.upos(head) == "VERB":
            below = next(
                (w for w in tree.children[head] if tree.lemma(w) in lexicon.SAYING and tree.upos(w) == "VERB"), None
            )
            return tree.span(below if below is not None else head, below if below is not None else head)
        if relation not in ("conj", "appos", "nmod", "nmod:poss", "flat", "compound"):
            return None
    return None
