"""How well reports come together: mentions of one event within an article, articles on one incident, mentions across articles.

usage: PYTHONPATH=training python benchmarks/assembly.py [--part within incidents ecb] [--shared DIR] [--bucket 0] [--limit N]
       [--readings FILE ...] [--seen FILE]

Within articles: the annotated mentions of a bucket, with their annotated fillers and everything else as coded. Incidents: documents that
share an event, against those of one gold incident. ECB+: the gold mentions of its development topics (see mentions.py). Beside each stand
singletons, same type and day, and same word or lemma. Prints totals only.
Readings may come from pickles of id → (Document, Reading), which saves the time of reading; what was seen in ECB+ is kept in --seen.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import hashlib
import json
import pickle
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from ecb import DEV, articles
from linking import gold_claims
from mentions import Seen, look, scores, told

from polybius.assembly import Source, assemble
from polybius.coding.incidents import date_of, incidents
from polybius.evaluation.annotations import AnnotatedReport, read_all, split
from polybius.grounding import fill
from polybius.records import Claim, Document, Groundings, Reading, text_version
from polybius.run import Coder, load

REPOSITORY = Path(__file__).resolve().parent.parent
STEM = 5
PARTS = ("within", "incidents", "ecb")
Links = set[tuple[str, str]]
Groups = Mapping[str, Sequence[Iterable[str]]]  # by method


@dataclass(slots=True)
class Tally:
    """Pairs that are linked, rightly linked, and to be linked."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, found: Links, wanted: Links) -> None:
        self.right += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.wanted)
        f1 = 2 * self.right / max(1, self.found + self.wanted)
        return f"F1 {f1:6.1%}  P {precision:6.1%}  R {recall:6.1%}  {self.right} right of {self.found}, {self.wanted} wanted"


def links(groups: Iterable[Iterable[str]]) -> Links:
    """The pairs within groups."""
    return {pair for group in groups for pair in combinations(sorted(set(group)), 2)}


def grouped(labels: Iterable[tuple[Hashable, str]]) -> list[list[str]]:
    """Members by label."""
    found: defaultdict[Hashable, list[str]] = defaultdict(list)
    for label, member in labels:
        found[label].append(member)
    return list(found.values())


def word(text: str) -> str:
    return text.lower().partition(" ")[0][:STEM]


# --- within an article -----------------------------------------------------------------------------------------------


def within(reports: Iterable[AnnotatedReport], coder: Coder, readings: Mapping[str, Reading]) -> dict[str, Tally]:
    """The tallies of each method."""
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for report in reports:
        wanted = links(grouped((event.incident, str(at)) for at, event in enumerate(report.events)))
        for method, labels in mentions(report, coder, readings).items():
            tallies[method].add(links(grouped(zip(labels, map(str, range(len(labels))), strict=True))), wanted)
    return dict(tallies)


def mentions(report: AnnotatedReport, coder: Coder, readings: Mapping[str, Reading]) -> dict[str, list[Hashable]]:
    """The label of each annotated mention, in their order, by each method."""
    document = Document(
        report.id, text_version(report.text), report.text, title=report.title, published=report.published
    )
    reading = readings.get(report.id) or coder.read(document)
    seen = coder.survey(document, reading)
    marked, _ = gold_claims(report, seen.article)
    claims = fill(tuple(marked), reading, seen.article, seen.chains)
    groundings = coder.ground(document, reading, claims, seen=seen)
    order = sorted(range(len(claims)), key=lambda at: (claims[at].trigger, claims[at].event))
    names = incidents(document.text, [claims[at] for at in order], groundings)
    system = dict(zip(order, names, strict=True))
    return {
        "incident": [system[at] for at in range(len(claims))],
        "singletons": list(range(len(claims))),
        "same type and day": [(claim.event, day(claim, groundings)) for claim in claims],
        "same word": [(claim.event, word(claim.trigger.of(document.text))) for claim in claims],
    }


def day(claim: Claim, groundings: Groundings) -> dt.date | None:
    found = date_of(claim, groundings.dates)
    return found.start if found else None


# --- across articles -------------------------------------------------------------------------------------------------


def incident_documents(path: Path, limit: int | None) -> Iterator[tuple[Document, str]]:
    """Documents with their incidents; incidents are in the order of a hash, so that a limit takes whole ones."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows.sort(key=lambda row: (hashlib.sha256(row["incident"].encode()).hexdigest(), row["doc_id"]))
    for row in rows[:limit]:
        text, date = row["text"], dt.date.fromisoformat(row["dct"])
        yield (
            Document(row["doc_id"], text_version(text), text, row["uri"], title=row["title"], published=date),
            row["incident"],
        )


def across(found: Sequence[tuple[Source, str]]) -> dict[str, Tally]:
    """The tallies of each method over documents with gold incidents."""
    wanted = links(grouped((incident, source.document.id) for source, incident in found))
    events = assemble(source for source, _ in found).events
    told = [
        (report, source.document.id) for source, _ in found for report in source.reports if report.status == "actual"
    ]
    methods: Groups = {
        "events": [[name.rpartition("#")[0] for name in e.reports] for e in events if e.status == "actual"],
        "singletons": [],
        "same type and day": grouped(((report.event, report.date.start), id) for report, id in told),
        "same word": grouped(((report.event, word(report.trigger.text)), id) for report, id in told),
    }
    tallies = {method: Tally() for method in methods}
    for method, groups in methods.items():
        tallies[method].add(links(groups), wanted)
    return tallies


# --- mentions across articles --------------------------------------------------------------------------------------------


def ecb(folder: Path, seen: Path | None) -> None:
    """The scores of each method on the development topics of ECB+."""
    found = list(looked(folder, seen))
    mentions = [mention for one in found for mention in told(one)]
    covered = sum(mention.covered for mention in mentions)
    vectors = sum(bool(mention.account.vector) for mention in mentions)
    print(f"\nECB+, {len(found)} articles, {len(mentions)} gold mentions: {covered} coded, {vectors} with a vector")
    for several, title in ((False, "all clusters"), (True, "clusters of several mentions only")):
        print(f"  {title}")
        for method, (total, tallies) in scores(mentions, several).items():
            parts = "  ".join(f"{name} {tally.f1:.1%}" for name, tally in tallies.items())
            print(f"    {method:28} CoNLL F1 {total:6.1%}  {parts}")


def looked(folder: Path, seen: Path | None) -> Iterable[Seen]:
    """What was seen in the articles, from a pickle if there is one."""
    if seen is not None and seen.exists():
        return list(pickle.loads(seen.read_bytes()).values())
    found = list(look(articles(folder, DEV), load()))
    if seen is not None:
        seen.write_bytes(pickle.dumps({one[0].document.id: one for one in found}))
    return found


# --- all of it ---------------------------------------------------------------------------------------------------------


def print_tallies(title: str, tallies: Mapping[str, Tally]) -> None:
    print(f"\n{title}")
    for method, tally in tallies.items():
        print(f"  {method:20} {tally}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=REPOSITORY.parent / "shared")
    parser.add_argument("--bucket", type=int, default=0, help="which annotated reports (default 0)")
    parser.add_argument("--limit", type=int, help="so many documents with incidents (default all)")
    parser.add_argument("--part", nargs="*", choices=PARTS, default=PARTS, help="what to score (default all)")
    parser.add_argument("--seen", type=Path, help="pickle of what was seen in ECB+; made if it is not there")
    parser.add_argument("--readings", type=Path, nargs="*", default=[], help="pickles of readings")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    crossdoc = options.shared / "corpora" / "crossdoc"
    if "within" in options.part:
        within_articles(options, load())
    if "incidents" in options.part:
        rows = incident_documents(crossdoc / "gva_until_2014.jsonl.gz", options.limit)
        coder = load()
        coded = [(Source(document, coder.reports(document)), incident) for document, incident in rows]
        print_tallies(f"documents on one incident ({len(coded)})", across(coded))
    if "ecb" in options.part:
        ecb(crossdoc, options.seen)


def within_articles(options: argparse.Namespace, coder: Coder) -> None:
    readings: dict[str, Reading] = {}
    for path in options.readings:
        readings |= {id: reading for id, (_, reading) in pickle.loads(path.read_bytes()).items()}
    corpus = options.shared / "corpus"
    buckets = split(corpus / "SPLIT.tsv")
    files = [path for path in sorted(corpus.glob("*.txt")) if path.name != "EXAMPLE.txt"]
    chosen = [r for r in read_all(files) if r.id in buckets and buckets[r.id][2] == options.bucket]
    families = Counter(buckets[report.id][0] for report in chosen)
    title = ", ".join(f"{n} {family}" for family, n in sorted(families.items()))
    print_tallies(f"mentions of one event, bucket {options.bucket} ({title})", within(chosen, coder, readings))


if __name__ == "__main__":
    main()
