"""A mail → the text of its body. Runs in the worker, since addresses can be written so that parsing them takes for ever."""

from __future__ import annotations

import datetime as dt
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import Any

from polybius.ingest.charset import decode_page
from polybius.ingest.clues import moment, plausible
from polybius.ingest.decode import Undecodable

MAX_HEADER = 2000
MAX_PARTS = 1000


def mail(data: bytes, latest: str | None = None) -> list[dict[str, Any]]:
    """The body of a mail: its plain text, else its HTML. A page that a browser saved as a mail is read as that page."""
    message = message_from_bytes(data, policy=policy.compat32)
    saved_from = _header(message, "Snapshot-Content-Location")
    if saved_from:
        return _saved_page(message, saved_from, latest)
    limit = dt.datetime.fromisoformat(latest) if latest else None
    published, why = _published(message, limit)
    name, address = parseaddr(_header(message, "From"))
    publisher = name or address.rpartition("@")[2]
    return [
        {
            "id": _header(message, "Message-ID").strip("<> ") or None,
            "text": _text(message),
            "title": _header(message, "Subject") or None,
            "published": published,
            "publisher": publisher or None,
            "found": [
                *([("published", why)] if why else []),
                *([("publisher", "From of the mail")] if publisher else []),
            ],
        }
    ]


def _saved_page(message: Message, address: str, latest: str | None) -> list[dict[str, Any]]:
    from polybius.ingest.pages import page

    part = _part(message, "text/html")
    if part is None:
        raise Undecodable("no_article", "the saved page has no HTML")
    return page(_payload(part), part.get_content_charset(), address, latest)


def _text(message: Message) -> str:
    plain, html = _part(message, "text/plain"), _part(message, "text/html")
    text = "" if plain is None else decode_page(_payload(plain), plain.get_content_charset())
    if text.strip() or html is None:
        return text.replace("\r\n", "\n")
    from polybius.ingest.pages import flatten

    return flatten(decode_page(_payload(html), html.get_content_charset()))


def _part(message: Message, kind: str) -> Message | None:
    """The first part of this kind that is not attached."""
    for number, part in enumerate(message.walk()):
        if number >= MAX_PARTS:
            return None
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            return part
    return None


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _header(message: Message, name: str) -> str:
    raw = str(message.get(name, ""))[:MAX_HEADER]
    try:
        return " ".join(str(make_header(decode_header(raw))).split())
    except (LookupError, ValueError, UnicodeError):
        return " ".join(raw.split())


def _published(message: Message, latest: dt.datetime | None) -> tuple[str | None, str]:
    written = _header(message, "Date")
    when = moment(written)
    if when is None:
        return None, f"not Date: {written[:60]!r} is no date" if written else ""
    day, problem = plausible(when.isoformat(), latest)
    return (day.isoformat(), "Date of the mail") if day else (None, f"not Date: {problem}")
