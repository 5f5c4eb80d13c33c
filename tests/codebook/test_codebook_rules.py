"""Rules in the file: read, faulted all at once, and added to what a codebook extends."""

from __future__ import annotations

import pytest

from polybius.codebook import Codebook, CodebookError, load
from polybius.codebook.load import parse

MINE = """\
extends: plover
rules:
  - id: applause
    about: Applause is support.
    priority: 10
    trigger: {lemma: [hail, applaud], upos: VERB}
    needs: {subject: {name: true}, object: {}}
    unless: {child: [{lemma: not}, {lemma: never}]}
    add: {event: SUPPORT, actor: subject, recipient: {rel: obj}}
    examples:
      - They applauded him.
      - words: |
          Lula Lula PROPN 2 nsubj
          hailed hail VERB 0 root
        names: {Lula: PERSON}
    counter_examples:
      - They did not applaud.
  - id: at-first
    priority: 20
    frame: {event: ASSAULT, status: [future, hypothetical]}
    set: {status: hypothetical}
"""


def read(text: str) -> Codebook:
    return parse(text.encode(), "mine.yaml")


def test_a_file_extends_the_packaged_codebook() -> None:
    book, plover = read(MINE), load()
    assert (book.name, book.types, book.sectors) == (plover.name, plover.types, plover.sectors)
    assert [rule.id for rule in book.rules] == ["at-first", "applause", *(rule.id for rule in plover.rules)]
    assert book.fingerprint not in (plover.fingerprint, read(MINE + "# more\n").fingerprint)


def test_a_type_of_its_own_and_one_that_takes_the_place() -> None:
    text = """\
extends: plover
name: Mine
types:
  GREET: {definition: Somebody greets., quad: VERBAL COOPERATION, scale: 1, recipient: true, future: AGREE}
  AID: {definition: Help., quad: MATERIAL COOPERATION, scale: 3, recipient: true}
"""
    book = read(text)
    assert (book.name, book.version) == ("Mine", load().version)
    assert (book.scale("GREET"), book.scale("AID"), len(book.types)) == (1, 3, len(load().types) + 1)


def test_what_a_rule_says() -> None:
    rule = read(MINE).rules[1]
    assert (rule.id, rule.priority, rule.found_by) == ("applause", 10, "rule:applause")
    assert rule.trigger == (("lemma", ("hail", "applaud")), ("upos", ("VERB",)))
    assert [str(condition) for condition in rule.unless] == ["child {lemma: not}", "child {lemma: never}"]
    assert [(e.text, e.line, e.fires) for e in rule.examples] == [
        ("They applauded him.", 11, True),
        ("Lula hailed", 12, True),
        ("They did not applaud.", 17, False),
    ]
    reading = rule.examples[1].reading
    assert reading
    assert (reading.sentences[0].heads, reading.names[0].kind) == ((1, -1), "PERSON")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("upos: VERB", "upos: VRB", "6:45: rules[1].trigger.upos: unknown part of speech 'VRB'; did you mean 'VERB'?"),
        ("event: SUPPORT", "event: SUPORT", "unknown event type 'SUPORT'; did you mean 'SUPPORT'?"),
        (
            "needs: {subject",
            "needs: {subjekt",
            "7:13: rules[1].needs: unknown place 'subjekt'; did you mean 'subject'?",
        ),
        ("child: [{lemma", "child: [{lema", "unknown test 'lema'; did you mean 'lemma'?"),
        ("actor: subject", "actor: subjekt", "unknown place in the tree 'subjekt'; did you mean 'subject'?"),
        ("{rel: obj}", "{rel: objj}", "unknown relation 'objj'; did you mean 'obj'?"),
        ("id: applause", "id: Applause", "an id is lower-case with hyphens, found 'Applause'"),
        ("id: at-first", "id: applause", "18:5: rules[2]: the rule 'applause' stands here twice"),
        ("    set: {status: hypothetical}\n", "", "a rule does one of add, retype, set, veto; found none"),
        ("    set: {", "    veto: true\n    set: {", "a rule does one of add, retype, set, veto; found set, veto"),
        ("    frame: {", "    framed: {", "unknown key 'framed'; did you mean 'frame'?"),
        ("status: [future", "status: [futur", "unknown status 'futur'; did you mean 'future'?"),
        ("VERB 0 root", "VERB 9 root", "word 2: expected 'form lemma UPOS head relation' with a head from 0 to 2"),
        ("{Lula: PERSON}", "{Lulu: PERSON}", "'Lulu' does not stand in 'Lula hailed'"),
        ("extends: plover", "extends: plofer", "unknown codebook 'plofer'; did you mean 'plover'?"),
    ],
)
def test_a_fault_names_its_place_and_the_nearest_name(old: str, new: str, fault: str) -> None:
    assert old in MINE
    with pytest.raises(CodebookError) as caught:
        read(MINE.replace(old, new, 1))
    assert any(fault in str(found) for found in caught.value.faults), str(caught.value)


def test_all_faults_of_rules_are_reported_at_once() -> None:
    text = MINE.replace("upos: VERB", "upos: VRB").replace("SUPPORT", "SUPORT").replace("future, hyp", "futur, hyp")
    with pytest.raises(CodebookError) as caught:
        read(text)
    assert [fault.line for fault in caught.value.faults] == [6, 9, 20]
