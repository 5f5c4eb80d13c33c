"""Which documents are copies of one text: wire copy, updates, reprints with cuts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from polybius.assembly.partition import Partition
from polybius.assembly.signature import candidates, estimate, signature, size
from polybius.assembly.words import Hashes, shingles

CONTAINED = 0.5  # share of the shorter text's shingles that the other must hold
BY_SIGNATURE = ", by signature: without both texts its words cannot be compared"
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


def origins(texts: Mapping[str, str]) -> dict[str, Origin]:
    """The origin of each document; a document like no other is its own. The order of arrival does not matter."""
    found = {id: shingles(text) for id, text in texts.items()}
    pairs = candidates({id: signature(hashes) for id, hashes in found.items()})
    return components(found, [pair for pair in sorted(pairs) if copies(found[pair[0]], found[pair[1]])])


def components(
    ids: Iterable[str], pairs: Iterable[tuple[str, str]], estimated: Collection[tuple[str, str]] = ()
) -> dict[str, Origin]:
    """Origins from the pairs of copies: two documents that copy a third are copies too. ``estimated`` are those of the
    pairs that were told by signature only."""
    partition = Partition(ids)
    nearest: dict[str, tuple[str, str]] = {}
    for one, two in pairs:
        partition.join(one, two)
        how = BY_SIGNATURE if (one, two) in estimated else ""
        for id, other in ((one, two), (two, one)):
            nearest[id] = min((other, how), nearest.get(id, (other, how)))
    return {
        id: Origin(id, members[0], f"copy of {''.join(nearest[id])}" if id in nearest else "no copy")
        for members in partition.sets()
        for id in members
    }
