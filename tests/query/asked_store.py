"""A small store with events of every kind that questions tell apart."""

from __future__ import annotations

import datetime as dt
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
    Size,
    Sizes,
    document_ref,
    report_id,
)
from polybius.run.assemble import assemble_store
from polybius.store import Entry, open_writer

BOOK = codebook.load()
Day = dt.date | tuple[dt.date, dt.date] | None
MAY, JUNE = dt.date(2024, 5, 14), dt.date(2024, 6, 3)
PARIS = ("Paris", "FRA", "Ile-de-France", 48.85, 2.35, 10.0)
VILLAGE = ("Qaldara", "YEM", "Al Jawf", 15.1, 45.3, 5.0)
ALL_IRAN = ("Iran", "IRN", None, 32.0, 53.0, 900.0)


def document(id: str, text: str, published: dt.date, publisher: str, url: str | None = None) -> Document:
    return Document(id, text_version(text), text, url, publisher, f"About\t{id}", "en", published)


def party(text: str, name: str, code: str | None, *sectors: str, identifier: str | None = None) -> ActorField:
    start = max(text.find(name), 0)
    return ActorField(
        Quote(name, start, start + len(name)), name=name, code=code, sector=sectors, identifier=identifier
    )


def place(name: str, country: str, admin1: str | None, latitude: float, longitude: float, radius: float) -> PlaceField:
    return PlaceField(Quote(name, 0, 0), False, name, country, admin1, latitude, longitude, 99, radius)


def dated(day: Day) -> DateField:
    if day is None:
        return DateField()
    start, end = day if isinstance(day, tuple) else (day, day)
    return DateField(None, start, end, "day", "resolved", "said")


def report(
    document: Document,
    event: str,
    trigger: str,
    actors: tuple[ActorField, ...],
    recipients: tuple[ActorField, ...] = (),
    day: Day = MAY,
    status: Status = "actual",
    mode: tuple[str, ...] = (),
    where: tuple[str, str, str | None, float, float, float] | None = None,
    killed: int | None = None,
) -> Report:
    at = document.text.index(trigger)
    words = Quote(trigger, at, at + len(trigger))
    size = Sizes(killed=Size(killed, killed, killed, words)) if killed is not None else Sizes()
    return Report(
        id=report_id(document.version, 0, event, Span(at, at + len(trigger)), status, {}),
        document=document_ref(document),
        sentence=SentenceRef(0, 0, len(document.text)),
        event=event,
        status=status,
        quad_code=BOOK.quad(event),
        event_scale=BOOK.scale(event, mode),
        trigger=words,
        mode=mode,
        context=("military",) if event == "ASSAULT" else (),
        actor=actors,
        recipient=recipients,
        date=dated(day),
        place=(place(*where),) if where else (),
        size=size,
        incident=f"{document.id}{at}",
        confidence=(("event", 0.9),),
    )


def entries() -> list[Entry]:
    made = []

    def tell(document: Document, *reports: Report) -> None:
        made.append(Entry(document, reports, stamp="hand"))

    text = "France met Germany in Paris."
    told = document("meeting", text, MAY, "Wire", "https://wire.example/1")
    both = party(text, "France", "FRA", "GOV"), party(text, "Germany", "DEU", "GOV")
    tell(told, report(told, "CONSULT", "met", both, where=PARIS, mode=("third-party",)))
    for id, publisher, rest, dead in (
        ("raid1", "Wire", "killing twelve people at dawn, residents said.", 12),
        ("raid2", "Herald", "and fifteen died when lorries burned near its market square.", 15),
    ):
        text = f"Northern Brigade bombed Riyadh troops in Qaldara {rest}"
        told = document(id, text, dt.date(2024, 5, 15), publisher)
        brigade = party(text, "Northern Brigade", "YEM", "REB", identifier="Q1")
        troops = party(text, "Riyadh troops", "SAU", "MIL", "GOV")
        tell(
            told, report(told, "ASSAULT", "bombed", (brigade,), (troops,), where=VILLAGE, killed=dead, mode=("aerial",))
        )
    text = "Pyongyang will help Moscow. Washington did not threaten Tehran. Washington once sanctioned Tehran."
    told = document("words", text, JUNE, "Herald", "https://herald.example/words")
    north, russia = party(text, "Pyongyang", "PRK", "GOV"), party(text, "Moscow", "RUS", "GOV")
    america, iran = party(text, "Washington", "USA", "GOV"), party(text, "Tehran", "IRN", "GOV")
    tell(
        told,
        report(told, "AGREE", "help", (north,), (russia,), JUNE, "future"),
        report(told, "THREATEN", "threaten", (america,), (iran,), JUNE, "negated", where=ALL_IRAN),
        report(told, "SANCTION", "sanctioned", (america,), (iran,), dt.date(2012, 1, 2), "historical"),
    )
    text = (
        "Farmers marched. China backed Pakistan all year. Iran and Oman spoke, Tehran reported; Iran freed prisoners."
    )
    told = document("mixed", text, JUNE, "Herald")
    china, pakistan = party(text, "China", "CHN", "GOV"), party(text, "Pakistan", "PAK", "GOV")
    year = dt.date(2023, 1, 1), dt.date(2023, 12, 31)
    tell(
        told,
        report(told, "PROTEST", "marched", (party(text, "Farmers", None, "AGR"),), day=None),
        report(told, "SUPPORT", "backed", (china,), (pakistan,), year),
        report(
            told, "RETREAT", "freed", (party(text, "Iran", "IRN", "GOV"),), (), JUNE, where=ALL_IRAN, mode=("release",)
        ),
    )
    made.append(Entry(document("quiet", "Rain fell.", MAY, "Wire"), ()))
    return made


def fill(path: Path, assembled: bool = True) -> Path:
    with open_writer(path) as store:
        store.add(entries())
    if assembled:
        assemble_store(path)
    return path
