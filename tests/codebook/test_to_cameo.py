"""PLOVER codes to CAMEO."""

from __future__ import annotations

import pytest

from polybius import codebook
from polybius.codebook import Cameo, cameo
from polybius.codebook.to_cameo import to_cameo

BOOK = codebook.load()
CROSSWALK = codebook.load_crosswalk(BOOK)
# CAMEO counts this under a class that PLOVER has as another type.
ELSEWHERE = {("SANCTION", "convict")}


@pytest.mark.parametrize(
    ("event", "modes", "contexts", "expected"),
    [
        ("PROTEST", ["demo"], [], ("14", "141", "141")),
        ("PROTEST", ["demo"], ["rights_freedoms"], ("14", "141", "1413")),
        ("RETREAT", ["ceasefire"], [], ("08", "087", "0871")),
        ("COOPERATE", [], ["economic"], ("06", "061", "061")),
        ("COOPERATE", [], ["economic", "military"], ("06", "060", "060")),
        ("SUPPORT", [], [], ("05", None, None)),
        ("SANCTION", ["convict"], [], ("11", "116", "116")),
        ("ASSAULT", [], ["military"], ("19", "190", "190")),
        ("ASSAULT", ["beat", "torture"], [], ("18", "182", "182")),
        ("GREET", [], [], (None, None, None)),
    ],
)
def test_codes(event: str, modes: list[str], contexts: list[str], expected: tuple[str | None, ...]) -> None:
    found = cameo(event, modes, contexts)
    assert (found.root, found.base, found.full) == expected


def test_what_is_lost_is_said() -> None:
    assert cameo("CONSULT", ["phone"]) == Cameo("04", "041", "041", "")
    assert "drones" in cameo("ASSAULT", ["drone"]).loss
    assert "torture" in cameo("ASSAULT", ["beat", "torture"]).loss
    assert "061 and 062" in cameo("COOPERATE", [], ["economic", "military"]).loss
    assert "health" in cameo("AID", [], ["economic", "health"]).loss
    assert "root" in cameo("SUPPORT").loss


def test_every_type_and_mode_has_a_line_and_names_what_the_codebook_has() -> None:
    lines = to_cameo().lines
    for event in BOOK.types.values():
        assert (event.name, "", "") in lines
        assert all((event.name, mode, "") in lines for mode in event.modes)
    for event_name, mode, context in lines:
        assert event_name in BOOK.types
        assert not mode or mode in BOOK.types[event_name].modes
        assert not context or context in BOOK.contexts


def test_codes_lead_back_to_the_type_they_come_from() -> None:
    for (event, mode, context), (code, note) in to_cameo().lines.items():
        back = CROSSWALK.find(code)
        assert back, code
        if len(code) > 2 and (event, mode) not in ELSEWHERE:
            assert back.event == event, (event, mode, context, code)
            assert note or not mode or back.mode in (mode, None), (event, mode, code)
