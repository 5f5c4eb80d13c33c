"""What holds for every reading, also for trees that no grammar would draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hand import CODEBOOK
from hypothesis import given, settings
from hypothesis import strategies as st

from polybius.coding import claims, reports
from polybius.records import (
    STATUSES,
    Claim,
    Document,
    Filler,
    Frame,
    Groundings,
    Name,
    Reading,
    Sentence,
    Span,
    text_version,
)

FORMS = (
    "Lula",
    "said",
    "met",
    "and",
    ",",
    '"',
    "the",
    "of",
    "killed",
    "12",
    "who",
    "not",
    "will",
    "Petro",
    "(",
    ")",
    "'s",
    "\n\n",
)
UPOS = ("NOUN", "PROPN", "VERB", "PRON", "ADP", "PUNCT", "CCONJ", "AUX", "NUM", "ADJ", "PART", "DET")
RELS = (
    "nsubj obj obl nmod nmod:poss amod compound conj cc case punct acl acl:relcl appos ccomp xcomp advcl parataxis aux "
    "aux:pass nsubj:pass det nummod mark flat advmod obl:agent dep"
).split()
FEATS = ("_", "VerbForm=Part", "VerbForm=Fin", "Number=Plur", "PronType=Rel")
ROLES = ("actor", "recipient", "place", "date", "by")

Case = tuple[Document, Reading]


@st.composite
def sentences(draw: st.DrawFn, offset: int, index: int) -> tuple[str, Sentence]:
    size = draw(st.integers(1, 9))
    forms = draw(st.lists(st.sampled_from(FORMS[:-1]), min_size=size, max_size=size))
    order = draw(st.permutations(range(size)))
    heads = [-1] * size
    for place in range(1, size):
        heads[order[place]] = order[draw(st.integers(0, place - 1))]

    def pick(values: Sequence[str]) -> tuple[str, ...]:
        return tuple(draw(st.lists(st.sampled_from(values), min_size=size, max_size=size)))

    rels = [rel if head >= 0 else "root" for rel, head in zip(pick(RELS), heads, strict=True)]
    starts, ends, text = [], [], ""
    for form in forms:
        starts.append(offset + len(text))
        text += form
        ends.append(offset + len(text))
        text += draw(st.sampled_from((" ", "", "\n\n")))
    lemmas = tuple(form.lower() for form in forms)
    span = Span(starts[0], ends[-1])
    sentence = Sentence(
        index,
        span,
        tuple(forms),
        tuple(starts),
        tuple(ends),
        lemmas,
        pick(UPOS),
        pick(FEATS),
        tuple(heads),
        tuple(rels),
    )
    return text, sentence


@st.composite
def cases(draw: st.DrawFn) -> Case:
    text, made = "", []
    for index in range(draw(st.integers(1, 3))):
        more, sentence = draw(sentences(len(text), index))
        text += more + " "
        made.append(sentence)
    words = [(s, k) for s in made for k in range(len(s))]

    def phrase() -> Span:
        sentence, first = draw(st.sampled_from(words))
        last = draw(st.integers(first, min(len(sentence) - 1, first + 4)))
        return Span(sentence.starts[first], sentence.ends[last])

    def frame() -> Frame:
        sentence, at = draw(st.sampled_from(words))
        score = st.floats(0, 1).map(lambda value: round(value, 3))
        roles = {role: tuple(Filler(phrase(), draw(score)) for _ in range(draw(st.integers(0, 2)))) for role in ROLES}
        event = draw(st.sampled_from(sorted(CODEBOOK.types)))
        statuses = ((draw(st.sampled_from(STATUSES)), draw(score)),)
        modes = tuple((mode, draw(score)) for mode in CODEBOOK.types[event].modes)
        trigger = Span(sentence.starts[at], sentence.ends[at])
        return Frame(trigger, sentence.index, event, draw(score), modes, statuses, **roles)  # type: ignore[arg-type]

    frames = tuple(frame() for _ in range(draw(st.integers(1, 3))))
    names = tuple(Name(phrase(), "PERSON", 0) for _ in range(draw(st.integers(0, 1))))
    return Document("p", text_version(text), text), Reading("p", tuple(made), names, frames)


def fillers(claim: Claim) -> list[Filler]:
    return [*claim.actor, *claim.recipient, *claim.place, *claim.date, *(source.filler for source in claim.attribution)]


@given(cases())
@settings(max_examples=150, deadline=None)
def test_fillers_are_words_of_the_text_and_nobody_acts_upon_itself(case: Case) -> None:
    document, reading = case
    for claim in claims(document, reading, CODEBOOK):
        for filler in fillers(claim):
            assert 0 <= filler.span.start < filler.span.end <= len(document.text)
            assert filler.span.of(document.text).strip() == filler.span.of(document.text)
            assert filler.implicit != reading.sentences[claim.sentence].span.contains(filler.span)
        assert not {f.span for f in claim.actor} & {f.span for f in claim.recipient}
        assert set(claim.modes) <= set(CODEBOOK.types[claim.event].modes)
        assert all(0 <= score <= 1 for _, score in claim.confidence)


@given(cases())
@settings(max_examples=100, deadline=None)
def test_claims_are_in_order_one_a_trigger_and_type_and_whatever_order_frames_come_in(case: Case) -> None:
    document, reading = case
    found = claims(document, reading, CODEBOOK)
    keys = [(claim.trigger, claim.event) for claim in found]
    assert keys == sorted(set(keys))
    traced: list[object] = []
    assert claims(document, reading, CODEBOOK, traced.append) == found
    assert len(traced) >= len(found)


@given(cases(), st.floats(0.5, 0.99))
@settings(max_examples=100, deadline=None)
def test_ids_do_not_depend_on_scores(case: Case, factor: float) -> None:
    """Scores that all shrink alike change no decision, so they change no id."""
    document, reading = case
    found = claims(document, reading, CODEBOOK)
    changed = [
        replace(claim, confidence=tuple((name, score * factor) for name, score in claim.confidence)) for claim in found
    ]
    one = reports(document, reading, found, Groundings(), CODEBOOK, "s")
    two = reports(document, reading, changed, Groundings(), CODEBOOK, "s")
    assert [(r.id, r.incident) for r in one] == [(r.id, r.incident) for r in two]
    assert all(r.trigger.text == document.text[r.trigger.start : r.trigger.end] for r in one)
