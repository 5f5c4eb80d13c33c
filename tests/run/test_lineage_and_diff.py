"""What became of events, and what differs between two stores, both by the command line and behind it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from stories import FAR, POOL, party, place, story
from typer.testing import CliRunner

from polybius.assembly import Source
from polybius.cli import app
from polybius.query import largest
from polybius.run import decisions
from polybius.run.assemble import assemble_store
from polybius.run.diff import compare
from polybius.run.lineage import lineage
from polybius.store import Entry, UnknownId, open_reader, open_writer

CLI = CliRunner()


def fill(path: Path, sources: list[Source], stamp: str = "run1-old", reader: str = "small") -> Path:
    with open_writer(path) as store:
        store.record_run(stamp, {"fingerprints": {"reader": reader}, "version": "1"})
        store.add([Entry(source.document, source.reports, stamp) for source in sources])
    return path


def assembled(path: Path, sources: list[Source], stamp: str = "run1-old", reader: str = "small") -> Path:
    assemble_store(fill(path, sources, stamp, reader))
    return path


def home(path: Path, document: str) -> str:
    with open_reader(path) as store:
        ((id,),) = store.rows("SELECT event_id FROM event_reports WHERE document_id = ?", [document])
    return str(id)


def test_an_event_that_grew_was_merged_and_parted_again(tmp_path: Path) -> None:
    path = assembled(tmp_path / "news.duckdb", [POOL[0], POOL[4]])
    first, far = home(path, "a"), home(path, "e")
    assembled(path, [POOL[1]])
    grown = home(path, "a")
    made = decisions.merge(path, grown, far, author="Ada", at="2024-06-01T10:00:00", note="one raid")
    waiting = lineage(path, grown)
    assert [(v.id, v.how) for v in waiting.versions] == [(first, "was replaced"), (grown, "is there")]
    assert [(r.decision.seq, r.folded, r.undone_by) for r in waiting.decisions] == [(made.seq, False, None)]
    assemble_store(path)
    merged = home(path, "e")
    found = lineage(path, merged)
    assert {v.id: (v.how, v.heirs) for v in found.versions} == {
        first: ("was replaced", (grown,)),
        grown: ("was merged", (merged,)),
        far: ("was merged", (merged,)),
        merged: ("is there", ()),
    }
    assert [v.id for v in found.versions][::3] == [first, merged]
    undone = decisions.undo(path)
    assert undone.seq == made.seq
    assemble_store(path)
    parted = lineage(path, merged)
    assert (merged, "was split", tuple(sorted((grown, far)))) in [(v.id, v.how, v.heirs) for v in parted.versions]
    ((ruled,),) = [parted.decisions]
    assert (ruled.decision.author, ruled.folded, ruled.undone_by) == ("Ada", True, made.seq + 1)
    shown = CLI.invoke(app, ["history", merged, "--in", str(path)])
    assert shown.exit_code == 0, shown.output
    assert f"was split → {', '.join(sorted((grown, far)))}" in shown.output
    assert "decision 1: same by Ada at 2024-06-01T10:00:00 (one raid) undone by decision 2" in shown.output
    record = json.loads(CLI.invoke(app, ["history", merged, "--in", str(path), "--format", "json"]).output)
    assert len(record["versions"]) == len(parted.versions)
    assert record["decisions"][0]["undone_by"] == made.seq + 1


def test_an_event_that_never_was(tmp_path: Path) -> None:
    path = assembled(tmp_path / "news.duckdb", POOL)
    with pytest.raises(UnknownId, match="no event 'evt1-none'"):
        lineage(path, "evt1-none")
    assert CLI.invoke(app, ["history", "evt1-none", "--in", str(path)]).exit_code == 1
    assert CLI.invoke(app, ["history", home(path, "a"), "--in", str(path), "--format", "xml"]).exit_code == 2


def test_the_largest_events_come_first_with_their_spread(tmp_path: Path) -> None:
    path = assembled(tmp_path / "news.duckdb", POOL)
    found = list(largest(path, 2))
    assert len(found) == 2
    assert found[0]["n_reports"] >= found[1]["n_reports"] > 0
    assert found[0]["id"] == home(path, "a")
    assert found[0]["days"] == (found[0]["last_day"] - found[0]["first_day"]).days
    shown = CLI.invoke(app, ["doctor", str(path)])
    assert f"the largest events of {path}" in shown.output
    assert home(path, "a") in shown.output
    raw = fill(tmp_path / "raw.duckdb", POOL)
    assert "has no events yet" in CLI.invoke(app, ["doctor", str(raw)]).output
    assert CLI.invoke(app, ["doctor", str(tmp_path / "none.duckdb")]).exit_code == 2


def recoded(source: Source, **fields: object) -> Source:
    return replace(source, reports=tuple(replace(report, **fields) for report in source.reports))  # type: ignore[arg-type]


def test_two_stores_of_the_same_do_not_differ(tmp_path: Path) -> None:
    one, two = (assembled(tmp_path / name, POOL) for name in ("a.duckdb", "b.duckdb"))
    found = compare(one, two)
    assert (found.same, found.lost, found.gained, found.changed, found.events) == (len(POOL), (), (), (), ())
    assert found.runs == {}
    assert not any(found.documents.values())
    shown = CLI.invoke(app, ["diff", str(one), str(two)])
    assert shown.exit_code == 0, shown.output
    assert "events     all the same" in shown.output


def test_what_a_new_release_changed(tmp_path: Path) -> None:
    old = assembled(tmp_path / "a.duckdb", [*POOL, story("gone", event="AID", trigger="fed", **FAR)])
    moved = recoded(POOL[0], place=(place("Torvale", 47.0, 28.8, "MDA"),), stamp="run1-new")
    retyped = story("c", event="COERCE")
    lost = replace(POOL[6], reports=())
    rewritten = story("i", "Other words of Qaldara.", recipient=(), places=())
    extra = story("new", "Port strike again. Words.", **FAR, day=None, event="PROTEST")
    kept = [source for source in POOL if source.document.id not in "acgi"]
    new = assembled(tmp_path / "b.duckdb", [moved, retyped, lost, rewritten, extra, *kept], "run1-new", "large")
    found = compare(old, new)
    assert found.documents == {
        "only in the old": ("gone",),
        "only in the new": ("new",),
        "another text": ("i",),
    }
    changes = {one.document: one for one in found.changed}
    assert changes["a"].fields["place_country"] == ("YEM", "MDA")
    assert changes["a"].why == "coded by another run"
    assert changes["c"].fields["event"] == ("ASSAULT", "COERCE")
    assert {(one.document, one.why) for one in found.lost} == {
        ("gone", "the other store lacks the document"),
        ("g", "coding gave another result"),
    }
    assert {(one.document, one.why) for one in found.gained} == {("new", "the other store lacks the document")}
    assert found.counts["reports"] == (10, 9)
    assert found.same + len(found.changed) + len(found.lost) == 10
    assert found.same + len(found.changed) + len(found.gained) == 9
    assert found.types["COERCE"] == (0, 1)
    assert found.runs["fingerprints.reader"] == (["small"], ["large"])
    assert found.by_what()["gained"] >= 1
    assert found.by_what()["lost"] >= 1
    shown = CLI.invoke(app, ["diff", str(old), str(new)])
    assert "event: ASSAULT → COERCE" in shown.output
    assert "fingerprints.reader: small → large" in shown.output
    record = json.loads(CLI.invoke(app, ["diff", str(old), str(new), "--format", "json"]).output)
    assert record["by_field"]["place_country"] == 1


def test_events_that_were_merged_and_split(tmp_path: Path) -> None:
    apart = assembled(tmp_path / "apart.duckdb", POOL)
    one = assembled(tmp_path / "one.duckdb", POOL)
    decisions.merge(one, home(one, "a"), home(one, "e"))
    assemble_store(one)
    merged = [group for group in compare(apart, one).events if group.what == "merged"]
    assert [(set(g.old), g.new) for g in merged] == [({home(apart, "a"), home(apart, "e")}, (home(one, "a"),))]
    assert compare(one, apart).by_what() == {"split": 1}


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = assembled(tmp_path / "news.duckdb", POOL[:1])
    shown = CLI.invoke(app, ["diff", str(path), str(tmp_path / "none.duckdb")])
    assert shown.exit_code == 2
    assert "none.duckdb" in shown.output


def test_a_party_that_is_told_otherwise_is_a_change_of_names(tmp_path: Path) -> None:
    old = assembled(tmp_path / "a.duckdb", POOL[:1])
    new = assembled(tmp_path / "b.duckdb", [recoded(POOL[0], actor=(party("Southern Brigade", "YEM"),))])
    assert compare(old, new).by_field() == {"actor": 1}
