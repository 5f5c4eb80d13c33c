"""Pages, feeds, mails and archives for tests."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest

from polybius.ingest import Defaults, Item, find, read
from polybius.records import Document, Rejection

TEXT = (
    "The minister met the ambassador in Oslo on Friday, and the two of them agreed to hold more talks about the border."
)
MORE = "Police said that they had arrested three men who attacked the embassy in the capital on Thursday evening."
EXTRA = ("trafilatura", "htmldate", "feedparser", "lxml")
MISSING = [name for name in EXTRA if find_spec(name) is None]
needs_extra = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)} (polybius[ingest])")

PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Talks in Oslo - The Harbour Courier</title>
<meta property="article:published_time" content="2024-03-15T08:00:00Z">
<meta property="og:site_name" content="The Harbour Courier"><meta name="author" content="Jane Doe">
<link rel="canonical" href="https://courier.example/talks"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Talks in Oslo</h1><p class="byline">By Jane Doe</p>
<figure><img src="a.jpg"><figcaption>Soldiers shelled the town in an earlier photo.</figcaption></figure>
<p>{TEXT}</p><p>{MORE}</p>
<p>The government of Norway has called on both countries to end the fighting, and it offered to send observers.</p>
<p>Read more: Rebels kill ten people in a raid on the market</p>
<ul><li><a href="/x">Army bombs the harbour of the capital</a></li></ul></article>
<footer>Copyright 2019 The Harbour Courier</footer></body></html>"""


def items(*paths: Path, defaults: Defaults | None = None, stdin: bytes = b"") -> list[Item]:
    return list(read(find(map(str, paths)), defaults or Defaults(), io.BytesIO(stdin)))


def documents(found: list[Item]) -> list[Document]:
    return [item.content for item in found if isinstance(item.content, Document)]


def reasons(found: list[Item]) -> list[str]:
    """The reason of each item, "" for a document."""
    return [item.content.reason if isinstance(item.content, Rejection) else "" for item in found]


def rejection(found: list[Item]) -> Rejection:
    (one,) = (item.content for item in found if isinstance(item.content, Rejection))
    return one


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def json_lines(*records: Mapping[str, object]) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def feed(*entries: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{"".join(entries)}</channel></rss>'


def entry(number: int, date: str = "Fri, 15 Mar 2024 23:30:00 +0200", text: str = TEXT) -> str:
    return (
        f"<item><title>Talks</title><link>https://wire.example/{number}</link><pubDate>{date}</pubDate>"
        f"<description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
    )


def mail(
    number: int = 1, body: str = TEXT, kind: str = "text/plain", date: str = "Fri, 15 Mar 2024 08:00:00 +0000"
) -> str:
    return (
        f'From: "Ministry Press" <press@gov.example>\nSubject: =?utf-8?q?Talks_in_Malm=C3=B6?=\nDate: {date}\n'
        f"Message-ID: <{number}@gov.example>\nMIME-Version: 1.0\nContent-Type: {kind}; charset=utf-8\n\n{body}\n"
    )


def warc_record(
    address: str,
    body: str | bytes = PAGE,
    wrong: int = 0,
    status: str = "200 OK",
    kind: str = "text/html",
    fields: str = "",
) -> bytes:
    """A response as a crawler keeps it; ``wrong`` is added to its length."""
    page = body.encode() if isinstance(body, str) else body
    block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{fields}\r\n".encode() + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-03-16T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block) + wrong}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def make_zip(path: Path, members: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 3, 16, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return path


def make_tar(path: Path, members: Mapping[str, str | bytes], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            data = content.encode() if isinstance(content, str) else content
            member = tarfile.TarInfo(name)
            member.size, member.mtime = len(data), 1_710_547_200
            archive.addfile(member, io.BytesIO(data))
    return path
