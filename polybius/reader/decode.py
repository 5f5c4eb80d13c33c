"""What the network puts out for some windows of a document → sentences, names and frames with offsets in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from polybius.reader import spans, tree
from polybius.reader.atoms import Atoms
from polybius.reader.lemmas import known_forms, lemma
from polybius.records import ROLE_NAMES, Filler, Frame, Name, NameKind, Sentence, Span

Outputs = Mapping[str, npt.NDArray[Any]]
# A title that is cut short ends no sentence; initials, "No." and "St." may.
TITLE = re.compile(r"\b(?:Adm|Brig|Capt|Cmdr|Col|Dr|Gen|Gov|Lt|Maj|Mr|Mrs|Ms|Prof|Rep|Rev|Sen|Sgt)\.[ \u00a0]$")
LONGEST_TITLE = 6
DECIMALS = 4  # of scores: more would differ between processors


@dataclass(frozen=True, slots=True)
class Labels:
    """The closed lists that the network's outputs index."""

    upos: tuple[str, ...]
    feats: tuple[str, ...]
    lemmas: tuple[str, ...]
    rels: tuple[str, ...]
    names: tuple[str, ...]
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    modes: tuple[str, ...]
    roles: tuple[str, ...]
    contexts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """One window's outputs, cut to its atoms ``start:end`` of the document."""

    start: int
    end: int
    arcs: npt.NDArray[np.float32]
    first: npt.NDArray[np.bool_]  # atom starts a word
    sentence: npt.NDArray[np.bool_]  # atom starts a sentence
    tags: npt.NDArray[np.int64]
    rels: npt.NDArray[np.int64]


def windows_of(ranges: list[tuple[int, int]], out: Outputs) -> list[Window]:
    """The rows of a batch, each without its padding."""
    windows = []
    for row, (a, b) in enumerate(ranges):
        n = b - a
        join, start = out["join"][row, :n], out["start"][row, :n]
        windows.append(
            Window(a, b, out["arcs"][row, :n, : n + 1], ~join, start, out["tags"][row, :n], out["rels"][row, :n])
        )
    return windows


class Decoder:
    """Decodes windows of one document in their order; knows how many sentences came before."""

    def __init__(self, text: str, atoms: Atoms, labels: Labels) -> None:
        self.text, self.atoms, self.labels, self.known = text, atoms, labels, known_forms()
        self.sentences: list[Sentence] = []
        self.names: list[Name] = []
        self.sentence_of = np.zeros(len(atoms), dtype=np.int64)
        self.words: dict[int, npt.NDArray[np.int64]] = {}  # first atom of a window → its words' first atoms
        self.opens, self.goes_on = ([labels.roles.index(f"{prefix}-{role}") for role in ROLE_NAMES] for prefix in "BI")
        self.in_trigger = labels.roles.index("I-trigger")

    def add(self, window: Window) -> None:
        words = np.flatnonzero(window.first)
        self.words[window.start] = window.start + words
        bounds = np.append(words[1:], window.end - window.start)
        cuts = np.append(np.flatnonzero(self.opened(window)[words]), len(words))
        starts = self.atoms.starts[window.start + words].tolist()
        ends = self.atoms.ends[window.start + bounds - 1].tolist()
        for a, b in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
            last = int(bounds[b - 1])
            self.sentence_of[window.start + int(words[a]) : window.start + last] = len(self.sentences)
            self.add_sentence(window, words[a:b], tuple(starts[a:b]), tuple(ends[a:b]))
        self.add_names(window, words, starts, ends)

    def opened(self, window: Window) -> npt.NDArray[np.bool_]:
        """Where a window's sentences start."""
        starts = window.sentence.copy()
        for atom in np.flatnonzero(starts).tolist():
            at = int(self.atoms.starts[window.start + atom])
            starts[atom] = atom == 0 or not TITLE.search(self.text[max(at - LONGEST_TITLE, 0) : at])
        return starts

    def add_sentence(
        self, window: Window, words: npt.NDArray[np.int64], starts: tuple[int, ...], ends: tuple[int, ...]
    ) -> None:
        labels, tags = self.labels, window.tags[words]
        forms = tuple([self.text[a:b] for a, b in zip(starts, ends, strict=True)])
        columns = np.concatenate([[0], words + 1])
        heads = tree.heads(window.arcs[np.ix_(words, columns)])
        upos = tuple([labels.upos[k] for k in tags[:, 0].tolist()])
        scripts = [labels.lemmas[k] for k in tags[:, 2].tolist()]
        lemmas = tuple([lemma(f, t, s, self.known) for f, t, s in zip(forms, upos, scripts, strict=True)])
        feats = tuple([labels.feats[k] for k in tags[:, 1].tolist()])
        deprels = self.relations(heads, window.rels[words].tolist())
        tree.one_subject(heads, deprels, upos)
        span = Span(starts[0], ends[-1])
        self.sentences.append(
            Sentence(len(self.sentences), span, forms, starts, ends, lemmas, upos, feats, tuple(heads), tuple(deprels))
        )

    def relations(self, heads: list[int], best: list[list[int]]) -> list[str]:
        """The first relation, or the second where the first does not fit: only the root's is "root"."""
        names = self.labels.rels
        out = []
        for head, (one, two) in zip(heads, best, strict=True):
            out.append("root" if head < 0 else names[one] if names[one] != "root" else names[two])
        return out

    def add_names(self, window: Window, words: npt.NDArray[np.int64], starts: list[int], ends: list[int]) -> None:
        labels = window.tags[words, 3].tolist()
        for kind, a, b in bio(labels, self.labels.names):
            sentence = int(self.sentence_of[window.start + int(words[a])])
            self.names.append(Name(Span(starts[a], ends[b]), kind, sentence))  # type: ignore[arg-type]

    def frames(self, ranges: list[tuple[int, int]], out: Outputs, threshold: float) -> list[Frame]:
        """Frames of a batch whose trigger scores at least ``threshold``, in the order of the text."""
        chosen = np.flatnonzero(out["type_score"][:-1] >= threshold)
        frames = []
        for row in np.unique(out["found"][chosen, 0]).tolist():
            first = ranges[row][0]
            phrases = self.phrases(self.words[first])
            for k in chosen[out["found"][chosen, 0] == row].tolist():
                frames.append(self.frame(first, phrases, out, k))
        return without_repeats(frames)

    def phrases(self, words: npt.NDArray[np.int64]) -> spans.Phrases:
        """Phrases of a window that could fill a role, by position among its words."""
        found: list[tuple[int, int, float]] = []
        base = 0
        for index in np.unique(self.sentence_of[words]).tolist():
            found += [(base + a, base + b, cost) for a, b, cost in spans.candidates(self.sentences[index])]
            base += len(self.sentences[index])
        return spans.phrases(found)

    def frame(self, first: int, phrases: spans.Phrases, out: Outputs, k: int) -> Frame:
        _, atom, kind = out["found"][k].tolist()
        event, words = self.labels.types[kind], self.words[first]
        scores = out["roles"][k, words - first]
        begin, end = self.trigger(first + atom, words, scores)
        roles = self.roles(words, phrases, scores, (begin, end))
        modes = [
            (m.partition("-")[2], score(p))
            for m, p in zip(self.labels.modes, out["mode"][k].tolist(), strict=True)
            if m.startswith(event + "-")
        ]
        statuses = [(s, score(p)) for s, p in zip(self.labels.statuses, out["status"][k].tolist(), strict=True)]
        return Frame(
            self.span(words, begin, end), int(self.sentence_of[first + atom]), event,
            score(out["type_score"][k]), tuple(best_first(modes)), tuple(best_first(statuses)),
            vector=out["vector"][k].tobytes(), **roles,
        )  # fmt: skip

    def trigger(self, atom: int, words: npt.NDArray[np.int64], scores: npt.NDArray[np.float32]) -> tuple[int, int]:
        """First and last of the run of words labelled as trigger that begins at an atom; the word itself if it is not so labelled."""
        at = int(np.searchsorted(words, atom))
        last = at
        while last + 1 < len(words) and int(scores[last + 1].argmax()) == self.in_trigger:
            last += 1
        return at, last

    def roles(
        self,
        words: npt.NDArray[np.int64],
        phrases: spans.Phrases,
        scores: npt.NDArray[np.float32],
        trigger: tuple[int, int],
    ) -> dict[str, tuple[Filler, ...]]:
        out: dict[str, list[Filler]] = {role: [] for role in ROLE_NAMES}
        for role, a, b, sure in spans.fillers(
            scores[:, self.opens], scores[:, self.goes_on], scores[:, 0], phrases, trigger
        ):
            out[ROLE_NAMES[role]].append(Filler(self.span(words, a, b), score(sure)))
        return {role: tuple(found) for role, found in out.items()}

    def span(self, words: npt.NDArray[np.int64], a: int, b: int) -> Span:
        """Characters of words ``a`` to ``b`` of a window; a word ends before the next one or the end of its sentence."""
        return Span(int(self.atoms.starts[words[a]]), self.word_end(int(words[b])))

    def word_end(self, atom: int) -> int:
        s = self.sentences[int(self.sentence_of[atom])]
        return s.ends[s.starts.index(int(self.atoms.starts[atom]))]


def score(value: float) -> float:
    return round(float(value), DECIMALS)


def best_first(scored: list[tuple[str, float]]) -> list[tuple[str, float]]:
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))


def bio(labels: list[int], names: tuple[str, ...]) -> Iterator[tuple[NameKind | str, int, int]]:
    """(kind, first, last) of the runs in a list of BIO labels; 0 is "O". An I after another kind opens a run."""
    kind, begin = "", 0
    for i, label in enumerate(labels):
        if not label and not kind:
            continue
        prefix, _, new = names[label].partition("-")
        if prefix == "I" and new == kind:
            continue
        if kind:
            yield kind, begin, i - 1
        kind, begin = new, i
    if kind:
        yield kind, begin, len(labels) - 1


def without_repeats(frames: list[Frame]) -> list[Frame]:
    """Of frames of one type whose triggers overlap, the one that scores best."""
    kept: list[Frame] = []
    for frame in sorted(frames, key=lambda f: (-f.score, f.trigger, f.event)):
        if not any(f.event == frame.event and f.trigger.overlaps(frame.trigger) for f in kept):
            kept.append(frame)
    return sorted(kept, key=lambda f: (f.trigger, f.event))
