"""Pictures are well-formed for whatever numbers and words, and show what they are given."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polybius import drawing
from polybius.drawing import Bar, Layer, Line, Place, Row, Stack
from polybius.drawing.axes import day_ticks, steps
from polybius.drawing.projection import SOUTH, world_view
from polybius.drawing.world import radius, shade

SVG = "{http://www.w3.org/2000/svg}"
WORDS = st.text(st.characters(), max_size=30) | st.sampled_from(
    ["<script>alert(1)</script>", '"><a href="x">', "\u202eabc\u200b", "]]>", "&#0;", "\ud800", "\x00\x0b"]
)
NUMBERS = st.none() | st.floats() | st.integers(-(10**6), 10**6).map(float)
DAYS = st.dates()
MANY = 25


def parsed(svg: str) -> ElementTree.Element:
    """The picture as XML, with what no picture may have looked for."""
    root = ElementTree.fromstring(svg.encode("utf-8"))
    for one in root.iter():
        assert one.tag.removeprefix(SVG) in {"svg", "g", "a", "title", "desc", "text", "rect", "circle", "line", "path"}
        assert "style" not in one.attrib
        assert not [name for name in one.attrib if name.startswith("on")]
        for name in ("x", "y", "x1", "y1", "cx", "cy", "r", "width", "height", "d", "viewBox", "transform"):
            assert not re.search(r"nan|inf|e\+", one.attrib.get(name, "")), one.attrib
        assert float(one.attrib.get("width", "0")) >= 0
        assert float(one.attrib.get("height", "0")) >= 0
    return root


@settings(max_examples=MANY, deadline=None)
@given(WORDS, WORDS, st.lists(st.tuples(DAYS, NUMBERS), max_size=12), st.booleans())
def test_a_series_of_anything(title: str, name: str, points: list[tuple[dt.date, float | None]], area: bool) -> None:
    parsed(drawing.series(title, [Line(name, points), Line("b", points[::-1], "line-2")], area=area, unit=name))


@settings(max_examples=MANY, deadline=None)
@given(WORDS, st.lists(st.builds(Bar, DAYS, NUMBERS, WORDS, st.none() | WORDS), max_size=12), st.integers(1, 400))
def test_diverging_bars_of_anything(title: str, bars: list[Bar], days: int) -> None:
    parsed(drawing.diverging(title, bars, days=days))


@settings(max_examples=MANY, deadline=None)
@given(WORDS, st.lists(st.builds(Row, WORDS, NUMBERS, st.none() | WORDS), max_size=12))
def test_bars_of_anything(title: str, rows: list[Row]) -> None:
    root = parsed(drawing.bars(title, rows, description=title))
    assert len(root.findall(f".//{SVG}rect[@class='bar']")) == len(rows)


@settings(max_examples=MANY, deadline=None)
@given(
    st.lists(st.builds(Layer, WORDS, WORDS), max_size=4),
    st.lists(st.builds(Stack, DAYS, st.lists(NUMBERS, max_size=5), WORDS, st.none() | WORDS), max_size=8),
    st.integers(1, 400),
)
def test_stacks_of_anything(layers: list[Layer], stacks: list[Stack], days: int) -> None:
    parsed(drawing.stacked("Stacks", layers, stacks, days=days, width=400))


@settings(max_examples=MANY, deadline=None)
@given(
    WORDS,
    st.lists(
        st.builds(Place, st.floats(), st.floats(), st.floats(), WORDS, st.none() | WORDS, st.booleans()), max_size=8
    ),
    st.dictionaries(st.sampled_from(["FRA", "USA", "KOS", "XXX"]), st.floats()),
    st.none() | st.tuples(*[st.floats()] * 4) | st.tuples(*[st.integers(-400, 400).map(float)] * 4),
)
def test_a_map_of_anything(
    title: str, places: list[Place], countries: dict[str, float], box: tuple[float, float, float, float] | None
) -> None:
    parsed(drawing.world_map(title, places, countries, box=box, width=300))


def test_labels_are_shown_as_they_are_written() -> None:
    root = parsed(drawing.bars("<b>", [Row("a & <i>", 2, "/?x=1&y=2")]))
    assert root.attrib["aria-label"] == "<b>"
    link = root.find(f".//{SVG}a")
    assert link is not None and link.attrib["href"] == "/?x=1&y=2"
    assert "a & <i>" in [text.text for text in root.iter(f"{SVG}text")]


def test_the_longest_bar_is_the_largest_count() -> None:
    root = parsed(drawing.bars("t", [Row("a", 4), Row("b", 8), Row("c", 2)]))
    a, b, c = (float(bar.attrib["width"]) for bar in root.findall(f".//{SVG}rect[@class='bar']"))
    assert b == pytest.approx(2 * a, abs=0.2)
    assert a == pytest.approx(2 * c, abs=0.2)


def test_layers_stand_on_each_other_and_none_is_drawn_for_nought() -> None:
    stack = Stack(dt.date(2024, 1, 1), [2, None, 6, math.nan], "one")
    root = parsed(drawing.stacked("t", [Layer(name, name) for name in "abcd"], [stack]))
    bars = {
        str(bar.get("class")): bar.attrib for bar in root.iter(f"{SVG}rect") if str(bar.get("class")).startswith("bar ")
    }
    assert set(bars) == {"bar a", "bar c"}
    assert float(bars["bar c"]["height"]) == pytest.approx(3 * float(bars["bar a"]["height"]), abs=0.3)
    assert float(bars["bar c"]["y"]) + float(bars["bar c"]["height"]) == pytest.approx(
        float(bars["bar a"]["y"]), abs=0.2
    )


def test_what_is_below_nought_goes_down() -> None:
    day = dt.date(2024, 1, 1)
    root = parsed(drawing.diverging("t", [Bar(day, 5, "up"), Bar(day + dt.timedelta(7), -5, "down")]))
    up, down = (
        next(one.attrib for one in root.iter(f"{SVG}rect") if one.get("class") == name) for name in ("up", "down")
    )
    assert float(up["y"]) + float(up["height"]) == pytest.approx(float(down["y"]), abs=0.2)


def test_a_gap_breaks_the_line() -> None:
    points = [(dt.date(2024, 1, n), None if n == 3 else float(n)) for n in range(1, 6)]
    root = parsed(drawing.series("t", [Line("a", points)]))
    assert len(root.findall(f".//{SVG}path[@class='line']")) == 2


def test_a_picture_with_links_is_no_image_to_screen_readers() -> None:
    assert parsed(drawing.bars("t", [Row("a", 1)])).attrib["role"] == "img"
    assert parsed(drawing.bars("t", [Row("a", 1, "/")])).attrib["role"] == "group"


@pytest.mark.parametrize(("low", "high"), [(0, 1), (0, 7), (-3, 12), (0, 0.02), (0, 1e15), (-1e15, 1e15)])
def test_steps_hold_both_ends(low: float, high: float) -> None:
    found = steps(low, high)
    assert found[0] <= low and found[-1] >= high
    assert 2 <= len(found) <= 12


@settings(max_examples=100, deadline=None)
@given(DAYS, DAYS, st.integers(2, 14))
def test_days_below_are_few_and_in_order(one: dt.date, other: dt.date, most: int) -> None:
    first, last = sorted((one, other))
    found = [day for day, _ in day_ticks(first, last, most)]
    assert 1 <= len(found) <= most
    assert found == sorted(found)
    assert first <= found[0] and found[-1] <= last


def test_every_country_has_an_outline_within_the_world() -> None:
    found = drawing.outline()
    assert {"FRA", "USA", "SDN", "TWN", "KOS", "PSE", "MCO", "VAT", "FJI"} <= set(found)
    for rings in found.values():
        for ring in rings:
            assert len(ring) >= 3
            assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)


def test_no_outline_runs_across_the_map() -> None:
    for code, rings in drawing.outline().items():
        for ring in rings:
            steps_ = [abs(x2 - x1) for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False) if y1 > -89 or y2 > -89]
            assert max(steps_, default=0) < 90, code


def test_the_equator_is_straight_and_the_middle_in_the_middle() -> None:
    view = world_view(960)
    x, y = view.at(0, 0)
    assert x == 480
    assert view.at(-170, 0)[1] == y == view.at(120, 0)[1]
    assert view.holds(view.at(-179, SOUTH + 1)) and view.holds(view.at(179, 80))


def test_a_part_over_the_date_line_shows_both_sides() -> None:
    places = [Place(-17, 179.5, 1, "west"), Place(-17, -179.5, 1, "east")]
    root = parsed(drawing.world_map("Fiji", places, box=(175, -25, -170, -5)))
    west, east = (float(one.attrib["cx"]) for one in root.iter(f"{SVG}circle"))
    assert 0 < east - west < 200


def test_countries_are_shaded_by_their_counts() -> None:
    root = parsed(drawing.world_map("t", countries={"FRA": 100, "USA": 1}, names={"FRA": "France"}))
    shaded = {
        one.get("class"): one.findtext(f"{SVG}title")
        for one in root.iter(f"{SVG}path")
        if "shade" in str(one.get("class"))
    }
    assert shaded == {"shade-5": "France: 100", "shade-1": "USA: 1"}


@pytest.mark.parametrize("grows", [lambda n: shade(n, 1000), lambda n: radius(n, 1000)])
def test_more_is_never_shown_as_less(grows: Callable[[float], float]) -> None:
    found = [grows(n) for n in range(1, 1001)]
    assert found == sorted(found)
    assert found[0] < found[-1]


def test_places_all_over_the_world_have_no_box() -> None:
    assert drawing.around([(40, -120), (35, 139)]) is None
    assert drawing.around([]) is None
    west, south, east, north = drawing.around([(15.5, 32.5)]) or (0, 0, 0, 0)
    assert west < 32.5 < east and south < 15.5 < north


def test_the_style_sheet_names_every_class_that_is_drawn() -> None:
    day = dt.date(2024, 1, 1)
    svg = drawing.series("t", [Line("a", [(day, 1.0)])], area=True) + drawing.diverging("t", [Bar(day, -1, "x")])
    svg += drawing.world_map("t", [Place(1, 1, 1, "x", vague=True)], {"FRA": 1})
    drawn = {name for names in re.findall(r'class="([^"]+)"', svg) for name in names.split()}
    unstyled = {"axes", "key", "unit", "places", "target"}
    assert {name for name in drawn - unstyled if not re.search(rf"\.{re.escape(name)}\b", drawing.style())} == set()
