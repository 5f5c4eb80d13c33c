"""Map, timeline, dyads, actors and places: what they count, how they draw it, and what they say of nonsense."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import explorer_store
import pytest
from explorer_store import JUNE, MAY, PARIS, QALDARA, document, party, report
from starlette.testclient import TestClient

from polybius.explorer.pictures import spots
from polybius.explorer.pictures.periods import MOST, Period, _busiest, following, last_day
from polybius.store import Entry

PAGES = (
    "/map",
    "/timeline",
    "/dyads",
    "/dyad?first=France&second=DEU",
    "/actor?code=France",
    "/place?country=France",
    "/place?country=FRA&name=Paris",
)
IRAN = ("Iran", "IRN", 32.0, 53.0, 900.0)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, opening: Any) -> TestClient:
    """Two states in both directions and together, in two weeks; a vague place; documents without events."""
    france, germany, iran = party("France", "FRA"), party("Germany", "DEU"), party("Iran", "IRN")
    entries = []

    def tell(words: str, event: str, *parties: Any, day: dt.date, where: Any = None) -> None:
        told = document(words, f"{words} happened.", day, "Wire")
        entries.append(Entry(told, (report(told, event, "happened", *parties, days=(day, day), where=where),)))

    tell("A credit for harvests of wheat and barley", "SUPPORT", (france,), (germany,), day=MAY, where=PARIS)
    tell(
        "The refusal of fishing quotas in northern waters",
        "REJECT",
        (germany,),
        (france,),
        day=MAY + dt.timedelta(1),
        where=PARIS,
    )
    tell("An evening of music between two presidents", "CONSULT", (france, germany), day=JUNE, where=QALDARA)
    tell("Sharp words about enrichment of uranium", "THREATEN", (france,), (iran,), day=JUNE, where=IRAN)
    quiet = [document(f"quiet{n}", f"Nothing of note number {n}.", MAY + dt.timedelta(8), "Herald") for n in range(2)]
    entries += [Entry(one, ()) for one in quiet]
    return opening(explorer_store.fill(tmp_path_factory.mktemp("pair") / "p.duckdb", entries))


def data(client: TestClient, path: str, **query: Any) -> dict[str, Any]:
    answer = client.get(path, params=query or None)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def rows(client: TestClient, path: str, **query: Any) -> list[dict[str, str]]:
    answer = client.get(path, params=query or None)
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


class Seen(HTMLParser):
    """Elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def seen(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Seen()
    parser.feed(html)
    return parser.tags


@pytest.mark.parametrize("path", PAGES)
def test_pages_hold_nothing_that_the_policy_forbids(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    tags = seen(answer.text)
    assert not [attrs for _, attrs in tags if "style" in attrs or any(name.startswith("on") for name in attrs)]
    assert not [attrs for tag, attrs in tags if tag == "script" and "src" not in attrs]
    assert "style" not in {tag for tag, _ in tags}
    assert sum(tag == "h1" for tag, _ in tags) == 1
    for svg in re.findall(r"<svg xmlns.*?</svg>", answer.text, re.S):
        ElementTree.fromstring(svg)


@pytest.mark.parametrize("path", ["/map", "/timeline", "/dyads", "/actor?code=NGO", "/place?country=YEM"])
def test_hostile_words_are_words(hostile: TestClient, path: str) -> None:
    text = hostile.get(path).text
    tags = seen(text)
    assert "img" not in {tag for tag, _ in tags}
    assert not [attrs for _, attrs in tags if any(name.startswith("on") for name in attrs)]
    assert "alert(1)</script>" not in text
    for svg in re.findall(r"<svg xmlns.*?</svg>", text, re.S):
        ElementTree.fromstring(svg)


@pytest.mark.parametrize("words", explorer_store.HOSTILE)
@pytest.mark.parametrize("path", ["/actor", "/place", "/dyad", "/map.json", "/timeline"])
def test_hostile_parameters_are_answered(hostile: TestClient, path: str, words: str) -> None:
    query = {
        "code": words,
        "country": "YEM",
        "name": words,
        "admin1": words,
        "first": words,
        "second": words,
        "by": words,
    }
    own = {"/actor": ("code",), "/place": ("country", "name", "admin1"), "/dyad": ("first", "second")}.get(
        path, ("by",)
    )
    answer = hostile.get(path, params={name: query[name] for name in own})
    assert answer.status_code in (200, 400)
    assert "<script>alert(1)" not in answer.text
    assert "<img" not in answer.text


@pytest.mark.parametrize(
    "path", ["/map", "/map.json", "/timeline.csv", "/dyads", "/dyad?first=FRA&second=DEU", "/actor?code=FRA"]
)
def test_a_store_without_events_says_what_to_do(tmp_path: Path, opening: Any, path: str) -> None:
    answer = opening(explorer_store.fill(tmp_path / "s.duckdb", explorer_store.plain(), assembled=False)).get(path)
    assert answer.status_code == 409
    assert "polybius assemble" in answer.text


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/dyad.json?second=FRA", "first"),
        ("/dyad.json?first=FRA", "second"),
        ("/dyad.json?first=FRA&second=Nowhereland", "second"),
        ("/actor.json", "code"),
        ("/actor.json?code=%20", "code"),
        ("/place.json", "country"),
        ("/place.json?country=FRA&name=" + "n" * 301, "name"),
        ("/timeline.json?by=century", "by"),
        ("/map.json?bbox=1,2,3", "bbox"),
        ("/map.json?bbox=0,50,10,40", "bbox"),
        ("/map.json?zoom=13", "zoom"),
        ("/map.json?zoom=-1", "zoom"),
        ("/map.json?zoom=%C2%B2", "zoom"),
        ("/timeline.json?first=FRA", "first"),
    ],
)
def test_nonsense_is_told_with_its_parameter(client: TestClient, path: str, field: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert answer.json()["error"]["field"] == field


def test_the_timeline_counts_by_class_and_by_what_was_read(pair: TestClient) -> None:
    found = data(pair, "/timeline.json", by="week")
    assert found["total"] == 4
    first, second = found["periods"]
    assert (first["period"], first["n_events"], first["documents"]) == ("2024-05-13", 2, 2)
    assert first["per_thousand"] == 1000
    assert (first["verbal_cooperation"], first["verbal_conflict"], first["material_conflict"]) == (1, 1, 0)
    assert (second["period"], second["n_events"]) == ("2024-06-03", 2)
    months = data(pair, "/timeline.json", by="month")["periods"]
    assert [(one["period"], one["documents"]) for one in months] == [("2024-05-01", 4), ("2024-06-01", 2)]


def test_the_timeline_is_that_of_the_command(client: TestClient, news: Path) -> None:
    from polybius import query

    for by in ("day", "week", "month"):
        told: dict[str | None, list[float]] = {}
        for row in query.timeline(news, by=by):
            key = None if row["period"] is None else row["period"].isoformat()
            one = told.setdefault(key, [0, 0.0])
            one[0] += row["n_events"]
            one[1] = round(one[1] + row["net_scale"], 3)
        found = data(client, "/timeline.json", by=by)["periods"]
        assert {one["period"]: [one["n_events"], one["net_scale"]] for one in found} == told


def test_events_of_no_or_a_vague_date_are_told_and_not_drawn(client: TestClient) -> None:
    undated = [one for one in data(client, "/timeline.json", by="month")["periods"] if one["period"] is None]
    assert [one["n_events"] for one in undated] == [2]
    assert "2 events of unknown date, or lasting longer than a month" in client.get("/timeline?by=month").text


def test_the_address_filters_the_timeline(client: TestClient) -> None:
    assert data(client, "/timeline.json", event="CONSULT")["total"] == 1
    assert data(client, "/timeline.json", status="negated")["total"] == 1
    assert data(client, "/timeline.json", words='"all year"')["total"] == 2
    assert "No event fits" in client.get("/timeline?event=MOBILIZE").text


def test_a_bar_leads_to_its_events(pair: TestClient) -> None:
    hrefs = [
        str(attrs.get("href")) for tag, attrs in seen(pair.get("/timeline?by=week&country=FRA").text) if tag == "a"
    ]
    link = next(href for href in hrefs if "since=2024-05-13" in href)
    assert "until=2024-05-19" in link and "country=FRA" in link
    assert len(data(pair, link.replace("/?", "/events.json?"))["events"]) == 2


def test_a_dyad_has_both_directions(pair: TestClient) -> None:
    found = data(pair, "/dyad.json", first="France", second="Germany", by="week")
    assert (found["first"], found["second"], found["total"]) == ("FRA", "DEU", 3)
    assert {way: one["n_events"] for way, one in found["directions"].items()} == {"forth": 1, "back": 1, "together": 1}
    assert found["directions"]["forth"]["net_scale"] > 0 > found["directions"]["back"]["net_scale"]
    assert {row["event"]: (row["forth"], row["back"], row["together"]) for row in found["types"]} == {
        "SUPPORT": (1, 0, 0), "REJECT": (0, 1, 0), "CONSULT": (0, 0, 1),
    }  # fmt: skip
    turned = data(pair, "/dyad.json", first="DEU", second="FRA", by="week")
    assert turned["directions"]["back"]["net_scale"] == found["directions"]["forth"]["net_scale"]
    assert rows(pair, "/dyad.csv", first="FRA", second="DEU", by="week")[0]["direction"] in ("forth", "back")


def test_a_dyad_is_that_of_the_command(client: TestClient, news: Path) -> None:
    from polybius import query

    told = [row for row in query.dyads(news, by="month") if (row["source"], row["target"]) == ("DEU", "FRA")]
    (found,) = data(client, "/dyad.json", first="FRA", second="DEU", by="month")["periods"]
    assert told[0]["symmetric"] and found["direction"] == "together"
    for column in ("n_events", "net_scale", "documents", "per_thousand"):
        assert found[column] == told[0][column]


def test_two_who_never_met(client: TestClient) -> None:
    assert data(client, "/dyad.json", first="FRA", second="SAU")["total"] == 0
    assert "No event between the two fits" in client.get("/dyad?first=FRA&second=SAU").text


def test_short_addresses_lead_to_the_pages(client: TestClient) -> None:
    assert client.get("/dyad/FRA/DEU").url.path == "/dyad"
    assert "Germany" in client.get("/dyad/FRA/DEU").text
    assert client.get("/actor/France").status_code == 200
    assert client.get("/place/FRA").status_code == 200
    assert client.get("/actor/..%2f..%2fetc").status_code in (400, 404)


def test_pairs_are_listed_with_the_commonest_first(pair: TestClient) -> None:
    found = data(pair, "/dyads.json")["dyads"]
    assert {(row["source"], row["target"], row["symmetric"]) for row in found} == {
        ("FRA", "DEU", False), ("DEU", "FRA", False), ("DEU", "FRA", True), ("FRA", "IRN", False),
    }  # fmt: skip
    assert "/dyad?first=FRA&amp;second=IRN" in pair.get("/dyads").text


def test_an_actor_with_whom_what_and_where(pair: TestClient) -> None:
    found = data(pair, "/actor.json", code="france")
    assert (found["code"], found["total"]) == ("FRA", 4)
    german, iranian = found["others"]
    assert (german["other"], german["n_events"], german["to_it"], german["from_it"], german["together"]) == (
        "DEU",
        3,
        1,
        1,
        1,
    )
    assert (iranian["other"], iranian["to_it"], iranian["from_it"]) == ("IRN", 1, 0)
    assert found["countries"] == {"FRA": 2, "IRN": 1, "YEM": 1}
    assert sum(found["types"].values()) == 4
    assert data(pair, "/actor.json", code="IRN")["total"] == 1
    assert [row["other"] for row in rows(pair, "/actor.csv", code="FRA")] == ["DEU", "IRN"]


def test_the_newest_come_with_their_words(pair: TestClient) -> None:
    text = pair.get("/actor?code=FRA").text
    assert text.index("An evening of music") < text.index("A credit for harvests")


def test_a_place_is_a_country_or_a_name_in_it(pair: TestClient) -> None:
    assert data(pair, "/place.json", country="France")["total"] == 2
    assert data(pair, "/place.json", country="FRA", name="Paris")["parties"] == {"DEU": 2, "FRA": 2}
    assert data(pair, "/place.json", country="FRA", name="Lyon")["total"] == 0
    assert data(pair, "/place.json", country="FRA", admin1="Ile-de-France")["total"] == 0
    assert [row["place"] for row in rows(pair, "/place.csv", country="FRA")] == ["Paris"]


def test_the_map_adds_up_cells_from_afar(pair: TestClient) -> None:
    found = data(pair, "/map.json")
    assert (found["kind"], found["total"], found["places"], found["vague"]) == ("cells", 4, 3, 1)
    assert found["countries"] == {"FRA": 2, "IRN": 1, "YEM": 1}
    assert sum(mark["n_events"] for mark in found["marks"]) == 4
    paris = next(mark for mark in found["marks"] if mark["place"] == "Paris")
    assert (paris["n_events"], paris["cooperation"], paris["conflict"], paris["vague"]) == (2, 1, 1, False)
    assert [mark["place"] for mark in found["marks"] if mark["vague"]] == ["Iran"]


def test_the_map_shows_single_events_from_near(pair: TestClient) -> None:
    found = data(pair, "/map.json", zoom=8, bbox="0,45,5,50")
    assert (found["kind"], len(found["marks"])) == ("events", 2)
    assert {mark["label"] for mark in found["marks"]} == {"Support", "Reject"}
    for mark in found["marks"]:
        assert pair.get(mark["href"]).status_code == 200


def test_too_many_single_events_are_cells_and_too_many_cells_are_larger(
    pair: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spots, "MOST_SINGLE", 1)
    found = data(pair, "/map.json", zoom=8)
    assert found["kind"] == "cells"
    monkeypatch.setattr(spots, "MOST_CELLS", 2)
    larger = data(pair, "/map.json", zoom=8)
    assert larger["size"] > found["size"]
    assert sum(mark["n_events"] for mark in larger["marks"]) == sum(mark["n_events"] for mark in found["marks"])


def test_a_view_over_the_date_line_holds_both_sides(pair: TestClient) -> None:
    assert len(data(pair, "/map.json", bbox="170,-80,10,80", zoom=8)["marks"]) == 2


def test_without_scripts_the_map_is_a_picture(pair: TestClient) -> None:
    text = pair.get("/map").text
    still = text.split('id="still"')[1].split("</figure>")[0]
    assert "Paris: 2 events" in still
    assert "France: 2" in still
    assert still.count('class="place even"') == 2  # one a width
    assert still.count('class="place hostile vague"') == 2
    box = next(attrs for _, attrs in seen(text) if attrs.get("id") == "map")
    assert "hidden" in box and box["data-source"] == "/map.json"


def test_the_map_keeps_the_filter(pair: TestClient) -> None:
    text = pair.get("/map?event=SUPPORT").text
    box = next(attrs for _, attrs in seen(text) if attrs.get("id") == "map")
    assert box["data-source"] == "/map.json?event=SUPPORT"
    assert data(pair, str(box["data-source"]))["total"] == 1
    assert [row["n_events"] for row in rows(pair, "/map.csv", event="SUPPORT")] == ["1"]


def test_events_without_a_place_are_told(client: TestClient) -> None:
    assert data(client, "/map.json")["without_place"] == 3
    assert "3 events of unknown place not on the map" in client.get("/map").text


def test_what_the_map_needs_is_served_from_here(client: TestClient) -> None:
    outline = client.get("/map/outline.json")
    assert outline.headers["content-encoding"] == "gzip"
    assert {"FRA", "USA"} <= set(json.loads(outline.content))
    assert len(gzip.compress(outline.content)) < 200_000
    assert ".drawing" in client.get("/drawing.css").text
    for attrs in (attrs for tag, attrs in seen(client.get("/map").text) if tag in ("script", "link")):
        address = str(attrs.get("src") or attrs.get("href"))
        assert address.startswith("/") and client.get(address).status_code == 200


def test_the_data_links_of_every_page_answer(client: TestClient) -> None:
    for path in PAGES:
        links = [str(attrs.get("href")) for tag, attrs in seen(client.get(path).text) if tag == "a"]
        kept = [href for href in links if re.search(r"\.(json|csv|geojson)(\?|$)", href)]
        assert len(kept) >= 2, path
        assert {client.get(href).status_code for href in kept} == {200}, path


def test_long_courses_keep_to_their_busiest_span(many: TestClient) -> None:
    text = many.get("/timeline?by=day").text
    assert "outside the 3" in text and "days that are shown" in text


@pytest.mark.parametrize(
    ("by", "start", "last"),
    [
        ("day", dt.date(2024, 2, 29), dt.date(2024, 2, 29)),
        ("week", dt.date(2024, 12, 30), dt.date(2025, 1, 5)),
        ("month", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("month", dt.date(2024, 12, 1), dt.date(2024, 12, 31)),
        ("month", dt.date(9999, 12, 1), dt.date(9999, 12, 31)),
        ("week", dt.date(9999, 12, 27), dt.date(9999, 12, 31)),
    ],
)
def test_the_last_day_of_a_period(by: str, start: dt.date, last: dt.date) -> None:
    assert last_day(by, start) == last
    if last < dt.date.max:
        assert following(by, start) == last + dt.timedelta(1)


def test_the_busiest_span_leaves_out_what_is_far_away() -> None:
    start = dt.date(2024, 1, 1)
    near = [(start + dt.timedelta(n), 2) for n in range(5)]
    far = [(dt.date(1914, 7, 28), 3), *near, (dt.date(9999, 1, 1), 9)]
    assert _busiest("day", far) == (near[0][0], near[-1][0])
    assert (near[-1][0] - near[0][0]).days < MOST


def test_a_period_without_documents_has_no_share() -> None:
    assert Period(MAY, "", (1, 0, 0, 0), 1.0, 0).per_thousand is None
    assert Period(MAY, "", (1, 0, 1, 0), 1.0, 4).per_thousand == 500
