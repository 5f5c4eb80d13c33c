"""News without event labels of our own, for a teacher to label: text marked "weights: yes" that scores nothing."""

from __future__ import annotations

import gzip
import hashlib
import re
import tarfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ECB_DEV = frozenset({"2", "5", "12", "18", "21", "23", "34", "35"})  # topics that score coreference across documents
NO_SPACE_BEFORE = re.compile(r"\s+(['’]s\b|n['’]t\b|[.,;:?!%)\]”])")
NO_SPACE_AFTER = re.compile(r"([(\[“$])\s+")


def texts(corpora: Path) -> Iterator[str]:
    """Documents of ECB+ train, and of GeoVirus where places are not scored (an odd sha256 of the source)."""
    yield from ecb(corpora / "crossdoc" / "ecbplus_topics_1_35.tar.gz")
    yield from geovirus(corpora / "place" / "GeoVirus.xml.gz")


def ecb(path: Path) -> Iterator[str]:
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            if member.name.endswith(".xml") and member.name.split("/")[-2] not in ECB_DEV:
                file = archive.extractfile(member)
                assert file is not None
                yield sentences(ET.parse(file).getroot())


def sentences(root: ET.Element) -> str:
    """One line a sentence of tokens, words set as in print; addresses and dates that stand alone are left out."""
    lines: dict[int, list[str]] = {}
    for token in root.iter("token"):
        lines.setdefault(int(token.get("sentence", "0")), []).append(token.text or "")
    joined = [NO_SPACE_AFTER.sub(r"\1", NO_SPACE_BEFORE.sub(r"\1", " ".join(line))) for line in lines.values()]
    return "\n\n".join(line for line in joined if len(line.split()) > 3 and not line.startswith("http"))


def geovirus(path: Path) -> Iterator[str]:
    root = ET.fromstring(gzip.decompress(path.read_bytes()))
    for article in root.iter("article"):
        source = article.findtext("source") or ""
        if int(hashlib.sha256(source.encode()).hexdigest(), 16) % 2:
            yield article.findtext("text") or ""
