"""The text of a page whose declared encoding may be wrong."""

from __future__ import annotations

import codecs
import re

from polybius.ingest.decode import Undecodable, decode, sniff

DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
HEAD = 4096
# Codecs of text only: others of Python's, such as punycode, take time that grows with the square of the length.
TEXT_CODEC = re.compile(r"(?:iso8859|cp\d|mac|koi8|latin|big5|gb|euc|shift_jis|ascii|utf)")


def decode_page(data: bytes, charset: str | None = None) -> str:
    """UTF-8 where the bytes are that, whatever is declared; then what the server and the page declare; then guessing."""
    if sniff(data[:HEAD]) is not None:
        return decode(data)
    for name in ("utf-8", charset, *_declared(data)):
        text = None if name is None else _try(data, name)
        if text is not None:
            return text
    try:
        return decode(data)
    except Undecodable as error:
        if error.reason == "binary":
            raise
        return data.decode("cp1252", "replace")


def _declared(data: bytes) -> list[str]:
    return [name.decode("ascii", "replace") for name in DECLARED.findall(data[:HEAD])[:3]]


def _try(data: bytes, name: str) -> str | None:
    try:
        codec = codecs.lookup(name.strip())
        # A page that says UTF-16 in ASCII letters is not in UTF-16.
        if not TEXT_CODEC.match(codec.name) or codec.name.startswith(("utf-16", "utf-32", "utf-7")):
            return None
        text = data.decode(codec.name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
    return None if "\x00" in text else text
