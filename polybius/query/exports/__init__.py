"""Events in the formats of others. Each says what it cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from polybius.query.asked import Asked
from polybius.query.errors import QueryError
from polybius.query.exports import gdelt, geojson, icews, panels, plover, polecat, quads
from polybius.query.exports.codes import load_codes
from polybius.query.exports.facts import facts
from polybius.query.exports.model import Format, Losses, kept
from polybius.query.lists import events
from polybius.query.opened import with_events
from polybius.query.write import write

__all__ = ["FORMATS", "WRITERS", "Losses", "export"]

WRITERS: Mapping[str, Format] = {
    "plover": plover.PLOVER,
    "polecat": polecat.POLECAT,
    "gdelt": gdelt.EVENTS,
    "gdelt-mentions": gdelt.MENTIONED,
    "icews": icews.ICEWS,
    "geojson": geojson.GEOJSON,
    "quads": quads.QUADS,
    "country-month": panels.COUNTRY_MONTH,
    "prio-grid-month": panels.GRID_MONTH,
}
_FLAT = "one row an event, with the columns of event_rows"
_FLAT_NEVER = ("spread of dates, places and modes", "who supports and who denies", "numbers of killed and injured")
FORMATS: Mapping[str, str] = {
    **{name: format.what for name, format in WRITERS.items()},
    "csv": f"CSV, {_FLAT}",
    "parquet": f"Parquet, {_FLAT}",
}


def export(path: Path | str, format: str, out: BinaryIO, asked: Asked | None = None, **words: Any) -> Losses:
    """Write the events that are asked for. ``words`` are fields of Asked. Raises QueryError, NoEvents, StoreError."""
    if format not in FORMATS:
        raise QueryError("as", f"there is no format {format!r}; allowed: {', '.join(FORMATS)}")
    asked = asked or Asked(**words)
    return _flat(path, format, out, asked) if format not in WRITERS else _written(path, format, out, asked)


def _written(path: Path | str, name: str, out: BinaryIO, asked: Asked) -> Losses:
    format = WRITERS[name]
    losses = Losses(name, never=format.never, unfilled=format.unfilled)
    with with_events(path) as store:
        for line in format.lines(kept(facts(store, asked), format, losses), load_codes()):
            out.write(line.encode("utf-8", "replace"))
    return losses


def _flat(path: Path | str, name: str, out: BinaryIO, asked: Asked) -> Losses:
    table = events(path, asked)
    write(table, name, out)
    return Losses(name, len(table), len(table), never=_FLAT_NEVER)
