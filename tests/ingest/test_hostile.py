"""What is broken or made to do harm: a reason, within bounds, and the rest is read."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import tarfile
import time
import zipfile
from collections.abc import Callable
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
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polybius.ingest.charset import decode_page
from polybius.ingest.decode import Undecodable
from polybius.ingest.extractor import Extractor, Limits
from polybius.ingest.piece import FREE
from polybius.ingest.warc import records
from polybius.records import REJECTION_REASONS

ENTITIES = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
BLANK = b" " * 999_999 + b"\n"
XML_BOMB = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">{ENTITIES}]><rss><channel><title>&j;</title></channel></rss>'


def test_a_packed_file_that_is_cut_off_gives_what_comes_before(tmp_path: Path) -> None:
    packed = b"".join(gzip.compress(json_lines({"text": f"{TEXT} {n}"})) for n in range(9))
    found = reasons(items(write(tmp_path / "a.jsonl.gz", packed[:-20])))
    assert found == [""] * 8 + ["unreadable"]


@needs_extra
def test_a_web_archive_that_is_cut_off_gives_what_comes_before(tmp_path: Path) -> None:
    parts = [warc_record(f"https://a.example/{n}") for n in range(3)]
    assert reasons(items(write(tmp_path / "a.warc.gz", b"".join(map(gzip.compress, parts))[:-40]))) == [
        "",
        "",
        "unreadable",
    ]
    assert reasons(items(write(tmp_path / "a.warc", b"".join(parts)[:-40]))) == ["", "", "malformed"]


@needs_extra
@pytest.mark.parametrize("wrong", [-30, -1, 1, 30, 5000, 10**15])
def test_a_web_archive_with_a_wrong_length_loses_that_record_only(tmp_path: Path, wrong: int) -> None:
    parts = [warc_record("https://a.example/0", wrong=wrong), *(warc_record(f"https://a.example/{n}") for n in (1, 2))]
    found = items(write(tmp_path / "a.warc", b"".join(parts)))
    assert "https://a.example/2" in [d.url for d in documents(found)]
    assert reasons(found)[0] == "malformed"
    assert len(found) == 3


@given(
    st.lists(
        st.sampled_from([b"WARC/1.0\r\n", b"Content-Length: 5\r\n", b"\r\n", b"abcde", b"WARC/1.1\n", b":"]),
        max_size=30,
    )
)
def test_no_order_of_parts_keeps_the_reader_of_web_archives_from_ending(parts: list[bytes]) -> None:
    found = list(records(io.BytesIO(b"".join(parts))))
    assert len(found) <= sum(part.startswith(b"WARC") for part in parts)


def test_a_web_archive_whose_headers_never_end(tmp_path: Path) -> None:
    assert reasons(items(write(tmp_path / "a.warc", b"WARC/1.0\r\n" + b"A" * 10_000_000))) == ["malformed"]
    assert reasons(items(write(tmp_path / "b.warc", b"WARC/1.0\r\nContent-Length: -5\r\n\r\nabc"))) == ["malformed"]


@needs_extra
def test_a_feed_that_defines_entities(tmp_path: Path) -> None:
    found = items(write(tmp_path / "a.xml", XML_BOMB), write(tmp_path / "b.xml", feed(entry(1))))
    assert reasons(found) == ["malformed", ""]


@needs_extra
def test_a_feed_of_a_hundred_megabytes(tmp_path: Path) -> None:
    found = items(write(tmp_path / "a.xml.gz", gzip.compress(feed(entry(1)).encode() + b" " * 100_000_000)))
    assert reasons(found) == ["too_long"]


@needs_extra
@pytest.mark.parametrize("tag", ["div", "b", "table", "ul"])
def test_a_page_nested_100_000_deep(tmp_path: Path, tag: str) -> None:
    deep = write(tmp_path / "a.html", f"<html><body>{f'<{tag}>' * 100_000}<p>{TEXT}")
    begun = time.monotonic()
    found = items(deep, write(tmp_path / "b.html", PAGE))
    assert time.monotonic() - begun < 60
    assert reasons(found)[0] in ("no_article", "gave_up")
    assert reasons(found)[1] == ""


@needs_extra
@pytest.mark.parametrize("declared", ["utf-16", "no-such", "punycode", "hex", "ascii", "utf-7", "x" * 39])
def test_a_page_that_declares_a_wrong_encoding(tmp_path: Path, declared: str) -> None:
    page = PAGE.replace('charset="utf-8"', f'charset="{declared}"').replace("Oslo", "Malmö")
    for number, encoding in enumerate(("utf-8", "cp1252")):
        (found,) = documents(items(write(tmp_path / f"{number}.html", page.encode(encoding))))
        assert "met the ambassador in Malmö" in found.text


def test_encodings_that_are_declared_rightly() -> None:
    page = '<meta charset="windows-1250"><p>Žižkov'
    assert decode_page(page.encode("cp1250")) == page
    assert decode_page(page.encode("utf-16")) == page
    assert decode_page("Žižkov".encode("iso8859-2"), "iso-8859-2") == "Žižkov"


def test_a_page_that_is_none(tmp_path: Path) -> None:
    noise = write(tmp_path / "a.html", bytes(range(256)) * 20)
    empty = write(tmp_path / "b.html", b"")
    blank = write(tmp_path / "c.html", b" \n ")
    assert reasons(items(noise, empty, blank)) == ["binary", "empty", "empty"]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_a_bomb_in_a_packed_file(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    lines = pack(json_lines({"text": TEXT}) + BLANK * (FREE // len(BLANK) + 60))
    found = items(write(tmp_path / "a.jsonl.gz", lines), write(tmp_path / "b.txt", TEXT))
    assert reasons(found) == ["", "too_much", ""]


def test_a_bomb_in_an_archive_ends_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(4):
            archive.writestr(f"{n}.jsonl", BLANK * 60)
    found = items(tmp_path / "a.zip", write(tmp_path / "b.txt", TEXT))
    assert reasons(found) == ["empty", "empty", "too_much", "too_much", ""]


def test_archives_without_end(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"a.txt": TEXT})
    for _ in range(6):
        path = make_zip(tmp_path / "b.zip", {"a.zip": path.read_bytes()})
    assert reasons(items(path)) == ["too_much"]


@pytest.mark.parametrize("name", ["../evil.txt", "a/../../evil.txt", "/etc/evil.txt", "..\\evil.txt", "C:\\evil.txt"])
def test_names_that_lead_out_of_an_archive(tmp_path: Path, name: str) -> None:
    for path in (
        make_zip(tmp_path / "a.zip", {name: TEXT, "b.txt": MORE}),
        make_tar(tmp_path / "a.tar", {name: TEXT, "b.txt": MORE}, "w"),
    ):
        assert reasons(items(path)) == ["unsafe_name", ""]
    assert not list(tmp_path.parent.glob("evil*"))


def test_a_link_in_an_archive(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        link = tarfile.TarInfo("a.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert reasons(items(tmp_path / "a.tar")) == ["unsafe_name"]


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_an_archive_that_is_cut_off(tmp_path: Path, name: str) -> None:
    make = make_zip if name.endswith("zip") else make_tar
    whole = make(tmp_path / name, {f"{n}.txt": f"{TEXT} {os.urandom(3000).hex()}" for n in range(9)}).read_bytes()
    found = reasons(items(write(tmp_path / name, whole[: len(whole) // 2]), write(tmp_path / "b.txt", TEXT)))
    assert found[-1] == ""
    assert "unreadable" in found


def test_an_office_document_is_named(tmp_path: Path) -> None:
    found = items(make_zip(tmp_path / "a.docx", {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}))
    assert "office" in rejection(found).detail


def test_dates_in_the_year_9999(tmp_path: Path) -> None:
    table = write(tmp_path / "a.jsonl", json_lines({"text": TEXT, "published": "9999-12-31"}, {"text": TEXT}))
    assert reasons(items(table)) == ["bad_date", ""]
    (found,) = documents(items(write(tmp_path / "a.eml", mail(date="Fri, 31 Dec 9999 23:59:59 +0000"))))
    assert found.published is None
    assert "9999" in dict(found.found)["published"]


@pytest.mark.parametrize(
    "content",
    [
        b"\x00" * 100,
        b'text\n"an open quote' + b"x" * 11_000_000,
        b"text\n" + b"x" * 50_000_000,
        b"text\n\xff\xfe\x81\x8d\n",
    ],
)
def test_tables_that_are_none(tmp_path: Path, content: bytes) -> None:
    found = items(write(tmp_path / "a.csv", content), write(tmp_path / "b.txt", TEXT))
    assert "" not in reasons(found)[:-1]
    assert reasons(found)[-1] == ""


def test_parquet_that_is_none(tmp_path: Path) -> None:
    assert reasons(items(write(tmp_path / "a.parquet", b"PAR1" + b"junk" * 99 + b"PAR1"))) == ["unreadable"]
    assert reasons(items(write(tmp_path / "b.parquet", b"no table"))) == ["unreadable"]


def test_mails_that_are_made_to_take_long(tmp_path: Path) -> None:
    head = "Message-ID: <1@x>\nMIME-Version: 1.0\n"
    address = head + "From: " + "(" * 200_000 + "\n\n" + TEXT
    boundaries = head + "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000))
    begun = time.monotonic()
    found = items(
        write(tmp_path / "a.eml", address), write(tmp_path / "b.eml", boundaries), write(tmp_path / "c.eml", mail())
    )
    assert time.monotonic() - begun < 60
    assert len(found) == 3
    assert reasons(found)[2] == ""


def test_a_worker_that_takes_too_long_is_ended_and_the_next_page_gets_a_new_one() -> None:
    with Extractor(Limits(seconds=0.0)) as extractor:
        with pytest.raises(Undecodable, match="too long") as error:
            extractor.run("mail", mail().encode(), {})
        assert error.value.reason == "gave_up"
        extractor.limits = Limits()
        assert extractor.run("mail", mail().encode(), {})[0]["id"] == "1@gov.example"


def test_a_worker_without_memory_is_a_reason() -> None:
    with Extractor(Limits(memory=120_000_000)) as extractor, pytest.raises(Undecodable) as error:
        extractor.run("mail", b"Message-ID: <1@x>\nMIME-Version: 1.0\n\n" + b"word " * 20_000_000, {})
    assert error.value.reason == "gave_up"


SEEDS = [
    PAGE.encode(),
    feed(entry(1)).encode(),
    mail().encode(),
    warc_record("https://a.example/"),
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"PAR1",
]


@needs_extra
@given(
    st.sampled_from(SEEDS),
    st.binary(max_size=40),
    st.integers(0, 2000),
    st.sampled_from(["a.html", "a.zip", "a.csv", "a", "a.tar", "a.gz"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
def test_whatever_comes_nothing_is_lost(tmp_path: Path, seed: bytes, noise: bytes, at: int, name: str) -> None:
    bad = write(tmp_path / name, seed[:at] + noise + seed[at:])
    found = items(bad, write(tmp_path / "last.txt", TEXT))
    assert len(found) >= 2
    assert reasons(found)[-1] == ""
    assert set(reasons(found)) <= {"", *REJECTION_REASONS}
