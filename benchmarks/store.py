"""How fast reports go into a store, whether the cost stays linear, what one more day costs to assemble, and how fast filters answer.

usage: python benchmarks/store.py [--reports 1000000] [--batch 2000] [--into FILE] [--no-text] [--no-assembly]

The stream is made up: events with parties, types, places and days, four reports of each on average with a long tail (a few
events have hundreds), three reports a document, and one document in five the same words as another. Its other words are as frequent as
in news. Making it up is not timed. Everything but the last day is stored and assembled first, then that day.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, islice
from pathlib import Path

import numpy as np

from polybius.assembly import signature_of
from polybius.assembly.words import document_frequencies
from polybius.records import Document, Span, text_version
from polybius.report import ActorField, DateField, PlaceField, Quote, Report, SentenceRef, document_ref, report_id
from polybius.run import processor
from polybius.run.assemble import assemble_store
from polybius.store import Added, Entry, Filter, open_reader, open_writer

FIRST_DAY = dt.date(2024, 1, 1)
CODES = "PRK RUS USA CHN FRA DEU GBR UKR ISR PSE IRN SYR TUR EGY NGA KEN ETH SDN IND PAK AFG JPN KOR BRA MEX COL VEN".split()
SECTORS = ("GOV", "MIL", "REB", "CVL", "OPP", "JUD")
TYPES = ("CONSULT", "ACCUSE", "ASSAULT", "COOPERATE", "SUPPORT", "PROTEST", "AGREE", "THREATEN", "AID", "COERCE")
PUBLISHERS = tuple(f"Paper {n}" for n in range(200))


@dataclass(frozen=True, slots=True)
class Happening:
    """A made-up event."""

    type: str
    actor: str
    recipient: str
    sector: str
    town: int
    day: int


def happenings(chance: random.Random, size: int, days: int) -> list[Happening]:
    """``size`` events over ``days`` days."""
    return [
        Happening(
            chance.choice(TYPES),
            chance.choice(CODES),
            chance.choice(CODES),
            chance.choice(SECTORS),
            chance.randrange(5000),
            chance.randrange(days),
        )
        for _ in range(size)
    ]


def days_of(n_reports: int) -> int:
    """Over how many days a stream goes."""
    return max(30, n_reports // 2700)


def stream(n_reports: int, seed: int = 0) -> Iterator[Entry]:
    """Coded documents with ``n_reports`` reports in all, ordered by day as news comes."""
    chance = random.Random(seed)
    days = days_of(n_reports)
    events = happenings(chance, max(1, n_reports // 4), days)
    filler = Filler(chance)
    weights = [1 / (1 + chance.random() * 40) for _ in events]
    picks = chance.choices(events, weights, k=n_reports)
    picks.sort(key=lambda event: event.day)
    last = ""
    for number, start in enumerate(range(0, n_reports, 3)):
        told = picks[start : start + 3]
        text = last if last and chance.random() < 0.2 else " ".join(sentence(event, filler) for event in told)
        last = text
        yield coded(number, text, told, chance)


class Filler:
    """Words as often as articles have them: a text of few words would make all articles alike."""

    def __init__(self, chance: random.Random) -> None:
        _, counts = document_frequencies()
        self.chance, self.words = chance, list(counts)
        self.sums = list(accumulate(counts.values()))

    def take(self, number: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self.sums, k=number))


def sentence(event: Happening, filler: Filler) -> str:
    """Some forty words that mention the event."""
    return f"{event.actor} {event.type.lower()} {event.recipient} in Town{event.town}, {filler.take(34)}."


def coded(number: int, text: str, told: list[Happening], chance: random.Random) -> Entry:
    """A document with a report of each event."""
    day = FIRST_DAY + dt.timedelta(days=told[0].day)
    document = Document(
        id=f"https://example.org/{number}",
        version=text_version(text),
        text=text,
        url=f"https://example.org/{number}",
        publisher=chance.choice(PUBLISHERS),
        title=text[:40],
        published=day,
    )
    reports = tuple(report(document, n, event) for n, event in enumerate(told))
    return Entry(document, reports, "run1-benchmark", document.id, signature=signature_of(text))


def report(document: Document, n: int, event: Happening) -> Report:
    """One report with two parties, a place and a day."""
    start = 300 * n
    day = FIRST_DAY + dt.timedelta(days=event.day)
    spans = {
        "actor": Span(start, start + 3),
        "recipient": Span(start + 12, start + 15),
        "place": Span(start + 19, start + 27),
    }
    id = report_id(
        document.version, n, event.type, Span(start + 4, start + 11), "actual", {role: [s] for role, s in spans.items()}
    )
    quotes = {role: Quote(span.of(document.text), span.start, span.end) for role, span in spans.items()}
    parties = [
        ActorField(
            quotes[role], name=f"{code} government", code=code, sector=(event.sector,), reason="a name of a state"
        )
        for role, code in (("actor", event.actor), ("recipient", event.recipient))
    ]
    place = PlaceField(
        quotes["place"],
        name=f"Town{event.town}",
        country=CODES[event.town % len(CODES)],
        latitude=event.town % 140 - 70.0,
        longitude=event.town % 340 - 170.0,
        geonames=event.town,
        precision_km=5,
        reason="the only place of that name",
    )
    return Report(
        id=id,
        document=document_ref(document),
        sentence=SentenceRef(n, start, start + 290),
        event=event.type,
        status="actual",
        quad_code="VERBAL COOPERATION",
        event_scale=2.0,
        trigger=Quote(document.text[start + 4 : start + 11], start + 4, start + 11),
        actor=(parties[0],),
        recipient=(parties[1],),
        date=DateField(None, day, day, "day", "resolved", "publication date"),
        place=(place,),
        incident=f"e{n}",
        confidence=(("event", 0.9), ("status", 0.9), ("actor", 0.8), ("recipient", 0.8)),
        stamp="run1-benchmark",
    )


@dataclass(slots=True)
class Course:
    """How long each batch took, at how many reports."""

    stored: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    reports: list[int] = field(default_factory=list)

    def add(self, added: Added, seconds: float, processor: float) -> None:
        self.stored.append(sum(self.reports))
        self.seconds.append(seconds)
        self.processor.append(processor)
        self.reports.append(added.reports)

    def print(self) -> None:
        total, seconds = sum(self.reports), sum(self.seconds)
        print(f"ingest      {total:,} reports in {seconds:.1f} s: {total / seconds:,.0f} reports/s")
        print(
            f"processor   {sum(self.processor):.1f} s of all threads: {total / sum(self.processor):,.0f} reports a processor second"
        )
        if len(self.stored) > 2:
            # Of the processor: what else runs on the machine would bend the line.
            each = [1e6 * s / max(1, n) for s, n in zip(self.processor, self.reports, strict=True)]
            slope, start = np.polyfit([n / 1e6 for n in self.stored], each, 1)
            print(
                f"cost        {start:.0f} µs a report at first, {slope:+.0f} µs a million reports stored (least squares)"
            )


def fill(path: Path, entries: Iterator[Entry], batch: int, texts: bool) -> Course:
    """Store a stream."""
    course = Course()
    while chunk := list(islice(entries, batch)):
        begin, used = time.perf_counter(), time.process_time()
        with open_writer(path, texts=texts) as store:
            added = store.add(chunk)
        course.add(added, time.perf_counter() - begin, time.process_time() - used)
        if len(course.seconds) % 20 == 0:
            print(f"            {sum(course.reports):,} reports, last batch {course.seconds[-1]:.2f} s", flush=True)
    return course


def assemble(path: Path, name: str) -> None:
    """Time an assembly of what changed."""
    begin, used = time.perf_counter(), time.process_time()
    made = assemble_store(path)
    seconds, processor = time.perf_counter() - begin, time.process_time() - used
    print(
        f"assembly    {seconds:6.1f} s, {processor:.1f} s of all threads  {name}: {made.looked:,} documents, "
        f"{made.events:,} events, {made.new:,} new, {made.gone:,} gone, {made.merged:,} of several documents",
        flush=True,
    )


def ask(path: Path) -> None:
    """Time some filters, opening included."""
    questions = {
        "actor PRK, type CONSULT": Filter(actor="PRK", event="CONSULT"),
        "a dyad, one month": Filter(actor="USA", recipient="CHN", since=FIRST_DAY, until=FIRST_DAY + dt.timedelta(30)),
        "a country": Filter(country="UKR"),
        "one document": Filter(document="https://example.org/17"),
    }
    for name, asked in questions.items():
        begin = time.perf_counter()
        with open_reader(path) as store:
            where, values = asked.where()
            found = next(store.rows(f"SELECT count(*) FROM reports {where}", values))[0]
        print(f"filter      {1000 * (time.perf_counter() - begin):6.0f} ms  {name}: {found:,}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--batch", type=int, default=2000, help="documents of one transaction")
    parser.add_argument("--into", type=Path, help="keep the store here")
    parser.add_argument("--no-text", action="store_true")
    parser.add_argument("--no-assembly", action="store_true")
    asked = parser.parse_args()
    print(f"machine     {processor()}")
    with tempfile.TemporaryDirectory() as folder:
        path = asked.into or Path(folder) / "news.duckdb"
        measure(path, asked)
        print(
            f"file        {path.stat().st_size / 1e6:,.0f} MB, {path.stat().st_size / asked.reports:,.0f} bytes a report"
        )
        ask(path)
    print(f"memory      {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB at most")


def measure(path: Path, asked: argparse.Namespace) -> None:
    """Store the stream; unless told not to, assemble it before and after its last day."""
    entries = stream(asked.reports)
    if asked.no_assembly:
        fill(path, entries, asked.batch, not asked.no_text).print()
        return
    last_day = asked.reports // days_of(asked.reports) // 3  # documents
    fill(path, islice(entries, asked.reports // 3 - last_day), asked.batch, not asked.no_text).print()
    assemble(path, "all before the last day")
    fill(path, entries, asked.batch, not asked.no_text)
    assemble(path, "the last day")


if __name__ == "__main__":
    main()
