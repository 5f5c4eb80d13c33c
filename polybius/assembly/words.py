"""Words of a text: shingles for near-copies, and rare words for comparing what two articles are about."""

from __future__ import annotations

import functools
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib import resources

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

WORD = re.compile(r"\w+(?:['’]\w+)?")
CURLY = re.compile(r"“[^”\n]*(?:”|$)", re.M)
SHINGLE = 5  # words
SKETCH = 80  # rare words that are kept of one article
UNIT = 1 << 14  # of the weights of words: sums of whole numbers do not depend on their order


def unquoted(text: str) -> Iterator[str]:
    """The passages outside quotation marks. A quotation left open ends with its paragraph."""
    for paragraph in CURLY.sub('""', text).split("\n"):
        yield from paragraph.split('"')[::2]


def shingles(text: str) -> Hashes:
    """Sorted distinct hashes of the runs of five words outside quotations: who quotes the same words copies nobody."""
    found = [_runs(WORD.findall(passage.lower())) for passage in unquoted(text)]
    return np.unique(np.concatenate(found)) if found else np.empty(0, np.uint64)


def _runs(words: list[str]) -> Hashes:
    """One hash for each run of five words; the words' own hashes are mixed so that their order counts."""
    count = len(words) - SHINGLE + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    codes = np.array([zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words], np.uint64)
    mixed = np.zeros(count, np.uint64)
    for at in range(SHINGLE):
        mixed = scrambled(mixed + codes[at : at + count])
    return mixed


def scrambled(values: Hashes) -> Hashes:
    """The SplitMix64 finaliser: every bit of the result depends on every bit of the value."""
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


@functools.cache
def document_frequencies() -> tuple[int, Mapping[str, int]]:
    """How many articles of a fixed collection were counted, and in how many each word stands.

    The counts are fixed, so that what two articles share does not depend on what else is in a store.
    """
    lines = (resources.files("polybius.assembly") / "word_counts.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines[1:])
    return int(lines[0].split("\t")[1]), {word: int(count) for word, count in rows}


def rarity(word: str) -> float:
    """The inverse document frequency of a word, in nats."""
    articles, counts = document_frequencies()
    return math.log((articles + 1) / (counts.get(word, 0) + 1))


def sketch(text: str) -> Mapping[str, int]:
    """The rare words that an article is about, with weights in 1 / UNIT whose squares sum to about 1."""
    counts = Counter(word.removesuffix("'s").removesuffix("’s") for word in WORD.findall(text.lower()))
    weights = {word: rarity(word) * (1 + math.log(count)) for word, count in counts.items() if len(word) > 1}
    kept = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:SKETCH]
    length = math.sqrt(math.fsum(weight * weight for _, weight in kept))
    return {word: round(UNIT * weight / length) for word, weight in kept} if length else {}


def likeness(one: Mapping[str, int], two: Mapping[str, int]) -> float:
    """The cosine of two sketches, in thousandths."""
    return thousandths(sum(weight * two[word] for word, weight in one.items() if word in two)) / 1000


def thousandths(product: int) -> int:
    """The product of two sketches, which is in 1 / UNIT squared, in thousandths."""
    return (2000 * product + UNIT * UNIT) // (2 * UNIT * UNIT)
