"""Who acts and who is acted upon by the tree alone: a fall-back for roles that the reader left empty."""

from __future__ import annotations

from dataclasses import dataclass

from polybius.coding import lexicon
from polybius.coding.tree import NOMINAL, RELATIVE, Tree, antecedent, passive, subject
from polybius.coding.view import View

OBJECT_IS_RECIPIENT = frozenset({"ASSAULT", "COERCE", "SANCTION", "ACCUSE", "SUPPORT"})
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE", "ASSAULT", "RETREAT"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Heads of the phrases that fill the two roles, with the name of the rule that says so."""

    actor: int | None = None
    recipient: int | None = None
    rule: str = ""


def guess(view: View, tree: Tree, trigger: int, event: str) -> Roles:
    """The roles of a trigger by the tree, each None where the tree leaves room for doubt."""
    if tree.upos(trigger) in ("VERB", "AUX"):
        found = passive_roles(tree, trigger, event) if passive(tree, trigger) else active_roles(tree, trigger, event)
    elif tree.upos(trigger) in ("NOUN", "PROPN"):
        found = nominal_roles(view, tree, trigger, event)
    else:
        return Roles()
    return Roles(checked(view, tree, found.actor), checked(view, tree, found.recipient, event), found.rule)


def checked(view: View, tree: Tree, word: int | None, event: str = "") -> int | None:
    """The word, if it can be a party; whatever stands in the way of violence can suffer it."""
    if word is None:
        return None
    return word if party(view, tree, word) or (event == "ASSAULT" and tree.upos(word) in ("NOUN", "PROPN")) else None


def party(view: View, tree: Tree, word: int) -> bool:
    """Whether a word names somebody: a name, a personal pronoun, a demonym, a noun for people or bodies of people."""
    lemma = tree.lemma(word)
    if lemma in RELATIVE:
        return False  # a relative pronoun whose noun the tree does not show
    if tree.upos(word) == "PRON":
        return lemma in lexicon.PERSONAL or tree.has(word, "Poss=Yes")
    if tree.upos(word) == "PROPN" or demonym(tree, word):
        return True
    if tree.upos(word) != "NOUN":
        return False
    return (
        lemma in lexicon.AGENT_NOUNS
        or lemma.endswith(lexicon.AGENT_ENDINGS)
        or view.name_in(tree.span(word, word)) is not None
    )


def demonym(tree: Tree, word: int) -> bool:
    return tree.upos(word) == "ADJ" and tree.sentence.forms[word][:1].isupper() and word > 0


def passive_roles(tree: Tree, verb: int, event: str) -> Roles:
    """ "X was arrested by Y": Y acts on X."""
    agent = tree.kid(verb, "obl:agent")
    if agent is None:
        agent = next((word for word in tree.kids(verb, "obl") if tree.case(word) == "by"), None)
    patient = subject(tree, verb) if event in OBJECT_IS_RECIPIENT else None
    return Roles(agent, patient, "passive")


def active_roles(tree: Tree, verb: int, event: str) -> Roles:
    """ "Y arrested X": Y acts on X; the subject may be that of a verb above."""
    suffers = event in OBJECT_IS_RECIPIENT and tree.lemma(verb) not in lexicon.NO_PATIENT
    target = tree.kid(verb, "obj") if suffers else None
    rule = "subject" if tree.kid(verb, "nsubj") is not None else "shared subject"
    return Roles(subject(tree, verb), None if target is None else antecedent(tree, target), rule)


def nominal_roles(view: View, tree: Tree, noun: int, event: str) -> Roles:
    """ "Y's arrest of X", "the arrest of X by Y", "Israeli strikes on X"; "X's arrest" tells only who suffers it."""
    owner, theirs = tree.kid(noun, "nmod:poss"), tree.lemma(noun) in lexicon.SUFFERED
    marked = {tree.case(word): word for word in reversed(tree.kids(noun, "nmod", "obl", "nmod:agent"))}
    actor, recipient = marked.get("by"), marked.get("against", marked.get("on"))
    of = marked.get("of")
    if event in MUTUAL and "between" in marked:
        actor = marked["between"]
    elif of is not None and tree.lemma(noun) in lexicon.PERFORMED:
        actor = of if actor is None else actor
    elif of is not None and tree.lemma(noun) not in lexicon.PLACE_TAKEN and (theirs or event in OBJECT_IS_RECIPIENT):
        recipient = of
    if owner is not None and theirs and recipient is None:
        return Roles(actor or carrier_subject(tree, noun), owner, "possessor suffers")
    return Roles(first(actor, owner, describing(tree, noun), carrier_subject(tree, noun)), recipient, "nominal")


def first(*words: int | None) -> int | None:
    return next((word for word in words if word is not None), None)


def describing(tree: Tree, noun: int) -> int | None:
    """The demonym or name before a noun: "Indian tests", "NATO bombing"."""
    if tree.lemma(noun) in lexicon.SUFFERED:
        return None
    names = [word for word in tree.kids(noun, "amod", "compound") if demonym(tree, word) or tree.upos(word) == "PROPN"]
    return names[0] if len(names) == 1 and names[0] < noun else None


def carrier_subject(tree: Tree, noun: int) -> int | None:
    """Who holds, launches, carries out: the subject of the light verb that the noun is the object of."""
    verb = tree.head(noun)
    if verb < 0 or tree.rel(noun) != "obj" or tree.lemma(verb) not in lexicon.LIGHT or passive(tree, verb):
        return None
    found = subject(tree, verb)
    return found if found is not None and tree.upos(found) in NOMINAL else None
