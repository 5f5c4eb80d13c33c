"""A reader that parses by hand, so that tests of everything behind it need no model.

It knows sentences of the form "A met B." and gives them a small tree and a frame. It is a class of its own and no mock:
worker processes make one too.
"""

from __future__ import annotations

import functools
import re

from polybius import codebook
from polybius.records import Document, Filler, Frame, Name, Reading, Sentence, Span
from polybius.reference import World
from polybius.reference import load as load_world
from polybius.run import Coder, Parts

EVENTS = {"met": "CONSULT", "accused": "ACCUSE", "attacked": "ASSAULT", "thanked": "SUPPORT"}
SENTENCE = re.compile(r"[^.\n]*[^.\s][^.\n]*\.?")
WORD = re.compile(r"\w+|[^\w\s]")
BROKEN = "Raise an error"
DEADLY = "End this process"


class FakeReader:
    """Reads "A met B." like the real one: no state, the same document gives the same Reading."""

    fingerprint = "fake"

    def read(self, document: Document, /) -> Reading:
        if BROKEN in document.text:
            raise RuntimeError("a broken reader")
        if DEADLY in document.text:
            import os

            os._exit(9)
        sentences = tuple(_sentence(n, found) for n, found in enumerate(SENTENCE.finditer(document.text)))
        frames = tuple(frame for sentence in sentences for frame in _frames(sentence))
        names = tuple(
            Name(f.span, "PLACE", frame.sentence) for frame in frames for f in (*frame.actor, *frame.recipient)
        )
        return Reading(document.id, sentences, names, frames, (("diplomatic", 0.4),), self.fingerprint)


def _sentence(number: int, found: re.Match[str]) -> Sentence:
    words = [(m[0], found.start() + m.start(), found.start() + m.end()) for m in WORD.finditer(found[0])]
    root = next((i for i, (form, _, _) in enumerate(words) if form in EVENTS), 0)
    size = len(words)
    return Sentence(
        index=number,
        span=Span(found.start(), found.end()),
        forms=tuple(form for form, _, _ in words),
        starts=tuple(start for _, start, _ in words),
        ends=tuple(end for _, _, end in words),
        lemmas=tuple(form.lower() for form, _, _ in words),
        upos=tuple("VERB" if i == root else "PROPN" if w[0][0].isalpha() else "PUNCT" for i, w in enumerate(words)),
        feats=("_",) * size,
        heads=tuple(-1 if i == root else root for i in range(size)),
        deprels=tuple("root" if i == root else "nsubj" if i < root else "obj" for i in range(size)),
    )


def _frames(sentence: Sentence) -> list[Frame]:
    frames = []
    for i, form in enumerate(sentence.forms):
        if form in EVENTS and 0 < i < len(sentence) - 1:
            before, trigger, after = (Span(sentence.starts[j], sentence.ends[j]) for j in (i - 1, i, i + 1))
            actor, recipient = (Filler(before, 0.9),), (Filler(after, 0.8),)
            frames.append(Frame(trigger, sentence.index, EVENTS[form], 0.9, actor=actor, recipient=recipient))
    return frames


@functools.cache
def world(**_: object) -> World:
    """The packaged tables of the world, whichever are asked for, read once in a run of the tests."""
    return load_world()


def make_coder() -> Coder:
    """A coder with the fake reader and everything else as packaged; worker processes call it too."""
    return Coder(Parts(FakeReader(), codebook.load(), world()))
