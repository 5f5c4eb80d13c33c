"""How confidence is judged, on numbers that were computed by hand."""

from __future__ import annotations

from polybius.evaluation.confidence import Judged, brier_skill, coverage, curve, expected_error, verdicts
from polybius.evaluation.gold import Mark, MarkedText, Party


def judged(*pairs: tuple[float, bool]) -> list[Judged]:
    return [Judged(chance, right) for chance, right in pairs]


def mark(event: str, at: int, status: str = "actual", **roles: tuple[Party, ...]) -> Mark:
    return Mark(event, (at, at + 5), status=status, roles={"actor": (), "recipient": (), "by": (), **roles})


def text(*marks: Mark) -> MarkedText:
    return MarkedText("t", marks)


def test_the_error_is_the_gap_of_each_bin_by_its_size() -> None:
    found = judged((0.2, False), (0.4, False), (0.8, True), (0.6, False))
    # bins of two: |0.6 - 0| and |1.4 - 1|, over four
    assert round(expected_error(found, bins=2), 6) == 0.25
    assert expected_error([]) == 0


def test_the_skill_compares_with_the_share_of_right_ones() -> None:
    perfect, constant = judged((1.0, True), (0.0, False)), judged((0.5, True), (0.5, False))
    assert (brier_skill(perfect), brier_skill(constant)) == (1.0, 0.0)
    assert brier_skill(judged((0.0, True), (1.0, False))) == -3.0
    assert brier_skill(judged((0.9, True))) == 0


def test_equal_chances_are_kept_or_left_together() -> None:
    found = judged((0.9, True), (0.7, True), (0.7, False), (0.1, False))
    assert curve(found) == [(0.9, 0.25, 1.0), (0.7, 0.75, 2 / 3), (0.1, 1.0, 0.5)]
    assert coverage(found, 0.9) == 0.25
    assert coverage(found, 0.6) == 0.75
    assert coverage(judged((0.9, False)), 0.9) == 0


def test_what_is_right_of_each_coded_mark() -> None:
    france, chad = Party((20, 26), "France"), Party((30, 34), "Chad")
    gold = text(mark("AID", 0, actor=(france,), recipient=(chad,)), mark("ACCUSE", 50, actor=(chad,)))
    coded = text(
        mark("AID", 1, "future", actor=(france,)),
        mark("AID", 50, actor=(chad,)),
        mark("ACCUSE", 52, actor=(chad,), by=(france,)),
    )
    first, second, third = verdicts(gold, coded)
    assert first == {
        "event": True, "core": False, "status": False, "actor": True, "recipient": False, "attribution": True,
    }  # fmt: skip
    assert second == {"event": False, "core": False}
    assert third["core"] and not third["attribution"]


def test_what_the_sentence_does_not_say_is_right_by_its_entity() -> None:
    gold = text(mark("AID", 0, actor=(Party(None, "France", frozenset({"france"})),)))
    same, other = (text(mark("AID", 0, actor=(Party(None, w, frozenset({w})),))) for w in ("france", "chad"))
    assert verdicts(gold, same)[0]["actor"]
    assert not verdicts(gold, other)[0]["actor"]
