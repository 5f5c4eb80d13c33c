"""Talks in the country of one side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from polybius.coding.hosts import once_each, with_host, without_self
from polybius.records import Actor, Claim, Filler, Grounding, Groundings, Place, Span

GUEST, HOST, PLACE = Filler(Span(0, 5)), Filler(Span(10, 15)), Filler(Span(20, 25))


def groundings(guest: str | None, host: str | None, country: str | None) -> Groundings:
    def actor(code: str | None) -> Grounding[Actor]:
        return Grounding("resolved" if code else "ambiguous", Actor("somebody", code), "test")

    where: Grounding[Place] = Grounding("resolved", Place("somewhere", country), "test")
    return Groundings({GUEST.span: actor(guest), HOST.span: actor(host)}, {PLACE.span: where}, {})


def meeting(modes: tuple[str, ...] = (), recipient: tuple[Filler, ...] = ()) -> Claim:
    return Claim(0, Span(6, 9), "CONSULT", modes, actor=(GUEST, HOST), recipient=recipient, place=(PLACE,))


def test_the_host_is_recipient_and_the_guest_visits() -> None:
    claim = with_host(meeting(), groundings("PER", "CHL", "CHL"))
    assert (claim.actor, claim.recipient, claim.modes) == ((GUEST,), (HOST,), ("visit",))


@pytest.mark.parametrize(
    ("guest", "host", "country"),
    [("PER", "CHL", "CHE"), ("CHL", "CHL", "CHL"), (None, "CHL", "CHL"), ("PER", "CHL", None)],
    ids=["on neutral ground", "at home", "somebody unknown", "place unknown"],
)
def test_other_meetings_stay_as_they_are(guest: str | None, host: str | None, country: str | None) -> None:
    assert with_host(meeting(), groundings(guest, host, country)) == meeting()


def test_what_has_a_mode_or_a_recipient_is_left_alone() -> None:
    known = groundings("PER", "CHL", "CHL")
    for claim in (meeting(modes=("phone",)), meeting(recipient=(HOST,))):
        assert with_host(claim, known) == claim


def known(*people: tuple[Filler, str]) -> Groundings:
    found = {f.span: Grounding("resolved", Actor(name, "PER", (), f"id:{name}"), "test") for f, name in people}
    return Groundings(found, {}, {})


def test_nobody_acts_upon_himself() -> None:
    claim = Claim(0, Span(6, 9), "AGREE", actor=(GUEST,), recipient=(HOST,))
    assert without_self(claim, known((GUEST, "Ana"), (HOST, "Ana"))).recipient == ()
    assert without_self(claim, known((GUEST, "Ana"), (HOST, "Eva"))) == claim


def test_of_two_actors_the_one_who_suffers_is_not_believed() -> None:
    claim = Claim(0, Span(6, 9), "ASSAULT", actor=(GUEST, PLACE), recipient=(HOST,))
    assert without_self(claim, known((GUEST, "Ana"), (PLACE, "Eva"), (HOST, "Ana"))).actor == (PLACE,)


def test_descriptions_that_name_nobody_may_stand_on_both_sides() -> None:
    claim = Claim(0, Span(6, 9), "ASSAULT", actor=(GUEST,), recipient=(HOST,))
    somebody = Grounding("ambiguous", Actor("a man", "PER", ("CVL",)), "test")
    assert without_self(claim, Groundings({GUEST.span: somebody, HOST.span: somebody}, {}, {})) == claim


def test_two_phrases_for_one_person_are_one_party() -> None:
    people = known((GUEST, "Ana"), (HOST, "Ana"), (PLACE, "Eva"))
    assert once_each((GUEST, replace(HOST, score=1.5), PLACE), people) == (replace(HOST, score=1.5), PLACE)


def test_a_government_does_not_act_upon_its_own_state() -> None:
    minister = Grounding("resolved", Actor("a minister", "PER", ("GOV",)), "test", method="possessor")
    peru = Grounding("resolved", Actor("Peru", "PER", ("GOV",), "Q419"), "test", method="state")
    claim = Claim(0, Span(6, 9), "THREATEN", actor=(GUEST,), recipient=(HOST,))
    assert without_self(claim, Groundings({GUEST.span: minister, HOST.span: peru}, {}, {})).recipient == ()
    rebels = replace(minister, target=Actor("rebels", "PER", ("REB",)))
    assert without_self(claim, Groundings({GUEST.span: rebels, HOST.span: peru}, {}, {})) == claim
