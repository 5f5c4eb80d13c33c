"""Gold event mentions of ECB+ brought together by assembly's comparison, and by simple rules beside it.

A mention that a coded report covers is compared as assembly compares that report. Of the others, all types of PLOVER or none, what the
reader saw below its threshold is taken (type, sides, vector); where it saw nothing, the lemma stands for the type, and subject, object and
place of the parse for who, whom and where. Features, weights and linkage are assembly's own, with two exceptions: mentions are compared
whatever their types, classes and dates are, if they share two clues, and "type" is whether they share the lemma.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from clusters import MEASURES, Tally, conll
from ecb import Article, Mention

from polybius.assembly import Source
from polybius.assembly import facts as assembly
from polybius.assembly.assemble import article_of
from polybius.assembly.block import pairs, when
from polybius.assembly.cluster import Bonds, clusters, components
from polybius.assembly.compare import POINTS, features, score
from polybius.assembly.facts import CLASSES, Account, Side, Where
from polybius.assembly.group import LIMITS
from polybius.assembly.weights import DIFFERENT
from polybius.reader import load as load_reader
from polybius.records import Filler, Frame, Reading, Sentence, Span
from polybius.report import Report
from polybius.run import Coder

FLOOR = 0.1  # the least score of a trigger that the packaged reader can be asked for
SUBJECTS, OBJECTS, PLACES = ("nsubj", "csubj"), ("obj", "iobj", "nsubj:pass"), ("obl", "nmod")
Name = tuple[str, int]  # a mention: its article and its number there
Seen = tuple[Article, Reading, Sequence[Report], Mapping[str, bytes]]  # with all that the reader saw, down to FLOOR


@dataclass(frozen=True, slots=True)
class Told:
    """A mention as it is compared. Mentions of one report share their account."""

    name: Name
    instance: str
    article: Article
    lemma: str
    account: Account
    covered: bool


def look(found: Iterable[Article], coder: Coder) -> Iterator[Seen]:
    """Code articles, and read them again for what the reader is not sure of."""
    reader = load_reader()
    reader.threshold = reader.brief_threshold = FLOOR
    for article in found:
        document = article.document
        reports = coder.reports(document)
        reading = reader.read(document)
        frames = {frame.trigger: frame.vector for frame in reading.frames if frame.vector}
        yield article, reading, reports, {r.id: frames[r.trigger.span] for r in reports if r.trigger.span in frames}


# --- mentions as accounts ------------------------------------------------------------------------------------------------


def told(seen: Seen) -> Iterator[Told]:
    """The mentions of an article."""
    article, reading, reports, vectors = seen
    own = article_of(Source(article.document, tuple(reports)))
    named = {f"{article.document.id}#{id}": vector for id, vector in vectors.items()}
    coded = assembly.accounts(reports, own, named)
    triggers = {assembly.anchor(report): report.trigger.span for report in reports}
    for number, mention in enumerate(article.mentions):
        covering = [a for a in coded if any(triggers[name].overlaps(mention.span) for name in a.reports)]
        account = covering[0] if covering else guessed(mention, number, own, reading)
        lemma = head_lemma(mention, reading)
        yield Told((article.document.id, number), mention.instance, article, lemma, account, bool(covering))


def guessed(mention: Mention, number: int, article: assembly.Article, reading: Reading) -> Account:
    """The account of a mention that was not coded."""
    frames = [frame for frame in reading.frames if frame.trigger.overlaps(mention.span)]
    lemma = head_lemma(mention, reading)
    id = f"{article.id}#mention {number:03}"
    plain = Account(
        id, article, (id,), lemma, frozenset(), "happened", Side(), Side(), (), None, None, {}, stems(lemma)
    )
    if frames:
        return framed(plain, max(frames, key=lambda frame: (frame.score, frame.event)), reading)
    return parsed(plain, mention, reading)


def stems(lemma: str) -> frozenset[str]:
    return frozenset(assembly.stems(lemma))


def framed(account: Account, frame: Frame, reading: Reading) -> Account:
    """With what the reader was not sure enough of to propose it."""
    sentence = reading.sentences[frame.sentence]
    return replace(
        account,
        event=frame.event,
        status=CLASSES[frame.statuses[0][0]],  # type: ignore[index]
        actor=filled(sentence, frame.actor),
        recipient=filled(sentence, frame.recipient),
        vector=frame.vector,
    )


def filled(sentence: Sentence, fillers: Sequence[Filler]) -> Side:
    """Whom the likeliest filler names."""
    return Side(words=frozenset(stem for one in fillers[:1] for stem in last_word(sentence, one.span)))


def last_word(sentence: Sentence, span: Span) -> list[str]:
    """The beginning of the main word of a phrase, as accounts have it of those whom nobody knows."""
    inside = [at for at in range(len(sentence)) if span.start <= sentence.starts[at] < span.end]
    heads = [at for at in inside if sentence.heads[at] not in inside]
    return assembly.stems(sentence.forms[heads[0]])[-1:] if heads else []


def parsed(account: Account, mention: Mention, reading: Reading) -> Account:
    """With the arguments of the parse."""
    found = located(mention, reading)
    if found is None:
        return account
    sentence, head = found
    named = [name.span for name in reading.names if name.kind == "PLACE"]
    places = [
        at
        for at in dependents(sentence, head, PLACES)
        if any(span.start <= sentence.starts[at] < span.end for span in named)
    ]
    return replace(
        account,
        actor=words(sentence, dependents(sentence, head, SUBJECTS)),
        recipient=words(sentence, dependents(sentence, head, OBJECTS)),
        places=tuple(Where(sentence.forms[at].lower()) for at in places),
    )


def words(sentence: Sentence, found: Iterable[int]) -> Side:
    return Side(words=frozenset(stem for at in found for stem in assembly.stems(sentence.forms[at])[-1:]))


def dependents(sentence: Sentence, head: int, relations: Sequence[str]) -> list[int]:
    """The words that stand to a word in one of some relations, a subtype of one included; a passive's subject is its object."""
    return [
        at
        for at in range(len(sentence))
        if sentence.heads[at] == head
        and (sentence.deprels[at] in relations or sentence.deprels[at].partition(":")[0] in relations)
        and not (sentence.deprels[at] == "nsubj:pass" and "nsubj:pass" not in relations)
    ]


def located(mention: Mention, reading: Reading) -> tuple[Sentence, int] | None:
    """The sentence of a mention and its main word there."""
    for sentence in reading.sentences:
        inside = [
            at
            for at in range(len(sentence))
            if sentence.starts[at] < mention.span.end and mention.span.start < sentence.ends[at]
        ]
        if inside:
            return sentence, next(at for at in inside if sentence.heads[at] not in inside)
    return None


def head_lemma(mention: Mention, reading: Reading) -> str:
    """The lemma of the main word."""
    found = located(mention, reading)
    return found[0].lemmas[found[1]].lower() if found else ""


# --- clusters ------------------------------------------------------------------------------------------------------------


def assembled(mentions: Sequence[Told]) -> list[set[Name]]:
    """Mentions by the clusters of their accounts, as assembly makes them."""
    accounts = {told.account.id: told.account for told in mentions}
    lemmas: defaultdict[str, set[str]] = defaultdict(set)
    for told in mentions:
        lemmas[told.account.id].add(told.lemma)
    scores = {
        (one, two): points(accounts[one], accounts[two], bool(lemmas[one] & lemmas[two]))
        for one, two in pairs(map(loose, accounts.values()))
    }
    near = [pair for pair, found in scores.items() if found > POINTS * DIFFERENT]
    parts = components(accounts, near)
    part = {id: number for number, ids in enumerate(parts) for id in ids}
    inside: defaultdict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    for pair, found in scores.items():
        if part[pair[0]] == part[pair[1]]:
            inside[part[pair[0]]][pair] = found
    label: dict[str, str] = {}
    for number, ids in enumerate(parts):
        for group in clusters({id: when(accounts[id])[0] for id in ids}, inside[number], LIMITS, Bonds()):
            label.update(dict.fromkeys(group, group[0]))
    return labelled(mentions, lambda told: label[told.account.id])


def loose(account: Account) -> Account:
    """As an account is blocked here: of no type, class and date, since gold mentions have all types and articles have no dates."""
    return replace(account, event="", status="", start=None, end=None)


def points(one: Account, two: Account, same_lemma: bool) -> int:
    """Assembly's score, where the type is that of the lemma: most mentions have none of PLOVER."""
    return score({**features(one, two), "type": float(same_lemma)})


def labelled(mentions: Iterable[Told], label: Callable[[Told], Hashable]) -> list[set[Name]]:
    """Mentions of one label together."""
    found: defaultdict[Hashable, set[Name]] = defaultdict(set)
    for one in mentions:
        found[label(one)].add(one.name)
    return list(found.values())


def by_topic(mentions: Iterable[Told]) -> list[set[Name]]:
    """As ``assembled``, each topic for itself."""
    topics: defaultdict[int, list[Told]] = defaultdict(list)
    for one in mentions:
        topics[one.article.topic].append(one)
    return [group for own in topics.values() for group in assembled(own)]


def methods(mentions: Sequence[Told]) -> Mapping[str, list[set[Name]]]:
    """The clusters of each method."""
    return {
        "assembly, no topics": assembled(mentions),
        "assembly, within topics": by_topic(mentions),
        "singletons": labelled(mentions, lambda told: told.name),
        "same type and day": labelled(mentions, lambda told: (told.account.event, told.account.start)),
        "same lemma everywhere": labelled(mentions, lambda told: told.lemma),
        "same lemma within subtopic": labelled(mentions, lambda told: (told.article.subtopic, told.lemma)),
    }


def scores(mentions: Sequence[Told], several: bool = False) -> Mapping[str, tuple[float, Mapping[str, Tally]]]:
    """CoNLL F1 and its parts by method; with ``several`` clusters of one mention count on neither side."""
    gold = kept(labelled(mentions, lambda told: told.instance), several)
    found = {}
    for method, groups in methods(mentions).items():
        tallies = {name: measure(gold, kept(groups, several)) for name, measure in MEASURES.items()}
        found[method] = (conll(list(tallies.values())), tallies)
    return found


def kept(groups: Sequence[set[Name]], several: bool) -> list[set[Name]]:
    return [group for group in groups if len(group) > several]
