"""One document as coding sees it: trees on demand, names by place, the trace."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from polybius.coding.quotation import Quotation, quotations
from polybius.coding.tree import Tree, grow
from polybius.records import Document, Name, Reading, Span, Trace, TraceEntry


@dataclass(frozen=True, slots=True)
class View:
    """A document and its reading. ``trees`` holds only the sentences that were asked for."""

    text: str
    reading: Reading
    starts: tuple[int, ...]
    names: tuple[Name, ...]
    name_starts: tuple[int, ...]
    quotations: tuple[Quotation, ...]
    trace: Trace | None = None
    trees: dict[int, Tree] = field(default_factory=dict)

    def tree(self, sentence: int) -> Tree:
        if sentence not in self.trees:
            self.trees[sentence] = grow(self.reading.sentences[sentence])
        return self.trees[sentence]

    def sentence_at(self, offset: int) -> int:
        """The position of the sentence that holds a character, or of the last one before it."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def name_in(self, span: Span) -> Name | None:
        """The first name that overlaps a span."""
        at = max(bisect_right(self.name_starts, span.start) - 1, 0)
        for name in self.names[at : at + 3]:
            if name.span.overlaps(span):
                return name
        return None

    def note(self, span: Span, rule: str, verdict: str, detail: str = "") -> None:
        if self.trace is not None:
            self.trace(TraceEntry("coding", span, rule, verdict, detail))


def view(document: Document, reading: Reading, trace: Trace | None = None) -> View:
    names = tuple(sorted(reading.names, key=lambda name: name.span))
    return View(
        text=document.text,
        reading=reading,
        starts=tuple(sentence.span.start for sentence in reading.sentences),
        names=names,
        name_starts=tuple(name.span.start for name in names),
        quotations=quotations(document.text),
        trace=trace,
    )
