"""How well mentions are linked and open roles filled, and what it costs beside reading.

usage: PYTHONPATH=training python benchmarks/coreference.py [--shared DIR] [--buckets 0] [--readings FILE ...]

Reads annotated reports and GUM dev with the packaged reader, or takes readings from pickles of id → (Document,
Reading). Prints totals only.
"""

from __future__ import annotations

import argparse
import pickle
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from clusters import MEASURES, Cluster, Tally, conll
from gold_chains import GoldMention, gold_clusters, gold_mentions
from linking import aligned, denotes, entity_named, gold_claims, tally
from treebanks import LICENSED_GENRES, TreeDocument, read_conllu

from polybius import codebook
from polybius.codebook import Codebook
from polybius.coding import claims as make_claims
from polybius.evaluation.annotations import AnnotatedReport, read_all, split
from polybius.grounding import fill
from polybius.grounding.article import Article
from polybius.grounding.coreference import Chains, chains
from polybius.reader import Reader
from polybius.reader import load as load_reader
from polybius.records import Claim, Document, Reading, Span, text_version
from polybius.reference import World
from polybius.reference import load as load_world

REPOSITORY = Path(__file__).resolve().parent.parent
Readings = dict[str, tuple[Document, Reading]]
ROLES = ("actor", "recipient")
KINDS = ("pronoun", "tied", "listed", "stands")


@dataclass(slots=True)
class Totals:
    """What is counted over annotated reports."""

    links: Counter[tuple[str, bool]] = field(default_factory=Counter)
    roles: dict[str, Counter[str]] = field(
        default_factory=lambda: {"gold claims": Counter(), "system claims": Counter()}
    )


class Readers:
    """Readings from pickles, or made by the packaged reader on the clock."""

    def __init__(self, files: Iterable[Path]) -> None:
        self.kept: Readings = {}
        for path in files:
            self.kept |= pickle.loads(path.read_bytes())
        self.reader: Reader | None = None
        self.seconds = 0.0

    def read(self, document: Document) -> Reading:
        if document.id in self.kept and self.kept[document.id][0].text == document.text:
            return self.kept[document.id][1]
        self.reader = self.reader or load_reader()
        begin = time.perf_counter()
        reading = self.reader.read(document)
        self.seconds += time.perf_counter() - begin
        return reading


# --- annotated reports -----------------------------------------------------------------------------------------------


def score_report(
    report: AnnotatedReport, article: Article, reading: Reading, found: Chains, book: Codebook, totals: Totals
) -> None:
    totals.links += tally(report, article, found)
    claims, gold = gold_claims(report, article)
    filled = fill(claims, reading, article, found)
    totals.roles["gold claims"] += roles(report, filled, gold)
    system = fill(make_claims(article.document, reading, book), reading, article, found)
    totals.roles["system claims"] += roles(report, *aligned(claims, gold, system))


def roles(report: AnnotatedReport, claims: Iterable[Claim], gold: list[dict[str, list[str]]]) -> Counter[str]:
    """Implicit fillers found, wanted, and right."""
    count: Counter[str] = Counter()
    for claim, wanted in zip(claims, gold, strict=True):
        for role in ROLES:
            names = wanted.get(role, [])
            fillers = [f for f in getattr(claim, role) if f.implicit]
            count["found"] += len(fillers)
            count["wanted"] += len(names)
            count["right"] += sum(any(is_entity(report, f.span, n) for n in names) for f in fillers)
    return count


def is_entity(report: AnnotatedReport, span: Span, name: str) -> bool:
    return denotes(report, span, entity_named(report, name), Span(0, 0))


def print_reports(totals: Totals) -> None:
    for kind in KINDS:
        print_share(kind, totals.links[kind, True], totals.links[kind, False])
    for name, kinds in (("linked", KINDS[:3]), ("linked or standing for itself", ("pronoun", "tied", "stands"))):
        right, wrong = (sum(totals.links[kind, ok] for kind in kinds) for ok in (True, False))
        print_share(name, right, wrong)
    for name, count in totals.roles.items():
        right, found, wanted = count["right"], count["found"], count["wanted"]
        f1 = 2 * right / (found + wanted) if found + wanted else 0.0
        print(f"  implicit, {name:20} F1 {f1:.1%}: {right} right of {found} found and {wanted} wanted")


def print_share(name: str, right: int, wrong: int) -> None:
    print(f"  {name:30} {right / max(1, right + wrong):.1%} of {right + wrong}")


# --- treebank --------------------------------------------------------------------------------------------------------


def key_chains(mentions: list[GoldMention]) -> list[Cluster]:
    """Gold chains of heads; where a head has several mentions, the longer ones count by their whole span."""
    shortest: dict[tuple[int, int], tuple[int, int]] = {}
    for mention in sorted(mentions, key=lambda m: m.span[1] - m.span[0]):
        shortest.setdefault(mention.head, mention.span)
    clusters = [
        frozenset(m.head if shortest[m.head] == m.span else ("whole", *m.span) for m in chain)
        for chain in gold_clusters(mentions)
    ]
    return [cluster for cluster in clusters if len(cluster) > 1]


def response_chains(found: Chains, reading: Reading) -> list[Cluster]:
    """System chains of heads. Adjectives ("Russian") are mentions for us and none for GUM."""
    used: set[Span] = set()
    clusters = []
    for chain in found.chains:
        nouns = [m for m in chain.mentions if reading.sentences[m.sentence].upos[m.word] != "ADJ" or m.kind != "name"]
        heads = {m.head for m in nouns} - used
        used |= heads
        if len(heads) > 1:
            clusters.append(frozenset((head.start, head.end) for head in heads))
    return clusters


def score_treebank(documents: Iterable[TreeDocument], readers: Readers, world: World) -> Mapping[str, list[Tally]]:
    """Sums of the three measures by genre and over all."""
    sums: dict[str, list[Tally]] = {}
    for tree in documents:
        document = Document(tree.id, text_version(tree.text), tree.text)
        reading = readers.read(document)
        found = chains(Article.of(document, reading), world)
        key, response = key_chains(gold_mentions(tree)), response_chains(found, reading)
        scores = [measure(key, response) for measure in MEASURES.values()]
        for name in ("all", tree.genre):
            before = sums.get(name, [Tally()] * len(scores))
            sums[name] = [a + b for a, b in zip(before, scores, strict=True)]
    return sums


def print_treebank(sums: Mapping[str, list[Tally]]) -> None:
    for name, tallies in sums.items():
        parts = ", ".join(f"{m} {t.f1:.1%}" for m, t in zip(MEASURES, tallies, strict=True))
        print(f"  {name:10} CoNLL {conll(tallies):.1%} ({parts})")


# --- all -------------------------------------------------------------------------------------------------------------


def annotated(shared: Path, buckets: Iterable[int]) -> Iterator[tuple[str, AnnotatedReport]]:
    """Reports of some buckets with their family."""
    where = split(shared / "corpus" / "SPLIT.tsv")
    files = [path for path in sorted((shared / "corpus").glob("*.txt")) if path.name != "EXAMPLE.txt"]
    for report in read_all(files):
        family, _, bucket = where[report.id]
        if bucket in set(buckets):
            yield family, report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=REPOSITORY.parent / "shared")
    parser.add_argument("--buckets", type=int, nargs="+", default=[0])
    parser.add_argument("--readings", type=Path, nargs="+", default=[])
    options = parser.parse_args()
    world, book, readers = load_world(), codebook.load(), Readers(options.readings)
    by_family: dict[str, Totals] = {}
    words, seconds = 0, 0.0
    for family, report in annotated(options.shared, options.buckets):
        document = Document(report.id, text_version(report.text), report.text, published=report.published)
        reading = readers.read(document)
        claims = make_claims(document, reading, book)
        begin = time.perf_counter()
        article = Article.of(document, reading)
        found = chains(article, world)
        fill(claims, reading, article, found)
        seconds += time.perf_counter() - begin
        words += sum(map(len, reading.sentences))
        for name in ("all", family):
            score_report(report, article, reading, found, book, by_family.setdefault(name, Totals()))
    print(f"annotated reports of buckets {options.buckets}")
    for name, totals in by_family.items():
        print(f" {name}")
        print_reports(totals)
    if readers.seconds:
        print(f"cost: chains and fillers take {seconds / readers.seconds:.1%} of the time of reading {words:,} words")
    trees = read_conllu(options.shared / "corpora" / "ud" / "en_gum-ud-dev.conllu.gz")
    print("GUM dev, licensed genres, mentions by their heads")
    print_treebank(score_treebank((d for d in trees if d.genre in LICENSED_GENRES), readers, world))


if __name__ == "__main__":
    main()
