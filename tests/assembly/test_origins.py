"""Near-copies get one origin, in every order of arrival; shared quotations make no copy."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polybius.assembly.credits import agency
from polybius.assembly.origins import copies, copies_by_signature, origins
from polybius.assembly.signature import ROWS, Table, estimate, signature, signature_of, size
from polybius.assembly.words import shingles, unquoted


def prose(seed: int, words: int = 300) -> str:
    """Words of no language, the same for the same seed."""
    chosen = random.Random(seed)
    return " ".join("".join(chosen.choices("abcdefghij", k=5)) for _ in range(words))


WIRE = prose(1)
QUOTATION = prose(2, 200)


def partition(texts: dict[str, str]) -> dict[str, str]:
    return {id: origin.origin for id, origin in origins(texts).items()}


def test_a_reprint_that_lost_seven_tenths_is_a_copy() -> None:
    words = WIRE.split()
    found = partition({"wire": WIRE, "cut": " ".join(words[:90]), "other": prose(3)})
    assert found == {"wire": "cut", "cut": "cut", "other": "other"}


def test_a_new_lead_and_an_update_are_copies() -> None:
    updated = f"{prose(4, 60)}\n{WIRE}\n{prose(5, 80)}"
    assert partition({"a": WIRE, "b": updated}) == {"a": "a", "b": "a"}


def test_two_texts_that_copy_a_third_are_of_one_origin() -> None:
    words = WIRE.split()
    halves = {"z": WIRE, "first": " ".join(words[:140]), "second": " ".join(words[160:])}
    assert not copies(shingles(halves["first"]), shingles(halves["second"]))
    assert set(partition(halves).values()) == {"first"}


@pytest.mark.parametrize("marks", ['"{}"', "“{}”", '"{}', "“{}"])
def test_shared_quotations_make_no_copy(marks: str) -> None:
    quoted = marks.format(QUOTATION)
    texts = {"a": f"{prose(6, 60)}\n{quoted}\n", "b": f"{prose(7, 60)}\n{quoted}\n"}
    assert partition(texts) == {"a": "a", "b": "b"}
    without = {"a": f"{prose(6, 60)} {QUOTATION}", "b": f"{prose(7, 60)} {QUOTATION}"}
    assert partition(without) == {"a": "a", "b": "a"}


def test_texts_of_a_sentence_must_be_the_same() -> None:
    one = "The council of Torvale met on Tuesday to discuss the closing of its only bridge."
    texts = {"a": one, "b": one.replace("Tuesday", "Friday"), "c": one.upper(), "d": "", "e": ""}
    assert partition(texts) == {"a": "a", "b": "b", "c": "a", "d": "d", "e": "e"}


def test_what_stands_outside_quotation_marks() -> None:
    assert list(unquoted('He said "go now" and left.\nShe "stayed')) == ["He said ", " and left.", "She "]
    assert list(unquoted("“We go,\nand stay”")) == ["", "", "and stay”"]


def test_a_signature_is_fixed() -> None:
    assert signature(shingles("")) == b""
    assert signature(shingles(WIRE)).hex()[:32] == signature(shingles(WIRE + " ")).hex()[:32]
    assert Table([signature(shingles(WIRE))], 1).bands.shape == (1, 128 // ROWS)


def test_a_signature_tells_what_the_words_would() -> None:
    words = WIRE.split()
    cut, whole, other = (signature_of(text) for text in (" ".join(words[:90]), WIRE, prose(3)))
    assert (size(whole), size(cut)) == (len(words) - 4, 86)
    assert estimate(cut, whole) == estimate(whole, cut) > 0.8
    assert estimate(whole, whole) == 1.0
    assert copies_by_signature(cut, whole)
    assert not copies_by_signature(whole, other)
    short, altered = (signature_of(" ".join(part)) for part in (words[:20], [*words[:19], "else"]))
    assert copies_by_signature(short, short)
    assert not copies_by_signature(short, altered)
    assert not copies_by_signature(b"", b"")


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_the_partition_is_the_same_in_every_order(data: st.DataObject) -> None:
    words = WIRE.split()
    cuts = data.draw(st.lists(st.tuples(st.integers(0, 250), st.integers(30, 300)), min_size=2, max_size=6))
    texts = {f"d{n}": " ".join(words[start : start + length]) for n, (start, length) in enumerate(cuts)}
    texts["other"] = prose(8, 120)
    shuffled = data.draw(st.permutations(sorted(texts)))
    assert origins({id: texts[id] for id in shuffled}) == origins(texts)
    assert partition(texts)["other"] == "other"


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Reuters", "Reuters"),
        ("the Associated Press", "Associated Press"),
        ("AP", "Associated Press"),
        ("Iran's state news agency IRNA", "IRNA"),
        ("state news agency Novara", "Novara"),
        ("the official Torvale News Agency", "Torvale"),
        ("the news agency", None),
        ("the spy agency", None),
        ("ap", None),
        ("the foreign ministry", None),
    ],
)
def test_who_is_a_news_agency(phrase: str, name: str | None) -> None:
    assert agency(phrase) == name
