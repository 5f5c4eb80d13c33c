"""Which format is this? By what it holds, and where that does not tell, by its name."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Literal

from polybius.ingest.decode import Undecodable, sniff

Kind = Literal[
    "text",
    "markdown",
    "html",
    "feed",
    "warc",
    "jsonl",
    "csv",
    "parquet",
    "mail",
    "mbox",
    "urls",
    "zip",
    "tar",
    "gzip",
    "bzip2",
]

SUFFIXES: Mapping[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".warc": "warc",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".eml": "mail",
    ".mbox": "mbox",
    ".urls": "urls",
    ".zip": "zip",
    ".tar": "tar",
    ".tgz": "gzip",
    ".gz": "gzip",
    ".bz2": "bzip2",
}
PACKED: tuple[tuple[bytes, Kind], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PAR1", "parquet"),
)
# Before the first element stand the XML declaration, comments and a document type.
PROLOG = re.compile(
    r"\s*(?:<\?[^>]{0,500}\?>\s*|<!--.{0,2000}?-->\s*|<!doctype\s(?!html)[^>]{0,500}>\s*){0,9}", re.S | re.I
)
FEED = re.compile(r"<(?:rss|feed|rdf:RDF|channel)[\s>]", re.I)
HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.I)
MBOX = re.compile(r"From \S[^\n]{0,200}\d{4}[^\n]{0,20}\r?\n[\w-]{1,80}:")
HEADERS = re.compile(r"(?:[A-Za-z][\w-]{0,80}:[^\n]{0,2000}\r?\n(?:[ \t][^\n]{0,2000}\r?\n){0,50}){2,200}")
CUT = 2000  # characters: the beginning of a file that is longer may end within a line
ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.I)
MAIL_ONLY = re.compile(r"^(?:Message-ID|Received|MIME-Version|Return-Path):", re.M | re.I)


def unpacked(name: str) -> str:
    """The name of what is in a packed file."""
    lower = name.lower()
    if lower.endswith(".tgz"):
        return name[:-4] + ".tar"
    return name[: -len(lower) + lower.rfind(".")] if lower.endswith((".gz", ".bz2")) else name


def suffix(name: str) -> str:
    """The ending of a name, in small letters."""
    base = name.lower().rpartition("/")[2]
    return base[base.rfind(".") :] if "." in base else ""


def readable(name: str) -> bool:
    """Whether a file of this name is looked for in a folder."""
    return suffix(unpacked(name)) in SUFFIXES


def kind(head: bytes, name: str, alone: bool = False) -> Kind:
    """The format of what begins with ``head``; ``alone``: there is no name to go by. Raises Undecodable for what is none."""
    packed = _packed(head)
    if packed:
        return packed
    named = SUFFIXES.get(suffix(name), "text")
    text = _text(head)
    found = _by_text(text, named, alone)
    if found or not text:
        return found or named
    return _must_fit(named, name)


def _packed(head: bytes) -> Kind | None:
    for signature, found in PACKED:
        if head.startswith(signature):
            return found
    return "tar" if head[257:262] == b"ustar" else None


def _text(head: bytes) -> str:
    """The beginning as text, good enough to look at its marks. Raises Undecodable for pictures, office files and the like."""
    return head.decode(sniff(head) or "utf-8", "replace").lstrip("\ufeff \t\r\n")


def _by_text(text: str, named: Kind, alone: bool) -> Kind | None:
    if text.startswith("WARC/"):
        return "warc"
    if text.startswith("{"):
        return "jsonl" if alone or named == "jsonl" or _is_object(text.partition("\n")[0]) else None
    if text.startswith("<"):
        return _markup(text)
    if MBOX.match(text):
        return "mbox"
    if named in ("text", "urls") and is_list(text):
        return "urls"
    headers = HEADERS.match(text)
    return "mail" if headers and MAIL_ONLY.search(headers[0]) else None


def is_list(text: str) -> bool:
    """Whether what begins so is a list of addresses, one a line, among blank lines and comments: no news looks like that."""
    found = [line.strip() for line in text.splitlines()]
    if len(found) > 1 and len(text) > CUT and not text.endswith("\n"):
        found.pop()  # it may be cut off
    wanted = [line for line in found if line and not line.startswith("#")]
    return bool(wanted) and all(map(ADDRESS.fullmatch, wanted))


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _markup(text: str) -> Kind | None:
    prolog = PROLOG.match(text)
    start = prolog.end() if prolog else 0
    if FEED.match(text, start) or "<!ENTITY" in text:  # the reader of feeds says what is wrong with entities
        return "feed"
    return "html" if HTML.match(text, start) else None


def _must_fit(named: Kind, name: str) -> Kind:
    """Formats with a mark of their own are not what their name says when the mark is missing."""
    if named in ("gzip", "bzip2", "zip", "parquet", "warc", "mbox", "feed"):
        raise Undecodable("unreadable", f"named {suffix(name)}, but not of that format")
    return named
