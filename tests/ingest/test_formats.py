"""Every format gives its documents, with what is known about them."""

from __future__ import annotations

import bz2
import datetime as dt
import gzip
import sys
from pathlib import Path

import pytest
from foreign import (
    MORE,
    PAGE,
    TEXT,
    documents,
    entry,
    feed,
    items,
    json_lines,
    mail,
    make_tar,
    make_zip,
    needs_extra,
    reasons,
    rejection,
    warc_record,
    write,
)

from polybius.ingest import Defaults
from polybius.ingest.kind import kind
from polybius.ingest.markdown import plain
from polybius.ingest.pages import tidy

DAY = dt.date(2024, 3, 15)


@needs_extra
def test_a_page_gives_its_article_and_what_the_page_says_of_it(tmp_path: Path) -> None:
    (page,) = documents(items(write(tmp_path / "a.html", PAGE)))
    assert (page.title, page.publisher, page.author) == ("Talks in Oslo", "The Harbour Courier", "Jane Doe")
    assert (page.published, page.url, page.id) == (
        DAY,
        "https://courier.example/talks",
        "https://courier.example/talks",
    )
    assert page.found == (("published", "meta article:published_time"), ("publisher", "meta og:site_name"))


@needs_extra
def test_captions_bylines_and_lists_of_other_articles_are_no_text(tmp_path: Path) -> None:
    (page,) = documents(items(write(tmp_path / "a.html", PAGE)))
    assert TEXT in page.text
    assert MORE in page.text
    for words in ("shelled", "Rebels kill", "Army bombs", "By Jane", "Copyright", "Home", "Talks in Oslo"):
        assert words not in page.text


@needs_extra
def test_what_the_user_says_goes_before_the_page(tmp_path: Path) -> None:
    given = Defaults(dt.date(2024, 3, 1), "Mine")
    (page,) = documents(items(write(tmp_path / "a.html", PAGE), defaults=given))
    assert (page.published, page.publisher, page.found) == (given.published, "Mine", ())


@needs_extra
def test_a_copyright_in_the_footer_is_no_date(tmp_path: Path) -> None:
    page = PAGE.replace("2024-03-15T08:00:00Z", "")
    (found,) = documents(items(write(tmp_path / "a.html", page)))
    assert found.published is None


@needs_extra
@pytest.mark.parametrize("late", ["9999-12-31", "2150-01-01T00:00:00Z"])
def test_a_date_later_than_the_file_is_not_taken_and_the_reason_is_kept(tmp_path: Path, late: str) -> None:
    page = PAGE.replace("2024-03-15T08:00:00Z", late).replace(
        "courier.example/talks", "courier.example/2024/03/14/talks"
    )
    (found,) = documents(items(write(tmp_path / "a.html", page)))
    assert found.published == dt.date(2024, 3, 14)
    assert dict(found.found)["published"].startswith("address; not meta article:published_time: ")


@needs_extra
def test_structured_data_says_when_and_who(tmp_path: Path) -> None:
    data = '{"@graph": [{"@type": "NewsArticle", "datePublished": "2024-03-13", "publisher": {"name": "The Post"}}]}'
    page = PAGE.replace("</head>", f'<script type="application/ld+json">{data}</script></head>')
    (found,) = documents(items(write(tmp_path / "a.html", page)))
    assert (found.published, found.publisher) == (dt.date(2024, 3, 13), "The Post")
    assert dict(found.found) == {"published": "JSON-LD datePublished", "publisher": "JSON-LD publisher"}


@needs_extra
def test_a_feed_gives_its_entries_with_their_own_day(tmp_path: Path) -> None:
    found = documents(items(write(tmp_path / "a.xml", feed(entry(1), entry(2)))))
    assert [(d.url, d.text, d.title, d.publisher, d.published) for d in found] == [
        (f"https://wire.example/{n}", TEXT, "Talks", "Wire", DAY) for n in (1, 2)
    ]


@needs_extra
def test_an_atom_feed(tmp_path: Path) -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><id>urn:1</id><title>Talks</title>'
        f"<published>2024-03-15T01:00:00+09:00</published><content type='html'>&lt;p&gt;{TEXT}&lt;/p&gt;&lt;p&gt;{MORE}"
        "&lt;/p&gt;</content><summary>Short.</summary></entry></feed>"
    )
    (found,) = documents(items(write(tmp_path / "a.atom", atom)))
    assert (found.id, found.text, found.published) == ("urn:1", f"{TEXT}\n{MORE}", DAY)


def test_a_mail_and_a_mailbox(tmp_path: Path) -> None:
    (one,) = documents(items(write(tmp_path / "a.eml", mail())))
    assert (one.id, one.title, one.publisher) == ("1@gov.example", "Talks in Malmö", "Ministry Press")
    assert (one.published, one.text.strip()) == (DAY, TEXT)
    box = "".join(f"From a@b Fri Mar 15 08:00:00 2024\n{mail(n, f'{TEXT}{chr(10)}>From {MORE}')}\n" for n in (1, 2))
    found = documents(items(write(tmp_path / "a.mbox", box)))
    assert [(d.id, d.text.strip()) for d in found] == [(f"{n}@gov.example", f"{TEXT}\nFrom {MORE}") for n in (1, 2)]


@needs_extra
def test_a_mail_in_html(tmp_path: Path) -> None:
    body = f"<html><style>p {{}}</style><p>{TEXT}<p>{MORE}<br>The <b>end</b>.</html>"
    (found,) = documents(items(write(tmp_path / "a.eml", mail(body=body, kind="text/html"))))
    assert found.text == f"{TEXT}\n{MORE}\nThe end."


@needs_extra
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_web_archive_plain_and_packed_record_by_record(tmp_path: Path, pack: type[bytes]) -> None:
    picture = warc_record("https://a.example/p.png", b"\x89PNG", kind="image/png")
    failed = warc_record("https://a.example/none", status="404 Not Found")
    parts = [warc_record("https://a.example/1"), picture, failed, warc_record("https://a.example/2")]
    found = items(
        write(tmp_path / "a.warc.gz", b"".join(map(pack, parts)))
        if pack is not bytes
        else write(tmp_path / "a.warc", b"".join(parts))
    )
    assert [item.subject.rpartition(":")[2] for item in found] == ["1", "4"]
    assert [d.url for d in documents(found)] == ["https://a.example/1", "https://a.example/2"]
    assert documents(found)[0].fetched == dt.datetime(2024, 3, 16, tzinfo=dt.UTC)


@needs_extra
def test_a_page_that_came_in_chunks_and_packed(tmp_path: Path) -> None:
    packed = gzip.compress(PAGE.encode())
    body = b"%x\r\n" % 100 + packed[:100] + b"\r\n%x\r\n" % (len(packed) - 100) + packed[100:] + b"\r\n0\r\n\r\n"
    record = warc_record("https://a.example/1", body, fields="Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n")
    (found,) = documents(items(write(tmp_path / "a.warc", record)))
    assert TEXT in found.text


def test_a_web_archive_of_texts(tmp_path: Path) -> None:
    head = f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://a.example/\r\nContent-Type: text/plain\r\nContent-Length: {len(TEXT)}\r\n\r\n"
    (found,) = documents(items(write(tmp_path / "a.warc", head + TEXT + "\r\n\r\n")))
    assert (found.text, found.url) == (TEXT, "https://a.example/")


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("a.tsv", "\t"), ("b.csv", ";")])
def test_a_table_with_its_own_names_for_the_columns(tmp_path: Path, name: str, mark: str) -> None:
    rows = [
        ["Body", "Headline", "Published"],
        [f'"{TEXT}\n{MORE}"', "Talks", "2024-03-15"],
        [TEXT.replace(",", ""), "", ""],
    ]
    table = "\n".join(mark.join(row) for row in rows)
    found = documents(
        items(write(tmp_path / name, table), defaults=Defaults(columns={"text": "Body", "title": "Headline"}))
    )
    assert [(d.text, d.title, d.published) for d in found] == [
        (f"{TEXT}\n{MORE}", "Talks", DAY),
        (TEXT.replace(",", ""), None, None),
    ]


def test_a_table_without_a_text_says_how_to_name_it(tmp_path: Path) -> None:
    refused = rejection(items(write(tmp_path / "a.csv", "body,title\na,b\n")))
    assert refused.reason == "malformed"
    assert "--map text=COLUMN" in refused.detail


def test_json_lines_with_other_keys(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", json_lines({"body": TEXT, "text": "x"}))
    (found,) = documents(items(path, defaults=Defaults(columns={"text": "body"})))
    assert found.text == TEXT


@pytest.mark.parametrize("name", ["a.parquet", "a[1].parquet"])
def test_parquet(tmp_path: Path, name: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "plain.parquet"
    query = (
        f"SELECT '{TEXT}' AS text, TIMESTAMP '2024-03-15 08:00' AS published, range AS id, [1] AS other FROM range(3)"
    )
    duckdb.sql(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    found = documents(items(path.rename(tmp_path / name)))
    assert [(d.text, d.published, d.id) for d in found] == [(TEXT, DAY, str(n)) for n in range(3)]


def test_markdown_gives_its_words(tmp_path: Path) -> None:
    marked = (
        f"---\ntitle: 'Talks'\ndate: 2024-03-15\n---\n# Head\n\n**The** [minister](http://a) _met_ `him`.\n\n> {TEXT}\n"
    )
    (found,) = documents(items(write(tmp_path / "a.md", marked)))
    assert (found.title, found.published) == ("Talks", DAY)
    assert found.text == f"Head\n\nThe minister met him.\n\n{TEXT}"


def test_markdown_leaves_names_with_underscores_and_stars_in_sums() -> None:
    assert plain("a_b_c and 2 * 3 * 4") == "a_b_c and 2 * 3 * 4"
    assert plain("```\ncode\n```\nText ![x](y)") == "Text"


MEMBERS: dict[str, str | bytes] = {
    "sub/a.txt": TEXT,
    "b.jsonl": json_lines({"text": MORE}),
    ".hidden.txt": "x",
    "c.png": b"\x89PNG",
}


def test_archives_give_what_a_folder_would(tmp_path: Path) -> None:
    for path in (
        make_zip(tmp_path / "a.zip", MEMBERS),
        make_tar(tmp_path / "a.tgz", MEMBERS),
        make_tar(tmp_path / "a.tar", MEMBERS, "w"),
    ):
        found = items(path)
        assert [item.subject for item in found] == [f"{path}/sub/a.txt", f"{path}/b.jsonl:1"]
        assert [d.text for d in documents(found)] == [TEXT, MORE]


def test_an_archive_within_an_archive(tmp_path: Path) -> None:
    inner = make_zip(tmp_path / "inner.zip", MEMBERS).read_bytes()
    found = items(make_tar(tmp_path / "outer.tar.gz", {"inner.zip": inner, "c.txt.gz": gzip.compress(TEXT.encode())}))
    assert [d.text for d in documents(found)] == [TEXT, MORE, TEXT]


def test_a_text_packed_with_bzip2_and_one_from_standard_input(tmp_path: Path) -> None:
    assert documents(items(write(tmp_path / "a.txt.bz2", bz2.compress(TEXT.encode()))))[0].text == TEXT
    assert documents(items(Path("-"), stdin=gzip.compress(TEXT.encode())))[0].text == TEXT


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (PAGE.encode(), "a.txt", "html"),
        (b"<?xml version='1.0'?>\n<!-- x -->\n<rss version='2.0'>", "a.txt", "feed"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "a.xml", "html"),
        (b"WARC/1.0\r\n", "a.txt", "warc"),
        (mail().encode(), "a.txt", "mail"),
        (b"From: a\nDate: b\n\nA press release.", "a.txt", "text"),
        (b'{"text": "a"}\n', "a.txt", "jsonl"),
        (b"{curly} words", "a.txt", "text"),
        ("<html>".encode("utf-16"), "a", "html"),
        (b"PAR1", "a.csv", "parquet"),
        (b"words", "a.csv", "csv"),
        (b"words", "a", "text"),
    ],
)
def test_the_format_is_told_by_content_first(head: bytes, name: str, expected: str) -> None:
    assert kind(head, name) == expected


def test_lines_that_lead_elsewhere_go_and_sentences_stay() -> None:
    kept = "Read the report, the minister said.\nBy Monday the city had fallen to the rebels.\nVideo of the raid was shown."
    assert tidy(f"Title\n{kept}\nRead more: x\nADVERTISEMENT\nBy Jane Doe and John Roe", "Title") == kept


def test_without_the_extra_the_message_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "trafilatura.py", "raise ImportError('no', name='trafilatura')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    found = items(write(tmp_path / "a.html", PAGE), write(tmp_path / "b.txt", TEXT))
    assert reasons(found) == ["not_installed", ""]
    assert "pip install 'polybius[ingest]'" in rejection(found).detail
