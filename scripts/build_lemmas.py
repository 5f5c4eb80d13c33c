"""Make the reader's table of lemmas: ``python scripts/build_lemmas.py TREEBANKS``; needs the package ``lemminflect``.

TREEBANKS holds en_ewt-ud-train.conllu.gz and en_gum-ud-train.conllu.gz. A form takes the lemma that most of the treebanks'
words of its tag have; forms that they lack take the lemmas of LemmInflect's dictionary, the shortest first.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter, defaultdict
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "polybius" / "reader" / "lemmas.tsv.gz"
GENRES = ("news", "interview", "bio", "voyage", "court", "academic")  # of GUM: those whose licence allows it
TAGS = frozenset("VERB NOUN ADV AUX PRON DET ADP CCONJ SCONJ PART".split())
DICTIONARY = ("VERB", "NOUN", "ADV")

Table = dict[tuple[str, str], list[str]]


def lines(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode().splitlines()


def counted(folder: Path) -> Table:
    """(tag, form in small letters) → the most frequent lemma in the treebanks."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for bank in ("ewt", "gum"):
        document = ""
        for line in lines(folder / f"en_{bank}-ud-train.conllu.gz"):
            if line.startswith("# newdoc id"):
                document = line
            cells = line.split("\t")
            if len(cells) == 10 and cells[3] in TAGS and (bank == "ewt" or any(f"_{g}_" in document for g in GENRES)):
                seen[cells[3], cells[1].lower()][cells[2]] += 1
    return {key: [min(lemmas, key=lambda lemma: (-lemmas[lemma], lemma))] for key, lemmas in seen.items()}


def dictionary() -> Table:
    """(tag, form) → its lemmas in LemmInflect's table of the NIH SPECIALIST lexicon."""
    from lemminflect import config

    table: Table = {}
    for line in lines(Path(config.lemma_lu_fn)):
        form, tag, lemmas = line.split(",")
        if tag.upper() in DICTIONARY:
            table[tag.upper(), form] = sorted(lemmas.split("/"), key=lambda lemma: (len(lemma), lemma))
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebanks", type=Path)
    table = dictionary() | counted(parser.parse_args().treebanks)
    rows = [f"{tag}\t{form}\t{' '.join(lemmas)}\n" for (tag, form), lemmas in sorted(table.items()) if " " not in form]
    OUT.write_bytes(gzip.compress("".join(rows).encode(), 9, mtime=0))
    print(f"{OUT}: {len(rows)} forms, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
