"""Stand-off labels hold no text and come back whole on a copy of it."""

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import standoff

from polybius.evaluation.annotations import AnnotatedReport, read, read_all

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
LABELS = ROOT / "training" / "corpus" / "standoff"
REPORT = """# id: r1-b
# published: 2024-03-15
# origin: A paper r1
# contexts: diplomatic
A: Ana Lind = SWE GOV | Lind;  the "iron"  minister
A: kingdom of the north = NOR GOV | Oslo
S: Lind met guests in  Oslo.
E: CONSULT-visit | met | actor=Lind | recipient=Oslo; ^kingdom of the north | status=actual | by=- | id=e1
S: The trip of the "iron"  minister was short.
S: She may visit Oslo again.
E: CONSULT-visit | visit | actor=She>Lind | status=hypothetical | by=^Oslo | id=e2
"""


@pytest.fixture
def report(tmp_path: Path) -> AnnotatedReport:
    file = tmp_path / "report.txt"
    file.write_text(REPORT.replace(";  the", "; the"), encoding="utf-8")
    return read(file)[0]


def stored(report: AnnotatedReport) -> standoff.Label:
    """A label as it comes out of a file."""
    label: standoff.Label = json.loads(json.dumps(standoff.label(report)))
    return label


def quotes(report: AnnotatedReport) -> list[str]:
    spans = [s for e in report.events for s in [e.trigger, *(f.span for fs in e.roles.values() for f in fs if f.span)]]
    return [report.text[a:b] for a, b in spans]


def test_white_space_is_collapsed_and_spans_move_along(report: AnnotatedReport) -> None:
    moved = standoff.collapsed(report)
    assert moved.text.startswith('Lind met guests in Oslo. The trip of the "iron" minister was')
    assert quotes(moved) == quotes(report) == ["met", "Lind", "Oslo", "visit", "She"]
    assert [moved.text[a:b] for a, b in moved.sentences][2] == "She may visit Oslo again."


@pytest.mark.parametrize(
    "copy",
    [
        'Lind met guests in Oslo. The trip of the "iron" minister was short. She may visit Oslo again.',
        'Headline\n\nLind met\nguests in Oslo. Ads! The trip of the "iron"\tminister was short. She may visit Oslo again. End',
        'Lind met guests in Oslo\nThe trip of the "iron" minister was short\nShe may visit Oslo again',
    ],
    ids=["same", "with more around it", "without full stops"],
)
def test_a_label_finds_its_sentences_in_a_copy(report: AnnotatedReport, copy: str) -> None:
    assert standoff.attach(stored(report), copy) == standoff.collapsed(report)


@pytest.mark.parametrize(
    "copy",
    [
        "",
        "Lind met guests in Oslo.",
        'Lind met a guest in Oslo. The trip of the "iron" minister was short. She may visit Oslo again.',
    ],
    ids=["empty", "cut short", "changed"],
)
def test_another_text_is_refused(report: AnnotatedReport, copy: str) -> None:
    with pytest.raises(standoff.NotAttached, match="r1-b: sentence"):
        standoff.attach(stored(report), copy)


def test_a_label_quotes_nothing_but_names_that_are_not_in_the_text(report: AnnotatedReport) -> None:
    words = json.dumps(standoff.label(report))
    assert "kingdom of the north" in words
    assert "Ana Lind" in words
    assert not any(
        quote in re.findall(r"\w+", words.replace("Ana Lind", "")) for quote in ["met", "Lind", "Oslo", "She"]
    )
    assert "iron" not in words


def test_copies_are_found_by_id_by_source_and_by_hash(report: AnnotatedReport) -> None:
    label = stored(report)
    text = standoff.collapsed(report).text
    for key in ("r1-b", "r1", label["hash"]):
        reports, left = standoff.attach_all([label], {key: text})
        assert [r.id for r in reports] == ["r1-b"]
        assert left == []
    assert standoff.attach_all([label], {"r2": text}) == ([], ["r1-b: no copy of its text"])


def test_the_commands_make_the_same_bytes_and_attach_them(
    tmp_path: Path, report: AnnotatedReport, capsys: pytest.CaptureFixture[str]
) -> None:
    labels, again, copy, out = (tmp_path / name for name in ("l.jsonl.gz", "m.jsonl.gz", "copy.jsonl", "out.txt"))
    for target in (labels, again):
        assert standoff.main(["make", str(target), str(tmp_path / "report.txt")]) == 0
    assert labels.read_bytes() == again.read_bytes()
    copy.write_text(json.dumps({"id": "r1", "text": report.text}), encoding="utf-8")
    assert standoff.main(["attach", str(labels), str(out), str(copy)]) == 0
    assert read(out) == [standoff.collapsed(report)]
    copy.write_text(json.dumps({"id": "r9", "text": "Other."}), encoding="utf-8")
    assert standoff.main(["attach", str(labels), str(out), str(copy)]) == 1
    assert "0 attached, 1 left out" in capsys.readouterr().out
    assert standoff.main(["attach", str(labels)]) == 2


@pytest.mark.parametrize(("name", "number"), [("gum-news", 20), ("voa", 338), ("wce", 4606)])
def test_the_stored_labels_hold_no_sentence(name: str, number: int) -> None:
    labels = standoff.labels(LABELS / f"{name}.jsonl.gz")
    assert len(labels) == number
    for label in labels:
        assert set(label) == {"id", "published", "origin", "hash", "contexts", "sentences", "entities", "events"}
        assert all(len(digest) == 12 and int(digest, 16) >= 0 for _, digest in label["sentences"])
        names = [m for _, _, mentions in label["entities"] for m in mentions if isinstance(m, str)]
        # Only a canonical name, the first of an entity, may be words: it is the coder's, the text does not hold it.
        assert all(not isinstance(m, str) for _, _, mentions in label["entities"] for m in mentions[1:])
        assert all(len(m) < 100 for m in names)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the texts are not here")
@pytest.mark.parametrize(
    ("name", "texts", "most_left"),
    [
        ("gum-news", "ud/en_gum-ud-*.conllu.gz", 0),
        ("voa", "news/voa_*.jsonl.gz", 1),  # one sentence stands in the source with a hyphen more
        ("wce", "news/wikipedia_*.jsonl.gz", 0),
    ],
)
def test_the_stored_labels_come_back_on_the_texts(name: str, texts: str, most_left: int) -> None:
    copies = standoff.copies((SHARED / "corpora").glob(texts))
    reports, left = standoff.attach_all(standoff.labels(LABELS / f"{name}.jsonl.gz"), copies)
    annotated = {r.id: r for r in read_all((SHARED / "corpus").glob(f"{name}-*.txt"))}
    assert len(left) <= most_left
    assert len(reports) + len(left) == len(annotated)
    assert all(report == replace(standoff.collapsed(annotated[report.id]), title=None) for report in reports)


def test_the_stored_files_are_small() -> None:
    assert sum(path.stat().st_size for path in LABELS.iterdir()) < 1_000_000
    assert all(gzip.decompress(path.read_bytes()) for path in LABELS.iterdir())
