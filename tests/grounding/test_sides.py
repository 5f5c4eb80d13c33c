"""What the other side of talks and visits tells of a party."""

from __future__ import annotations

from polybius.grounding.sides import settled
from polybius.records import Actor, Claim, Filler, Grounding, Span

ANA, HOST, MINISTER = Filler(Span(0, 3)), Filler(Span(4, 12)), Filler(Span(14, 20))
NOBODY: Grounding[Actor] = Grounding("not_found", None, "test")


def of(code: str, name: str = "somebody", method: str = "table") -> Grounding[Actor]:
    return Grounding("resolved", Actor(name, code), "test", method=method)


def visit(actor: tuple[Filler, ...], recipient: tuple[Filler, ...] = ()) -> Claim:
    return Claim(0, Span(30, 33), "CONSULT", ("visit",), actor=actor, recipient=recipient)


def test_who_receives_a_visitor_is_not_of_her_country() -> None:
    who = {ANA.span: of("PER"), MINISTER.span: of("PER", "Lee", "surroundings")}
    found = settled([visit((ANA, MINISTER))], who, lambda _: None, lambda _: ["PER", "CHL"])
    assert [g.target and g.target.code for g in found.values()] == ["PER", "CHL"]


def test_without_another_country_near_it_stays() -> None:
    who = {ANA.span: of("PER"), MINISTER.span: of("PER", "Lee", "surroundings")}
    assert settled([visit((ANA, MINISTER))], who, lambda _: None, lambda _: ["PER"]) == who


def test_what_its_own_words_tell_stays() -> None:
    who = {ANA.span: of("PER"), MINISTER.span: of("PER", "Lee")}
    assert settled([visit((ANA, MINISTER))], who, lambda _: None, lambda _: ["PER", "CHL"]) == who


def test_her_host_is_whom_she_meets() -> None:
    who = {ANA.span: of("PER", "Ana"), HOST.span: NOBODY, MINISTER.span: of("CHL", "Lee")}
    thanks = Claim(1, Span(40, 46), "SUPPORT", actor=(ANA,), recipient=(HOST,))
    found = settled(
        [visit((ANA,), (MINISTER,)), thanks],
        who,
        lambda s: Actor("Lee", "CHL") if s == HOST.span else None,
        lambda _: [],
    )
    assert found[HOST.span].target == Actor("Lee", "CHL")
    assert found[HOST.span].status == "ambiguous"


def test_of_two_hosts_none_is_guessed() -> None:
    other = Filler(Span(21, 25))
    who = {ANA.span: of("PER", "Ana"), HOST.span: NOBODY, MINISTER.span: of("CHL"), other.span: of("BOL")}
    thanks = Claim(1, Span(40, 46), "SUPPORT", actor=(ANA,), recipient=(HOST,))
    claims = [visit((ANA,), (MINISTER,)), visit((ANA,), (other,)), thanks]
    assert (
        settled(claims, who, lambda s: Actor("x", "PER") if s == HOST.span else None, lambda _: [])[HOST.span] == NOBODY
    )
