"""When claims happened, on parses written by hand: words, the tree, other mentions, the story's date, defaults with their reasons."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest

from polybius.grounding.article import Article
from polybius.grounding.timeline import claim_dates, timeline, trace_timeline
from polybius.records import Claim, DateRange, Document, Filler, Grounding, Reading, Sentence, Span, Status, TraceEntry

WEDNESDAY = dt.date(2023, 9, 13)


def sentence(index: int, at: int, line: str) -> tuple[str, Sentence]:
    """ "form/UPOS/head/relation[/feats]", heads 1-based; lemmas are the forms in lower case."""
    rows = [part.split("/") for part in line.split()]
    text, starts = "", []
    for row in rows:
        text += " " if text and row[1] != "PUNCT" else ""
        starts.append(at + len(text))
        text += row[0]
    size = len(rows)
    return text, Sentence(
        index,
        Span(at, at + len(text)),
        tuple(row[0] for row in rows),
        tuple(starts),
        tuple(start + len(row[0]) for start, row in zip(starts, rows, strict=True)),
        tuple(row[0].lower() for row in rows),
        tuple(row[1] for row in rows),
        tuple(row[4] if len(row) > 4 else "_" for row in rows[:size]),
        tuple(int(row[2]) - 1 for row in rows),
        tuple(row[3] for row in rows),
    )


@dataclass
class Hand:
    """An article of hand-built sentences and the claims in it, phrases named by their words."""

    lines: tuple[str, ...]
    published: dt.date | None = WEDNESDAY
    text: str = ""
    sentences: list[Sentence] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def __post_init__(self) -> None:
        for index, line in enumerate(self.lines):
            self.text += " " if self.text else ""
            text, built = sentence(index, len(self.text), line)
            self.text += text
            self.sentences.append(built)

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(start, start + len(words))

    def claim(self, trigger: str, status: Status = "actual", event: str = "ASSAULT", **roles: str) -> Hand:
        span = self.span(trigger)
        index = next(s.index for s in self.sentences if s.span.contains(span))
        fillers = {role: (Filler(self.span(words)),) for role, words in roles.items()}
        self.claims.append(Claim(index, span, event, status=status, **fillers))  # type: ignore[arg-type]
        return self

    @property
    def article(self) -> Article:
        return Article.of(
            Document("hand", "v", self.text, published=self.published), Reading("hand", tuple(self.sentences))
        )

    def dates(self) -> dict[str, Grounding[DateRange]]:
        return {span.of(self.text): found for span, found in claim_dates(self.article, self.claims, {}).items()}


def first(found: Grounding[DateRange]) -> str:
    return str(found.target.start) if found.target is not None else found.reason


ATTACKED = "Rebels/NOUN/2/nsubj attacked/VERB/0/root/Tense=Past|VerbForm=Fin Aden/PROPN/2/obj on/ADP/5/case Sunday/PROPN/2/obl ./PUNCT/2/punct"
FLED = "They/PRON/2/nsubj fled/VERB/0/root/Tense=Past|VerbForm=Fin two/NUM/4/nummod days/NOUN/5/obl later/ADV/2/advmod ./PUNCT/2/punct"
BURNED = "Rebels/NOUN/2/nsubj burned/VERB/0/root/Tense=Past|VerbForm=Fin Taiz/PROPN/2/obj ./PUNCT/2/punct"
ATTACK = "The/DET/2/det attack/NOUN/4/nsubj on/ADP/4/case Aden/PROPN/2/nmod stunned/VERB/0/root/Tense=Past|VerbForm=Fin them/PRON/5/obj ./PUNCT/5/punct"


def test_words_of_the_claim_date_it() -> None:
    found = Hand((ATTACKED,)).claim("attacked", date="on Sunday").dates()
    assert first(found["on Sunday"]) == "2023-09-10"


def test_a_date_that_hangs_on_the_trigger_is_taken_where_the_reader_has_none() -> None:
    hand = Hand((ATTACKED,)).claim("attacked")
    found = hand.dates()["attacked"]
    assert first(found) == "2023-09-10" and "hangs on the trigger" in found.reason
    assert [span.of(hand.text) for span in found.chain] == ["on Sunday"]


def test_a_date_that_hangs_on_another_word_is_not_taken() -> None:
    line = (
        "Rebels/NOUN/2/nsubj fled/VERB/0/root and/CCONJ/4/cc attacked/VERB/2/conj Aden/PROPN/4/obj on/ADP/7/case "
        "Sunday/PROPN/4/obl ./PUNCT/2/punct"
    )
    found = Hand((line,)).claim("fled").dates()["fled"]
    assert found.method == "publication date"


def test_a_dateline_dates_no_event() -> None:
    line = (
        "ADEN/PROPN/6/nsubj ,/PUNCT/1/punct Oct/PROPN/6/obl 4/NUM/3/nummod -/PUNCT/6/punct burned/VERB/0/root "
        "Taiz/PROPN/6/obj ./PUNCT/6/punct"
    )
    assert Hand((line,)).claim("burned").dates()["burned"].method == "publication date"


def test_the_story_s_date() -> None:
    found = Hand((ATTACKED, FLED)).claim("attacked", date="on Sunday").claim("fled", date="two days later").dates()
    later = found["two days later"]
    assert (first(later), later.method) == ("2023-09-12", "running date")


def test_without_a_story_s_date_publication_is_only_likely() -> None:
    found = Hand((FLED,)).claim("fled", date="two days later").dates()["two days later"]
    assert (found.status, first(found)) == ("ambiguous", "2023-09-15") and "counted from publication" in found.reason


def test_a_day_after_another_event() -> None:
    line = (
        "They/PRON/2/nsubj fled/VERB/0/root/Tense=Past|VerbForm=Fin a/DET/4/det day/NOUN/8/obl after/SCONJ/7/mark "
        "rebels/NOUN/7/nsubj burned/VERB/2/advcl/Tense=Past|VerbForm=Fin Taiz/PROPN/7/obj on/ADP/10/case Sunday/PROPN/7/obl ./PUNCT/2/punct"
    )
    hand = Hand((line,)).claim("fled", date="a day after rebels burned Taiz").claim("burned", date="on Sunday")
    found = hand.dates()["a day after rebels burned Taiz"]
    assert (first(found), found.method) == ("2023-09-11", "other event")
    assert [span.of(hand.text) for span in found.chain] == ["a day after rebels burned Taiz", "burned"]


def test_a_day_after_an_event_without_a_date_is_not_found() -> None:
    line = (
        "They/PRON/2/nsubj fled/VERB/0/root a/DET/4/det day/NOUN/7/obl after/SCONJ/7/mark rebels/NOUN/7/nsubj "
        "burned/VERB/2/advcl Taiz/PROPN/7/obj ./PUNCT/2/punct"
    )
    hand = Hand((line,)).claim("fled", date="a day after rebels burned Taiz").claim("burned")
    found = hand.dates()["a day after rebels burned Taiz"]
    assert found.status == "not_found" and "another event" in found.reason


def test_another_mention_of_the_event_dates_it() -> None:
    hand = Hand((ATTACKED, ATTACK))
    hand.claim("attacked", actor="Rebels", recipient="Aden", date="on Sunday").claim("attack on", recipient="Aden")
    found = hand.dates()["attack on"]
    assert (first(found), found.method) == ("2023-09-10", "same event")
    assert [span.of(hand.text) for span in found.chain] == ["attack on", "attacked"]


@pytest.mark.parametrize(
    ("recipient", "status", "event"),
    [("Taiz", "actual", "ASSAULT"), ("Aden", "historical", "ASSAULT"), ("Aden", "actual", "COERCE")],
)
def test_other_events_do_not(recipient: str, status: Status, event: str) -> None:
    hand = Hand((ATTACKED, BURNED, ATTACK))
    hand.claim("attacked", recipient="Aden", date="on Sunday")
    hand.claim("attack on", status, event, recipient=recipient)
    assert hand.dates()["attack on"].method in ("publication date", "")


@pytest.mark.parametrize(
    ("status", "resolved"),
    [("actual", True), ("negated", True), ("future", False), ("historical", False), ("hypothetical", False)],
)
def test_without_words_only_news_is_of_the_day_of_publication(status: Status, resolved: bool) -> None:
    found = Hand((BURNED,)).claim("burned", status).dates()["burned"]
    assert (found.status == "resolved") is resolved
    assert found.reason == "publication date" if resolved else status in found.reason


@pytest.mark.parametrize(
    ("status", "line", "day"),
    [
        (
            "future",
            "They/PRON/3/nsubj will/AUX/3/aux meet/VERB/0/root on/ADP/5/case Friday/PROPN/3/obl ./PUNCT/3/punct",
            15,
        ),
        (
            "negated",
            "They/PRON/4/nsubj will/AUX/4/aux not/PART/4/advmod meet/VERB/0/root on/ADP/6/case Friday/PROPN/4/obl ./PUNCT/4/punct",
            15,
        ),
        (
            "actual",
            "They/PRON/3/nsubj did/AUX/3/aux/Tense=Past meet/VERB/0/root on/ADP/5/case Friday/PROPN/3/obl ./PUNCT/3/punct",
            8,
        ),
        (
            "hypothetical",
            "They/PRON/3/nsubj could/AUX/3/aux meet/VERB/0/root on/ADP/5/case Friday/PROPN/3/obl ./PUNCT/3/punct",
            15,
        ),
        (
            "hypothetical",
            "They/PRON/4/nsubj might/AUX/4/aux have/AUX/4/aux met/VERB/0/root on/ADP/6/case Friday/PROPN/4/obl ./PUNCT/4/punct",
            8,
        ),
        (
            "historical",
            "They/PRON/2/nsubj met/VERB/0/root/Tense=Past|VerbForm=Fin on/ADP/4/case Friday/PROPN/2/obl ./PUNCT/2/punct",
            8,
        ),
    ],
)
def test_status_and_tense_tell_which_friday(status: Status, line: str, day: int) -> None:
    hand = Hand((line,))
    hand.claim("met" if " met" in hand.text else "meet", status, "CONSULT", date="on Friday")
    assert first(hand.dates()["on Friday"]) == f"2023-09-{day:02d}"


def test_an_anniversary_keeps_its_own_year() -> None:
    line = (
        "They/PRON/2/nsubj marked/VERB/0/root the/DET/5/det 20th/ADJ/5/amod anniversary/NOUN/2/obj of/ADP/8/case the/DET/8/det "
        "killing/NOUN/5/nmod ./PUNCT/2/punct"
    )
    found = Hand((line,)).claim("killing", "historical").dates()["killing"]
    assert found.target == DateRange(dt.date(2003, 1, 1), dt.date(2003, 12, 31), "year")
    on_a_day = line.replace("./PUNCT/2/punct", "of/ADP/10/case 11/NUM/8/nmod August/PROPN/9/flat ./PUNCT/2/punct")
    found = Hand((on_a_day,)).claim("killing", "historical", date="of 11 August").dates()["of 11 August"]
    assert first(found) == "2003-08-11"


def test_a_year_earlier_in_the_sentence_goes_on() -> None:
    line = (
        "They/PRON/2/nsubj burned/VERB/0/root it/PRON/2/obj in/ADP/5/case March/PROPN/2/obl 2021/NUM/5/nummod and/CCONJ/8/cc "
        "fled/VERB/2/conj in/ADP/10/case May/PROPN/8/obl ./PUNCT/2/punct"
    )
    found = Hand((line,)).claim("burned", date="in March 2021").claim("fled", date="in May").dates()
    assert first(found["in May"]) == "2021-05-01"


def test_a_history_is_not_of_the_day_of_publication() -> None:
    years = " ".join(f"{year}/NUM/2/obl" for year in range(1801, 1812))
    line = f"Rebels/NOUN/2/nsubj burned/VERB/0/root Taiz/PROPN/2/obj in/ADP/2/dep {years} ./PUNCT/2/punct"
    hand = Hand((line, BURNED.replace("burned", "razed"))).claim("razed")
    found = hand.dates()["razed"]
    assert found.status == "not_found" and "long before its publication" in found.reason


def test_without_a_publication_date_nothing_is_made_up() -> None:
    found = Hand((ATTACKED, BURNED), published=None).claim("attacked", date="on Sunday").claim("burned").dates()
    assert {g.status for g in found.values()} == {"not_found"}
    assert all("publication date is not known" in g.reason for g in found.values())


def test_claims_of_one_trigger_share_its_date() -> None:
    hand = Hand((BURNED,)).claim("burned").claim("burned", "hypothetical", "COERCE")
    assert hand.dates()["burned"].status == "resolved"


def test_the_timeline_is_there_to_be_explained() -> None:
    hand = Hand((ATTACKED, FLED))
    entries: list[TraceEntry] = []
    trace_timeline(hand.article, entries.append)
    assert [entry.span.of(hand.text) for entry in entries] == ["Sunday", "two days later"]
    assert entries[1].rule == "timeline" and "2023-09-12..2023-09-12" in entries[1].detail
    assert len(timeline(hand.article)) == 2


@pytest.mark.parametrize(
    ("line", "trigger", "shares"),
    [
        # On Sunday they met and signed a pact.
        (
            "On/ADP/2/case Sunday/PROPN/4/obl they/PRON/4/nsubj met/VERB/0/root and/CCONJ/6/cc signed/VERB/4/conj "
            "it/PRON/6/obj ./PUNCT/4/punct",
            "signed",
            True,
        ),
        # The talks began on Sunday.
        (
            "The/DET/2/det talks/NOUN/3/nsubj began/VERB/0/root on/ADP/5/case Sunday/PROPN/3/obl ./PUNCT/3/punct",
            "talks",
            True,
        ),
        # They met on Sunday, but he refused.
        (
            "They/PRON/2/nsubj met/VERB/0/root on/ADP/4/case Sunday/PROPN/2/obl but/CCONJ/7/cc he/PRON/7/nsubj "
            "refused/VERB/2/conj ./PUNCT/2/punct",
            "refused",
            False,
        ),
        # They condemned the attack on Sunday.
        (
            "They/PRON/2/nsubj condemned/VERB/0/root the/DET/4/det attack/NOUN/2/obj on/ADP/6/case Sunday/PROPN/2/obl ./PUNCT/2/punct",
            "attack",
            False,
        ),
        # Since Sunday they stayed and signed.
        (
            "Since/ADP/2/case Sunday/PROPN/4/obl they/PRON/4/nsubj stayed/VERB/0/root and/CCONJ/6/cc signed/VERB/4/conj "
            "it/PRON/6/obj ./PUNCT/4/punct",
            "signed",
            False,
        ),
    ],
)
def test_a_date_is_shared_along_clauses_that_share_it(line: str, trigger: str, shares: bool) -> None:
    found = Hand((line,)).claim(trigger).dates()[trigger]
    assert ("the verb above" in found.reason) is shares
    assert first(found) == ("2023-09-10" if shares else "2023-09-13")
    assert (found.score < 1) is shares


HELD = "They/PRON/3/nsubj {} held/VERB/0/root/{} him/PRON/3/obj for/ADP/7/case two/NUM/7/nummod weeks/NOUN/3/obl ./PUNCT/3/punct"


@pytest.mark.parametrize(
    ("status", "helper", "feats", "reason"),
    [
        ("actual", "have/AUX/3/aux", "VerbForm=Part", "2 weeks up to publication"),
        ("actual", "all/DET/3/advmod", "Tense=Past|VerbForm=Fin", "2 weeks up to publication, if it lasted until then"),
        ("historical", "all/DET/3/advmod", "Tense=Past|VerbForm=Fin", "no words tell when it ended"),
    ],
)
def test_how_long_a_length_reaches(status: Status, helper: str, feats: str, reason: str) -> None:
    found = Hand((HELD.format(helper, feats),)).claim("held", status, date="for two weeks").dates()["for two weeks"]
    assert found.reason.endswith(reason)
    assert (found.target is None) is (status == "historical")


def test_a_time_of_day_is_of_the_story_s_day_if_it_is_near() -> None:
    line = "They/PRON/2/nsubj fled/VERB/0/root at/ADP/4/case dawn/NOUN/2/obl ./PUNCT/2/punct"
    near = Hand((ATTACKED, line)).claim("fled", date="at dawn").dates()["at dawn"]
    far = Hand((ATTACKED, *(BURNED,) * 30, line)).claim("fled", date="at dawn").dates()["at dawn"]
    assert (first(near), first(far)) == ("2023-09-10", "2023-09-13")
    assert "day of publication" in far.reason


def test_background_goes_on_in_the_year_of_the_sentence_before() -> None:
    first_line = "Rebels/NOUN/2/nsubj burned/VERB/0/root it/PRON/2/obj in/ADP/5/case 2014/NUM/2/obl ./PUNCT/2/punct"
    second = "They/PRON/2/nsubj fled/VERB/0/root in/ADP/4/case May/PROPN/2/obl ./PUNCT/2/punct"
    for status, year in (("historical", 2014), ("actual", 2023)):
        found = Hand((first_line, second)).claim("fled", status, date="in May").dates()["in May"]  # type: ignore[arg-type]
        assert first(found) == f"{year}-05-01"
