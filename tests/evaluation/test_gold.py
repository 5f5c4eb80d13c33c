"""Annotated reports, coded reports and records become marked texts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from polybius.evaluation.annotations import read
from polybius.evaluation.gold import MarkedText, Spot, from_annotated, from_records
from polybius.records import Document, text_version

REPORT = """# id: r1
# published: 2024-03-15
# origin: made up
# contexts: diplomatic
A: Ana Lind = SWE GOV | Lind
A: Norway = NOR GOV,MIL | Oslo
A: the group = NA -
S: Lind met the group in Oslo on Monday, she said.
E: CONSULT-visit | met | actor=Lind | recipient=the group; ^Norway | place=Oslo | date=on Monday | status=actual | by=she>Ana Lind | id=e1
"""
TEXT = "The Norwegian army left Mali. It fired."


def annotated(path: Path, **more: Any) -> MarkedText:
    file = path / "r.txt"
    file.write_text(REPORT, encoding="utf-8")
    return from_annotated(read(file)[0], **more)


def test_an_annotated_report_keeps_who_its_fillers_are(tmp_path: Path) -> None:
    text = annotated(tmp_path)
    (mark,) = text.marks
    (lind,), (group, norway), (she,) = mark.roles["actor"], mark.roles["recipient"], mark.roles["by"]
    assert (lind.words, lind.code, lind.sectors, lind.names) == (
        "Lind",
        "SWE",
        ("GOV",),
        frozenset({"ana lind", "lind"}),
    )
    assert (group.code, group.sectors, group.coded) == (None, (), True)
    assert (norway.span, norway.code, norway.sectors) == (None, "NOR", ("GOV", "MIL"))
    # A pronoun is a name of nobody, so that an unresolved "she" is not the right claimant.
    assert (she.words, "she" in she.names, "ana lind" in she.names) == ("she", False, True)
    assert (mark.modes, mark.status, mark.incident, text.contexts) == ({"visit"}, "actual", "e1", {"diplomatic"})
    assert (text.family, text.score_only, len(text.sentences)) == ("made up", False, 1)


def test_a_filler_without_an_entity_has_no_code(tmp_path: Path) -> None:
    (mark,) = annotated(tmp_path).marks
    assert not mark.roles["date"][0].coded


def test_dependencies_count_as_their_state(tmp_path: Path) -> None:
    (mark,) = annotated(tmp_path, state_of={"SWE": "XYZ", "NOR": "NOR"}.get).marks
    assert mark.roles["actor"][0].code == "XYZ"


def record(**more: Any) -> dict[str, Any]:
    return {"event": "RETREAT", "document": {"id": "d"}, "trigger": {"text": "left", "start": 19, "end": 23}, **more}


def test_a_record_may_leave_fields_out() -> None:
    (mark,) = from_records("d", [record()]).marks
    assert (mark.modes, mark.status, mark.incident, mark.roles, mark.days, mark.spots) == (
        None,
        None,
        None,
        {},
        None,
        None,
    )


def test_a_record_with_everything() -> None:
    actor = {"text": "The Norwegian army", "start": 0, "end": 18, "implicit": False, "name": "Norway", "code": "NOR",
             "sector": ["MIL"], "chain": [[30, 32]]}  # fmt: skip
    hidden = {"text": "It", "start": 30, "end": 32, "implicit": True, "name": None, "sector": []}
    place = {"text": "Mali", "start": 24, "end": 28, "country": "MLI", "latitude": 17.0, "longitude": -4.0}
    full = record(
        mode=["withdraw"], status="actual", incident="i1", context=["military"], actor=[actor], recipient=[hidden], place=[place],
        attribution=[], date={"text": None, "start": None, "end": None, "from": "2024-03-15", "to": "2024-03-15"},
        sentence={"index": 0, "start": 0, "end": 29},
    )  # fmt: skip
    text = from_records("d", [full], Document("d", text_version(TEXT), TEXT))
    (mark,) = text.marks
    (found,) = mark.roles["actor"]
    assert (found.span, found.code, found.sectors) == ((0, 18), "NOR", ("MIL",))
    assert found.names == {"norwegian army", "norway", "it"}
    assert mark.roles["recipient"][0].span is None
    assert (mark.roles["date"], mark.roles["by"]) == ((), ())
    assert mark.days == (dt.date(2024, 3, 15), dt.date(2024, 3, 15))
    assert mark.spots == (Spot("MLI", 17.0, -4.0),)
    assert (text.sentences, text.contexts) == (((0, 29),), {"military"})


def test_reports_on_titles_are_left_out() -> None:
    titled = record(trigger={"text": "left", "start": 0, "end": 4, "in": "title"})
    assert from_records("d", [titled]).marks == ()
