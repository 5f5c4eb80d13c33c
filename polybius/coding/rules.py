"""The rules of the codebook on the reader's frames: the only place where a rule adds, changes or stops a frame.

Rules run in the codebook's order, each on what the rules before it left. Whether a rule fires and why it does not is
found by one function, ``failure``: the trace tells what it said, so that an explanation cannot differ from the decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from polybius.codebook import Condition, Rule
from polybius.coding.phrases import phrases
from polybius.coding.statuses import status_of
from polybius.coding.tree import Tree, subject
from polybius.coding.view import View
from polybius.records import ROLE_NAMES, Filler, Frame, RoleName, Span, Status

SCORE = 0.9  # of a frame that a rule adds, and of its fillers
MODE_AT = 0.5

Test = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A frame with what found it, and the status where a rule lays it down."""

    frame: Frame
    found_by: str = "frame"
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """The first condition of a rule that does not hold, and how many held before it."""

    held: int
    condition: str


def proposals(view: View, frames: list[Frame], rules: tuple[Rule, ...]) -> list[Proposal]:
    """The frames as the rules leave them."""
    found = [Proposal(frame) for frame in frames]
    for rule in rules:
        found = added(view, rule, found) if rule.action.kind == "add" else changed(view, rule, found)
    return found


def added(view: View, rule: Rule, found: list[Proposal]) -> list[Proposal]:
    new = []
    for at, _ in enumerate(view.reading.sentences):
        tree = view.tree(at)
        for word in range(len(tree.sentence)):
            if fires(view, rule, tree, word, None) and not there(view, rule, tree.span(word, word), found):
                new.append(Proposal(frame_of(view, rule, tree, at, word), rule.found_by, as_status(rule.action.status)))
    return found + new


def there(view: View, rule: Rule, trigger: Span, found: list[Proposal]) -> bool:
    """Whether the frame that a rule would add is there already."""
    same = any(p.frame.event == rule.action.event and p.frame.trigger.overlaps(trigger) for p in found)
    view.note(
        trigger, f"rule {rule.id}", "fired", f"{rule.action.event} was there" if same else f"adds {rule.action.event}"
    )
    return same


def frame_of(view: View, rule: Rule, tree: Tree, sentence: int, word: int) -> Frame:
    given = dict(rule.action.roles)
    actor, recipient, place, date, by = (
        fillers(view, tree, sentence, word, given[role], role) if role in given else () for role in ROLE_NAMES
    )
    status = as_status(rule.action.status) or "actual"
    modes = tuple((mode, 1.0) for mode in rule.action.modes)
    span = tree.span(word, word)
    return Frame(span, sentence, rule.action.event, SCORE, modes, ((status, 1.0),), actor, recipient, place, date, by)


def fillers(view: View, tree: Tree, sentence: int, word: int, where: Condition, role: RoleName) -> tuple[Filler, ...]:
    """The whole phrases of the words that fill a role."""
    heads = [other for other in places(tree, word, where.place) if not failing(view, tree, other, where.tests)]
    found = (phrases(view, Filler(tree.span(head, head), SCORE), role) for head in heads)
    return tuple(chain.from_iterable(found))


def changed(view: View, rule: Rule, found: list[Proposal]) -> list[Proposal]:
    """The proposals with those that fit the rule retyped, set, or gone."""
    kept = []
    for proposal in found:
        tree = view.tree(proposal.frame.sentence)
        word = tree.tops(tree.words(proposal.frame.trigger))[0]
        if not fires(view, rule, tree, word, proposal):
            kept.append(proposal)
            continue
        view.note(proposal.frame.trigger, f"rule {rule.id}", "fired", f"{rule.action.kind} {proposal.frame.event}")
        if rule.action.kind != "veto":
            kept.append(applied(rule, proposal))
    return kept


def applied(rule: Rule, proposal: Proposal) -> Proposal:
    """A proposal retyped or set. The modes of another type are no modes of this one."""
    action, frame = rule.action, proposal.frame
    modes = tuple((mode, 1.0) for mode in action.modes)
    if action.kind == "retype":
        frame = replace(frame, event=action.event, modes=modes)
    elif modes:
        frame = replace(frame, modes=modes)
    return Proposal(frame, rule.found_by, as_status(action.status) or proposal.status)


def as_status(name: str) -> Status | None:
    return name or None  # type: ignore[return-value]  # the codebook has checked the name


# --- whether a rule fires --------------------------------------------------------------------------------------------


def fires(view: View, rule: Rule, tree: Tree, word: int, proposal: Proposal | None) -> bool:
    failed = failure(view, rule, tree, word, proposal)
    if failed is not None and failed.held and view.trace is not None:
        view.note(tree.span(word, word), f"rule {rule.id}", "not fired", failed.condition)
    return failed is None


def failure(view: View, rule: Rule, tree: Tree, word: int, proposal: Proposal | None) -> Failure | None:
    """The first condition of a rule that does not hold at a word; None where the rule fires."""
    for held, (condition, holds) in enumerate(checks(view, rule, tree, word, proposal)):
        if not holds:
            return Failure(held, condition)
    return None


def checks(view: View, rule: Rule, tree: Tree, word: int, proposal: Proposal | None) -> Iterator[tuple[str, bool]]:
    """The conditions of a rule one after the other, each with whether it holds; the cheap ones come first."""
    for test in rule.trigger:
        yield f"trigger {shown(test)}", passes(view, tree, word, test)
    if proposal is not None:
        for name, values in rule.frame:
            yield f"frame {shown((name, values))}", bool(of_frame(tree, word, proposal, name) & set(values))
    for condition in rule.needs:
        yield f"needs {condition}", holds(view, rule, tree, word, proposal, condition)
    for condition in rule.unless:
        yield f"unless {condition}", not holds(view, rule, tree, word, proposal, condition)


def shown(test: Test) -> str:
    return f"{test[0]}: {'|'.join(test[1])}"


def of_frame(tree: Tree, word: int, proposal: Proposal, name: str) -> set[str]:
    frame = proposal.frame
    if name == "event":
        return {frame.event}
    if name == "mode":
        return {mode for mode, score in frame.modes if score >= MODE_AT}
    return {proposal.status or status_of(tree, word, frame)[0]}


def holds(view: View, rule: Rule, tree: Tree, word: int, proposal: Proposal | None, condition: Condition) -> bool:
    """Whether some word at the place of a condition passes its tests."""
    if condition.place in ROLE_NAMES:
        return any(
            not failing(view, t, w, condition.tests)
            for t, w in role_words(view, rule, tree, word, proposal, condition.place)
        )
    return any(not failing(view, tree, other, condition.tests) for other in places(tree, word, condition.place))


def role_words(
    view: View, rule: Rule, tree: Tree, word: int, proposal: Proposal | None, role: str
) -> Iterator[tuple[Tree, int]]:
    """The heads of the fillers of a role: of the frame, or of those that the rule would give to it."""
    if proposal is None:
        for name, where in rule.action.roles:
            if name == role:
                yield from (
                    (tree, other)
                    for other in places(tree, word, where.place)
                    if not failing(view, tree, other, where.tests)
                )
        return
    for filler in getattr(proposal.frame, role):
        there = view.tree(view.sentence_at(filler.span.start))
        head = there.top(there.words(filler.span))
        if head is not None:
            yield there, head


def places(tree: Tree, word: int, place: str) -> list[int]:
    """The words at a place of the tree, seen from the trigger."""
    if place == "child":
        return list(tree.children[word])
    if place == "head":
        return [tree.head(word)] if tree.head(word) >= 0 else []
    if place == "subject":
        found = subject(tree, word)
        return [] if found is None else [found]
    if place == "object":
        return tree.kids(word, "obj")
    if place == "possessor":
        return tree.kids(word, "nmod:poss")
    return [child for child in tree.kids(word, "obl:agent", "obl", "nmod") if tree.case(child) == "by"]


def failing(view: View, tree: Tree, word: int, tests: tuple[Test, ...]) -> Test | None:
    return next((test for test in tests if not passes(view, tree, word, test)), None)


def passes(view: View, tree: Tree, word: int, test: Test) -> bool:
    """Whether a word has one of the values of a test."""
    name, values = test
    form = tree.sentence.forms[word].lower()
    if name == "lemma":
        return tree.lemma(word) in values or any(inflects(form, value) for value in values)
    if name == "form":
        return form in values
    if name == "upos":
        return tree.upos(word) in values
    if name == "rel":
        return tree.rel(word) in values or tree.rel(word).partition(":")[0] in values
    if name == "case":
        return tree.case(word) in values
    if name == "feat":
        return any(tree.has(word, value) for value in values)
    named = view.name_in(tree.span(word, word))
    return (named.kind in values or "true" in values) if named else "false" in values


def inflects(form: str, lemma: str) -> bool:
    """Whether a form is a regular one of a verb or noun: the reader's lemmas of rare words are not to be relied on."""
    stem = lemma[:-1] if lemma.endswith(("e", "y")) else lemma
    doubled = lemma + lemma[-1:]
    endings = (lemma, f"{lemma}s", f"{lemma}es", f"{lemma}ed", f"{lemma}ing", f"{doubled}ed", f"{doubled}ing")
    changed = (
        (f"{stem}ed", f"{stem}ing") if lemma.endswith("e") else (f"{stem}ies", f"{stem}ied") if stem != lemma else ()
    )
    return form in endings or form in changed
