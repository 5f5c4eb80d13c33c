"""Who is who: linked names of news digests, PLOVER's gold standard records, annotated reports, hostile strings, and the cost.

usage: python benchmarks/actors.py [--shared FOLDER] [--only links|gsr|reports|hostile|cost] [--months 2026-06 2026-07]
                                   [--buckets 0] [--actors TABLE.tsv.gz]

Only totals are printed. A code is right if it is the gold one (no country where the gold says NA); a sector if our first one is among
the gold ones, and none where the gold has none. Dependencies count as the state to which they belong, as PLOVER has it. The kind of a
linked name is the class of its sectors: state, armed, politics, society, none; it is right where ours and the gold share one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import resource
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polybius.evaluation import annotations
from polybius.grounding.actors import ActorResolver
from polybius.grounding.article import Article
from polybius.grounding.coreference import chains
from polybius.reader import Reader
from polybius.reader import load as load_reader
from polybius.records import Actor, Document, Grounding, Reading, Sentence, Span, text_version
from polybius.reference import World, load

CLASSES = {
    **dict.fromkeys(("GOV", "MIL", "COP", "JUD", "LEG", "SPY"), "state"),
    **dict.fromkeys(("REB", "PRM", "UAF", "CRM"), "armed"),
    **dict.fromkeys(("ELI", "OPP", "PTY"), "politics"),
}
# The 0.5 draft codes the UN and the EU as IGO, and writes a few sectors in another way.
DRAFT_CODES = {"UNO": "IGO", "EUR": "IGO", "JAP": "JPN"}
DRAFT_SECTORS = {"CIV": "CVL", "MOS": "REL", "INS": "REB", "SEP": "REB", "HLH": "MED"}
SECTORS = frozenset(
    "AGR BUS COP CRM CVL EDU ELI GOV JRN JUD LAB LEG MED MIL OPP PRE PRM PTY REB REF REL SOC SPY UAF UNK".split()
)


SEVERAL = Actor("several", "several")  # an answer that is wrong for any one entity


@dataclass(slots=True)
class Run:
    """What all measures need."""

    shared: Path
    world: World
    reader: Reader

    def resolver(self, document: Document) -> ActorResolver:
        article = Article.of(document, self.reader.read(document))
        return ActorResolver(article, self.world, chains(article, self.world))


@dataclass(frozen=True, slots=True)
class Gold:
    """A mention and what annotators say that it is. ``tied``: a pronoun or description that they tied to a name."""

    span: Span
    code: str | None
    sectors: tuple[str, ...]
    tied: bool


def reports(run: Run) -> Iterator[tuple[annotations.AnnotatedReport, int]]:
    split = annotations.split(run.shared / "corpus" / "SPLIT.tsv")
    for report in annotations.read_all(sorted((run.shared / "corpus").glob("*-*.txt"))):
        if report.id in split:
            yield report, split[report.id][2]


def entity(run: Run, found: annotations.AnnotatedEntity) -> tuple[str | None, tuple[str, ...]]:
    code = None if found.code == "NA" else run.world.state_of({"XKX": "KOS"}.get(found.code, found.code))
    return code, tuple(s for s in found.sectors if s != "-")


def by_mention(report: annotations.AnnotatedReport) -> dict[str, list[annotations.AnnotatedEntity]]:
    out: dict[str, list[annotations.AnnotatedEntity]] = {}
    for found in report.entities:
        for mention in dict.fromkeys((found.name, *found.mentions)):
            out.setdefault(mention, []).append(found)
    return out


# --- linked names


def links(run: Run, months: tuple[str, ...]) -> None:
    texts = {r.text: r for r, _ in reports(run)}
    counts: Counter[str] = Counter()
    for digest in digests(run.shared):
        report = texts.get(digest["text"])
        if digest["date"][:7] in months and report is not None:
            for found, right_code, right_kind in judged(run, report, digest):
                answer = found.status if found.target is not None else "not_found"
                counts["links"] += 1
                counts[answer] += 1
                counts["right"] += right_code and right_kind
                counts["right country"] += right_code
                counts["wrong, certain"] += found.status == "resolved" and not (right_code and right_kind)
                counts["wrong, all answers"] += found.target is not None and not (right_code and right_kind)
    total = counts["links"]
    print(
        f"linked names of {' '.join(months)}: "
        + ", ".join(f"{k} {v} ({v / max(total, 1):.1%})" for k, v in counts.items())
    )


def digests(shared: Path) -> list[dict[str, Any]]:
    path = next((shared / "corpora" / "news").glob("wikipedia_current_events_*.jsonl.gz"))
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def judged(
    run: Run, report: annotations.AnnotatedReport, digest: dict[str, Any]
) -> Iterator[tuple[Grounding[Actor], bool, bool]]:
    """Every link whose text is a name or mention of one annotated actor."""
    mentions = by_mention(report)
    document = Document(report.id, text_version(report.text), report.text, published=report.published)
    resolver: ActorResolver | None = None
    for begin, end, _ in digest["links"]:
        gold = mentions.get(report.text[begin:end], [])
        if len(gold) == 1 and gold[0].code != "NA":
            resolver = resolver or run.resolver(document)
            found = resolver.resolve(Span(begin, end))
            code, sectors = entity(run, gold[0])
            target = found.target
            yield (
                found,
                target is not None and target.code == code,
                target is not None and bool(kinds(target.sectors) & kinds(sectors)),
            )


def kinds(sectors: tuple[str, ...]) -> set[str]:
    return {CLASSES.get(s, "society") for s in sectors} or {"none"}


# --- PLOVER's gold standard records


def gsr(run: Run) -> None:
    counts: Counter[str] = Counter()
    for record in json.loads((run.shared / "corpora" / "events" / "plover_gsr.json.txt").read_text(encoding="utf-8")):
        text = record.get("text") or ""
        actors = [
            a
            for side in ("source", "target")
            for a in (record.get(side) or ())
            if isinstance(a, dict) and a.get("code")
        ]
        if isinstance(text, str) and text.strip() and actors:
            document = Document(record["id"], text_version(text), text)
            resolver = run.resolver(document)
            for actor in actors:
                score_draft(run, counts, actor, text, resolver)
    show("PLOVER GSR", counts)


def score_draft(run: Run, counts: Counter[str], actor: dict[str, str], text: str, resolver: ActorResolver) -> None:
    span = located(actor["actorText"].strip(), text)
    target = resolver.resolve(span).target if span is not None else None
    code = DRAFT_CODES.get(actor["code"], actor["code"])
    ours = DRAFT_CODES.get(target.code or "", target.code) if target is not None else None
    counts["codes"] += 1
    counts["right codes"] += ours == code
    sector = actor.get("sector", "")[:3]
    sector = DRAFT_SECTORS.get(sector, sector)
    if sector in SECTORS and (code, sector) != ("IGO", "GOV"):  # which the draft puts on every such organisation
        counts["sectors"] += 1
        counts["right sectors"] += target is not None and sector in target.sectors


def located(phrase: str, text: str) -> Span | None:
    """Where a phrase stands in a text, whatever blanks there are; None where it was put together by hand."""
    match = re.search(r"\s+".join(map(re.escape, phrase.split())), text)
    return Span(match.start(), match.end()) if match else None


def show(what: str, counts: Counter[str]) -> None:
    for kind in ("codes", "sectors"):
        right, total = counts[f"right {kind}"], counts[kind]
        print(f"{what}: {kind} {right}/{total} = {right / max(total, 1):.1%}")


# --- annotated reports


def annotated(run: Run, buckets: tuple[int, ...]) -> None:
    for tied in (False, True):
        counts: Counter[str] = Counter()
        for report, bucket in reports(run):
            if bucket in buckets:
                document = Document(
                    report.id, text_version(report.text), report.text, title=report.title, published=report.published
                )
                resolver = run.resolver(document)
                score_fillers(counts, [gold for gold in fillers(run, report) if gold.tied <= tied], resolver)
        show(f"annotated reports, buckets {buckets}, {'all fillers' if tied else 'fillers that name somebody'}", counts)


def score_fillers(counts: Counter[str], found: Iterable[Gold], resolver: ActorResolver) -> None:
    """Score the entities of each phrase; of several parties that we see in it, each may answer for one entity only."""
    by_span: dict[Span, list[Gold]] = {}
    for gold in found:
        by_span.setdefault(gold.span, []).append(gold)
    for span, golds in by_span.items():
        for gold, target in paired(golds, answers(span, resolver)):
            score(counts, gold, target)


def answers(span: Span, resolver: ActorResolver) -> list[Actor | None]:
    """Whom we see in a phrase."""
    return [g.target for g in resolver.parties(span) or (resolver.resolve(span),)]


def paired(golds: list[Gold], ours: list[Actor | None]) -> Iterator[tuple[Gold, Actor | None]]:
    """Each entity with our answer for it: the one answer that there is, else one that no other entity has."""
    left = list(ours)
    for gold in golds:
        best = next((a for a in left if a is not None and a.code == gold.code), left[0] if left else None)
        too_many = len(ours) > len(golds) and len({a.code for a in ours if a is not None}) > 1
        yield gold, SEVERAL if too_many else best
        if len(ours) > 1 and best in left:
            left.remove(best)


def score(counts: Counter[str], gold: Gold, target: Actor | None) -> None:
    ours = target.sectors if target is not None else ()
    counts["codes"] += 1
    counts["right codes"] += (target.code if target is not None else None) == gold.code
    counts["sectors"] += 1
    counts["right sectors"] += ours[0] in gold.sectors if ours else not gold.sectors


def fillers(run: Run, report: annotations.AnnotatedReport) -> Iterator[Gold]:
    """Every quoted filler of actor, recipient and by, once for each entity; those of which nobody says who they are, are left out."""
    mentions, names = by_mention(report), {e.name: e for e in report.entities}
    seen: set[tuple[tuple[int, int], str]] = set()
    for event in report.events:
        for filler in (
            f for role in ("actor", "recipient", "by") for f in event.roles.get(role, ()) if f.span is not None
        ):
            assert filler.span is not None
            found = (
                [names[filler.entity]] if filler.entity in names else mentions.get(report.text[slice(*filler.span)], [])
            )
            if len(found) == 1 and (filler.span, found[0].name) not in seen:
                seen.add((filler.span, found[0].name))
                yield Gold(Span(*filler.span), *entity(run, found[0]), filler.entity is not None)


# --- hostile strings, cost


def hostile(run: Run, number: int = 10_000) -> None:
    rng = random.Random(0)
    for _ in range(number):
        document, reading = strange(rng)
        article = Article.of(document, reading)
        resolver = ActorResolver(article, run.world)
        for sentence in reading.sentences:
            first, last = sorted((rng.randrange(len(sentence)), rng.randrange(len(sentence))))
            resolver.resolve(Span(sentence.starts[first], sentence.ends[last]))
        resolver.resolve(Span(rng.randrange(60), 60 + rng.randrange(60)))
    print(f"hostile: {number} random strings without an exception")


PIECES = ("the", "of", "US", "U.S.", "Путин", "محمد", "Łódź", "al-Assad", "KIM JONG UN", "São", "x" * 200, "'s", "-", "’", "7", "King", "police",
          "Kim", "Israeli", "former", "ex-president", "\u200b", "🙂", "UN", "and", ",", "(", "he", "their", "minister", "Jean-Luc", "O'Brien", "İ")  # fmt: skip


def strange(rng: random.Random) -> tuple[Document, Reading]:
    """A text of random words and characters with a random parse."""
    words = [rng.choice(PIECES) if rng.random() < 0.7 else "".join(chr(rng.randrange(33, 0x2FFF)) for _ in range(rng.randrange(1, 9)))
             for _ in range(rng.randrange(1, 14))]  # fmt: skip
    text = " ".join(words)
    starts = [sum(len(w) + 1 for w in words[:k]) for k in range(len(words))]
    ends = [s + len(w) for s, w in zip(starts, words, strict=True)]
    size = len(words)
    tags = tuple(rng.choice(("NOUN", "PROPN", "ADJ", "PRON", "DET", "VERB", "ADP", "NUM", "PUNCT")) for _ in words)
    heads = tuple(rng.randrange(-1, size) for _ in words)
    sentence = Sentence(
        0, Span(0, len(text)), tuple(words), tuple(starts), tuple(ends), tuple(w.lower() for w in words), tags, ("_",) * size, heads, ("dep",) * size
    )  # fmt: skip
    names = tuple(annotated_name(rng, starts, ends) for _ in range(rng.randrange(3)))
    return Document("h", text_version(text), text), Reading("h", (sentence,), names)


def annotated_name(rng: random.Random, starts: list[int], ends: list[int]) -> Any:
    from polybius.records import Name

    first, last = sorted((rng.randrange(len(starts)), rng.randrange(len(starts))))
    return Name(Span(starts[first], ends[last]), rng.choice(("PERSON", "ORG", "PLACE", "MISC")), 0)


def cost(run: Run, number: int = 300) -> None:
    begin = time.perf_counter()
    load()
    print(f"cost: tables load in {(time.perf_counter() - begin) * 1000:.0f} ms, {len(run.world.table)} actors")
    reading = resolving = 0.0
    for report, bucket in reports(run):
        if bucket == 1 and number:
            number -= 1
            document = Document(report.id, text_version(report.text), report.text, published=report.published)
            times = [time.perf_counter()]
            read = run.reader.read(document)
            times.append(time.perf_counter())
            article = Article.of(document, read)
            linked = chains(article, run.world)
            times.append(time.perf_counter())
            resolver = ActorResolver(article, run.world, linked)
            for gold in fillers(run, report):
                resolver.resolve(gold.span)
            times.append(time.perf_counter())
            reading += times[1] - times[0]
            resolving += times[3] - times[2]
    print(f"cost: resolving actors takes {resolving / reading:.1%} of the time of reading, without coreference")
    print(f"cost: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most, with the reader")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--only", nargs="*", default=["links", "gsr", "reports", "hostile", "cost"])
    parser.add_argument("--months", nargs="*", default=["2026-06", "2026-07"])
    parser.add_argument("--buckets", nargs="*", type=int, default=[0])
    parser.add_argument("--actors", type=Path)
    args = parser.parse_args()
    run = Run(args.shared, load(actors=args.actors), load_reader())
    measures = {
        "links": lambda: links(run, tuple(args.months)),
        "gsr": lambda: gsr(run),
        "reports": lambda: annotated(run, tuple(args.buckets)),
        "hostile": lambda: hostile(run),
        "cost": lambda: cost(run),
    }
    for name in args.only:
        measures[name]()


if __name__ == "__main__":
    main()
