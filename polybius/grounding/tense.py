"""Whether an expression of time points ahead: by the tense of the verb that it hangs on, and by the status of the claim."""

from __future__ import annotations

from polybius.records import Sentence, Status

COMING = frozenset({"will", "'ll", "’ll", "wo", "shall"})
OPEN = frozenset({"would", "could", "may", "might", "should", "can", "must"})
# What these govern lies ahead of them: "is to meet", "plans to meet on Friday", "scheduled for Friday".
PLANNING = frozenset(
    "plan schedule expect set intend prepare due slate aim hope promise pledge vow threaten agree urge ask order want invite "
    "propose decide vote postpone delay be go about ready".split()
)
DATING = frozenset({"plan", "schedule", "expect", "set", "due", "slate", "postpone", "delay"})
ANNOUNCED = frozenset({"planned", "scheduled", "upcoming", "expected", "coming", "proposed"})
DEEP = 12  # how far up a tree is looked
BEFORE_TO = 3  # how many words "to" may stand before its verb


def ahead(sentence: Sentence, word: int, status: Status) -> bool:
    """Whether the expression at a word, which dates a claim, is to come."""
    told = by_verbs(sentence, word)
    if status == "historical":
        return False
    if status == "future":
        return True
    return told is not False if status == "hypothetical" else told is True


def by_verbs(sentence: Sentence, word: int) -> bool | None:
    """By the first verb above a word that tells: ahead, not ahead, or None where none tells."""
    at = word
    for _ in range(DEEP):
        told = of_verb(sentence, at)
        head = -1 if is_open(sentence, at) else sentence.heads[at]
        if told is not None or head < 0:
            return told
        if announced(sentence, at, head):
            return True
        at = head
    return None


def is_open(sentence: Sentence, verb: int) -> bool:
    """ "Could meet": what is said about it above does not tell when."""
    helpers = (i for i, h in enumerate(sentence.heads) if h == verb and sentence.deprels[i] == "aux")
    return any(sentence.forms[i].lower() in OPEN for i in helpers)


def announced(sentence: Sentence, word: int, head: int) -> bool:
    """ "Scheduled for Friday", "ahead of Monday's vote", "Sunday's planned rally"."""
    case = case_of(sentence, word)
    if case == "ahead" or (sentence.lemmas[head].lower() in DATING and case in ("for", "by", "until")):
        return True
    described = (
        i for i, h in enumerate(sentence.heads) if h == head and sentence.deprels[i] in ("amod", "advcl", "acl")
    )
    return sentence.upos[head] == "NOUN" and any(sentence.forms[i].lower() in ANNOUNCED for i in described)


def case_of(sentence: Sentence, word: int) -> str:
    found = (i for i, head in enumerate(sentence.heads) if head == word and sentence.deprels[i] == "case")
    return next((sentence.lemmas[i].lower() for i in found), "")


def of_verb(sentence: Sentence, verb: int) -> bool | None:
    """ "Will meet" and "is to meet" are ahead, "met" and "has met" are not; a noun and an open form tell nothing."""
    helpers = [
        i for i, h in enumerate(sentence.heads) if h == verb and sentence.deprels[i] in ("aux", "aux:pass", "cop")
    ]
    if not helpers and sentence.upos[verb] not in ("VERB", "AUX"):
        return None
    forms = {sentence.forms[i].lower() for i in helpers}
    if forms & COMING:
        return True
    if forms & OPEN:
        return None if "have" not in forms else False
    if to_come(sentence, verb):
        return True
    if sentence.lemmas[verb].lower() in DATING and any(sentence.deprels[i] == "aux:pass" for i in helpers):
        return True
    feats = sentence.feats[verb]
    if any("Tense=Past" in sentence.feats[i] for i in helpers) or any(
        sentence.lemmas[i].lower() == "have" for i in helpers
    ):
        return False
    if "Tense=Past" in feats:
        return False if "VerbForm=Fin" in feats else planned(sentence, verb)
    return True if helpers and sentence.forms[verb].lower().endswith("ing") else None


def planned(sentence: Sentence, participle: int) -> bool | None:
    return True if sentence.lemmas[participle].lower() in DATING else None


def to_come(sentence: Sentence, verb: int) -> bool:
    """Whether a verb is the infinitive of a plan: "is to", "are due to", "agreed to", "is going to"."""
    for at in range(verb - 1, max(verb - 1 - BEFORE_TO, 0), -1):
        if sentence.forms[at].lower() == "to" and sentence.heads[at] == verb:
            return sentence.lemmas[at - 1].lower() in PLANNING or sentence.forms[at - 1].lower() in PLANNING
    return False


def finished(sentence: Sentence, word: int) -> bool:
    """Whether a verb tells of something that is over: "held", "was held", but not "has been held"."""
    helpers = [i for i, h in enumerate(sentence.heads) if h == word and sentence.deprels[i] in ("aux", "aux:pass")]
    if any(sentence.lemmas[i].lower() == "have" for i in helpers):
        return False
    feats = [sentence.feats[i] for i in (word, *helpers)]
    return any("Tense=Past" in feat and "VerbForm=Fin" in feat for feat in feats)
