"""The report card, with readers that read nothing and readers that know it all."""

import gzip
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
import report_card as card
from conllu import GoldDocument, documents

from polybius.evaluation.annotations import AnnotatedReport, read
from polybius.records import Document, Filler, Frame, Name, Reading, Sentence, Span

NEEDS_UDTOOLS = pytest.mark.skipif(importlib.util.find_spec("udtools") is None, reason="udtools is not installed")
TREE = """# newdoc id = {id}
# sent_id = {id}-1
# text = Ana didn't visit Oslo.
1\tAna\tAna\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t_\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tvisit\tvisit\tVERB\tVB\t_\t0\troot\t_\t_
5\tOslo\tOslo\tPROPN\tNNP\tNumber=Sing\t4\tobj\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# sent_id = {id}-2
# text = Go on
1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_
2\ton\ton\tADV\tRB\t_\t1\tadvmod\t_\t_

"""
UNER = """# newdoc id = {id}
# sent_id = {id}-1
# text = Ana didn't visit Oslo.
1\tAna\tB-PER\t-\t-
2\tdid\tO\t-\t-
3\tn't\tO\t-\t-
4\tvisit\tO\t-\t-
5\tOslo\tB-LOC\t-\t-
6\t.\tO\t-\t-

# sent_id = {id}-2
# text = Go on
1\tGo\tO\t-\t-
2\ton\tO\t-\t-

"""
REPORT = """# id: {id}
# published: 2024-03-15
# origin: made up
# contexts: diplomatic
A: Ana = SWE GOV
S: Ana visited Oslo.
E: CONSULT-visit | visited | actor=Ana | recipient=Oslo | status=actual | by=- | id=e1
"""
ASIDE = next(name for name in (f"web-{k}" for k in range(100)) if card.set_aside(name))
TRAINED = next(name for name in (f"web-{k}" for k in range(100)) if not card.set_aside(name))


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A small copy of the folder with the data."""
    for folder in ("corpora/ud", "corpora/ner", "corpus"):
        (tmp_path / folder).mkdir(parents=True)
    for name, ids in (("ewt", [ASIDE, TRAINED]), ("gum", ["GUM_news_a", "GUM_court_b", "GUM_vlog_c"])):
        content = "".join(TREE.format(id=i) for i in ids)
        (tmp_path / f"corpora/ud/en_{name}-ud-dev.conllu.gz").write_bytes(gzip.compress(content.encode()))
    (tmp_path / "corpora/ner/uner_ewt-dev.iob2").write_text("".join(UNER.format(id=i) for i in (ASIDE, TRAINED)))
    rows = [("held-out", "story", 0), ("early", "digest", 1), ("trained", "synthetic", 2)]
    (tmp_path / "corpus/a.txt").write_text("\n".join(REPORT.format(id=i) for i, _, _ in rows))
    table = "".join(f"{i}\t{f}\tg\t{b}\n" for i, f, b in rows)
    (tmp_path / "corpus/SPLIT.tsv").write_text("id\tfamily\tgroup\tbucket\n" + table)
    return tmp_path


class Oracle:
    """Reads the answers; ``asked`` lists the documents that it was given."""

    fingerprint = "oracle"

    def __init__(self, shared: Path) -> None:
        paths = (shared / "corpora/ud").iterdir()
        self.trees = {d.id: d for path in paths for d in documents(path)}
        self.reports = {r.id: r for r in read(shared / "corpus/a.txt")}
        self.asked: list[str] = []

    def read(self, document: Document) -> Reading:
        self.asked.append(document.id)
        if document.id in self.reports:
            return Reading(document.id, (), frames=frames(self.reports[document.id]))
        return parse(self.trees[document.id])


class Blind:
    """Sees nothing."""

    fingerprint = "blind"

    def read(self, document: Document) -> Reading:
        return Reading(document.id, ())


def frames(report: AnnotatedReport) -> tuple[Frame, ...]:
    (event,) = report.events
    actor, recipient = (tuple(Filler(Span(*f.span)) for f in event.roles[r] if f.span) for r in ("actor", "recipient"))
    return (Frame(Span(*event.trigger), 0, "CONSULT", 1, (("visit", 1.0),), actor=actor, recipient=recipient),)


def parse(gold: GoldDocument) -> Reading:
    sentences = []
    for index, one in enumerate(gold.sentences):
        lines = [row for row in one.rows if row[0].isdigit()]
        starts, ends = zip(*one.words, strict=True)
        forms = tuple(gold.text[a:b] for a, b in one.words)
        lemmas, upos, feats, rels = (tuple(row[k] for row in lines) for k in (2, 3, 5, 7))
        heads = tuple(int(row[6]) - 1 for row in lines)
        span = Span(starts[0], ends[-1])
        sentences.append(Sentence(index, span, forms, starts, ends, lemmas, upos, feats, heads, rels))
    at = gold.text.index("Oslo")
    names = (Name(Span(0, 3), "PERSON", 0), Name(Span(at, at + 4), "PLACE", 0), Name(Span(4, 7), "MISC", 0))
    return Reading(gold.id, tuple(sentences), names)


@NEEDS_UDTOOLS
def test_a_perfect_reader_gets_full_marks(shared: Path) -> None:
    oracle = Oracle(shared)
    made = card.make_card(oracle, shared, lambda gold: parse(gold))
    trees = made["scores"]["ud"]
    assert {row[metric] for row in trees.values() for metric in card.UD_METRICS} == {100.0}
    assert trees["EWT dev"]["words"] == 16
    assert trees["GUM dev, licensed genres"]["words"] == 16
    assert trees["GUM dev, licensed written genres"]["words"] == 8
    assert "trained" not in oracle.asked
    assert list(made["scores"]["frames"]) == ["story, bucket 0", "digest, bucket 1"]
    for row in made["scores"]["frames"].values():
        assert row["trigger and type"] == {"f1": 100.0, "precision": 100.0, "recall": 100.0, "gold": 1}
        assert row["type, actor and recipient"]["f1"] == row["status accuracy"] == row["mode accuracy"] == 100.0
    # A kind that the gold never marks (MISC) is not held against the reader.
    assert made["scores"]["names"]["UNER EWT dev, set aside"]["all"] == {
        "f1": 100.0,
        "precision": 100.0,
        "recall": 100.0,
        "gold": 2,
    }


@NEEDS_UDTOOLS
def test_a_blind_reader_gets_none(shared: Path) -> None:
    made = card.make_card(Blind(), shared)
    assert made["scores"]["ud"]["EWT dev"]["Sentences"] == 0
    assert made["scores"]["names"]["UNER EWT dev, all (nine tenths trained on)"]["all"]["recall"] == 0
    assert made["scores"]["frames"]["story, bucket 0"]["trigger and type"]["f1"] == 0
    assert not any(row["met"] for row in made["targets"])


@NEEDS_UDTOOLS
def test_a_wrong_head_and_a_wrong_tag_cost_what_they_should(shared: Path) -> None:
    gold = documents(shared / "corpora/ud/en_ewt-ud-dev.conllu.gz")[0]
    right = parse(gold)
    first, second = right.sentences
    wrong = Sentence(0, first.span, first.forms, first.starts, first.ends, first.lemmas, ("NOUN", *first.upos[1:]),
                     first.feats, (4, *first.heads[1:]), first.deprels)  # fmt: skip
    scores = card.ud_scores([card.Read(gold, Reading(gold.id, (wrong, second)))])
    assert (scores["UPOS"], scores["UAS"], scores["LAS"], scores["Words"]) == (87.5, 87.5, 87.5, 100)


@NEEDS_UDTOOLS
def test_the_card_is_the_same_each_time_and_prints_whole(shared: Path) -> None:
    first, again = (card.make_card(Oracle(shared), shared) for _ in range(2))
    assert json.dumps(first) == json.dumps(again)
    page = card.markdown(first)
    assert page.startswith("# Report card of reader oracle\n")
    assert "| story, bucket 0 | 100.0 | 100.0 | 100.0 | 100.0 | 100.0 | 1 |" in page
    for source in first["data"]:
        assert source["licence"] in page
    assert first["gold"]["a.txt"] in page


def test_runs_of_labels_are_names() -> None:
    labels = ["B-PER", "I-PER", "B-PER", "O", "I-LOC", "B-OTH", "I-OTH", "B-ORG", "I-LOC"]
    assert list(card.runs(labels)) == [(0, 1, "PERSON"), (2, 2, "PERSON"), (7, 7, "ORG")]


def test_about_a_tenth_of_the_documents_is_set_aside() -> None:
    assert 70 < sum(card.set_aside(f"document-{k}") for k in range(1000)) < 130


def test_a_score_that_was_not_measured_meets_no_target() -> None:
    rows = card.target_rows({"ud": {"EWT dev": {"LAS": 85.0}}})
    met = {row["score"]: (row["reached"], row["met"]) for row in rows}
    assert met["ud/EWT dev/LAS"] == (85.0, True)
    assert met["ud/GUM dev, licensed genres/LAS"] == (None, False)


@pytest.mark.parametrize(("value", "shown"), [(None, ""), (True, "yes"), (81.25, "81.2"), (7, "7"), ("a|b", "a\\|b")])
def test_cells(value: Any, shown: str) -> None:
    assert card.cell(value) == shown
