"""Names of the digests from their Wikipedia links: ``python training/link_names.py [--shared DIR]`` writes ``corpus/names-wce.jsonl.gz``.

A link says where a name is, not of what kind it is. The kind is that of the tables (states, organisations), else the one
that the reader gives most often to the links of the same title. Links without a kind are left open, and so is every
capitalised word outside links: nothing is learnt from either.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from polybius import reader, reference
from polybius.evaluation.annotations import AnnotatedReport, read, split
from polybius.records import Document, Name
from polybius.reference import World, normal

HERE = Path(__file__).parent
LEAST = 0.6  # share of a title's votes that its kind must have
TABLE_KINDS = {"country": "PLACE", "capital": "PLACE", "organisation": "ORG", "adjective": "O", "people": "O"}

Link = tuple[int, int, str]


def links(path: Path) -> dict[str, list[Link]]:
    """Text of a digest → its links (start, end, title)."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {r["text"]: [(a, b, t) for a, b, t in r["links"]] for r in map(json.loads, lines)}


def digests(shared: Path) -> Iterator[AnnotatedReport]:
    """Annotated digests that may be trained on."""
    buckets = {i: int(b) for i, (_, _, b) in split(shared / "corpus" / "SPLIT.tsv").items()}
    for path in sorted((shared / "corpus").glob("wce*.txt")):
        yield from (r for r in read(path) if buckets.get(r.id, 2) >= 2)


def votes(names: tuple[Name, ...], span: tuple[int, int]) -> Iterator[str]:
    for name in names:
        shared = min(span[1], name.span.end) - max(span[0], name.span.start)
        if 2 * shared >= max(span[1] - span[0], name.span.end - name.span.start):
            yield name.kind


def kind_of(text: str, title: str, counts: Counter[str], world: World) -> str | None:
    """PERSON, ORG, PLACE, MISC, "O" where the words are no name, None where nothing tells."""
    known = world.phrases.get(normal(text))
    if known is not None and known.kind in TABLE_KINDS:
        return TABLE_KINDS[known.kind]
    if not any(w[:1].isupper() for w in text.split()):
        return "O"
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] >= LEAST * counts.total() else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--model", type=Path, default=None)
    args = parser.parse_args()
    linked = links(next((args.shared / "corpora" / "news").glob("wikipedia_current_events*.jsonl.gz")))
    reports = [r for r in digests(args.shared) if r.text in linked]
    model, world = reader.load(args.model, threads=1), reference.load()
    titles: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        names = model.read(Document(report.id, "", report.text)).names
        for a, b, title in linked[report.text]:
            titles[title].update(votes(names, (a, b)))
    with gzip.GzipFile(HERE / "corpus" / "names-wce.jsonl.gz", "wb", mtime=0) as out:
        for r in reports:
            kinds = [(a, b, kind_of(r.text[a:b], t, titles[t], world)) for a, b, t in linked[r.text]]
            out.write((json.dumps({"id": r.id, "names": kinds}) + "\n").encode())


if __name__ == "__main__":
    main()
