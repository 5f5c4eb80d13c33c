"""An expression of time that hangs on a trigger in the tree, where the reader proposes no date."""

from __future__ import annotations

from collections.abc import Callable

from polybius.grounding.dates import Miss, When
from polybius.records import Sentence, Span

# Relations of UD under which a time may hang on a verb or a noun.
TEMPORAL = ("obl:tmod", "obl:unmarked", "obl:npmod", "obl", "advmod", "nmod:tmod", "nmod:unmarked", "nmod", "nmod:poss")
# With one of these a verb has a clause of its own, which may be of another time.
OWN_CLAUSE = ("nsubj", "nsubj:pass", "csubj", "aux", "mark")
# A span of time from or to a date is of the verb beside it alone.
OPENERS = ("since", "from", "until", "beginning", "starting", "by")
DASHES = ("-", "–", "—", "--")
LONGEST_DATELINE = 14  # words
CLAUSES = ("acl", "acl:relcl", "advcl", "ccomp", "appos", "parataxis", "punct")

Find = Callable[[Span], tuple[tuple[Span, When | Miss], ...]]


def attached(sentence: Sentence, trigger: int, find: Find) -> Span | None:
    """The phrase of the dependent of a trigger that is an expression of time; the nearest if there are several."""
    spans = [s for word in dependents(sentence, trigger) if (s := dated(sentence, word, find)) is not None]
    spans = [s for s in spans if s.start >= after_dateline(sentence)]
    here = sentence.starts[trigger]
    return min(spans, key=lambda span: abs(span.start - here), default=None)


def shared(sentence: Sentence, trigger: int, find: Find) -> Span | None:
    """The date of the verb above, where the trigger shares it: "on Friday they met and signed", "the talks took place on Friday"."""
    head, relation = sentence.heads[trigger], sentence.deprels[trigger]
    if head < 0 or sentence.upos[head] != "VERB":
        return None
    span = attached(sentence, head, find)
    if span is None or sentence.forms[word_at(sentence, span.start)].lower() in OPENERS:
        return None
    before = span.start < min(sentence.starts[head], sentence.starts[trigger])
    if relation in ("nsubj", "nsubj:pass") or (relation == "conj" and before):
        return span
    if relation == "xcomp":
        return None if before else span
    bare = not any(h == trigger and sentence.deprels[i] in OWN_CLAUSE for i, h in enumerate(sentence.heads))
    participle = relation == "advcl" and sentence.forms[trigger].lower().endswith("ing")
    return span if bare and (relation == "conj" or participle) else None


def word_at(sentence: Sentence, position: int) -> int:
    return next(i for i, end in enumerate(sentence.ends) if end > position)


def after_dateline(sentence: Sentence) -> int:
    """Where a sentence begins to tell: after "COPENHAGEN, Oct 4 -"."""
    dashes = (i for i in range(1, min(len(sentence), LONGEST_DATELINE)) if sentence.forms[i] in DASHES)
    first = next(dashes, None)
    return sentence.ends[first] if first is not None and sentence.forms[0].isupper() else sentence.span.start


def dependents(sentence: Sentence, trigger: int) -> list[int]:
    """The words that may date a trigger; "the first since 1979" tells when it was not."""
    found = [i for i, h in enumerate(sentence.heads) if h == trigger and sentence.deprels[i] in TEMPORAL]
    return [i for i in found if not (sentence.deprels[i].startswith("nmod") and since(sentence, i))]


def since(sentence: Sentence, word: int) -> bool:
    return any(h == word and sentence.lemmas[i].lower() == "since" for i, h in enumerate(sentence.heads))


def dated(sentence: Sentence, word: int, find: Find) -> Span | None:
    """The words around a dependent, if its own head word is part of a date that they name."""
    span = phrase(sentence, word)
    here = Span(sentence.starts[word], sentence.ends[word])
    for found, means in find(sentence.span):
        if isinstance(means, When) and means.kind == "point" and found.overlaps(here):
            return Span(min(span.start, found.start), max(span.end, found.end))
    return None


def phrase(sentence: Sentence, word: int) -> Span:
    """A word with what hangs on it, short of clauses."""
    inside = {word}
    grown = True
    while grown:
        more = {
            i
            for i, h in enumerate(sentence.heads)
            if h in inside and i not in inside and sentence.deprels[i] not in CLAUSES
        }
        grown = bool(more)
        inside |= more
    first = last = word
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    return Span(sentence.starts[first], sentence.ends[last])
