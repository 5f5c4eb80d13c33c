"""A dump of GeoNames (allCountries.zip, or that of one country) → a compiled gazetteer."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO

from polybius.reference.gazetteer import Gazetteer, Town
from polybius.reference.gazetteer_build import Packer, Row
from polybius.reference.gazetteer_file import GazetteerError

CELLS, EVERY = 19, 20_000
COUNTRY_KM, DIVISION_KM, SEA_KM, SPOT_KM = 300, 60, 300, 5
TOWN_KM = ((1_000_000, 20), (100_000, 12), (10_000, 6), (0, 3))
DIVISIONS = frozenset({"ADM1", "ADM2", "ADM3"})
# Waters, islands, heights, regions, bases and the like that news names. GeoNames has millions of streams and hills
# besides: of these features only rows with a second name are taken.
FEATURES = frozenset(
    "SEA OCN GULF STRT BAY CHN LK LKS STM CNL RSV ISL ISLS PEN CAPE MT MTS VLC PASS DSRT RGN CONT RGNE AREA MILB INSM AIRB AIRP NVB HBR PRT "
    "PSN DAM BDG CMP PSTB STNS UPLD VAL OAS PPLH".split()
)
SEAS = frozenset({"SEA", "OCN", "GULF", "STRT", "CONT", "RGN", "DSRT", "MTS"})

Progress = Callable[[int, int], None]  # bytes done, bytes in all


@dataclass(slots=True)
class Extent:
    """The towns of a division, as far as they reach."""

    south: float = 90.0
    north: float = -90.0
    west: float = 180.0
    east: float = -180.0

    def take(self, latitude: float, longitude: float) -> None:
        """Reach as far as a town."""
        self.south, self.north = min(self.south, latitude), max(self.north, latitude)
        self.west, self.east = min(self.west, longitude), max(self.east, longitude)

    @property
    def km(self) -> int:
        """Half of the diagonal."""
        return max(10, round(111 * math.hypot(self.north - self.south, self.east - self.west) / 2))


@dataclass(slots=True)
class Build:
    """What is known while a dump is read. ``packaged`` gives what GeoNames lacks: codes, short names, own rows."""

    packaged: Gazetteer
    packer: Packer = field(default_factory=Packer)
    extents: dict[str, Extent] = field(default_factory=dict)
    divisions: list[tuple[int, str]] = field(default_factory=list)

    def take(self, cells: list[str]) -> None:
        """Take a line of the dump, if it is of a kind that news names."""
        row = self.row(cells) if wanted(cells) else None
        if row is None:
            return
        if row.feature in DIVISIONS:
            code = ".".join(part for part in (cells[8], cells[10], cells[11] if row.feature != "ADM1" else "") if part)
            self.divisions.append((len(self.packer), code))
            self.packer.name_division(code, row.name)
        elif row.feature.startswith("PPL"):
            for code in {row.admin1, row.admin2} - {""}:
                self.extents.setdefault(code, Extent()).take(row.latitude, row.longitude)
        self.packer.add(row)

    def row(self, cells: list[str]) -> Row:
        feature = "PCLI" if cells[7].startswith("PCL") else cells[7]
        alpha3 = self.packaged.alpha3.get(cells[8], "")
        population = int(cells[14] or 0)
        return Row(
            name=cells[1],
            alternates=(*alternates(cells), *self.codes(feature, alpha3, cells)),
            feature=feature,
            country=alpha3,
            admin1=f"{cells[8]}.{cells[10]}" if cells[10] and feature != "PCLI" else "",
            admin2=f"{cells[8]}.{cells[10]}.{cells[11]}" if cells[11] and feature != "ADM1" else "",
            latitude=float(cells[4]),
            longitude=float(cells[5]),
            km=radius(feature, population),
            population=population,
            geonames=int(cells[0]),
            source="GeoNames",
        )

    def codes(self, feature: str, alpha3: str, cells: list[str]) -> tuple[str, ...]:
        """Names and codes by which states, their parts and capitals are looked up."""
        if feature == "PCLI":
            state = self.packaged.country(alpha3)
            return (f"={alpha3}", f"={cells[8]}", *((state.name, *state.others) if state is not None else ()))
        if feature == "ADM1":
            known = self.packaged.find(f"={cells[8]}.{cells[10]}")
            return tuple(name for town in known for name in (town.name, *town.others))
        return (f"=capital {alpha3}",) if feature == "PPLC" else ()

    def finish(self) -> None:
        """Give divisions their radius; add the packaged rows of other countries and those without a number."""
        for number, code in self.divisions:
            if code in self.extents:
                self.packer.columns["km"][number] = min(65535, self.extents[code].km)
        countries = set(self.packer.words["country"])
        for town, names, admin2 in self.packaged.rows(but=countries):
            for code, name in ((town.admin1_code, town.admin1), (admin2, town.admin2)):
                self.packer.divisions.setdefault(code, name)
            self.packer.add(own(town, names, admin2))


def build(dump: Path, out: BinaryIO, packaged: Gazetteer, progress: Progress | None = None) -> int:
    """Compile a dump into an open file; returns the number of places. Raises GazetteerError for what is no dump."""
    made = Build(packaged)
    for number, line in enumerate(lines(dump, progress), 1):
        cells = line.rstrip("\r\n").split("\t")
        try:
            if len(cells) != CELLS:
                raise ValueError(f"{len(cells)} columns")
            made.take(cells)
        except ValueError as error:
            raise GazetteerError(
                f"{dump}, line {number}: no row of a GeoNames dump ({error}; {CELLS} expected)"
            ) from None
    if not len(made.packer):
        raise GazetteerError(f"{dump} holds no places")
    made.finish()
    made.packer.write(out, {"source": dump.name, **packaged.columns.header["about"]}, pack=False)
    return len(made.packer)


def lines(dump: Path, progress: Progress | None) -> Iterator[str]:
    """The lines of the table in a zip file, or of a text file."""
    if not dump.is_file():
        raise GazetteerError(f"{dump}: there is no such file; download allCountries.zip from geonames.org/export first")
    if not zipfile.is_zipfile(dump):
        with dump.open("rb") as file:
            yield from _text(file, dump.stat().st_size, progress)
        return
    with zipfile.ZipFile(dump) as archive:
        tables = [i for i in archive.infolist() if i.filename.endswith(".txt") and "readme" not in i.filename.lower()]
        if not tables:
            raise GazetteerError(
                f"{dump} holds no table of places (a .txt file) but {', '.join(archive.namelist()[:5])}"
            )
        table = max(tables, key=lambda info: info.file_size)
        with archive.open(table) as file:
            yield from _text(file, table.file_size, progress)


def _text(file: IO[bytes], size: int, progress: Progress | None) -> Iterator[str]:
    done = 0
    for number, line in enumerate(io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="\n")):
        done += len(line)
        if progress is not None and number % EVERY == 0:
            progress(done, size)
        yield line
    if progress is not None:
        progress(size, size)


def wanted(cells: list[str]) -> bool:
    """Countries, divisions and towns; of waters, heights and the like those that have a second name."""
    kind, feature = cells[6], cells[7]
    if kind == "P":
        return feature != "PPLQ"
    if kind == "A":
        return feature in DIVISIONS or (feature.startswith("PCL") and feature != "PCLH")
    return feature in FEATURES and bool(cells[3])


def alternates(cells: list[str]) -> tuple[str, ...]:
    """Other names; codes of airports and the like are none."""
    return (cells[2], *(n for n in cells[3].split(",") if len(n) > 3 or not n.isascii()))


def radius(feature: str, population: int) -> int:
    """The radius in kilometres that a kind of place has."""
    if feature == "PCLI":
        return COUNTRY_KM
    if feature.startswith("ADM"):
        return DIVISION_KM
    if feature.startswith("PPL"):
        return next(km for least, km in TOWN_KM if population >= least)
    return SEA_KM if feature in SEAS else SPOT_KM


def own(town: Town, names: tuple[str, ...], admin2: str) -> Row:
    """A row of the packaged gazetteer as a row to be compiled."""
    return Row(
        name=town.name,
        alternates=names,
        feature=town.feature,
        country=town.country,
        admin1=town.admin1_code,
        admin2=admin2,
        latitude=town.latitude or 0.0,
        longitude=town.longitude or 0.0,
        km=round(town.precision_km),
        population=town.population,
        geonames=town.geonames,
        source=town.source,
    )
