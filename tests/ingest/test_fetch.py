"""The way out to the network: what may be fetched, what may not, and what is done with what comes."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import tracemalloc
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from foreign import MORE, PAGE, TEXT, documents, entry, feed, items, needs_extra, reasons, write
from hypothesis import given
from hypothesis import strategies as st
from web import NOW, PUBLIC, Here, Web, serving

from polybius.ingest import Defaults, Item, find, read
from polybius.ingest.fetch import Clock, Fetched, Fetcher, Known, Limits, NotFetched, Resolver, not_public, parse
from polybius.ingest.fetch.exchange import USER_AGENT, retry_after
from polybius.ingest.fetch.robots import KEPT, KEPT_FAILURE

pytest.importorskip("protego", reason="not installed: protego (polybius[ingest])")


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as started:
        yield started


@pytest.fixture
def fetcher(web: Web) -> Fetcher:
    return web.fetcher(Here())


def refusal(fetcher: Fetcher, url: str) -> NotFetched:
    with pytest.raises(NotFetched) as error:
        fetcher.get(url)
    return error.value


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://news.example/",
        "gopher://news.example/",
        "news.example/a",
        "javascript:alert(1)",
        "http://",
        "http:///a",
        "http://user@news.example/",
        "http://user:secret@news.example/",
        "http://@news.example/",
        "http://news.example:22/",
        "http://news.example:0/",
        "http://news.example:99999/",
        "http://news.example:x/",
        "http://news.example\\@127.0.0.1/",
        "http://news.example/a b",
        "http://news.example/\r\nHost: other",
        "http://a..example/",
        "http://-/",
        "http://[::1/",
        "http://[v1.x]/",
        "http://news.example/" + "a" * 2000,
    ],
)
def test_addresses_that_may_not_be_fetched(url: str, fetcher: Fetcher, web: Web) -> None:
    assert refusal(fetcher, url).reason == "bad_url"
    assert not web.connected


@given(st.text(max_size=60))
def test_whatever_an_address_is_it_is_parsed_or_refused(text: str) -> None:
    for url in (text, f"http://{text}", f"http://news.example/{text}"):
        try:
            target = parse(url)
        except NotFetched as error:
            assert error.reason == "bad_url"
        else:
            assert target.url.isascii() and " " not in target.url and "\n" not in target.url
            assert parse(target.url) == target


NOT_PUBLIC = (
    "127.0.0.1 127.255.0.9 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 192.0.0.1 192.0.2.1 "
    "198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 192.88.99.1 :: ::1 ::7f00:1 "
    "::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::a00:1 64:ff9b::808:808 64:ff9b:1::1 2002:7f00:1:: 2002:808:808:: 2001::1 2001:db8::1 "
    "3fff::1 fc00::1 fd12::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 100::1 nonsense"
).split()


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_public_is_refused_wherever_it_comes_from(
    address: str, fetcher: Fetcher, web: Web
) -> None:
    assert not_public(address)
    web.names["inner.example"] = [address]
    assert refusal(fetcher, "http://inner.example/").reason == "private_address"
    web.page("news.example/", status=302, Location="http://inner.example/")
    assert refusal(fetcher, "http://news.example/").reason == "private_address"
    assert set(web.connected) <= {PUBLIC}
    assert not any("inner" in url for url in web.asked)


def test_addresses_written_as_such() -> None:
    assert [parse(f"http://[{address}]/").host for address in ("::1", "::FFFF:7f00:1")] == ["::1", "::ffff:7f00:1"]
    for address in ("8.8.8.8", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"):
        assert not_public(address) is None


@pytest.mark.parametrize("written", ["2130706433", "0x7f.1", "127.1", "017700000001", "localhost"])
def test_other_ways_to_write_the_loopback_are_looked_up_and_refused(written: str) -> None:
    fetcher = Fetcher(lambda rules, url: (True, 0.0))  # with the system's own resolver and connector
    assert refusal(fetcher, f"http://{written}/").reason in ("private_address", "unreachable")


def test_of_several_addresses_only_public_ones_are_connected_to_and_looked_up_once_a_request(web: Web) -> None:
    looked_up: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        """What a name says changes from one question to the next."""
        looked_up.append(host)
        return ["127.0.0.1", PUBLIC] if len(looked_up) < 3 else ["127.0.0.1"]

    web.page("news.example/", "fine")
    fetcher = Fetcher(lambda r, u: (True, 0.0), resolve=rebinding, connect=web.connect, limits=Limits(pause=0.0))
    assert fetcher.get("http://news.example/").body == b"fine"
    assert (looked_up, web.connected) == (["news.example"] * 2, [PUBLIC] * 2)  # robots.txt and the page
    assert refusal(fetcher, "http://news.example/").reason == "private_address"
    assert web.connected == [PUBLIC] * 2


def test_a_page_comes_with_its_kind_its_encoding_and_its_version(web: Web, fetcher: Fetcher) -> None:
    web.page(
        "news.example/a?b=%C3%A4", "text", Content_Type="text/HTML; charset=Latin-1", ETag='"1"', Last_Modified="then"
    )
    known = Known('"1"', "then")
    assert fetcher.get("http://News.Example/a?b=ä#part") == Fetched(
        "http://news.example/a?b=%C3%A4", b"text", NOW, "text/html", "Latin-1", known
    )
    assert web.headers[-1]["User-Agent"] == USER_AGENT
    again = fetcher.get("http://news.example/a?b=ä", known)
    assert (again.fresh, again.body, again.known) == (False, b"", known)
    assert web.headers[-1]["If-Modified-Since"] == "then"


def test_redirects_are_followed_and_checked(web: Web, fetcher: Fetcher) -> None:
    for n in range(5):
        web.page(f"news.example/{n}", status=301 + n % 2, Location=f"/{n + 1}")
    web.page("news.example/5", "there")
    assert fetcher.get("http://news.example/0").url == "http://news.example/5"
    web.page("news.example/start", status=307, Location="0")
    assert refusal(fetcher, "http://news.example/start").reason == "redirects"
    for location in (
        "file:///etc/passwd",
        "http://user@news.example/",
        "http://news.example:25/",
        "//[",
        "ftp://a.example/",
    ):
        web.page("news.example/bad", status=302, Location=location)
        assert refusal(fetcher, "http://news.example/bad").reason == "bad_url"


def test_statuses(web: Web, fetcher: Fetcher) -> None:
    for status, passing in (
        (404, False),
        (410, False),
        (403, False),
        (500, True),
        (503, True),
        (204, False),
        (304, False),
    ):
        web.page("news.example/a", status=status)
        if status != 304:
            error = refusal(fetcher, "http://news.example/a")
            assert (error.reason, error.passing) == ("http_status", passing)
            assert str(status) in error.detail


@pytest.mark.parametrize("packing", ["gzip", "deflate", "raw"])
def test_packed_bodies(packing: str, web: Web, fetcher: Fetcher) -> None:
    plain = TEXT.encode() * 9000
    packer = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(plain[:9000]) + gzip.compress(plain[9000:]) + b"\0\0",
        "deflate": zlib.compress(plain),
        "raw": packer.compress(plain) + packer.flush(),
    }[packing]
    name = packing if packing == "gzip" else "deflate"
    web.page("news.example/a", packed, Content_Encoding=name)
    assert fetcher.get("http://news.example/a").body == plain
    web.page("news.example/a", packed[: len(packed) // 3], Content_Encoding=name)
    assert refusal(fetcher, "http://news.example/a").reason == "unreadable"
    web.page("news.example/a", b"nothing packed", Content_Encoding=name)
    assert refusal(fetcher, "http://news.example/a").reason == "unreadable"
    web.page("news.example/a", packed, Content_Encoding="br")
    assert refusal(fetcher, "http://news.example/a").reason == "unreadable"


@pytest.mark.parametrize("packed", [False, True])
def test_a_body_of_a_hundred_megabytes_is_not_held(packed: bool, web: Web, fetcher: Fetcher) -> None:
    body = gzip.compress(b" " * 100_000_000, 1) if packed else b""

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(1600):
            try:
                handler.wfile.write(b" " * 65536)
            except OSError:
                return

    web.page("news.example/a", body, Content_Encoding="gzip")
    if not packed:
        web.pages["news.example/a"] = endless
    tracemalloc.start()
    try:
        error = refusal(fetcher, "http://news.example/a")
        assert error.reason == "too_long", error.detail
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


def test_answers_that_are_none(web: Web) -> None:
    answers = {
        "cut": b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nabc",
        "chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
        "nonsense": b"\x00\xff" * 40,
        "nothing": b"",
        "headers": b"HTTP/1.1 200 OK\r\n" + b"".join(b"A%d: b\r\n" % n for n in range(300)) + b"\r\n",
        "long": b"HTTP/1.1 200 OK\r\nA: " + b"a" * 100_000 + b"\r\n\r\n",
        "status": b"HTTP/1.1 99999 OK\r\n\r\n",
    }
    fetcher = web.fetcher(Here())
    for name, answer in answers.items():
        web.pages[f"news.example/{name}"] = lambda handler, answer=answer: handler.wfile.write(answer)  # type: ignore[misc]
        assert refusal(fetcher, f"http://news.example/{name}").reason in ("unreachable", "unreadable"), name


def test_a_connection_that_the_server_closes(web: Web, fetcher: Fetcher) -> None:
    web.page("news.example/a", TEXT * 5000, Connection="close")
    assert fetcher.get("http://news.example/a").body == TEXT.encode() * 5000


def test_a_server_that_drips_runs_out_of_time(web: Web) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        import time

        handler.wfile.write(b"HTTP/1.1 200 OK\r\nA: ")
        for _ in range(200):
            try:
                handler.wfile.write(b"a")
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    web.pages["news.example/a"] = drip
    error = refusal(web.fetcher(Here(), Limits(pause=0.0, step=5.0, total=0.8)), "http://news.example/a")
    assert (error.reason, error.passing) == ("unreachable", True)


def test_a_look_up_that_takes_too_long_and_a_host_that_is_not_there(web: Web) -> None:
    import threading

    never = threading.Event()

    def slow(host: str, port: int) -> list[str]:
        never.wait(20)
        return []

    def missing(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    resolvers: list[Resolver] = [slow, missing, lambda host, port: []]
    for resolve in resolvers:
        fetcher = Fetcher(lambda r, u: (True, 0.0), resolve=resolve, limits=Limits(total=0.3, pause=0.0))
        assert refusal(fetcher, "http://news.example/").reason in ("unreachable", "robots")
    never.set()


def test_robots_are_obeyed_and_asked_once_a_day(web: Web) -> None:
    time: list[float] = [0.0]
    slept: list[float] = []
    clock = Clock(lambda: time[0], lambda: NOW, slept.append)
    fetcher = web.fetcher(Here(), clock=clock)
    web.page(
        "news.example/robots.txt",
        "User-agent: polybius\nDisallow: /private\nCrawl-delay: 7\n\nUser-agent: *\nDisallow: /",
    )
    web.page("news.example/a", "a")
    assert fetcher.get("http://news.example/a").body == b"a"
    assert refusal(fetcher, "http://news.example/private/x").reason == "robots"
    assert fetcher.get("http://news.example/a").body == b"a"
    assert slept[-1] == 7.0
    assert web.asked.count("news.example/robots.txt") == 1
    time[0] = KEPT + 1
    fetcher.get("http://news.example/a")
    assert web.asked.count("news.example/robots.txt") == 2


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (410, True), (429, False), (500, False), (503, False)]
)
def test_robots_that_cannot_be_had(status: int, allowed: bool, web: Web) -> None:
    time = [0.0]
    fetcher = web.fetcher(Here(), clock=Clock(lambda: time[0], lambda: NOW, lambda seconds: None))
    web.page("news.example/robots.txt", status=status)
    web.page("news.example/a", "a")
    if allowed:
        assert fetcher.get("http://news.example/a").body == b"a"
        return
    error = refusal(fetcher, "http://news.example/a")
    assert (error.reason, error.passing) == ("robots", True)
    assert "news.example/a" not in web.asked
    web.page("news.example/robots.txt", "")
    time[0] = KEPT_FAILURE + 1
    assert fetcher.get("http://news.example/a").body == b"a"


def test_the_robots_of_where_a_redirect_leads_are_obeyed_too(web: Web, fetcher: Fetcher) -> None:
    web.page("news.example/a", status=302, Location="http://other.example/b")
    web.page("other.example/robots.txt", "User-agent: *\nDisallow: /b")
    assert refusal(fetcher, "http://news.example/a").reason == "robots"


def test_a_server_that_asks_for_patience_gets_it(web: Web) -> None:
    time: list[float] = [0.0]
    slept: list[float] = []
    fetcher = web.fetcher(Here(), clock=Clock(lambda: time[0], lambda: NOW, slept.append))
    web.page("news.example/a", status=429, Retry_After="3600")
    error = refusal(fetcher, "http://news.example/a")
    assert (error.passing, error.wait) == (True, 3600.0)
    asked = len(web.asked)
    assert refusal(fetcher, "http://news.example/b").wait == 3600.0
    assert len(web.asked) == asked
    time[0] = 3570.0
    web.page("news.example/b", "b")
    assert fetcher.get("http://news.example/b").body == b"b"
    assert slept == [30.0]


def test_retry_after() -> None:
    later = (NOW + dt.timedelta(seconds=90)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    cases = {
        "5": 5.0,
        later: 90.0,
        "": None,
        "soon": None,
        "-5": None,
        "9" * 400: 30 * 86400.0,
        "Fri, 31 Dec 9999 23:59:59 GMT": 30 * 86400.0,
    }
    assert {value: retry_after({"retry-after": value}, NOW) for value in cases} == cases


# Addresses as sources


def fetched(web: Web, *sources: str | Path, stdin: bytes = b"") -> list[Item]:
    return list(read(find(map(str, sources)), Defaults(), io.BytesIO(stdin), lambda extractor: web.fetcher(extractor)))


@needs_extra
def test_pages_feeds_and_texts_by_their_address(web: Web) -> None:
    web.page("courier.example/talks.pdf", PAGE, Content_Type="text/html")
    web.page("wire.example/feed", feed(entry(1), entry(2, date="Fri, 31 Dec 9999 23:59:59 +0000")))
    web.page("wire.example/note", f"{TEXT} {MORE}", Content_Type="text/plain")
    web.page("wire.example/picture", b"\x89PNG\r\n\x1a\n")
    web.names["inner.example"] = ["10.0.0.1"]
    found = fetched(web, *(f"http://{url}" for url in web.pages), "http://wire.example/gone", "http://inner.example/")
    assert reasons(found) == ["", "", "", "", "binary", "http_status", "private_address"]
    page, first, second, note = documents(found)
    assert (page.url, page.published, page.fetched) == ("https://courier.example/talks", dt.date(2024, 3, 15), NOW)
    assert (first.published, second.published) == (dt.date(2024, 3, 15), None)
    assert "later" in dict(second.found)["published"]
    assert (note.url, note.published) == ("http://wire.example/note", None)


@needs_extra
def test_a_page_is_never_dated_later_than_its_fetch(web: Web) -> None:
    late = PAGE.replace("2024-03-15T08:00:00Z", "2031-01-01T00:00:00Z")
    web.page("courier.example/talks", late)
    (page,) = documents(fetched(web, "http://courier.example/talks"))
    assert page.published is None
    assert "2031-01-01" in dict(page.found)["published"]


@needs_extra
def test_a_list_of_addresses_is_fetched_where_it_is_named(web: Web, tmp_path: Path) -> None:
    web.page("courier.example/1", PAGE)
    listed = "# today\n\nhttp://courier.example/1\nhttp://courier.example/2\r\nfile:///etc/passwd\n"
    found = fetched(web, write(tmp_path / "a.urls", listed))
    assert reasons(found) == ["", "http_status", "bad_url"]
    assert reasons(fetched(web, write(tmp_path / "b.txt", "http://courier.example/1"))) == [""]
    assert reasons(fetched(web, "-", stdin=b"http://courier.example/1\nhttp://courier.example/2\n")) == [
        "",
        "http_status",
    ]


def test_no_list_is_fetched_that_nobody_named(web: Web, tmp_path: Path) -> None:
    from foreign import make_zip

    write(tmp_path / "a.txt", "http://courier.example/1\n")
    archive = make_zip(tmp_path / "b.zip", {"c.txt": "http://courier.example/1\n"})
    assert reasons(fetched(web, tmp_path, archive)) == ["missing", "missing"]
    web.page("wire.example/list", "http://courier.example/1\n", Content_Type="text/plain")
    assert reasons(fetched(web, "http://wire.example/list")) == ["missing"]
    assert not any("courier" in url for url in web.asked)
    assert reasons(items(tmp_path / "a.txt")) == ["missing"]  # without a fetcher
    assert reasons(list(read(find(["http://courier.example/1"]), Defaults()))) == ["missing"]


def test_news_that_begins_with_an_address_is_no_list(tmp_path: Path) -> None:
    assert reasons(items(write(tmp_path / "a.txt", f"http://courier.example/1\n{TEXT}"))) == [""]
