"""Reports: sizes, incidents, groundings, order and ids."""

from __future__ import annotations

import datetime as dt

import pytest
from hand import CODEBOOK, Story

from polybius.coding import reports
from polybius.coding.sizes import number
from polybius.records import (
    Actor,
    DateRange,
    Frame,
    Grounding,
    Groundings,
    Place,
    Span,
)
from polybius.report import Report, from_json, to_json

KILLED = """
Rebels rebel NOUN 2 nsubj
killed kill VERB 0 root VerbForm=Fin
at at ADV 4 case
least least ADV 5 nmod
12 12 NUM 6 nummod
soldiers soldier NOUN 2 obj
and and CCONJ 8 cc
wounded wound VERB 2 conj VerbForm=Fin
dozens dozen NOUN 8 obj
in in ADP 11 case
Aden Aden PROPN 2 obl
. . PUNCT 2 punct
"""
AGAIN = """
Rebels rebel NOUN 2 nsubj
attacked attack VERB 0 root VerbForm=Fin
soldiers soldier NOUN 2 obj
. . PUNCT 2 punct
"""
OTHERS = """
Police police NOUN 2 nsubj
attacked attack VERB 0 root VerbForm=Fin
miners miner NOUN 2 obj
. . PUNCT 2 punct
"""


def made(story: Story, groundings: Groundings, *frames: Frame) -> tuple[Report, ...]:
    found = story.claims(*frames)
    return reports(story.document, story.reading(*frames), found, groundings, CODEBOOK, "run1-x")


def attack(story: Story, trigger: str, actor: str, recipient: str) -> Frame:
    return story.frame(trigger, "ASSAULT", actor=[actor], recipient=[recipient])


def test_a_report_carries_what_was_coded_and_grounded() -> None:
    story = Story([KILLED])
    frame = story.frame(
        "killed", "ASSAULT", modes=(("firearms", 0.9),), actor=["Rebels"], recipient=["soldiers"], place=["in Aden"]
    )
    day = dt.date(2024, 3, 1)
    groundings = Groundings(
        actors={story.span("Rebels"): Grounding("resolved", Actor("Rebels", "YEM", ("REB",), "Q1"), "x")},
        places={story.span("Aden"): Grounding("resolved", Place("Aden", "YEM", latitude=12.8), "gazetteer")},
        dates={story.span("killed"): Grounding("resolved", DateRange(day, day, "day"), "publication date")},
    )
    (report,) = made(story, groundings, frame)
    assert (report.quad_code, report.event_scale) == ("MATERIAL CONFLICT", CODEBOOK.scale("ASSAULT", ["firearms"]))
    assert (report.actor[0].code, report.actor[0].sector, report.recipient[0].status) == ("YEM", ("REB",), "not_found")
    assert (report.place[0].name, report.place[0].country) == ("Aden", "YEM")
    assert (report.date.quote, report.date.start, report.date.reason) == (None, day, "publication date")
    assert (report.sentence.index, report.sentence.start, report.sentence.end) == (0, 0, len(story.text))
    assert report.stamp == "run1-x"
    assert from_json(to_json(report)) == report


def test_sizes_with_the_words_that_give_them() -> None:
    story = Story([KILLED])
    (report,) = made(story, Groundings(), attack(story, "killed", "Rebels", "soldiers"))
    killed, injured = report.size.killed, report.size.injured
    assert killed and injured
    assert (killed.low, killed.best, killed.high, killed.quote.text) == (12, 12, None, "at least 12")
    assert (injured.low, injured.best, injured.high, injured.quote.text) == (24, None, None, "dozens")
    assert report.size.arrested is None


def test_without_numbers_there_is_no_size() -> None:
    story = Story([AGAIN])
    (report,) = made(story, Groundings(), attack(story, "attacked", "Rebels", "soldiers"))
    assert report.size.killed is report.size.injured is report.size.arrested is None


def test_numbers_of_the_arrested_belong_to_arrests() -> None:
    block = """
    Police police NOUN 2 nsubj
    detained detain VERB 0 root VerbForm=Fin
    twenty twenty NUM 4 nummod
    miners miner NOUN 2 obj
    """
    story = Story([block])
    (report,) = made(story, Groundings(), story.frame("detained", "COERCE"))
    assert report.size.arrested and report.size.arrested.best == 20
    (report,) = made(story, Groundings(), story.frame("detained", "MOBILIZE"))
    assert report.size.arrested is None


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("12", 12),
        ("1,200", 1200),
        ("twenty-one", 21),
        ("two dozen", 24),
        ("3 million", 3_000_000),
        ("three hundred", 300),
        ("two thousand five hundred", 2500),
        ("a dozen", 12),
        ("no", 0),
        ("Tuesday", None),
        ("1.5", None),
    ],
)
def test_numbers(words: str, value: int | None) -> None:
    assert number(words) == value


def test_incidents_join_what_shares_a_party_and_contradicts_nothing() -> None:
    story = Story([KILLED, OTHERS, AGAIN])
    frames = (
        attack(story, "killed", "Rebels", "soldiers"),
        attack(story, "attacked", "Police", "miners"),
        attack(story, "attacked#2", "Rebels#2", "soldiers#2"),
    )
    assert [report.incident for report in made(story, Groundings(), *frames)] == ["e1", "e2", "e1"]
    days = (dt.date(2024, 3, 1), dt.date(2024, 3, 9))
    triggers = (story.span("killed"), story.span("attacked#2"))
    dates = {
        span: Grounding("resolved", DateRange(day, day, "day"), "") for span, day in zip(triggers, days, strict=True)
    }
    apart = made(story, Groundings(dates=dates), *frames)
    assert [report.incident for report in apart] == ["e1", "e2", "e3"]


def test_incidents_know_two_mentions_of_one_party() -> None:
    story = Story([KILLED, AGAIN.replace("Rebels rebel", "Houthis houthi")])
    frames = (
        story.frame("killed", "ASSAULT", actor=["Rebels"]),
        story.frame("attacked", "ASSAULT", actor=["Houthis"]),
    )
    apart = made(story, Groundings(), *frames)
    assert apart[0].recipient and apart[0].incident != apart[1].incident
    party = Grounding("resolved", Actor("Houthis", "YEM", ("REB",)), "")
    known: dict[Span, Grounding[Actor]] = {story.span("Rebels"): party, story.span("Houthis"): party}
    together = made(story, Groundings(actors=known), *frames)
    assert together[0].incident == together[1].incident


def test_reports_come_in_the_order_of_their_triggers_and_ids_are_those_of_decisions() -> None:
    story = Story([KILLED, AGAIN])
    one, two = (
        attack(story, t, a, s) for t, a, s in (("killed", "Rebels", "soldiers"), ("attacked", "Rebels#2", "soldiers#2"))
    )
    first, second = made(story, Groundings(), two, one)
    assert first.trigger.start < second.trigger.start
    weaker = story.frame("killed", "ASSAULT", 0.6, actor=[("Rebels", 0.5)], recipient=[("soldiers", 0.4)])
    (again,) = made(story, Groundings(), weaker)
    assert again.id == first.id
    assert again.confidence != first.confidence


def test_a_bare_mention_takes_up_the_last_event_of_its_type() -> None:
    story = Story([KILLED, "The the DET 2 det\nattack attack NOUN 3 nsubj\nended end VERB 0 root"])
    frames = (attack(story, "killed", "Rebels", "soldiers"), story.frame("attack", "ASSAULT"))
    assert [report.incident for report in made(story, Groundings(), *frames)] == ["e1", "e1"]
    other = (frames[0], story.frame("attack", "PROTEST"))
    assert [report.incident for report in made(story, Groundings(), *other)] == ["e1", "e2"]
