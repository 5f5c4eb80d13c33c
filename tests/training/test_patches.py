"""Corrections of labels: each action, and what does not fit."""

from __future__ import annotations

import re
from pathlib import Path

import patches
import pytest

from polybius.evaluation.annotations import AnnotatedEvent, AnnotatedReport, AnnotationError
from polybius.evaluation.annotations import read as read_reports

SHIPPED = Path(patches.__file__).parent / "corpus"
REPORT = """# id: x-1
# published: 2024-03-15
A: Norway = NOR GOV
S: It rained.
S: Sweden blamed Norway, and Denmark promised to leave.
E: CONCEDE | promised | actor=Denmark | status=actual | by=- | id=e1
"""


@pytest.fixture
def report(tmp_path: Path) -> AnnotatedReport:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return read_reports(path)[0]


def corrected(tmp_path: Path, report: AnnotatedReport, *cells: str) -> AnnotatedReport:
    path = tmp_path / "patches.tsv"
    path.write_text("# a comment\n" + "\t".join(cells) + "\n", encoding="utf-8")
    return patches.apply([report], patches.read(path))[0]


def said(report: AnnotatedReport, event: AnnotatedEvent) -> dict[str, list[str]]:
    return {role: [report.text[slice(*f.span)] for f in fs if f.span] for role, fs in event.roles.items()}


def test_add_places_trigger_and_roles_in_the_report(tmp_path: Path, report: AnnotatedReport) -> None:
    cells = ("x-1", "2", "add", "7:13", "blamed", "ACCUSE-allege", "actual", "actor=0:6 recipient=14:20")
    first, second = corrected(tmp_path, report, *cells).events
    assert (first.event, first.modes, first.status) == ("ACCUSE", ("allege",), "actual")
    assert report.text[slice(*first.trigger)] == "blamed"
    assert said(report, first) == {"actor": ["Sweden"], "recipient": ["Norway"]}
    assert second == report.events[0]


def test_retype_keeps_the_rest_of_the_label(tmp_path: Path, report: AnnotatedReport) -> None:
    (event,) = corrected(tmp_path, report, "x-1", "2", "retype", "34:42", "promised", "CONCEDE>SANCTION-expel").events
    old = report.events[0]
    assert (event.event, event.modes) == ("SANCTION", ("expel",))
    assert (event.trigger, event.status, event.roles) == (old.trigger, old.status, old.roles)


def test_remove_takes_the_label_away(tmp_path: Path, report: AnnotatedReport) -> None:
    assert corrected(tmp_path, report, "x-1", "2", "remove", "34:42", "promised", "CONCEDE").events == ()


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (("x-1", "2", "drop", "34:42", "promised", "CONCEDE"), "allowed: add remove retype"),
        (("x-1", "two", "remove", "34:42", "promised", "CONCEDE"), "found 'two'"),
        (("x-1", "2", "remove", "34-42", "promised", "CONCEDE"), "found '34-42'"),
        (("x-1", "2", "remove", "34:42", "promised", "YIELD"), "unknown type 'YIELD'"),
        (("x-1", "2", "retype", "34:42", "promised", "CONCEDE>ACCUSE-phone"), "unknown mode 'phone' of ACCUSE"),
        (("x-1", "2", "retype", "34:42", "promised", "AGREE"), "must be OLD>NEW"),
        (("x-1", "2", "add", "7:13", "blamed", "ACCUSE", "maybe"), "found 'maybe'"),
        (("x-1", "2", "add", "7:13", "blamed", "ACCUSE", "actual", "owner=0:6"), "found 'owner'"),
        (("x-1", "2", "remove", "34:42", "promised", "CONCEDE", "actual"), "names none"),
        (("x-1", "2", "remove", "34:42"), "found 4"),
        (("x-2", "2", "remove", "34:42", "promised", "CONCEDE"), "'x-2' is not among the training reports"),
        (("x-1", "3", "remove", "34:42", "promised", "CONCEDE"), "has 2 sentences, not 3"),
        (("x-1", "2", "remove", "34:43", "promised", "CONCEDE"), "is 'promised ' there, not 'promised'"),
        (("x-1", "2", "add", "7:13", "blamed", "ACCUSE", "actual", "actor=0:99"), "beyond the sentence's"),
        (("x-1", "2", "remove", "34:42", "promised", "AGREE"), "0 mentions with that trigger and type"),
        (("x-1", "2", "add", "34:42", "promised", "CONCEDE", "actual"), "1 mentions with that trigger and type"),
    ],
)
def test_a_fault_names_file_and_line(
    tmp_path: Path, report: AnnotatedReport, cells: tuple[str, ...], fault: str
) -> None:
    with pytest.raises(AnnotationError) as raised:
        corrected(tmp_path, report, *cells)
    assert "patches.tsv:2: " in str(raised.value)
    assert fault in str(raised.value)


def test_the_shipped_corrections_fit_our_own_reports() -> None:
    mine = [p for p in patches.read(SHIPPED / "patches.tsv") if p.report.startswith("own-")]
    wanted = {p.report for p in mine}
    paths = [p for p in sorted(SHIPPED.glob("own-*.txt")) if wanted & set(ids(p))]
    reports = [r for path in paths for r in read_reports(path)]
    changed = {r.id for r, old in zip(patches.apply(reports, mine), reports, strict=True) if r.events != old.events}
    assert changed == wanted
    assert wanted


def ids(path: Path) -> list[str]:
    return re.findall(r"^# id: (\S+)", path.read_text(encoding="utf-8"), re.M)
