"""What is kept between requests: counts, while the store is the same; and the index of words, made in the background."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import explorer_store
import pytest
from starlette.testclient import TestClient

from polybius.explorer.indexing import Indexer, Progress, progress
from polybius.explorer.memo import Memo
from polybius.run.assemble import assemble_store
from polybius.store import drop_index, open_reader, open_writer, update_index
from polybius.store.words import index_file

Open = Callable[..., TestClient]


@pytest.fixture
def store(news: Path, tmp_path: Path) -> Path:
    """A store of its own, without an index of words."""
    path = tmp_path / "news.duckdb"
    shutil.copy(news, path)
    drop_index(path)
    return path


def test_what_was_counted_is_kept_while_the_store_is_the_same(tmp_path: Path) -> None:
    path, memo = tmp_path / "file", Memo[int]()
    path.write_text("a")
    assert [memo.get(path, "key", lambda: 1), memo.get(path, "key", lambda: 2), memo.get(path, "other", lambda: 3)] == [
        1,
        1,
        3,
    ]
    path.write_text("ab")
    assert memo.get(path, "key", lambda: 4) == 4


def test_what_was_not_asked_for_lately_is_forgotten(tmp_path: Path) -> None:
    memo = Memo[str](most=2)
    for key in ("a", "b", "a", "c"):
        memo.get(tmp_path, key, lambda: "first")
    assert [memo.get(tmp_path, key, lambda: "again") for key in ("a", "c", "b")] == ["first", "first", "again"]


def test_nothing_is_kept_of_what_failed(tmp_path: Path) -> None:
    memo = Memo[int]()
    with pytest.raises(ZeroDivisionError):
        memo.get(tmp_path, "key", lambda: 1 // 0)
    assert memo.get(tmp_path, "key", lambda: 5) == 5


def test_pages_and_orders_share_their_counts_and_a_new_event_is_counted(store: Path, opening: Open) -> None:
    client = opening(store)
    total = client.get("/api/facets?status=all").json()["total"]
    pages = [client.get(f"/?status=all&sort={order}").text for order in ("newest", "oldest", "sources")]
    assert all(f"{total} events" in page for page in pages)
    with open_writer(store) as writing:
        writing.add(explorer_store.many(3))
    assemble_store(store)
    assert client.get("/api/facets?status=all").json()["total"] > total


def test_the_first_search_makes_the_index(store: Path, opening: Open) -> None:
    found = opening(store).get("/api/facets?words=Pyongyang")
    assert found.status_code == 200 and found.json()["total"] == 1
    assert index_file(store).exists()


def slow(store: Path, client: TestClient) -> threading.Event:
    """An index that is not made before the event is set."""
    gate = threading.Event()

    def update(path: Path) -> None:
        gate.wait()
        update_index(path)

    client.app.state.indexer = Indexer(update, patience=0.01)  # type: ignore[attr-defined]
    return gate


def test_a_search_says_how_far_the_index_is(store: Path, opening: Open) -> None:
    client = opening(store)
    gate = slow(store, client)
    try:
        page, data = client.get("/?words=Pyongyang"), client.get("/events.json?words=Pyongyang")
        assert page.status_code == data.status_code == 503
        assert page.headers["refresh"] == "2" and "0 of 4 articles (0 %)" in page.text
        assert "words are being indexed" in page.text and "0 of 4 articles" in data.json()["error"]["message"]
        assert client.get("/?actor=FRA").status_code == 200  # only words have to wait
    finally:
        gate.set()
    client.app.state.indexer.begin(store).join()  # type: ignore[attr-defined]
    assert client.get("/events.json?words=Pyongyang").json()["total"] == 1


def test_one_thread_at_a_time_makes_the_index(store: Path) -> None:
    gate = threading.Event()
    indexer = Indexer(lambda path: None if gate.wait() else None)
    first = indexer.begin(store)
    assert indexer.begin(store) is first
    gate.set()
    first.join()
    assert indexer.begin(store) is not first


def test_progress_counts_articles_not_writes(store: Path) -> None:
    with open_reader(store) as reading:
        assert progress(reading) == Progress(0, 4)
    update_index(store)
    with open_reader(store) as reading:
        assert progress(reading).whole


def test_where_nothing_can_be_written_the_search_itself_says_so(
    store: Path, opening: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(path: Path, **_: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr("polybius.store.words.update_index", fails)
    client = opening(store)
    client.app.state.indexer = Indexer(fails)  # type: ignore[attr-defined]
    answer = client.get("/events.json?words=Pyongyang")
    assert answer.status_code == 503 and "cannot be written" in answer.json()["error"]["message"]
