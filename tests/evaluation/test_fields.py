"""Every scorer on answers worked out by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from texts import mark, party, text

from polybius.evaluation import fields
from polybius.evaluation.counts import Count
from polybius.evaluation.gold import Mark, Spot
from polybius.evaluation.pairs import align, head, same_entity


def test_marks_are_paired_by_type_and_trigger_and_then_by_trigger_alone() -> None:
    gold = text(mark("AID", (0, 4)), mark("ASSAULT", (10, 14)), mark("AID", (20, 24)))
    coded = text(mark("COERCE", (0, 4)), mark("AID", (2, 6)), mark("COERCE", (10, 14)), mark("AID", (40, 44)))
    found = align(gold, coded)
    assert [(p.gold.trigger, p.coded.trigger) for p in found.same] == [((0, 4), (2, 6))]
    assert [(p.gold.event, p.coded.event) for p in found.other] == [("ASSAULT", "COERCE")]
    assert [m.trigger for m in found.missed] == [(20, 24)]
    assert [m.trigger for m in found.spurious] == [(0, 4), (40, 44)]
    assert fields.triggers(gold, coded, found) == {
        "trigger and type": Count(1, 4, 3),
        "trigger": Count(2, 4, 3),
        "types/AID": Count(1, 2, 2),
        "types/ASSAULT": Count(0, 0, 1),
        "types/COERCE": Count(0, 2, 0),
    }


def test_equal_marks_are_told_apart() -> None:
    gold = text(mark("AID", (0, 4)), mark("AID", (0, 4)))
    assert len(align(gold, text(mark("AID", (0, 4)))).missed) == 1


def test_types_of_a_sentence_need_no_trigger() -> None:
    sentences = ((0, 20), (21, 40))
    gold = text(mark("AID", (0, 4)), mark("AID", (6, 9)), mark("REJECT", (21, 25)), sentences=sentences)
    coded = text(mark("AID", (15, 19)), mark("AID", (30, 34)), mark("REJECT", (90, 94)))
    assert fields.types_of_sentences(gold, coded) == {"type of sentence": Count(1, 3, 2)}


def test_false_events_are_counted_in_sentences_without_events() -> None:
    gold = text(mark("AID", (0, 4)), sentences=((0, 20), (21, 40), (41, 60)))
    coded = text(mark("REJECT", (5, 9)), mark("AID", (21, 25)), mark("REJECT", (30, 34)))
    assert fields.quiet_sentences(gold, coded) == {"false events in quiet sentences": Count(2, 2, 2)}


def test_modes_agree_as_a_set() -> None:
    gold = text(*(mark("CONSULT", (i, i + 4), modes=m) for i, m in ((0, ("visit",)), (10, ("visit",)), (20, ()))))
    coded = text(
        *(mark("CONSULT", (i, i + 4), modes=m) for i, m in ((0, ("visit",)), (10, ("visit", "phone")), (20, ())))
    )
    assert fields.modes(align(gold, coded)) == {"mode": Count(2, 3, 3)}


def test_statuses_count_on_right_triggers() -> None:
    gold = text(mark("AID", (0, 4), "actual"), mark("AID", (10, 14), "future"), mark("REJECT", (20, 24), "negated"))
    coded = text(mark("AID", (0, 4), "actual"), mark("AID", (10, 14), "actual"), mark("AID", (20, 24), "negated"))
    assert fields.statuses(align(gold, coded)) == {
        "status": Count(1, 2, 2),
        "statuses/actual": Count(1, 2, 1),
        "statuses/future": Count(0, 0, 1),
    }


def test_contexts_are_those_of_the_whole_text() -> None:
    gold = text(contexts=frozenset({"military", "diplomatic"}))
    coded = text(contexts=frozenset({"military", "crime", "legal"}))
    assert fields.contexts(gold, coded) == {"context": Count(1, 3, 2)}
    assert fields.contexts(text(), coded) == {}


def test_roles_by_share_of_characters_and_by_head() -> None:
    # "the prime minister of Chad" against "the prime minister": 18 of 26 characters, one head.
    whole, part = party((0, 26), "the prime minister of Chad"), party((0, 18), "the prime minister")
    # "Chad" against "the army of Chad": 4 of 16 characters and another head.
    chad, army = party((40, 44), "Chad"), party((28, 44), "the army of Chad")
    gold = text(mark("AID", (50, 54), actor=[whole], recipient=[chad]))
    coded = text(mark("AID", (50, 54), actor=[part, party((60, 64), "Mali")], recipient=[army]))
    counts = fields.roles(align(gold, coded))
    assert (counts["actor (span)"], counts["actor (head)"]) == (Count(1, 2, 1), Count(1, 2, 1))
    assert (counts["recipient (span)"], counts["recipient (head)"]) == (Count(0, 1, 1), Count(0, 1, 1))
    assert counts["by (span)"] == Count()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("the prime minister of Chad", "minister"),
        ("Norway's government", "government"),
        ("Norway's", "Norway"),
        ("Kim, the leader", "Kim"),
        ("soldiers and police", "soldiers"),
        ("of", "of"),
        ("“rebels”", "rebels"),
    ],
)
def test_the_head_of_a_phrase_is_found_by_its_form(words: str, found: str) -> None:
    start, end = head((7, 7 + len(words)), words)
    assert words[start - 7 : end - 7] == found


def test_a_role_that_the_gold_leaves_out_does_not_count() -> None:
    gold = text(Mark("AID", (0, 4), roles={"actor": ()}))
    coded = text(mark("AID", (0, 4), actor=[party((6, 8))], place=[party((9, 12))]))
    counts = fields.roles(align(gold, coded))
    assert (counts["actor (span)"], counts["place (span)"]) == (Count(0, 1, 0), Count())


def test_type_actor_and_recipient_must_all_be_right() -> None:
    a, b, c = party((0, 4)), party((10, 14)), party((20, 24))
    gold = text(mark("AID", (5, 9), actor=[a], recipient=[b]), mark("AID", (30, 34), actor=[a]), mark("AID", (40, 44)))
    coded = text(
        mark("AID", (5, 9), actor=[a], recipient=[b]), mark("AID", (30, 34), actor=[a, c]), mark("REJECT", (50, 54))
    )
    assert fields.sides(gold, coded, align(gold, coded)) == {"type, actor and recipient": Count(1, 3, 3)}


def test_implicit_fillers_are_the_same_by_name() -> None:
    gold = text(mark("AID", (0, 4), actor=[party(None, names=("norway", "oslo"))], recipient=[party((6, 9))]))
    coded = text(mark("AID", (0, 4), actor=[party(None, "Oslo")], recipient=[party(None, "Chad")]))
    assert fields.implicit(align(gold, coded)) == {"implicit fillers": Count(1, 2, 1)}


def test_sources_overlap_and_claimants_are_entities() -> None:
    gold = text(
        mark("AID", (0, 4), by=[party((10, 20), "a spokesman", names=("interfax",))]),
        mark("AID", (30, 34), by=[party((40, 42), "", names=("vladimir putin", "putin"))]),
        mark("AID", (50, 54)),
    )
    coded = text(
        mark("AID", (0, 4), by=[party((18, 25), "the agency")]),
        mark("AID", (30, 34), by=[party(None, "Putin")]),
        mark("AID", (50, 54), by=[party((60, 64), "Chad")]),
    )
    assert fields.sources(align(gold, coded)) == {"source (overlap)": Count(1, 2, 2), "claimant": Count(1, 3, 2)}


def test_entities_are_the_same_by_any_name() -> None:
    assert same_entity(party(None, names=("kim", "kim jong un")), party(None, names=("he", "kim jong un"))) == 1
    assert same_entity(party(None, names=("kim",)), party(None, names=("putin",))) == 0


def test_codes_and_sectors_count_on_fillers_that_were_found() -> None:
    gold = text(mark("AID", (0, 4), actor=[party((10, 14), "", "NOR", "GOV", "MIL"), party((20, 24), "", None)]))
    coded = text(
        mark("AID", (0, 4), actor=[party((10, 14), "", "NOR", "MIL", "COP"), party((20, 24), "", "SWE", "CVL")])
    )
    counts = fields.codes(align(gold, coded))
    assert (counts["actor code"], counts["actor sector"]) == (Count(1, 2, 2), Count(1, 2, 2))
    assert (counts["recipient code"], counts["recipient sector"]) == (Count(), Count())


def test_a_phrase_for_two_entities_has_no_code_of_its_own() -> None:
    both = [party((10, 14), "", "NOR"), party((10, 14), "", "SWE")]
    counts = fields.codes(align(text(mark("AID", (0, 4), actor=both)), text(mark("AID", (0, 4), actor=both[:1]))))
    assert counts["actor code"] == Count()


def test_places_are_right_by_country_and_within_161_km() -> None:
    bergen, oslo, voss = Spot("NOR", 60.39, 5.32), Spot("NOR", 59.91, 10.75), Spot("NOR", 60.63, 6.42)
    marks = [replace(mark("AID", (i, i + 4)), spots=(bergen,)) for i in (0, 10, 20)]
    found = [(oslo,), (voss,), None]
    coded = [replace(mark("AID", (10 * i, 10 * i + 4)), spots=spots) for i, spots in enumerate(found)]
    assert fields.places(align(text(*marks), text(*coded))) == {
        "place country": Count(2, 3, 3),
        "place within 161 km": Count(1, 3, 3),
    }


def test_dates_are_right_from_first_to_last_day() -> None:
    day, next_day = dt.date(2024, 3, 15), dt.date(2024, 3, 16)
    marks = [
        replace(mark("AID", (i, i + 4)), days=days) for i, days in ((0, (day, day)), (10, (day, next_day)), (20, None))
    ]
    coded = [replace(mark("AID", (i, i + 4)), days=(day, day)) for i in (0, 10, 20)]
    assert fields.dates(align(text(*marks), text(*coded))) == {"date from and to": Count(1, 2, 2)}


def test_events_of_one_article_are_linked_in_pairs() -> None:
    # Gold a a a b: three links. Coded x x y y: two links, of which one is right.
    gold = text(*(mark("AID", (10 * i, 10 * i + 4), incident=label) for i, label in enumerate("aaab")))
    coded = text(*(mark("AID", (10 * i, 10 * i + 4), incident=label) for i, label in enumerate("xxyy")))
    assert fields.incidents(align(gold, coded)) == {"same event (links)": Count(1, 2, 3)}


def test_each_event_is_in_the_budget_under_its_first_fault() -> None:
    a, b = party((100, 104), "", "NOR"), party((110, 114), "", "SWE")
    wrong = party((100, 104), "", "CHN")
    gold = text(
        mark("AID", (0, 4), actor=[a]),
        mark("AID", (10, 14), "future", actor=[a]),
        mark("AID", (20, 24), actor=[a], recipient=[b]),
        mark("AID", (30, 34), actor=[a]),
        mark("AID", (40, 44), actor=[a], by=[b]),
        mark("AID", (50, 54)),
        mark("AID", (60, 64)),
    )
    coded = text(
        mark("AID", (0, 4), actor=[a]),
        mark("AID", (10, 14), actor=[a]),
        mark("AID", (20, 24), actor=[a]),
        mark("AID", (30, 34), actor=[wrong]),
        mark("AID", (40, 44), actor=[a]),
        mark("REJECT", (50, 54)),
        mark("REJECT", (90, 94)),
    )
    found = fields.budget(gold, align(gold, coded))
    assert {name: count.right for name, count in found.items()} == {f"budget/{name}": 1 for name in fields.BUDGET}
    assert {count.gold for count in found.values()} == {7}


def test_what_becomes_of_each_field() -> None:
    lima, rome = (0, 4), (10, 14)
    gold = text(
        mark(
            "AID",
            (20, 24),
            actor=(party(lima, "lima", "PER"),),
            recipient=(party(rome, "rome", "ITA"),),
            modes=("a", "b"),
        ),
        mark("REJECT", (30, 34)),
        mark("ACCUSE", (40, 44)),
    )
    coded = text(
        mark(
            "AID", (20, 24), "future", actor=(party(lima, "lima", "CHL"), party(rome, "rome", "ITA")), modes=("b", "c")
        ),
        mark("COERCE", (40, 44)),
        mark("COERCE", (50, 54)),
    )
    found = fields.field_budget(gold, align(gold, coded))
    shown = {name.removeprefix("fields/"): (count.right, count.gold) for name, count in found.items() if count.right}
    assert shown == {
        "type/right": (1, 3),
        "type/missed": (1, 3),
        "type/spurious": (1, 3),
        "type/wrong type": (1, 3),
        "status/wrong status": (1, 1),
        "mode/right": (1, 2),
        "mode/missed": (1, 2),
        "mode/spurious": (1, 2),
        "actor/wrong grounding": (1, 1),
        "actor/spurious": (1, 1),
        "recipient/wrong role": (1, 1),
    }
