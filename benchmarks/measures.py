"""What the gate scores: each measure gives the counts of every document of its data sets.

The pipeline runs here, through ``polybius.run``; what is counted and how is in ``polybius.evaluation`` and, for the stages of
grounding, in the benchmarks beside this file.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training"))  # where the benchmarks beside find readers

import actors
import dates
import false_events
import linking
import places

from polybius.coding import outermost
from polybius.evaluation.annotations import AnnotatedReport, read_all, split
from polybius.evaluation.compare import compare
from polybius.evaluation.corpora import (
    coded_sources,
    read_gsr,
    read_plv,
    read_polnear,
    score_dyad,
    score_given,
    score_one_event,
    score_sources,
)
from polybius.evaluation.counts import Count, Counts
from polybius.evaluation.fields import field_budget
from polybius.evaluation.files import SPLIT, in_split
from polybius.evaluation.gold import MarkedText, from_annotated, from_reports
from polybius.evaluation.meantime import read_meantime, score_meantime
from polybius.evaluation.muc import read_muc, score_attacks
from polybius.evaluation.pairs import align
from polybius.grounding.article import Article
from polybius.grounding.coreference import chains
from polybius.records import Document, Reading, text_version
from polybius.run import Coder, ReaderLike, load

Scored = Iterator[tuple[str, str, Counts]]  # name of the set, document, counts
MUC = "corpora/events/muc34_dev_tst12.tar.gz"
MEANTIME = "corpora/events/meantime_airbus_apple.tar.gz"
PIN_BUCKET, ERRORS_BUCKET = 0, 1
ALL_FAMILIES = "all annotated reports, bucket 0"
FIELDS_LOST = "fields of annotated reports, bucket 1"
LINKED = ("pronoun", "tied", "stands")  # pronouns, tied descriptions, and listed ones that are linked to nobody else
LINK_MONTHS = ("2026-06", "2026-07")


class Remembering:
    """A reader that reads each text once: several measures are about the same texts."""

    def __init__(self, reader: ReaderLike) -> None:
        self.reader, self.fingerprint = reader, reader.fingerprint
        self.known: dict[tuple[str, str], Reading] = {}

    def read(self, document: Document, /) -> Reading:
        key = (document.id, document.version)
        if key not in self.known:
            self.known[key] = self.reader.read(document)
        return self.known[key]


@dataclass(frozen=True)
class Kit:
    """What measures need: the data, the coder, and which documents are to be scored."""

    shared: Path
    coder: Coder
    takes: Callable[[str], bool]
    made_with: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def make(cls, shared: Path, takes: Callable[[str], bool], model: Path | None = None) -> Kit:
        """With the packaged codebook and tables, and the packaged model or the one of a folder."""
        parts = load(model).parts
        coder = Coder(replace(parts, reader=Remembering(parts.reader)))
        return cls(shared, coder, takes, coder.manifest.fingerprints)

    def forget(self) -> None:
        """Drop the readings that are kept."""
        if isinstance(self.coder.parts.reader, Remembering):
            self.coder.parts.reader.known.clear()

    def code(self, document: Document) -> MarkedText:
        """What the whole pipeline makes of a document."""
        return from_reports(document, self.coder.reports(document))

    def code_text(self, id: str, text: str) -> MarkedText:
        return self.code(Document(id, text_version(text), text))

    @cached_property
    def buckets(self) -> Mapping[str, tuple[str, str, int]]:
        return split(self.shared / "corpus" / SPLIT)

    def bucket(self, id: str) -> int | None:
        """The bucket of an annotated report."""
        return self.buckets[id][2] if id in self.buckets else None

    def family(self, id: str) -> str:
        return self.buckets[id][0]

    @cached_property
    def reports(self) -> tuple[AnnotatedReport, ...]:
        """The annotated reports that score."""
        found = read_all(p for p in corpus(self.shared) if p.suffix == ".txt")
        return tuple(r for r in found if self.bucket(r.id) == PIN_BUCKET and self.takes(r.id))

    @cached_property
    def grounding(self) -> actors.Run:
        """What the benchmark of actors runs on."""
        return actors.Run(self.shared, self.coder.parts.world, self.coder.parts.reader)  # type: ignore[arg-type]


def corpus(shared: Path) -> list[Path]:
    """The files of annotated reports and their split; examples begin with a capital."""
    folder = shared / "corpus"
    return [*sorted(p for p in folder.glob("*.txt") if p.name[0].islower()), folder / SPLIT]


def annotated_texts(kit: Kit) -> list[MarkedText]:
    """All annotated reports, with their place in the split."""
    state_of = kit.coder.parts.world.state_of
    reports = read_all(p for p in corpus(kit.shared) if p.suffix == ".txt")
    return in_split([from_annotated(r, state_of) for r in reports], [kit.shared / "corpus" / SPLIT])


# --- reports of the whole pipeline ---------------------------------------------------------------------------------


def annotated(kit: Kit) -> Scored:
    """The coded reports against ours of bucket 0, families apart."""
    state_of = kit.coder.parts.world.state_of
    for report in kit.reports:
        gold = from_annotated(report, state_of, kit.family(report.id), score_only=True)
        if gold.document is not None:
            counts = compare(gold, kit.code(gold.document)).counts
            yield f"annotated {gold.family}, bucket 0", gold.id, counts
            yield ALL_FAMILIES, gold.id, counts


def lost(kit: Kit) -> Scored:
    """What becomes of each field of the reports that may be looked at."""
    for gold in annotated_texts(kit):
        if gold.document is not None and kit.bucket(gold.id) == ERRORS_BUCKET and kit.takes(gold.id):
            found = align(gold, kit.code(gold.document))
            yield FIELDS_LOST, gold.id, field_budget(gold, found)


def gsr(kit: Kit) -> Scored:
    for gold in read_gsr(kit.shared / "corpora/events/plover_gsr.json.txt"):
        if kit.takes(gold.id):
            yield "PLOVER GSR", gold.id, score_one_event(gold, kit.code_text(gold.id, gold.text))


def plv(kit: Kit) -> Scored:
    for gold in read_plv(kit.shared / "corpora/events/plv_train.tsv"):
        if kit.takes(gold.id):
            yield "PLV train", gold.id, score_dyad(gold, kit.code_text(gold.id, gold.text))


def plv_given(kit: Kit) -> Scored:
    """The type, where both sides are given; read anew, since candidates count that reports leave out."""
    reader = kit.coder.parts.reader
    coder = Coder(replace(kit.coder.parts, reader=reader.reader if isinstance(reader, Remembering) else reader))
    for gold in read_plv(kit.shared / "corpora/events/plv_train.tsv"):
        if kit.takes(gold.id):
            deeds = coder.between(gold.text, gold.actor, gold.recipient)
            event, modes = (deeds[0].event, deeds[0].modes) if deeds else (None, ())
            yield "PLV train, sides given", gold.id, score_given(gold, event, modes)


def polnear(kit: Kit) -> Scored:
    for gold in read_polnear(kit.shared / "corpora/attribution/polnear_dev.tar.gz"):
        if kit.takes(gold.id):
            document = Document(gold.id, text_version(gold.text), gold.text)
            reading = kit.coder.read(document)
            # Nothing is marked within what somebody says there.
            found = outermost(kit.coder.attributed(document, reading, kit.coder.survey(document, reading)))
            spans = [(one.named.start, one.named.end) for one in found if one.named]  # of "who said", the pronoun
            yield "PolNeAR dev", gold.id, score_sources(gold, spans)
            told = coded_sources(from_reports(document, kit.coder.reports(document)))
            yield "PolNeAR dev, sources of reports", gold.id, score_sources(gold, told)


def muc(kit: Kit) -> Scored:
    """Every fourth report: all 1,204 would take as long as everything else together."""
    for gold in read_muc(kit.shared / MUC)[::4]:
        if kit.takes(gold.id):
            yield "MUC-3/4 dev, every fourth", gold.id, score_attacks(gold, kit.code_text(gold.id, gold.text))


def meantime(kit: Kit) -> Scored:
    for gold in read_meantime(kit.shared / MEANTIME):
        if kit.takes(gold.id):
            yield "MEANTIME, Airbus and Apple", gold.id, score_meantime(gold, kit.code(gold.document))


def quiet_texts(kit: Kit) -> Scored:
    """Texts that mark no events: how many are coded, and how many of them are none."""
    verdicts = false_events.audited()
    chosen = (text for text in false_events.texts(kit.shared) if kit.takes(text.id))
    for text, found in false_events.coded(kit.coder, chosen):
        keys = [key for key, _ in found]
        counts = false_events.counts(keys, text.sentences, verdicts)
        yield text.name, text.id, {**counts, **false_events.tally(keys, verdicts)}


# --- stages of grounding, on gold mentions -------------------------------------------------------------------------


def toponyms(kit: Kit) -> Scored:
    """Only the texts that only score: those of GeoVirus with an even hash, and LGL."""
    folder = kit.shared / "corpora/place"
    chosen = [("GeoVirus, even", t) for t in places.geovirus(folder / "GeoVirus.xml.gz") if t.even]
    chosen += [("LGL", t) for t in places.lgl(folder / "lgl.xml.gz")]
    for name, text in chosen:
        if kit.takes(text.id):
            one = places.score([text], kit.coder.parts.reader, kit.coder.parts.world)  # type: ignore[arg-type]
            yield name, text.id, {
                "accuracy@161 km": Count(one.near, one.gold, one.gold),
                "end to end": Count(one.right, one.found, one.gold),
            }  # fmt: skip


def expressions(kit: Kit) -> Scored:
    """Values of matched expressions: the fifth of WikiWars that only scores, and AQUAINT."""
    folder = kit.shared / "corpora/time"
    wars = [t for t in dates.wikiwars(folder / "wikiwars.tar.gz") if dates.only_scores(t.name)]
    for name, texts in (("WikiWars, a fifth", wars), ("AQUAINT", list(dates.aquaint(folder / "aquaint.tar.gz")))):
        for text in (t for t in texts if kit.takes(t.name)):
            kinds: dict[str, dates.Score] = {}
            dates.score(text, kinds)
            yield name, text.name, {k: c for kind, s in kinds.items() for k, c in _values(kind, s).items()}


def _values(kind: str, one: dates.Score) -> Counts:
    if kind not in ("all", "DATE", "weekday"):
        return {}
    return {
        f"value of matched, {kind}": Count(one.right, one.matched, one.matched),
        f"matched, {kind}": Count(one.matched, one.gold, one.gold),
    }


def gsr_actors(kit: Kit) -> Scored:
    """Country and sector of the gold actor text of PLOVER's gold standard records."""
    for record in json.loads((kit.shared / "corpora/events/plover_gsr.json.txt").read_text(encoding="utf-8")):
        sides = [a for side in ("source", "target") for a in record.get(side) or () if isinstance(a, dict)]
        coded, text = [a for a in sides if a.get("code")], record.get("text")
        if coded and isinstance(text, str) and text.strip() and kit.takes(record["id"]):
            resolver = kit.grounding.resolver(Document(record["id"], text_version(text), text))
            counts: Counter[str] = Counter()
            for actor in coded:
                actors.score_draft(kit.grounding, counts, actor, text, resolver)
            yield "PLOVER GSR, gold actors", record["id"], _codes(counts)


def fillers(kit: Kit) -> Scored:
    """Country and sector of the fillers of annotated reports, whatever was coded."""
    for report in kit.reports:
        document = Document(
            report.id, text_version(report.text), report.text, title=report.title, published=report.published
        )
        resolver, counts = kit.grounding.resolver(document), Counter[str]()
        actors.score_fillers(counts, actors.fillers(kit.grounding, report), resolver)
        yield f"gold fillers of {kit.family(report.id)}, bucket 0", report.id, _codes(counts)


def _codes(counts: Counter[str]) -> Counts:
    sizes = ((kind, counts[f"right {kind}"], counts[kind]) for kind in ("codes", "sectors"))
    return {kind: Count(right, size, size) for kind, right, size in sizes}


def links(kit: Kit) -> Scored:
    """Pronouns and descriptions of annotated reports: linked to the right entity or not."""
    for report in kit.reports:
        document = Document(
            report.id, text_version(report.text), report.text, title=report.title, published=report.published
        )
        article = Article.of(document, kit.coder.parts.reader.read(document))
        found = linking.tally(report, article, chains(article, kit.coder.parts.world))
        kinds = {kind for kind, _ in found}
        counts = {kind: (found[kind, True], found[kind, True] + found[kind, False]) for kind in kinds}
        whole = [counts.get(kind, (0, 0)) for kind in LINKED]
        counts["or stands for itself"] = (sum(r for r, _ in whole), sum(n for _, n in whole))
        yield f"links in {kit.family(report.id)}, bucket 0", report.id, {
            f"linked, {kind}": Count(right, size, size) for kind, (right, size) in sorted(counts.items())
        }  # fmt: skip


def linked_names(kit: Kit) -> Scored:
    """Linked names of the last two months of digests: country and kind."""
    texts = {r.text: r for r, _ in actors.reports(kit.grounding)}
    for number, digest in enumerate(actors.digests(kit.shared)):
        report = texts.get(digest["text"])
        if digest["date"][:7] in LINK_MONTHS and report is not None and kit.takes(f"{number}"):
            found = list(actors.judged(kit.grounding, report, digest))
            wrong = sum(f.status == "resolved" and not (code and kind) for f, code, kind in found)
            yield "linked names, June and July 2026", f"{number}", {
                "right country and kind": Count(sum(c and k for _, c, k in found), len(found), len(found)),
                "not resolved wrongly": Count(len(found) - wrong, len(found), len(found)),
            }  # fmt: skip


# --- all of them ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with the files that it reads, relative to the folder of the data."""

    name: str
    run: Callable[[Kit], Scored]
    needs: tuple[str, ...] = ()
    annotated: bool = False

    def files(self, shared: Path) -> list[Path]:
        return [*(corpus(shared) if self.annotated else ()), *(shared / name for name in self.needs)]


DIGESTS = "corpora/news/wikipedia_current_events_2025-09_2026-07.jsonl.gz"
# Those of annotated reports come first: they share readings.
MEASURES = (
    Measure("annotated reports", annotated, annotated=True),
    Measure("fillers", fillers, annotated=True),
    Measure("links", links, annotated=True),
    Measure("names", linked_names, (DIGESTS,), annotated=True),
    Measure("fields", lost, annotated=True),
    Measure("GSR", gsr, ("corpora/events/plover_gsr.json.txt",)),
    Measure("actors of GSR", gsr_actors, ("corpora/events/plover_gsr.json.txt",)),
    Measure("PLV", plv, ("corpora/events/plv_train.tsv",)),
    Measure("PLV, sides given", plv_given, ("corpora/events/plv_train.tsv",)),
    Measure("PolNeAR", polnear, ("corpora/attribution/polnear_dev.tar.gz",)),
    Measure("MUC", muc, (MUC,)),
    Measure("MEANTIME", meantime, (MEANTIME,)),
    Measure("false events", quiet_texts, (false_events.CROSSNER, false_events.GUM)),
    Measure("dates", expressions, ("corpora/time/wikiwars.tar.gz", "corpora/time/aquaint.tar.gz")),
    Measure("places", toponyms, ("corpora/place/GeoVirus.xml.gz", "corpora/place/lgl.xml.gz")),
)
