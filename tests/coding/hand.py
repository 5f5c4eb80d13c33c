"""Hand-built readings: a sentence is a block of lines "form lemma UPOS head deprel [feats]", heads 1-based."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from polybius.codebook import load
from polybius.coding import claims
from polybius.records import (
    Claim,
    Document,
    Filler,
    Frame,
    Name,
    NameKind,
    Reading,
    Sentence,
    Span,
    TraceEntry,
    text_version,
)

CODEBOOK = load()
MARKS = {"``": '"', "''": '"', "@-@": "-"}  # quotation marks that open and close, a hyphen without spaces
GLUED = frozenset({".", ",", "'s", "n't", "?", "!", ")", ":"})


def build(block: str, offset: int, index: int) -> tuple[str, Sentence]:
    """The text of a block and its sentence, which starts at ``offset``."""
    rows = [line.split() for line in block.strip().splitlines()]
    text, starts, ends, glue = "", [], [], True
    forms = [MARKS.get(row[0], row[0]) for row in rows]
    for row, form in zip(rows, forms, strict=True):
        text += "" if glue or form in GLUED or row[0] in ("''", "@-@") else " "
        starts.append(offset + len(text))
        text += form
        ends.append(offset + len(text))
        glue = row[0] in ("``", "(", "@-@")
    sentence = Sentence(
        index=index,
        span=Span(starts[0], ends[-1]),
        forms=tuple(forms),
        starts=tuple(starts),
        ends=tuple(ends),
        lemmas=tuple(row[1] for row in rows),
        upos=tuple(row[2] for row in rows),
        feats=tuple(row[5] if len(row) > 5 else "_" for row in rows),
        heads=tuple(int(row[3]) - 1 for row in rows),
        deprels=tuple(row[4] for row in rows),
    )
    return text, sentence


@dataclass
class Story:
    """A document of hand-built sentences. Phrases are named by their words, the second "Lula" as "Lula#2"."""

    blocks: Sequence[str]
    names: dict[str, NameKind] = field(default_factory=dict)
    contexts: tuple[tuple[str, float], ...] = ()
    text: str = ""
    sentences: tuple[Sentence, ...] = ()

    def __post_init__(self) -> None:
        for index, block in enumerate(self.blocks):
            self.text += " " if self.text else ""
            text, sentence = build(block, len(self.text), index)
            self.text += text
            self.sentences += (sentence,)

    @property
    def document(self) -> Document:
        return Document("hand", text_version(self.text), self.text)

    def span(self, words: str) -> Span:
        phrase, _, which = words.partition("#")
        at = -1
        for _ in range(int(which or 1)):
            at = self.text.index(phrase, at + 1)
        return Span(at, at + len(phrase))

    def sentence_of(self, span: Span) -> int:
        return next(s.index for s in self.sentences if s.span.contains(span))

    def frame(self, trigger: str, event: str, score: float = 0.9, **given: object) -> Frame:
        """A frame; roles are lists of phrases, or of (phrase, score)."""
        span = self.span(trigger)
        fields: dict[str, object] = {}
        for name, value in given.items():
            if name in ("modes", "statuses"):
                fields[name] = value
                continue
            pairs = [item if isinstance(item, tuple) else (item, 0.9) for item in value]  # type: ignore[attr-defined]
            fields[name] = tuple(Filler(self.span(words), p) for words, p in pairs)
        return Frame(span, self.sentence_of(span), event, score, **fields)  # type: ignore[arg-type]

    def reading(self, *frames: Frame) -> Reading:
        names = []
        for words, kind in self.names.items():
            span = self.span(words)
            names.append(Name(span, kind, self.sentence_of(span)))
        return Reading("hand", self.sentences, tuple(names), frames, self.contexts)

    def claims(self, *frames: Frame, trace: list[TraceEntry] | None = None) -> tuple[Claim, ...]:
        return claims(self.document, self.reading(*frames), CODEBOOK, None if trace is None else trace.append)

    def claim(self, trigger: str, event: str, **given: object) -> Claim:
        (made,) = self.claims(self.frame(trigger, event, **given))  # type: ignore[arg-type]
        return made

    def said(self, fillers: Sequence[Filler]) -> list[str]:
        return [filler.span.of(self.text) for filler in fillers]

    def sources(self, claim: Claim) -> list[tuple[str, str | None]]:
        return [(s.filler.span.of(self.text), s.cue.of(self.text) if s.cue else None) for s in claim.attribution]
