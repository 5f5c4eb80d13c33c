"""How well expressions of time are found and what they mean, on WikiWars (TIMEX2) and AQUAINT (TIMEX3).

usage: python benchmarks/dates.py [--wikiwars FILE] [--aquaint FILE] [--errors]

A gold expression is matched by the found one that overlaps it most; accuracy is the share of matched ones whose value is the
gold's. WikiWars was worked on in four fifths of its documents; the fifth whose name has a SHA-256 that 5 divides only scores, and so
does all of AQUAINT: ``--errors`` shows none of theirs.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import html
import re
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from polybius.grounding.dates import Miss, When, expression
from polybius.grounding.dates.story import Mention, mentions

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "time"
TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
UNITS = {
    "day": "D",
    "night": "D",
    "week": "W",
    "month": "M",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
    "fortnight": "W",
}
CLOCK_UNITS = {"hour": "H", "minute": "M", "second": "S"}
SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated expression."""

    start: int
    end: int
    value: str
    kind: str


@dataclass(frozen=True, slots=True)
class Text:
    """An annotated text without its tags."""

    name: str
    text: str
    published: dt.date | None
    gold: tuple[Gold, ...]


@dataclass(slots=True)
class Score:
    """Counts of one corpus."""

    gold: int = 0
    matched: int = 0
    right: int = 0
    errors: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        share = self.right / self.matched if self.matched else 0.0
        found = self.matched / self.gold if self.gold else 0.0
        return f"{name:34} gold {self.gold:5}  matched {self.matched:5} ({found:.1%})  value right {self.right:5} = {share:.1%}"


# --- the corpora


def untagged(source: str, tag: str, value: str) -> tuple[str, list[tuple[int, int, dict[str, str]]]]:
    """The text, and the spans of one kind of tag with their attributes."""
    pieces: list[str] = []
    length, at = 0, 0
    open_tags: list[tuple[int, dict[str, str]]] = []
    spans = []
    for match in TAG.finditer(source):
        piece = html.unescape(source[at : match.start()])
        pieces.append(piece)
        length, at = length + len(piece), match.end()
        if match[2] != tag:
            continue
        if not match[1]:
            open_tags.append((length, dict(ATTRIBUTE.findall(match[3]))))
        elif open_tags:
            start, attributes = open_tags.pop()
            spans.append((start, length, attributes))
    pieces.append(html.unescape(source[at:]))
    return "".join(pieces), sorted(spans, key=lambda s: s[:2])


def wikiwars(path: Path) -> Iterator[Text]:
    for name, source in members(path, ".key.xml"):
        if "/keyinline/" not in name:
            continue
        stamp = re.search(r'<DATETIME>.*?val="(\d{4}-\d\d-\d\d)', source, re.S)
        body = source[source.index("<TEXT>") :]
        text, spans = untagged(body, "TIMEX2", "val")
        gold = tuple(Gold(s, e, a["val"], a.get("set", "")) for s, e, a in spans if a.get("val"))
        yield Text(Path(name).name, text, dt.date.fromisoformat(stamp[1]) if stamp else None, gold)


def aquaint(path: Path) -> Iterator[Text]:
    for name, source in members(path, ".tml"):
        text, spans = untagged(source, "TIMEX3", "value")
        stamps = [
            a["value"]
            for kind in ("PUBLICATION_TIME", "CREATION_TIME")
            for _, _, a in spans
            if a.get("functionInDocument") == kind and a.get("value")
        ]
        published = (
            dt.date.fromisoformat(stamps[0][:10]) if stamps and re.match(r"\d{4}-\d\d-\d\d", stamps[0]) else None
        )
        gold = tuple(
            Gold(s, e, a.get("value", ""), a.get("type", ""))
            for s, e, a in spans
            if a.get("functionInDocument", "NONE") == "NONE" and a.get("value")
        )
        yield Text(Path(name).name, text, published, gold)


def members(path: Path, ending: str) -> Iterator[tuple[str, str]]:
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            handle = archive.extractfile(member) if member.name.endswith(ending) else None
            if handle is not None:
                yield member.name, handle.read().decode("utf-8", "replace")


# --- values


def timex(means: When | Miss) -> str | None:
    """The value that TIMEX has for a meaning; None for a miss."""
    if isinstance(means, Miss):
        return None
    if means.kind == "vague":
        return vague(means)
    if means.kind == "length":
        return length(means)
    if means.first is None or means.last is None:
        return None
    return calendar(means)


def vague(means: When) -> str | None:
    unit = means.unit
    if unit in ("present", "past", "future"):
        return f"{unit.upper()}_REF"
    if unit == "age" and means.count is not None:
        return f"P{means.count:g}Y"
    if unit.startswith("some "):
        short = unit[5:]
        return (
            f"PT{'X'}{CLOCK_UNITS[short]}" if short in CLOCK_UNITS else f"PX{UNITS[short]}" if short in UNITS else None
        )
    if unit.startswith("per "):
        return f"P1{UNITS[unit[4:]]}" if unit[4:] in UNITS else None
    if unit in ("every daytime", "every night"):
        return f"XXXX-XX-XXT{'DT' if unit.endswith('time') else 'NI'}"
    if unit.startswith("every"):
        return {
            "every day": "XXXX-XX-XX",
            "every year": "XXXX",
            "every daily": "XXXX-XX-XX",
            "every month": "XXXX-XX",
        }.get(unit)
    return None


def length(means: When) -> str:
    count = (means.count or 0) * (2 if means.unit == "fortnight" else 1)
    if means.unit in CLOCK_UNITS:
        return f"PT{count:g}{CLOCK_UNITS[means.unit]}"
    return f"P{count:g}{UNITS.get(means.unit, means.unit)}"


def calendar(means: When) -> str:
    assert means.first is not None
    year, month, day = means.first
    stem = f"{year:04d}" if year > 0 else f"BC{1 - year:04d}"
    grain = means.grain
    if grain == "century":
        return f"{year // 100:02d}" if year > 0 else f"BC{(-year) // 100:02d}"
    if grain == "decade":
        return f"{year // 10:03d}"
    if grain == "year":
        return stem
    if grain == "half":
        return f"{stem}-H{1 if month == 1 else 2}"
    if grain == "quarter":
        return f"{stem}-Q{(month + 2) // 3}"
    if grain == "season":
        return f"{stem}-{SEASONS.get(month, 'XX')}"
    if grain == "month":
        return f"{stem}-{month:02d}"
    if grain in ("week", "weekend") and means.start is not None:
        iso = means.start.isocalendar()
        return f"{iso.year:04d}-W{iso.week:02d}{'-WE' if grain == 'weekend' else ''}"
    return f"{stem}-{month:02d}-{day:02d}" + (f"T{means.clock}" if means.clock else "")


def plain(value: str) -> str:
    """A gold value without seconds and in one writing of decades and centuries."""
    value = re.sub(r"(T\d\d:\d\d):00$", r"\1", value.strip())
    value = re.sub(r"^(\d{3})X(?:-XX-XX)?$", r"\1", value)
    return re.sub(r"(-XX)+$", "", value) if not value.startswith("XXXX") else value


def same(value: str, gold: Gold) -> bool:
    """Whether two values are one; of a TimeML DATE only the day counts, some of which have a time of day and some not."""
    one, two = plain(value), plain(gold.value)
    return one.split("T")[0] == two.split("T")[0] if gold.kind == "DATE" and "T" in one + two else one == two


# --- scoring


def best(gold: Gold, found: tuple[Mention, ...]) -> Mention | None:
    overlaps = [(min(gold.end, m.span.end) - max(gold.start, m.span.start), m) for m in found]
    most = max(overlaps, key=lambda pair: (pair[0], -pair[1].span.start), default=None)
    return most[1] if most is not None and most[0] > 0 else None


def part(hit: Mention, gold: Gold) -> When | Miss:
    """Of "1861-1865" or "3 to 5 May" the end that the gold expression is: TIMEX annotates two, one range holds both."""
    means = hit.means
    if isinstance(means, Miss) or means.kind != "point" or means.grain != "range" or not means.first or not means.last:
        return means
    at_end = gold.start > hit.span.start
    whole_years = means.first[1:] == (1, 1) and means.last[1:] == (12, 31)
    day = means.last if at_end else means.first
    return replace(
        means, first=(day[0], 1, 1) if whole_years else day, last=day, grain="year" if whole_years else "day"
    )


def score(text: Text, kinds: dict[str, Score]) -> None:
    found = mentions(text.text, text.published)
    for gold in text.gold:
        words = text.text[gold.start : gold.end]
        hit = best(gold, found)
        value = timex(part(hit, gold)) if hit is not None else None
        right = value is not None and same(value, gold)
        for name in ("all", gold.kind or "-", *(("weekday",) if weekday(words, gold, text.published) else ())):
            one = kinds.setdefault(name, Score())
            one.gold += 1
            one.matched += hit is not None
            one.right += right
            if not right:
                span = text.text[hit.span.start : hit.span.end] if hit else "-"
                why = hit.means if hit else ""
                one.errors.append(f"{text.name}: “{words}” {gold.value} | “{span}” {value} {why}")


def weekday(words: str, gold: Gold, published: dt.date | None) -> bool:
    """Whether an expression is a weekday without a date that is told from the publication date: at most a week away."""
    dated = re.search(
        r"\d|january|february|march|april|june|july|august|september|october|november|december", words, re.I
    )
    name = WEEKDAY.search(words)
    if gold.kind != "DATE" or name is None or dated or published is None or not DAY.match(gold.value):
        return False
    value = dt.date.fromisoformat(gold.value[:10])
    return abs((value - published).days) <= 7 and f"{value:%A}".lower().startswith(name[0].lower())


def only_scores(name: str) -> bool:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 5 == 0


def speed(texts: list[Text]) -> None:
    """Processor time of an expression of the corpus, and of a thousand words of text."""
    words = [t.text[g.start : g.end] for t in texts for g in t.gold]
    day = dt.date(2009, 12, 19)
    begin = time.process_time()
    for phrase in words:
        expression(phrase, day)
    middle = time.process_time()
    count = 0
    for text in texts:
        mentions(text.text, text.published)
        count += len(text.text.split())
    end = time.process_time()
    print(f"expression: {(middle - begin) / len(words) * 1e6:.0f} µs each of {len(words):,}")
    print(f"whole texts: {(end - middle) / count * 1e6:.1f} ms for a thousand words, of {count:,}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wikiwars", type=Path, default=CORPORA / "wikiwars.tar.gz")
    parser.add_argument("--aquaint", type=Path, default=CORPORA / "aquaint.tar.gz")
    parser.add_argument("--errors", action="store_true", help="show what is wrong in the four fifths")
    args = parser.parse_args()
    for path in (args.wikiwars, args.aquaint):
        if not path.exists():
            parser.error(f"there is no {path}")
    wars = list(wikiwars(args.wikiwars))
    for name, held in (("WikiWars, four fifths", False), ("WikiWars, the fifth that scores", True)):
        kinds: dict[str, Score] = {}
        for text in wars:
            if only_scores(text.name) is held:
                score(text, kinds)
        print(kinds["all"].line(name))
        if args.errors and not held:
            print(*(f"  {line} {n}" for line, n in Counter(kinds["all"].errors).most_common()), sep="\n")
    news: dict[str, Score] = {}
    for text in aquaint(args.aquaint):
        score(text, news)
    for kind in ("all", "DATE", "weekday", "TIME", "DURATION"):
        print(news.get(kind, Score()).line(f"AQUAINT, {kind}"))
    speed(wars)


if __name__ == "__main__":
    main()
