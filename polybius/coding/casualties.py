"""How many were killed, injured, arrested, and to which claim a figure belongs.

A figure is found once, from the word of harm that says it, and goes to one claim of its sentence: the claim whose
trigger is that word, or else the nearest claim in the tree whose type can do such harm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from polybius.coding.harm import DEADLY, DYING, LOSING, NOUNS, OF_THINGS, STATES, TAKING, TOLLS, VERBS, Harm
from polybius.coding.headcounts import BE, HAVE, LIMITS, MODAL, PARTS, Headcount, headcounts, joined
from polybius.coding.phrases import phrases
from polybius.coding.sizes import Count, form_of
from polybius.coding.speech import sayings
from polybius.coding.tree import Tree, passive
from polybius.coding.view import View
from polybius.records import Claim, Filler, Source

FAMILIES: dict[Harm, frozenset[str]] = {
    "killed": frozenset({"ASSAULT", "PROTEST"}),
    "injured": frozenset({"ASSAULT", "PROTEST"}),
    "arrested": frozenset({"COERCE", "PROTEST"}),
}
STEPS = 6  # edges of the tree between a word of harm and the trigger of the claim that it belongs to
BY_TREE = 0.5
MONTHS = frozenset(
    "january february march april may june july august september october november december last this early late so".split()
)
TRYING = ("attempt", "try", "tried", "plot", "plan", "threaten", "want", "conspir")
PLURAL_ACTS = frozenset({"arrests", "murders", "arrest", "murder", "massacre"})  # nouns before they are verbs
QUOTES = frozenset({'"', "“", "''", "``"})
DEFINITE = frozenset("all the these those its his her their our some both".split())
# What may stand between those who suffer and the verb: "were reportedly", "are feared to have been", "who were".
BETWEEN = BE | HAVE | frozenset("who that to also all feared confirmed reported believed reportedly not".split())


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
    away = {
        at: min((steps[word] for word in tree.words(claim.trigger) if word in steps), default=STEPS + 1)
        for at, claim in claims.items()
        if claim.event in FAMILIES[figure.harm]
    }
    best = min(away, key=lambda at: (away[at], at), default=None)
    return best if best is not None and away[best] <= STEPS else None


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


# --- the figures of a sentence ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class Sentence:
    """A sentence while its figures are found. ``taken`` holds the phrases that have a word of harm."""

    text: str
    tree: Tree
    harms: dict[int, Harm]
    people: list[Headcount]
    taken: set[int] = field(default_factory=set)

    def form(self, word: int) -> str:
        return form_of(self.tree, word) if 0 <= word < len(self.tree.sentence) else ""

    def starting(self, word: int) -> int | None:
        """The phrase that starts at a word, quotation marks passed over."""
        word += self.form(word) in QUOTES
        word += self.form(word) in DEFINITE
        return next((at for at, phrase in enumerate(self.people) if phrase.first == word), None)

    def ending(self, word: int) -> int | None:
        return next((at for at, phrase in enumerate(self.people) if phrase.last == word), None)


def figures(text: str, tree: Tree) -> list[Figure]:
    """The figures of a sentence in its order, each number once."""
    harms = {word: harm for word in range(len(tree.sentence)) if (harm := harm_of(tree, word))}
    if not harms and not any(form_of(tree, word) in TOLLS for word in range(len(tree.sentence))):
        return []
    stops = frozenset(word for word in harms if form_of(tree, word) in VERBS.keys() - PLURAL_ACTS)
    sentence = Sentence(text, tree, harms, headcounts(text, tree, stops))
    found: list[Figure] = []
    for finder in (beside, by_tree):
        for word, harm in harms.items():
            if not any(figure.word == word for figure in found) and not denied(sentence, word):
                found += filter(None, [finder(sentence, word, harm)])
    return sorted([*found, *tolls(sentence)], key=lambda figure: (figure.count.span, figure.word))


def harm_of(tree: Tree, word: int) -> Harm | None:
    """What befalls somebody by a word, if it is a word of harm."""
    form = form_of(tree, word)
    after = form_of(tree, word + 1) if word + 1 < len(tree.sentence) else ""
    before = form_of(tree, word - 1) if word else ""
    if form in NOUNS and after in ("toll", "tolls", "row", "penalty", "sentence", "warrant", "rate", "rates", "threat"):
        return None
    if form == "lives" and lost(tree, word):
        return "killed"
    if form == "custody" and before == "into":
        return "arrested"
    if (form.startswith("round") and after == "up") or form in VERBS:
        return "arrested" if after == "up" and form not in VERBS else VERBS[form]
    near = (form_of(tree, w) for w in range(max(word - 1, 0), min(word + 3, len(tree.sentence))))
    deadly = form in DEADLY and not {"fatal", "fatally", "dead", "death"}.isdisjoint(near)
    gunned = form.startswith("gun") and after == "down"
    return "killed" if deadly or gunned else NOUNS.get(form)


def lost(tree: Tree, word: int) -> bool:
    """ "claimed 12 lives", "12 lives were lost"."""
    around = [form_of(tree, w) for w in range(max(word - 8, 0), min(word + 5, len(tree.sentence)))]
    return any(form in LOSING or (form in TAKING and around.index(form) < 8) for form in around)


def denied(sentence: Sentence, word: int) -> bool:
    """Not done, or only tried: "did not kill", "attempted to murder"."""
    if sentence.form(word - 1) == "to" and sentence.form(word - 2).startswith(TRYING):
        return True
    return any(sentence.form(w) in ("not", "n't", "never", "without") for w in range(max(word - 3, 0), word))


def beside(sentence: Sentence, word: int, harm: Harm) -> Figure | None:
    """A figure from the phrase that stands right beside a word of harm."""
    for at in places(sentence, word):
        if at is not None and at not in sentence.taken and real(sentence, word, sentence.people[at]):
            first, last, count = together(sentence, word, at)
            sentence.taken.update(range(first, last + 1))
            return Figure(harm, word, count)
    return None


def together(sentence: Sentence, word: int, at: int) -> tuple[int, int, Count]:
    """A phrase with those that "and" joins to it. After the verb, a phrase that has a verb of its own is another."""
    people = sentence.people
    first, last, count = joined(sentence.tree, people, at)
    if people[at].first <= word <= people[at].last and sentence.form(word) not in STATES:
        return at, at, people[at].count  # "308 cases and 77 deaths"
    if word > people[at].first:
        return joined(sentence.tree, people[: at + 1], at)
    if last > at and sentence.form(people[last].last + 1) in BE | HAVE | VERBS.keys():
        return joined(sentence.tree, people[: at + 1], at)
    return first, last, count


def real(sentence: Sentence, word: int, people: Headcount) -> bool:
    """Whether an article may count: "a crime to kill a man" and "executed a plan" name no victim."""
    if not people.article:
        return True
    if any(sentence.form(w) in MODAL | {"to"} for w in range(max(word - 2, 0), word)) and people.first > word:
        return False
    return sentence.form(word) not in OF_THINGS or people.last < word


def places(sentence: Sentence, word: int) -> Iterator[int | None]:
    """Where the number of a word of harm may stand, the likeliest first; positions of phrases."""
    form = sentence.form(word)
    yield from inside(sentence, word)
    if form == "lives":
        yield losers(sentence, word)
    elif form == "custody":
        yield taken_away(sentence, word)
    elif form in NOUNS and form not in VERBS and form not in STATES:
        yield of_people(sentence, word)
    elif backwards(sentence, word):
        yield before(sentence, word)
        yield of_people(sentence, word)
    else:
        yield after(sentence, word)
        yield of_people(sentence, word)
        yield before(sentence, word) if form.endswith("ed") and describes(sentence, word) else None


def inside(sentence: Sentence, word: int) -> Iterator[int | None]:
    """ "77 deaths", "a wounded mother", "12 dead": the word is part of the phrase."""
    form = sentence.form(word)
    if form not in NOUNS and form not in STATES and form != "lives":
        return
    for at, people in enumerate(sentence.people):
        one_act = form in NOUNS and not form.endswith("s") and form not in STATES and people.count.best != 1
        within = people.first <= word <= people.last and not (people.article and word == people.last) and not one_act
        if within or (form in STATES and people.last == word - 1 and not people.article):
            yield at


def of_people(sentence: Sentence, word: int) -> int | None:
    """ "the death of 49 people", "the fatal shooting of a man"."""
    return sentence.starting(word + 2) if sentence.form(word + 1) == "of" else sentence.starting(word + 1)


def losers(sentence: Sentence, word: int) -> int | None:
    """ "12 people lost their lives"; "the lives of 12 people"."""
    if sentence.form(word + 1) == "of":
        return sentence.starting(word + 2)
    verb = next((w for w in range(word - 1, max(word - 6, -1), -1) if sentence.form(w) in LOSING), None)
    return None if verb is None else before(sentence, verb)


def taken_away(sentence: Sentence, word: int) -> int | None:
    """ "took 12 people into custody", "12 people were taken into custody"."""
    return sentence.ending(word - 2) if sentence.form(word - 2) not in TAKING else before(sentence, word - 2)


def backwards(sentence: Sentence, word: int) -> bool:
    """Whether those who suffer stand before the word: a passive, a participle, dying, a state."""
    form = sentence.form(word)
    if form in DYING or form in STATES:
        return True
    if not form.endswith(("ed", "ain", "shot")):
        return False
    for at in range(word - 1, max(word - 5, -1), -1):
        if sentence.form(at) in BE:
            return True
        if sentence.form(at) in HAVE:
            return False
        if not sentence.form(at).endswith("ly") and sentence.form(at) not in BETWEEN | {"and", "or"} | VERBS.keys():
            break
    start = word + 1 + (sentence.form(word + 1) in ("down", "up"))
    return describes(sentence, word) and sentence.starting(start) is None and shared(sentence, word) is None


def describes(sentence: Sentence, word: int) -> bool:
    """Whether a participle stands after its noun: "men killed in May", and not "jailed leaders"."""
    following = sentence.form(word + 1)
    if sentence.form(word - 1) == "those":
        return True
    loose = not following[:1].isalnum() or following in LIMITS or following.endswith(("ly", "day"))
    return loose or following in MONTHS


def shared(sentence: Sentence, word: int) -> int | None:
    """The next verb where two share their object: "killed and wounded scores"."""
    other = word + 2
    return other if sentence.form(word + 1) in ("and", "or") and sentence.form(other) in VERBS else None


def after(sentence: Sentence, word: int) -> int | None:
    """The object: the phrase right after the verb, or after the second of two verbs that share it."""
    other = shared(sentence, word)
    if other is not None:
        at = sentence.starting(other + 1)
        if at is not None:
            sentence.people.append(sentence.people[at])  # the same people suffer both
            return len(sentence.people) - 1
    return sentence.starting(word + 1 + (sentence.form(word + 1) in ("down", "up", "dead")))


def before(sentence: Sentence, word: int) -> int | None:
    """The subject: the phrase before the verb, auxiliaries and asides such as ", including 3 children," passed over."""
    at = word - 1
    while at >= 0 and (sentence.form(at) in BETWEEN or sentence.form(at).endswith("ly")):
        at -= 1
    if sentence.form(at) in ("and", "or") and sentence.form(at - 1) in VERBS:
        return before(sentence, at - 1)
    found = sentence.ending(at)
    if found is None and sentence.form(at) in (",", "—", "--", "-", "–", ")"):
        found = before_aside(sentence, at)
    return found if found is not None else before_phrase(sentence, at)


def before_aside(sentence: Sentence, end: int) -> int | None:
    """The phrase before an aside that ends at a comma or dash."""
    mark = {")": "("}.get(sentence.form(end), sentence.form(end))
    for at in range(end - 1, max(end - 25, -1), -1):
        if sentence.form(at) == mark and (mark != "," or sentence.form(at + 1) in PARTS):
            found = sentence.ending(at - 1)
            return found if found is not None else sentence.ending(end - 1)
    return sentence.ending(end - 1)


def before_phrase(sentence: Sentence, end: int) -> int | None:
    """The phrase before what describes it: "dozens in the IS hierarchy", "32 people on board"."""
    for at in range(end, max(end - 9, -1), -1):
        form = sentence.form(at)
        if (
            sentence.tree.upos(at) in ("VERB", "AUX", "SCONJ", "CCONJ")
            or form in BE | VERBS.keys()
            or not (form[:1].isalnum() or form in ("'s", "’s"))
        ):
            return None
        found = sentence.ending(at - 1)
        if found is not None and sentence.tree.upos(at) == "ADP":
            return found
    return None


def by_tree(sentence: Sentence, word: int, harm: Harm) -> Figure | None:
    """A figure from the object or the subject of a verb of harm, however far they are."""
    tree = sentence.tree
    if sentence.form(word) not in VERBS or tree.upos(word) != "VERB":
        return None
    suffers = passive(tree, word) or sentence.form(word) in DYING
    nouns = tree.kids(word, "nsubj:pass", "nsubj") if suffers else tree.kids(word, "obj")
    for noun in nouns:
        for at, people in enumerate(sentence.people):
            holds = people.first <= noun <= people.last
            if holds and at not in sentence.taken and not people.article:
                sentence.taken.add(at)
                return Figure(harm, word, people.count)
    return None


# --- tolls -----------------------------------------------------------------------------------------------------------


def tolls(sentence: Sentence) -> Iterator[Figure]:
    """ "the death toll rose to 41", "bringing the number of people killed to eight", "a death toll of 41"."""
    for word in range(len(sentence.tree.sentence)):
        harm = toll_of(sentence, word) if sentence.form(word) in TOLLS else None
        at = toll_number(sentence, word) if harm else None
        if harm and at is not None:
            sentence.taken.add(at)
            yield Figure(harm, word, sentence.people[at].count)


def toll_of(sentence: Sentence, word: int) -> Harm | None:
    """What a toll counts: "death toll", "the total number of detained staff", "the number of people killed"."""
    near = range(word + 1, min(word + 8, len(sentence.tree.sentence)))
    said = next((sentence.harms[w] for w in near if w in sentence.harms), None)
    return "killed" if sentence.form(word).startswith("toll") else said


def toll_number(sentence: Sentence, word: int) -> int | None:
    """The first free number after a toll that "to", "at", "of" or a form of "be" leads to."""
    for at, people in enumerate(sentence.people):
        lead = [sentence.form(w) for w in range(people.first - 2, people.first)]
        near = word < people.first <= word + 24
        if (
            near
            and at not in sentence.taken
            and not people.article
            and {"to", "at", "of", "is", "was", "past"} & set(lead)
        ):
            return at
    return None
