"""The packaged gazetteer: what it must hold, how names are looked up, and its file."""

from __future__ import annotations

import io
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybius.reference.gazetteer import GAZETTEER, Gazetteer
from polybius.reference.gazetteer_build import Packer, Row
from polybius.reference.gazetteer_file import Columns, GazetteerError, write
from polybius.reference.gazetteer_names import fold, key
from polybius.reference.world import DATA

SPRINGFIELD = Row(
    "Springfield",
    ("Springfeld", "=SPR"),
    "PPL",
    "USA",
    "US.IL",
    "US.IL.167",
    39.8017,
    -89.6437,
    12,
    114_394,
    4250542,
    "GeoNames",
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(DATA / GAZETTEER)


@pytest.mark.parametrize(
    ("name", "country", "latitude", "longitude", "km"),
    [
        ("Kyiv", "UKR", 50.45, 30.52, 20),
        ("the Donbas", "UKR", 48.3, 38.2, 60),
        ("West Bank", "PSE", 32, 35.25, 40),
        ("Gaza Strip", "PSE", 31.4, 34.4, 20),
        ("South China Sea", "", 12, 113, 600),
        ("Strait of Hormuz", "", 26.6, 56.4, 60),
        ("Sinai", "EGY", 29.5, 34, 100),
        ("Sahel", "", 15, 5, 1500),
        ("Kashmir", "", 34.2, 75.5, 150),
        ("Vostochny Cosmodrome", "RUS", 51.9, 128.3, 20),
        ("Bagram", "AFG", 34.95, 69.27, 10),
        ("Rafah crossing", "", 31.25, 34.26, 5),
        ("Zaporizhzhia Nuclear Power Plant", "UKR", 47.5, 34.6, 5),
        ("Kabul airport", "AFG", 34.57, 69.21, 5),
        ("Los Angeles County", "USA", 34.2, -118.3, 40),
        ("New South Wales", "AUS", -32, 147, 100),
        ("Africa", "", 5, 20, 1000),
        ("Lake Chad", "", 13.2, 14.2, 100),
        ("Danube", "", 46, 20, 900),
    ],
)
def test_places_that_news_names(
    gazetteer: Gazetteer, name: str, country: str, latitude: float, longitude: float, km: float
) -> None:
    found = gazetteer.towns(name)
    assert any(
        t.country == country
        and t.latitude is not None
        and t.longitude is not None
        and abs(t.latitude - latitude) * 111 < km
        and abs(t.longitude - longitude) * 111 < km
        for t in found
    ), found


def test_size_and_kinds(gazetteer: Gazetteer) -> None:
    assert len(gazetteer) > 280_000
    assert (DATA / GAZETTEER).stat().st_size < 12_000_000
    features = set(gazetteer.columns.header["words"]["feature"])
    assert features >= {
        "PCLI",
        "ADM1",
        "ADM2",
        "PPL",
        "PPLC",
        "SEA",
        "STRT",
        "GULF",
        "STM",
        "LK",
        "ISL",
        "MT",
        "RGN",
        "CONT",
        "STNS",
        "PSTB",
    }


def test_every_row_lies_on_earth_and_has_a_radius(gazetteer: Gazetteer) -> None:
    columns = gazetteer.columns
    assert np.abs(columns.numbers("latitude")).max() <= 90 * 10_000
    assert np.abs(columns.numbers("longitude")).max() <= 180 * 10_000
    assert columns.numbers("km").min() >= 1


def test_every_country_is_found_by_its_code(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.alpha3) > 240
    for code in ("USA", "GBR", "UKR", "PSE", "KOS", "TWN", "SSD"):
        state = gazetteer.country(code)
        assert state is not None and state.feature == "PCLI" and state.country == code and state.precision_km >= 10


def test_rows_from_memory_say_so(gazetteer: Gazetteer) -> None:
    (donbas,) = gazetteer.towns("Donbas")
    assert (donbas.source, donbas.verified, donbas.geonames) == ("memory", False, 0)
    assert gazetteer.towns("Kyiv")[0].verified


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("PORT-AU-PRINCE", "Port-au-Prince"),
        ("Port au Prince", "Port-au-Prince"),
        ("São Paulo", "Sao Paulo"),
        ("St. Petersburg", "Saint Petersburg"),
        ("the Gaza Strip", "Gaza Strip"),
        ("Kyiv’s", "Kyiv"),
        ("Łódź", "Lodz"),
        ("N’Djamena", "NDjamena"),
    ],
)
def test_ways_of_writing_fold_together(gazetteer: Gazetteer, written: str, meant: str) -> None:
    assert fold(written) == fold(meant)
    assert gazetteer.towns(written) == gazetteer.towns(meant) != ()


@pytest.mark.parametrize(
    "name", ["", " ", "-", "the", "'s", "=", "\t", "\ud800", "Киев", "كييف", "\U0001f600", "x" * 10_000]
)
def test_odd_names_give_rows_or_nothing(gazetteer: Gazetteer, name: str) -> None:
    assert isinstance(gazetteer.towns(name), tuple)


def test_ten_thousand_random_names(gazetteer: Gazetteer) -> None:
    chance = random.Random(5)
    letters = "abcXYZ éßЖщعب中'’-.,\t\n\x00=0🙂"
    for _ in range(10_000):
        name = "".join(chance.choices(letters, k=chance.randrange(12)))
        assert all(fold(name) in map(fold, (t.name, *t.others, name)) for t in gazetteer.towns(name))


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) in (fold(name), fold(fold(fold(name))))
    assert 0 <= key(fold(name)) < 2**32


@pytest.mark.parametrize("pack", [True, False])
def test_a_file_gives_back_what_was_put_in(tmp_path: Path, pack: bool) -> None:
    packer = Packer()
    packer.name_division("US.IL", "Illinois")
    packer.add(SPRINGFIELD)
    with (tmp_path / "g.bin").open("wb") as file:
        packer.write(file, {}, pack)
    made = Gazetteer(tmp_path / "g.bin")
    (town,) = made.towns("springfield")
    assert (town.name, town.others, town.admin1, town.admin1_code) == (
        "Springfield",
        ("Springfeld",),
        "Illinois",
        "US.IL",
    )
    assert (town.latitude, town.longitude, town.population, town.geonames) == (39.8017, -89.6437, 114_394, 4250542)
    assert made.find("=SPR") == (town,)
    assert made.towns("Shelbyville") == ()
    assert made.fingerprint != Gazetteer(DATA / GAZETTEER).fingerprint
    assert list(made.rows()) == [(town, ("Springfeld", "=SPR"), "US.IL.167")]


def test_two_names_with_one_number_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("polybius.reference.gazetteer_build.key", lambda _: 7)
    monkeypatch.setattr("polybius.reference.gazetteer.key", lambda _: 7)
    packer = Packer()
    for name in ("Aville", "Bville"):
        packer.add(Row(name, (), "PPL", "FRA", "", "", 1.0, 2.0, 3, 4, 5, "GeoNames"))
    with (tmp_path / "g.bin").open("wb") as file:
        packer.write(file, {})
    assert [t.name for t in Gazetteer(tmp_path / "g.bin").towns("Bville")] == ["Bville"]


@pytest.mark.parametrize("pack", [True, False])
def test_columns_come_back_whole_and_in_parts(tmp_path: Path, pack: bool) -> None:
    up = np.sort(np.random.default_rng(3).integers(0, 2**32, 20_000, np.uint32))
    down = -np.arange(20_000, dtype=np.int32)
    text = b"".join(b"%d\n" % number for number in range(20_000))
    out = io.BytesIO()
    write(out, {}, {"up": up, "down": down}, {"text": text}, pack)
    (tmp_path / "c").write_bytes(out.getvalue())
    columns = Columns(tmp_path / "c")
    assert columns.text("text", 40_000, 90_000) == text[40_000:90_000] != b""
    assert [columns.number("down", row) for row in (0, 8191, 8192, 19_999)] == [0, -8191, -8192, -19_999]
    assert columns.numbers("up").tolist() == up.tolist()
    assert columns.numbers("down").tolist() == down.tolist()
    assert columns.lines("text")[17_000] == "17000"


def test_a_missing_file_and_a_file_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="is missing"):
        Gazetteer(tmp_path / "none.bin")
    (tmp_path / "text.bin").write_text("no gazetteer")
    with pytest.raises(GazetteerError, match=r"text\.bin is no gazetteer"):
        Gazetteer(tmp_path / "text.bin").check()
