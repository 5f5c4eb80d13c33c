"""Review in the explorer: the queue, corrections that last, merging and parting, undoing, and two persons blind."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import explorer_store
import pytest
from explorer_forms import token
from starlette.testclient import TestClient

from polybius import codebook
from polybius.explorer.review.inputs import corrections, inputs, nearest
from polybius.query import QueryError
from polybius.run.gold import gold
from polybius.store import Entry, Journal, open_reader, open_writer

Open = Callable[..., TestClient]
BOOK = codebook.load()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return explorer_store.fill(tmp_path / "news.duckdb", explorer_store.plain())


def post(page: TestClient, path: str, **fields: str) -> Any:
    """What a form gives; the page that it leads to."""
    names = {name.replace("__", "-"): value for name, value in fields.items()}
    return page.post(path, data={"csrf_token": token(page), **names})


def records(store: Path) -> dict[str, dict[str, Any]]:
    """The first record of each document."""
    with open_reader(store) as found:
        made: dict[str, dict[str, Any]] = {}
        for record in found.records():
            made.setdefault(record["document"]["id"], record)
        return made


def named(store: Path, document: str) -> dict[str, str]:
    return {"document": document, "report": records(store)[document]["id"]}


def filled(store: Path, document: str, **changes: str) -> dict[str, str]:
    """The form of a report as the browser sends it, with some inputs changed."""
    return {**inputs(records(store)[document]), **{name.replace("__", "-"): text for name, text in changes.items()}}


def event_of(store: Path, document: str) -> str:
    with open_reader(store) as found:
        sql = """SELECT event_id FROM event_reports er JOIN reports r ON r.document_id = er.document_id
          AND r.id = er.report_id WHERE r.document_id = ? ORDER BY r.position"""
        return str(next(found.rows(sql, [document]))[0])


def test_the_queue_begins_with_what_is_most_doubtful(store: Path, page: TestClient) -> None:
    doubtful = records(store)["raid"]
    with open_writer(store) as found:
        found.connection.execute("UPDATE reports SET confidence_status = 0.21 WHERE document_id = 'raid'")
    text = page.get("/review").text
    assert "Doubt 79 %" in text and "status read with 21%" in text
    assert f'value="{doubtful["id"]}"' in text
    assert re.search(r'<mark class="w w-trigger[^>]*>bombed', text)
    assert all(f"<kbd>{key}</kbd>" in text and f'data-key="{key}"' in text for key in "axcs")
    later = page.get("/review?at=1").text
    assert f'value="{doubtful["id"]}"' not in later
    assert page.get("/review?kind=nonsense").status_code == 400


def test_a_corrected_field_is_there_after_a_reload(store: Path, page: TestClient) -> None:
    form = filled(store, "raid", status="negated", actor__0__code="Saudi Arabia", actor__0__sector="mil gov")
    done = post(page, "/review/report", **named(store, "raid"), **form, action="correct", next="/review")
    assert done.status_code == 200 and "Decision 1 is kept" in done.text and "Undo" in done.text
    record = records(store)["raid"]
    assert (record["status"], record["actor"][0]["code"], record["actor"][0]["sector"]) == (
        "negated", "SAU", ["MIL", "GOV"],
    )  # fmt: skip
    text = page.get("/review/report?" + urlencode(named(store, "raid"))).text
    assert "a person decided" in text and "coded: happened" in text.replace("<bdi>", "") and "Ada" in text
    assert event_of(store, "raid") in page.get("/?status=negated").text, "events follow"
    assert [one.author for one in Journal(store).read()] == ["Ada"]
    undone = post(page, "/review/undo", decision="1", next="/review/decisions")
    assert "Nobody has decided anything yet" in undone.text
    assert records(store)["raid"]["status"] == "actual"


def test_saving_may_accept_the_rest(store: Path, page: TestClient) -> None:
    form = filled(store, "raid", event="PROTEST", mode__riot="on")
    post(page, "/review/report", **named(store, "raid"), **form, action="correct-accept")
    record = records(store)["raid"]
    assert (record["event"], record["mode"], record["quad_code"]) == ("PROTEST", ["riot"], BOOK.quad("PROTEST"))
    assert record["event_scale"] == BOOK.scale("PROTEST", ["riot"])
    assert [one.kind for one in Journal(store).read()] == ["accept"], "one decision, which one click takes back"
    assert (gold(store).documents, gold(store).records) == (1, 1)


def test_what_was_judged_leaves_the_queue(store: Path, page: TestClient) -> None:
    sizes = []
    for _ in range(7):
        text = page.get("/review?kind=reports").text
        found = re.search(r"1 of (\d+), the most", text)
        if not found:
            break
        sizes.append(int(found[1]))
        fields = dict(re.findall(r'name="(document|report)" value="([^"]*)"', text))
        fields = {name: html.unescape(value) for name, value in fields.items()}
        action = "reject" if len(sizes) == 1 else "accept"
        assert post(page, "/review/report", **fields, action=action, next="/review?kind=reports").status_code == 200
    assert sizes == [6, 5, 4, 3, 2, 1]
    assert "Nothing is left to review here" in page.get("/review?kind=reports").text
    with open_reader(store) as found:
        assert found.counts()["reports"] == 5


def test_two_events_are_merged_and_parted(store: Path, page: TestClient) -> None:
    one, two = event_of(store, "raid"), event_of(store, "mixed")
    merged = post(page, "/review/events", one=one, two=two, action="merge", next="/review")
    assert merged.status_code == 200
    event = event_of(store, "raid")
    assert event == event_of(store, "mixed") and event not in (one, two)
    listed = page.get(f"/review/event?id={event}").text
    name = f"raid#{records(store)['raid']['id']}"
    assert f'value="{name}"' in listed and "take out of this event" in listed
    post(page, "/review/split", event=event, out__1=name)
    assert event_of(store, "raid") != event_of(store, "mixed")
    again = post(page, "/review/events", one=event_of(store, "raid"), two=event_of(store, "mixed"), action="never")
    assert again.status_code == 200
    assert [one.kind for one in Journal(store).read()] == ["same", "split", "different"]
    text = page.get("/review/decisions").text
    assert all(words in text for words in ("one event", "taken out", "never these two"))
    assert page.get("/review/event?id=evt1-gone").status_code == 404


def test_unsure_pairs_are_asked_about_until_somebody_answers(tmp_path: Path, opening: Open) -> None:
    entries, where = [], explorer_store.QALDARA
    for id, words in (("a", "Rebels shelled Qaldara."), ("b", "Northern Brigade bombed a market in Qaldara.")):
        told = explorer_store.document(id, words, explorer_store.MAY, id)
        brigade = explorer_store.party(words.split()[0], "YEM", "REB")
        trigger = "shelled" if id == "a" else "bombed"
        day = explorer_store.MAY + dt.timedelta(days=id == "b")
        report = explorer_store.report(told, "ASSAULT", trigger, (brigade,), days=(day, day), where=where)
        entries.append(Entry(told, (report,)))
    store = explorer_store.fill(tmp_path / "pair.duckdb", entries)
    page = opening(store)
    text = page.get("/review?kind=merges").text
    assert "1 of 1" in text and "the comparison is unsure" in text
    assert all(f'data-key="{key}"' in text for key in "md")
    sides = dict(re.findall(r'name="(one|two)" value="([^"]*)"', text))
    done = post(page, "/review/events", **sides, action="never", next="/review?kind=merges")
    assert "Nothing is left to review here" in done.text


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"action": "correct"}, 400, "nothing was changed"),
        ({"action": "explode"}, 400, "action is"),
        ({"action": "correct", "actor-0-code": "Atlantis"}, 400, "there is no actor"),
        ({"action": "correct", "actor-0-sector": "XYZ"}, 400, "there is no sector"),
        ({"action": "correct", "actor-0-words": "nobody said this"}, 400, "is not in the article"),
        ({"action": "correct", "actor-1-code": "FRA"}, 400, "name the words"),
        ({"action": "correct", "status": "perhaps"}, 400, "there is no status"),
        ({"action": "correct", "event": "PARTY"}, 400, "there is no event type"),
        ({"action": "correct", "place-0-latitude": "1e9"}, 400, "latitude is a number"),
        ({"action": "correct", "date-0-from": "2024-13-01"}, 400, ""),
        ({"action": "correct", "date-0-from": "2024-06-30", "date-0-to": "2024-06-01"}, 400, "lies before"),
        ({"action": "accept", "report": "rep1-none"}, 404, "no report"),
        ({"action": "accept", "document": "none"}, 404, "no document"),
    ],
)  # fmt: skip
def test_a_form_that_makes_no_sense_says_why(
    store: Path, page: TestClient, fields: dict[str, str], status: int, words: str
) -> None:
    form = {**filled(store, "raid"), **named(store, "raid"), **fields}
    answer = page.post("/review/report", data={"csrf_token": token(page), **form})
    assert (answer.status_code, words in html.unescape(answer.text)) == (status, True), answer.text[-600:]
    assert Journal(store).read() == []


def test_nobody_decides_without_a_token_or_where_it_is_read_only(store: Path, page: TestClient, opening: Open) -> None:
    form = {**named(store, "raid"), "action": "reject"}
    for path in ("report", "events", "split", "undo", "assemble", "blind", "blind/mark"):
        assert page.post(f"/review/{path}", data=form).status_code == 403
    reader = opening(store, read_only=True)
    assert post(reader, "/review/report", **form).status_code == 403
    text = reader.get("/review").text
    assert "<button" not in text and 'data-key="a"' not in text
    assert Journal(store).read() == []


def test_a_form_leads_back_to_review_and_nowhere_else(store: Path, page: TestClient) -> None:
    for wanted in ("//evil.example/review", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
        form = {"csrf_token": token(page), **named(store, "raid"), "action": "accept", "next": wanted}
        answer = page.post("/review/report", data=form, follow_redirects=False)
        assert answer.status_code == 303 and answer.headers["location"].startswith("/review?made=")


def test_hostile_words_stay_words(hostile: TestClient) -> None:
    for path in ("/review", "/review?at=3", "/review/decisions", "/review/blind", "/review?kind=<script>"):
        assert "<script>alert" not in hostile.get(path).text


def test_two_review_the_same_sample_blind(store: Path, page: TestClient) -> None:
    made = post(page, "/review/blind", size="4", seed="7", first="Ann", second="Bob")
    assert made.status_code == 200 and made.text.count("0 of 4") == 2
    id = re.search(r"/review/blind/result\?id=([\w-]+)", made.text)
    assert id
    sample = id[1]
    seen: dict[str, list[str]] = {}
    for reviewer in ("Ann", "Bob"):
        for number in range(4):
            text = page.get(f"/review/blind/sample?id={sample}&reviewer={reviewer}").text
            assert f"{number} of 4" in text and ("Bob" if reviewer == "Ann" else "Ann") not in text
            fields = {n: html.unescape(v) for n, v in re.findall(r'name="(document|report)" value="([^"]*)"', text)}
            seen.setdefault(reviewer, []).append(fields["report"])
            action = "none" if number == 3 and reviewer == "Bob" else "event"
            post(page, "/review/blind/mark", sample=sample, reviewer=reviewer, **fields, action=action)
            if number < 3 or reviewer == "Ann":
                assert "shown when both are through" in page.get(f"/review/blind/result?id={sample}").text
    assert seen["Ann"] == seen["Bob"] and len(set(seen["Ann"])) == 4
    result = page.get(f"/review/blind/result?id={sample}").text
    assert "whether there is an event" in result
    rows = re.findall(r'<th scope="row">([^<]+)</th><td class="number">(.*?)</td><td class="number">(\d+)', result)
    found = {name: (value, int(units)) for name, value, units in rows}
    assert found["whether there is an event"] == ("0.000", 4)
    assert found["type"] == ("1.000", 3)
    with open_reader(store) as opened:
        assert opened.counts()["corrections"] == opened.counts()["originals"] == 0
    assert post(page, "/review/blind", size="4", seed="7", first="Ann", second="Ann").status_code == 400
    assert post(page, "/review/blind", size="x", seed="7", first="Ann", second="Bob").status_code == 400
    assert page.get(f"/review/blind/sample?id={sample}&reviewer=Eve").status_code == 400
    assert page.get("/review/blind/result?id=none").status_code == 404


def test_the_same_seed_draws_the_same_reports(store: Path, page: TestClient) -> None:
    for seed in ("7", "7", "9"):
        post(page, "/review/blind", size="3", seed=seed, first="Ann", second="Bob")
    drawn = [json.loads(one.other or "")["targets"] for one in Journal(store).read()]
    assert drawn[0] == drawn[1] != drawn[2]


def test_what_a_form_does_not_change_is_no_correction(store: Path) -> None:
    for record in records(store).values():
        assert corrections(inputs(record), record, None, BOOK) == {}
    record = records(store)["raid"]
    with pytest.raises(QueryError, match="keeps no texts"):
        corrections({**inputs(record), "actor-0-words": "a man"}, record, None, BOOK)
    gone = corrections({**inputs(record), "recipient-0-words": ""}, record, "text", BOOK)
    assert gone == {"recipient": []}


def test_words_are_found_next_to_the_trigger() -> None:
    text = "The army left. Later the\narmy met the army."
    assert nearest("army", 30, text) == (25, 29)
    assert nearest("the army", 22, text) == (21, 29)
    assert nearest("navy", 3, text) is None
    assert nearest(" ", 3, text) is None
