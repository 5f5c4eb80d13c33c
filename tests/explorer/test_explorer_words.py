"""Words with marks in them: the text comes back, every mark holds its characters, and the output is well formed."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

import pytest

pytest.importorskip("markupsafe", reason="the explorer's libraries are missing: pip install 'polybius[explore]'")

from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from polybius.explorer.words import LABELS, Mark, hidden, highlight, visible  # noqa: E402

PIECES = (
    "Seoul", " met ", "<script>alert(1)</script>", "&amp;", '" onmouseover="x', "'", "</mark>", "\n\n", "👨\u200d👩\u200d👧",
    "🏴\U000e0067\U000e0062\U000e007f", "é", "e\u0301\u0323", "\u202eabc\u202c", "\u2066x", "\u200b", "\ufeff", "\0", "\r\n",
    "العربية", "می\u200cخواهم", "क्\u200dष", "\x85", "\ud800", "𝔘", "\u00ad", "<!--", "]]>",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=12).map("".join)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    edge = st.integers(0, len(text))
    words = st.sampled_from(PIECES)
    mark = st.builds(
        lambda a, b, label, title, note: Mark(min(a, b), max(a, b), label, title, note),
        edge, edge, st.sampled_from([*LABELS, "<b>"]), words, st.none() | words,
    )  # fmt: skip
    return text, draw(st.lists(mark, max_size=8))


def carried(text: str) -> str:
    """What HTML can carry of a text: see the module."""
    return "".join("\ufffd" if one == "\0" or "\ud800" <= one <= "\udfff" else one for one in text)


quick = settings(deadline=None, max_examples=60)


class Reading(HTMLParser):
    """Reads as a browser does, character by character: which label each stands in, and that tags close in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.inside, self.open, self.seen = "", [], [], []  # type: ignore[var-annotated]
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert tag in ("mark", "span"), tag
        assert set(names) <= {"class", "title", "id", "data-l", "data-c"} and len(set(names)) == len(names), names
        self.open.append((tag, dict(attrs)["class"]))
        self.seen.append(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")

    def handle_data(self, data: str) -> None:
        labels = {name.split()[1].removeprefix("w-") for tag, name in self.open if tag == "mark" and name}
        for letter in data:
            self.text += letter
            self.inside.append(labels)


@quick
@given(marked())
def test_without_tags_it_is_the_text(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    assert Reading(highlight(text, marks)).text == carried(text)


@quick
@given(marked())
def test_a_character_is_marked_with_what_covers_it_and_nothing_else(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    found = Reading(highlight(text, marks)).inside
    for at in range(len(text)):
        covering = {mark.label if mark.label in LABELS else "name" for mark in marks if mark.start <= at < mark.end}
        assert found[at] == covering


@quick
@given(marked(), st.integers(0, 30), st.integers(0, 30))
def test_a_part_of_a_text_is_as_in_the_whole(case: tuple[str, list[Mark]], start: int, size: int) -> None:
    text, marks = case
    part, whole = Reading(highlight(text, marks, start, start + size)), Reading(highlight(text, marks))
    assert part.text == carried(text[start : start + size])
    assert part.inside == whole.inside[start : start + size]


@quick
@given(marked())
def test_it_can_be_sent(case: tuple[str, list[Mark]]) -> None:
    highlight(*case).encode("utf-8")


@quick
@given(marked())
def test_each_mark_has_its_label_once(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    plain = [Mark(mark.start, mark.end, mark.label) for mark in marks]
    told = [one["data-l"] for one in Reading(highlight(text, plain)).seen if "data-l" in one]
    kinds = {(mark.start, mark.end, mark.label) for mark in plain if mark.start < mark.end}
    assert sorted(told) == sorted(LABELS.get(label, label) for _, _, label in kinds)


def test_overlap_is_closed_and_opened_again() -> None:
    html = highlight("abcd", [Mark(0, 3, "actor"), Mark(2, 4, "place")])
    assert html == (
        '<mark class="w w-actor h2">ab<mark class="w w-place h1">c</mark><span class="l" data-l="actor"></span></mark>'
        '<mark class="w w-place h1 again">d<span class="l" data-l="place"></span></mark>'
    )


def test_marks_on_the_same_words_are_one() -> None:
    html = highlight("Seoul", [Mark(0, 5, "actor", "one", "1", "a"), Mark(0, 5, "actor", "two", "2", "b")])
    assert html.count("<mark") == 1
    assert 'title="one\ntwo"' in html and 'data-l="1, 2"' in html and 'id="a"' in html


def test_offsets_count_characters_not_utf_16() -> None:
    text = "𝔘👍 Séoul"
    at = text.index("Séoul")
    assert "</mark>" in highlight(text, [Mark(at, at + 5, "place", "p", "")])
    assert ">Séoul</mark>" in highlight(text, [Mark(at, at + 5, "place", "p", "")])


@pytest.mark.parametrize(
    "text", ["👨\u200d👩\u200d👧", "می\u200cخواهم", "क्\u200dष", "🏴\U000e0067\U000e007f", "a\tb\n", "❤\ufe0f"]
)
def test_what_belongs_to_a_word_is_left_alone(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("letter", "name"),
    [("\u202e", "RLO"), ("\u2066", "LRI"), ("\u200b", "ZWSP"), ("\u200d", "ZWJ"), ("\ufeff", "BOM"), ("\x07", "U+0007")]
    + [("\u2028", "LS"), ("\0", "U+0000"), ("\U000e0041", "U+E0041"), ("\ud800", "U+D800")],
)
def test_what_nobody_would_see_is_shown(letter: str, name: str) -> None:
    assert hidden(f"a{letter}b", 1)
    assert f'class="ctl" data-c="{name}"' in visible(f"a{letter}b")
