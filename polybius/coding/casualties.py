"""How many were killed, injured, arrested: who suffers what in the tree of a sentence, and to which claim it belongs.

A figure is found once, from the word of harm that says it, and goes to one claim of its sentence: the claim whose
trigger is that word, or else the nearest claim in the tree whose type can do such harm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from polybius.coding.phrases import phrases
from polybius.coding.sizes import ARTICLES, Count, counted, form_of, is_number, measured, vague
from polybius.coding.speech import sayings
from polybius.coding.tree import NOMINAL, Tree, antecedent, passive, subject
from polybius.coding.view import View
from polybius.records import Claim, Filler, Source

Harm = Literal["killed", "injured", "arrested"]


def inflected(words: str) -> list[str]:
    """The regular forms of English verbs: "kill", "kills", "killed", "killing"."""
    forms = []
    for word in words.split():
        stem = word.removesuffix("e")
        forms += [word, f"{word}es" if word.endswith(("sh", "ch")) else f"{word}s", f"{stem}ed", f"{stem}ing"]
    return forms


VERBS: dict[str, Harm] = {
    **dict.fromkeys(
        inflected(
            """kill perish drown massacre murder assassinate behead execute slaughter martyr lynch suffocate electrocute
            asphyxiate"""
        ),
        "killed",
    ),
    **dict.fromkeys("die dies died dying slay slays slew slain slaying".split(), "killed"),
    **dict.fromkeys([*inflected("injure wound maim"), "hurt", "hurts", "hurting"], "injured"),
    **dict.fromkeys(inflected("arrest detain jail imprison apprehend"), "arrested"),
}
NOUNS: dict[str, Harm] = {
    **dict.fromkeys(
        """death deaths fatality fatalities killing killings murder murders massacre assassination assassinations
        execution executions beheading beheadings drowning drownings dead""".split(),
        "killed",
    ),
    **dict.fromkeys("injury injuries wounded injured".split(), "injured"),
    **dict.fromkeys("arrest arrests detention detentions".split(), "arrested"),
}
PHRASAL: dict[tuple[str, str], Harm] = {
    **dict.fromkeys([(form, "down") for form in ("gun", "guns", "gunned", "gunning")], "killed"),
    **dict.fromkeys([(form, "up") for form in inflected("round")], "arrested"),
}
ADJECTIVES: dict[str, Harm] = {"dead": "killed", "injured": "injured", "wounded": "injured", "hurt": "injured"}
UNDERGONE = frozenset([*"die dies died dying".split(), *inflected("perish drown suffocate")])
LOSING = frozenset("lose loses lost losing".split())
TAKING_LIVES = LOSING | frozenset([*"take takes took taken taking cost costs".split(), *inflected("claim")])
SAID_OF_THINGS = frozenset([*inflected("execute"), "hurt", "hurts", "hurting"])
TOLLS = frozenset({"toll", "tolls", "number", "total"})
NOT_REAL = frozenset({"can", "could", "may", "might", "would", "will", "should"})
FAMILIES: dict[Harm, frozenset[str]] = {
    "killed": frozenset({"ASSAULT", "PROTEST"}),
    "injured": frozenset({"ASSAULT", "PROTEST"}),
    "arrested": frozenset({"COERCE", "PROTEST"}),
}
STEPS = 6  # edges of the tree between a word of harm and the trigger of the claim that it belongs to
BY_TREE = 0.5


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people who were harmed, and the word of the sentence that says what befell them."""

    harm: Harm
    word: int
    count: Count


@dataclass(frozen=True, slots=True)
class Casualty:
    """A figure as a claim has it, with who says so, where that is not the source of the claim itself."""

    count: Count
    sources: tuple[Source, ...] = ()


Casualties = Mapping[Harm, Casualty]


def casualties(view: View, claims: Sequence[Claim]) -> list[Casualties]:
    """The figures of each claim, in the order of ``claims``."""
    found: list[dict[Harm, Casualty]] = [{} for _ in claims]
    by_sentence: dict[int, list[int]] = {}
    for at, claim in enumerate(claims):
        if any(claim.event in events for events in FAMILIES.values()):
            by_sentence.setdefault(claim.sentence, []).append(at)
    for sentence, members in by_sentence.items():
        tree = view.tree(sentence)
        for figure in figures(view.text, tree):
            owner = nearest(tree, figure, {at: claims[at] for at in members})
            if owner is not None and figure.harm not in found[owner]:
                found[owner][figure.harm] = Casualty(figure.count, claimants(view, claims[owner], figure))
    return list(found)


def nearest(tree: Tree, figure: Figure, claims: Mapping[int, Claim]) -> int | None:
    """The claim that a figure belongs to: the one with the fewest edges to the word of harm, the earlier of two."""
    steps = distances(tree, figure.word)
    best: tuple[int, int] | None = None
    for at, claim in claims.items():
        if claim.event in FAMILIES[figure.harm]:
            away = min((steps[word] for word in tree.words(claim.trigger) if word in steps), default=STEPS + 1)
            best = min(best, (away, at)) if best else (away, at)
    return best[1] if best and best[0] <= STEPS else None


def distances(tree: Tree, start: int) -> dict[int, int]:
    """The words within STEPS edges of a word, with how far they are."""
    known, edge = {start: 0}, [start]
    for step in range(1, STEPS + 1):
        around = {n for word in edge for n in (tree.head(word), *tree.children[word]) if n >= 0}
        edge = sorted(around - known.keys())
        known.update(dict.fromkeys(edge, step))
    return known


def claimants(view: View, claim: Claim, figure: Figure) -> tuple[Source, ...]:
    """Who gives a figure, where it is somebody else than the source of the claim."""
    for saying in sayings(view, claim.sentence, figure.word):
        tree = view.tree(saying.sentence)
        filler = Filler(tree.span(saying.speaker, saying.speaker), BY_TREE, saying.sentence != claim.sentence)
        found = [Source(item, saying.cue) for item in phrases(view, filler, "by")]
        known = [source.filler.span for source in claim.attribution]
        return tuple(s for s in found if not any(s.filler.span.overlaps(span) for span in known))
    return ()


def figures(text: str, tree: Tree) -> list[Figure]:
    """The figures of a sentence in its order, each number once."""
    found: list[Figure] = []
    for word in range(len(tree.sentence)):
        harm = harm_of(tree, word)
        if harm is None or denied(tree, word):
            continue
        count = next((c for noun in sufferers(tree, word) if (c := real(text, tree, word, noun))), None)
        if count and not any(f.harm == harm and f.count.span.overlaps(count.span) for f in found):
            found.append(Figure(harm, word, count))
    return [*found, *(f for f in tolls(text, tree) if not any(f.count.span.overlaps(o.count.span) for o in found))]


def harm_of(tree: Tree, word: int) -> Harm | None:
    """What befalls somebody by a word, if it is a word of harm."""
    form, upos = form_of(tree, word), tree.upos(word)
    if upos == "VERB":
        return verbal_harm(tree, word, form)
    if upos == "ADJ" and form in ADJECTIVES:
        return ADJECTIVES[form]
    if upos in ("NOUN", "PROPN") and not tolled(tree, word):
        fatal = any(form_of(tree, child) == "fatal" for child in tree.kids(word, "amod"))
        return "killed" if fatal or lost_life(tree, word) else "arrested" if custody(tree, word) else NOUNS.get(form)
    return None


def verbal_harm(tree: Tree, word: int, form: str) -> Harm | None:
    for child in tree.children[word]:
        if (form, form_of(tree, child)) in PHRASAL:
            return PHRASAL[form, form_of(tree, child)]
        if form_of(tree, child) == "fatally":
            return "killed"
    return VERBS.get(form) or ADJECTIVES.get(form)


def tolled(tree: Tree, word: int) -> bool:
    """ "death" of "death toll"."""
    return tree.rel(word) == "compound" and form_of(tree, tree.head(word)) not in NOUNS


def lost_life(tree: Tree, word: int) -> bool:
    """ "claimed 12 lives", "12 people lost their lives", "thousands of lives were lost"."""
    if form_of(tree, word) not in ("life", "lives"):
        return False
    above = [form_of(tree, head) for _, head in tree.up(word)][:2]
    return any(form in TAKING_LIVES for form in above)


def custody(tree: Tree, word: int) -> bool:
    return form_of(tree, word) == "custody" and tree.case(word) == "into" and tree.head(word) >= 0


def denied(tree: Tree, word: int) -> bool:
    return any(form_of(tree, child) in ("not", "n't", "never") for child in tree.kids(word, "advmod"))


def real(text: str, tree: Tree, harm: int, noun: int) -> Count | None:
    """The number of those who suffer. "a soldier" is one only if a soldier was harmed: "it is a crime to kill a man"."""
    noun = antecedent(tree, noun)
    count = counted(text, tree, noun)
    if count is None or not by_article(tree, noun):
        return count
    unreal = any(form_of(tree, word) in NOT_REAL or form_of(tree, word) == "to" for word in tree.kids(harm, "aux", "mark"))
    return None if unreal or (form_of(tree, harm) in SAID_OF_THINGS and not passive(tree, harm)) else count


def by_article(tree: Tree, noun: int) -> bool:
    return any(form_of(tree, word) in ARTICLES for word in tree.kids(noun, "det"))


def sufferers(tree: Tree, harm: int) -> Iterator[int]:
    """Where the number of a word of harm may stand, the likeliest first."""
    if tree.upos(harm) in ("NOUN", "PROPN"):
        yield from noun_sufferers(tree, harm)
    elif tree.upos(harm) == "ADJ" or form_of(tree, harm) in ADJECTIVES:
        yield from state_sufferers(tree, harm)
        yield from verb_sufferers(tree, harm)
    else:
        yield from verb_sufferers(tree, harm)


def noun_sufferers(tree: Tree, noun: int) -> Iterator[int]:
    """ "77 deaths", "dozens of arrests", "the death of 49 people", "claimed 12 lives", "took 12 people into custody"."""
    verb = tree.head(noun)
    if custody(tree, noun) or (form_of(tree, noun) in ("life", "lives") and tree.kid(noun, "nmod:poss") is not None):
        yield from verb_sufferers(tree, verb, form_of(tree, verb) in LOSING)
        return
    if not by_article(tree, noun):
        yield noun
    if verb >= 0 and (vague(tree, verb) or is_number(tree, verb)) and tree.rel(noun) == "nmod":
        yield verb
    yield from (word for word in tree.kids(noun, "nmod", "obj") if tree.case(word) in ("of", ""))


def state_sufferers(tree: Tree, word: int) -> Iterator[int]:
    """ "left 21 people dead", "was shot dead", "12 dead", "two wounded men"."""
    yield from tree.kids(word, "nsubj", "nsubj:pass")
    yield from tree.kids(word, "nummod")
    head = tree.head(word)
    if head < 0:
        return
    if tree.rel(word) == "amod" or (tree.rel(word) == "acl" and tree.upos(head) in NOMINAL):
        yield head
    elif tree.upos(head) == "VERB" and tree.rel(word) != "conj":
        yield from verb_sufferers(tree, head)
    elif tree.upos(head) == "ADJ" and tree.rel(word) == "conj":
        yield from state_sufferers(tree, head)


def verb_sufferers(tree: Tree, verb: int, undergone: bool = False) -> Iterator[int]:
    """Object of an active verb, subject of a passive one or of dying; those that joined verbs share."""
    if undergone or form_of(tree, verb) in UNDERGONE:
        found = subject(tree, verb)
        if found is not None:
            yield found
    own = tree.kids(verb, "obj", "nsubj:pass")
    yield from own
    if own:
        return
    if passive(tree, verb):
        found = subject(tree, verb)
        if found is not None:
            yield found
    elif tree.rel(verb) in ("acl", "amod") and not tree.sentence.forms[verb].lower().endswith("ing"):
        yield tree.head(verb)
    for other in tree.kids(verb, "conj"):
        yield from tree.kids(other, "obj")
    if tree.rel(verb) == "conj" and form_of(tree, tree.head(verb)) not in VERBS:
        yield from tree.kids(tree.head(verb), "obj")


def tolls(text: str, tree: Tree) -> Iterator[Figure]:
    """ "the death toll rose to 41", "bringing the number of people killed to eight", "a death toll of 41"."""
    for word in range(len(tree.sentence)):
        if form_of(tree, word) in TOLLS and tree.upos(word) == "NOUN":
            harm = toll_of(tree, word)
            count = next((c for at in toll_numbers(tree, word) if (c := number_of(text, tree, at))), None)
            if harm and count:
                yield Figure(harm, word, count)


def toll_of(tree: Tree, word: int) -> Harm | None:
    """What a toll counts: by the words below it, "death toll", "the total number of detained staff"."""
    below = [c for child in tree.children[word] for c in (child, *tree.children[child])]
    found = [VERBS.get(form_of(tree, w)) or NOUNS.get(form_of(tree, w)) or ADJECTIVES.get(form_of(tree, w)) for w in below]
    return next((harm for harm in found if harm), "killed" if form_of(tree, word) == "toll" else None)


def toll_numbers(tree: Tree, word: int) -> Iterator[int]:
    head = tree.head(word)
    if head >= 0 and tree.rel(word) in ("nsubj", "obj", "nsubj:pass"):
        if tree.rel(word) == "nsubj":
            yield head
        yield from (w for w in tree.kids(head, "obl", "xcomp", "obj", "advmod", "nummod") if w != word)
    yield from (w for w in tree.kids(word, "nmod", "appos") if tree.case(w) in ("of", "at", "to", ""))


def number_of(text: str, tree: Tree, word: int) -> Count | None:
    """The number that a word is or has; dates and places have none that is a toll."""
    if is_number(tree, word) or vague(tree, word):
        return measured(text, tree, word) if tree.case(word) in ("to", "at", "of", "past", "") else None
    return counted(text, tree, word) if tree.case(word) in ("to", "at", "of") and tree.kid(word, "nummod") else None
