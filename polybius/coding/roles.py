"""The parties, places and dates of a claim: the reader's fillers, cleaned and completed, each on one side only."""

from __future__ import annotations

import re
from dataclasses import replace

from polybius.coding import lexicon
from polybius.coding.arguments import guess
from polybius.coding.phrases import conjuncts, is_time, phrases, plain
from polybius.coding.tree import Tree
from polybius.coding.view import View
from polybius.records import ROLE_NAMES, Filler, Frame, RoleName, Span

LISTING = re.compile(r",|;|&|\b(?:and|or)\b")
LONGEST_LIST = 12  # words
BY_TREE = 0.5  # the score of a filler that only the tree proposes

Fillers = tuple[Filler, ...]
Roles = dict[RoleName, Fillers]


def roles_of(view: View, frame: Frame, tree: Tree, trigger: int) -> Roles:
    """Fillers by role, in the order of the text."""
    found: Roles = {role: cleaned(view, frame, role) for role in ROLE_NAMES}
    complete(view, frame, tree, trigger, found)
    found["actor"], found["recipient"] = one_side_each(view, tree, trigger, found["actor"], found["recipient"])
    return found


def cleaned(view: View, frame: Frame, role: RoleName) -> Fillers:
    """The reader's fillers as phrases; of fillers that overlap, the best."""
    given: Fillers = getattr(frame, role)
    if not given:
        return ()
    here = view.reading.sentences[frame.sentence].span
    found: list[Filler] = []
    for filler in given:
        if not 0 <= filler.span.start < filler.span.end <= len(view.text):
            view.note(frame.trigger, f"{role} span", "dropped", "outside the text")
            continue
        mended = phrases(view, replace(filler, implicit=filler.implicit or not here.contains(filler.span)), role)
        if role in ("actor", "recipient"):
            mended = [item for item in mended if not a_time(view, item.span)]
        if mended and any(swallows(view, mended[0].span, filler.span, other.span) for other in given):
            mended = [plain(view, replace(mended[0], span=filler.span))]
        if [item.span for item in mended] != [filler.span] and view.trace is not None:
            view.note(
                filler.span, f"{role} phrase", "mended", " + ".join(repr(item.span.of(view.text)) for item in mended)
            )
        found += mended
    return ordered(disjoint(found))


def a_time(view: View, span: Span) -> bool:
    """Whether a phrase tells when: the "Thursday" of "Thursday's coup" is nobody."""
    tree = view.tree(view.sentence_at(span.start))
    top = tree.top(tree.words(span))
    return top is not None and is_time(tree, top) and view.name_in(span) is None


def swallows(view: View, mended: Span, own: Span, other: Span) -> bool:
    """Whether a mended phrase takes in a second member of a list, where the tree missed the "and"."""
    if other.overlaps(own) or not mended.overlaps(other):
        return False
    between = view.text[min(own.end, other.end) : max(own.start, other.start)]
    return LISTING.search(between) is not None


def ordered(fillers: list[Filler]) -> Fillers:
    return tuple(sorted(fillers, key=lambda filler: (filler.implicit, filler.span)))


def disjoint(fillers: list[Filler]) -> list[Filler]:
    """Of overlapping fillers the one with the best score, then the longest, then the first."""
    kept: list[Filler] = []
    for filler in sorted(fillers, key=lambda f: (-f.score, f.span.start - f.span.end, f.span)):
        if not any(filler.span.overlaps(other.span) for other in kept):
            kept.append(filler)
    return kept


def complete(view: View, frame: Frame, tree: Tree, trigger: int, found: Roles) -> None:
    """Fill an empty role where the tree is clear."""
    if found["actor"] and found["recipient"]:
        return
    roles = guess(view, tree, trigger, frame.event)
    pairs: tuple[tuple[RoleName, int | None], ...] = (("actor", roles.actor), ("recipient", roles.recipient))
    for role, word in pairs:
        if found[role] or word is None or word == trigger:
            continue
        filler = Filler(with_list(tree, word), BY_TREE)
        spans = [
            item
            for item in phrases(view, filler, role)
            if not item.span.overlaps(frame.trigger) and not a_time(view, item.span)
        ]
        taken = [item.span for other in ("actor", "recipient") for item in found[other]]
        free = [item for item in spans if not any(item.span.overlaps(span) for span in taken)]
        if free:
            found[role] = ordered(disjoint(free))
            view.note(free[0].span, f"{role} by tree", "filled", roles.rule)


def with_list(tree: Tree, word: int) -> Span:
    """A word with the rest of the list that it opens, if "and" or the like closes the list."""
    rest = [member for member in conjuncts(tree, word) if member > word]
    closed = rest and tree.kid(rest[-1], "cc") is not None and rest[-1] - word <= LONGEST_LIST
    return tree.span(word, rest[-1] if closed else word)


def one_side_each(
    view: View, tree: Tree, trigger: int, actors: Fillers, recipients: Fillers
) -> tuple[Fillers, Fillers]:
    """No phrase acts upon itself: it stays on the side that the reader is surer of, or else that the tree shows."""
    both = {filler.span for filler in actors} & {filler.span for filler in recipients}
    for span in sorted(both):
        acting = next(filler.score for filler in actors if filler.span == span)
        suffering = next(filler.score for filler in recipients if filler.span == span)
        acts = acting > suffering or (acting == suffering and not is_object(tree, trigger, span))
        view.note(span, "one side", "actor" if acts else "recipient", f"{acting} against {suffering}")
        if acts:
            recipients = tuple(filler for filler in recipients if filler.span != span)
        else:
            actors = tuple(filler for filler in actors if filler.span != span)
    return actors, recipients


def is_object(tree: Tree, trigger: int, span: Span) -> bool:
    words = tree.words(span)
    top = tree.top(words)
    return top is not None and tree.head(top) == trigger and tree.rel(top) in ("obj", "nsubj:pass", "iobj")


def hosted(view: View, tree: Tree, trigger: int, roles: Roles) -> None:
    """ "X received Y": the grammar's subject is the host, so the sides change where the reader kept the grammar's."""
    if tree.lemma(trigger) not in lexicon.HOSTING or not roles["actor"] or not roles["recipient"]:
        return
    host, guest = tree.kid(trigger, "nsubj"), tree.kid(trigger, "obj")
    if host is None or guest is None:
        return
    grammatical = (tree.words(roles["actor"][0].span), tree.words(roles["recipient"][0].span))
    if host in grammatical[0] and guest in grammatical[1]:
        roles["actor"], roles["recipient"] = roles["recipient"], roles["actor"]
        view.note(roles["recipient"][0].span, "host", "recipient", "the guest is the actor")
