"""Scores worked out by hand."""

from typing import Any

import pytest
from scoring import FrameScores, score_frames, score_names

from polybius.evaluation.annotations import AnnotatedEvent, RoleFiller
from polybius.evaluation.counts import Count, total
from polybius.records import Filler, Frame, Name, Span


def frame(event: str, trigger: tuple[int, int], status: str = "actual", modes: Any = (), **roles: Any) -> Frame:
    fillers = {role: tuple(Filler(Span(*s)) for s in spans) for role, spans in roles.items()}
    return Frame(Span(*trigger), 0, event, 0.9, modes, ((status, 0.8), ("negated", 0.1)), **fillers)  # type: ignore[arg-type]


def gold(event: str, trigger: tuple[int, int], status: str = "actual", modes: Any = (), **roles: Any) -> AnnotatedEvent:
    fillers = {role: tuple(RoleFiller(s, None) for s in spans) for role, spans in roles.items()}
    return AnnotatedEvent(event, tuple(modes), trigger, status, "e1", {"by": (), **fillers})


def test_a_trigger_counts_where_it_overlaps_and_the_type_is_the_same() -> None:
    frames = [frame("AID", (10, 14)), frame("AID", (30, 34)), frame("ASSAULT", (50, 55)), frame("AID", (10, 20))]
    events = [gold("AID", (12, 18)), gold("COERCE", (30, 34)), gold("ASSAULT", (50, 55))]
    scores = score_frames(frames, events)
    assert scores.types == {"AID": Count(1, 3, 1), "COERCE": Count(0, 0, 1), "ASSAULT": Count(1, 1, 1)}
    assert scores.trigger_and_type == Count(2, 4, 3)
    assert scores.macro_f1 == pytest.approx((0.5 + 0 + 1) / 3)


def test_two_events_on_one_trigger_need_two_frames() -> None:
    events = [gold("SANCTION", (0, 9)), gold("SANCTION", (0, 9), "negated")]
    assert score_frames([frame("SANCTION", (0, 9))], events).trigger_and_type == Count(1, 1, 2)
    both = score_frames([frame("SANCTION", (0, 9)), frame("SANCTION", (0, 9), "negated")], events)
    assert (both.trigger_and_type, both.status_accuracy) == (Count(2, 2, 2), 1)


def test_roles_count_only_for_frames_whose_trigger_is_right() -> None:
    frames = [
        frame("AID", (0, 4), actor=[(10, 20), (40, 44)], place=[(60, 64)]),
        frame("AID", (90, 94), actor=[(1, 2)]),
    ]
    events = [gold("AID", (0, 4), actor=[(10, 15)], recipient=[(70, 75)], place=[(60, 61)]), gold("ASSAULT", (80, 84))]
    scores = score_frames(frames, events)
    assert scores.roles["actor"] == Count(1, 2, 1)  # 5 of 10 characters are just enough
    assert scores.roles["recipient"] == Count(0, 0, 1)
    assert scores.roles["place"] == Count(0, 1, 1)
    assert scores.roles["by"] == Count()


def test_fillers_without_words_in_the_text_do_not_count() -> None:
    event = AnnotatedEvent("AID", (), (0, 4), "actual", "e1", {"actor": (RoleFiller(None, "Norway"),), "by": ()})
    scores = score_frames([frame("AID", (0, 4))], [event])
    assert (scores.roles["actor"], scores.sides) == (Count(), Count(1, 1, 1))
    guessed = Frame(Span(0, 4), 0, "AID", 1, actor=(Filler(Span(9, 12), implicit=True),))
    assert score_frames([guessed], [event]).sides == Count(1, 1, 1)


def test_a_phrase_tied_to_two_entities_is_one_filler() -> None:
    both = (RoleFiller((10, 23), "A"), RoleFiller((10, 23), "B"))
    event = AnnotatedEvent("CONSULT", (), (0, 4), "actual", "e1", {"actor": both, "by": ()})
    assert score_frames([frame("CONSULT", (0, 4), actor=[(10, 23)])], [event]).roles["actor"] == Count(1, 1, 1)


@pytest.mark.parametrize(
    ("actor", "recipient", "right"),
    [
        ([(10, 14)], [(20, 24), (30, 34)], 1),
        ([(10, 14)], [(20, 24)], 0),
        ([(10, 14), (40, 44)], [(20, 24), (30, 34)], 0),
        ([(10, 30)], [(20, 24), (30, 34)], 0),
        ([], [(20, 24), (30, 34)], 0),
    ],
)
def test_both_sides_must_agree_in_number_and_span(actor: Any, recipient: Any, right: int) -> None:
    event = gold("AID", (0, 4), actor=[(10, 14)], recipient=[(20, 24), (30, 34)])
    scores = score_frames([frame("AID", (0, 4), actor=actor, recipient=recipient)], [event])
    assert scores.sides == Count(right, 1, 1)


def test_statuses_are_scored_on_right_triggers() -> None:
    frames = [frame("AID", (0, 4), "actual"), frame("AID", (10, 14), "future"), frame("AID", (20, 24), "actual")]
    events = [gold("AID", (0, 4), "actual"), gold("AID", (10, 14), "actual"), gold("ASSAULT", (20, 24), "negated")]
    scores = score_frames(frames, events)
    assert scores.statuses == {"actual": Count(1, 1, 2), "future": Count(0, 1, 0)}
    assert scores.status_accuracy == 0.5


def test_modes_must_agree_as_a_set() -> None:
    frames = [
        frame("CONSULT", (0, 4), modes=(("visit", 0.9), ("phone", 0.2))),
        frame("CONSULT", (10, 14), modes=(("visit", 0.9), ("multilateral", 0.6))),
        frame("CONSULT", (20, 24), modes=(("visit", 0.4),)),
        frame("CONSULT", (30, 34), modes=(("phone", 0.5), ("visit", 0.5))),
    ]
    events = [gold("CONSULT", (a, a + 4), modes=m) for a, m in ((0, ["visit"]), (10, ["visit"]), (20, []))]
    events.append(gold("CONSULT", (30, 34), modes=["visit", "phone"]))
    assert score_frames(frames, events).mode_accuracy == 0.75


def test_scores_of_reports_add_up() -> None:
    one = score_frames([frame("AID", (0, 4), actor=[(5, 6)])], [gold("AID", (0, 4), actor=[(5, 6)])])
    other = score_frames([], [gold("ASSAULT", (0, 4), actor=[(5, 6)])])
    both = one + other
    assert both.types == {"AID": Count(1, 1, 1), "ASSAULT": Count(0, 0, 1)}
    assert both.roles["actor"] == Count(1, 1, 1)
    assert both.sides == Count(1, 1, 2)
    assert FrameScores() + one == one


def test_names_need_the_exact_span_and_kind() -> None:
    predicted = [Name(Span(0, 4), "PERSON", 0), Name(Span(10, 14), "ORG", 0), Name(Span(20, 25), "PLACE", 0)]
    scores = score_names(predicted, [((0, 4), "PERSON"), ((10, 14), "PLACE"), ((20, 26), "PLACE"), ((30, 33), "ORG")])
    assert scores == {"ORG": Count(0, 1, 1), "PERSON": Count(1, 1, 1), "PLACE": Count(0, 1, 2)}
    assert total(scores) == Count(1, 3, 4)
