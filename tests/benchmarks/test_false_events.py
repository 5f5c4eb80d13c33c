"""Events where there should be none: verdicts, texts and rates."""

from __future__ import annotations

from pathlib import Path

import false_events
import pytest
from false_events import CODED, FALSE, Key

from polybius.evaluation.counts import Count

KEYS = (Key("a", 3, "met", "CONSULT"), Key("a", 9, "hit", "ASSAULT"), Key("b", 1, "sued", "ACCUSE"))


def test_an_event_without_a_verdict_counts_as_false() -> None:
    verdicts = {KEYS[0]: "right", KEYS[1]: "no event"}
    assert false_events.counts(KEYS, 10, verdicts) == {CODED: Count(3, 10, 10), FALSE: Count(2, 10, 10)}
    assert false_events.counts(KEYS, 10, {**verdicts, KEYS[2]: "wrong type"})[FALSE] == Count(1, 10, 10)


def test_words_of_a_corpus_become_text() -> None:
    content = "The\tO\nSDI\tB-party\n(\tO\na\tO\n)\tO\n,\tO\nAna\tO\n's\tO\n.\tO\n\nYes\tO\n"
    assert [false_events.untokenised(words) for words in false_events.crossner(content)] == [
        "The SDI (a), Ana's.",
        "Yes",
    ]


def test_the_verdicts_are_about_different_events() -> None:
    verdicts = false_events.audited()
    lines = false_events.AUDIT.read_text(encoding="utf-8").splitlines()
    assert len(verdicts) == len(lines) - 1 >= 100
    assert set(verdicts.values()) == set(false_events.VERDICTS)


def test_another_verdict_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.tsv"
    path.write_text("id\tstart\ttrigger\tevent\tverdict\na\t3\tmet\tCONSULT\tperhaps\n")
    with pytest.raises(ValueError, match="'perhaps' is none of right"):
        false_events.audited(path)
