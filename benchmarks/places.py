"""How often places are found and meant right, on GeoVirus and LGL, and what that costs beside reading.

usage: python benchmarks/places.py [--geovirus FILE] [--lgl FILE] [--errors]

A place is right within 161 km (100 miles) of the gold point. Accuracy is over all gold mentions, found or not; end to end, a
found mention is right where it has the very words of a gold one and is right. The id of a GeoVirus document is its <source>;
those whose id has an even SHA-256 only score, and so does all of LGL: ``--errors`` shows none of theirs.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import resource
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from polybius.grounding.article import Article
from polybius.grounding.place_evidence import great_circle
from polybius.grounding.places import PlaceResolver
from polybius.ingest import make_document
from polybius.reader import Reader
from polybius.reader import load as load_reader
from polybius.records import Document, Span
from polybius.reference import World
from polybius.reference import load as load_world

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "place"
NEAR_KM = 161.0
LOADING = (
    "import time; from polybius.reference import load; import numpy; t = time.perf_counter(); w = load(); w.towns('Paris'); "
    "print(time.perf_counter() - t)"
)


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated toponym."""

    span: Span
    latitude: float
    longitude: float

    def has(self, latitude: float | None, longitude: float | None) -> bool:
        """Whether a point is near enough."""
        if latitude is None or longitude is None:
            return False
        return great_circle(self.latitude, self.longitude, latitude, longitude) <= NEAR_KM


@dataclass(frozen=True, slots=True)
class Text:
    """An annotated text."""

    id: str
    text: str
    gold: tuple[Gold, ...]

    @property
    def even(self) -> bool:
        """Whether the text only scores."""
        return hashlib.sha256(self.id.encode()).digest()[-1] % 2 == 0


@dataclass(slots=True)
class Score:
    """Counts over texts."""

    texts: int = 0
    gold: int = 0
    near: int = 0
    found: int = 0
    right: int = 0
    reading: float = 0.0
    places: float = 0.0

    def print(self, name: str) -> None:
        """One line."""
        precision, recall = self.right / (self.found or 1), self.right / (self.gold or 1)
        f1 = 2 * self.right / ((self.found + self.gold) or 1)
        print(
            f"{name:24} {self.texts:4} texts {self.gold:5} places  accuracy@161km {100 * self.near / (self.gold or 1):5.1f} %  "
            f"end to end P {100 * precision:.1f} R {100 * recall:.1f} F1 {100 * f1:.1f}  "
            f"places take {100 * self.places / (self.reading or 1):.1f} % of reading ({self.places:.2f} s of {self.reading:.1f} s)"
        )


def geovirus(path: Path) -> Iterator[Text]:
    """GeoVirus counts characters from 1."""
    for article in _articles(path):
        gold = tuple(_gold(place, place, 1) for place in article.iter("location"))
        yield Text(article.findtext("source") or "", article.findtext("text") or "", gold)


def lgl(path: Path) -> Iterator[Text]:
    """Toponyms without coordinates are left out."""
    for article in _articles(path):
        places = ((t, t.find("gaztag")) for t in article.iter("toponym"))
        gold = tuple(_gold(t, tag, 0) for t, tag in places if tag is not None and tag.find("lat") is not None)
        yield Text(article.get("docid") or "", article.findtext("text") or "", gold)


def _articles(path: Path) -> list[ET.Element]:
    return ET.fromstring(gzip.decompress(path.read_bytes())).findall("article")


def _gold(words: ET.Element, point: ET.Element, first: int) -> Gold:
    start, end = (int(words.findtext(name) or 0) - first for name in ("start", "end"))
    return Gold(Span(start, end), float(point.findtext("lat") or 0), float(point.findtext("lon") or 0))


def score(texts: Iterable[Text], reader: Reader, world: World, errors: bool = False) -> Score:
    """Read and resolve."""
    total = Score()
    for text in texts:
        if text.text.strip():
            _add(total, text, make_document(text.text, id=text.id), reader, world, errors)
    return total


def _add(total: Score, text: Text, document: Document, reader: Reader, world: World, errors: bool) -> None:
    begin = time.perf_counter()
    reading = reader.read(document)
    read = time.perf_counter()
    resolver = PlaceResolver(Article.of(document, reading), world)
    found = {span: choice.town for span, choice in resolver.story.choices.items()}
    for span in found:
        resolver.resolve(span)
    total.reading += read - begin
    total.places += time.perf_counter() - read
    total.texts, total.gold, total.found = total.texts + 1, total.gold + len(text.gold), total.found + len(found)
    for gold in text.gold:
        place = resolver.resolve(gold.span).target
        near = place is not None and gold.has(place.latitude, place.longitude)
        total.near += near
        total.right += gold.span in found and gold.has(found[gold.span].latitude, found[gold.span].longitude)
        if errors and not near and not text.even:
            print(
                f"  {gold.span.of(text.text)!r}: {resolver.resolve(gold.span)}\n    gold {gold.latitude}, {gold.longitude}"
            )


def print_loading() -> None:
    """How long the tables of the world take in a fresh process, and what this process took of memory."""
    seconds = min(
        float(subprocess.run([sys.executable, "-c", LOADING], capture_output=True, check=True).stdout) for _ in range(5)
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    load_world().towns("Paris")
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"tables of the world and a first place: {1000 * seconds:.0f} ms, best of 5; peak memory {before:.0f} → {after:.0f} MB"
    )


def main(arguments: Sequence[str]) -> None:
    """Score what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--geovirus", type=Path, default=CORPORA / "GeoVirus.xml.gz")
    parser.add_argument("--lgl", type=Path, default=CORPORA / "lgl.xml.gz")
    parser.add_argument("--errors", action="store_true", help="print what is wrong in the odd half of GeoVirus")
    options = parser.parse_args(arguments)
    print_loading()
    reader, world = load_reader(), load_world()
    texts = list(geovirus(options.geovirus)) if options.geovirus.is_file() else []
    score((t for t in texts if not t.even), reader, world, options.errors).print("GeoVirus, worked on")
    score((t for t in texts if t.even), reader, world).print("GeoVirus, only scores")
    if options.lgl.is_file():
        score(lgl(options.lgl), reader, world).print("LGL, only scores")


if __name__ == "__main__":
    main(sys.argv[1:])
