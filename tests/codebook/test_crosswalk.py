"""CAMEO codes to PLOVER."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from polybius.codebook import Codebook, CodebookError, Crosswalk, load, load_crosswalk
from polybius.codebook.crosswalk import parse_crosswalk
from polybius.codebook.load import packaged

SOURCE = Path(__file__).parents[3] / "shared" / "reference" / "CAMEO2PLOVER-2021.txt"
HEADER = "code\ttype\tmode\tcontexts\tmeaning\n"


@pytest.fixture(scope="module")
def plover() -> Codebook:
    return load()


@pytest.fixture(scope="module")
def cameo(plover: Codebook) -> Crosswalk:
    return load_crosswalk(plover)


@pytest.mark.parametrize(
    ("code", "event", "mode"),
    [
        ("042", "CONSULT", "visit"),
        ("0871", "RETREAT", "ceasefire"),
        ("190", "ASSAULT", None),
        ("01", None, None),
        ("0256", None, None),  # no line of its own: goes by 02
        ("1951", "ASSAULT", "aerial"),  # goes by 195
        ("116", "SANCTION", "convict"),
        ("163", "SANCTION", "discontinue"),
        ("055", "CONCEDE", None),
        ("0813", "CONCEDE", None),
        ("186", "ASSAULT", "targeted"),
        ("202", "ASSAULT", "targeted"),
        ("1712", "ASSAULT", "destroy"),
        ("1722", "COERCE", "restrict"),
        ("132", "THREATEN", "restrict"),
        ("203", "ASSAULT", None),
        ("0842", "RETREAT", None),
    ],
)
def test_a_code_is_found(cameo: Crosswalk, code: str, event: str | None, mode: str | None) -> None:
    crossing = cameo.find(code)
    assert crossing
    assert (crossing.event, crossing.mode) == (event, mode)


@pytest.mark.parametrize("code", ["", "0", "21", "99", "---"])
def test_what_is_no_code_is_not_found(cameo: Crosswalk, code: str) -> None:
    assert cameo.find(code) is None


def test_contexts_that_the_manual_lacks_are_replaced(cameo: Crosswalk) -> None:
    assert cameo.crossings["073"].contexts == ("human_security",)
    assert cameo.crossings["0811"].contexts == ("pro_democracy",)
    assert cameo.crossings["175"].contexts == ("pro_autocracy", "military")


def test_every_cue_category_has_a_line(cameo: Crosswalk) -> None:
    assert {code for code in cameo.crossings if len(code) == 2} == {f"{number:02}" for number in range(1, 21)}


def test_every_type_is_reached(cameo: Crosswalk, plover: Codebook) -> None:
    assert {crossing.event for crossing in cameo.crossings.values()} - {None} == set(plover.types)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("042\tCONSALT\tvisit\t\tVisit", "mine.tsv:2:5: unknown event type 'CONSALT'; did you mean 'CONSULT'?"),
        ("042\tCONSULT\tvisits\t\tVisit", "mine.tsv:2:13: unknown mode of CONSULT 'visits'; did you mean 'visit'?"),
        (
            "042\tCONSULT\tvisit\tdiplomacy\tVisit",
            "mine.tsv:2:19: unknown context 'diplomacy'; did you mean 'diplomatic'?",
        ),
        ("04x\tCONSULT\tvisit\t\tVisit", "mine.tsv:2:1: a CAMEO code has two to four digits, found '04x'"),
        ("042,CONSULT,visit,,Visit", "mine.tsv:2:1: expected 5 cells (code, type, mode, contexts, meaning), found 1"),
        ("01\t\tvisit\t\tStatement", "mine.tsv:2:5: unknown mode of a dropped code 'visit'; allowed: none"),
        ("042\tCONSULT\t\t\tA\n042\tCONSULT\t\t\tB", "mine.tsv:3:1: the code '042' stands here twice"),
    ],
)
def test_a_fault_names_its_place(plover: Codebook, line: str, fault: str) -> None:
    with pytest.raises(CodebookError) as caught:
        parse_crosswalk((HEADER + line + "\n").encode(), plover, "mine.tsv")
    assert [str(found) for found in caught.value.faults] == [fault]


def test_all_faults_are_reported_at_once(plover: Codebook) -> None:
    text = HEADER + "042\tX\t\t\tA\n# passed over\n\n043\tCONSULT\ty\tz\tB\n"
    with pytest.raises(CodebookError) as caught:
        parse_crosswalk(text.encode(), plover, "mine.tsv")
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [(2, 5), (5, 13), (5, 15)]


def test_a_file_without_its_header_is_at_fault(plover: Codebook) -> None:
    with pytest.raises(CodebookError, match="expected the header code type mode contexts meaning"):
        parse_crosswalk(b"042\tCONSULT\tvisit\t\tVisit\n", plover, "mine.tsv")


def test_the_users_file_is_read(plover: Codebook, cameo: Crosswalk, tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_bytes(packaged("cameo.tsv").read_bytes())
    assert load_crosswalk(plover, path) == cameo


# Codes where the codebook decides otherwise than the table that the crosswalk comes from.
DECIDED = {"0813", "0814", "055", "116", "163", "195"}


def test_the_types_are_those_of_the_source_but_for_what_was_decided(cameo: Crosswalk, plover: Codebook) -> None:
    if not SOURCE.exists():
        pytest.skip("the reference files are not beside this checkout")
    lines = re.findall(r"^(\d{3,4}): ?([A-Z]+) *, *([a-z-]*)", SOURCE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) > 200
    assert {code for code, _, _ in lines} == {code for code in cameo.crossings if len(code) > 2}
    for code, event, mode in lines:
        crossing = cameo.crossings[code]
        if code not in DECIDED:
            assert crossing.event == event, code
            assert mode not in plover.event(event).modes or crossing.mode == mode, code
