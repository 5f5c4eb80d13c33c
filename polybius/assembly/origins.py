"""Which documents are copies of one text: wire copy, updates, reprints with cuts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from polybius.assembly.partition import Partition
from polybius.assembly.signature import candidates, estimate, signature_of, size
from polybius.assembly.words import Hashes, shingles

CONTAINED = 0.5  # share of the shorter text's shingles that the other must hold
BY_SIGNATURE = ", by signature: without both texts its words cannot be compared"
RECENT = 1000  # texts whose shingles are kept while others are compared with them
COPY_OF, NO_COPY = "copy of ", "no copy"
ENOUGH = 30  # shingles: of a shorter text all must be shared, there is too little to judge by


@dataclass(frozen=True, slots=True)
class Origin:
    """The text that a document copies, named by the smallest document id of its copies, and why."""

    document_id: str
    origin: str
    evidence: str


def contained(one: Hashes, two: Hashes) -> float:
    """The share of the shorter text's shingles that the other holds."""
    shorter = min(len(one), len(two))
    return len(np.intersect1d(one, two, assume_unique=True)) / shorter if shorter else 0.0


def copies(one: Hashes, two: Hashes) -> bool:
    """Whether two texts are copies of one."""
    shorter = min(len(one), len(two))
    return shorter > 0 and contained(one, two) >= (CONTAINED if shorter >= ENOUGH else 1.0)


def copies_by_signature(one: bytes, two: bytes) -> bool:
    """Whether two texts seem to be copies of one, where a text is not there to be compared word by word."""
    shorter = min(size(one), size(two))
    if shorter < ENOUGH:
        return shorter > 0 and one == two
    return estimate(one, two) >= CONTAINED


@dataclass(frozen=True, slots=True)
class Copies:
    """Pairs of documents that copy one text, the smaller id first; ``estimated`` those told by their signatures only."""

    pairs: tuple[tuple[str, str], ...] = ()
    estimated: frozenset[tuple[str, str]] = frozenset()


def origins(texts: Mapping[str, str]) -> dict[str, Origin]:
    """The origin of each document; a document like no other is its own. The order of arrival does not matter."""
    signatures = {id: signature_of(text) for id, text in texts.items()}
    return components(texts, copied(candidates(signatures), texts, signatures))


def copied(pairs: Iterable[tuple[str, str]], texts: Mapping[str, str], signatures: Mapping[str, bytes]) -> Copies:
    """Which of the pairs are copies: word by word where both texts are there; signatures tell the same only roughly."""
    found: list[tuple[str, str]] = []
    estimated: set[tuple[str, str]] = set()
    runs = lru_cache(RECENT)(lambda id: shingles(texts[id]))
    for one, two in sorted(pairs):
        exact = bool(texts.get(one) and texts.get(two))
        by_words = exact and copies(runs(one), runs(two))
        if by_words or (not exact and copies_by_signature(signatures[one], signatures[two])):
            found.append((one, two))
            estimated.update(() if exact else [(one, two)])
    return Copies(tuple(found), frozenset(estimated))


Nearest = dict[str, tuple[str, str]]  # by document: the copy with the smallest id, and how it is told


def components(ids: Iterable[str], found: Copies) -> dict[str, Origin]:
    """Origins from the pairs of copies: two documents that copy a third are copies too."""
    partition = Partition(ids)
    for one, two in found.pairs:
        partition.join(one, two)
    near = nearest(found)
    return {id: Origin(id, members[0], evidence_of(near.get(id))) for members in partition.sets() for id in members}


def nearest(found: Copies) -> Nearest:
    """Of each document that has copies the one that is named."""
    near: Nearest = {}
    for one, two in found.pairs:
        how = BY_SIGNATURE if (one, two) in found.estimated else ""
        for id, other in ((one, two), (two, one)):
            near[id] = min((other, how), near.get(id, (other, how)))
    return near


def evidence_of(near: tuple[str, str] | None) -> str:
    """The copy that is named, in words."""
    return COPY_OF + "".join(near) if near else NO_COPY


def named_in(evidence: str) -> tuple[str, str] | None:
    """The copy that some evidence names; None where there is none."""
    if not evidence.startswith(COPY_OF):
        return None
    how = BY_SIGNATURE if evidence.endswith(BY_SIGNATURE) else ""
    return evidence.removeprefix(COPY_OF).removesuffix(how) if how else evidence.removeprefix(COPY_OF), how
