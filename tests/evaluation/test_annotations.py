"""The notation of annotated reports: what is read, what is refused, what is written back."""

import datetime as dt
from pathlib import Path

import pytest

from polybius.codebook import load as load_codebook
from polybius.evaluation import annotations
from polybius.evaluation.annotations import AnnotationError, RoleFiller, locate, read, read_all, split
from polybius.evaluation.notation import notation

SHARED = Path(__file__).resolve().parents[3] / "shared" / "corpus"
HEAD = "# id: r1\n# published: 2024-03-15\n# origin: made up\n# contexts: diplomatic, military\n"
REPORT = (
    HEAD
    + """A: Ana Lind = SWE GOV | Lind
A: Norway = NOR GOV,MIL | Oslo
S: Lind met Lind's guests in Oslo.
E: CONSULT-visit | met | actor=Lind | recipient=Oslo; ^Norway | date= | status=actual | by=- | id=e1

S: She may visit again.
E: CONSULT-visit,phone | visit | actor=She>Ana Lind | status=hypothetical | by=^Norway | id=e2
"""
)


def write(path: Path, text: str) -> Path:
    file = path / "reports.txt"
    file.write_text(text, encoding="utf-8")
    return file


def faults(path: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(AnnotationError) as caught:
        read(write(path, text))
    return caught.value.faults


def test_a_report_is_its_sentences_joined_by_a_space(tmp_path: Path) -> None:
    (report,) = read(write(tmp_path, REPORT))
    assert report.text == "Lind met Lind's guests in Oslo. She may visit again."
    assert [report.text[a:b] for a, b in report.sentences] == [
        "Lind met Lind's guests in Oslo.",
        "She may visit again.",
    ]
    assert (report.id, report.published, report.origin, report.title) == ("r1", dt.date(2024, 3, 15), "made up", None)
    assert report.contexts == ("diplomatic", "military")


def test_entities_have_codes_and_mentions_name_first(tmp_path: Path) -> None:
    (report,) = read(write(tmp_path, REPORT))
    assert [(e.name, e.code, e.sectors, e.mentions) for e in report.entities] == [
        ("Ana Lind", "SWE", ("GOV",), ("Ana Lind", "Lind")),
        ("Norway", "NOR", ("GOV", "MIL"), ("Norway", "Oslo")),
    ]


def test_spans_of_an_event_point_into_the_text_of_the_report(tmp_path: Path) -> None:
    (report,) = read(write(tmp_path, REPORT))
    first, second = report.events
    assert (first.event, first.modes, first.trigger, first.status, first.incident) == (
        "CONSULT",
        ("visit",),
        (5, 8),
        "actual",
        "e1",
    )
    assert first.roles["recipient"] == (RoleFiller((26, 30), None), RoleFiller(None, "Norway"))
    assert first.roles["by"] == ()
    assert "place" not in first.roles
    assert second.modes == ("visit", "phone")
    assert second.roles["actor"] == (RoleFiller((32, 35), "Ana Lind"),)
    assert second.roles["by"] == (RoleFiller(None, "Norway"),)


@pytest.mark.parametrize(
    ("mention", "span"),
    [("Kim", (0, 3)), ("Kim#2", (16, 19)), ("Kim#3", None), ("Kimchi", (4, 10)), ("im", None), ("#2", None)],
)
def test_mentions_are_whole_words_and_can_be_numbered(mention: str, span: tuple[int, int] | None) -> None:
    assert locate(mention, "Kim Kimchi eats Kim") == span


def test_a_mention_may_begin_or_end_with_a_sign() -> None:
    assert locate("[Kim]", "so [Kim] said") == (3, 8)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("2024-03-15", "15 March", "must be a date"),
        ("diplomatic,", "diplomacy,", "unknown context 'diplomacy'"),
        ("SWE GOV", "SWE GOVT", "unknown sector 'GOVT'"),
        ("A: Ana Lind = SWE GOV", "A: Ana Lind", "expected 'A: name = CODE SECTOR"),
        ("| Oslo\n", "| Bergen\n", "the mention 'Bergen' is not in the text"),
        ("CONSULT-visit |", "CONSULTS |", "unknown type 'CONSULTS'"),
        ("CONSULT-visit |", "CONSULT-strike |", "unknown mode of CONSULT 'strike'"),
        ("| met |", "| meets |", "'meets' is not in the sentence above"),
        ("actor=Lind |", "actor=Lind#3 |", "'Lind#3' is not in the sentence above"),
        ("She>Ana Lind", "She>Berit", "'Berit' names no entity"),
        ("^Norway | date", "^Sweden | date", "'Sweden' names no entity"),
        ("status=actual", "status=maybe", "unknown status 'maybe'"),
        ("status=actual | ", "", "no status="),
        ("by=- | ", "", "no by="),
        (" | id=e1", "", "no id="),
        ("date=", "time=", "unknown field 'time'"),
        ("date=", "actor=", "the field 'actor' stands twice"),
        ("S: She", "X: She", "expected a line with"),
    ],
)
def test_every_fault_is_named_with_its_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in REPORT
    assert any(says in fault and "reports.txt:" in fault for fault in faults(tmp_path, REPORT.replace(old, new, 1)))


def test_all_faults_are_reported_together(tmp_path: Path) -> None:
    broken = REPORT.replace("status=actual", "status=maybe").replace("SWE", "Sweden").replace("| met |", "| meets |")
    found = faults(tmp_path, broken)
    assert [fault.split(":")[1] for fault in found if "reports.txt" in fault].count("8") == 2
    assert len(found) >= 3


def test_nothing_may_stand_before_the_first_id_and_events_follow_a_sentence(tmp_path: Path) -> None:
    assert "before the first" in faults(tmp_path, "S: Hello.\n" + REPORT)[0]
    assert "needs an 'S:' line" in faults(tmp_path, HEAD + "E: AID | gave | status=actual | by=- | id=e1\n")[0]


def test_ids_are_unique_in_a_file_and_over_files(tmp_path: Path) -> None:
    assert "used twice" in faults(tmp_path, REPORT + REPORT)[0]
    with pytest.raises(AnnotationError, match="r1 is used twice"):
        read_all([write(tmp_path, REPORT)] * 2)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    text = REPORT.replace("recipient=Oslo", "recipient=Lind#2").replace("date= | ", "")
    reports = read(write(tmp_path, text))
    assert "recipient=Lind#2; ^Norway" in notation(reports[0])
    assert read(write(tmp_path, "\n".join(map(notation, reports)))) == reports


def test_the_example_of_the_readme_is_read(tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "training" / "README.md").read_text(encoding="utf-8")
    (report,) = read(write(tmp_path, page.split("```")[1]))
    assert [e.event for e in report.events] == ["ACCUSE", "COERCE"]


def test_the_example_of_the_page_on_measuring_is_read(tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "evaluation.md").read_text(encoding="utf-8")
    example = next(block for block in page.split("```") if "# id:" in block)
    assert [e.event for e in read(write(tmp_path, example))[0].events] == ["ACCUSE", "COERCE"]


def test_the_split_names_family_group_and_bucket(tmp_path: Path) -> None:
    file = tmp_path / "SPLIT.tsv"
    file.write_text('id\tfamily\tgroup\tbucket\na\tstory\tg"1\t0\nb\tdigest\tg2\t7\n')
    assert split(file) == {"a": ("story", 'g"1', 0), "b": ("digest", "g2", 7)}


def test_types_modes_contexts_and_sectors_are_those_of_the_codebook() -> None:
    codebook = load_codebook()
    assert {name: frozenset(event.modes) for name, event in codebook.types.items()} == dict(annotations.MODES)
    assert frozenset(codebook.contexts) == annotations.CONTEXTS
    assert annotations.SECTORS - {"-"} <= frozenset(codebook.sectors)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the annotated reports are not here")
def test_the_whole_corpus_is_read() -> None:
    reports = read_all(sorted(p for p in SHARED.glob("*.txt") if p.name[0].islower()))
    assert sum(len(r.events) for r in reports) == 14_390
    assert sum(len(r.sentences) for r in reports) == 13_774
    assert {r.id for r in reports} == set(split(SHARED / "SPLIT.tsv"))
    assert all(read_back(r.text, r.sentences) for r in reports)


def read_back(text: str, sentences: tuple[tuple[int, int], ...]) -> bool:
    return " ".join(text[a:b] for a, b in sentences) == text
