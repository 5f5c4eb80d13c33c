"""Which sectors the common nouns of a phrase name: the head's first, unless the head says little by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from polybius.records import Sentence

LONGEST = 5  # words of a role noun
# Heads that only count or gather: what they are made of follows ("thousands of protesters") or goes before.
COUNTING = frozenset(
    """group number thousand hundred dozen score million member pair trio handful lot majority rest part wave series
    crowd team set column unit pack band bunch gathering convoy mix combination bulk portion half
    third quarter total category type variety array some one two three all both several many most""".split()
)
# Heads whose sector is that of the noun before them, if that has one ("police station", "rebel leader").
WEAK = frozenset(
    """leader chief head official spokesman spokeswoman spokesperson commander officer representative source organization
    organisation agency office chairman chairwoman chair director boss figure staff personnel force forces fighter guard
    vehicle car building base post station headquarters position target camp compound site facility office member
    center centre worker volunteer employee agent adviser advisor aide deputy ally vessel boat ship truck van aircraft plane
    drone missile supply charge outlet website system equipment depot party command service committee council commission board department branch wing
    faction movement network coalition alliance bloc association body institution representative envoy operative supporter
    activist hideout stronghold checkpoint family leadership team crew media channel association federation""".split()
)
ADJECTIVES = frozenset({"opposition", "military", "paramilitary", "police", "separatist", "rebel", "militant", "media"})
FORMER = frozenset({"former", "ex", "late", "deposed", "ousted", "retired", "onetime", "exiled", "then-former"})
# What a state does through its forces: a bare name of a state before such a noun, or as subject of such a verb, stands for them.
ARMED_ACTS = frozenset(
    """strike airstrike attack shelling bombardment bombing missile drone raid offensive invasion incursion troop force soldier
    warplane jet warship navy army military fire artillery rocket barrage assault blockade siege airspace aggression
    operation air ground tank vessel helicopter submarine carrier fighter airstrikes shell mortar gunfire gunship ship gunboat
    firefight withdrawal column gunner takeover""".split()
)
ARMED_VERBS = frozenset(
    """bomb bombard shell strike attack invade shoot fire launch kill down intercept raid occupy deploy seize capture destroy
    target hit assault besiege advance""".split()
)
OFFICIAL = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})
COUNTS = frozenset({"thousand", "hundred", "dozen", "score", "million", "ten", "number", "crowd", "other", "those"})
IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "people": "people",
    "police": "police",
    "wives": "wife",
    "thieves": "thief",
    "media": "media",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A role noun of the tables in a phrase: positions of its words in the sentence, and its sectors."""

    start: int
    end: int
    noun: str
    sectors: tuple[str, ...]


def singular(form: str) -> str:
    """The dictionary form of an English noun, near enough to look it up."""
    word = form.lower().replace("’", "'")
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("men") and len(word) > 4:
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")) and len(word) > 3:
        return word[:-1]
    return word


def units(sentence: Sentence, words: range, roles: Mapping[str, tuple[str, ...]], skip: frozenset[int]) -> list[Unit]:
    """Role nouns in a phrase from its start on, the longest where several end at a word."""
    found: list[Unit] = []
    position = words[-1]
    while position >= words[0]:
        unit = None if position in skip else _ending_at(sentence, words[0], position, roles, skip)
        if unit is not None:
            found.append(unit)
        position = unit.start - 1 if unit is not None else position - 1
    return found[::-1]


def _ending_at(
    sentence: Sentence, first: int, last: int, roles: Mapping[str, tuple[str, ...]], skip: frozenset[int]
) -> Unit | None:
    tail = singular(sentence.forms[last])
    for start in range(max(first, last - LONGEST + 1), last + 1):
        if skip.isdisjoint(range(start, last)):
            before = " ".join(f.lower().replace("’", "'") for f in sentence.forms[start:last])
            for noun in (tail, sentence.forms[last].lower()):
                phrase = f"{before} {noun}" if before else noun
                sectors = roles.get(phrase)
                if sectors is not None and _fits(sentence, start, last):
                    return Unit(start, last + 1, phrase, sectors)
    return None


def _fits(sentence: Sentence, start: int, last: int) -> bool:
    """A single word is a role only as a noun, in a title, or as one of the adjectives that name an arm of the state."""
    noun = sentence.upos[last] in ("NOUN", "PROPN", "X", "PRON", "DET", "NUM")
    return start < last or noun or sentence.forms[last] in ADJECTIVES


def is_former(sentence: Sentence, words: range) -> bool:
    """Whether a phrase says that an office is no longer held."""
    forms = [sentence.forms[i].lower() for i in words]
    return any(f in FORMER or f.startswith(("ex-", "former-")) for f in forms)


def sectors_of(sentence: Sentence, words: range, head: int, found: list[Unit]) -> tuple[str, ...]:
    """The sectors of a phrase, the first one its own."""
    own = next((u for u in found if u.start <= head < u.end), None)
    noun = singular(sentence.forms[head])
    before = [u for u in found if u.end <= head and u is not own]
    after = [u for u in found if u.start > head]
    if noun in COUNTING or sentence.upos[head] == "NUM":
        inner = _after_of(sentence, head, after) or (before[-1] if before else None)
        if inner is not None:
            return _with_secondary(inner.sectors, before)
        if own is None and (noun in COUNTS or sentence.upos[head] == "NUM" or noun.isdigit()):
            return ("CVL",)  # "41", "thousands", "two more": people, of whom no more is said
    if own is None or (noun in WEAK and own.end - own.start == 1):
        inner = before[-1] if before and _modifies(sentence, before[-1], head) else _after_of(sentence, head, after)
        if inner is not None:
            return _with_secondary(inner.sectors, before)
    if own is not None:
        return _with_secondary(own.sectors, before)
    return after[0].sectors if after and own is None and noun in WEAK else ()


def _after_of(sentence: Sentence, head: int, after: list[Unit]) -> Unit | None:
    """The first role noun after "of" (or "from the") behind the head."""
    for unit in after:
        between = [f.lower() for f in sentence.forms[head + 1 : unit.start]]
        if between[:1] in (["of"], ["from"]) and not {"in", "at", "near", "to", "who", "that"} & set(between[1:]):
            return unit
    return None


def _modifies(sentence: Sentence, unit: Unit, head: int) -> bool:
    """Whether nothing but modifiers stands between a role noun and the head after it."""
    return not any(
        f.lower() in ("of", "in", "at", "for", "to", "from", "and", ",") for f in sentence.forms[unit.end : head]
    )


def _with_secondary(first: tuple[str, ...], before: list[Unit]) -> tuple[str, ...]:
    extra = [s for u in before for s in u.sectors if s in ("OPP", "PTY")]
    return tuple(dict.fromkeys((*first, *extra)))


def suspect(sentence: Sentence, words: range) -> bool:
    """Whether a phrase names those who are arrested: of whom nothing else is said, they are suspects."""
    top = next((i for i in words if sentence.heads[i] not in words), words[-1])
    verb = sentence.heads[top]
    return verb >= 0 and sentence.deprels[top] in ("obj", "nsubj:pass") and sentence.lemmas[verb].lower() in ARRESTS


ARRESTS = frozenset({"arrest", "sentence", "indict", "convict"})


def elite(sectors: tuple[str, ...]) -> tuple[str, ...]:
    """What becomes of sectors when the office is over."""
    return ("ELI",) if not sectors or OFFICIAL.intersection(sectors) else sectors


def phrase_head(sentence: Sentence, words: range) -> int:
    """The head of an English noun phrase: the last noun before a preposition, clause or comma.

    Found by position, as the parser often hangs a long phrase by the wrong word.
    """
    best = None
    for i in words:
        form, upos = sentence.forms[i].lower(), sentence.upos[i]
        if form in VAGUE:
            continue
        over = form in ENDS or upos in ("VERB", "AUX", "SCONJ", "ADP", "CCONJ")
        if best is not None and over and form not in GLUE and not (form == "and" and sentence.upos[best] == "ADJ"):
            break
        if upos in ("NOUN", "PROPN", "NUM", "PRON", "X", "SYM") or (
            upos == "ADJ" and (best is None or sentence.forms[i][:1].isupper())
        ):
            best = i if not (best is not None and upos in ("NUM", "PRON")) else best
        elif best is None and i == words[-1]:
            best = i
    return words[0] if best is None else best


ENDS = frozenset(
    {
        "of",
        "in",
        "at",
        "from",
        "to",
        "for",
        "with",
        "by",
        "on",
        "near",
        ",",
        "(",
        "who",
        "that",
        "which",
        "and",
        "or",
        ";",
        ":",
        "–",
        "—",
    }
)
VAGUE = frozenset(
    "more less fewer than at least most up nearly about almost over around some only other another".split()
)
GLUE = frozenset({"'s", "’s", "'", "’", "-"})


def armed(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a bare state ("Israeli strikes", "Russia shelled …") stands for its armed forces."""
    for i in range(end, min(end + 4, len(sentence))):
        if singular(sentence.forms[i]) in ARMED_ACTS:
            return True
        participle = sentence.forms[i].lower().endswith(("ed", "ing"))
        ends = sentence.upos[i] in ("VERB", "AUX", "ADP", "PUNCT", "SCONJ", "PRON") and sentence.forms[i] not in GLUE
        if ends and not participle:
            break
    verb = sentence.heads[end - 1]
    is_subject = sentence.deprels[end - 1] == "nsubj" and verb >= 0
    return is_subject and sentence.lemmas[verb].lower() in ARMED_VERBS
