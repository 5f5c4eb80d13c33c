"""Exports, each read back as its users read it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybius import codebook, query
from polybius.query.exports import WRITERS, gdelt, icews, polecat
from polybius.query.exports.codes import Integers, integer, load_codes, pair_id
from polybius.query.exports.panels import cell

DEFAULT = ["AGREE", "ASSAULT", "CONSULT", "PROTEST", "RETREAT", "SUPPORT"]
CODES = load_codes()


def written(path: Path, format: str, **words: Any) -> tuple[str, query.Losses]:
    out = io.BytesIO()
    losses = query.export(path, format, out, **words)
    return out.getvalue().decode(), losses


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def named(text: str, columns: tuple[str, ...] | None = None) -> list[dict[str, str]]:
    lines = rows(text)
    names = columns or tuple(lines.pop(0))
    return [dict(zip(names, line, strict=True)) for line in lines]


def test_plover_records_have_the_fields_of_the_manual(news: Path) -> None:
    text, losses = written(news, "plover")
    records = [json.loads(line) for line in text.splitlines()]
    assert sorted(record["event"][0] for record in records) == DEFAULT
    (raid,) = (record for record in records if record["event"] == ["ASSAULT"])
    assert (raid["date"], raid["enddate"], raid["mode"], raid["context"]) == (
        "2024-05-14",
        "2024-05-14",
        ["aerial"],
        ["military"],
    )
    assert raid["actor"] == [
        {
            "code": "YEM",
            "sector": ["REB"],
            "entity_text": "Northern Brigade",
            "identifier_id": "Q1",
            "identifier_text": "Northern Brigade",
        }
    ]
    assert raid["recipient"][0]["code"] == "SAU"
    assert raid["size"] == {"dead": 12}
    assert raid["event_loc"]["country"] == "YEM"
    assert raid["text"].startswith("Northern Brigade bombed")
    assert raid["cite_info"]["publication"] == "Wire"
    (promise,) = (record for record in records if record["event"] == ["AGREE"])
    assert not {"status", "future"} & promise.keys()
    assert losses.lost["that they are announced and not carried out"] == 1


@pytest.mark.parametrize("format", sorted(set(WRITERS) - {"geojson"}))
def test_what_did_not_happen_is_never_told_as_a_fact(news: Path, format: str) -> None:
    usual, _ = written(news, format)
    everything, losses = written(news, format, status="all")
    assert everything == usual
    assert sum(count for what, count in losses.omitted.items() if "status" in what) == 2
    assert losses.written + sum(losses.omitted.values()) == losses.events == 8


def test_polecat_has_forty_columns(news: Path) -> None:
    assert len(polecat.COLUMNS) == len(set(polecat.COLUMNS)) == 40
    text, _ = written(news, "polecat")
    found = {row["Event Type"]: row for row in named(text)}
    assert tuple(rows(text)[0]) == polecat.COLUMNS
    raid = found["ASSAULT"]
    assert {name: raid[name] for name in polecat.COLUMNS if raid[name] != "None"} == {
        "Event ID": raid["Event ID"],
        "Event Date": "2024-05-14",
        "Event Type": "ASSAULT",
        "Event Mode": "aerial",
        "Intensity": raid["Intensity"],
        "Quad Code": "MATERIAL CONFLICT",
        "Contexts": "military",
        "Actor Name": "Northern Brigade",
        "Actor Country": "YEM",
        "Actor COW": "679",
        "Primary Actor Sector": "REB",
        "Actor Sectors": "REB",
        "Actor Name Raw": "Northern Brigade",
        "Wikipedia Actor ID": "Q1",
        "Recipient Name": "Riyadh troops",
        "Recipient Country": "SAU",
        "Recipient COW": "670",
        "Primary Recipient Sector": "MIL",
        "Recipient Sectors": "MIL;GOV",
        "Recipient Name Raw": "Riyadh troops",
        "Placename": "Qaldara",
        "City": "Qaldara",
        "Province": "Al Jawf",
        "Country": "YEM",
        "Latitude": "15.1",
        "Longitude": "45.3",
        "GeoNames ID": "99",
        "Raw Placename": "Qaldara",
        "Source": "Wire",
        "Publication Date": "2024-05-15",
        "Language": "English",
        "Version": raid["Version"],
    }
    assert (found["PROTEST"]["Event Date"], found["PROTEST"]["Recipient Name"]) == ("None", "None")


def test_gdelt_events_have_sixty_one_columns(news: Path) -> None:
    assert len(gdelt.COLUMNS) == len(set(gdelt.COLUMNS)) == 61
    text, losses = written(news, "gdelt")
    found = {row["EventRootCode"]: row for row in named(text, gdelt.COLUMNS)}
    assert losses.written == len(found) == 4
    assert losses.omitted == {"their date is not known, or vaguer than a month": 2}
    raid = found["18" if "18" in found else "19"]
    assert (raid["SQLDATE"], raid["MonthYear"], raid["Year"], raid["FractionDate"]) == (
        "20240514",
        "202405",
        "2024",
        "2024.4493",
    )
    assert (raid["Actor1Code"], raid["Actor1CountryCode"], raid["Actor1Type1Code"]) == ("YEMREB", "YEM", "REB")
    assert (raid["Actor2Code"], raid["Actor2Type2Code"], raid["QuadClass"]) == ("SAUMIL", "GOV", "4")
    assert (raid["EventCode"], raid["EventBaseCode"]) == ("195", "195")
    assert (raid["NumMentions"], raid["NumSources"], raid["NumArticles"]) == ("2", "2", "2")
    assert (raid["ActionGeo_Type"], raid["ActionGeo_CountryCode"]) == ("4", "YM")
    assert raid["ActionGeo_FullName"] == "Qaldara, Al Jawf, Yemen"
    assert (raid["DATEADDED"], raid["SOURCEURL"]) == ("20240515000000", "raid1")
    assert 0 < int(raid["GLOBALEVENTID"]) < 2**63


def test_a_country_as_a_place_is_type_one(news: Path) -> None:
    (freed,) = named(written(news, "gdelt", event="RETREAT")[0], gdelt.COLUMNS)
    assert (freed["ActionGeo_Type"], freed["ActionGeo_CountryCode"], freed["Actor2Code"]) == ("1", "IR", "")


def test_gdelt_mentions_point_at_gdelt_events(news: Path) -> None:
    assert len(gdelt.MENTIONS) == len(set(gdelt.MENTIONS)) == 16
    events = {row["GLOBALEVENTID"]: row for row in named(written(news, "gdelt")[0], gdelt.COLUMNS)}
    mentions = named(written(news, "gdelt-mentions")[0], gdelt.MENTIONS)
    assert {row["GlobalEventID"] for row in mentions} == set(events)
    assert len(mentions) == sum(int(row["NumMentions"]) for row in events.values())
    first = next(row for row in mentions if row["MentionIdentifier"] == "https://wire.example/1")
    assert (first["MentionType"], first["MentionSourceName"], first["Confidence"]) == ("1", "Wire", "90")
    assert (first["Actor1CharOffset"], first["Actor2CharOffset"], first["ActionCharOffset"]) == ("0", "11", "7")
    assert first["MentionDocLen"] == str(len("France met Germany in Paris."))


def test_icews_has_twenty_columns(news: Path) -> None:
    assert len(icews.COLUMNS) == len(set(icews.COLUMNS)) == 20
    text, _ = written(news, "icews")
    found = {row["CAMEO Code"]: row for row in named(text)}
    assert tuple(rows(text)[0]) == icews.COLUMNS
    raid = found["195"]
    assert (raid["Source Country"], raid["Target Country"], raid["Country"]) == ("Yemen", "Saudi Arabia", "Yemen")
    assert (raid["Source Sectors"], raid["Target Sectors"], raid["City"]) == ("REB", "MIL,GOV", "Qaldara")
    assert (raid["Event Date"], raid["Sentence Number"], raid["Publisher"]) == ("2024-05-14", "1", "Wire")


def test_geojson_is_a_collection_of_points(news: Path) -> None:
    text, losses = written(news, "geojson", status="all")
    features = json.loads(text)["features"]
    assert {f["properties"]["event"]: f["geometry"]["coordinates"] for f in features} == {
        "CONSULT": [2.35, 48.85],
        "ASSAULT": [45.3, 15.1],
        "THREATEN": [53.0, 32.0],
        "RETREAT": [53.0, 32.0],
    }
    assert {f["properties"]["status"] for f in features} == {"actual", "negated"}
    assert losses.omitted == {"no coordinates are known": 4}
    assert losses.lost["rival numbers of killed, injured or arrested"] == 1
    assert json.loads(written(news, "geojson", event="MOBILIZE")[0])["features"] == []


def test_quadruples_are_lines_of_four(news: Path) -> None:
    text, losses = written(news, "quads")
    assert sorted(rows(text)) == [
        ["2024-05-14", "France", "CONSULT-third-party", "Germany"],
        ["2024-05-14", "Northern Brigade", "ASSAULT-aerial", "Riyadh troops"],
        ["2024-06-03", "Pyongyang", "AGREE", "Moscow"],
    ]
    assert losses.lost["that the pair has no direction (it is written once)"] == 1
    assert losses.omitted["one of the two parties is missing"] == 1


def test_panels_count_a_country_and_month(news: Path) -> None:
    found = list(csv.DictReader(io.StringIO(written(news, "country-month")[0])))
    assert [(row["country"], row["month"], row["n_events"]) for row in found] == [
        ("FRA", "2024-05", "1"),
        ("IRN", "2024-06", "1"),
        ("YEM", "2024-05", "1"),
    ]
    yemen = found[2]
    assert (yemen["n_reports"], yemen["material_conflict"], yemen["ASSAULT"], yemen["CONSULT"]) == ("2", "1", "1", "0")


def test_cells_of_the_grid(news: Path) -> None:
    # Corners of the grid, and the numbering: 720 cells a row, from the south-west.
    assert [cell(-90, -180), cell(-89.9, 179.9), cell(-89.4, -180), cell(90, 180)] == [1, 720, 721, 259200]
    found = list(csv.DictReader(io.StringIO(written(news, "prio-grid-month")[0])))
    assert {row["gid"] for row in found} == {str(cell(48.85, 2.35)), str(cell(15.1, 45.3))}


def test_csv_and_parquet_hold_the_rows_of_the_view(news: Path) -> None:
    table = query.events(news)
    found = list(csv.DictReader(io.StringIO(written(news, "csv")[0])))
    assert [row["id"] for row in found] == [row["id"] for row in table]
    assert tuple(found[0]) == table.names
    out = io.BytesIO()
    query.export(news, "parquet", out)
    assert pyarrow.parquet.read_table(io.BytesIO(out.getvalue())).to_pylist() == list(table)


def test_the_same_store_gives_the_same_bytes(news: Path) -> None:
    for format in query.FORMATS:
        one, two = io.BytesIO(), io.BytesIO()
        query.export(news, format, one)
        query.export(news, format, two)
        assert one.getvalue() == two.getvalue(), format


@given(st.text())
def test_integers_are_of_63_bits(text: str) -> None:
    assert 0 <= integer(text) < 2**63


def test_integers_that_fall_together_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = Integers()
    assert len({ids.of(pair_id(f"evt1-{n}", pair)) for n in range(20_000) for pair in range(2)}) == 40_000
    assert ids.of("evt1-7") == ids.of("evt1-7") == integer("evt1-7")
    monkeypatch.setattr("polybius.query.exports.codes.integer", lambda text: integer(text) % 2)
    with pytest.raises(ValueError, match="have the same integer id"):
        for n in range(3):
            ids.of(f"evt1-new{n}")


def test_every_type_and_mode_has_a_cameo_code() -> None:
    book = codebook.load()
    crosswalk = codebook.load_crosswalk(book)
    for kind in book.types.values():
        for modes in [(), *((mode,) for mode in kind.modes)]:
            code, meaning = CODES.event(kind.name, modes)
            assert len(code) >= 3 and meaning
            crossing = crosswalk.find(code)
            assert crossing and crossing.event == kind.name, (kind.name, modes, code)


def test_every_country_is_in_the_table_of_codes() -> None:
    assert CODES.fips.keys() == CODES.names.keys() == CODES.cow.keys()
    assert all(len(code) in (0, 2) for code in CODES.fips.values())
    assert (CODES.fips["GBR"], CODES.fips["RUS"], CODES.cow["USA"], CODES.cow["DEU"]) == ("UK", "RS", "2", "255")
    numbers = [number for number in CODES.cow.values() if number]
    assert len(numbers) == len(set(numbers))
    assert CODES.cameo_country("ROU") == "ROM"
    assert CODES.cameo_country("IGO") == ""


def test_a_format_that_there_is_not(news: Path) -> None:
    with pytest.raises(query.QueryError, match="no format 'xls'; allowed: plover"):
        query.export(news, "xls", io.BytesIO())


def test_the_page_names_every_format() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "query.md").read_text(encoding="utf-8")
    for name, what in query.FORMATS.items():
        assert f"| `{name}` | {what} |" in page
