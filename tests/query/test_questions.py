"""What questions find: filters, the default of the status, errors, views and their page."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import sys
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polybius import query
from polybius.query.near import EARTH_KM, near_sql
from polybius.query.write import write

PAGE = Path(__file__).resolve().parents[2] / "docs" / "query.md"
GLOBE = duckdb.connect()
DEFAULT = {"AGREE", "ASSAULT", "CONSULT", "PROTEST", "RETREAT", "SUPPORT"}


def types(path: Path, **words: Any) -> set[str]:
    return {event["event"] for event in query.events(path, **words)}


def test_by_default_neither_negated_nor_historical_nor_hypothetical(news: Path) -> None:
    assert types(news) == DEFAULT
    assert types(news, status="all") == DEFAULT | {"THREATEN", "SANCTION"}
    assert types(news, status="negated") == {"THREATEN"}
    assert types(news, status="future") == {"AGREE"}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({"actor": "PRK"}, {"AGREE"}),
        ({"actor": "North Korea", "recipient": "russia"}, {"AGREE"}),
        ({"actor": "RUS"}, set()),
        ({"recipient": "SAU"}, {"ASSAULT"}),
        ({"event": "consult"}, {"CONSULT"}),
        ({"mode": "aerial"}, {"ASSAULT"}),
        ({"country": "Yemen"}, {"ASSAULT"}),
        ({"since": dt.date(2024, 5, 15)}, {"AGREE", "RETREAT"}),
        ({"until": dt.date(2024, 5, 13)}, {"SUPPORT"}),
        ({"since": dt.date(2023, 6, 1), "until": dt.date(2023, 6, 2)}, {"SUPPORT"}),
        ({"min_sources": 2}, {"ASSAULT"}),
        ({"min_confidence": 0.91}, set()),
        ({"publisher": "wire"}, {"CONSULT", "ASSAULT"}),
        ({"near": (15.0, 45.0), "radius": 50}, {"ASSAULT"}),
        ({"near": (15.0, 45.0), "radius": 30}, set()),
        ({"near": (32.0, 53.0), "radius": 100}, set()),
        ({"near": (32.0, 53.0), "radius": 1000}, {"RETREAT"}),
    ],
)
def test_each_filter_finds_its_events(news: Path, words: dict[str, Any], found: set[str]) -> None:
    assert types(news, **words) == found


def test_where_all_are_actors_each_is_the_others_recipient(news: Path) -> None:
    (event,) = query.events(news, actor="DEU", recipient="FRA")
    assert (event["event"], event["symmetric"], event["actor_code"]) == ("CONSULT", True, "FRA;DEU")
    assert not query.events(news, actor="FRA", recipient="FRA")


def test_reports_are_asked_in_the_same_way(news: Path, raw: Path) -> None:
    found = list(query.reports(news, event="ASSAULT"))
    assert [row["document_id"] for row in found] == ["raid1", "raid2"]
    assert {row["event_id"] for row in found} == {event["id"] for event in query.events(news, event="ASSAULT")}
    assert [row["document_id"] for row in query.reports(news, event="ASSAULT", publisher="Herald")] == ["raid2"]
    assert {row["document_id"] for row in query.reports(news, min_sources=2)} == {"raid1", "raid2"}
    assert {row["event_id"] for row in query.reports(raw)} == {None}
    assert len(query.reports(news)) == 7
    assert len(query.reports(news, limit=2)) == 2


@pytest.mark.parametrize(
    ("words", "field", "message"),
    [
        ({"country": "Frannce"}, "country", "no country 'Frannce'; did you mean France (FRA)?"),
        ({"actor": "UNX"}, "actor", "no actor 'UNX'; did you mean"),
        ({"event": "CONSLUT"}, "event", "no event type 'CONSLUT'; did you mean CONSULT?"),
        ({"mode": "arial"}, "mode", "did you mean aerial?"),
        ({"status": "past"}, "status", "allowed: actual, future"),
        ({"publisher": "Wyre"}, "publisher", "did you mean Wire?"),
        ({"near": (91.0, 0.0)}, "near", "no latitude"),
        ({"near": (math.nan, 0.0)}, "near", "no latitude"),
        ({"radius": 0.0}, "radius", "more than 0"),
        ({"since": dt.date(2024, 2, 1), "until": dt.date(2024, 1, 1)}, "until", "is before"),
    ],
)
def test_what_makes_no_sense_is_an_error_with_the_nearest_value(
    news: Path, words: dict[str, Any], field: str, message: str
) -> None:
    with pytest.raises(query.QueryError, match=re.escape(message)) as error:
        query.events(news, **words)
    assert error.value.field == field


def test_values_are_never_sql(news: Path) -> None:
    with pytest.raises(query.QueryError):
        query.events(news, actor="X' OR 1=1 --")
    with pytest.raises(query.QueryError):
        query.events(news, publisher="Wire'; DROP TABLE events")
    assert types(news) == DEFAULT


def test_a_store_without_events_names_the_command(raw: Path) -> None:
    for ask in (query.events, query.dyads, query.timeline, query.network):
        with pytest.raises(query.NoEvents, match="polybius assemble .*raw.duckdb"):
            ask(raw)
    assert list(query.summary(raw)["store"])[0]["events"] == 0


def test_other_shapes_hold_the_same(news: Path) -> None:
    table = query.events(news)
    arrow = table.to_arrow()
    assert arrow.to_pylist() == list(table)
    assert str(arrow.schema.field("date_from").type) == "date32[day]"


def test_polars_holds_the_same(news: Path) -> None:
    pytest.importorskip("polars", reason="polars is not installed")
    table = query.events(news)
    assert table.to_polars().to_dicts() == list(table)


def test_pandas_holds_the_same(news: Path) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    table = query.events(news)
    frame = table.to_pandas()
    assert list(frame.columns) == list(table.names)
    assert list(frame["id"]) == [row["id"] for row in table]


def test_without_a_library_its_shape_is_an_import_error(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for library, shape in (("pyarrow", "to_arrow"), ("polars", "to_polars"), ("pandas", "to_pandas")):
        monkeypatch.setitem(sys.modules, library, None)
        with pytest.raises(ImportError):
            getattr(query.events(news), shape)()


@pytest.mark.parametrize("words", [{}, {"event": "MOBILIZE"}])
def test_parquet_holds_the_same(news: Path, words: dict[str, Any]) -> None:
    table, out = query.events(news, **words), io.BytesIO()
    write(table, "parquet", out)
    assert pyarrow.parquet.read_table(io.BytesIO(out.getvalue())).to_pylist() == list(table)


@settings(max_examples=60, deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180), st.floats(1, 20000))
def test_the_box_never_cuts_off_what_the_distance_lets_in(
    lat: float, lon: float, other_lat: float, other_lon: float, radius: float
) -> None:
    half = [math.radians(x) / 2 for x in (other_lat - lat, other_lon - lon)]
    inner = (
        math.sin(half[0]) ** 2
        + math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * math.sin(half[1]) ** 2
    )
    km = 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, inner)))
    condition, values = near_sql(lat, lon, radius)
    sql = f"SELECT {condition} FROM (SELECT $a::DOUBLE AS latitude, $b::DOUBLE AS longitude, NULL::DOUBLE AS precision_km)"
    (found,) = GLOBE.execute(sql, {**values, "a": other_lat, "b": other_lon}).fetchone() or (None,)
    if abs(km - radius) > 1e-6:
        assert found == (km <= radius)


def test_the_views_have_the_columns_that_the_page_says(news: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    with query.opened(news) as store:
        for name, view in query.VIEWS.items():
            columns = [row[0] for row in store.connection.execute(f"DESCRIBE {name}").fetchall()]
            assert columns == list(view.columns), name
            section = page.split(f"### `{name}`", 1)[1].split("\n##", 1)[0]
            assert f"One row {view.row}." in section
            assert re.findall(r"^\| `(\w+)` \| (.*) \|$", section, re.M) == list(view.columns.items())


def test_asking_does_not_change_the_file(news: Path) -> None:
    before = news.read_bytes()
    query.summary(news), query.network(news)
    assert news.read_bytes() == before


def test_events_that_are_older_than_documents_are_told(news: Path, raw: Path) -> None:
    assert not query.outdated(news)
    assert not query.outdated(raw)


def test_reports_and_events_by_their_confidence(news: Path) -> None:
    every = {row["id"] for row in query.events(news, status="all")}
    assert {row["id"] for row in query.events(news, status="all", min_confidence=0.9)} == every
    rows = list(query.reports(news, status="all", min_confidence=0.5))
    assert rows and all(row["confidence"] == 0.9 for row in rows)  # of their type: nothing is known of all three
    assert not list(query.reports(news, status="all", min_confidence=0.95))
    with pytest.raises(query.QueryError, match="from 0 to 1"):
        query.reports(news, min_confidence=2.0)
