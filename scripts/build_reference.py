"""Compile the reference tables: ``python scripts/build_reference.py FACTS``.

FACTS is a folder with country-codes.csv, geonames/ and actors/archigos_4.1.txt.gz. The hand-written tables beside this script
(demonyms, office-holders) go in as they are; rows of office-holders that come from no file say so.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
import urllib.parse
import zipfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
DATA = HERE.parent / "polybius" / "reference" / "data"
MEMORY = "memory"
SINCE = "1990"  # leaders who left earlier are history to today's news


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def write(name: str, heads: list[str], table: list[list[str]]) -> None:
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([heads, *table])


def countries(facts: Path) -> dict[str, str]:
    """Write countries.csv; returns ISO alpha-2 → alpha-3 for the gazetteer."""
    demonyms = {r["code"]: r for r in rows(HERE / "demonyms.csv")}
    codes = {r["ISO3166-1-Alpha-3"]: r for r in rows(facts / "country-codes.csv")}
    table = []
    for code in sorted(set(codes) | set(demonyms)):
        known, own = codes.get(code, {}), demonyms.get(code, {})
        names = [
            known.get("CLDR display name", ""),
            known.get("UNTERM English Short", ""),
            *(own.get("aliases", "") or "").split(";"),
        ]
        names = list(dict.fromkeys(n.strip() for n in names if n and n.strip()))
        if names:
            wikidata = known.get("wikidata_id", "").rsplit("/", 1)[-1]
            table.append(
                [
                    code,
                    names[0],
                    ";".join(names[1:]),
                    own.get("adjective", ""),
                    own.get("plural", ""),
                    known.get("Capital", ""),
                    wikidata,
                ]
            )
    write("countries.csv", ["code", "name", "aliases", "adjective", "plural", "capital", "identifier"], table)
    return {r["ISO3166-1-Alpha-2"]: code for code, r in codes.items() if r["ISO3166-1-Alpha-2"]} | {"XK": "KOS"}


def archigos(facts: Path) -> Iterator[list[str]]:
    """Heads of state and government to 2015, a row a term, with the days that the file gives."""
    with gzip.open(facts / "actors" / "archigos_4.1.txt.gz", "rt", encoding="latin-1") as file:
        terms: dict[tuple[str, str], list[list[str]]] = {}
        for row in csv.DictReader(file, delimiter="\t"):
            uri = row["dbpedia.uri"]
            if uri.startswith("http"):
                name = urllib.parse.unquote(uri.rsplit("/", 1)[-1]).split("(")[0].replace("_", " ").strip()
                extend(terms.setdefault((row["idacr"], name), []), row["startdate"], row["enddate"])
    for (code, name), found in sorted(terms.items()):
        for begin, end in found:
            if end >= SINCE:
                yield [
                    name,
                    GLEDITSCH.get(code, code),
                    "GOV",
                    "head",
                    begin,
                    "" if end >= "2015-12" else end,
                    "Archigos 4.1",
                    "true",
                ]


def extend(terms: list[list[str]], begin: str, end: str) -> None:
    """The file has a row a year: years that follow one another are one term."""
    if terms and int(begin[:4]) - int(terms[-1][1][:4]) <= 1:
        terms[-1][1] = end
    else:
        terms.append([begin, end])


# Letters of Archigos that differ from ISO 3166 alpha-3.
GLEDITSCH = {"UKG": "GBR", "FRN": "FRA", "GMY": "DEU", "SPN": "ESP", "POR": "PRT", "SWD": "SWE", "DEN": "DNK", "SWZ": "CHE", "NTH": "NLD", "IRE": "IRL",
             "ROK": "KOR", "PRK": "PRK", "TAW": "TWN", "INS": "IDN", "MYA": "MMR", "CAM": "KHM", "DRV": "VNM", "PHI": "PHL", "MAL": "MYS", "SIN": "SGP",
             "IRN": "IRN", "SUD": "SDN", "LEB": "LBN", "KUW": "KWT", "UAE": "ARE", "OMA": "OMN", "LIB": "LBY", "ALG": "DZA", "MOR": "MAR", "NIG": "NGA",
             "NIR": "NER", "CHA": "TCD", "CDI": "CIV", "GUI": "GIN", "GNB": "GNB", "MLI": "MLI", "BFO": "BFA", "CAO": "CMR", "CEN": "CAF", "CON": "COG",
             "DRC": "COD", "TAZ": "TZA", "BUI": "BDI", "ZAM": "ZMB", "ZIM": "ZWE", "SAF": "ZAF", "MZM": "MOZ", "ANG": "AGO", "MAG": "MDG", "HON": "HND",
             "GUA": "GTM", "SAL": "SLV", "COS": "CRI", "HAI": "HTI", "URU": "URY", "PAR": "PRY", "CHL": "CHL", "BUL": "BGR", "RUM": "ROU", "SER": "SRB",
             "YUG": "SRB", "CRO": "HRV", "SLV": "SVN", "SLO": "SVK", "CZR": "CZE", "MLD": "MDA", "GRG": "GEO", "LAT": "LVA", "LIT": "LTU", "MON": "MNG",
             "BNG": "BGD", "SRI": "LKA", "NEP": "NPL", "BHU": "BTN", "AUL": "AUS", "NEW": "NZL", "PNG": "PNG", "KZK": "KAZ", "KYR": "KGZ", "TAJ": "TJK",
             "TKM": "TKM", "UZB": "UZB", "AUS": "AUT", "BOS": "BIH", "MAC": "MKD", "GAM": "GMB", "SIE": "SLE", "TOG": "TGO", "MAA": "MRT", "LES": "LSO",
             "BOT": "BWA", "TRI": "TTO", "BAR": "BRB", "BHM": "BHS", "BRU": "BRN", "CAP": "CPV", "ETM": "TLS", "GFR": "DEU",
             "ICE": "ISL", "MAD": "MDV", "MAS": "MUS", "MAW": "MWI", "SOL": "SLB", "THI": "THA"}  # fmt: skip


def leaders(facts: Path) -> None:
    table = list(archigos(facts))
    for row in rows(HERE / "office_holders.csv", ";"):
        sectors = (
            "GOV;MIL"
            if row["office"].startswith("defen")
            else "MIL"
            if row["office"] in ("commander", "army chief")
            else "GOV"
        )
        sectors = "REL" if row["office"] == "pope" else "" if row["code"] in ("UNO", "IGO") else sectors
        table.append([row["name"], row["code"], sectors, row["office"], row["from"], row["to"], MEMORY, "false"])
    write(
        "office_holders.csv", ["name", "code", "sectors", "office", "from", "to", "source", "verified"], sorted(table)
    )


def gazetteer(facts: Path, alpha3: dict[str, str]) -> None:
    """Cities over 15,000 and first-order divisions: one gzipped table, largest first."""
    folder = facts / "geonames"
    admin1 = {}
    out: list[tuple[int, list[str]]] = []
    for line in (folder / "admin1CodesASCII.txt").read_text(encoding="utf-8").splitlines():
        code, name, ascii_name, number = line.split("\t")
        admin1[code] = name
        out.append(
            (
                0,
                [
                    "ADM1",
                    name,
                    ascii_name if ascii_name != name else "",
                    alpha3.get(code[:2], ""),
                    name,
                    "",
                    "",
                    "0",
                    number,
                ],
            )
        )
    with zipfile.ZipFile(folder / "cities15000.zip") as archive:
        for line in io.TextIOWrapper(archive.open("cities15000.txt"), encoding="utf-8"):
            c = line.rstrip("\n").split("\t")
            alternates = (
                [a for a in c[3].split(",") if a.isascii() and a[:1].isupper() and len(a) > 3]
                if int(c[14]) > 300_000
                else []
            )
            others = [n for n in dict.fromkeys([c[2], *alternates]) if n != c[1]][:12]
            region = admin1.get(f"{c[8]}.{c[10]}", "")
            out.append(
                (int(c[14]), [c[7], c[1], ";".join(others), alpha3.get(c[8], ""), region, c[4], c[5], c[14], c[0]])
            )
    out.sort(key=lambda item: (-item[0], item[1]))
    text = "".join("\t".join(row) + "\n" for _, row in out)
    (DATA / "gazetteer.tsv.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def main(facts: Path) -> None:
    DATA.mkdir(parents=True, exist_ok=True)
    alpha3 = countries(facts)
    leaders(facts)
    gazetteer(facts, alpha3)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
