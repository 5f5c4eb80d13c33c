"""The actor table: Archigos, Phoenix dictionaries, digest links and hand-written rows → one compiled file.

``compile_actors(FACTS)`` reads FACTS/actors and the CSV files beside this script: office_holders.csv and bodies.csv (written
from memory, so unverified, with no date finer than a year), linked_actors.csv (made by build_linked_actors.py).
"""

from __future__ import annotations

import csv
import gzip
import re
import urllib.parse
from collections.abc import Iterable, Iterator
from pathlib import Path

from polybius.reference.actor_file import Entry, Term, pack
from polybius.reference.names import folded
from polybius.reference.wikidata import KINDS

HERE = Path(__file__).parent
SINCE = "1945"  # leaders who left earlier are history even to the oldest news
MEMORY, MEMORY_AS_OF = "memory", "2025-12-31"
PHOENIX, PHOENIX_AS_OF = "Phoenix dictionaries", "2014-06-30"
ARCHIGOS, ARCHIGOS_AS_OF = "Archigos 4.1", "2015-12-31"
SECTORS = frozenset("AGR BUS COP CRM CVL EDU ELI GOV JRN JUD LAB LEG MIL OPP PTY REB REF REL SPY UAF".split())
CAMEO = {"HLH": "MED", "MED": "JRN", "INS": "REB", "SEP": "REB", "HRI": "SOC", "ENV": "SOC", "PRM": "PRM", "SOC": "SOC"}
RENAMED = {
    "TMP": "TLS",
    "ROM": "ROU",
    "ZAR": "COD",
    "PAL": "PSE",
    "KSV": "KOS",
    "SUN": "RUS",
    "YUG": "SRB",
    "SCG": "SRB",
    "FRY": "SRB",
    "USR": "RUS",
    "EQG": "GNQ",
    "KNT": "KNA",
    "RVN": "VNM",
    "SAM": "WSM",
    "CSK": "CZE",
    "ANG": "AGO",
    "BUR": "MMR",
    "DDR": "DEU",
    "GME": "DEU",
    "CZH": "CZE",
}
INTERNATIONAL = {"IGO": "IGO", "NGO": "NGO", "NGM": "NGO", "MNC": "MNC", "IMG": "IMG", "UIS": "IMG"}


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def cell(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)


# --- hand-written rows


def holders() -> Iterator[Entry]:
    """Terms in office; rows with aliases first, so that rows under another spelling find their person."""
    for r in sorted(rows(HERE / "office_holders.csv"), key=lambda r: not r["aliases"]):
        term = Term(r["office"], r["code"], cell(r["sectors"]), r["from"], r["to"], MEMORY_AS_OF, MEMORY, False)
        yield Entry(r["name"], "person", r["code"], (), None, MEMORY, MEMORY_AS_OF, False, (term,), cell(r["aliases"]))


def bodies() -> Iterator[Entry]:
    """A body that has been several things in turn (the Taliban) has a row for each, with years."""
    for r in rows(HERE / "bodies.csv"):
        sectors = cell(r["sectors"])
        terms: tuple[Term, ...] = ()
        if r["from"] or r["to"]:
            terms = (Term(r["kind"], r["code"], sectors, r["from"], r["to"], MEMORY_AS_OF, MEMORY, False),)
        yield Entry(
            r["name"], r["kind"], r["code"], sectors, None, MEMORY, MEMORY_AS_OF, False, terms, cell(r["aliases"])
        )


def linked() -> Iterator[Entry]:
    """Titles of links; a person's office holds from the first to the last day on which a digest gives it."""
    for r in rows(HERE / "linked_actors.csv"):
        terms: tuple[Term, ...] = ()
        sectors = cell(r["sectors"])
        if r["kind"] == "person":
            gone = sectors == ("ELI",)
            until = r["former_from"] or (r["as_of"] if gone else "")
            if not gone and sectors:
                terms = (Term(r["office"], r["code"], sectors, r["since"], until, r["as_of"], r["source"], False),)
        yield Entry(
            r["name"],
            r["kind"],
            r["code"],
            sectors,
            r["identifier"],
            r["source"],
            r["as_of"],
            False,
            terms,
            cell(r["aliases"]),
        )


# --- Archigos


def archigos(facts: Path) -> Iterator[Entry]:
    """Heads of state and government to 2015, a row a term, with the days that the file gives."""
    with gzip.open(facts / "actors" / "archigos_4.1.txt.gz", "rt", encoding="latin-1") as file:
        terms: dict[tuple[str, str], list[list[str]]] = {}
        for row in csv.DictReader(file, delimiter="\t"):
            uri = row["dbpedia.uri"]
            if uri.startswith("http"):
                name = urllib.parse.unquote(uri.rsplit("/", 1)[-1]).split("(")[0].replace("_", " ").strip()
                _extend(terms.setdefault((row["idacr"], name), []), row["startdate"], row["enddate"])
    for (code, name), found in sorted(terms.items()):
        iso = GLEDITSCH.get(code, code)
        kept = tuple(
            Term("head", iso, ("GOV",), begin, "" if end >= "2015-12" else end, ARCHIGOS_AS_OF, ARCHIGOS, True)
            for begin, end in found
            if end >= SINCE
        )
        if kept:
            yield Entry(name, "person", iso, (), None, ARCHIGOS, ARCHIGOS_AS_OF, True, kept, ())


def _extend(terms: list[list[str]], begin: str, end: str) -> None:
    """The file has a row a year: years that follow one another are one term."""
    if terms and int(begin[:4]) - int(terms[-1][1][:4]) <= 1:
        terms[-1][1] = end
    else:
        terms.append([begin, end])


# Letters of Archigos that differ from ISO 3166 alpha-3.
GLEDITSCH = dict(
    pair.split("=")
    for pair in """UKG=GBR FRN=FRA GMY=DEU SPN=ESP POR=PRT SWD=SWE DEN=DNK SWZ=CHE NTH=NLD IRE=IRL ROK=KOR TAW=TWN INS=IDN MYA=MMR
    CAM=KHM DRV=VNM PHI=PHL MAL=MYS SIN=SGP SUD=SDN LEB=LBN KUW=KWT UAE=ARE OMA=OMN LIB=LBY ALG=DZA MOR=MAR NIG=NGA NIR=NER CHA=TCD
    CDI=CIV GUI=GIN BFO=BFA CAO=CMR CEN=CAF CON=COG DRC=COD TAZ=TZA BUI=BDI ZAM=ZMB ZIM=ZWE SAF=ZAF MZM=MOZ ANG=AGO MAG=MDG HON=HND
    GUA=GTM SAL=SLV COS=CRI HAI=HTI URU=URY PAR=PRY BUL=BGR RUM=ROU SER=SRB YUG=SRB CRO=HRV SLV=SVN SLO=SVK CZR=CZE CZE=CZE MLD=MDA
    GRG=GEO LAT=LVA LIT=LTU MON=MNG BNG=BGD SRI=LKA NEP=NPL BHU=BTN AUL=AUS NEW=NZL KZK=KAZ KYR=KGZ TAJ=TJK AUS=AUT BOS=BIH MAC=MKD
    GAM=GMB SIE=SLE TOG=TGO MAA=MRT LES=LSO BOT=BWA TRI=TTO BAR=BRB BHM=BHS BRU=BRN CAP=CPV ETM=TLS GFR=DEU GDR=DEU ICE=ISL MAD=MDV
    MAS=MUS MAW=MWI SOL=SLB RUS=RUS USS=RUS BLZ=BLZ GRC=GRC SWA=SWZ NAM=NAM""".split()
)

# --- Phoenix

ROLE = re.compile(r"\[([A-Z~]{3,})\s*([<>]?\s*\d{6,8}(?:\s*-\s*\d{6,8})?)?\s*\]")


def phoenix(facts: Path) -> Iterator[Entry]:
    for name in ("Phoenix.Countries", "Phoenix.International", "Phoenix.MilNonState"):
        with gzip.open(facts / "actors" / f"{name}.actors.txt.gz", "rt", encoding="latin-1") as lines:
            yield from _blocks(lines, name)


def _blocks(lines: Iterable[str], source: str) -> Iterator[Entry]:
    names: list[str] = []
    roles: list[tuple[str, str]] = []
    for line in lines:
        text = re.split(r"[;#]", line)[0].rstrip()
        found = ROLE.findall(text)
        bare = text.split("[")[0].strip().strip("+").strip("_ ")
        if line[:1].strip() and not line.startswith("+") and bare:
            yield from _entry(names, roles, source)
            names, roles = [], []
        if bare and line[:1].strip():
            names.append(bare)
        roles += found
    yield from _entry(names, roles, source)


def _entry(names: list[str], roles: list[tuple[str, str]], source: str) -> Iterator[Entry]:
    """One block: names, then roles with or without dates. Bare countries and names of one short word are left out."""
    terms = [t for code, days in roles if (t := _term(code, days)) is not None]
    clean = list(dict.fromkeys(n for raw in names if (n := _name(raw))))
    if not terms or not clean:
        return
    last = terms[-1]
    dated = any(t.since or t.until for t in terms) or last.sectors == ("ELI",)
    if dated:
        full = [n for n in clean if " " in n]
        held = tuple(t for t in terms if t.sectors != ("ELI",) and (t.since or t.until))
        if full and held:
            yield Entry(full[0], "person", last.code, (), None, PHOENIX, PHOENIX_AS_OF, True, held, tuple(full[1:12]))
        return
    kept = [n for n in clean if " " in n or (source == "Phoenix.MilNonState" and len(n) > 5)]
    organ = source != "Phoenix.Countries" or (last.sectors and " " in (kept or [""])[0])
    if kept and organ and (last.sectors or last.code in ("IGO", "NGO", "UNO", "IMG", "MNC", "EUR")):
        first = last.sectors[0] if last.sectors else ""
        kind = KINDS.get(first, "organ" if source == "Phoenix.Countries" else "organisation")
        yield Entry(kept[0], kind, last.code, last.sectors, None, PHOENIX, PHOENIX_AS_OF, True, (), tuple(kept[1:12]))


def _name(raw: str) -> str:
    words = raw.replace("_", " ").split()
    if not words or len(words) > 9 or any(c in raw for c in "{}!"):
        return ""
    return " ".join(
        w if w.lower() not in ("of", "and", "the", "for", "in", "bin", "al") else w.lower() for w in map(_title, words)
    )


def _title(word: str) -> str:
    return "-".join(p[:1] + p[1:].lower() if p.isupper() and len(p) > 1 else p for p in word.split("-"))


def _term(code: str, days: str) -> Term | None:
    state, rest = code[:3], [code[i : i + 3] for i in range(3, len(code) - 2, 3)]
    if state == "MNC":
        return None
    if state in INTERNATIONAL:
        state = "UNO" if "UNO" in rest else "EUR" if "EUR" in rest or "EEC" in rest else INTERNATIONAL[state]
    elif "~" in code or not re.fullmatch(r"[A-Z]{3}", state) or state in SECTORS or state == "INT":
        return None
    state = RENAMED.get(state, state)
    sectors = tuple(
        dict.fromkeys(s for part in rest if (s := CAMEO.get(part, part)) in SECTORS or s in ("MED", "SOC", "PRM"))
    )
    if sectors[:1] == (
        "GOV",
    ):  # the portfolio that follows is no second sector to PLOVER, unless it is an arm of the state
        sectors = tuple(s for s in sectors if s in ("GOV", "MIL", "JUD", "LEG", "COP", "SPY"))
    since, until = _days(days)
    return Term("", state, sectors, since, until, PHOENIX_AS_OF, PHOENIX, True)


def _days(text: str) -> tuple[str, str]:
    text = text.replace(" ", "")
    if text.startswith(">"):
        return _day(text[1:]), ""
    if text.startswith("<"):
        return "", _day(text[1:])
    begin, _, end = text.partition("-")
    return _day(begin), _day(end)


def _day(text: str) -> str:
    if len(text) == 6:
        text = ("20" if text[:2] < "20" else "19") + text
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}" if len(text) == 8 and text[4:6] <= "12" and text[6:8] <= "31" else ""


# --- all together


def merged(entries: Iterable[Entry]) -> list[Entry]:
    """One entry for all rows of the same name, or alias, and country; earlier ones give the name and lose no alias."""
    out: list[Entry] = []
    at: dict[tuple[str, str, bool], int] = {}
    bodies_named: set[str] = set()
    for entry in entries:
        person = entry.kind == "person"
        if person and entry.source == PHOENIX and folded(entry.name) in bodies_named:
            continue  # a group with dates, which the dictionaries write as they write persons
        keys = [(folded(n), entry.code, person) for n in (entry.name, *entry.aliases)]
        if not person:
            bodies_named.update(k[0] for k in keys)
        index = next((at[k] for k in keys[:1] if k in at), None)
        if index is None and not person:
            index = next((at[k] for k in keys[1:] if k in at), None)
        if index is None:
            index = len(out)
            out.append(entry)
        else:
            out[index] = _join(out[index], entry)
        for key in keys:
            at.setdefault(key, index)
    return out


def _join(one: Entry, two: Entry) -> Entry:
    names = dict.fromkeys(n for n in (*one.aliases, two.name, *two.aliases) if n != one.name)
    verified = one.verified or two.verified
    return Entry(
        one.name,
        one.kind,
        one.code,
        one.sectors or two.sectors,
        two.identifier if not one.identifier or two.identifier == f"enwiki:{one.name}" else one.identifier,
        ", ".join(dict.fromkeys([*one.source.split(", "), *two.source.split(", ")])),
        max(one.as_of, two.as_of),
        verified,
        tuple(sorted(dict.fromkeys((*one.terms, *two.terms)), key=lambda t: (t.since, t.until or "9", t.source))),
        tuple(names),
    )


def compile_actors(facts: Path, out: Path) -> None:
    """Write the table. Hand-written rows come first: their names and sectors win."""
    known = {r["ISO3166-1-Alpha-3"] for r in rows(facts / "country-codes.csv")} | {
        "KOS",
        "UNO",
        "EUR",
        "ISM",
        *INTERNATIONAL.values(),
    }
    given = (
        e
        for source in (archigos(facts), phoenix(facts))
        for e in source
        if {e.code, *(t.code for t in e.terms)} <= known
    )
    entries = merged([*bodies(), *holders(), *linked(), *given])
    out.write_bytes(pack(entries))
