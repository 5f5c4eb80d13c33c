"""The order in which an explained sentence is told."""

from __future__ import annotations

from polybius.cli.explanation import arranged
from polybius.coding import Attribution
from polybius.records import Actor, Claim, Frame, Grounding, Span, TraceEntry
from polybius.run.walk import Looked, Step

MET, FOUGHT, ACTOR = Span(5, 8), Span(20, 26), Span(0, 4)
FRAMES = Frame(MET, 0, "CONSULT", 0.9), Frame(FOUGHT, 0, "ASSAULT", 0.8)
CLAIMS = Claim(0, MET, "CONSULT"), Claim(0, FOUGHT, "ASSAULT")
WHO = Looked("who", ACTOR, Grounding("resolved", Actor("Peru"), "name"))
SAID = Attribution("said", None, Span(30, 34), (), 0)
DROPPED = TraceEntry("coding", FOUGHT, "mode", "dropped", "not in the codebook")


def told(*entries: TraceEntry) -> list[Step]:
    return list(arranged([*FRAMES, SAID, CLAIMS[0], WHO, CLAIMS[1], *entries]))


def test_an_event_is_told_from_its_frame_to_its_groundings_before_the_next() -> None:
    assert told(DROPPED) == [SAID, FRAMES[0], CLAIMS[0], WHO, FRAMES[1], DROPPED, CLAIMS[1]]


def test_nothing_is_told_twice() -> None:
    again = TraceEntry("grounding", ACTOR, "actor", "resolved", "name")
    plain = TraceEntry("coding", MET, "status", "actual", "reader")
    assert told(again, plain, DROPPED, DROPPED) == told(DROPPED)


def test_what_is_about_no_event_comes_last() -> None:
    chain = TraceEntry("grounding", ACTOR, "chain", "2 mentions")
    marked = TraceEntry("coding", MET, "status", "future", '"will" in the sentence')
    assert told(chain, marked) == [SAID, FRAMES[0], marked, CLAIMS[0], WHO, FRAMES[1], CLAIMS[1], chain]
