"""ECB+ articles as they are read: a made-up one."""

from xml.etree import ElementTree

from ecb import article

MADE_UP = """<Document>
<token t_id="1" sentence="0">http</token><token t_id="2" sentence="0">:</token>
<token t_id="3" sentence="1">Rebels</token><token t_id="4" sentence="1">attacked</token><token t_id="5" sentence="1">.</token>
<token t_id="6" sentence="2">The</token><token t_id="7" sentence="2">raid</token><token t_id="8" sentence="2">failed</token>
<Markables>
<ACTION_OCCURRENCE m_id="1"><token_anchor t_id="4"/></ACTION_OCCURRENCE>
<ACTION_OCCURRENCE m_id="2"><token_anchor t_id="7"/></ACTION_OCCURRENCE>
<NEG_ACTION_OCCURRENCE m_id="3"><token_anchor t_id="8"/></NEG_ACTION_OCCURRENCE>
<HUMAN_PART_PER m_id="4"><token_anchor t_id="3"/></HUMAN_PART_PER>
<ACTION_OCCURRENCE m_id="5" RELATED_TO="" TAG_DESCRIPTOR="raid" instance_id="ACT1"/>
</Markables>
<Relations><CROSS_DOC_COREF r_id="9"><source m_id="1"/><source m_id="2"/><target m_id="5"/></CROSS_DOC_COREF></Relations>
</Document>"""


def read(valid: set[int]) -> list[tuple[str, str]]:
    found = article(ElementTree.fromstring(MADE_UP), "1_1ecbplus", 1, {("1_1ecbplus", number) for number in valid})
    assert found.document.text == "Rebels attacked.\nThe raid failed"
    assert found.subtopic == "1ecb+"
    return [(mention.span.of(found.document.text), mention.instance) for mention in found.mentions]


def test_mentions_have_their_words_and_instances() -> None:
    assert read({1, 2}) == [("attacked", "ACT1"), ("raid", "ACT1"), ("failed", "1_1ecbplus 3")]


def test_only_validated_sentences_count() -> None:
    assert read({1}) == [("attacked", "ACT1")]
