"""Charts of the small store: the numbers are those of the questions, and the files are what their names say."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from polybius import charts, query
from polybius.charts.caption import described, wrapped
from polybius.charts.dyads import after
from polybius.charts.outline import rings
from polybius.charts.places import placed, projection, viewed
from polybius.charts.render import page
from polybius.cli import app

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "query"))
import asked_store  # noqa: E402

pytest.importorskip("altair", reason="charts need altair")
pytest.importorskip("vl_convert", reason="charts need vl-convert-python")


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return asked_store.fill(tmp_path_factory.mktemp("charts") / "news.duckdb")


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["chart", *map(str, arguments)], env={"COLUMNS": "300"})


def rows(spec: Any, key: str) -> list[dict[str, Any]]:
    """The rows of the data of a chart that have a key, each once."""
    found = [row for row in values(spec) if key in row]
    return list({json.dumps(row): row for row in found}.values())


def values(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if isinstance(node.get("data"), dict):
            yield from node["data"].get("values", [])
        for child in node.values():
            yield from values(child)
    elif isinstance(node, list):
        for child in node:
            yield from values(child)


def test_dyads_have_the_numbers_of_the_question(news: Path) -> None:
    spec = charts.chart(news, "dyads", by="week")
    drawn = rows(spec, "pair")
    asked = [row for row in query.dyads(news, by="week") if row["period"]]
    names = ("source", "target", "n_events", "n_reports", "cooperation", "conflict", "net_scale")
    assert [[row[name] for name in names] for row in drawn] == [[row[name] for name in names] for row in asked]
    assert [row["period"] for row in drawn] == [row["period"].isoformat() for row in asked]
    assert {row["pair"] for row in drawn} >= {"Yemen → Saudi Arabia", "Germany – France"}
    assert "1 event is not drawn: no one week is known for them" in json.dumps(spec, ensure_ascii=False)


def test_types_have_the_numbers_of_the_summary(news: Path) -> None:
    drawn = {row["event"]: row["n_events"] for row in rows(charts.chart(news, "types", status="all"), "quad_code")}
    assert drawn == {row["event"]: row["n_events"] for row in query.summary(news, status="all")["types"]}


def test_the_map_has_every_placed_event(news: Path) -> None:
    spec = charts.chart(news, "map")
    drawn = {(row["place"], row["vague"]): row["n_events"] for row in rows(spec, "latitude")}
    assert drawn == {("Paris", False): 1, ("Qaldara", False): 1, ("Iran", True): 1}
    located = [row for row in query.events(news) if row["latitude"] is not None]
    assert sum(drawn.values()) == len(located)
    assert "3 of unknown place not on the map" in json.dumps(spec)
    assert any(row.get("type") == "MultiPolygon" for row in rows(spec, "coordinates"))


def test_filters_are_told_and_obeyed(news: Path) -> None:
    spec = charts.chart(news, "types", country="Yemen", since=dt.date(2024, 5, 1))
    assert [row["event"] for row in rows(spec, "quad_code")] == ["ASSAULT"]
    lines = spec["vconcat"][0]["title"]["subtitle"]
    assert lines[0] == "in Yemen (YEM); since 2024-05-01; actual events and announced agreements"
    assert lines[1] == "1 event, told by 2 reports in 2 documents"
    assert spec["title"]["text"].startswith(
        "Source: news.duckdb, 6 documents read, published 2024-05-14 to 2024-06-03."
    )


@pytest.mark.parametrize("kind", list(charts.KINDS))
def test_files_are_what_their_names_say(news: Path, tmp_path: Path, kind: str) -> None:
    for suffix, start in ((".png", b"\x89PNG\r\n\x1a\n"), (".svg", b"<svg "), (".html", b"<!DOCTYPE html>")):
        target = tmp_path / f"chart{suffix}"
        result = call(news, kind, "-o", target)
        assert result.exit_code == 0, result.output
        assert target.read_bytes().startswith(start)
        assert target.stat().st_size > 4_000


def loads(html: str) -> Iterator[str]:
    """What a browser would fetch for the markup of a page: scripts, styles, images, frames."""
    markup = re.sub(r"<(script|style)>.*?</\1>", "", html, flags=re.S)
    yield from re.findall(r"(?:src|href|data|action)\s*=\s*[\"']?([^\"'\s>]+)", markup)
    yield from re.findall(r"@import|url\(", markup)


def test_the_page_loads_nothing_and_forbids_it(news: Path) -> None:
    spec = charts.chart(news, "map")
    html = charts.render(spec, "html").decode()
    assert list(loads(html)) == []
    assert "default-src 'none'" in html
    assert "vegaEmbed" in html
    own = html.rpartition("vegaEmbed(")[2]
    assert "http" not in own
    assert json.loads(own.partition(", ")[2].partition(', {"ast"')[0])["vconcat"] == spec["vconcat"]


def test_names_cannot_end_the_script() -> None:
    evil = "</script><script>alert(1)</script><!--\u2028"
    html = page({"usermeta": {"title": evil}, "data": {"values": [{"place": evil}]}}, "lib('</script>')")
    assert html.count("</script>") == 2
    assert "<script>alert" not in html and "<!--" not in html and "\u2028" not in html.partition("<body>")[2]


def test_nothing_to_draw_is_said(news: Path, tmp_path: Path) -> None:
    target = tmp_path / "none.svg"
    none = call(news, "types", "--country", "Peru", "-o", target)
    assert (none.exit_code, target.exists()) == (1, False)
    assert "no event fits the question" in none.stderr
    assert "none has a place with coordinates" in call(news, "map", "--event", "PROTEST", "-o", target).stderr
    assert "none has two parties of known code" in call(news, "dyads", "--event", "PROTEST", "-o", target).stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("types", "-o", "chart.gif"), "ends in none of .png, .svg, .html"),
        (("pie", "-o", "chart.svg"), "allowed: dyads, types, map"),
        (("dyads", "--by", "decade", "-o", "chart.svg"), "allowed: day, week, month"),
        (("types", "--country", "Frannce", "-o", "chart.svg"), "did you mean France (FRA)?"),
        (("types", "-o", "missing/chart.svg"), "cannot be written"),
    ],
)
def test_wrong_usage(news: Path, arguments: tuple[str, ...], message: str) -> None:
    result = call(news, *arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.replace("│", " ").split())


@pytest.mark.parametrize("library", ["altair", "vl_convert"])
def test_without_the_library_the_install_line_is_named(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    result = call(news, "types", "-o", tmp_path / "chart.svg")
    assert result.exit_code == 1
    assert f"{library} is missing" in result.stderr and "pip install 'polybius[chart]'" in result.stderr


def test_the_same_question_gives_the_same_chart(news: Path) -> None:
    assert charts.chart(news, "dyads") == charts.chart(news, "dyads")


def test_periods_end_where_the_next_begins() -> None:
    assert after(dt.date(2023, 12, 1), "month") == dt.date(2024, 1, 1)
    assert after(dt.date(2024, 1, 29), "week") == dt.date(2024, 2, 5)
    assert after(dt.date(2024, 2, 29), "day") == dt.date(2024, 3, 1)


def test_a_map_shows_what_is_around_its_places_or_the_world() -> None:
    near = projection(viewed([(15.1, 45.3)]))
    assert (near["type"], near["center"][0]) == ("mercator", 45.3)
    assert abs(near["center"][1] - 15.1) < 0.2
    assert projection(viewed([(48.9, 2.4), (-33.0, 151.0), (40.0, -74.0)])) == {"type": "equalEarth"}
    assert projection(viewed([(85.0, 10.0)])) == {"type": "equalEarth"}


def test_outlines_run_clockwise_and_are_closed() -> None:
    found = rings()
    assert len(found) > 500
    for ring in found:
        assert ring[0] == ring[-1]
        assert sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:], strict=False)) < 0


def test_words(news: Path) -> None:
    asked = query.Asked(actor="USA", recipient="CHN", event="CONSULT", near=(1.5, 2.0), min_sources=2, status="all")
    assert "; ".join(described(asked)).startswith("actor ")
    assert "at least 2 independent sources" in list(described(asked))
    assert list(wrapped("aa bb cc", 5)) == ["aa bb", "cc"]
    assert sum(place.n_events for place in placed(news, query.Asked())) == 3
