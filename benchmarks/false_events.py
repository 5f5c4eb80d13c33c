"""Events where there should be none: how many are coded in encyclopedic, biographical, travel and academic text, and which are right.

usage: python benchmarks/false_events.py [--list N] [--model DIR] [--shared DIR]

The sentences of CrossNER (politics) dev and of GUM dev (bio, voyage, academic) have no events marked, and many of them tell of none.
Each event that was coded there was read: ``false_events.tsv`` holds the verdicts, by sentence and trigger. An event without a verdict
counts as false, so that another reader never looks better than it is. --list prints up to N events without a verdict, with their
sentences, in the order in which they are to be read: by a hash, so that the first N are a sample. Annotated reports of bucket 0 are
counted by the gate, by totals only.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training"))

import conllu

from polybius.evaluation.counts import Count, Counts
from polybius.records import Document, text_version
from polybius.report import Report
from polybius.run import Coder, load

HERE = Path(__file__).resolve().parent
AUDIT = HERE / "false_events.tsv"
CROSSNER = "corpora/ner/crossner_politics/dev.txt"
GUM = "corpora/ud/en_gum-ud-dev.conllu.gz"
GENRES = ("bio", "voyage", "academic")
POLITICS, OTHERS = "CrossNER dev, politics", "GUM dev, bio, voyage and academic"
VERDICTS = ("right", "wrong type", "no event")
UNREAD = "unread"
CODED, FALSE = "events per 100 sentences", "false events per 100 sentences"


@dataclass(frozen=True, slots=True)
class Text:
    """A text without annotated events: its set, its id, and how many sentences it has."""

    name: str
    id: str
    text: str
    sentences: int

    @property
    def document(self) -> Document:
        return Document(self.id, text_version(self.text), self.text)


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What a verdict is about: a text, the first character of a trigger, its words, and the type that was coded."""

    id: str
    start: int
    words: str
    event: str

    @property
    def rank(self) -> str:
        """By this order events are drawn: the same for every reader."""
        return hashlib.sha256(f"{self.id}:{self.start}:{self.event}".encode()).hexdigest()


def texts(shared: Path) -> Iterator[Text]:
    """Each sentence of CrossNER is a text; the documents of GUM are whole."""
    for number, words in enumerate(crossner((shared / CROSSNER).read_text(encoding="utf-8")), 1):
        yield Text(POLITICS, f"crossner-{number}", untokenised(words), 1)
    for one in conllu.documents(shared / GUM):
        if one.genre in GENRES:
            yield Text(OTHERS, one.id, one.text, len(one.sentences))


def crossner(content: str) -> Iterator[list[str]]:
    """The words of each sentence of a file with one word and its label a line."""
    for block in content.split("\n\n"):
        words = [line.split("\t")[0] for line in block.splitlines() if line.strip()]
        if words:
            yield words


def untokenised(words: Sequence[str]) -> str:
    """Words as a text has them: no blank before a comma or behind a bracket."""
    text = " ".join(words)
    text = re.sub(r" (?=[,.;:!?)\]%]|['’]s\b|n't\b)", "", text)
    return re.sub(r"(?<=[(\[]) ", "", re.sub(r" (['’]) s\b", r"\1s", text))


def key_of(report: Report) -> Key:
    trigger = report.trigger
    return Key(report.document.id, trigger.span.start, trigger.text, report.event)


def audited(path: Path = AUDIT) -> dict[Key, str]:
    """The verdicts by what they are about."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    if wrong := sorted({row["verdict"] for row in rows} - set(VERDICTS)):
        raise ValueError(f"{path}: the verdict {wrong[0]!r} is none of {', '.join(VERDICTS)}")
    return {Key(row["id"], int(row["start"]), row["trigger"], row["event"]): row["verdict"] for row in rows}


def counts(found: Iterable[Key], sentences: int, verdicts: Mapping[Key, str]) -> Counts:
    """Coded and false events of a text, by its sentences; an event of the wrong type is none that is not there."""
    keys = list(found)
    false = sum(verdicts.get(key, "no event") == "no event" for key in keys)
    return {CODED: Count(len(keys), sentences, sentences), FALSE: Count(false, sentences, sentences)}


def coded(coder: Coder, chosen: Iterable[Text]) -> Iterator[tuple[Text, list[tuple[Key, Report]]]]:
    for text in chosen:
        yield text, [(key_of(report), report) for report in coder.reports(text.document)]


def tally(found: Iterable[Key], verdicts: Mapping[Key, str]) -> Counts:
    """How many events of a text have each verdict: details, since they have no better or worse."""
    told = Counter(verdicts.get(key, UNREAD) for key in found)
    return {f"verdicts/{verdict}": Count(told[verdict], told.total(), told.total()) for verdict in (*VERDICTS, UNREAD)}


def print_totals(found: Sequence[tuple[Text, list[tuple[Key, Report]]]], verdicts: Mapping[Key, str]) -> None:
    """One line a set: sentences, events, how many have each verdict, and the rates."""
    names = dict.fromkeys(text.name for text, _ in found)
    for name in [*names, "all"]:
        mine = [(text, keys) for text, keys in found if name in (text.name, "all")]
        sentences = sum(text.sentences for text, _ in mine)
        told = Counter(verdicts.get(key, UNREAD) for _, keys in mine for key, _ in keys)
        rates = ((told.total(), "coded"), (told["no event"] + told[UNREAD], "false"))
        per = ", ".join(f"{100 * number / sentences:.1f} {what}" for number, what in rates)
        print(
            f"{name:34} {sentences:4} sentences: {per} in 100; {', '.join(f'{n} {v}' for v, n in told.most_common())}"
        )


def print_unread(
    found: Iterable[tuple[Text, list[tuple[Key, Report]]]], verdicts: Mapping[Key, str], most: int
) -> None:
    """Events without a verdict, with their sentences, as they are to be read."""
    unread = [(key, text, report) for text, keys in found for key, report in keys if key not in verdicts]
    for key, text, report in sorted(unread, key=lambda one: one[0].rank)[:most]:
        start, end = report.sentence.start, report.sentence.end
        sides = (", ".join(a.quote.text for a in side) or "–" for side in (report.actor, report.recipient))
        print(f"{key.id}\t{key.start}\t{key.words}\t{key.event}\n    {report.status}; {' → '.join(sides)}")
        print(f"    {' '.join(text.text[start:end].split())}")


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", type=int, default=0, metavar="N", help="print up to N events without a verdict")
    parser.add_argument("--model", type=Path, help="folder of another reader than the packaged one")
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared", help="folder with the data")
    options = parser.parse_args(arguments)
    verdicts = audited()
    found = list(coded(load(options.model), texts(options.shared)))
    print_totals(found, verdicts)
    print_unread(found, verdicts, options.list)


if __name__ == "__main__":
    main(sys.argv[1:])
