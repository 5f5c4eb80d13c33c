"""Documents and reports made by hand, for the tests of assembly."""

from __future__ import annotations

import datetime as dt
from typing import Any

from polybius.assembly import Source
from polybius.records import Document, Status, text_version
from polybius.report import (
    ActorField,
    DateField,
    PlaceField,
    Quote,
    Report,
    SentenceRef,
    Size,
    Sizes,
    SourceField,
    document_ref,
    report_id,
)

DAY = dt.date(2024, 5, 14)
NOWHERE = Quote("", 0, 0)


def party(name: str, code: str | None = None) -> ActorField:
    return ActorField(Quote(name, 0, len(name)), name=name, code=code)


def place(name: str, latitude: float | None = None, longitude: float | None = None, country: str = "YEM") -> PlaceField:
    return PlaceField(
        Quote(name, 0, len(name)), name=name, country=country, latitude=latitude, longitude=longitude, precision_km=5
    )


def said_by(words: str, name: str | None = None, code: str | None = None) -> SourceField:
    return SourceField(Quote(words, 0, len(words)), name=name, code=code)


def killed(number: int) -> Sizes:
    return Sizes(killed=Size(number, number, number, Quote(str(number), 0, 1)))


def report(
    document: Document,
    at: int = 0,
    event: str = "ASSAULT",
    trigger: str = "bombed",
    actor: tuple[ActorField, ...] = (),
    recipient: tuple[ActorField, ...] = (),
    status: Status = "actual",
    day: dt.date | None = DAY,
    incident: str = "e1",
    places: tuple[PlaceField, ...] = (),
    attribution: tuple[SourceField, ...] = (),
    mode: tuple[str, ...] = (),
    size: Sizes | None = None,
) -> Report:
    words = Quote(trigger, at, at + len(trigger))
    return Report(
        id=report_id(document.version, 0, event, words.span, status, {}),
        document=document_ref(document),
        sentence=SentenceRef(0, 0, 100),
        event=event,
        status=status,
        quad_code="Q4",
        event_scale=-9.0,
        trigger=words,
        mode=mode,
        actor=actor,
        recipient=recipient,
        date=DateField(Quote("Tuesday", 0, 7), day, day, "day", "resolved", "a weekday") if day else DateField(),
        place=places,
        attribution=attribution,
        size=size or Sizes(),
        incident=incident,
    )


def document(id: str, text: str = "", published: dt.date | None = DAY, publisher: str | None = None) -> Document:
    text = text or f"Text of {id}."
    return Document(id, text_version(text), text, published=published, publisher=publisher)


RAIDERS, VILLAGE = party("Northern Brigade", "YEM"), party("Qaldara villagers", "YEM")


def story(id: str, text: str = "", publisher: str | None = None, **fields: Any) -> Source:
    """One document with one report, of the raid on Qaldara if nothing else is said."""
    written = document(
        id, text or f"Qaldara raid Brigade villagers dawn. {id} adds words of its own.", publisher=publisher
    )
    raid: dict[str, Any] = {"actor": (RAIDERS,), "recipient": (VILLAGE,), "places": (place("Qaldara", 15.1, 45.3),)}
    return Source(written, (report(written, **{**raid, **fields}),))


FAR: dict[str, Any] = {
    "actor": (party("Harbour Guild", "MDA"),),
    "recipient": (party("Port authority", "MDA"),),
    "places": (place("Torvale", 47.0, 28.8, "MDA"),),
}


POOL = [
    story("a"),
    story("b", trigger="raid", size=killed(3)),
    story("c", day=DAY + dt.timedelta(1), actor=()),
    story("d", status="negated"),
    story("e", "Torvale port strike guild dockers. Words.", **FAR),
    story("f", "Torvale port strike guild dockers. Others.", **FAR, day=DAY + dt.timedelta(3)),
    story("g", event="MOBILIZE", trigger="moved", recipient=()),
    story("h", status="future", day=DAY),
    story("i", recipient=(), places=()),
]

WIRE = "The Northern Brigade raided Qaldara at dawn, villagers told the paper, and burned the mill, the school and "
COPY = WIRE + "nine houses near the river before it withdrew to the hills with forty stolen goats and two old trucks."
