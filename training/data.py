"""Everything that is learnt from, as windows of atoms with one target array a task; -100 marks "not annotated".

Windows are cut from raw text by the reader's own functions, so the network trains on what it will meet.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import patches
import raw
import treebanks as tb
from tokenizers import Tokenizer

from polybius import codebook
from polybius.evaluation.annotations import AnnotatedReport, read, split
from polybius.reader import atoms as at

if TYPE_CHECKING:
    from torch import Tensor  # the card reads this module where torch is not installed

NONE = -100
TYPES = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
STATUSES = ["actual", "future", "hypothetical", "negated", "historical"]
NAMES = ["O", *(f"{b}-{k}" for k in ("PERSON", "ORG", "PLACE", "MISC") for b in "BI")]
ROLES = ["O", *(f"{b}-{r}" for r in ("trigger", "actor", "recipient", "place", "date", "by") for b in "BI")]
ARGUMENTS = [
    "ARG0",
    "ARG1",
    "ARG2",
    "ARG3",
    "ARG4",
    *(f"ARGM-{m}" for m in "TMP LOC ADV MNR NEG MOD DIS PRP DIR CAU EXT ADJ GOL PRD COM".split()),
]
SRL = ["O", *(f"{b}-{r}" for r in ARGUMENTS for b in "BI")]
NAME_KINDS = {"person": "PERSON", "politician": "PERSON", "PER": "PERSON", "organisation": "ORG", "politicalparty": "ORG", "ORG": "ORG",
              "country": "PLACE", "location": "PLACE", "LOC": "PLACE", "election": "MISC", "event": "MISC", "misc": "MISC"}  # fmt: skip
WORD_TASKS = ("start", "join", "upos", "feats", "lemma", "head", "rel", "name")


Link = tuple[int, int, str | None]  # characters of a linked name, and its kind; "O" is no name, None is not known


@dataclass(frozen=True, slots=True)
class Labels:
    """The closed lists that the network's outputs index; stored beside the model."""

    upos: list[str]
    feats: list[str]
    lemmas: list[str]
    rels: list[str]
    modes: list[str]
    contexts: list[str]
    types: list[str] = field(default_factory=lambda: TYPES)
    statuses: list[str] = field(default_factory=lambda: STATUSES)
    names: list[str] = field(default_factory=lambda: NAMES)
    roles: list[str] = field(default_factory=lambda: ROLES)


@dataclass(slots=True)
class Event:
    """One frame in a window: first atom of the trigger, type, status, modes and a role label for every atom."""

    atom: int
    type: int
    status: int
    modes: list[int]
    roles: np.ndarray


class Taught(NamedTuple):
    """What a teacher says of a window: probabilities of types (atoms, types); of K triggers, their (atom, type), probabilities of
    statuses, of modes, and of roles (K, atoms, roles)."""

    types: Tensor
    triggers: Tensor | None = None
    statuses: Tensor | None = None
    modes: Tensor | None = None
    roles: Tensor | None = None


@dataclass(slots=True)
class Window:
    """One training example; ``sentence`` numbers the sentence of each atom, within which arcs are scored."""

    batch: at.Batch
    targets: dict[str, np.ndarray]
    sentence: np.ndarray
    events: list[Event] | None = None
    predicates: list[tuple[int, np.ndarray]] = field(default_factory=list)
    facts: list[tuple[int, float]] = field(default_factory=list)
    contexts: list[int] | None = None
    taught: Taught | None = None

    @property
    def size(self) -> int:
        return int(self.batch.pieces[0])

    @property
    def key(self) -> str:
        """Which text this is: a hash of its word pieces, their case and their words."""
        parts = (self.batch.ids, self.batch.shape, self.batch.first)
        return hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest()[:16]


def lemma_script(form: str, lemma: str) -> str:
    """How a form becomes its lemma: characters to cut, suffix to add, and whether the result is lower-cased."""
    keep = lemma != lemma.lower()
    source = form if keep else form.lower()
    k = 0
    while k < min(len(source), len(lemma)) and source[k] == lemma[k]:
        k += 1
    return f"{len(source) - k}|{lemma[k:]}|{'keep' if keep else 'lower'}"


class Builder:
    """Turns documents into windows; ``labels`` must be known first."""

    def __init__(self, tokenizer: Tokenizer, labels: Labels) -> None:
        self.tokenizer, self.labels = tokenizer, labels
        self.index = {name: {v: i for i, v in enumerate(getattr(labels, name))} for name in Labels.__slots__}

    def cut(self, text: str) -> tuple[at.Atoms, list[tuple[int, int]]]:
        atoms = at.split(text, self.tokenizer)
        return atoms, at.windows(atoms)

    def tree(
        self,
        doc: tb.TreeDocument,
        names: list[tuple[int, int, str]] | None,
        propbank: dict[str, Any],
        facts: dict[str, Any],
    ) -> list[Window]:
        """Windows of a treebank document with every layer that is given."""
        atoms, ranges = self.cut(doc.text)
        first_atom, owner = align(atoms, [(w.start, w.end) for w in doc.words])
        flat = self.word_targets(doc, atoms, owner, first_atom)
        if names is not None:
            flat["name"] = self.name_target(
                len(atoms),
                [(first_atom[a], last_of(owner, b, first_atom), k) for a, b, k in names if first_atom[a] >= 0],
            )
        sentence = np.zeros(len(atoms), dtype=np.int64)
        for k, (_, a, b) in enumerate(doc.sentences):
            sentence[[i for i in range(len(atoms)) if owner[i] >= a and owner[i] < b]] = k
        layers = self.layers(doc, propbank, facts, first_atom, owner)
        return [self.window(atoms, a, b, flat, sentence, layers) for a, b in ranges]

    def word_targets(
        self, doc: tb.TreeDocument, atoms: at.Atoms, owner: np.ndarray, first_atom: np.ndarray
    ) -> dict[str, np.ndarray]:
        flat = {task: np.full(len(atoms), NONE, dtype=np.int64) for task in WORD_TASKS}
        flat["start"][:] = 0
        flat["join"][:] = 0
        starts = {a for _, a, _ in doc.sentences}
        for i, w in enumerate(owner):
            if w < 0 or first_atom[w] != i:
                flat["join"][i] = 1
                continue
            word = doc.words[w]
            flat["start"][i] = int(w in starts)
            flat["upos"][i] = self.index["upos"].get(word.upos, NONE)
            flat["feats"][i] = self.index["feats"].get(word.feats, NONE)
            flat["lemma"][i] = self.index["lemmas"].get(lemma_script(word.form, word.lemma), NONE)
            flat["rel"][i] = self.index["rels"].get(word.deprel, NONE)
            flat["head"][i] = -1 if word.head < 0 else (first_atom[word.head] if first_atom[word.head] >= 0 else NONE)
        return flat

    def name_target(self, size: int, names: Iterable[tuple[int, int, str]]) -> np.ndarray:
        out = np.zeros(size, dtype=np.int64)
        for a, b, kind in names:
            out[a : b + 1] = NONE if kind == "?" else NAMES.index(f"I-{kind}")
            out[a] = NONE if kind == "?" else NAMES.index(f"B-{kind}")
        return out

    def linked_names(self, text: str, atoms: at.Atoms, links: list[Link]) -> np.ndarray:
        """Names by links; capitalised words outside links, and links of unknown kind, stay open."""
        capitals = [text[a : a + 1].isupper() for a in atoms.starts.tolist()]
        out = np.where(capitals, NONE, 0)
        for start, end, kind in links:
            found = atom_range(atoms, (start, end))
            if found is not None:
                a, b = found
                out[a : b + 1] = NONE if kind is None else 0 if kind == "O" else NAMES.index(f"I-{kind}")
                if kind not in (None, "O"):
                    out[a] = NAMES.index(f"B-{kind}")
        return out

    def layers(
        self,
        doc: tb.TreeDocument,
        propbank: dict[str, Any],
        facts: dict[str, Any],
        first_atom: np.ndarray,
        owner: np.ndarray,
    ) -> list[tuple[int, Any]]:
        """(atom of the predicate, [(first atom, last atom, role)] or a factuality) for the whole document."""
        out: list[tuple[int, Any]] = []
        for sent_id, a, b in doc.sentences:
            for position, arguments in propbank.get(sent_id, ()):
                spans = [
                    (first_atom[a + x], last_of(owner, a + y, first_atom), role)
                    for role, x, y in arguments
                    if role in ARGUMENTS and a + y < b and first_atom[a + x] >= 0
                ]
                if a + position < b and first_atom[a + position] >= 0:
                    out.append((int(first_atom[a + position]), spans))
            for position, value in facts.get(" ".join(w.form for w in doc.words[a:b]), ()):
                if a + position < b and first_atom[a + position] >= 0:
                    out.append((int(first_atom[a + position]), value))
        return out

    def window(
        self,
        atoms: at.Atoms,
        a: int,
        b: int,
        flat: dict[str, np.ndarray],
        sentence: np.ndarray,
        layers: list[tuple[int, Any]],
    ) -> Window:
        targets = {task: values[a:b].copy() for task, values in flat.items()}
        if "head" in targets:
            heads = targets["head"]
            inside = (heads >= a) & (heads < b)
            targets["head"] = np.where(heads == -1, 0, np.where(inside, heads - a + 1, NONE))  # 0 is the root
        window = Window(at.batch(atoms, [(a, b)]), targets, sentence[a:b] - sentence[a])
        for atom, value in layers:
            if not a <= atom < b:
                continue
            if isinstance(value, float):
                window.facts.append((atom - a, value))
            else:
                window.predicates.append((atom - a, role_vector(b - a, [(x - a, y - a, r) for x, y, r in value], SRL)))
        return window

    def report(self, report: AnnotatedReport, links: list[Link] | None = None) -> list[Window]:
        """Windows of an annotated report: sentence starts, event frames, contexts, and names where links tell them."""
        atoms, ranges = self.cut(report.text)
        starts = {s for s, _ in report.sentences}
        flat = {"start": np.array([int(s in starts) for s in atoms.starts.tolist()], dtype=np.int64)}
        if links is not None:
            flat["name"] = self.linked_names(report.text, atoms, links)
        windows = []
        for a, b in ranges:
            window = self.window(atoms, a, b, flat, np.cumsum(flat["start"]), [])
            window.events = [e for event in report.events if (e := self.event(event, atoms, a, b)) is not None]
            window.contexts = [self.index["contexts"][c] for c in report.contexts]
            windows.append(window)
        return windows

    def raw(self, text: str) -> list[Window]:
        atoms, ranges = self.cut(text)
        nothing = np.zeros(len(atoms), dtype=np.int64)
        return [self.window(atoms, a, b, {}, nothing, []) for a, b in ranges]

    def event(self, event: Any, atoms: at.Atoms, a: int, b: int) -> Event | None:
        trigger = atom_range(atoms, event.trigger)
        if trigger is None or not a <= trigger[0] < b:
            return None
        spans = []
        for role, fillers in event.roles.items():
            found = [atom_range(atoms, f.span) for f in fillers if f.span is not None]
            spans += [(x - a, min(y, b - 1) - a, role) for x, y in (f for f in found if f) if a <= x < b]
        spans.append((trigger[0] - a, min(trigger[1], b - 1) - a, "trigger"))
        modes = [self.index["modes"][f"{event.event}-{m}"] for m in event.modes]
        return Event(
            trigger[0] - a,
            TYPES.index(event.event),
            STATUSES.index(event.status),
            modes,
            role_vector(b - a, spans, ROLES),
        )


def role_vector(size: int, spans: list[tuple[int, int, str]], labels: list[str]) -> np.ndarray:
    """BIO labels of spans; a later span overwrites an earlier one, and a span cut by the window's end is shortened."""
    out = np.zeros(size, dtype=np.int64)
    for a, b, role in spans:
        if 0 <= a < size and b >= a:
            out[a : b + 1] = labels.index(f"I-{role}")
            out[a] = labels.index(f"B-{role}")
    return out


def align(atoms: at.Atoms, spans: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """(first atom of each word or -1, word of each atom or -1); an atom over two words belongs to the first."""
    first = np.full(len(spans), -1, dtype=np.int64)
    owner = np.full(len(atoms), -1, dtype=np.int64)
    i = 0
    for w, (start, end) in enumerate(spans):
        while i < len(atoms) and atoms.ends[i] <= start:
            i += 1
        j = i
        while j < len(atoms) and atoms.starts[j] < end:
            if owner[j] < 0:
                owner[j] = w
                if first[w] < 0:
                    first[w] = j
            j += 1
    return first, owner


def last_of(owner: np.ndarray, word: int, first_atom: np.ndarray) -> int:
    """Last atom of a word; its first where it has none of its own."""
    i = int(first_atom[word])
    while i >= 0 and i + 1 < len(owner) and owner[i + 1] == word:
        i += 1
    return i


def atom_range(atoms: at.Atoms, span: tuple[int, int]) -> tuple[int, int] | None:
    a = int(np.searchsorted(atoms.ends, span[0], side="right"))
    b = int(np.searchsorted(atoms.starts, span[1], side="left")) - 1
    return (a, b) if a <= b else None


def name_sentences(path: Path) -> list[tuple[str, str, list[tuple[int, int]], list[tuple[int, int, str]]]]:
    """(document, text, word spans, names) of each sentence of an IOB file, words set as in print."""
    out = []
    for document, words, labels in tb.read_iob(path):
        text, spans, glue = "", [], True
        for word in words:
            glue = glue or word in (".", ",", ":", ";", "?", "!", ")", "'s", "n't", "%", "]") or not text
            text += "" if glue else " "
            spans.append((len(text), len(text) + len(word)))
            text += word
            glue = word in ("(", "[", "$", "#")
        out.append((document, text, spans, iob_spans(labels)))
    return out


def iob_spans(labels: list[str]) -> list[tuple[int, int, str]]:
    out: list[tuple[int, int, str]] = []
    for i, label in enumerate(labels):
        kind = NAME_KINDS.get(label[2:])
        if label.startswith("B-") and kind:
            out.append((i, i, kind))
        elif label.startswith("I-") and kind and out and out[-1][1] == i - 1:
            out[-1] = (out[-1][0], i, out[-1][2])
    return out


def set_aside(document: str) -> bool:
    """A tenth of the documents of the name corpus scores only."""
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % 10 == 0


@dataclass(slots=True)
class Corpora:
    """Windows for training and for development, and the labels."""

    labels: Labels
    trees: list[Window]
    frames: list[Window]
    dev_trees: list[Window]
    dev_frames: list[Window]
    raw: list[Window]  # text that only a teacher labels


def corpora(shared: Path, own: list[Path], tokenizer: Tokenizer) -> Corpora:
    """Read everything marked "weights: yes". Buckets 2-9 train, bucket 1 is for early stopping, bucket 0 is not read."""
    ud = shared / "corpora" / "ud"
    ewt = tb.read_conllu(ud / "en_ewt-ud-train.conllu.gz")
    gum = [d for d in tb.read_conllu(ud / "en_gum-ud-train.conllu.gz") if d.genre in tb.LICENSED_GENRES]
    dev = tb.read_conllu(ud / "en_ewt-ud-dev.conllu.gz")
    reports, buckets = annotated(shared, own)
    labels = make_labels(ewt + gum)
    build = Builder(tokenizer, labels)
    propbank = tb.read_propbank(shared / "corpora/srl/en_ewt-propbank-train.jsonl.gz")
    facts = tb.read_factuality(shared / "corpora/factuality/uds_ih2/train.jsonl.gz")
    web = web_names(own[0].parent / "names-ewt.tsv")
    trees = [w for d in ewt for w in build.tree(d, names_of(d, web), propbank, facts)]
    trees += [w for d in gum for w in build.tree(d, tb.gum_names(d), {}, {})]
    trees += [
        w
        for path in ("uner_ewt-dev.iob2", "crossner_politics/train.txt")
        for w in name_windows(build, shared / "corpora/ner" / path)
    ]
    links = linked(own[0].parent / "names-wce.jsonl.gz")
    training = [r for r in reports if buckets.get(r.id, 2) >= 2]
    training = patches.apply(training, patches.read(own[0].parent / "patches.tsv"))
    frames = [w for r in training for w in build.report(r, links.get(r.id))]
    dev_frames = [w for r in reports if buckets.get(r.id, 2) == 1 for w in build.report(r)]
    dev_trees = [w for d in dev for w in build.tree(d, None, {}, {})]
    unlabelled = [w for text in raw.texts(shared / "corpora") for w in build.raw(text)]
    return Corpora(labels, trees, frames, dev_trees, dev_frames, unlabelled)


Spans = list[tuple[int, int, str]]


def web_names(path: Path) -> dict[str, Spans]:
    """sent_id → (first word, last word, kind) of its names; a kind "?" is left open; other sentences have no name."""
    out: dict[str, Spans] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        sentence, *names = line.split("\t")
        out[sentence] = [(int(a), int(b), k) for a, b, k in (n.split(":") for n in names)]
    return out


def names_of(doc: tb.TreeDocument, named: dict[str, Spans]) -> Spans:
    """Names of a treebank document by position in it."""
    return [
        (first + a, first + b, kind) for sent_id, first, _ in doc.sentences for a, b, kind in named.get(sent_id, ())
    ]


def linked(path: Path) -> dict[str, list[Link]]:
    """Report id → its linked names, as ``link_names.py`` writes them."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {r["id"]: [(a, b, k) for a, b, k in r["names"]] for r in map(json.loads, lines)}


def annotated(shared: Path, own: list[Path]) -> tuple[list[AnnotatedReport], dict[str, int]]:
    """Annotated reports without bucket 0, and the bucket of each; reports of our own that the split does not know train."""
    buckets = {i: int(bucket) for i, (_, _, bucket) in split(shared / "corpus" / "SPLIT.tsv").items()}
    paths = sorted(
        [*own, *(p for p in (shared / "corpus").glob("*.txt") if p.name.split("-")[0] in ("gum", "voa", "wce"))]
    )
    return [r for p in paths for r in read(p) if buckets.get(r.id, 2) > 0], buckets


def name_windows(build: Builder, path: Path) -> list[Window]:
    out = []
    for document, text, spans, names in name_sentences(path):
        if document and set_aside(document):
            continue
        atoms, ranges = build.cut(text)
        first, owner = align(atoms, spans)
        flat = {
            "name": build.name_target(
                len(atoms), [(first[a], last_of(owner, b, first), k) for a, b, k in names if first[a] >= 0]
            )
        }
        out += [build.window(atoms, a, b, flat, np.zeros(len(atoms), dtype=np.int64), []) for a, b in ranges]
    return out


def make_labels(documents: list[tb.TreeDocument]) -> Labels:
    """What the network can say: tags and relations as frequent in the treebanks, modes and contexts of the codebook."""
    words, book = [w for d in documents for w in d.words], codebook.load()

    def frequent(values: Iterable[str], least: int) -> list[str]:
        return sorted(v for v, n in Counter(values).items() if n >= least)

    return Labels(
        upos=frequent((w.upos for w in words), 1),
        feats=frequent((w.feats for w in words), 3),
        lemmas=frequent((lemma_script(w.form, w.lemma) for w in words), 3),
        rels=frequent((w.deprel for w in words), 3),
        modes=sorted(f"{name}-{mode}" for name, kind in book.types.items() for mode in kind.modes),
        contexts=sorted(book.contexts),
    )
