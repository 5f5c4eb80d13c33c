"""Treebank documents with the raw text that a reader gets, and readings written as CoNLL-U.

The raw text is rebuilt from ``# text``: a blank line before a new paragraph, nothing after a sentence whose last token
has SpaceAfter=No, what SpacesAfter says where it is given, else one space.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from polybius.records import Reading, Sentence

Span = tuple[int, int]
Row = list[str]  # the ten columns of a line
_APOSTROPHES = str.maketrans({"’": "'", "`": "'", "‘": "'"})
_CLITIC = re.compile(r"n?['’`‘]\w+|[^\W\d_]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """One sentence of a treebank: its id, its rows, and the span of every word in the document's text."""

    id: str
    rows: tuple[Row, ...]
    words: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document of a treebank with its raw text."""

    id: str
    text: str
    sentences: tuple[GoldSentence, ...]

    @property
    def genre(self) -> str:
        """GUM names the genre in the id; EWT's genres are not told apart here."""
        return self.id.split("_")[1] if self.id.startswith("GUM_") else "web"


def documents(path: Path) -> list[GoldDocument]:
    """The documents of a gzipped CoNLL-U file."""
    groups: list[list[tuple[dict[str, str], list[Row]]]] = []
    for comments, rows in _blocks(gzip.decompress(path.read_bytes()).decode()):
        if "newdoc id" in comments or not groups:
            groups.append([])
        groups[-1].append((comments, rows))
    return [_document(group) for group in groups]


def _blocks(content: str) -> Iterator[tuple[dict[str, str], list[Row]]]:
    for block in content.split("\n\n"):
        lines = [line for line in block.split("\n") if line]
        comments = (line[1:].partition("=") for line in lines if line.startswith("#"))
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        if rows:
            yield {key.strip(): value.strip() for key, _, value in comments}, rows


def _document(group: list[tuple[dict[str, str], list[Row]]]) -> GoldDocument:
    text, gap, sentences = "", "", []
    for comments, rows in group:
        paragraph = any(key.startswith("newpar") for key in comments)
        text += "\n\n" if paragraph and text else gap
        words = tuple((a + len(text), b + len(text)) for a, b in _word_spans(comments["text"], rows))
        sentences.append(GoldSentence(comments.get("sent_id", ""), tuple(rows), words))
        text, gap = text + comments["text"], _gap(rows)
    return GoldDocument(group[0][0].get("newdoc id", ""), text, tuple(sentences))


def _gap(rows: list[Row]) -> str:
    """White space after a sentence."""
    last = next(row for row in reversed(rows) if row[0].isdigit())
    # The surface form of a multiword token carries the spacing of its last word.
    around = next((row for row in rows if row[0].endswith(f"-{last[0]}")), last)
    if spaces := re.search(r"SpacesAfter=([^|]*)", around[9]):
        return spaces[1].replace("\\s", " ").replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r")
    return "" if "SpaceAfter=No" in around[9].split("|") else " "


def _word_spans(text: str, rows: list[Row]) -> Iterator[Span]:
    at, inside = 0, 0  # inside: the last word of the multiword token that is being passed
    for row in rows:
        number, _, last = row[0].partition("-")
        if last:
            start, at = _next(text, row[1], at)
            inside = int(last)
            forms = [r[1] for r in rows if r[0].isdigit() and int(number) <= int(r[0]) <= inside]
            yield from _shares(start, at, forms)
        elif row[0].isdigit() and int(row[0]) > inside:
            start, at = _next(text, row[1], at)
            yield start, at


def _next(text: str, form: str, at: int) -> Span:
    start = text.index(form, at)
    return start, start + len(form)


def _shares(start: int, end: int, forms: list[str]) -> Iterator[Span]:
    """The surface of a multiword token, eaten up by its words; the last one gets what is left."""
    at = start
    for k, form in enumerate(forms[:-1], 1):
        stop = max(at, min(at + len(form), end - (len(forms) - k)))
        yield at, stop
        at = stop
    yield at, end


# --- writing -------------------------------------------------------------------------------------------------------


def gold_conllu(document: GoldDocument) -> str:
    """The gold rows, apostrophes of words in multiword tokens made alike (treebanks differ in them)."""
    return "".join(_lines(_plain(sentence.rows)) for sentence in document.sentences)


def _plain(rows: tuple[Row, ...]) -> Iterator[Row]:
    inside = 0
    for row in rows:
        if "-" in row[0]:
            inside = int(row[0].split("-")[1])
        plain = row[0].isdigit() and int(row[0]) <= inside
        # Enhanced dependencies are not scored, and empty nodes belong to them.
        if "." not in row[0]:
            yield [row[0], row[1].translate(_APOSTROPHES) if plain else row[1], *row[2:8], "_", "_"]


def system_conllu(reading: Reading, text: str) -> str:
    """A reading as CoNLL-U. Words that are cut out of one run of letters are marked as a multiword token, as UD does.

    Characters that the reader left out become words of their own, so that all of the text is in the file.
    """
    sentences = [s for s in reading.sentences if len(s)]
    if not sentences:
        return _lines(_unread(text))
    ends = [s.starts[0] for s in sentences[1:]] + [len(text)]
    at, out = 0, []
    for sentence, end in zip(sentences, ends, strict=True):
        out.append(_lines(_rows(sentence, text, at, end)))
        at = end
    return "".join(out)


def _lines(rows: Iterator[Row]) -> str:
    return "".join("\t".join(row) + "\n" for row in rows) + "\n"


def _unread(text: str) -> Iterator[Row]:
    for k, form in enumerate(text.split(), 1):
        yield [str(k), form, form, "X", "_", "_", str(min(k - 1, 1)), "dep" if k > 1 else "root", "_", "_"]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word to write; ``source`` is its position in the reading's sentence, None where the reader left it out."""

    start: int
    end: int
    source: int | None


def _rows(sentence: Sentence, text: str, start: int, end: int) -> Iterator[Row]:
    words = _covering(sentence, text, start, end)
    number = {w.source: k for k, w in enumerate(words, 1)}
    runs = _multiwords(words, sentence, text)
    for k, word in enumerate(words):
        if k in runs:
            yield [f"{k + 1}-{runs[k] + 1}", text[word.start : words[runs[k]].end], *["_"] * 8]
        inside = any(a <= k <= b for a, b in runs.items())
        yield _row(k + 1, word, sentence, number, text[word.start : word.end], inside)


def _row(k: int, word: _Word, sentence: Sentence, number: dict[int | None, int], form: str, inside: bool) -> Row:
    form = form.translate(_APOSTROPHES) if inside else form
    i = word.source
    if i is None:
        return [str(k), form, form, "X", "_", "_", str(number[sentence.heads.index(-1)]), "dep", "_", "_"]
    head = "0" if sentence.heads[i] < 0 else str(number[sentence.heads[i]])
    lemma, upos, feats = sentence.lemmas[i] or "_", sentence.upos[i] or "_", sentence.feats[i] or "_"
    return [str(k), form, lemma, upos, "_", feats, head, sentence.deprels[i], "_", "_"]


def _covering(sentence: Sentence, text: str, start: int, end: int) -> list[_Word]:
    """The words of a sentence and, between them, whatever else is not white space."""
    words: list[_Word] = []
    at = start
    bounds = chain(zip(sentence.starts, sentence.ends, range(len(sentence)), strict=True), [(end, end, None)])
    for a, b, i in bounds:
        words += [_Word(at + m.start(), at + m.end(), None) for m in re.finditer(r"\S+", text[at:a])]
        if i is not None:
            words.append(_Word(a, b, i))
        at = max(at, b)
    return words


def _multiwords(words: list[_Word], sentence: Sentence, text: str) -> dict[int, int]:
    """First → last position of each run of words that are written as one."""
    runs: dict[int, int] = {}
    begin = 0
    for k in range(1, len(words) + 1):
        if k == len(words) or not _joined(words[k - 1], words[k], sentence, text):
            if k - 1 > begin:
                runs[begin] = k - 1
            begin = k
    return runs


def _joined(left: _Word, right: _Word, sentence: Sentence, text: str) -> bool:
    """Whether UD takes two words for parts of one token: do+n't, Iran+'s, can+not, but not 10+pm or said+.”"""
    if left.end != right.start or not text[left.end - 1].isalpha() or right.source is None:
        return False
    form = text[right.start : right.end]
    # A bare apostrophe is a possessive (the students') or a quotation mark: only the tag tells.
    possessive = len(form) == 1 and sentence.upos[right.source] == "PART"
    return possessive or _CLITIC.fullmatch(form) is not None
