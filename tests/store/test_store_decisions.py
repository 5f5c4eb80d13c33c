"""A person's word on a report: it holds, it outlives coding again, and what can no longer be placed is told."""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import fakes
import pytest
import store_corpus

from polybius.records import Document, Span
from polybius.report import ActorField, Quote, Report, from_json, report_id, to_json
from polybius.run import review
from polybius.run.decisions import undo
from polybius.store import Entry, Journal, StoreUnusable, canonical, forget, open_reader, open_writer
from polybius.store.connect import connect
from polybius.store.decisions import STATES, Coded, Correction, find, redacted, target_of
from polybius.store.overlay import corrections

CODER = fakes.make_coder()
TEXT = "France met Norway. Spain accused Chad. That was a day."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "news.duckdb"
    add(path, store_corpus.document("a", TEXT))
    return path


def add(path: Path, document: Document, reports: tuple[Report, ...] | None = None, stamp: str = "first") -> None:
    made = store_corpus.entry(CODER, document).reports if reports is None else reports
    with open_writer(path) as store:
        store.add([Entry(document, made, stamp)], recode=True)


def fold(path: Path) -> None:
    with open_writer(path):
        pass


def reports(path: Path) -> list[Report]:
    with open_reader(path) as store:
        return list(store.reports())


def became(path: Path) -> list[Correction]:
    with open_reader(path) as store:
        return corrections(store.connection)


def states(path: Path) -> dict[str, str]:
    return {one.field: one.state for one in became(path)}


def party(words: str, code: str | None = None) -> dict[str, Any]:
    start = TEXT.index(words)
    made = ActorField(Quote(words, start, start + len(words)), name=words, code=code, reason="a person decided")
    return dict(to_json(replace(reports_of_text()[0], actor=(made,)))["actor"][0])


def reports_of_text() -> tuple[Report, ...]:
    return store_corpus.entry(CODER, store_corpus.document("a", TEXT)).reports


def another_model(report: Report, **changes: Any) -> Report:
    """The report as a model that decides otherwise would give it, with the id that it then has."""
    made = replace(report, **changes)
    roles = {"actor": [party.quote.span for party in made.actor]}
    trigger = Span(made.trigger.start, made.trigger.end)
    id = report_id(made.document.version, made.sentence.index, made.event, trigger, made.status, roles)
    return replace(made, id=id)


def test_a_correction_holds_and_the_original_is_kept(path: Path) -> None:
    first, second = reports(path)
    review.correct(path, "a", first.id, {"status": "negated", "actor": [party("Chad", "TCD")]}, author="Ada")
    assert reports(path) == [first, second]  # nobody has written the store yet
    fold(path)
    corrected, other = reports(path)
    assert (corrected.status, corrected.actor[0].code, corrected.id) == ("negated", "TCD", first.id)
    assert dict(corrected.confidence)["status"] == dict(corrected.confidence)["actor"] == 1.0
    assert corrected.found_by == first.found_by + "+person"
    assert other == second
    with open_reader(path) as store:
        sql = "SELECT code FROM groundings WHERE role = 'actor' AND report_id = ?"
        assert list(store.rows(sql, [first.id])) == [("TCD",)]
        assert list(store.rows("SELECT status, actor_code FROM reports WHERE id = ?", [first.id])) == [
            ("negated", "TCD")
        ]
        assert [json.loads(record) for (record,) in store.rows("SELECT record FROM originals")] == [to_json(first)]
    told = {one.field: one for one in became(path)}
    assert {name: one.state for name, one in told.items()} == {"actor": "applied", "status": "applied"}
    assert (told["status"].coded, told["status"].decided, told["status"].author) == ('"actual"', '"negated"', "Ada")


def test_undoing_brings_back_the_very_bytes(path: Path) -> None:
    before = [line for line in canonical(path) if not line.startswith('["judgements"')]
    for report in reports(path):
        review.correct(path, "a", report.id, {"status": "future"})
    review.reject(path, "a", reports(path)[0].id)
    fold(path)
    assert len(reports(path)) == 1
    for _ in range(3):
        undo(path)
    fold(path)
    assert [line for line in canonical(path) if not line.startswith('["judgements"')] == before
    assert became(path) == []


def test_a_correction_survives_coding_by_another_model(path: Path) -> None:
    first, second = reports(path)
    review.correct(path, "a", first.id, {"status": "negated"}, author="Ada")
    fold(path)
    other = another_model(first, status="hypothetical", actor=())
    assert other.id != first.id
    add(path, store_corpus.document("a", TEXT), (other, second), "second")
    assert [(r.id, r.status) for r in reports(path)] == [(other.id, "negated"), (second.id, second.status)]
    assert states(path) == {"status": "conflict"}  # the model says a third thing: told, and the person holds
    agreeing = another_model(first, status="negated")
    add(path, store_corpus.document("a", TEXT), (agreeing, second), "third")
    assert states(path) == {"status": "confirmed"}
    assert reports(path)[0].status == "negated"


def test_the_history_keeps_what_was_coded(path: Path) -> None:
    first, second = reports(path)
    review.correct(path, "a", first.id, {"status": "negated"})
    review.reject(path, "a", second.id)
    fold(path)
    add(path, store_corpus.document("a", TEXT), (another_model(first, status="future"),), "second")
    with open_reader(path) as store:
        ((record,),) = store.rows("SELECT record FROM history")
    assert [json.loads(one) for one in json.loads(record)["reports"]] == [to_json(first), to_json(second)]


def test_a_vanished_trigger_is_told_and_comes_back(path: Path) -> None:
    first, second = reports(path)
    review.correct(path, "a", first.id, {"status": "negated"})
    fold(path)
    add(path, store_corpus.document("a", TEXT), (second,), "second")
    assert [(one.state, one.report_id, one.detail) for one in became(path)] == [("vanished", None, "“met”")]
    assert reports(path) == [second]
    add(path, store_corpus.document("a", TEXT), (first, second), "third")
    assert states(path) == {"status": "applied"}
    assert reports(path)[0].status == "negated"


def test_two_reports_at_one_trigger_are_ambiguous(path: Path) -> None:
    first, second = reports(path)
    review.correct(path, "a", first.id, {"status": "negated"})
    fold(path)
    twins = (another_model(first, status="future"), another_model(first, status="historical"))
    add(path, store_corpus.document("a", TEXT), (*twins, second), "second")
    assert states(path) == {"report": "ambiguous"}
    assert [r.status for r in reports(path)] == ["future", "historical", second.status]
    # One of the type that was coded then is meant, where there is one.
    add(path, store_corpus.document("a", TEXT), (another_model(first, event="AID"), twins[0], second), "third")
    assert [r.status for r in reports(path)] == ["actual", "negated", second.status]


def test_in_an_edited_text_words_and_sentence_decide(path: Path) -> None:
    first, _ = reports(path)
    review.correct(path, "a", first.id, {"recipient": [party("Chad", "TCD")], "status": "negated"})
    fold(path)
    longer = "A line before it. " + TEXT
    add(path, store_corpus.document("a", longer))
    corrected = reports(path)[0]
    quote = corrected.recipient[0].quote
    assert (quote.text, longer[quote.start : quote.end], corrected.status) == ("Chad", "Chad", "negated")
    without = TEXT.replace("Spain accused Chad.", "")
    add(path, store_corpus.document("a", without))
    assert states(path) == {"recipient": "unplaced", "status": "applied"}
    assert reports(path)[0].recipient == first.recipient
    changed = TEXT.replace("France met Norway.", "France, they say, met Norway.")
    add(path, store_corpus.document("a", changed))
    assert states(path) == {"report": "vanished"}


def test_the_later_decision_holds(path: Path) -> None:
    first, _ = reports(path)
    for status in ("negated", "future"):
        review.correct(path, "a", first.id, {"status": status})
    fold(path)
    assert reports(path)[0].status == "future"
    assert [one.state for one in became(path)] == ["superseded", "applied"]
    review.reject(path, "a", first.id)
    fold(path)
    assert len(reports(path)) == 1
    review.accept(path, "a", first.id)  # as it was coded: of a rejected report nothing else is to be seen
    fold(path)
    assert reports(path)[0].status == first.status


def test_accepting_freezes_what_was_seen(path: Path) -> None:
    first, second = reports(path)
    review.accept(path, "a", first.id, author="Ada")
    fold(path)
    assert reports(path)[0].status == first.status
    add(path, store_corpus.document("a", TEXT), (another_model(first, event="AID", actor=()), second), "second")
    held = reports(path)[0]
    assert (held.event, held.actor, held.quad_code) == (first.event, first.actor, first.quad_code)
    assert {field for field, state in states(path).items() if state == "conflict"} == {"event", "actor"}


def test_rejected_reports_leave_the_counts_right(path: Path) -> None:
    review.reject(path, "a", reports(path)[0].id)
    fold(path)
    with open_reader(path) as store:
        assert list(store.rows("SELECT n_reports FROM documents")) == [(1,)]
        assert list(store.rows("SELECT DISTINCT report_id FROM groundings")) == [(reports(path)[0].id,)]


def test_a_store_without_texts_keeps_no_words(tmp_path: Path) -> None:
    path = tmp_path / "bare.duckdb"
    document = store_corpus.document("a", TEXT)
    with open_writer(path, texts=False) as store:
        store.add([Entry(document, reports_of_text(), "first")])
    first = reports(path)[0]
    review.correct(path, "a", first.id, {"actor": [party("Chad", "TCD")]})
    fold(path)
    assert [(p.code, p.quote.text) for p in reports(path)[0].actor] == [("TCD", "")]


def test_what_is_no_decision_is_told_and_stops_nobody(path: Path) -> None:
    journal = Journal(path)
    journal.append("correct", json.dumps({"document": "a", "start": 1}))
    journal.append("reject", "no JSON")
    target = target_of(to_json(reports(path)[0]), TEXT)
    about = json.dumps({name: getattr(target, name) for name in target.__slots__})
    journal.append("correct", about, json.dumps({"values": {"colour": "red"}}))
    fold(path)
    assert [one.state for one in became(path)] == ["unreadable", "unreadable"]
    assert len(reports(path)) == 2
    assert {one.state for one in became(path)} <= set(STATES)


def test_forgetting_takes_the_words_out_of_the_journal(path: Path) -> None:
    first, _ = reports(path)
    review.correct(path, "a", first.id, {"actor": [party("Chad", "TCD")]})
    fold(path)
    forget(path, "a")
    files = [path, *path.parent.glob("*.decisions.sqlite*")]
    assert len(files) >= 2
    assert all(b"Chad" not in file.read_bytes() and b'"met"' not in file.read_bytes() for file in files)
    assert [one.kind for one in Journal(path).read()] == ["correct"]
    assert redacted('{"document":"b","words":"x"}', "a") == '{"document":"b","words":"x"}'


def test_a_trigger_is_found_by_its_place_before_its_type() -> None:
    records = tuple(map(to_json, reports_of_text()))
    target = target_of(records[1], TEXT)
    coded = Coded("a", target.version, TEXT, records)
    assert find(target, coded).at == 1
    assert find(replace(target, event="AID", report="gone"), coded).at == 1
    assert find(replace(target, start=target.start + 1, end=target.end + 2, report="gone"), coded).at == 1
    assert find(replace(target, start=0, end=2), coded).problem == "vanished"
    assert from_json(records[1]).id == target.report


def test_a_store_of_version_1_takes_decisions_after_its_step(path: Path) -> None:
    connection = connect(path, read_only=False)
    for table in ("originals", "corrections", "articles", "accounts", "event_keys"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("UPDATE meta SET value = '1' WHERE key = 'version'")
    connection.close()
    with pytest.raises(StoreUnusable, match="version 1"), open_reader(path):
        pass
    fold(path)
    review.reject(path, "a", reports(path)[0].id)
    fold(path)
    assert len(reports(path)) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and killed")
@pytest.mark.parametrize("point", ["decision: after commit", "batch: after fold", "batch: before commit"])
def test_a_kill_between_append_and_fold_loses_and_doubles_nothing(path: Path, point: str) -> None:
    first, _ = reports(path)

    def die(at: str) -> None:
        if at == point:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        try:
            target = target_of(to_json(first), TEXT)
            about = json.dumps({name: getattr(target, name) for name in target.__slots__})
            Journal(path, hook=die).append("correct", about, json.dumps({"values": {"status": "negated"}}))
            with open_writer(path, hook=die):
                pass
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert reports(path)[0].status == "actual"
    for _ in range(2):
        fold(path)
    assert [r.status for r in reports(path)][0] == "negated"
    assert [(one.field, one.state) for one in became(path)] == [("status", "applied")]
