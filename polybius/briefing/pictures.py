"""Map and timeline as SVG: numbers in, text out. Colours come from the style sheet of the page."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from html import escape

from polybius.briefing.content import Period
from polybius.charts import PlaceRow
from polybius.charts.outline import rings, rings_within
from polybius.charts.places import EVEN, MOSTLY_CONFLICT, MOSTLY_COOPERATION, viewed, widened

WIDTH, MAP_HEIGHT, TIME_HEIGHT = 800, 400, 170
WORLD = (-180.0, -58.0, 180.0, 84.0)
CLASSES = {MOSTLY_COOPERATION: "coop", MOSTLY_CONFLICT: "conf", EVEN: "even"}
LEFT, BOTTOM = 30, 22  # room for the numbers of the timeline


def map_svg(places: Sequence[PlaceRow]) -> str:
    """A circle a place on the outlines of countries; empty where there is no place."""
    if not places:
        return ""
    points = [(place.latitude, place.longitude) for place in places]
    view = viewed(points)
    frame = _Frame(view or WORLD)
    found = rings() if view is None else rings_within(*widened(view))
    land = "".join(frame.path(ring) for ring in found)
    most = max(place.n_events for place in places)
    circles = "".join(_circle(frame, place, most) for place in places)
    label = f"Map of {len(places):,} places"
    return (
        f'<svg viewBox="0 0 {WIDTH} {frame.height:.0f}" role="img" aria-label="{label}">'
        f'<rect class="sea" width="{WIDTH}" height="{frame.height:.0f}"/><path class="land" d="{land}"/>{circles}</svg>'
    )


class _Frame:
    """From degrees to the picture: a plain map, narrowed as degrees of longitude are in its middle."""

    def __init__(self, view: Sequence[float]) -> None:
        west, south, east, north = view
        self.narrow = math.cos(math.radians((south + north) / 2)) if view is not WORLD else 1.0
        wide, high = (east - west) * self.narrow, north - south
        self.height = min(max(WIDTH * high / wide, 260.0), float(MAP_HEIGHT))
        self.scale = min(WIDTH / wide, self.height / high)
        self.middle = (west + east) / 2, (south + north) / 2

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = WIDTH / 2 + (longitude - self.middle[0]) * self.narrow * self.scale
        return round(x, 1), round(self.height / 2 - (latitude - self.middle[1]) * self.scale, 1)

    def path(self, ring: Sequence[tuple[float, float]]) -> str:
        points = dict.fromkeys(self.at(x, y) for x, y in ring)
        return "M" + "L".join(f"{x:g},{y:g}" for x, y in points) + "Z" if len(points) > 2 else ""


def _circle(frame: _Frame, place: PlaceRow, most: int) -> str:
    x, y = frame.at(place.longitude, place.latitude)
    radius = 4 + 12 * math.sqrt(place.n_events / most) * min(1.0, most / 8)
    name = CLASSES[place.balance] + (" vague" if place.vague else "")
    events = f"{place.n_events:,} event{'' if place.n_events == 1 else 's'}"
    words = f"{place.place}: {events}, {place.cooperation:,} of cooperation, {place.conflict:,} of conflict"
    return f'<circle class="{name}" cx="{x:g}" cy="{y:g}" r="{radius:.1f}"><title>{escape(words)}</title></circle>'


def timeline_svg(periods: Sequence[Period], by: str) -> str:
    """Cooperation upwards and conflict downwards, a bar a period; empty where there is none."""
    if not periods:
        return ""
    up, down = (max(getattr(one, side) for one in periods) for side in ("cooperation", "conflict"))
    unit = (TIME_HEIGHT - BOTTOM - 12) / max(up + down, 1)
    nought = 6 + up * unit
    label = f"Timeline by {by}: cooperation upwards, conflict downwards"
    return (
        f'<svg viewBox="0 0 {WIDTH} {TIME_HEIGHT}" role="img" aria-label="{label}">'
        f"{''.join(_bars(periods, by, nought, unit))}"
        f'<line class="rule" x1="{LEFT}" x2="{WIDTH}" y1="{nought:.1f}" y2="{nought:.1f}"/>'
        f"{_scale(up, down, nought, unit)}{_dates(periods)}</svg>"
    )


def _bars(periods: Sequence[Period], by: str, nought: float, unit: float) -> Iterator[str]:
    width = max(1.5, 0.85 * (WIDTH - LEFT) / _slots(periods, by))
    for one in periods:
        x = _x(one.start, periods, width)
        words = f"<title>{one.start}: {one.cooperation:,} of cooperation, {one.conflict:,} of conflict</title>"
        for name, count, y in (
            ("coop", one.cooperation, nought - one.cooperation * unit),
            ("conf", one.conflict, nought),
        ):
            if count:
                box = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{count * unit:.1f}"'
                yield f'<rect class="{name}" {box}>{words}</rect>'


def _slots(periods: Sequence[Period], by: str) -> float:
    days = {"day": 1, "week": 7, "month": 30.4}[by]
    return max((periods[-1].start - periods[0].start).days / days + 1, 12)


def _x(day: dt.date, periods: Sequence[Period], width: float) -> float:
    span = max((periods[-1].start - periods[0].start).days, 1)
    return LEFT + (day - periods[0].start).days / span * (WIDTH - LEFT - width)


def _scale(up: int, down: int, nought: float, unit: float) -> str:
    marks = [(up, nought - up * unit), (down, nought + down * unit)]
    return "".join(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{n}</text>' for n, y in marks if n)


def _dates(periods: Sequence[Period]) -> str:
    first, last = periods[0].start, periods[-1].start
    ends = [(LEFT, "start", first)] + ([(WIDTH, "end", last)] if last != first else [])
    return "".join(
        f'<text x="{x}" y="{TIME_HEIGHT - 4}" text-anchor="{anchor}">{day}</text>' for x, anchor, day in ends
    )
