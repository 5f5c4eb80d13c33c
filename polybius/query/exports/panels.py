"""Panels: counts a country and month, and a PRIO-GRID cell and month."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from polybius import codebook
from polybius.query.exports.codes import Codes
from polybius.query.exports.model import ANNOUNCED, DISPUTED, NO_DAY, RANGE, STATUS, Fact, Format, Loss

CELL_KM = 28.0  # half the height of a cell of half a degree

SUMS = ("n_events", "n_reports", "n_sources", "net_scale")


def types() -> tuple[str, ...]:
    """The event types, each of which has a column."""
    return tuple(codebook.load().types)


def _quads(codes: Codes) -> tuple[str, ...]:
    return tuple(quad.lower().replace(" ", "_") for quad in codes.quads)


def _panel(facts: Iterable[Fact], codes: Codes, name: str, unit: Callable[[Fact], object]) -> Iterator[str]:
    columns = (*SUMS, *_quads(codes), *types())
    cells: defaultdict[tuple[object, str], Counter[str]] = defaultdict(Counter)
    for fact in facts:
        cells[unit(fact), f"{fact.day:%Y-%m}"].update(_counts(fact))
    yield ",".join((name, "month", *columns)) + "\n"
    for key in sorted(cells, key=lambda key: (str(key[0]).rjust(8), key[1])):
        yield ",".join([*map(str, key), *(f"{round(cells[key][column], 3):g}" for column in columns)]) + "\n"


def _counts(fact: Fact) -> dict[str, float]:
    event = fact.event
    sums = {"n_events": 1, "n_reports": event.n_reports, "n_sources": event.n_sources, "net_scale": event.event_scale}
    return {**sums, event.quad_code.lower().replace(" ", "_"): 1, event.event: 1}


def _country(fact: Fact) -> str:
    place = fact.event.place
    return (place.country or "") if place else ""


def cell(latitude: float, longitude: float) -> int:
    """The PRIO-GRID number of a point: cells of half a degree, row by row from the south-west."""
    row = min(359, math.floor((latitude + 90) * 2))
    column = min(719, math.floor((longitude + 180) * 2))
    return row * 720 + column + 1


def _cell(fact: Fact) -> int | None:
    place = fact.event.place
    if place is None or place.latitude is None or place.longitude is None:
        return None
    exact = place.precision_km is not None and place.precision_km <= CELL_KM
    return cell(place.latitude, place.longitude) if exact else None


def _countries(facts: Iterable[Fact], codes: Codes) -> Iterator[str]:
    return _panel(facts, codes, "country", _country)


def _cells(facts: Iterable[Fact], codes: Codes) -> Iterator[str]:
    return _panel(facts, codes, "gid", _cell)


_NEVER = ("single events", "months without any event")

COUNTRY_MONTH = Format(
    what="counts and net scale, a row a country and month (CSV)",
    lines=_countries,
    omits=(STATUS, NO_DAY, Loss("the country of the place is not known", lambda fact: not _country(fact))),
    losses=(ANNOUNCED, RANGE, DISPUTED),
    never=_NEVER,
)
GRID_MONTH = Format(
    what="counts and net scale, a row a PRIO-GRID cell and month (CSV)",
    lines=_cells,
    omits=(
        STATUS,
        NO_DAY,
        Loss("the place is not known, or less exactly than a cell", lambda fact: _cell(fact) is None),
    ),
    losses=(ANNOUNCED, RANGE, DISPUTED),
    never=_NEVER,
)
