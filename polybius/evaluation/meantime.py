"""MEANTIME: Wikinews with every event mention marked, political or not, and who, where, when and how certain it is.

Its mentions have no types of ours, and most are of no type that is coded here. So the scores are given what was coded: whether a
coded trigger is an event there, and whether its fields agree with those of that event. Only the first sentences of an article are
marked in full; behind them stand a few more mentions of the same events, which count as what they are but make no others false.
"""

from __future__ import annotations

import datetime as dt
import re
import tarfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from polybius.evaluation.counts import Count, Counts, Span, by_key, iou, pair, same_filler
from polybius.evaluation.gold import Mark, MarkedText
from polybius.records import Document, text_version

# Which of our roles holds what PropBank numbers; of the second side it is only known that it takes part.
ACTOR, SIDES, PLACE = ("Arg0",), ("Arg0", "Arg1", "Arg2", "Arg3", "Arg4"), ("Argm-LOC",)
UNCERTAIN = frozenset({"POSSIBLE", "PROBABLE"})
ACTUAL = frozenset({"actual", "historical"})  # MEANTIME does not tell news from its background
DATED = frozenset({"IS_INCLUDED", "SIMULTANEOUS"})
STATUSES = ("actual", "future", "hypothetical", "negated")
_CLOSES = re.compile(r" (?=[.,;:!?)%]|'s\b|n't\b|'(?:\s|$))")
Links = Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Mention:
    """An event mention: its words, its status, the phrases of its participants by label, its day and its chain.

    One that is not ``whole`` has words and a chain and nothing else.
    """

    trigger: Span
    status: str | None = None
    roles: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    day: dt.date | None = None
    chain: str | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Article:
    """A document and its event mentions; all are marked up to the character ``end``."""

    document: Document
    mentions: tuple[Mention, ...]
    end: int

    @property
    def id(self) -> str:
        return self.document.id


def read_meantime(path: Path) -> list[Article]:
    """The articles of a tar archive, of a folder or of one file, by name. Raises ValueError for a file of another form."""
    return [_article(content, name) for name, content in sorted(_files(path))]


def is_meantime(path: Path) -> bool:
    """Whether a file is one of MEANTIME's, or an archive that holds some."""
    if tarfile.is_tarfile(path):
        return any(True for _ in _files(path))
    with path.open("rb") as file:
        return path.suffix == ".xml" and b"<Document" in file.read(400)


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir() or not tarfile.is_tarfile(path):
        for one in path.rglob("*.xml") if path.is_dir() else [path]:
            yield one.stem, one.read_bytes()
        return
    with tarfile.open(path) as archive:
        for member in archive.getmembers():
            file = archive.extractfile(member) if member.name.endswith(".xml") else None
            if file is not None:
                yield Path(member.name).stem, file.read()


# --- from XML ------------------------------------------------------------------------------------------------------


def _article(content: bytes, name: str) -> Article:
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise ValueError(f"{name}: no XML: {error}") from None
    tokens, marks = root.findall("token"), root.find("Markables")
    if root.tag != "Document" or not tokens or marks is None:
        raise ValueError(f"{name}: no MEANTIME article: a <Document> with <token>s and <Markables> was expected")
    text, spans, sentences = _text(tokens)
    page = _Page(list(marks), spans, _relations(root))
    mentions = tuple(sorted(page.mentions(), key=lambda mention: mention.trigger))
    document = Document(name, text_version(text), text, published=page.published)
    last = max((mention.trigger[1] for mention in mentions if mention.whole), default=0)
    return Article(document, mentions, next((end for start, end in sentences if start < last <= end), last))


def _text(tokens: Sequence[ElementTree.Element]) -> tuple[str, dict[str, Span], list[Span]]:
    """The text, one line a sentence, with the characters of each token and each sentence."""
    text, sentence = "", None
    spans: dict[str, Span] = {}
    ends: dict[str, Span] = {}
    for token in tokens:
        words, number = token.text or "", token.get("sentence", "")
        gap = "\n" if number != sentence else " "
        text += gap if text and not (gap == " " and _CLOSES.match(f" {words} ")) else ""
        spans[token.get("t_id", "")] = (len(text), len(text) + len(words))
        ends[number] = (ends.get(number, (len(text), 0))[0], len(text) + len(words))
        text, sentence = text + words, number
    return text, spans, list(ends.values())


def _relations(root: ElementTree.Element) -> list[tuple[str, str, str, str]]:
    """(kind, label, from, to) of each relation; one with several ends gives several."""
    found = []
    for one in root.find("Relations") or ():
        label = one.get("sem_role") or one.get("reltype") or ""
        ends = [[end.get("m_id", "") for end in one.findall(side)] for side in ("source", "target")]
        found += [(one.tag, label, a, b) for a in ends[0] for b in ends[1]]
    return found


@dataclass(frozen=True, slots=True)
class _Page:
    """The markables of an article and its relations."""

    marks: Sequence[ElementTree.Element]
    tokens: Mapping[str, Span]
    relations: Sequence[tuple[str, str, str, str]]

    @property
    def spans(self) -> dict[str, Span]:
        """The first and last character of each markable that has words."""
        found = {}
        for mark in self.marks:
            parts = [self.tokens[anchor.get("t_id", "")] for anchor in mark.findall("token_anchor")]
            if parts:
                found[mark.get("m_id", "")] = (min(parts)[0], max(parts)[1])
        return found

    @property
    def days(self) -> dict[str, dt.date]:
        """The markables that name one day."""
        values = {mark.get("m_id", ""): mark.get("value", "") for mark in self.marks if mark.tag == "TIMEX3"}
        return {id: dt.date.fromisoformat(v[:10]) for id, v in values.items() if re.match(r"\d{4}-\d\d-\d\d", v)}

    @property
    def published(self) -> dt.date | None:
        made = (m.get("m_id", "") for m in self.marks if m.get("functionInDocument") == "CREATION_TIME")
        return next((self.days[id] for id in made if id in self.days), None)

    def mentions(self) -> Iterator[Mention]:
        spans, days = self.spans, self.days
        for mark in self.marks:
            id = mark.get("m_id", "")
            if mark.tag == "EVENT_MENTION" and id in spans:
                roles: dict[str, tuple[Span, ...]] = {}
                for label, other in self._of("HAS_PARTICIPANT", id):
                    roles[label] = (*roles.get(label, ()), *([spans[other]] if other in spans else []))
                dated = {days[o] for label, o in self._of("TLINK", id) if label in DATED and o in days}
                chain = next((other for _, other in self._of("REFERS_TO", id)), None)
                day = dated.pop() if len(dated) == 1 else None
                yield Mention(spans[id], _status(mark), roles, day, chain, bool(mark.get("certainty")))

    def _of(self, kind: str, id: str) -> list[tuple[str, str]]:
        return [(label, other) for tag, label, start, other in self.relations if tag == kind and start == id]


def _status(mark: ElementTree.Element) -> str | None:
    """Our word for polarity, certainty and time; None where they are left open."""
    if mark.get("polarity") == "NEG":
        return "negated"
    if mark.get("certainty") in UNCERTAIN or mark.get("special_cases", "").startswith("COND"):
        return "hypothetical"
    return {"FUTURE": "future", "NON_FUTURE": "actual"}.get(mark.get("time", ""))


# --- scores --------------------------------------------------------------------------------------------------------


def score_meantime(gold: Article, coded: MarkedText) -> Counts:
    """Counts of one article: of the coded events, and of the fields of those that are events there."""
    pairs = pair(gold.mentions, coded.marks, lambda mention, mark: iou(mention.trigger, mark.trigger))
    within = sum(mark.trigger[0] < gold.end for mark in coded.marks)
    right = sum(mark.trigger[0] < gold.end for _, mark in pairs)
    return {
        "coded event is one": Count(right, within, within),
        **_statuses(pairs),
        "actor (span)": _role(pairs, "actor", ACTOR),
        "recipient takes part": _takes_part(pairs),
        "place (span)": _role(pairs, "place", PLACE),
        "day": _days(pairs),
        "same event (links)": _links(pairs),
    }


Pairs = Sequence[tuple[Mention, Mark]]


def _statuses(pairs: Pairs) -> Counts:
    known = [(g.status, "actual" if m.status in ACTUAL else m.status or "") for g, m in pairs if g.status]
    kinds = by_key((g for g, c in known if g == c), (c for _, c in known), (g for g, _ in known), STATUSES)
    size = len(known)
    return {
        "status": Count(sum(g == c for g, c in known), size, size),
        **{f"statuses/{kind}": count for kind, count in kinds.items()},
    }


def _role(pairs: Pairs, role: str, labels: Sequence[str]) -> Count:
    """F1 of the phrases of a role, where the event there has participants at all."""
    total = Count()
    for mention, mark in pairs:
        if mention.roles:
            theirs, ours = _phrases(mention, labels), _spans(mark, role)
            total += Count(len(pair(theirs, ours, same_filler)), len(ours), len(theirs))
    return total


def _takes_part(pairs: Pairs) -> Count:
    """How many coded recipients are participants there, of whatever kind."""
    right = size = 0
    for mention, mark in pairs:
        if mention.roles:
            ours = _spans(mark, "recipient")
            right, size = right + len(pair(_phrases(mention, SIDES), ours, same_filler)), size + len(ours)
    return Count(right, size, size)


def _phrases(mention: Mention, labels: Iterable[str]) -> list[Span]:
    return list(dict.fromkeys(span for label in labels for span in mention.roles.get(label, ())))


def _spans(mark: Mark, role: str) -> list[Span]:
    return list(dict.fromkeys(party.span for party in mark.roles.get(role, ()) if party.span is not None))


def _days(pairs: Pairs) -> Count:
    """Events that one day is given for, and coded with that day for their first and last."""
    known = [(mention.day, mark.days) for mention, mark in pairs if mention.day is not None]
    return Count(sum(days == (day, day) for day, days in known), len(known), len(known))


def _links(pairs: Pairs) -> Count:
    """Pairs of mentions that are about one event."""
    theirs, ours = (
        {(i, j) for j, b in enumerate(labels) for i, a in enumerate(labels[:j]) if a is not None and a == b}
        for labels in ([g.chain for g, _ in pairs], [m.incident for _, m in pairs])
    )
    return Count(len(theirs & ours), len(ours), len(theirs))
