"""The fields of a report as a form, and a filled form as corrections."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from polybius.codebook import Codebook
from polybius.ingest import parse_date
from polybius.query import QueryError, vocabulary
from polybius.records import STATUSES
from polybius.report import Json

BY_PERSON = "a person decided"
SPARE = 1  # empty rows for a further filler
PARTIES = ("actor", "recipient", "attribution")
OF_PARTY = ("words", "name", "code", "sector")
OF_PLACE = ("words", "name", "country", "latitude", "longitude")
OF_DATE = ("words", "from", "to")

Form = Mapping[str, str]


def inputs(record: Json) -> dict[str, str]:
    """What stands in the inputs of a form, by name, before anybody types."""
    return dict(_inputs(record))


def _inputs(record: Json) -> Iterator[tuple[str, str]]:
    yield "event", record["event"]
    yield from ((f"mode-{mode}", "on") for mode in record["mode"])
    yield "status", record["status"]
    for role in PARTIES:
        for at, filler in enumerate([*record[role], *[None] * SPARE]):
            yield from ((f"{role}-{at}-{part}", _part(filler, part)) for part in OF_PARTY)
    for at, filler in enumerate([*record["place"], *[None] * SPARE]):
        yield from ((f"place-{at}-{part}", _part(filler, part)) for part in OF_PLACE)
    yield from ((f"date-0-{part}", _part(record["date"], part)) for part in OF_DATE)


def _part(filler: Json | None, part: str) -> str:
    value = None if filler is None else filler.get({"words": "text"}.get(part, part))
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)


def corrections(form: Form, record: Json, text: str | None, book: Codebook) -> dict[str, Any]:
    """The fields that the form changes, with their new values. Raises QueryError where something makes no sense."""
    asked = {
        name: " ".join(value.split()) if name.endswith("-words") else value.strip() for name, value in form.items()
    }
    before = {name: " ".join(value.split()) for name, value in inputs(record).items()}
    work = _Filled(asked, record, text, book)
    makers: dict[str, Callable[[], Any]] = {
        "event": work.event,
        "status": work.status,
        "place": work.places,
        "date": work.date,
        **{role: partial(work.parties, role) for role in PARTIES},
    }
    return {name: make() for name, make in makers.items() if _of(name, asked) != _of(name, before)}


def _of(field: str, values: Form) -> dict[str, str]:
    """The inputs of one field that say something."""
    begins = ("event", "mode-") if field == "event" else (field,)
    return {name: " ".join(value.split()) for name, value in values.items() if name.startswith(begins) and value}


@dataclass(frozen=True, slots=True)
class _Filled:
    form: Form
    record: Json
    text: str | None
    book: Codebook

    def event(self) -> Json:
        """Type and modes, with the quad class and the scale that follow from them."""
        event = self.form.get("event", "")
        if event not in self.book.types:
            vocabulary.event("event", event, lambda: ())
        modes = [name.removeprefix("mode-") for name in self.form if name.startswith("mode-")]
        known = [mode for mode in self.book.types[event].modes if mode in modes]
        return {
            "event": event,
            "mode": known,
            "quad_code": self.book.quad(event),
            "event_scale": self.book.scale(event, known),
        }

    def status(self) -> str:
        status = self.form.get("status", "")
        if status not in STATUSES:
            raise QueryError("status", f"there is no status {status!r}; allowed: {', '.join(STATUSES)}")
        return status

    def parties(self, role: str) -> list[Json]:
        return [self._party(role, at) for at in self._rows(role)]

    def _rows(self, role: str) -> list[int]:
        """The rows that say who; one without words is taken away."""
        names = (name.split("-") for name, value in self.form.items() if name.startswith(f"{role}-") and value)
        rows = {int(parts[1]) for parts in names if len(parts) == 3 and parts[1].isdigit() and len(parts[1]) < 4}
        empty = [at for at in sorted(rows) if not self._get(role, at, "words") and at >= len(self.record[role])]
        if empty:
            raise QueryError(role, f"name the words of the text that stand for the {role}")
        return [at for at in sorted(rows) if self._get(role, at, "words")]

    def _get(self, role: str, at: int, part: str) -> str:
        return self.form.get(f"{role}-{at}-{part}", "")

    def _party(self, role: str, at: int) -> Json:
        name, code = self._get(role, at, "name") or None, self._code(role, self._get(role, at, "code"))
        old = self._old(role, at)
        same = old is not None and old["name"] == name and old.get("code") == code
        resolved = "resolved" if name or code else "not_found"
        return {
            **self._words(role, self._get(role, at, "words"), old),
            "implicit": bool(old and old.get("implicit")),
            "name": name,
            **({"code": code} if code else {}),
            "sector": self._sectors(role, self._get(role, at, "sector")),
            "identifier": old.get("identifier") if same and old else None,
            **self._rest(role, old),
            "status": resolved,
            "reason": BY_PERSON,
            "runners_up": [],
        }

    def _rest(self, role: str, old: Json | None) -> Json:
        if role == "attribution":
            return {"cue": old["cue"] if old else None}
        return {"chain": old["chain"] if old else []}

    def _old(self, role: str, at: int) -> Json | None:
        """The filler whose words the row still has."""
        fillers: Sequence[Json] = self.record[role]
        words = self._get(role, at, "words")
        same = at < len(fillers) and " ".join((fillers[at]["text"] or "").split()) == words
        return fillers[at] if same else None

    def _code(self, role: str, code: str) -> str | None:
        known = {one.get("code") for one in self.record[role]}
        return code if code in known and code else vocabulary.actor(role, code, lambda: ()) if code else None

    def _sectors(self, role: str, text: str) -> list[str]:
        found = [part.upper() for part in text.replace(",", " ").split()]
        wrong = [one for one in found if one not in self.book.sectors]
        if wrong:
            raise QueryError(role, f"there is no sector {wrong[0]!r}; allowed: {', '.join(self.book.sectors)}")
        return found

    def places(self) -> list[Json]:
        return [self._place(at) for at in self._rows("place")]

    def _place(self, at: int) -> Json:
        old = self._old("place", at)
        name, country = self._get("place", at, "name") or None, self._get("place", at, "country")
        latitude, longitude = (self._degrees(at, *limit) for limit in (("latitude", 90), ("longitude", 180)))
        if (latitude is None) != (longitude is None):
            raise QueryError("place", "give both latitude and longitude, or neither")
        moved = old is None or (latitude, longitude) != (old["latitude"], old["longitude"]) or name != old["name"]
        kept = {key: None if moved or old is None else old[key] for key in ("admin1", "geonames", "precision_km")}
        return {
            **self._words("place", self._get("place", at, "words"), old),
            **({"implicit": True} if old and old.get("implicit") else {}),
            "name": name,
            "country": vocabulary.country("place", country) if country else None,
            "latitude": latitude,
            "longitude": longitude,
            **kept,
            "status": "resolved" if name or country else "not_found",
            "reason": BY_PERSON,
        }

    def _degrees(self, at: int, part: str, most: int) -> float | None:
        text = self._get("place", at, part)
        try:
            value = float(text) if text else None
        except ValueError:
            value = float("nan")
        if value is not None and not -most <= value <= most:
            raise QueryError("place", f"{part} is a number from −{most} to {most}, found {text!r}")
        return value

    def date(self) -> Json:
        first, last = (self._day(part) for part in ("from", "to"))
        if first and last and first > last:
            raise QueryError("date", f"the last day {last} lies before the first {first}")
        old, words = self.record["date"], self.form.get("date-0-words", "")
        same = old if old["text"] is not None and " ".join(old["text"].split()) == words else None
        quoted = self._words("date", words, same) if words else {"text": None, "start": None, "end": None}
        unit = None if not (first or last) else "day" if first == last else "range"
        return {
            **quoted,
            **({"implicit": True} if same and same.get("implicit") else {}),
            "from": first,
            "to": last,
            "granularity": old["granularity"] if (first, last) == (old["from"], old["to"]) else unit,
            "status": "resolved" if unit else "not_found",
            "reason": BY_PERSON,
        }

    def _day(self, part: str) -> str | None:
        text = self.form.get(f"date-0-{part}", "")
        try:
            found = parse_date(text) if text else None
        except ValueError as error:
            raise QueryError("date", str(error)) from None
        return found.isoformat() if found else None

    def _words(self, field: str, words: str, old: Json | None) -> Json:
        """The words as a quotation: where they stood, else where they are next to the trigger."""
        if old is not None:
            return {key: old[key] for key in ("text", "start", "end", "in") if key in old}
        if self.text is None:
            raise QueryError(field, "this store keeps no texts: codes and names can be corrected, words cannot")
        found = nearest(words, self.record["trigger"]["start"], self.text)
        if found is None:
            raise QueryError(field, f"“{words}” is not in the article; copy the words from the text")
        return {"text": self.text[found[0] : found[1]], "start": found[0], "end": found[1]}


def nearest(words: str, start: int, text: str) -> tuple[int, int] | None:
    """Where words stand next to a place of the text; blanks of any kind are the same."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    places = [(found.start(), found.end()) for found in pattern.finditer(text)] if words.split() else []
    return min(places, key=lambda place: abs(place[0] - start), default=None)
