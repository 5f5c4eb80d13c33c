"""Map and timeline, drawn as the explorer draws them: each twice, wide and for narrow screens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from polybius.briefing.content import Period
from polybius.charts import PlaceRow
from polybius.charts.places import EVEN, MOSTLY_CONFLICT, MOSTLY_COOPERATION
from polybius.drawing import Layer, Place, Stack, around, stacked, world_map

WIDE, NARROW = 960.0, 400.0
KINDS = {MOSTLY_COOPERATION: "place friendly", MOSTLY_CONFLICT: "place hostile", EVEN: "place even"}
LAYERS = (Layer("Cooperation", "material-cooperation"), Layer("Conflict", "material-conflict"))
DAYS = {"day": 1, "week": 7, "month": 30}


def map_svg(places: Sequence[PlaceRow]) -> str:
    """A circle a place on the outlines of countries; empty where there is no place."""
    if not places:
        return ""
    dots = [_dot(place) for place in places]
    box = around([(place.latitude, place.longitude) for place in places])
    told = f"Map of {_plural(len(places), 'place')}"
    return _twice(lambda width: world_map("Where it happened", dots, description=told, box=box, width=width))


def _dot(place: PlaceRow) -> Place:
    events = _plural(place.n_events, "event")
    words = f"{place.place}: {events}, {place.cooperation:,} of cooperation, {place.conflict:,} of conflict"
    kind = KINDS[place.balance]
    return Place(place.latitude, place.longitude, place.n_events, words, vague=place.vague, kind=kind)


def timeline_svg(periods: Sequence[Period], by: str) -> str:
    """Cooperation, and conflict above it, a bar a period; empty where there is none."""
    if not periods:
        return ""
    stacks = [_stack(one) for one in periods]
    told = f"Events by {by}: cooperation, and conflict above it"
    return _twice(
        lambda width: stacked(
            "When it happened", LAYERS, stacks, description=told, unit="events", days=DAYS[by], width=width, height=200
        )
    )


def _stack(one: Period) -> Stack:
    words = f"{one.start}: {one.cooperation:,} of cooperation, {one.conflict:,} of conflict"
    return Stack(one.start, (one.cooperation, one.conflict), words)


def _twice(draw: Callable[[float], str]) -> str:
    return f'<div class="wide">{draw(WIDE)}</div><div class="narrow">{draw(NARROW)}</div>'


def _plural(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
