"""Statuses, modes and the conventions of the codebook."""

import pytest
from hand import Story

from polybius.records import Frame, TraceEntry

VISIT = """
Erdogan Erdogan PROPN 2 nsubj
visited visit VERB 0 root VerbForm=Fin
Kyiv Kyiv PROPN 2 obj
"""
RECEIVED = """
Kyiv Kyiv PROPN 2 nsubj
received receive VERB 0 root VerbForm=Fin
Erdogan Erdogan PROPN 2 obj
"""


def carried(words: str, lemma: str = "", upos: str = "AUX", relation: str = "aux") -> Story:
    """Maliki <words> meet Assad."""
    block = f"""
    Maliki Maliki PROPN 3 nsubj
    {words} {lemma or words} {upos} 3 {relation}
    meet meet VERB 0 root VerbForm=Inf
    Assad Assad PROPN 3 obj
    """
    return Story([block])


def test_the_guest_is_actor_and_the_host_recipient() -> None:
    for story, trigger in ((Story([VISIT]), "visited"), (Story([RECEIVED]), "received")):
        first, second = ("Erdogan", "Kyiv") if trigger == "visited" else ("Kyiv", "Erdogan")
        claim = story.claim(trigger, "CONSULT", modes=(("visit", 0.9),), actor=[first], recipient=[second])
        assert (story.said(claim.actor), story.said(claim.recipient)) == (["Erdogan"], ["Kyiv"])
        assert claim.modes == ("visit",)


def test_a_meeting_without_host_has_actors_only() -> None:
    story = Story([VISIT])
    claim = story.claim("visited", "CONSULT", actor=["Erdogan"], recipient=["Kyiv"])
    assert (story.said(claim.actor), claim.recipient) == (["Erdogan", "Kyiv"], ())


@pytest.mark.parametrize(
    ("story", "status"),
    [
        (carried("will"), "future"),
        (carried("might"), "hypothetical"),
        (carried("never", upos="ADV", relation="advmod"), "negated"),
        (carried("often", upos="ADV", relation="advmod"), "actual"),
    ],
)
def test_words_around_the_trigger_outweigh_a_sure_reader(story: Story, status: str) -> None:
    assert story.claim("meet", "CONSULT", actor=["Maliki"]).status == status


def test_could_decides_only_where_the_reader_doubts() -> None:
    story = carried("could")
    sure = story.claim("meet", "CONSULT", statuses=(("actual", 0.99), ("hypothetical", 0.01)))
    doubtful = story.claim("meet", "CONSULT", statuses=(("actual", 0.8), ("hypothetical", 0.2)))
    assert (sure.status, doubtful.status) == ("actual", "hypothetical")


def test_the_reader_is_believed_without_evidence_and_history_is_left_to_it() -> None:
    story = Story([VISIT])
    claim = story.claim("visited", "CONSULT", statuses=(("historical", 0.7), ("actual", 0.3)))
    assert claim.status == "historical"


def test_a_refusal_in_the_negative_is_an_actual_refusal() -> None:
    assert carried("not", upos="PART", relation="advmod").claim("meet", "REJECT").status == "actual"


def test_plans_and_denials_above_the_trigger() -> None:
    for verb, status in (("plans", "future"), ("denied", "negated"), ("considered", "hypothetical")):
        lemma = {"plans": "plan", "denied": "deny", "considered": "consider"}[verb]
        block = f"""
        Maliki Maliki PROPN 2 nsubj
        {verb} {lemma} VERB 0 root VerbForm=Fin
        to to PART 4 mark
        bomb bomb VERB 2 xcomp VerbForm=Inf
        Assad Assad PROPN 4 obj
        """
        claim = Story([block]).claim("bomb", "ASSAULT", statuses=(("actual", 0.7), ("hypothetical", 0.3)))
        assert claim.status == status


def test_talks_that_will_be_held() -> None:
    block = """
    Talks talk NOUN 4 nsubj:pass
    will will AUX 4 aux
    be be AUX 4 aux:pass
    held hold VERB 0 root VerbForm=Part
    """
    claim = Story([block]).claim("Talks", "CONSULT")
    assert (claim.status, claim.event) == ("future", "AGREE")


@pytest.mark.parametrize(
    ("event", "becomes"),
    [("CONSULT", "AGREE"), ("SUPPORT", "AGREE"), ("AID", "AGREE"), ("RETREAT", "CONCEDE"), ("ASSAULT", "ASSAULT")],
)
def test_what_is_still_to_come(event: str, becomes: str) -> None:
    claim = carried("will").claim("meet", event, actor=["Maliki"], recipient=["Assad"])
    assert (claim.event, claim.status) == (becomes, "future")


def test_an_announced_resignation_stays_one() -> None:
    claim = carried("will").claim("meet", "RETREAT", modes=(("resign", 0.9),))
    assert (claim.event, claim.modes) == ("RETREAT", ("resign",))


def test_modes_are_those_of_the_type_and_dropped_ones_are_traced() -> None:
    story, trace = Story([VISIT]), list[TraceEntry]()
    modes = (("visit", 0.9), ("strike", 0.8), ("phone", 0.1))
    (claim,) = story.claims(story.frame("visited", "CONSULT", modes=modes), trace=trace)
    assert claim.modes == ("visit",)
    assert any(entry.rule == "mode" and "strike" in entry.detail for entry in trace)


def test_a_missing_recipient_lowers_confidence() -> None:
    story = Story([VISIT])
    alone = story.claim("visited", "AID", actor=["Erdogan"])
    whole = story.claim("visited", "AID", actor=["Erdogan"], recipient=["Kyiv"])
    assert dict(alone.confidence)["event"] < dict(whole.confidence)["event"]


def test_unknown_types_are_dropped_with_a_reason() -> None:
    story, trace = Story([VISIT]), list[TraceEntry]()
    assert story.claims(story.frame("visited", "PICNIC"), trace=trace) == ()
    assert trace[0].verdict == "dropped"


def test_one_trigger_and_type_gives_one_claim_with_the_fillers_of_both() -> None:
    story = Story([VISIT])
    frames: list[Frame] = [
        story.frame("visited", "CONSULT", modes=(("visit", 0.9),), actor=["Erdogan"]),
        story.frame("visited Kyiv", "CONSULT", 0.5, modes=(("visit", 0.9),), recipient=["Kyiv"]),
        story.frame("visited", "AGREE"),
    ]
    found = story.claims(*frames)
    assert [claim.event for claim in found] == ["AGREE", "CONSULT"]
    assert (story.said(found[1].actor), story.said(found[1].recipient)) == (["Erdogan"], ["Kyiv"])


def test_contexts_come_from_the_report_and_from_modes() -> None:
    story = Story([VISIT], contexts=(("military", 0.9), ("economic", 0.2), ("gossip", 0.9)))
    assert story.claim("visited", "CONSULT").contexts == ("military",)
