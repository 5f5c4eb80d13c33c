"""Events from reports: order, increments, copies, persons' verdicts."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import COPY, DAY, FAR, POOL, RAIDERS, VILLAGE, document, killed, report, said_by, story

from polybius.assembly import Assembler, Assembly, Ruling, Source, anchor, assemble, rule
from polybius.assembly.belief import HIGHEST, Voice, belief, supports, voice
from polybius.assembly.cluster import Bonds, Limits, clusters
from polybius.records import Judgement, Verdict


def groups(found: Assembly) -> set[tuple[str, ...]]:
    return {tuple(name.partition("#")[0] for name in event.reports) for event in found.events}


def test_two_articles_on_one_raid_are_one_event() -> None:
    found = assemble([story("a"), story("b"), story("c", "Torvale port strike guild dockers. Words.", **FAR)])
    assert groups(found) == {("a", "b"), ("c",)}
    (raid,) = (event for event in found.events if event.n_reports == 2)
    assert (raid.n_sources, raid.start, raid.actor[0].name, raid.place and raid.place.name) == (
        2,
        DAY,
        "Northern Brigade",
        "Qaldara",
    )


def test_the_same_parties_a_month_later_are_another_event() -> None:
    later = DAY + dt.timedelta(30)
    assert groups(assemble([story("a"), story("b", day=later)])) == {("a",), ("b",)}


def test_dates_chained_over_weeks_are_not_one_event() -> None:
    chain = [story(f"d{n:02}", day=DAY + dt.timedelta(2 * n)) for n in range(15)]
    spans = [event.end - event.start for event in assemble(chain).events if event.start and event.end]
    starts = [[DAY + dt.timedelta(2 * int(name[1:3])) for name in event.reports] for event in assemble(chain).events]
    assert spans
    assert all(max(days) - min(days) <= dt.timedelta(14) for days in starts)


def test_what_is_planned_denied_and_happened_are_events_with_links() -> None:
    done = story("a")
    denied = story("b", status="negated", attribution=(said_by("the brigade", "Northern Brigade", "YEM"),))
    planned = story("c", status="future")
    found = assemble([done, denied, planned])
    by = {event.status: event for event in found.events}
    assert {(link.source, link.target, link.kind) for link in found.links} == {
        (by["negated"].id, by["actual"].id, "denial_of"),
        (by["future"].id, by["actual"].id, "came_true"),
    }
    assert by["actual"].disputed_by == by["negated"].reports
    assert by["future"].disputed_by == ()


def test_a_response_changes_sides_in_one_article() -> None:
    raid = story("a")
    answer = report(raid.document, 50, "ACCUSE", "accused", (VILLAGE,), (RAIDERS,), incident="e2")
    found = assemble([Source(raid.document, (*raid.reports, answer))])
    by = {event.event: event.id for event in found.events}
    assert [(link.source, link.target, link.kind) for link in found.links] == [
        (by["ACCUSE"], by["ASSAULT"], "response_to")
    ]


def test_figures_and_dates_keep_their_spread() -> None:
    one = story("a", size=killed(4), attribution=(said_by("police", None, "YEM"),))
    two = story("b", size=killed(5), day=DAY + dt.timedelta(1))
    (event,) = assemble([one, two]).events
    assert [(figure.best, figure.claimant) for figure in event.figures] == [(4, "YEM"), (5, "b")]
    assert {variant.value for variant in event.dates} == {"2024-05-14/2024-05-14", "2024-05-15/2024-05-15"}


NAMES = [anchor(source.reports[0]) for source in POOL]


def verdict(one: int, two: int, what: Verdict) -> Judgement:
    left, right = sorted((NAMES[one], NAMES[two]))
    return Judgement(left, right, what, "somebody")


VERDICTS = st.lists(
    st.builds(
        verdict,
        st.integers(0, 4),
        st.integers(5, len(POOL) - 1),
        st.sampled_from(["same", "different"]),
    ),
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(st.permutations(POOL), VERDICTS)
def test_the_order_of_documents_does_not_matter(order: list[Source], decisions: list[Judgement]) -> None:
    assert assemble(order, rule(decisions)) == assemble(POOL, rule(decisions))


@settings(max_examples=60, deadline=None)
@given(st.permutations(POOL), st.lists(st.integers(0, len(POOL)), max_size=3), VERDICTS, st.sets(st.integers(0, 8)))
def test_bit_by_bit_is_all_at_once(
    order: list[Source], cuts: list[int], decisions: list[Judgement], gone: set[int]
) -> None:
    """Documents come in parts, some twice, some with other reports first, some go; verdicts come in between."""
    assembler = Assembler()
    for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(order)], strict=True):
        assembler.add(order[start:end])
        assembler.add(Source(source.document) for source in order[start : start + 1])
        assembler.add(order[start : start + 1])
        assembler.assembly(rule(decisions[:1]))
    assembler.remove(POOL[n].document.id for n in gone)
    left = [source for n, source in enumerate(POOL) if n not in gone]
    last = assembler.assembly(rule(decisions))
    assert repr(last) == repr(assemble(left, rule(decisions)))
    assert repr(assembler.assembly(rule(decisions))) == repr(last)


@settings(max_examples=60, deadline=None)
@given(VERDICTS)
def test_a_person_wins(decisions: list[Judgement]) -> None:
    ruling = rule(decisions)
    home = {name: event.id for event in assemble(POOL, ruling).events for name in event.reports}
    assert all(home[one] != home[two] for one, two in ruling.apart)
    assert all(len({home[name] for name in group}) == 1 for group in ruling.together)
    if decisions:
        last = decisions[-1]
        assert (home[last.left] == home[last.right]) == (last.verdict == "same")


def test_a_verdict_splits_the_reports_of_one_article() -> None:
    written = document("a", "Qaldara raid Brigade villagers dawn.")
    two = tuple(report(written, at, actor=(RAIDERS,), recipient=(VILLAGE,)) for at in (0, 40))
    source = Source(written, two)
    assert len(assemble([source]).events) == 1
    left, right = sorted(map(anchor, two))
    ruling = rule([Judgement(left, right, "different", "somebody")])
    assert len(assemble([source], ruling).events) == 2


def test_verdicts_that_contradict_leave_the_later() -> None:
    same, different = verdict(0, 5, "same"), verdict(0, 5, "different")
    assert rule([same, different]).together == ()
    assert rule([different, same]).apart == frozenset()
    chain = [verdict(0, 5, "different"), verdict(0, 6, "same"), verdict(1, 6, "same"), verdict(1, 5, "same")]
    assert rule(chain).apart == frozenset()
    assert rule(chain).together == (tuple(sorted((NAMES[0], NAMES[1], NAMES[5], NAMES[6]))),)


def test_a_verdict_on_what_is_gone_binds_nobody() -> None:
    ruling = Ruling((("gone#x", NAMES[0]),), frozenset({("gone#x", NAMES[1])}))
    assert groups(assemble(POOL, ruling)) == groups(assemble(POOL))


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from("bcdefgh"), min_size=1), st.sampled_from([None, "Harbour Courier"]))
def test_copies_of_one_origin_never_raise_belief(ids: set[str], publisher: str | None) -> None:
    (alone,) = assemble([story("a", COPY)]).events
    (event,) = assemble([story("a", COPY), *(story(id, COPY, publisher=publisher) for id in sorted(ids))]).events
    assert event.n_reports == 1 + len(ids)
    assert (event.belief, event.n_sources) == (alone.belief, 1)


VOICES = st.lists(
    st.builds(Voice, st.sampled_from("ABCDE"), st.sampled_from("xyz"), st.sampled_from([0.1, 0.2, 0.3])), min_size=1
)


@given(VOICES, VOICES)
def test_belief_grows_and_stays_below_one(some: list[Voice], more: list[Voice]) -> None:
    before, after = belief(supports(some)), belief(supports(some + more))
    assert 0 < before <= after <= HIGHEST < 1
    assert belief(supports(some + some)) == before
    claimants = {one.claimant for one in some}
    least = min(one.systematic for one in some)
    assert before <= round(1 - least ** len(claimants), 3)


def test_one_claimant_is_capped_however_many_quote_him() -> None:
    quoted = [Voice("ministry", f"text {n}", 0.2) for n in range(50)]
    assert belief(supports(quoted)) <= 0.8
    assert belief(supports([Voice("ministry", "text", 0.2), Voice("witness", "text", 0.3)])) > 0.79


def test_whoever_repeats_an_agency_adds_no_source() -> None:
    texts = [story(id, publisher=p, attribution=by) for id, p, by in (
        ("a", "Reuters", ()),
        ("b", "Harbour Courier", (said_by("Reuters"),)),
        ("c", "Torvale Post", (said_by("the Reuters news agency"),)),
    )]  # fmt: skip
    (event,) = assemble(texts).events
    assert (event.n_reports, event.n_sources, event.supports[0].origins) == (3, 1, ("Reuters",))


def test_who_is_one_claimant() -> None:
    known = [story(id, attribution=(said_by("the ministry", "Interior Ministry", "YEM"),)).reports[0] for id in "ab"]
    unknown = [story(id, attribution=(said_by("witnesses"),)).reports[0] for id in "ab"]
    assert len({voice(r, r.document.id).claimant for r in known}) == 1
    assert len({voice(r, r.document.id).claimant for r in unknown}) == 2


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(0, 6), st.integers(0, 6)), st.integers(-3000, 3000)), st.randoms())
def test_clustering_does_not_depend_on_order(found: dict[tuple[int, int], int], chance: random.Random) -> None:
    scores = {(f"n{a}", f"n{b}"): points for (a, b), points in found.items() if a < b}
    days = {f"n{n}": DAY + dt.timedelta(4 * n) if n % 2 else None for n in range(7)}
    limits, bonds = Limits(0, -2000, 14), Bonds((("n0", "n3"),), frozenset({("n1", "n2")}))
    once = clusters(days, scores, limits, bonds)
    items, keys = list(scores.items()), list(days)
    chance.shuffle(items)
    chance.shuffle(keys)
    assert clusters({key: days[key] for key in keys}, dict(items), limits, bonds) == once
    home = {name: at for at, group in enumerate(once) for name in group}
    assert home["n0"] == home["n3"]
    assert home["n1"] != home["n2"]
    for group in once:
        known = [day for name in group if (day := days[name])]
        assert not known or max(known) - min(known) <= dt.timedelta(14)


def test_average_linkage_by_hand() -> None:
    days = dict.fromkeys("abcd")
    scores = {("a", "b"): 3000, ("b", "c"): 2000, ("a", "c"): -1000, ("c", "d"): 100}
    limits = Limits(0, -2000, 14)
    # a+b at 3; then {a,b} with c at (2 − 1) / 2; then d against three: (0.1 − 2 − 2) / 3
    assert clusters(days, scores, limits, Bonds()) == [["a", "b", "c"], ["d"]]
    assert clusters(days, scores, limits, Bonds(apart=frozenset({("a", "c")}))) == [["a", "b"], ["c", "d"]]


@pytest.mark.parametrize("reports", [(), (0,)])
def test_documents_without_reports_or_text(reports: tuple[int, ...]) -> None:
    empty = document("z", " ")
    made = tuple(report(empty, actor=(RAIDERS,)) for _ in reports)
    assert len(assemble([Source(empty, made)]).events) == len(reports)
    assert assemble([]).events == ()
