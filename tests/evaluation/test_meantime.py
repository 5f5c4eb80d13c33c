"""MEANTIME, read and scored by hand: a made-up article."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from polybius.evaluation.counts import Count
from polybius.evaluation.gold import Mark, MarkedText, Party
from polybius.evaluation.meantime import is_meantime, read_meantime, score_meantime

MADE_UP = """<?xml version="1.0" ?><Document doc_id="7">
<token sentence="0" t_id="1">Rebels</token><token sentence="0" t_id="2">attacked</token><token sentence="0" t_id="3">Lima</token>
<token sentence="0" t_id="4">on</token><token sentence="0" t_id="5">Monday</token><token sentence="0" t_id="6">.</token>
<token sentence="1" t_id="7">The</token><token sentence="1" t_id="8">raid</token><token sentence="1" t_id="9">may</token>
<token sentence="1" t_id="10">fail</token>
<token sentence="2" t_id="11">It</token><token sentence="2" t_id="12">ended</token>
<Markables>
<EVENT_MENTION m_id="1" certainty="CERTAIN" polarity="POS" time="NON_FUTURE" special_cases="NONE"><token_anchor t_id="2"/></EVENT_MENTION>
<EVENT_MENTION m_id="2" certainty="CERTAIN" polarity="NEG" time="NON_FUTURE" special_cases="NONE"><token_anchor t_id="8"/></EVENT_MENTION>
<EVENT_MENTION m_id="3" certainty="POSSIBLE" polarity="POS" time="FUTURE" special_cases="NONE"><token_anchor t_id="10"/></EVENT_MENTION>
<EVENT_MENTION m_id="4"><token_anchor t_id="12"/></EVENT_MENTION>
<ENTITY_MENTION m_id="5"><token_anchor t_id="1"/></ENTITY_MENTION>
<ENTITY_MENTION m_id="6"><token_anchor t_id="3"/></ENTITY_MENTION>
<TIMEX3 m_id="8" functionInDocument="NONE" type="DATE" value="2024-03-11"><token_anchor t_id="5"/></TIMEX3>
<TIMEX3 m_id="9" functionInDocument="CREATION_TIME" type="DATE" value="2024-03-15"/>
<EVENT m_id="20"/>
</Markables>
<Relations>
<HAS_PARTICIPANT sem_role="Arg0"><source m_id="1"/><target m_id="5"/></HAS_PARTICIPANT>
<HAS_PARTICIPANT sem_role="Arg1"><source m_id="1"/><target m_id="6"/></HAS_PARTICIPANT>
<TLINK reltype="IS_INCLUDED"><source m_id="1"/><target m_id="8"/></TLINK>
<REFERS_TO><source m_id="1"/><source m_id="2"/><target m_id="20"/></REFERS_TO>
</Relations></Document>"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "7_made_up.xml"
    file.write_text(MADE_UP)
    return file


def test_an_article_has_its_text_its_day_and_its_mentions(path: Path) -> None:
    (article,) = read_meantime(path)
    text = article.document.text
    assert text == "Rebels attacked Lima on Monday.\nThe raid may fail\nIt ended"
    assert article.document.published == dt.date(2024, 3, 15)
    assert [text[slice(*m.trigger)] for m in article.mentions] == ["attacked", "raid", "fail", "ended"]
    assert [m.status for m in article.mentions] == ["actual", "negated", "hypothetical", None]
    attack, raid, *_ = article.mentions
    assert {label: [text[slice(*s)] for s in spans] for label, spans in attack.roles.items()} == {
        "Arg0": ["Rebels"],
        "Arg1": ["Lima"],
    }
    assert attack.day == dt.date(2024, 3, 11)
    assert attack.chain == raid.chain == "20"
    assert text[: article.end].endswith("fail")


def coded(path: Path) -> MarkedText:
    text = read_meantime(path)[0].document.text

    def mark(words: str, **more: object) -> Mark:
        start = text.index(words)
        return Mark("ASSAULT", (start, start + len(words)), incident="i1", **more)  # type: ignore[arg-type]

    day = dt.date(2024, 3, 11)
    first = mark(
        "attacked",
        status="historical",
        days=(day, day),
        roles={"actor": (Party((0, 6)),), "recipient": (Party((0, 6)),)},
    )
    return MarkedText("7_made_up", (first, mark("raid", status="actual"), mark("may", status="actual"), mark("It")))


def test_coded_events_are_scored_on_what_is_marked(path: Path) -> None:
    counts = score_meantime(read_meantime(path)[0], coded(path))
    assert counts["coded event is one"] == Count(2, 3, 3)  # "may" is none; "It" stands where not all is marked
    assert counts["status"] == Count(1, 2, 2)  # what is historical counts as actual
    assert counts["statuses/negated"] == Count(0, 0, 1)
    assert counts["actor (span)"] == Count(1, 1, 1)
    assert counts["recipient takes part"] == Count(1, 1, 1)
    assert counts["day"] == Count(1, 1, 1)
    assert counts["same event (links)"] == Count(1, 1, 1)


def test_other_xml_is_told_and_other_files_are_no_meantime(tmp_path: Path) -> None:
    other, gold = tmp_path / "other.xml", tmp_path / "gold.txt"
    other.write_text("<Document><token/></Document>")
    gold.write_text("# id: x\n")
    assert is_meantime(other)
    assert not is_meantime(gold)
    with pytest.raises(ValueError, match="other: no MEANTIME article"):
        read_meantime(other)
