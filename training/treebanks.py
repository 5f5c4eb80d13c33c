"""Readers of the treebanks and of what is annotated on them: trees, PropBank roles, names, factuality."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

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
    """Documents of a CoNLL-U file with raw text rebuilt: a blank line between paragraphs, a space between sentences."""
    documents: list[TreeDocument] = []
    for comments, rows in blocks(path):
        if "newdoc id" in comments or not documents:
            documents.append(TreeDocument(comments.get("newdoc id", path.stem)))
        add_sentence(documents[-1], comments, rows)
    return documents


def blocks(path: Path) -> Iterator[tuple[dict[str, str], list[list[str]]]]:
    comments: dict[str, str] = {}
    rows: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                comments[key.strip()] = value.strip()
            elif line:
                rows.append(line.split("\t"))
            elif rows:
                yield comments, rows
                comments, rows = {}, []


def add_sentence(document: TreeDocument, comments: dict[str, str], rows: list[list[str]]) -> None:
    paragraph = any(key in comments for key in ("newpar", "newpar id")) or any(k.startswith("newpar") for k in comments)
    if document.text:
        document.text += "\n\n" if paragraph else " "
    at = len(document.text)
    document.text += comments["text"]
    first = len(document.words)
    tokens = [row for row in rows if row[0].isdigit()]
    spans = word_spans(comments["text"], rows)
    for row, (start, end) in zip(tokens, spans, strict=True):
        head = int(row[6]) - 1
        document.words.append(
            Word(at + start, at + end, row[1], row[2], row[3], row[5], -1 if head < 0 else first + head, row[7], misc(row[9], "Entity"))
        )
    document.sentences.append((comments.get("sent_id", ""), first, len(document.words)))


def misc(cell: str, key: str) -> str:
    return next((part[len(key) + 1 :] for part in cell.split("|") if part.startswith(key + "=")), "")


def word_spans(text: str, rows: list[list[str]]) -> list[tuple[int, int]]:
    """Character spans of the words in the sentence; words of a multiword token share out its surface form."""
    spans: list[tuple[int, int]] = []
    at, inside = 0, 0
    for row in rows:
        if "-" in row[0]:
            low, high = map(int, row[0].split("-"))
            at = text.index(row[1], at)
            parts = [r[1] for r in rows if r[0].isdigit() and low <= int(r[0]) <= high]
            spans += share(at, row[1], parts)
            at, inside = at + len(row[1]), high - low + 1
        elif row[0].isdigit():
            if inside:
                inside -= 1
                continue
            at = text.index(row[1], at)
            spans.append((at, at + len(row[1])))
            at += len(row[1])
    return spans


def share(at: int, surface: str, parts: list[str]) -> list[tuple[int, int]]:
    """Cut a surface form at the lengths of its parts; the last part takes the rest."""
    out, used = [], 0
    for k, part in enumerate(parts):
        end = len(surface) if k == len(parts) - 1 else min(used + len(part), len(surface) - (len(parts) - 1 - k))
        out.append((at + used, at + max(end, used + 1)))
        used = max(end, used + 1)
    return out


def read_propbank(path: Path) -> dict[str, list[tuple[int, list[tuple[str, int, int]]]]]:
    """sent_id → [(position of the predicate, [(role, first word, last word)])]."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return {
        r["sent_id"]: [(p["index"], [(a, b, c) for a, b, c in p["arguments"]]) for p in r["predicates"]] for r in records
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
TITLES = frozenset({"Mr.", "Mrs.", "Ms.", "Dr.", "President", "Minister", "Senator", "Sir", "Professor", "Judge", "Justice"})


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
    while a > start and words[a - 1].form[:1].isupper() and words[a - 1].upos not in CLOSED and words[a - 1].form not in TITLES:
        a -= 1
    while b < end:
        step = 2 if words[b + 1].form in ("of", "for", "and", "-", "&", "de") and b + 2 <= end else 1
        if words[b + step].upos != "PROPN" or (step == 2 and not words[b + 2].form[:1].isupper()):
            break
        b += step
    return a, b
