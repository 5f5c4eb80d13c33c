"""What the last assembly does not know of: documents that are new, changed or gone, and what persons decided since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from polybius.assembly import Ruling
from polybius.store import Store

RULING = "ruling"  # what persons had decided at the last assembly

# A person's decisions change reports without a new write of their document: such documents are told by a hash.
_NOW = """
WITH decided AS (
  SELECT o.document_id, coalesce(md5(string_agg(r.id || r.record, '' ORDER BY r.position)), '') AS hash
  FROM (SELECT DISTINCT document_id FROM originals) o LEFT JOIN reports r ON r.document_id = o.document_id
  GROUP BY o.document_id)
SELECT d.id, d.seq, n.hash, a.document_id IS NOT NULL FROM documents d
  LEFT JOIN decided n ON n.document_id = d.id
  LEFT JOIN articles a ON a.document_id = d.id AND a.origin IS NOT NULL
WHERE $whole OR a.seq IS DISTINCT FROM d.seq OR a.decided IS DISTINCT FROM n.hash OR list_contains($also, d.id)
ORDER BY d.seq"""
_GONE = """SELECT document_id FROM articles WHERE origin IS NOT NULL
AND document_id NOT IN (SELECT id FROM documents) ORDER BY document_id"""


@dataclass(frozen=True, slots=True)
class Write:
    """Which write of a document is assembled: its number, and the hash of its reports where a person changed one."""

    seq: int
    decided: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Documents to assemble, in the order of their writes; those whose accounts of last time are void; and the rulings
    of last time and of now. ``whole``: nothing of last time is used."""

    fresh: Mapping[str, Write]
    void: tuple[str, ...]
    before: Ruling
    now: Ruling
    whole: bool

    @property
    def decided(self) -> set[str]:
        """The reports about which something else is decided now, as "document#report"."""
        groups = set(self.before.together) ^ set(self.now.together)
        return {name for group in (*groups, *(self.before.apart ^ self.now.apart)) for name in group}


def changes(store: Store, now: Ruling, whole: bool) -> Changes:
    """What is to be done."""
    before = Ruling() if whole else read_ruling(store.get(RULING))
    parted = sorted({name.rpartition("#")[0] for name in before.parted ^ now.parted})
    rows = list(store.rows(_NOW, {"whole": whole, "also": parted}))
    fresh = {id: Write(seq, decided) for id, seq, decided, _ in rows}
    void = [] if whole else [id for id, _, _, known in rows if known] + [id for (id,) in store.rows(_GONE)]
    return Changes(fresh, tuple(sorted(void)), before, now, whole)


def read_ruling(text: str | None) -> Ruling:
    """A ruling as it stands in the store."""
    found = json.loads(text) if text else {"together": [], "apart": []}
    return Ruling(tuple(map(tuple, found["together"])), frozenset((one, two) for one, two in found["apart"]))


def written_ruling(ruling: Ruling) -> str:
    """A ruling as text: the same for the same."""
    value: dict[str, Iterable[object]] = {"together": sorted(ruling.together), "apart": sorted(ruling.apart)}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
