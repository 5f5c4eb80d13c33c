"""A person adds an event that no reader reported: it is kept as a decision, outlives coding anew, and is gold."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import explorer_store
import pytest
from explorer_forms import token
from starlette.testclient import TestClient

from polybius.records import Span
from polybius.run.adding import ADDED, places_of
from polybius.run.gold import gold
from polybius.run.told import told
from polybius.store import Entry, Journal, open_reader, open_writer

Open = Callable[..., TestClient]
TEXT = "Rebels shelled Qaldara.\nOn Friday Kenya expelled the envoy of Chad. The crowd marched, and others marched too."
PARTY = {
    "actor-0-words": "Kenya",
    "actor-0-code": "KEN",
    "recipient-0-words": "the envoy of  Chad",
    "recipient-0-code": "Chad",
}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return explorer_store.fill(tmp_path / "news.duckdb", [entry()])


def entry(*more: tuple[str, str], text: str = TEXT, run: str = "") -> Entry:
    """The article with its one report, and with further ones of a type and a word."""
    told = explorer_store.document("a", text, explorer_store.MAY, "Wire")
    reports = [
        explorer_store.report(told, event, word, (explorer_store.party("x", "YEM"),))
        for event, word in (("ASSAULT", "shelled"), *more)
    ]
    ends = [at + 1 for at, letter in enumerate(text) if letter == "."]
    spans = tuple(Span(start, end) for start, end in zip((0, *(end + 1 for end in ends)), ends, strict=False))
    return Entry(told, tuple(reports), stamp=run, sentences=spans)


def add(page: TestClient, words: str, at: int, **fields: str) -> Any:
    form = {"csrf_token": token(page), "document": "a", "words": words, "at": str(at), "status": "actual", **fields}
    return page.post("/review/add", data={**form, "next": "/review/add?document=a"})


def expelled(page: TestClient) -> Any:
    return add(page, "expelled", TEXT.index("expelled"), event="SANCTION", **PARTY)


def judged(store: Path, page: TestClient) -> list[dict[str, Any]]:
    """The gold records, after the one report was accepted as it is."""
    with open_reader(store) as found:
        (report,) = [id for (id,) in found.rows("SELECT id FROM reports ORDER BY position LIMIT 1")]
    page.post(
        "/review/report",
        data={
            "csrf_token": token(page),
            "document": "a",
            "report": report,
            "action": "accept",
        },
    )
    return [line for line in gold(store, partial=True).lines if "trigger" in line]


def test_an_article_leads_to_the_form_and_words_to_their_place(page: TestClient) -> None:
    assert 'href="/review/add?document=a"' in page.get("/article?id=a").text
    first = page.get("/review/add?document=a").text
    assert "Find them" in first and "Add the event" not in first
    form = page.get("/review/add?document=a&words=expelled").text
    assert "Add the event" in form and "choose a type" in form
    assert "On Friday Kenya" in form.split('class="words"')[1].split("</p>")[0]


def test_words_that_stand_there_more_than_once_are_offered(page: TestClient) -> None:
    text = page.get("/review/add?document=a&words=marched").text
    places = [int(at) for at in re.findall(r"words=marched&amp;at=(\d+)", text)]
    assert places == [start for start, _ in places_of("marched", TEXT)] and len(places) == 2
    assert "Add the event" not in text
    assert "Add the event" in page.get(f"/review/add?document=a&words=marched&at={places[1]}").text


def test_an_added_event_is_a_decision_and_gold(store: Path, page: TestClient) -> None:
    answer = expelled(page)
    assert answer.status_code == 200 and "signed “<bdi>Ada</bdi>”" in answer.text and "Added by persons" in answer.text
    (decision,) = Journal(store).read()
    assert (decision.kind, decision.author) == ("accept", "Ada")
    (line,) = told(store)
    assert line.states == (f"report: {ADDED}",) and not line.trouble and "expelled" in line.about
    (record,) = [one for one in judged(store, page) if one["event"] == "SANCTION"]
    assert record["trigger"] == {"text": "expelled", "start": TEXT.index("expelled"), "end": TEXT.index("expelled") + 8}
    assert [one["code"] for one in record["actor"]] == ["KEN"] and [one["code"] for one in record["recipient"]] == [
        "TCD"
    ]
    assert record["recipient"][0]["text"] == "the envoy of Chad" and record["status"] == "actual"
    start, end = record["sentence"]["start"], record["sentence"]["end"]
    assert TEXT[start:end].startswith("On Friday")


def test_it_outlives_coding_anew_and_stands_in_place_of_what_coding_comes_to_say(store: Path, page: TestClient) -> None:
    expelled(page)
    with open_writer(store) as writing:
        writing.add([entry(run="another")], recode=True)
    assert told(store)[0].states == (f"report: {ADDED}",)
    with open_writer(store) as writing:
        writing.add([entry(("ASSAULT", "expelled"), run="a third")], recode=True)
    with open_reader(store) as found:
        (record,) = [one for one in found.records() if one["trigger"]["text"] == "expelled"]
    assert record["event"] == "SANCTION" and record["actor"][0]["code"] == "KEN"
    assert [one["event"] for one in judged(store, page)].count("SANCTION") == 1


def test_of_a_text_that_was_edited_it_is_told_as_gone(store: Path, page: TestClient) -> None:
    expelled(page)
    with open_writer(store) as writing:
        writing.add([entry(text=TEXT.replace("expelled", "welcomed"))])
    (line,) = told(store)
    assert line.states == ("report: vanished",) and line.trouble
    assert not [one for one in judged(store, page) if one["event"] == "SANCTION"]


def test_it_can_be_taken_back_and_said_anew(store: Path, page: TestClient) -> None:
    expelled(page)
    assert "was added there already" in expelled(page).text
    key = told(store)[0].key
    page.post("/review/undo", data={"csrf_token": token(page), "decision": key})
    assert told(store) == []
    assert expelled(page).status_code == 200


@pytest.mark.parametrize(
    ("words", "at", "fields", "said"),
    [
        ("shelled", TEXT.index("shelled"), {"event": "ASSAULT"}, "is reported there already"),
        ("expelled", TEXT.index("expelled"), {"event": ""}, "Choose a type"),
        ("expelled", TEXT.index("expelled"), {"event": "NONSENSE"}, "there is no event type"),
        ("expelled", 3, {"event": "SANCTION"}, "not at that place"),
        ("nowhere", 0, {"event": "SANCTION"}, "not at that place"),
        ("", 0, {"event": "SANCTION"}, "not at that place"),
        ("expelled", TEXT.index("expelled"), {"event": "SANCTION", "actor-0-words": "Peru"}, "is not in the article"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_kept(
    words: str, at: int, fields: dict[str, str], said: str, store: Path, page: TestClient
) -> None:
    answer = add(page, words, at, **fields)
    assert answer.status_code == 400 and said in answer.text
    assert Journal(store).read() == []


def test_words_that_are_not_there_and_articles_that_are_not(page: TestClient) -> None:
    assert page.get("/review/add?document=a&words=nowhere").status_code == 400
    assert page.get("/review/add?document=none").status_code == 404
    assert page.get("/review/add").status_code == 422


def test_nobody_adds_without_a_token_or_where_it_is_read_only(store: Path, opening: Open) -> None:
    form = {"document": "a", "words": "expelled", "at": str(TEXT.index("expelled")), "event": "SANCTION"}
    assert opening(store).post("/review/add", data=form).status_code == 403
    quiet = opening(store, read_only=True)
    assert quiet.post("/review/add", data=form).status_code == 403
    assert "nothing can be added" in quiet.get("/review/add?document=a").text
    assert "/review/add" not in quiet.get("/article?id=a").text


def test_a_store_without_texts_says_so(tmp_path: Path, opening: Open) -> None:
    path = tmp_path / "bare.duckdb"
    with open_writer(path, texts=False) as writing:
        writing.add([entry()])
    assert "events cannot be added" in opening(path).get("/review/add?document=a").text


def test_words_are_found_whole_and_blanks_of_any_kind_are_the_same() -> None:
    assert places_of("met", "He met them, metal. Comet") == [(3, 6)]
    assert places_of("the  crowd", "The crowd, the\n crowd") == [(11, 21)]
    assert places_of(" ", "a b") == [] and places_of("a.c", "abc a.c") == [(4, 7)]
