"""Dyads, time series and networks: counts, periods, pairs without direction, documents read."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import asked_store
import pytest

from polybius import query
from polybius.run.assemble import assemble_store
from polybius.store import Entry, open_writer

MAY, JUNE = dt.date(2024, 5, 1), dt.date(2024, 6, 1)


def pairs(path: Path, **words: Any) -> dict[tuple[str, str], dict[str, Any]]:
    rows = list(query.dyads(path, **words))
    found = {(row["source"], row["target"]): row for row in rows}
    assert len(found) == len(rows)
    return found


def test_a_pair_without_direction_is_counted_once(news: Path) -> None:
    found = pairs(news)
    assert set(found) == {("DEU", "FRA"), ("YEM", "SAU"), ("PRK", "RUS"), ("CHN", "PAK")}
    assert {pair for pair, row in found.items() if row["symmetric"]} == {("DEU", "FRA")}
    assert set(pairs(news, actor="FRA")) == set(pairs(news, recipient="FRA")) == {("DEU", "FRA")}


def test_counts_are_set_against_the_documents_read(news: Path) -> None:
    raid = pairs(news)["YEM", "SAU"]
    assert (raid["period"], raid["n_events"], raid["n_reports"], raid["documents"]) == (MAY, 1, 2, 4)
    assert (raid["cooperation"], raid["conflict"], raid["per_thousand"]) == (0, 1, 250.0)
    assert raid["net_scale"] == asked_store.BOOK.scale("ASSAULT", ("aerial",))
    of_wire = pairs(news, publisher="Wire")["YEM", "SAU"]
    assert (of_wire["documents"], of_wire["per_thousand"]) == (3, 333.333)


def test_more_news_of_the_same_makes_no_more_events(tmp_path: Path) -> None:
    path = asked_store.fill(tmp_path / "more.duckdb")
    before = pairs(path)["YEM", "SAU"]
    quiet = [asked_store.document(f"quiet{n}", f"Rain fell on day {n}.", asked_store.MAY, "Wire") for n in range(4)]
    with open_writer(path) as store:
        store.add([Entry(document) for document in quiet])
    assert query.outdated(path)
    assemble_store(path)
    after = pairs(path)["YEM", "SAU"]
    assert not query.outdated(path)
    assert (after["n_events"], after["documents"]) == (before["n_events"], before["documents"] + 4)
    assert after["per_thousand"] < before["per_thousand"]


@pytest.mark.parametrize(("by", "start"), [("day", "2024-05-14"), ("week", "2024-05-13"), ("month", "2024-05-01")])
def test_what_is_dated_vaguely_is_of_no_period(news: Path, by: str, start: str) -> None:
    found = pairs(news, by=by)
    assert found["DEU", "FRA"]["period"] == dt.date.fromisoformat(start)
    vague = found["CHN", "PAK"]
    assert (vague["period"], vague["documents"], vague["per_thousand"]) == (None, None, None)


def test_a_period_that_there_is_not(news: Path) -> None:
    with pytest.raises(query.QueryError, match="allowed: day, week, month"):
        query.dyads(news, by="decade")


def test_the_timeline_counts_types(news: Path) -> None:
    rows = {(row["period"], row["event"]): row["n_events"] for row in query.timeline(news)}
    assert rows == {
        (MAY, "ASSAULT"): 1,
        (MAY, "CONSULT"): 1,
        (JUNE, "AGREE"): 1,
        (JUNE, "RETREAT"): 1,
        (None, "PROTEST"): 1,
        (None, "SUPPORT"): 1,
    }
    assert sum(row["n_events"] for row in query.timeline(news, status="all")) == 8


def test_a_network_is_graphml(news: Path) -> None:
    root = ET.fromstring(query.network(news))
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    keys = {key.get("id"): key.get("attr.name") for key in root.findall("g:key", space)}
    nodes = {node.get("id") for node in root.findall(".//g:node", space)}
    edges = {(edge.get("source"), edge.get("target")): edge for edge in root.findall(".//g:edge", space)}
    assert set(edges) == set(pairs(news))
    assert nodes == {code for pair in edges for code in pair}
    data = {keys[item.get("key")]: item.text for item in edges["YEM", "SAU"]}
    assert (data["symmetric"], data["n_events"], data["n_reports"], data["conflict"]) == ("false", "1", "2", "1")


def test_networkx_reads_the_network(news: Path) -> None:
    networkx = pytest.importorskip("networkx", reason="networkx is not installed")
    graph = networkx.parse_graphml(query.network(news))
    assert graph.is_directed()
    assert graph.edges["DEU", "FRA"]["symmetric"] is True
    assert graph.nodes["PRK"]["name"] == "North Korea"


def test_the_summary_counts_what_is_there(news: Path) -> None:
    found = query.summary(news)
    (store,) = found["store"]
    assert (store["documents"], store["with_reports"], store["reports"], store["events"]) == (6, 5, 9, 8)
    assert store["of_several_documents"] == 1
    assert {row["status"]: row["n_reports"] for row in found["statuses"]} == {
        "actual": 6,
        "future": 1,
        "historical": 1,
        "negated": 1,
    }
    assert {row["event"] for row in found["types"]} == {event["event"] for event in query.events(news)}
    assert next(iter(found["actors"]))["n_events"] == 1
