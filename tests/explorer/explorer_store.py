"""Small stores for the explorer's tests: plain events, and hostile words in every field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from polybius import codebook
from polybius.records import Document, Span, Status, text_version
from polybius.report import (
    ActorField,
    DateField,
    PlaceField,
    Quote,
    Report,
    SentenceRef,
    document_ref,
    report_id,
)
from polybius.run.assemble import assemble_store
from polybius.store import Entry, open_writer

BOOK = codebook.load()
MAY, JUNE = dt.date(2024, 5, 14), dt.date(2024, 6, 3)
PARIS = ("Paris", "FRA", 48.85, 2.35, 10.0)
QALDARA = ("Qaldara", "YEM", 15.1, 45.3, 5.0)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "'; DROP TABLE events; --",
    "\u202edetrevni\u202c \u200bzero\u200dwidth &amp; &#x3C;b&#x3E;",
    "{{ 7*7 }} {% raw %} ${7*7}",
    "../../../../etc/passwd",
    "=HYPERLINK(1)",
)
# Scripts without a tag of their own, handlers, entities, and marks that turn, join and hide letters.
HARM = (
    "<svg/onload=alert(3)>",
    "<details open ontoggle=alert(4)>",
    "<a href=javascript:alert(5)>x</a>",
    "<style>*{display:none}</style><base href=//evil.example><meta http-equiv=refresh content=0;url=//evil.example>",
    "<iframe srcdoc='<script>parent.alert(6)</script>'></iframe><form action=//evil.example><input autofocus onfocus=alert(7)>",
    "</title></textarea></script></main><h1>x</h1><!-- ]]>",
    "&lt;script&gt;alert(8)&lt;/script&gt; &#0; &#x202e; &quot;&apos; &nosuch;",
    "\u2066\u2067\u2068\u202a\u202b\u202d\u202e \ufeff\u00ad\u2028\u200e\u200f e\u0301\u0323\u0489",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \u0645\u0631\u062d\u0628\u0627 " + "\u0300" * 200,
)


def document(id: str, text: str, published: dt.date, publisher: str, title: str | None = None) -> Document:
    return Document(id, text_version(text), text, None, publisher, title, "en", published)


def party(name: str, code: str | None, *sectors: str) -> ActorField:
    return ActorField(Quote(name, 0, len(name)), name=name, code=code, sector=sectors)


def report(
    told: Document,
    event: str,
    trigger: str,
    actors: Sequence[ActorField],
    recipients: Sequence[ActorField] = (),
    days: tuple[dt.date, dt.date] | None = (MAY, MAY),
    status: Status = "actual",
    mode: tuple[str, ...] = (),
    where: tuple[str, str, float, float, float] | None = None,
) -> Report:
    at = told.text.index(trigger)
    start, end = days or (None, None)
    place = (
        ()
        if where is None
        else (PlaceField(Quote(where[0], 0, 0), False, where[0], where[1], None, *where[2:4], 9, where[4]),)
    )
    return Report(
        id=report_id(told.version, 0, event, Span(at, at + len(trigger)), status, {}),
        document=document_ref(told),
        sentence=SentenceRef(0, 0, len(told.text)),
        event=event,
        status=status,
        quad_code=BOOK.quad(event),
        event_scale=BOOK.scale(event, mode),
        trigger=Quote(trigger, at, at + len(trigger)),
        mode=mode,
        actor=tuple(actors),
        recipient=tuple(recipients),
        date=DateField(None, start, end, "day", "resolved", "said") if days else DateField(),
        place=place,
        incident=f"{told.id}{at}",
        confidence=(("event", 0.9),),
    )


def plain() -> list[Entry]:
    """Events of several types, days, places, statuses and publishers; one without a day, one of a whole year."""
    meeting = document("https://wire.example/1?a=b&c=d", "France met Germany in Paris.", MAY, "Wire", "Talks")
    france, germany = party("France", "FRA", "GOV"), party("Germany", "DEU", "GOV")
    raid = document("raid", "Northern Brigade bombed Riyadh troops in Qaldara.", MAY, "Herald")
    brigade, troops = party("Northern Brigade", "YEM", "REB"), party("Riyadh troops", "SAU", "MIL")
    words = document("words", "Pyongyang will help Moscow. Washington did not threaten Tehran.", JUNE, "Herald")
    north, russia = party("Pyongyang", "PRK", "GOV"), party("Moscow", "RUS", "GOV")
    america, iran = party("Washington", "USA", "GOV"), party("Tehran", "IRN", "GOV")
    mixed = document("mixed", "Farmers marched. China backed Pakistan all year.", JUNE, "Wire")
    china, pakistan = party("China", "CHN", "GOV"), party("Pakistan", "PAK", "GOV")
    year = dt.date(2023, 1, 1), dt.date(2023, 12, 31)
    return [
        Entry(meeting, (report(meeting, "CONSULT", "met", (france, germany), where=PARIS, mode=("third-party",)),)),
        Entry(raid, (report(raid, "ASSAULT", "bombed", (brigade,), (troops,), where=QALDARA, mode=("aerial",)),)),
        Entry(
            words,
            (
                report(words, "AGREE", "help", (north,), (russia,), (JUNE, JUNE), "future"),
                report(words, "THREATEN", "threaten", (america,), (iran,), (JUNE, JUNE), "negated"),
            ),
        ),
        Entry(
            mixed,
            (
                report(mixed, "PROTEST", "marched", (party("Farmers", None, "AGR"),), days=None),
                report(mixed, "SUPPORT", "backed", (china,), (pakistan,), year),
            ),
        ),
    ]


def hostile() -> list[Entry]:
    """Each hostile string as id, title, publisher, text, name, code and place of an event of its own."""
    entries = []
    for number, words in enumerate(HOSTILE):
        day = MAY + dt.timedelta(days=number)
        told = document(f"{number}{words}", f"{words} marched at {words}.", day, f"{words}{number}", words)
        where = (words, "YEM", 15.0 + number, 45.0, 5.0)
        entries.append(
            Entry(told, (report(told, "PROTEST", "marched", (party(words, words),), (), (day, day), where=where),))
        )
    told = document("long", "Crowds marched.", MAY, "P" * 2000, "T" * 1_000_000)
    return [*entries, Entry(told, (report(told, "PROTEST", "marched", (party("N" * 200_000, "NGO"),)),))]


def many(number: int) -> list[Entry]:
    """So many protests, each on a day of its own."""
    entries = []
    for n in range(number):
        told, day = document(f"d{n}", f"Crowd {n} marched.", MAY, f"P{n % 5}"), MAY - dt.timedelta(days=9 * n)
        entries.append(
            Entry(told, (report(told, "PROTEST", "marched", (party(f"Crowd {n}", "FRA"),), days=(day, day)),))
        )
    return entries


def fill(path: Path, entries: list[Entry], assembled: bool = True) -> Path:
    with open_writer(path) as store:
        store.add(entries)
    if assembled:
        assemble_store(path)
    return path
