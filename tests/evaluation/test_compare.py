"""Comparing one text: all tasks at once, mistakes with their sentences, and none of texts that only score."""

from __future__ import annotations

import pytest
from texts import mark, party, text

from polybius.evaluation.compare import compare
from polybius.evaluation.gold import MarkedText

WORDS = "Chad gave grain to Mali. Niger fined nobody."
SENTENCES = ((0, 24), (25, 44))
GOLD = text(
    mark("AID", (5, 9), "actual", actor=[party((0, 4), "Chad")], recipient=[party((19, 23), "Mali")]),
    mark("SANCTION", (31, 36), "negated"),
    words=WORDS,
    sentences=SENTENCES,
)
CODED = text(
    mark("AID", (5, 9), "future", modes=("food",), actor=[party((0, 4), "Chad")]),
    mark("COERCE", (31, 36)),
    mark("PROTEST", (37, 43)),
)


def test_mistakes_stand_with_their_sentence() -> None:
    found = {(m.field, m.gold, m.coded, m.words): m.sentence for m in compare(GOLD, CODED).mistakes}
    first, second = (WORDS[a:b] for a, b in SENTENCES)
    assert found == {
        ("event", "nothing", "PROTEST", "nobody"): second,
        ("type", "SANCTION", "COERCE", "fined"): second,
        ("status", "actual", "future", "gave"): first,
        ("mode of AID", "nothing", "food", "gave"): first,
        ("recipient", "one phrase", "nothing", "Mali | –"): first,
    }


def test_a_text_that_only_scores_gives_the_same_counts_and_no_mistake() -> None:
    sealed = MarkedText("d", GOLD.marks, GOLD.document, GOLD.sentences, score_only=True)
    assert compare(sealed, CODED).mistakes == ()
    assert compare(sealed, CODED).counts == compare(GOLD, CODED).counts


def test_gold_scores_itself_without_a_mistake() -> None:
    found = compare(GOLD, GOLD)
    assert found.mistakes == ()
    faults = {"budget/" + name for name in ("missed", "spurious", "wrong type")} | {"false events in quiet sentences"}
    assert all(c.right == c.predicted == c.gold for task, c in found.counts.items() if not task.startswith("budget/"))
    assert {task for task, c in found.counts.items() if task in faults and c.right} == set()


def test_the_gold_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="the gold of 'd' cannot score 'e'"):
        compare(GOLD, MarkedText("e", ()))
