"""From the reader's spans to phrases as a person would quote them, one for each member of a list."""

from __future__ import annotations

from collections.abc import Iterator

from polybius.coding import lexicon
from polybius.coding.tree import NOMINAL, Tree, antecedent
from polybius.coding.view import View
from polybius.records import Filler, Name, RoleName, Span

LISTED = 0.8  # how much of the score a member of a list keeps that the reader did not mark
LONGEST_GAIN = 6  # words: a tree that adds more to the reader's span is likelier wrong than the reader
NEVER_INSIDE = frozenset({"acl:relcl", "parataxis", "list", "discourse", "vocative", "orphan"})
OUTSIDE = NEVER_INSIDE | frozenset(
    """nsubj nsubj:pass nsubj:outer csubj csubj:pass expl cop aux aux:pass mark case cc cc:preconj advcl ccomp
    dislocated""".split()
)
BEFORE = frozenset("det det:predet amod compound nummod nmod:poss nmod nmod:desc flat flat:name fixed appos".split())
AFTER = frozenset("flat flat:name flat:foreign fixed goeswith compound nmod:desc appos".split())
OPENERS = frozenset({"DET", "ADP", "SCONJ"})
EDGE = frozenset({"PUNCT", "CCONJ"})
PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"))


def phrases(view: View, filler: Filler, role: RoleName) -> list[Filler]:
    """The phrases of a filler. Only parties and places are mended: a date or a clause stays as the reader saw it."""
    tree = view.tree(view.sentence_at(filler.span.start))
    words = tree.words(filler.span)
    if not words:
        return []
    if role == "date":
        return [Filler(dated(view, tree, timed(tree, words)), filler.score, filler.implicit)]
    words = carried(tree, words, OPENERS)
    return [
        Filler(span, round(filler.score * part, 3), filler.implicit) for span, part in members(view, tree, words, role)
    ]


def carried(tree: Tree, words: range, openers: frozenset[str]) -> range:
    """Words that only open a phrase ("the", "on", "two armed"), with the noun that they belong to."""
    top = tree.tops(words)[0]
    # A demonym alone is a party ("Israeli strikes"); with an article or a number it is half a phrase.
    opens = tree.upos(words[-1]) in openers or tree.upos(words[0]) in ("DET", "NUM")
    if not opens or tree.upos(top) not in openers | {"NUM"} or tree.rel(top) not in ("det", "nummod", "case", "mark"):
        return words
    head = tree.head(top)
    near = words.stop <= head <= words.stop + LONGEST_GAIN
    return range(words.start, head + 1) if near and tree.upos(head) in NOMINAL else words


def timed(tree: Tree, words: range) -> range:
    """Words that only open or close an expression of time ("last", "17"), with the noun of time beside them."""
    if tree.upos(words[-1]) in ("ADJ", "NUM") and words.stop < len(tree.sentence) and is_time(tree, words.stop):
        return range(words.start, words.stop + 1)
    if tree.upos(words[0]) == "NUM" and words.start > 0 and is_time(tree, words.start - 1):
        return range(words.start - 1, words.stop)
    return carried(tree, words, OPENERS)


def is_time(tree: Tree, word: int) -> bool:
    return tree.upos(word) in ("NOUN", "PROPN") and tree.sentence.forms[word].lower().rstrip(".s") in lexicon.TIMES


def dated(view: View, tree: Tree, words: range) -> Span:
    """An expression of time with its preposition: "on Monday" where the reader has "Monday"."""
    tops = tree.tops(words)
    if len(tops) != 1 or tree.upos(tops[0]) not in NOMINAL:
        return trimmed(tree, words, keep_case=True)
    first, last = run(inside(tree, tops[0], words, True), tops[0])
    case = tree.kid(tops[0], "case")
    if case is not None and tree.upos(case) == "ADP" and case == first - 1:
        first = case
    first, last = min(first, words.start), max(last, cut(tree, tops[0], last, words))
    gain = (last - first + 1) - len(words)
    return trimmed(tree, words if gain > LONGEST_GAIN else range(first, last + 1), keep_case=True)


def plain(view: View, filler: Filler) -> Filler:
    """The reader's own words, only trimmed."""
    tree = view.tree(view.sentence_at(filler.span.start))
    return Filler(trimmed(tree, tree.words(filler.span)), filler.score, filler.implicit)


def members(view: View, tree: Tree, words: range, role: RoleName) -> Iterator[tuple[Span, float]]:
    """The phrases that a range of words holds, with the part of the score that each keeps."""
    tops = tree.tops(words)
    if len(tops) != 1 or tree.upos(tops[0]) not in NOMINAL:
        # The tree does not see one phrase here; the reader, who was taught with phrases, is believed.
        yield named(view, tree, trimmed(tree, words)), 1.0
        return
    head = antecedent(tree, tops[0])
    if head not in words:
        words = range(head, head + 1)
    heads = listed(view, tree, head, words)
    for member in heads:
        yield whole(view, tree, member, words, len(heads) == 1), 1.0
    if role in ("actor", "recipient"):
        for member in unmarked(view, tree, head, words):
            yield whole(view, tree, member, words, False), LISTED


def conjuncts(tree: Tree, head: int) -> list[int]:
    """The further members of a list, in the order of the text."""
    found = tree.kids(head, "conj")
    return sorted([*found, *(below for member in found for below in tree.kids(member, "conj"))])


def listed(view: View, tree: Tree, head: int, words: range) -> list[int]:
    """The heads of the phrases of a span: one, unless it is a list of parties that stand on their own."""
    rest = [member for member in conjuncts(tree, head) if member in words and tree.upos(member) in NOMINAL]
    name = view.name_in(tree.span(head, head))
    if not rest or (name and name.span.end > tree.sentence.starts[rest[0]]):
        return [head]
    if tree.upos(head) == "NOUN" and tree.has(head, "Number=Sing") and not stands_alone(view, tree, head):
        return [head]  # "activist and lawyer Ana Diaz": two titles of one person
    # "women and children", "soldiers and policemen": bare nouns are one description of one group.
    return [head, *rest] if any(stands_alone(view, tree, member) for member in rest) else [head]


def stands_alone(view: View, tree: Tree, word: int) -> bool:
    """Whether a member of a list is a party of its own: named, or with a determiner or a number."""
    if tree.upos(word) == "PRON" or tree.kid(word, "det", "nummod", "nmod:poss") is not None:
        return True
    return tree.upos(word) == "PROPN" or view.name_in(tree.span(word, word)) is not None


def unmarked(view: View, tree: Tree, head: int, words: range) -> list[int]:
    """Members of the list that the reader's span stops short of: only what "and" ties on directly."""
    found = [member for member in conjuncts(tree, head) if member >= words.stop and tree.upos(member) in NOMINAL]
    if not found or any(tree.kid(member, "nsubj", "cop") is not None for member in found):
        return []
    if tree.kid(found[-1], "cc") is None:
        return []
    between = range(words.stop, found[-1])
    if any(tree.upos(word) in ("VERB", "AUX", "SCONJ", "ADP") for word in between):
        return []
    return [member for member in found if stands_alone(view, tree, member)]


def whole(view: View, tree: Tree, head: int, words: range, alone: bool) -> Span:
    """The noun phrase of a head, or the name in apposition to it: "their spokesman, X" is X."""
    title = head
    if alone:
        head = apposed(view, tree, head)
    first, last = run(inside(tree, head, words, alone), head)
    if alone and head in words and head == title:
        first, last = min(first, words.start), max(last, cut(tree, head, last, words))
    gain = (last - first + 1) - len(words)
    span = trimmed(tree, words if gain > LONGEST_GAIN and head in words else range(first, last + 1))
    return balanced(view.text, named(view, tree, span))


def cut(tree: Tree, head: int, last: int, words: range) -> int:
    """Where the reader's words end, unless what the tree leaves out is a clause or set off by punctuation."""
    beyond = last + 1
    if beyond >= words.stop or tree.upos(beyond) == "PUNCT":
        return last
    within = head
    for child, above in tree.up(beyond):
        if above == head:
            within = child
            break
    return last if parted(tree, within) or tree.rel(within) in ("conj", "cc") else words.stop - 1


def apposed(view: View, tree: Tree, head: int) -> int:
    if tree.upos(head) != "NOUN" or tree.has(head, "Number=Plur"):
        return head
    for word in tree.kids(head, "appos"):
        name = view.name_in(tree.span(word, word))
        if after_comma(tree, word) and name and name.kind in ("PERSON", "ORG"):
            return word
    return head


def after_comma(tree: Tree, word: int) -> bool:
    """Whether punctuation parts a phrase from what is before it."""
    first = min([word, *tree.children[word]])
    return tree.upos(first) == "PUNCT" or (first > 0 and tree.upos(first - 1) == "PUNCT")


def inside(tree: Tree, head: int, words: range, alone: bool) -> set[int]:
    """The words below a head that belong to its phrase."""
    found = {head}
    waiting = [child for child in tree.children[head] if belongs(tree, head, child, words, alone)]
    while waiting:
        word = waiting.pop()
        found.add(word)
        waiting += [child for child in tree.children[word] if not parted(tree, child)]
    return found


def belongs(tree: Tree, head: int, child: int, words: range, alone: bool) -> bool:
    """Whether a child of the head is in the phrase: the sure parts always, the others where the reader saw them."""
    relation = tree.rel(child)
    if relation in OUTSIDE or parted(tree, child):
        return alone and relation == "cc" and child in words
    if relation == "conj":
        return alone and child in words
    if relation == "punct" or child in words:
        return True
    if child < head:
        return relation in BEFORE
    # A span that ends with a preposition wants the noun of it.
    return relation in AFTER or tree.case(child) == "of" or any(case in words for case in tree.kids(child, "case"))


def parted(tree: Tree, word: int) -> bool:
    relation = tree.rel(word)
    return relation in NEVER_INSIDE or (relation in ("appos", "acl", "advcl") and after_comma(tree, word))


def run(words: set[int], head: int) -> tuple[int, int]:
    """The first and the last word of the unbroken run around a head."""
    first = last = head
    while first - 1 in words:
        first -= 1
    while last + 1 in words:
        last += 1
    return first, last


def trimmed(tree: Tree, words: range, keep_case: bool = False) -> Span:
    """A range without punctuation, conjunctions and the like at its edges; never empty."""
    first, last = words.start, words.stop - 1
    leading = EDGE if keep_case else EDGE | {"ADP", "SCONJ"}
    while first < last and tree.upos(first) in leading and not counts_on(tree, first):
        first += 1
    while last > first and (tree.upos(last) in EDGE or ends_loosely(tree, last)):
        last -= 1
    return hyphened(tree, first, last)


def hyphened(tree: Tree, first: int, last: int) -> Span:
    """A range with all of a word that hyphens hold together: "secretary" of "secretary-general" is half of it."""
    while half_word(tree, last, last + 1, last + 2):
        last += 2
    while half_word(tree, first - 2, first - 1, first):
        first -= 2
    return tree.span(first, last)


def half_word(tree: Tree, one: int, hyphen: int, two: int) -> bool:
    """Whether a hyphen makes one word of two. Two names with a hyphen are two parties: "India-Pakistan talks"."""
    forms, starts, ends = tree.sentence.forms, tree.sentence.starts, tree.sentence.ends
    if one < 0 or two >= len(forms) or forms[hyphen] != "-":
        return False
    glued = ends[one] == starts[hyphen] and ends[hyphen] == starts[two]
    return glued and not (forms[one][:1].isupper() and forms[two][:1].isupper())


def counts_on(tree: Tree, word: int) -> bool:
    """Whether a preposition opens a number ("at least 12", "up to 20") or is a part of a name, and so stays."""
    if tree.rel(word) in ("advmod", "compound", "flat"):
        return True
    return tree.sentence.forms[word + 1].lower() in ("least", "most", "to")


def ends_loosely(tree: Tree, word: int) -> bool:
    """A possessive "'s", or a preposition or article whose noun is not there."""
    if tree.upos(word) == "ADP" or (tree.rel(word) == "case" and tree.upos(word) == "PART"):
        return True
    return tree.rel(word) == "det" and tree.head(word) > word


def named(view: View, tree: Tree, span: Span) -> Span:
    """A span that cuts no name of its sentence in two."""
    name: Name | None = view.name_in(span)
    if name is None or not tree.sentence.span.contains(name.span):
        return span
    last = view.name_in(Span(span.end - 1, span.end))
    end = last.span.end if last and tree.sentence.span.contains(last.span) else span.end
    return Span(min(span.start, name.span.start), max(span.end, end))


def balanced(text: str, span: Span) -> Span:
    """A span with both or neither of a pair of brackets or quotation marks."""
    quote = span.of(text)
    for opening, closing in PAIRS:
        if quote.count(opening) == quote.count(closing) + 1:
            if text.startswith(closing, span.end):
                return Span(span.start, span.end + 1)
            cut = quote.rindex(opening)
            return Span(span.start, span.start + len(quote[:cut].rstrip())) if quote[:cut].strip() else span
    if quote.count('"') % 2 and text.startswith('"', span.end):
        return Span(span.start, span.end + 1)
    return span
