"""Readers of the treebanks and of what is annotated on them: trees, PropBank roles, names, factuality."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from conllu import GoldDocument, documents

# The genres of GUM whose text may be trained on; the other genres are under licences without commercial use, or unknown.
LICENSED_GENRES = frozenset({"news", "interview", "bio", "voyage", "court", "academic"})


@dataclass(slots=True)
class Word:
    """One UD word: character span in the document, tags, head as position in the document (-1 for a root)."""

    start: int
    end: int
    form: str
    lemma: str
    upos: str
    feats: str
    head: int
    deprel: str
    entity: str = ""


@dataclass(slots=True)
class TreeDocument:
    """A treebank document with its raw text. ``sentences`` are (sent_id, first word, end word)."""

    id: str
    text: str = ""
    words: list[Word] = field(default_factory=list)
    sentences: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def genre(self) -> str:
        return self.id.split("_")[1] if self.id.startswith("GUM") else "web"


def read_conllu(path: Path) -> list[TreeDocument]:
    """Documents of a gzipped CoNLL-U file, words addressed by their position in the document."""
    return [tree_document(gold) for gold in documents(path)]


def tree_document(gold: GoldDocument) -> TreeDocument:
    out = TreeDocument(gold.id, gold.text)
    for sentence in gold.sentences:
        first = len(out.words)
        tokens = [row for row in sentence.rows if row[0].isdigit()]
        out.words += [word(row, span, first) for row, span in zip(tokens, sentence.words, strict=True)]
        out.sentences.append((sentence.id, first, len(out.words)))
    return out


def word(row: list[str], span: tuple[int, int], first: int) -> Word:
    head = int(row[6]) - 1
    return Word(*span, row[1], row[2], row[3], row[5], -1 if head < 0 else first + head, row[7], misc(row[9], "Entity"))


def misc(cell: str, key: str) -> str:
    return next((part[len(key) + 1 :] for part in cell.split("|") if part.startswith(key + "=")), "")


def read_propbank(path: Path) -> dict[str, list[tuple[int, list[tuple[str, int, int]]]]]:
    """sent_id → [(position of the predicate, [(role, first word, last word)])]."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return {
        r["sent_id"]: [(p["index"], [(a, b, c) for a, b, c in p["arguments"]]) for p in r["predicates"]]
        for r in records
    }


def read_factuality(path: Path) -> dict[str, list[tuple[int, float]]]:
    """Words of a sentence, joined by spaces → [(position of the predicate, -3..3)]."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return {r["text"]: [(t["span1"][0], float(t["label"])) for t in r["targets"]] for r in records}


def read_iob(path: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """(document id, words, IOB labels) of each sentence of an IOB file with or without numbered rows and comments."""
    document, words, labels = "", [], []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("# newdoc id"):
            document = line.split("= ", 1)[1].strip()
        elif not line.strip():
            if words:
                yield document, words, labels
            words, labels = [], []
        elif not line.startswith("# "):
            cells = line.split("\t")
            numbered = cells[0].isdigit() and len(cells) > 2
            words.append(cells[1] if numbered else cells[0])
            labels.append(cells[2] if numbered else cells[1])


CLOSED = frozenset({"DET", "PRON", "ADP", "CCONJ", "SCONJ", "AUX", "PUNCT"})
TITLES = frozenset(
    {"Mr.", "Mrs.", "Ms.", "Dr.", "President", "Minister", "Senator", "Sir", "Professor", "Judge", "Justice"}
)


def gum_names(document: TreeDocument) -> list[tuple[int, int, str]]:
    """(first word, last word, kind) of the mentions of GUM whose head is a proper noun, cut down to the name itself."""
    stack: dict[str, list[tuple[int, str]]] = {}
    out: set[tuple[int, int, str]] = set()
    kinds = {"person": "PERSON", "organization": "ORG", "place": "PLACE"}
    for i, word in enumerate(document.words):
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", word.entity):
            fields = part.strip("()").split("-")
            if part.startswith("("):
                stack.setdefault(fields[0], []).append((i, fields[1] if len(fields) > 1 else ""))
            if part.endswith(")") and stack.get(fields[0]):
                start, kind = stack[fields[0]].pop()
                span = name_within(document.words, start, i)
                if span and kind != "time":
                    out.add((*span, kinds.get(kind, "MISC")))
    best: dict[int, tuple[int, int, str]] = {}
    for a, b, kind in sorted(out, key=lambda n: (n[0], n[0] - n[1])):
        if not any(x <= b and a <= y for x, y, _ in best.values()):
            best[a] = (a, b, kind)
    return list(best.values())


def name_within(words: list[Word], start: int, end: int) -> tuple[int, int] | None:
    """The run of proper nouns (and what joins them) around the head of a mention, if the head is one."""
    head = next((i for i in range(start, end + 1) if not start <= words[i].head <= end), start)
    if words[head].upos != "PROPN":
        return None
    a = b = head
    while (
        a > start
        and words[a - 1].form[:1].isupper()
        and words[a - 1].upos not in CLOSED
        and words[a - 1].form not in TITLES
    ):
        a -= 1
    while b < end:
        step = 2 if words[b + 1].form in ("of", "for", "and", "-", "&", "de") and b + 2 <= end else 1
        if words[b + step].upos != "PROPN" or (step == 2 and not words[b + 2].form[:1].isupper()):
            break
        b += step
    return a, b
