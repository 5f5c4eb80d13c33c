"""Compile the reference tables: ``python scripts/build_reference.py FACTS``.

FACTS is a folder with country-codes.csv and actors/. demonyms.csv, beside this script, is written by hand. The actor table has its
own module, build_actors.py; the gazetteer its own script, build_gazetteer.py.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from build_actors import compile_actors  # noqa: E402

DATA = HERE.parent / "polybius" / "reference" / "data"


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def write(name: str, heads: list[str], table: list[list[str]]) -> None:
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([heads, *table])


def countries(facts: Path) -> None:
    """Write countries.csv."""
    demonyms = {r["code"]: r for r in rows(HERE / "demonyms.csv")}
    codes = {r["ISO3166-1-Alpha-3"]: r for r in rows(facts / "country-codes.csv")}
    alpha3 = {r["ISO3166-1-Alpha-2"]: code for code, r in codes.items() if r["ISO3166-1-Alpha-2"]} | {"XK": "KOS"}
    table = []
    for code in sorted(set(codes) | set(demonyms)):
        known, own = codes.get(code, {}), demonyms.get(code, {})
        names = [
            known.get("CLDR display name", ""),
            known.get("UNTERM English Short", ""),
            *(own.get("aliases", "") or "").split(";"),
        ]
        names = list(dict.fromkeys(clean for n in names if n and (clean := plain(n))))
        names += [n.replace("&", "and") for n in names if "&" in n]
        if names:
            wikidata = known.get("wikidata_id", "").rsplit("/", 1)[-1]
            table.append(
                [
                    code,
                    names[0],
                    ";".join(names[1:]),
                    own.get("adjective", ""),
                    own.get("plural", ""),
                    capitals(known, own),
                    wikidata,
                    sovereign(known, alpha3),
                ]
            )
    write("countries.csv", ["code", "name", "aliases", "adjective", "plural", "capital", "identifier", "state"], table)


def capitals(known: dict[str, str], own: dict[str, str]) -> str:
    """Capitals by all their names. Brussels is left out: in news it stands for the European Union, which the actors have."""
    names = [known.get("Capital", ""), *own.get("capitals", "").split(";")]
    return ";".join(n for n in dict.fromkeys(names) if n and n != "Brussels")


def plain(name: str) -> str:
    """A name as news writes it: without a note in brackets or a mark."""
    return re.sub(r"\s*\(.*?\)|\*", "", name).strip()


def sovereign(row: dict[str, str], alpha3: dict[str, str]) -> str:
    """The state to which a dependency belongs; PLOVER codes Hong Kong, Palestine and Antarctica as themselves."""
    code = row.get("ISO3166-1-Alpha-3", "")
    if code in ("HKG", "PSE", "ATA"):
        return ""
    if code == "ESH":
        return "MAR"
    owner = row.get("is_independent", "").rsplit(" ", 1)
    return alpha3.get(owner[1], "") if len(owner) == 2 and owner[0].endswith(("of", "with")) else ""


def main(facts: Path) -> None:
    DATA.mkdir(parents=True, exist_ok=True)
    countries(facts)
    compile_actors(facts, DATA / "actors.tsv.gz")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
