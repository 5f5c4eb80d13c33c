"""The reader's report card: scores on held-out data, with data, licences, configuration and fingerprints.

usage: report_card.py [--model DIR] [--shared DIR] [--out DIR]     writes card.json and card.md

Everything is read from raw text. Errors are never shown, only totals: bucket 0 of the split is for scores alone.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import io
import json
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from conllu import GoldDocument, documents, gold_conllu, system_conllu
from data import set_aside
from scoring import FrameScores, score_frames, score_names

from polybius.evaluation.annotations import ROLES, STATUSES, TYPES, AnnotatedReport, read_all, split
from polybius.evaluation.counts import Count, Counts, merge, total
from polybius.records import Document, Name, Reading, text_version

HERE = Path(__file__).resolve().parent
Scores = dict[str, Any]
Span = tuple[int, int]

LICENSED = ("news", "interview", "bio", "voyage", "court", "academic")  # genres of GUM that the reader is trained on
WRITTEN = ("news", "bio", "voyage", "academic", "essay", "fiction", "letter", "textbook", "whow")
UD_METRICS = ("Tokens", "Sentences", "Words", "UPOS", "UFeats", "Lemmas", "UAS", "LAS")
UNER_KINDS: Mapping[str, str] = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}
FAMILIES = ("digest", "story", "synthetic")
BUCKETS = (0, 1)

# Score, by its path in the card → the least that it must be.
TARGETS: Mapping[str, float] = {
    "ud/EWT dev/LAS": 85,
    "ud/EWT dev, gold words and sentences/LAS": 88,
    "ud/GUM dev, licensed genres/LAS": 85,
    "ud/GUM dev, all written genres/Sentences": 90,
    "ud/GUM dev, licensed written genres/Sentences": 90,
    "names/UNER EWT dev, set aside/all/f1": 80,
    **{f"frames/{f}, bucket 0/trigger and type/f1": n for f, n in zip(FAMILIES, (77, 60, 62), strict=True)},
    **{f"frames/{f}, bucket 0/type, actor and recipient/f1": n for f, n in zip(FAMILIES, (42, 26, 27), strict=True)},
    **{f"frames/{f}, bucket 0/roles/actor/f1": 78 for f in FAMILIES},
    **{f"frames/{f}, bucket 0/roles/recipient/f1": 74 for f in FAMILIES},
    **{f"frames/{f}, bucket 0/status accuracy": 92 for f in FAMILIES},
}


class Reads(Protocol):
    """What is scored: anything that reads like polybius.reader.Reader."""

    fingerprint: str

    def read(self, document: Document) -> Reading: ...


Parse = Callable[[GoldDocument], Reading]


def percent(value: float) -> float:
    return round(100 * value, 2)


def shown(count: Count) -> Scores:
    """A count as percentages, with the number of gold items."""
    f1, precision, recall = map(percent, (count.f1, count.precision, count.recall))
    return {"f1": f1, "precision": precision, "recall": recall, "gold": count.gold}


# --- trees ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Read:
    """A gold document and what the reader made of its raw text."""

    gold: GoldDocument
    reading: Reading


def read_treebank(reader: Reads, gold: Iterable[GoldDocument]) -> list[Read]:
    """Read the raw text of each document."""
    return [Read(d, reader.read(Document(d.id, text_version(d.text), d.text))) for d in gold]


def ud_scores(read: Sequence[Read]) -> Scores:
    """F1 of each metric as in the CoNLL 2018 shared task; LAS also as accuracy on the words that were found."""
    udeval: Any = importlib.import_module("udtools.udeval")  # scoring only; it has no types
    gold = udeval.load_conllu(io.StringIO("".join(gold_conllu(r.gold) for r in read)), "gold", {})
    system = udeval.load_conllu(io.StringIO("".join(system_conllu(r.reading, r.gold.text) for r in read)), "system", {})
    scores = udeval.evaluate(gold, system)
    f1 = {metric: percent(scores[metric].f1) for metric in UD_METRICS}
    return {
        **f1,
        "LAS of found words": percent(scores["LAS"].aligned_accuracy or 0),
        "words": scores["Words"].gold_total,
    }


def treebank_scores(ewt: Sequence[Read], gum: Sequence[Read], parsed: Sequence[Read] = ()) -> Scores:
    """EWT whole; ``parsed`` is EWT read with gold words; GUM by groups of genres, then by genre."""
    genres = sorted({r.gold.genre for r in gum}, key=lambda g: (g not in LICENSED, g))
    groups = {
        "EWT dev": ewt,
        "EWT dev, gold words and sentences": parsed,
        "GUM dev, licensed genres": [r for r in gum if r.gold.genre in LICENSED],
        "GUM dev, licensed written genres": [r for r in gum if r.gold.genre in LICENSED and r.gold.genre in WRITTEN],
        "GUM dev, all written genres": [r for r in gum if r.gold.genre in WRITTEN],
        "GUM dev, other genres (not trained on)": [r for r in gum if r.gold.genre not in LICENSED],
        **{f"GUM dev, {genre}": [r for r in gum if r.gold.genre == genre] for genre in genres},
    }
    return {name: ud_scores(group) for name, group in groups.items() if group}


# --- names ---------------------------------------------------------------------------------------------------------

GoldNames = Mapping[str, list[tuple[int, int, str]]]  # id of a sentence → first and last word, kind


def read_uner(path: Path) -> dict[str, list[tuple[int, int, str]]]:
    """Names of every sentence of a Universal NER file."""
    out: dict[str, list[tuple[int, int, str]]] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.split("\n")
        name = next((line.partition("=")[2].strip() for line in lines if line.startswith("# sent_id")), None)
        if name is not None:
            out[name] = list(runs([line.split("\t")[2] for line in lines if line[:1].isdigit()]))
    return out


def runs(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """First and last position and kind of each B-I-I run; kinds that the reader does not know are left out."""
    for i, label in enumerate(labels):
        if label.startswith("B-") and label[2:] in UNER_KINDS:
            last = i
            while last + 1 < len(labels) and labels[last + 1] == f"I-{label[2:]}":
                last += 1
            yield i, last, UNER_KINDS[label[2:]]


def name_counts(read: Read, names: GoldNames) -> Counts:
    """Names of one document. A kind that the gold never marks is not held against the reader."""
    gold: list[tuple[Span, str]] = [
        ((s.words[a][0], s.words[b][1]), kind) for s in read.gold.sentences for a, b, kind in names.get(s.id, ())
    ]
    found: list[Name] = [n for n in read.reading.names if n.kind in UNER_KINDS.values()]
    return score_names(found, gold)


def name_scores(ewt: Sequence[Read], names: GoldNames) -> Scores:
    """On the documents set aside, and over all."""

    def scores(read: Iterable[Read]) -> Scores:
        counts: Counts = {}
        for one in read:
            counts = merge(counts, name_counts(one, names))
        return {"all": shown(total(counts)), **{kind: shown(counts[kind]) for kind in sorted(counts)}}

    return {
        "UNER EWT dev, set aside": scores(r for r in ewt if set_aside(r.gold.id)),
        "UNER EWT dev, all (nine tenths trained on)": scores(ewt),
    }


# --- frames --------------------------------------------------------------------------------------------------------


def report_frames(reader: Reads, report: AnnotatedReport) -> FrameScores:
    """Scores of one annotated report."""
    document = Document(
        report.id, text_version(report.text), report.text, title=report.title, published=report.published
    )
    return score_frames(reader.read(document).frames, report.events)


def frame_scores(reader: Reads, reports: Iterable[AnnotatedReport], places: Mapping[str, tuple[str, int]]) -> Scores:
    """Totals by family and bucket; ``places`` says where a report belongs, others are not read."""
    sums: dict[tuple[int, str], FrameScores] = {}
    for report in reports:
        family, bucket = places.get(report.id, ("", -1))
        if bucket in BUCKETS:
            key = (bucket, family)
            sums[key] = sums.get(key, FrameScores()) + report_frames(reader, report)
    order = [(b, f) for b in BUCKETS for f in FAMILIES if (b, f) in sums]
    return {f"{family}, bucket {bucket}": frame_row(sums[bucket, family]) for bucket, family in order}


def frame_row(scores: FrameScores) -> Scores:
    """Everything that the card says of one set of reports."""
    return {
        "trigger and type": shown(scores.trigger_and_type),
        "macro-F1 over types": percent(scores.macro_f1),
        "type, actor and recipient": shown(scores.sides),
        "status accuracy": percent(scores.status_accuracy),
        "mode accuracy": percent(scores.mode_accuracy),
        "roles": in_order(scores.roles, ROLES),
        "statuses": in_order(scores.statuses, STATUSES),
        "types": in_order(scores.types, TYPES),
    }


def in_order(counts: Counts, keys: Iterable[str]) -> Scores:
    """Counts in the order of a closed list."""
    return {key: shown(counts[key]) for key in keys if key in counts}


# --- the card ------------------------------------------------------------------------------------------------------


def make_card(reader: Reads, shared: Path, parse: Parse | None = None) -> Scores:
    """Read and score everything; the same model and data give the same card. ``parse`` is given gold words."""
    ud, uner = shared / "corpora" / "ud", shared / "corpora" / "ner" / "uner_ewt-dev.iob2"
    gold = [ud / "en_ewt-ud-dev.conllu.gz", ud / "en_gum-ud-dev.conllu.gz"]
    annotated = sorted(p for p in (shared / "corpus").glob("*.txt") if p.name[0].islower())
    table = shared / "corpus" / "SPLIT.tsv"
    ewt, gum = (read_treebank(reader, documents(path)) for path in gold)
    parsed = [Read(r.gold, parse(r.gold)) for r in ewt] if parse else []
    places = {name: (family, bucket) for name, (family, _, bucket) in split(table).items()}
    scores = {
        "ud": treebank_scores(ewt, gum, parsed),
        "names": name_scores(ewt, read_uner(uner)),
        "frames": frame_scores(reader, read_all(annotated), places),
    }
    return {
        "fingerprint": reader.fingerprint,
        "targets": target_rows(scores),
        "scores": scores,
        "data": tomllib.loads((HERE / "sources.toml").read_text(encoding="utf-8"))["source"],
        "config": tomllib.loads((HERE / "config.toml").read_text(encoding="utf-8")),
        "gold": {path.name: file_hash(path) for path in [*gold, uner, *annotated, table]},
    }


def file_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def target_rows(scores: Scores) -> list[Scores]:
    """Each target with the score that it is about; a score that was not measured is None."""
    rows = []
    for path, least in TARGETS.items():
        score = look_up(scores, path.split("/"))
        rows.append({"score": path, "least": least, "reached": score, "met": score is not None and score >= least})
    return rows


def look_up(scores: Scores, keys: Sequence[str]) -> float | None:
    found: Any = scores
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, (int, float)) else None


# --- Markdown ------------------------------------------------------------------------------------------------------


def table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell(c) for c in line) + " |" for line in lines) + "\n"


def cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.1f}"
    return "" if value is None else str(value).replace("|", "\\|")


def columns(rows: Mapping[str, Scores], take: Callable[[Scores], Mapping[str, Any]]) -> str:
    """A table with one line a key of ``rows``; its columns are all that ``take`` gives of any of them."""
    taken = {name: take(row) for name, row in rows.items()}
    heads = list(dict.fromkeys(head for row in taken.values() for head in row))
    return table(["", *heads], [[name, *(row.get(head) for head in heads)] for name, row in taken.items()])


def f1_of(part: str) -> Callable[[Scores], Mapping[str, Any]]:
    return lambda row: {key: scores["f1"] for key, scores in row[part].items()}


def overview(row: Scores) -> Mapping[str, Any]:
    """The first table on frames: one number a score."""
    parts = {key: value["f1"] if isinstance(value, dict) and "f1" in value else value for key, value in row.items()}
    numbers = {key: value for key, value in parts.items() if not isinstance(value, dict)}
    return {**numbers, "gold events": row["trigger and type"]["gold"]}


def markdown(card: Scores) -> str:
    """The card for people."""
    scores = card["scores"]
    sections = {
        f"Report card of reader {card['fingerprint']}": "Scores are percentages; everything was read from raw text.\n",
        "Targets": table(["score", "least", "reached", "met"], [list(row.values()) for row in card["targets"]]),
        "Words, sentences, tags and trees": "F1 as in the CoNLL 2018 shared task.\n\n"
        + columns(scores["ud"], lambda row: row),
        "Names": "Exact span and kind; F1.\n\n"
        + columns(scores["names"], lambda r: {k: v["f1"] for k, v in r.items()}),
        "Event frames": "Bucket 0 is held out; bucket 1 served early stopping and thresholds.\n\n"
        + columns(scores["frames"], overview),
        "Roles, given the trigger (F1)": columns(scores["frames"], f1_of("roles")),
        "Status, given the trigger (F1)": columns(scores["frames"], f1_of("statuses")),
        "Trigger and type, by type (F1)": columns(scores["frames"], f1_of("types")),
        "Data and licences": table(
            ["data", "part", "teaches", "licence"], [list(source.values()) for source in card["data"]]
        ),
        "Configuration": f"```json\n{json.dumps(card['config'], indent=2)}\n```\n",
        "Fingerprints of the gold": table(["file", "SHA-256, first 16 digits"], list(card["gold"].items())),
    }
    return "\n".join(f"{'##' if k else '#'} {head}\n\n{body}" for k, (head, body) in enumerate(sections.items()))


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; exit status 1 where a target is missed."""
    import gold_tokens

    from polybius.reader import load

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="folder of the reader; the packaged one if not given")
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared", help="folder with the data")
    parser.add_argument("--out", type=Path, default=Path(), help="where card.json and card.md are written")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args(arguments)
    reader = load(args.model, threads=args.threads)
    card = make_card(reader, args.shared, partial(gold_tokens.read, reader))
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (args.out / "card.md").write_text(markdown(card), encoding="utf-8")
    print(markdown({**card, "data": [], "config": {}, "gold": {}}))
    return int(not all(row["met"] for row in card["targets"]))


if __name__ == "__main__":
    sys.exit(main())
