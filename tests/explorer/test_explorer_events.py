"""The first page, its filters and counts, and the same as data."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from pathlib import Path
from typing import Any

import explorer_store
import pytest
from starlette.testclient import TestClient

from polybius.explorer.filters import Filter, parse
from polybius.explorer.parameters import PARAMETERS
from polybius.query import QueryError


def events(client: TestClient, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/events.json", params=query).json()["events"]
    return found


def types(client: TestClient, **query: Any) -> set[str]:
    return {event["event"] for event in events(client, **query)}


def test_the_page_tells_who_did_what_to_whom_with_the_words(client: TestClient) -> None:
    text = client.get("/").text.split("<ol")[1].split("</ol>")[0]
    assert "Northern Brigade bombed Riyadh troops in Qaldara." in text
    assert 'title="Saudi Arabia, MIL"' in text
    assert "/article?id=https%3A%2F%2Fwire.example%2F1%3Fa%3Db%26c%3Dd" in text
    assert text.index("Pyongyang") < text.index("France"), "the latest comes first"
    assert text.index("France") < text.index("Pakistan") < text.index("date unknown")
    assert ">Threaten" not in text, "what did not happen is left out"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"CONSULT", "ASSAULT", "AGREE", "PROTEST", "SUPPORT"}),
        ({"status": "all"}, {"CONSULT", "ASSAULT", "AGREE", "PROTEST", "SUPPORT", "THREATEN"}),
        ({"status": "negated"}, {"THREATEN"}),
        ({"actor": "France"}, {"CONSULT"}),
        ({"recipient": "SAU"}, {"ASSAULT"}),
        ({"event": "consult"}, {"CONSULT"}),
        ({"mode": "aerial"}, {"ASSAULT"}),
        ({"country": "yemen"}, {"ASSAULT"}),
        ({"publisher": "wire"}, {"CONSULT", "PROTEST", "SUPPORT"}),
        ({"since": "2024-06-01"}, {"AGREE"}),
        ({"since": "2023-05-01", "until": "2023-05-31"}, {"SUPPORT"}),
        ({"words": '"all year"'}, {"PROTEST", "SUPPORT"}),
        ({"words": "nowhere-to-be-found"}, set()),
        ({"near": "48.8,2.3", "radius": "30"}, {"CONSULT"}),
        ({"box": "40,10,50,20"}, {"ASSAULT"}),
        ({"box": "170,-80,10,80"}, {"CONSULT"}),  # over the date line
        ({"min_belief": "1"}, set()),
        ({"min_sources": "2"}, set()),
    ],
)
def test_filters(client: TestClient, query: dict[str, str], found: set[str]) -> None:
    assert types(client, **query) == found
    page = client.get("/", params=query)
    assert page.status_code == 200
    assert f">{len(found)} event" in page.text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"page": "0"}, "whole number from 1"),
        ({"page": "1e3"}, "whole number from 1"),
        ({"page": "9999999999999999999999"}, "whole number from 1"),
        ({"since": "yesterday"}, "a day such as"),
        ({"since": "2024-02-30"}, "a day such as"),
        ({"since": "2024-06-01", "until": "2024-05-01"}, "is before"),
        ({"status": "done"}, "one of actual"),
        ({"sort": "id; DROP TABLE events"}, "one of newest"),
        ({"near": "91,0"}, "latitude"),
        ({"near": "nan,0"}, "latitude"),
        ({"box": "1,2,3"}, "west,south,east,north"),
        ({"box": "1,50,3,40"}, "west,south,east,north"),
        ({"radius": "-1"}, "kilometres"),
        ({"min_belief": "1.5"}, "from 0 to 1"),
        ({"actor": "Narnia"}, "there is no actor"),
        ({"event": "CONSULTT"}, "did you mean CONSULT"),
        ({"publisher": "x" * 301}, "at most 300"),
        ({"colour": "red"}, "there is no parameter"),
    ],
)
def test_a_wrong_value_says_what_is_allowed(client: TestClient, query: dict[str, str], says: str) -> None:
    page, data = client.get("/", params=query), client.get("/events.json", params=query)
    assert page.status_code == data.status_code == 400
    assert says in page.text
    assert says in data.json()["error"]["message"]
    assert data.json()["error"]["field"] in [name[:60] for name in query]


def test_the_url_is_the_state() -> None:
    asked = Filter(
        actor="FRA", since=dt.date(2024, 1, 2), near=(48.12345, -2.5), radius=20.5, box=(1.0, 2.0, 3.0, 4.0), page=3
    )
    assert parse(asked.given) == asked
    assert asked.link("/", event="CONSULT").endswith(
        "event=CONSULT&since=2024-01-02&near=48.12345%2C-2.5&radius=20.5&box=1%2C2%2C3%2C4"
    )
    assert Filter().link("/map") == "/map"
    assert asked.without("near").given == {"actor": "FRA", "since": "2024-01-02", "box": "1,2,3,4"}


def test_every_parameter_is_a_field_of_the_filter() -> None:
    assert set(PARAMETERS) == set(Filter.__slots__)
    with pytest.raises(QueryError, match="allowed: actor"):
        parse({"bogus": "1"})
    assert parse({"by": "week", "actor": " "}, own=("by",)) == Filter()


@pytest.mark.parametrize(
    "query",
    [{}, {"event": "PROTEST"}, {"actor": "FRA"}, {"since": "2023-03-10", "until": "2024-05-20"}, {"status": "all"}],
)
def test_a_count_is_what_a_click_gives(client: TestClient, query: dict[str, str]) -> None:
    facets = client.get("/api/facets", params=query).json()["facets"]
    clicked = 0
    for counts in facets.values():
        for count in counts:
            if count["chosen"]:
                continue
            given = {**query, **count["changes"]}
            got = client.get("/api/events", params={k: v for k, v in given.items() if v is not None}).json()["total"]
            assert got == count["n"], (query, count)
            clicked += 1
    assert clicked > 5


def test_pages_hold_every_event_once(many: TestClient) -> None:
    seen: list[str] = []
    for page in (1, 2, 3):
        seen += re.findall(r'href="/event/([^"]+)"', many.get("/", params={"page": page}).text)
    assert len(seen) == len(set(seen)) == 120
    assert 'rel="next"' not in many.get("/", params={"page": 3}).text
    beyond = many.get("/", params={"page": 4})
    assert beyond.status_code == 200
    assert "There is no page 4; the last is" in beyond.text


def test_the_api_leads_from_page_to_page(many: TestClient) -> None:
    address, seen = "/api/events?limit=50&sort=oldest", []
    while address:
        answer = many.get(address).json()
        seen += [event["date_from"] for event in answer["events"]]
        address = answer["next"]
    assert len(seen) == 120
    assert seen == sorted(seen)


def test_csv_and_geojson_hold_the_same_events(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/events.csv").text)))
    assert {row["event"] for row in rows} == types(client)
    found = client.get("/events.geojson")
    assert found.headers["content-type"] == "application/geo+json"
    points = {one["properties"]["place"]: one["geometry"]["coordinates"] for one in found.json()["features"]}
    assert points == {"Paris": [2.35, 48.85], "Qaldara": [45.3, 15.1]}
    assert found.json()["without_place"] == 3


def test_an_event_and_a_document_of_the_api(client: TestClient) -> None:
    id = events(client, event="CONSULT")[0]["id"]
    answer = client.get("/api/event", params={"id": id}).json()
    assert answer["event"]["id"] == id
    (told,) = answer["reports"]
    document = client.get("/api/document", params={"id": told["document"]["id"]}).json()
    assert document["document"]["text"] == "France met Germany in Paris."
    assert document["reports"] == [told]
    assert client.get("/api/event", params={"id": "no"}).status_code == 404
    assert client.get("/api/document", params={"id": "no"}).status_code == 404
    assert client.get("/api/event").status_code == 400


def test_reports_and_summary_of_the_api(client: TestClient) -> None:
    assert client.get("/api/reports", params={"status": "all"}).json()["total"] == 6
    wrong = client.get("/api/reports", params={"words": "x"})
    assert wrong.status_code == 400
    assert "no filter of reports" in wrong.json()["error"]["message"]
    assert client.get("/api/summary").json()["store"][0]["documents"] == 4


def test_openapi_describes_every_call_and_parameter(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert all(set(path) == {"get"} for path in described["paths"].values()), "the API only reads"
    assert {one["name"] for one in described["paths"]["/api/events"]["get"]["parameters"]} == {*PARAMETERS, "limit"}
    page = client.get("/api").text
    assert all(f"GET {path}" in page for path in described["paths"])
    row = described["paths"]["/api/events"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert set(row["properties"]["events"]["items"]["properties"]) == set(events(client)[0])


def test_documentation_names_every_parameter() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "explorer.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in text for name in PARAMETERS)


def test_no_page_asks_another_server_for_anything(client: TestClient) -> None:
    for path in ("/", "/api", "/static/app.css", "/static/app.js"):
        text = client.get(path).text
        assert not re.search(r'(src|href|action)="(https?:)?//|url\(|@import|fetch\("http', text), path
        assert not re.search(r"<script(?![^>]* src=)|<style| style=| on[a-z]+=\"", text), path


def test_a_store_without_events_says_how_to_make_them(tmp_path: Path, opening: Any) -> None:
    raw = opening(explorer_store.fill(tmp_path / "raw.duckdb", explorer_store.plain(), assembled=False))
    answer = raw.get("/")
    assert answer.status_code == 409
    assert "polybius assemble" in answer.text
    assert raw.get("/api/events").status_code == 409
    assert raw.get("/api/reports").json()["total"] == 5


def test_a_store_that_is_gone_or_empty(tmp_path: Path, opening: Any) -> None:
    gone = opening(tmp_path / "gone.duckdb").get("/")
    assert gone.status_code == 503
    assert "there is no such store" in gone.text
    assert gone.headers["retry-after"]
    empty = opening(explorer_store.fill(tmp_path / "empty.duckdb", [], assembled=False)).get("/")
    assert empty.status_code == 200
    assert "The store holds no events yet" in empty.text


def test_json_is_json(hostile: TestClient) -> None:
    found = json.loads(hostile.get("/events.json").text)
    assert found["total"] == len(explorer_store.HOSTILE) + 1
