"""Did it happen, will it, might it, did it not: the reader's probabilities, weighted by the words around a trigger."""

from __future__ import annotations

from polybius.coding import lexicon
from polybius.coding.tree import Tree, passive
from polybius.records import Frame, Status

FLOOR = 0.02  # what a status keeps that the reader gives nothing
STRONG = 60.0  # evidence that outweighs a sure reader
WEAK = 20.0  # evidence that outweighs a reader in doubt
# "will not accept", "would respond": the refusal and the threat are made today.
UTTERED = frozenset({"REJECT", "THREATEN"})

Evidence = tuple[Status, float, str]


def status_of(tree: Tree, trigger: int, frame: Frame) -> tuple[Status, float, str]:
    """The status, how sure it is, and the words that were evidence for it ("" where the reader alone decides)."""
    read: dict[str, float] = dict(frame.statuses) or {"actual": 1.0}
    found = evidence(tree, trigger, frame.event)
    weights = {status: read.get(status, 0.0) for status in (*read, *(status for status, _, _ in found))}
    for status, weight, _ in found:
        weights[status] = max(weights[status], max(read.get(status, 0.0), FLOOR) * weight)
    best = max(weights, key=lambda status: (weights[status], status == "actual", status))
    why = next((word for status, _, word in found if status == best), "")
    sure = weights[best] / (sum(weights.values()) or 1.0)
    return best, round(min(sure, 1.0), 3), why if best != "actual" else ""  # type: ignore[return-value]


def evidence(tree: Tree, trigger: int, event: str) -> list[Evidence]:
    """What the tree says about the status, by the verb that carries the trigger."""
    carrier = carries(tree, trigger)
    found = [
        *negation(tree, trigger, carrier),
        *modality(tree, carrier),
        *governed(tree, trigger, carrier),
        *condition(tree, carrier),
    ]
    if event in UTTERED:
        return [item for item in found if item[2] in ("if", "unless")]
    return found


def carries(tree: Tree, trigger: int) -> int:
    """The verb whose tense and negation are the event's: "talks will be held"."""
    head = tree.head(trigger)
    if head < 0 or tree.upos(trigger) in ("VERB", "AUX") or tree.upos(head) != "VERB":
        return trigger
    relation, lemma = tree.rel(trigger), tree.lemma(head)
    if relation == "obj" and lemma in lexicon.LIGHT:
        return head
    held = relation == "nsubj:pass" or (relation == "nsubj" and not passive(tree, head))
    return head if held and lemma in (lexicon.HAPPENING | lexicon.LIGHT) else trigger


def negation(tree: Tree, trigger: int, carrier: int) -> list[Evidence]:
    for word in tree.children[carrier]:
        if tree.lemma(word) in ("not", "never", "n't") and tree.rel(word) in ("advmod", "advmod:neg", "neg"):
            return [("negated", STRONG, tree.lemma(word))] if unqualified(tree, word) else []
    for word in tree.kids(trigger, "det"):
        if tree.lemma(word) == "no":
            return [("negated", STRONG, "no")]
    return []


def unqualified(tree: Tree, word: int) -> bool:
    """ "not only", "not just", "not yet ruled out": the first two deny nothing."""
    follow = word + 1
    return follow >= len(tree.sentence) or tree.lemma(follow) not in ("only", "just", "merely")


def modality(tree: Tree, carrier: int) -> list[Evidence]:
    for word in tree.kids(carrier, "aux"):
        lemma, form = tree.lemma(word), tree.sentence.forms[word].lower()
        if form in ("will", "'ll", "wo", "shall", "’ll"):
            return [("future", STRONG, "will")]
        if form == "would":
            return [("future" if told_before(tree, carrier) else "hypothetical", WEAK, "would")]
        if form in ("might", "may"):
            return [("hypothetical", STRONG, form)]
        if form in ("could", "should") or lemma in ("could", "can"):
            return [("hypothetical", WEAK, form)]
    return []


def told_before(tree: Tree, verb: int) -> bool:
    """ "He said he would go": the future as it was told."""
    head = tree.head(verb)
    return head >= 0 and tree.rel(verb) == "ccomp" and tree.lemma(head) in lexicon.SAYING


def governed(tree: Tree, trigger: int, carrier: int) -> list[Evidence]:
    """ "plans to meet", "is to visit", "failed to reach", "denied bombing", "denied the attack"."""
    head, relation = tree.head(carrier), tree.rel(carrier)
    if head < 0 or relation not in ("xcomp", "obj", "ccomp", "advcl"):
        return []
    lemma, noun = tree.lemma(head), tree.upos(trigger) == "NOUN"
    if lemma in lexicon.DENYING and (relation != "obj" or lemma == "deny"):
        return [("negated", STRONG if lemma == "deny" else WEAK, lemma)]
    if relation == "xcomp" and lemma in lexicon.FUTURE_HEADS:
        return [("future", STRONG, lemma)] if tree.kid(carrier, "mark") is not None and upcoming(tree, head) else []
    if lemma in lexicon.OPEN_HEADS and relation in ("xcomp", "obj", "ccomp"):
        return [("hypothetical", WEAK, lemma)]
    return [("future", WEAK, lemma)] if noun and relation == "obj" and lemma in ("plan", "schedule", "prepare") else []


def upcoming(tree: Tree, head: int) -> bool:
    """A plan that still stands: "went to visit" and "was to meet" are no announcements."""
    if tree.lemma(head) == "go":
        return tree.sentence.forms[head].lower() == "going"
    return tree.lemma(head) != "be" or tree.has(head, "Tense=Pres")


def condition(tree: Tree, carrier: int) -> list[Evidence]:
    for word in tree.kids(carrier, "mark"):
        if tree.lemma(word) in ("if", "unless", "whether"):
            return [("hypothetical", WEAK, tree.lemma(word))]
    return []
