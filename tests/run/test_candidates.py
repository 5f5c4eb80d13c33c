"""Parties as they are given, and readers that let every candidate pass."""

from __future__ import annotations

import fakes
import pytest

from polybius.records import Span
from polybius.run.candidates import lowered, place_of


def test_a_party_is_given_by_its_words_or_its_characters() -> None:
    assert place_of("Chad", "In Chad", "actor") == Span(3, 7)
    assert place_of((3, 7), "In Chad", "actor") == place_of(Span(3, 7), "In Chad", "actor")


@pytest.mark.parametrize("party", ["Niger", "", (3, 99), (5, 5)])
def test_a_party_that_is_not_there_is_named(party: str | tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="recipient"):
        place_of(party, "In Chad", "recipient")


def test_lowering_leaves_the_reader_as_it_is() -> None:
    class Strict:
        fingerprint, threshold, brief_threshold = "x", 0.5, 0.4

    reader = Strict()
    assert lowered(reader).threshold == lowered(reader).brief_threshold == 0.0  # type: ignore[arg-type, attr-defined]
    assert reader.threshold == 0.5


def test_a_coder_says_what_one_did_to_another() -> None:
    coder = fakes.make_coder()
    with pytest.raises(ValueError, match="'Nauru' is not in the text"):
        coder.between("Chad accused Niger.", "Chad", "Nauru")
