"""Raw text of treebank documents, and readings written as CoNLL-U."""

import gzip
from pathlib import Path

import pytest
from conllu import documents, gold_conllu, system_conllu

from polybius.records import Reading, Sentence, Span

GOLD = """# newdoc id = GUM_news_one
# newpar
# sent_id = one-1
# text = Ana’s dog can't wait.
1-2\tAna’s\t_\t_\t_\t_\t_\t_\t_\t_
1\tAna\tAna\tPROPN\tNNP\tNumber=Sing\t3\tnmod:poss\t3:nmod:poss\tEntity=(1)
2\t’s\t's\tPART\tPOS\t_\t1\tcase\t1:case\t_
3\tdog\tdog\tNOUN\tNN\tNumber=Sing\t6\tnsubj\t6:nsubj\t_
4-5\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
4\tca\tcan\tAUX\tMD\t_\t6\taux\t6:aux\t_
5\tn't\tnot\tPART\tRB\t_\t6\tadvmod\t6:advmod\t_
6\twait\twait\tVERB\tVB\tVerbForm=Inf\t0\troot\t0:root\tSpaceAfter=No
6.1\tghost\tghost\tVERB\tVB\t_\t_\t_\t3:dep\t_
7\t.\t.\tPUNCT\t.\t_\t6\tpunct\t6:punct\t_

# sent_id = one-2
# text = Go!
1\tGo\tgo\tVERB\tVB\t_\t0\troot\t0:root\tSpaceAfter=No
2\t!\t!\tPUNCT\t.\t_\t1\tpunct\t1:punct\tSpaceAfter=No

# sent_id = one-3
# text = Now
1\tNow\tnow\tADV\tRB\t_\t0\troot\t0:root\tSpacesAfter=\\s\\n

# sent_id = one-4
# text = or never
1\tor\tor\tCCONJ\tCC\t_\t2\tcc\t2:cc\t_
2\tnever\tnever\tADV\tRB\t_\t0\troot\t0:root\t_

# newpar id = p2
# sent_id = one-5
# text = End
1\tEnd\tend\tNOUN\tNN\t_\t0\troot\t0:root\t_

# newdoc id = weblog-two
# sent_id = two-1
# text = Hi
1\tHi\thi\tINTJ\tUH\t_\t0\troot\t0:root\t_

"""


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.conllu.gz"
    path.write_bytes(gzip.compress(GOLD.encode()))
    return path


def sentence(index: int, text: str, forms: list[tuple[str, str]], heads: list[int], at: int = 0) -> Sentence:
    """A sentence from forms and UPOS, found in the text in order."""
    spans = []
    for form, _ in forms:
        start = text.index(form, at)
        at = start + len(form)
        spans.append((start, at))
    starts, ends = zip(*spans, strict=True)
    words = tuple(form for form, _ in forms)
    tags = tuple(tag for _, tag in forms)
    rels = tuple("root" if head < 0 else "dep" for head in heads)
    blank = ("_",) * len(forms)
    return Sentence(index, Span(starts[0], ends[-1]), words, starts, ends, words, tags, blank, tuple(heads), rels)


def rows(content: str) -> list[list[str]]:
    return [line.split("\t") for line in content.split("\n") if line]


def test_raw_text_has_the_spacing_of_the_treebank(gold: Path) -> None:
    one, two = documents(gold)
    assert one.text == "Ana’s dog can't wait. Go!Now \nor never\n\nEnd"
    assert (one.id, one.genre, two.id, two.genre, two.text) == ("GUM_news_one", "news", "weblog-two", "web", "Hi")


def test_words_have_spans_and_parts_of_a_token_eat_it_up(gold: Path) -> None:
    one = documents(gold)[0]
    quotes = [[one.text[a:b] for a, b in s.words] for s in one.sentences]
    assert quotes[0] == ["Ana", "’s", "dog", "ca", "n't", "wait", "."]
    assert quotes[3] == ["or", "never"]
    assert one.text[slice(*one.sentences[4].words[0])] == "End"


def test_gold_is_written_without_ghosts_and_with_one_kind_of_apostrophe(gold: Path) -> None:
    lines = rows(gold_conllu(documents(gold)[0]))
    assert [line[0] for line in lines[:10]] == ["1-2", "1", "2", "3", "4-5", "4", "5", "6", "7", "1"]
    assert (lines[0][1], lines[2][1]) == ("Ana’s", "'s")


def test_words_of_one_run_of_letters_are_written_as_a_multiword_token() -> None:
    text = "Ana’s dog cannot pay 10pm “fees” now"
    forms = [("Ana", "PROPN"), ("’s", "PART"), ("dog", "NOUN"), ("can", "AUX"), ("not", "PART"), ("pay", "VERB")]
    forms += [("10", "NUM"), ("pm", "NOUN"), ("“", "PUNCT"), ("fees", "NOUN"), ("”", "PUNCT"), ("now", "ADV")]
    reading = Reading("d", (sentence(0, text, forms, [5, 0, 5, 5, 5, -1, 7, 5, 5, 5, 5, 5]),))
    lines = rows(system_conllu(reading, text))
    assert [line[:2] for line in lines if "-" in line[0]] == [["1-2", "Ana’s"], ["4-5", "cannot"]]
    assert [line[1] for line in lines if line[0] in ("2", "5", "8")] == ["'s", "not", "pm"]


def test_an_apostrophe_is_part_of_a_token_only_where_it_is_a_possessive() -> None:
    text = "the students' 'so called' friends"
    forms = [("the", "DET"), ("students", "NOUN"), ("'", "PART"), ("'", "PUNCT"), ("so", "ADV"), ("called", "VERB")]
    forms += [("'", "PUNCT"), ("friends", "NOUN")]
    reading = Reading("d", (sentence(0, text, forms, [1, 7, 1, 5, 5, 7, 5, -1]),))
    lines = rows(system_conllu(reading, text))
    assert [line[:2] for line in lines if "-" in line[0]] == [["2-3", "students'"]]


def test_heads_are_numbered_and_a_sentence_ends_with_an_empty_line() -> None:
    text = "Go on. Stop"
    first = sentence(0, text, [("Go", "VERB"), ("on", "ADV"), (".", "PUNCT")], [-1, 0, 0])
    second = sentence(1, text, [("Stop", "VERB")], [-1], at=7)
    content = system_conllu(Reading("d", (first, second)), text)
    assert [[line[6] for line in rows(block)] for block in content.strip("\n").split("\n\n")] == [
        ["0", "1", "1"],
        ["0"],
    ]
    assert content.endswith("\n\n")


def test_characters_that_were_not_read_are_written_all_the_same() -> None:
    text = "* Go ~~ on. {x} Stop ]"
    first = sentence(0, text, [("Go", "VERB"), ("on", "ADV"), (".", "PUNCT")], [1, -1, 1])
    second = sentence(1, text, [("Stop", "VERB")], [-1], at=10)
    lines = rows(system_conllu(Reading("d", (first, second)), text))
    assert "".join(line[1] for line in lines) == "".join(text.split())
    assert [line[6] for line in lines] == ["4", "4", "4", "0", "4", "4", "0", "1"]


def test_a_text_that_was_not_read_at_all_is_one_sentence() -> None:
    assert [line[1] for line in rows(system_conllu(Reading("d", ()), "a b\nc"))] == ["a", "b", "c"]
