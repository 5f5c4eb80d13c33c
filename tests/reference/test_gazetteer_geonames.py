"""A dump of GeoNames becomes a gazetteer; what is no dump is refused with a reason and leaves the old file alone."""

from __future__ import annotations

import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from polybius.cli import app
from polybius.reference.gazetteer import Gazetteer
from polybius.reference.gazetteer_build import Packer, Row
from polybius.reference.gazetteer_file import GazetteerError
from polybius.reference.geonames import build

LINES = (
    "690791\tUkraine\tUkraine\tUkrayina,Україна\t49.0\t32.0\tA\tPCLI\tUA\t\t00\t\t\t\t44622516\t\t181\tEurope/Kiev\t2021-08-16",
    "703448\tKyiv\tKyiv\tKiev,Киев\t50.45466\t30.5238\tP\tPPLC\tUA\t\t12\t\t\t\t2797553\t\t187\tEurope/Kyiv\t2022-10-11",
    "703447\tKyiv City\tKyiv City\t\t50.41667\t30.5\tA\tADM1\tUA\t\t12\t\t\t\t2900920\t\t178\tEurope/Kyiv\t2022-10-11",
    "9999991\tDnipro\tDnipro\tDnieper\t49.1\t33.4\tH\tSTM\tUA\t\t12\t\t\t\t0\t\t1\tEurope/Kyiv\t2020-01-01",
    "9999992\tTiny Brook\tTiny Brook\t\t50.0\t30.0\tH\tSTM\tUA\t\t12\t\t\t\t0\t\t1\tEurope/Kyiv\t2020-01-01",
)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "UA.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("UA.txt", "\n".join(LINES) + "\n")
    return path


@pytest.fixture
def packaged(tmp_path: Path) -> Gazetteer:
    """A small gazetteer in the packaged one's place."""
    packer = Packer()
    packer.name_division("US.CA", "California")
    for row in (
        Row("Donbas", ("Donbass",), "RGN", "UKR", "", "", 48.3, 38.2, 130, 0, 0, "memory"),
        Row("Kharkiv", (), "PPLA", "UKR", "", "", 49.98, 36.25, 20, 1_433_886, 706483, "GeoNames"),
        Row(
            "Ukraine",
            ("UKR land", "=UKR", "=UA"),
            "PCLI",
            "UKR",
            "",
            "",
            49.0,
            32.0,
            440,
            44_622_516,
            690791,
            "GeoNames",
        ),
        Row("Los Angeles County", (), "ADM2", "USA", "US.CA", "", 34.3, -118.2, 30, 1, 5368381, "US Census"),
    ):
        packer.add(row)
    with (tmp_path / "packaged.bin").open("wb") as file:
        packer.write(file, {"alpha3": '{"UA": "UKR", "US": "USA"}'})
    return Gazetteer(tmp_path / "packaged.bin")


def test_a_dump_of_one_country_replaces_that_country(dump: Path, tmp_path: Path, packaged: Gazetteer) -> None:
    steps: list[tuple[int, int]] = []
    with (tmp_path / "out.bin").open("wb") as out:
        count = build(dump, out, packaged, lambda done, size: steps.append((done, size)))
    made = Gazetteer(tmp_path / "out.bin")
    assert count == len(made) == 4 + 2  # the lines but the brook; Donbas and the county
    (kyiv,) = made.towns("Киев")
    assert (kyiv.name, kyiv.admin1, kyiv.country, kyiv.geonames) == ("Kyiv", "Kyiv City", "UKR", 703448)
    assert made.find("=capital UKR") == (kyiv,)
    state = made.country("UKR")
    assert state is not None and state.population == 44_622_516
    assert made.towns("Kharkiv") == ()
    assert made.towns("Dnieper")[0].feature == "STM" and made.towns("Tiny Brook") == ()
    assert made.towns("Donbas") == packaged.towns("Donbas")
    assert made.towns("Los Angeles County")[0].admin1 == "California"
    assert steps[-1][0] == steps[-1][1]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("one\ttwo\n", r"line 1: .*2 columns"),
        ("", "holds no places"),
        (LINES[1].replace("50.45466", "north"), "line 1"),
    ],
)
def test_what_is_no_dump_is_refused(tmp_path: Path, packaged: Gazetteer, content: str, message: str) -> None:
    (tmp_path / "dump.txt").write_text(content, encoding="utf-8")
    with (tmp_path / "out.bin").open("wb") as out, pytest.raises(GazetteerError, match=message):
        build(tmp_path / "dump.txt", out, packaged)


def test_a_zip_without_a_table(tmp_path: Path, packaged: Gazetteer) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("picture.png", b"")
    with (tmp_path / "out.bin").open("wb") as out, pytest.raises(GazetteerError, match=r"no table .* picture\.png"):
        build(tmp_path / "x.zip", out, packaged)


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch, packaged: Gazetteer) -> None:
    monkeypatch.setattr("polybius.reference.load", lambda: SimpleNamespace(gazetteer=packaged))


@pytest.mark.usefixtures("_small")
def test_the_command_writes_to_the_data_folder(dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("polybius.cli.gazetteer.user_data", lambda: tmp_path / "data")
    result = CliRunner().invoke(app, ["gazetteer", "build", str(dump)])
    assert result.exit_code == 0, result.output
    assert "--gazetteer" in result.output
    assert Gazetteer(tmp_path / "data" / "gazetteer.bin").towns("Kyiv")


@pytest.mark.usefixtures("_small")
def test_a_failed_build_keeps_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "old.bin").write_text("old")
    (tmp_path / "bad.txt").write_text("bad\n")
    result = CliRunner().invoke(
        app, ["gazetteer", "build", str(tmp_path / "bad.txt"), "--out", str(tmp_path / "old.bin")]
    )
    assert result.exit_code == 1
    assert "bad.txt, line 1" in result.output
    assert (tmp_path / "old.bin").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".part")] == []


@pytest.mark.usefixtures("_small")
def test_a_dump_that_is_not_there(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app, ["gazetteer", "build", str(tmp_path / "none.zip"), "--out", str(tmp_path / "o.bin")]
    )
    assert result.exit_code == 1
    assert "there is no such file" in result.output
