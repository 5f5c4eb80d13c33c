"""Whom the server answers, what its answers carry, and that hostile words stay words."""

from __future__ import annotations

import html
import logging
import threading
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import explorer_store
import pytest
from fastapi import Depends, FastAPI
from starlette.testclient import TestClient

from polybius.explorer import PortTaken, Settings, create_app, free_port
from polybius.explorer.csrf import FIELD, HEADER, Signer, require_token
from polybius.explorer.guard import allowed

HERE = "http://127.0.0.1:8340"


class Elements(HTMLParser):
    """The elements of a page that could do something."""

    def __init__(self) -> None:
        super().__init__()
        self.active: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in ("img", "iframe", "object", "embed", "b") or (tag == "script" and not dict(attributes).get("src")):
            self.active.append(tag)
        self.active += [
            name for name, value in attributes if name.startswith("on") or (value or "").startswith("javascript:")
        ]


def active(text: str) -> list[str]:
    found = Elements()
    found.feed(text)
    return found.active


@pytest.mark.parametrize(
    "path", ["/", "/?status=all&sort=oldest", "/api", "/nope<script>", "/?actor=<script>alert(1)</script>"]
)
def test_hostile_words_are_only_words(hostile: TestClient, path: str) -> None:
    text = hostile.get(path).text
    assert active(text) == []
    assert "<script>alert" not in text


def test_hostile_words_are_shown_as_they_are(hostile: TestClient) -> None:
    text = hostile.get("/").text
    for words in explorer_store.HOSTILE:
        assert html.escape(words).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in text
    assert len(text) < 200_000, "names and titles of a million characters are cut"


@pytest.mark.parametrize("words", explorer_store.HOSTILE)
def test_hostile_values_in_the_url(hostile: TestClient, words: str) -> None:
    for name in ("words", "actor", "publisher", "country", "event", "mode"):
        answer = hostile.get("/", params={name: words})
        assert answer.status_code in (200, 400), (name, words)
        assert active(answer.text) == []
    assert hostile.get("/events.json").json()["total"] == len(explorer_store.HOSTILE) + 1


@pytest.mark.parametrize(
    ("host", "good"),
    [
        ("127.0.0.1:8340", True),
        ("localhost:8340", True),
        ("LOCALHOST:8340", True),
        ("[::1]:8340", True),
        ("127.0.0.1", True),
        ("127.0.0.1:9999", False),
        ("evil.example", False),
        ("evil.example:8340", False),
        ("127.0.0.1.evil.example:8340", False),
        ("127.0.0.1:8340@evil.example", False),
        ("0.0.0.0:8340", False),
        ("", False),
    ],
)
def test_the_server_answers_under_its_own_name_only(host: str, good: bool) -> None:
    assert allowed(host, Settings(Path("x"))) is good


def test_further_names_can_be_allowed() -> None:
    open_to_all = Settings(Path("x"), host="0.0.0.0", allowed_hosts=("news.lab:8340", "other.lab"))
    assert allowed("news.lab:8340", open_to_all)
    assert allowed("other.lab:8340", open_to_all)
    assert not allowed("0.0.0.0:8340", open_to_all)
    assert not allowed("third.lab:8340", open_to_all)


def test_another_name_is_refused(client: TestClient) -> None:
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 421
    assert "evil.example" in answer.text


def test_other_sites_are_refused(client: TestClient) -> None:
    for origin in (
        "https://evil.example",
        "null",
        "http://127.0.0.1:9999",
        "file://",
        "http://127.0.0.1:8340.evil.example",
    ):
        assert client.get("/events.json", headers={"origin": origin}).status_code == 403, origin
    assert client.get("/events.json", headers={"origin": HERE}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/nope", "/static/app.css", "/openapi.json", "/events.csv", "/?page=x"])
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static//etc/passwd",
        "/static/%00",
        "/static/",
    ],
)
def test_only_files_of_the_package_are_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def written(settings: Settings) -> tuple[TestClient, list[str]]:
    """A client of an explorer with one more page, which writes."""
    app: FastAPI = create_app(settings)
    done: list[str] = []

    @app.post("/write", dependencies=[Depends(require_token)])
    def write() -> str:
        done.append("written")
        return "done"

    return TestClient(app, base_url=HERE, raise_server_exceptions=False), done


def token(client: TestClient) -> str:
    return client.get("/").text.split('name="csrf-token" content="')[1].split('"')[0]


def test_a_write_needs_the_token_of_the_page(news: Path) -> None:
    client, done = written(Settings(news))
    good = token(client)
    assert client.post("/write", data={FIELD: good}).status_code == 200
    assert client.post("/write", headers={HEADER: good}).status_code == 200
    assert len(done) == 2
    for wrong in ({}, {FIELD: ""}, {FIELD: good + "x"}, {FIELD: Signer().new()}, {FIELD: "ä.ö"}):
        assert client.post("/write", data=wrong).status_code == 403
    assert client.post("/write", data={FIELD: good}, headers={"origin": "https://evil.example"}).status_code == 403
    assert client.post("/write", data={FIELD: good}, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    client.cookies.clear()
    assert client.post("/write", data={FIELD: good}).status_code == 403
    assert len(done) == 2


def test_a_cookie_of_another_server_is_no_token(news: Path) -> None:
    client, done = written(Settings(news))
    foreign = Signer().new()
    client.cookies.set("polybius_token_8340", foreign)
    assert client.post("/write", data={FIELD: foreign}).status_code == 403
    assert done == []


def test_reading_only_refuses_every_write(news: Path) -> None:
    client, done = written(Settings(news, read_only=True))
    answer = client.post("/write", data={FIELD: token(client)})
    assert answer.status_code == 403
    assert "--read-only" in answer.text
    for method in ("PUT", "PATCH", "DELETE"):
        assert client.request(method, "/").status_code == 403
    assert done == []
    assert "read-only" in client.get("/").text


def test_a_form_that_is_too_long_is_refused(news: Path) -> None:
    client, done = written(Settings(news))
    assert client.post("/write", data={FIELD: token(client), "note": "x" * 1_100_000}).status_code == 413
    assert done == []


def test_a_wrong_method_and_a_wrong_address(client: TestClient) -> None:
    wrong = client.post("/")
    assert wrong.status_code == 405
    assert "GET" in wrong.headers["allow"]
    assert "Traceback" not in wrong.text
    assert client.get("/nope").status_code == 404
    assert client.get("/api/nope").json()["error"]["status"] == 404


def test_a_fault_of_ours_is_a_page_without_a_traceback(news: Path, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(Settings(news))

    @app.get("/fault")
    def fault() -> None:
        raise ZeroDivisionError("secret detail")

    with caplog.at_level(logging.ERROR):
        answer = TestClient(app, base_url=HERE, raise_server_exceptions=False).get("/fault")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert "Something went wrong in Polybius" in answer.text
    assert "content-security-policy" in answer.headers


def test_many_may_read_at_once(client: TestClient) -> None:
    found: list[int] = []
    readers = [threading.Thread(target=lambda: found.append(client.get("/").status_code)) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert found == [200] * 8


def test_a_store_that_somebody_holds_is_told(tmp_path: Path, opening: Any) -> None:
    import subprocess
    import sys

    store = explorer_store.fill(tmp_path / "held.duckdb", explorer_store.plain())
    code = f"import duckdb, sys; c = duckdb.connect({str(store)!r}); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        answer = opening(store, wait=0.1).get("/")
        holder.communicate()
    assert answer.status_code == 503
    assert "try again" in answer.text
    assert answer.headers["retry-after"] == "5"


def test_a_port_that_is_taken() -> None:
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with pytest.raises(PortTaken, match=str(taken)):
            free_port("127.0.0.1", taken)
    assert free_port("127.0.0.1") > 0


def test_the_navigation_leads_to_pages_that_there_are(client: TestClient) -> None:
    navigation = client.get("/").text.split("<nav")[1].split("</nav>")[0]
    paths = [piece.split('"')[0] for piece in navigation.split('href="')[1:]]
    assert {"/", "/api"} <= set(paths)
    assert [client.get(path).status_code for path in paths] == [200] * len(paths)
