"""Rules of the codebook on frames: add, retype, set, veto, their order, and the same decision with a trace."""

from __future__ import annotations

import json

import pytest
from hand import Story

from polybius.codebook import Codebook
from polybius.codebook.load import parse
from polybius.coding import claims, reports
from polybius.coding.rules import inflects
from polybius.records import Claim, Frame, Groundings, TraceEntry
from polybius.report import to_json

HAILED = """
Lula Lula PROPN 2 nsubj
hailed hail VERB 0 root VerbForm=Fin
Paris Paris PROPN 2 obj
on on ADP 5 case
Monday Monday PROPN 2 obl
. . PUNCT 2 punct
"""
NOT_HAILED = (
    HAILED.replace("\nhailed", "\nnot not PART 3 advmod\nhailed").replace(" 2 ", " 3 ").replace(" 5 case", " 6 case")
)
ADD = """
  - id: applause
    trigger: {lemma: hail, upos: VERB}
    needs: {actor: {name: PERSON}, object: {}}
    unless: {child: {lemma: not}}
    add: {event: SUPPORT, actor: subject, recipient: {rel: obj}, date: {case: on}}
"""


def book(rules: str) -> Codebook:
    return parse(f"extends: plover\nrules:{rules}".encode(), "mine.yaml")


def story(block: str = HAILED) -> Story:
    return Story([block], names={"Lula": "PERSON", "Paris": "PLACE"})


def coded(rules: str, told: Story, *frames: Frame, trace: list[TraceEntry] | None = None) -> tuple[Claim, ...]:
    return claims(told.document, told.reading(*frames), book(rules), None if trace is None else trace.append)


def test_a_rule_adds_a_frame_with_roles_from_the_tree() -> None:
    told = story()
    (claim,) = coded(ADD, told)
    assert (claim.event, claim.found_by, claim.status) == ("SUPPORT", "rule:applause", "actual")
    assert (told.said(claim.actor), told.said(claim.recipient), told.said(claim.date)) == (
        ["Lula"],
        ["Paris"],
        ["on Monday"],
    )


def test_a_condition_that_fails_is_named() -> None:
    trace: list[TraceEntry] = []
    assert coded(ADD, story(NOT_HAILED), trace=trace) == ()
    assert [
        (e.verdict, e.detail)
        for e in trace
        if e.rule == "rule applause" and "hail" in e.span.of(story(NOT_HAILED).text)
    ] == [("not fired", "unless child {lemma: not}")]


def test_a_frame_that_is_there_is_not_added_again() -> None:
    told = story()
    (claim,) = coded(ADD, told, told.frame("hailed", "SUPPORT", actor=["Lula"]))
    assert claim.found_by == "frame"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (
            "\n  - {id: a, frame: {event: ACCUSE}, trigger: {}, retype: {event: SUPPORT}}\n",
            [("SUPPORT", "actual", "frame, rule:a")],
        ),
        ("\n  - {id: a, frame: {event: ACCUSE}, set: {status: future}}\n", [("ACCUSE", "future", "frame, rule:a")]),
        ("\n  - {id: a, frame: {event: ACCUSE, status: actual}, veto: true}\n", []),
        ("\n  - {id: a, frame: {event: ACCUSE, status: future}, veto: true}\n", [("ACCUSE", "actual", "frame")]),
        (
            "\n  - {id: a, frame: {event: ACCUSE}, needs: {recipient: {name: PERSON}}, veto: true}\n",
            [("ACCUSE", "actual", "frame")],
        ),
        ("\n  - {id: a, frame: {event: ACCUSE}, needs: {recipient: {name: PLACE}}, veto: true}\n", []),
    ],
)
def test_frames_are_changed_and_stopped(rules: str, expected: list[tuple[str, str, str]]) -> None:
    told = story()
    found = coded(rules, told, told.frame("hailed", "ACCUSE", recipient=["Paris"]))
    assert [(claim.event, claim.status, claim.found_by) for claim in found] == expected


def test_a_set_mode_is_the_mode() -> None:
    told = story()
    rules = "\n  - {id: a, frame: {event: ACCUSE}, set: {modes: [disapprove]}}\n"
    (claim,) = coded(rules, told, told.frame("hailed", "ACCUSE", modes=(("allege", 0.9),)))
    assert claim.modes == ("disapprove",)


def test_rules_run_by_priority_and_then_by_id() -> None:
    to_aid = "\n  - {id: b, frame: {event: ACCUSE}, retype: {event: REQUEST}}"
    to_support = "\n  - {id: a, priority: %d, frame: {event: [ACCUSE, REQUEST]}, retype: {event: SUPPORT}}\n"
    told = story()
    for priority in (1, 0, -1):
        (claim,) = coded(to_aid + to_support % priority, told, told.frame("hailed", "ACCUSE"))
        assert claim.event == "SUPPORT"
    (claim,) = coded(
        to_aid + "\n  - {id: a, frame: {event: REQUEST}, retype: {event: SUPPORT}}\n",
        told,
        told.frame("hailed", "ACCUSE"),
    )
    assert claim.event == "REQUEST"  # a ran before there was a REQUEST


def test_a_later_rule_sees_what_an_earlier_one_added() -> None:
    veto = "  - {id: z, frame: {event: SUPPORT}, veto: true}\n"
    assert coded(ADD + veto, story()) == ()


def test_the_decision_is_the_same_bytes_with_and_without_a_trace() -> None:
    for block in (HAILED, NOT_HAILED):
        told = story(block)
        reading = told.reading(told.frame("hailed", "ACCUSE", recipient=["Paris"]))
        rules = book(ADD + "  - {id: b, frame: {event: ACCUSE}, set: {status: hypothetical}}\n")
        printed = []
        for trace in (None, [].append):
            found = claims(told.document, reading, rules, trace)
            made = reports(told.document, reading, found, Groundings(), rules, "run1-x")
            printed.append(json.dumps([to_json(report) for report in made]).encode())
        assert printed[0] == printed[1]
        assert b"rule:b" in printed[0]


@pytest.mark.parametrize(
    ("form", "lemma", "expected"),
    [
        ("killed", "kill", True),
        ("accused", "accuse", True),
        ("denies", "deny", True),
        ("banned", "ban", True),
        ("hair", "hail", False),
    ],
)
def test_forms_of_a_lemma(form: str, lemma: str, expected: bool) -> None:
    assert inflects(form, lemma) == expected
