"""The event page, the article page and explanations: the words behind a code, safe whatever the words are."""

from __future__ import annotations

import dataclasses
import datetime as dt
import html.parser
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import explorer_store
import fakes
import pytest
from starlette.testclient import TestClient

from polybius.explorer.article import PART, split
from polybius.explorer.explaining import LONGEST
from polybius.explorer.fields import amount
from polybius.explorer.origin import web_address
from polybius.ingest import make_document
from polybius.records import Span
from polybius.report import ActorField, DateField, PlaceField, Quote, Report, Size, Sizes, SourceField, quote
from polybius.run import Coded
from polybius.run.assemble import assemble_store
from polybius.run.decisions import merge
from polybius.store import Entry, open_reader, open_writer

Open = Callable[..., TestClient]
DAY = dt.date(2024, 5, 14)
NEGATED = "status = 'negated'"
RAID = (
    "🚨 عاجل Rebels bombed Aden on Tuesday, killing 12 soldiers, the ministry said.\n\nWitnesses wept. The rebels fled."
)


def spot(text: str, words: str) -> Quote:
    at = text.index(words)
    return quote(text, Span(at, at + len(words)))


def raid(id: str, text: str = RAID, publisher: str = "Herald", url: str | None = None, title: str = "A raid") -> Entry:
    """An article with one report that has every field; the place stands inside the actor's chain of words."""
    told = make_document(text, id=id, title=title, published=DAY, publisher=publisher, url=url)
    base = explorer_store.report(told, "ASSAULT", "bombed", (), mode=("aerial",))
    rebels = ActorField(
        spot(text, "Rebels"), name="Southern Rebels", code="YEM", sector=("REB",), reason="named in the table",
        chain=(spot(text, "The rebels").span,), runners_up=("Northern Rebels",),
    )  # fmt: skip
    soldiers = ActorField(
        spot(text, "12 soldiers"), code="YEM", sector=("MIL",), status="ambiguous", reason="two armies"
    )
    ministry = SourceField(spot(text, "the ministry"), name="Ministry", code="YEM", cue=spot(text, "said"))
    report = dataclasses.replace(
        base,
        sentence=dataclasses.replace(base.sentence, start=0, end=text.index("\n")),
        actor=(rebels,),
        recipient=(soldiers,),
        place=(
            PlaceField(spot(text, "Aden"), name="Aden", country="YEM", latitude=12.8, longitude=45.0, precision_km=5),
        ),
        date=DateField(spot(text, "on Tuesday"), DAY, DAY, "day", "resolved", "a weekday"),
        attribution=(ministry,),
        size=Sizes(killed=Size(12, 12, 12, spot(text, "12"))),
    )
    return Entry(told, (report,))


@pytest.fixture(scope="module")
def raids(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles of one raid, and a denial of it that is linked."""
    path = tmp_path_factory.mktemp("raids") / "raids.duckdb"
    first = raid("https://herald.example/raid", url="https://herald.example/raid")
    second = raid("second", RAID.replace("Witnesses wept", "Markets closed early that day in the port"), "Wire")
    denied = raid("third", "Later: " + RAID, "Gazette")
    denial = dataclasses.replace(denied.reports[0], status="negated", id=denied.reports[0].id + "n")
    explorer_store.fill(path, [first, second, Entry(denied.document, (denial,))])
    with open_reader(path) as store:
        names = [
            name
            for (name,) in store.rows("SELECT document_id || '#' || id FROM reports WHERE status = 'actual' ORDER BY 1")
        ]
    merge(path, names[0], names[1], author="Ada <b>", note="the same <raid>")
    assemble_store(path)
    return path


@pytest.fixture(scope="module")
def raided(raids: Path, opening: Open) -> TestClient:
    return opening(raids)


def ids(path: Path, where: str = "TRUE") -> list[str]:
    with open_reader(path) as store:
        return [id for (id,) in store.rows(f"SELECT id FROM events WHERE {where} ORDER BY n_reports DESC, id")]


class Page(html.parser.HTMLParser):
    """The elements of a page, and the text inside some of them."""

    def __init__(self, text: str, inside: str = "") -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside, self.depth, self.text = inside, 0, ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))
        if self.depth:
            self.depth += tag not in ("br", "link", "meta", "input")
        elif self.inside and self.inside in (dict(attrs).get("class") or "").split():
            self.depth = 1

    def handle_endtag(self, tag: str) -> None:
        self.depth = max(0, self.depth - 1)

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.text += data


def marked(page: str) -> list[tuple[str, str]]:
    """The marks that hold no others, with their words."""
    return re.findall(r'<mark class="w w-(\w+) h1"[^>]*>([^<]+)<', page)


# --- the event -----------------------------------------------------------------------------------------------------


def test_every_field_is_marked_in_the_sentence(raided: TestClient, raids: Path) -> None:
    page = raided.get(f"/event/{ids(raids, 'n_reports = 2')[0]}").text
    sentence = page.split('class="sentence"')[1].split("</blockquote>")[0]
    assert {
        ("actor", "Rebels"),
        ("trigger", "bombed"),
        ("place", "Aden"),
        ("date", "on Tuesday"),
        ("size", "12"),
    } <= set(marked(sentence))
    assert re.search(r'class="w w-recipient h2"[^>]*><mark class="w w-size h1"[^>]*>12<', sentence), "nested"
    assert ("by", "the ministry") in marked(sentence) and ("by", "said") in marked(sentence)
    assert "🚨 عاجل " in sentence


def test_the_page_tells_what_the_event_rests_on(raided: TestClient, raids: Path) -> None:
    page = raided.get(f"/event/{ids(raids, 'n_reports = 2')[0]}").text
    assert "Herald" in page and "Wire" in page and "origin 1" in page
    assert "Ada &lt;b&gt;" in page and "the same &lt;raid&gt;" in page, "what a person decided"
    assert "killed" in page and ">12<" in page
    assert "two armies" in page and "ambiguous" in page and "Northern Rebels" in page
    assert 'href="https://herald.example/raid" rel="noopener noreferrer nofollow external"' in page
    assert "disputed" in page and "Is denied by" in page
    assert "to begin with" in page and "trigger" in page, "the features of the comparison"


def test_the_denial_links_back(raided: TestClient, raids: Path) -> None:
    page = raided.get(f"/event/{ids(raids, NEGATED)[0]}").text
    assert "Denies" in page and ids(raids, "n_reports = 2")[0] in page


def test_the_event_as_json(raided: TestClient, raids: Path) -> None:
    id = ids(raids, "n_reports = 2")[0]
    found = raided.get(f"/event/{id}.json").json()
    assert found["event"]["id"] == id and len(found["reports"]) == 2
    assert found["reports"][0]["sentence"] == RAID.split("\n")[0]
    assert [link["kind"] for link in found["links"]] == ["denial_of"]
    (judgement,) = found["merging"]["judgements"]
    assert judgement["verdict"] == "same" and dict(judgement["features"])["trigger"] == 1.0
    assert found["merging"]["decisions"][0]["author"] == "Ada <b>"


def test_unknown_events_and_pages_are_told(raided: TestClient, raids: Path) -> None:
    assert raided.get("/event/evt1-nothing").status_code == 404
    assert raided.get("/event/evt1-nothing.json").status_code == 404
    assert raided.get("/event/%3Cscript%3E").status_code == 404
    assert "<script>" not in raided.get("/event/%3Cscript%3Ealert(1)").text.split("<main")[1]
    id = ids(raids)[0]
    assert "page: &#39;9&#39; is not" in raided.get(f"/event/{id}?page=9").text
    assert raided.get(f"/event/{id}?page=x").status_code == 400


def test_an_event_that_is_no_more_leads_to_the_one_that_has_its_reports(tmp_path: Path, opening: Open) -> None:
    path = explorer_store.fill(tmp_path / "n.duckdb", [raid("one")])
    (old,) = ids(path)
    with open_writer(path) as store:
        store.add([raid("two", RAID.replace("wept", "cried"), "Wire")])
    assemble_store(path)
    with open_reader(path) as store:
        names = [f"{document}#{id}" for document, id in store.rows("SELECT document_id, id FROM reports ORDER BY 1")]
    if len(ids(path)) == 2:
        merge(path, *names)
        assemble_store(path)
    (new,) = ids(path)
    answer = opening(path).get(f"/event/{old}")
    assert answer.status_code == 404 and f"/event/{new}" in answer.text


def test_many_reports_come_in_pages(tmp_path: Path, opening: Open) -> None:
    path = tmp_path / "m.duckdb"
    explorer_store.fill(path, [raid(f"d{n}") for n in range(45)])
    (id, *_) = ids(path)
    page = opening(path).get(f"/event/{id}").text
    assert "Page 1 of 2" in page and 'id="r40"' in page and 'id="r41"' not in page
    assert 'id="r41"' in opening(path).get(f"/event/{id}?page=2").text
    assert "the comparison is shown for 25 at most" in page


# --- the article ---------------------------------------------------------------------------------------------------


def test_the_article_shows_its_text_as_it_is(raided: TestClient) -> None:
    page = raided.get("/article", params={"id": "second"}).text
    text = RAID.replace("Witnesses wept", "Markets closed early that day in the port")
    assert Page(page, "article").text == text
    assert 'id="t1"' in page and 'data-l="1"' in page


def test_one_report_may_be_marked_alone_with_its_other_mentions(raided: TestClient, raids: Path) -> None:
    with open_reader(raids) as store:
        ((report,),) = store.rows("SELECT id FROM reports WHERE document_id = 'second'")
    page = raided.get("/article", params={"id": "second", "report": report}).text
    assert ("chain", "The rebels") in marked(page) and 'id="t0"' in page and 'class="w w-claim' in page
    assert Page(page, "article").text == Page(raided.get("/article", params={"id": "second"}).text, "article").text


def test_the_article_as_json(raided: TestClient) -> None:
    found = raided.get("/article.json", params={"id": "https://herald.example/raid"}).json()
    assert found["document"]["text"] == RAID and found["reports"][0]["event"].startswith("evt")
    assert found["origin"]["copies"] == ["third"], "of a short text every word must be the same"


@pytest.mark.parametrize(
    ("query", "status"),
    [({}, 400), ({"id": "nothing"}, 404), ({"id": "second", "report": "rep1-0"}, 404), ({"id": "second", "part": "0"}, 400),
     ({"id": "second", "part": "7"}, 404), ({"id": "../../etc/passwd"}, 404), ({"id": "' OR 1=1 --"}, 404)],
)  # fmt: skip
def test_articles_that_are_none_are_told(raided: TestClient, query: dict[str, str], status: int) -> None:
    assert raided.get("/article", params=query).status_code == status


def test_a_very_long_article_comes_in_parts(tmp_path: Path, opening: Open) -> None:
    text = RAID + "\n" + "Nothing else happened. " * 6000
    client = opening(explorer_store.fill(tmp_path / "l.duckdb", [raid("long", text)]))
    assert "Part 1 of 3" in client.get("/article?id=long").text
    parts = [Page(client.get(f"/article?id=long&part={n}").text, "article").text for n in (1, 2, 3)]
    assert "".join(parts) == text and max(map(len, parts)) <= PART


def test_parts_are_never_empty_and_lose_nothing() -> None:
    for text in ("", "a" * (2 * PART + 5), "\n" * (PART + 1), "word " * PART):
        spans = split(text)
        assert "".join(text[start:end] for start, end in spans) == text
        assert all(start < end for start, end in spans) or not text


def test_a_store_without_words_says_what_is_impossible(tmp_path: Path, opening: Open) -> None:
    path = tmp_path / "bare.duckdb"
    with open_writer(path, texts=False) as store:
        store.add([raid("bare")])
    assemble_store(path)
    client = opening(path)
    article, (id,) = client.get("/article?id=bare").text, ids(path)
    assert "keeps no words of articles" in article and "cannot be explained" in article
    assert "/article/explain" not in article and "Southern Rebels" in article
    assert "cannot be shown" in client.get(f"/event/{id}").text
    assert "nothing can be read again" in client.get("/article/explain?id=bare").text
    assert client.get(f"/event/{id}.json").json()["reports"][0]["sentence"] is None


# --- why -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def explaining(tmp_path: Path, opening: Open) -> TestClient:
    coder = fakes.make_coder()
    documents = [
        make_document("France met Germany.\n<b>Chad</b> accused Niger.", id="talks", published=DAY),
        make_document(fakes.BROKEN, id="broken"),
        make_document("word " * (LONGEST // 5 + 1), id="long"),
    ]
    coded = coder.process(documents[0])
    assert isinstance(coded, Coded)
    entries = [Entry(documents[0], coded.reports, coder.stamp), *(Entry(one, (), "other") for one in documents[1:])]
    client = opening(explorer_store.fill(tmp_path / "e.duckdb", entries))
    client.app.state.coder = coder  # type: ignore[attr-defined]
    return client


def test_explain_tells_what_was_seen_claimed_and_grounded(explaining: TestClient) -> None:
    page = explaining.get("/article/explain?id=talks").text
    assert {("name", "France"), ("trigger", "met")} <= set(marked(page))
    for stage in ("seen", "claim", "who", "report"):
        assert f'<span class="stage">{stage}</span>' in page
    assert "FRA" in page and "CONSULT 0.90" in page
    assert "&lt;b&gt;" in page and "<b>Chad" not in page
    assert "may differ" not in page, "the reports are of the same coder"


def test_explain_says_why_it_cannot(explaining: TestClient) -> None:
    assert "RuntimeError: a broken reader" in explaining.get("/article/explain?id=broken").text
    assert "at most 100,000 are explained here" in explaining.get("/article/explain?id=long").text
    assert explaining.get("/article/explain?id=nothing").status_code == 404


# --- words that mean harm ------------------------------------------------------------------------------------------

HARM = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '" onmouseover="alert(1)', "</div></main><h1>x",
    "&lt;b&gt; &amp;amp; &#x202e;", "\u202egnp.exe\u202c", "\u2066\u2066\u2066", "pass\u200bword", "{{ 7*7 }}{% raw %}",
    "<!--", "]]>", "<svg/onload=alert(1)>", "javascript:alert(1)", "\ufeff\u00ad\u2028", "e\u0301\u0323",
)  # fmt: skip


@pytest.fixture(scope="module")
def harmful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("harm") / "harm.duckdb"
    entries = [
        raid(f"{n}{words}", f"{words} {RAID} {words}", f"{words}{n}", "javascript:alert(1)", words)
        for n, words in enumerate(HARM)
    ]
    renamed = [
        Entry(one.document, tuple(_renamed(report, HARM[n]) for report in one.reports)) for n, one in enumerate(entries)
    ]
    long = raid("long", title="<i>" + "T" * 3_000_000, publisher="P" * 100_000)
    return explorer_store.fill(path, [*renamed, long])


def _renamed(report: Report, words: str) -> Report:
    actor = dataclasses.replace(
        report.actor[0], name=words, code=words, sector=(words,), reason=words, runners_up=(words,)
    )
    start = report.sentence.start
    sentence = dataclasses.replace(report.sentence, start=start, end=report.trigger.end + 20)
    return dataclasses.replace(report, actor=(actor,), sentence=sentence, incident=words, found_by=words, mode=(words,))


@pytest.mark.parametrize("n", range(len(HARM)))
def test_harmful_words_do_nothing(harmful: Path, opening: Open, n: int) -> None:
    client, id = opening(harmful), f"{n}{HARM[n]}"
    with open_reader(harmful) as store:
        ((event,),) = store.rows("SELECT event_id FROM event_reports WHERE document_id = $1", [id])
    for answer in (client.get(f"/event/{event}"), client.get("/article", params={"id": id})):
        assert answer.status_code == 200
        page = Page(answer.text)
        assert not {tag for tag, _ in page.tags} & {"img", "svg", "i", "b"}
        assert all(attrs.get("src", "").startswith("/static/") for tag, attrs in page.tags if tag == "script")
        assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on") or name == "style"]
        links = [attrs.get("href") or "" for tag, attrs in page.tags if tag == "a"]
        assert all(link.startswith(("/", "#", "https://", "http://", "?")) for link in links), links
        assert sum(tag == "h1" for tag, _ in page.tags) == 1
    text = Page(client.get("/article", params={"id": id}).text, "article").text
    assert text == f"{HARM[n]} {RAID} {HARM[n]}"
    assert client.get("/article.json", params={"id": id}).json()["document"]["text"] == text


def test_words_are_no_templates(harmful: Path, opening: Open) -> None:
    assert "{{ 7*7 }}{% raw %}" in opening(harmful).get("/article", params={"id": f"8{HARM[8]}"}).text


def test_a_title_of_megabytes_is_cut(harmful: Path, opening: Open) -> None:
    answer = opening(harmful).get("/article?id=long")
    assert answer.status_code == 200 and len(answer.text) < 60_000 and "…" in answer.text


def test_what_turns_the_writing_is_shown_and_confined(harmful: Path, opening: Open) -> None:
    page = opening(harmful).get("/article", params={"id": f"5{HARM[5]}"}).text
    assert 'class="ctl" data-c="RLO"' in page and 'class="article" dir="auto"' in page
    assert re.search(r"unicode-bidi:\s*isolate", opening(harmful).get("/static/words.css").text.split(".ctl")[1])


@pytest.mark.parametrize(
    ("url", "followed"),
    [("https://a.example/x", True), ("http://a.example", True), ("javascript:alert(1)", False), ("file:///etc/passwd", False),
     ("//a.example", False), ("https://", False), ("data:text/html,x", False), (None, False), ("http://[", False),
     ("https://a.example/\u202e", False), ("java\nscript:x", False), ("https://a.example/" + "x" * 3000, False)],
)  # fmt: skip
def test_only_addresses_of_the_web_are_links(url: str | None, followed: bool) -> None:
    assert web_address(url) == url if followed else web_address(url) is None


@pytest.mark.parametrize(
    ("low", "best", "high", "said"),
    [(12, 12, 12, "12"), (10, None, 15, "10–15"), (10, None, None, "at least 10"), (None, None, 15, "at most 15"),
     (None, 1200, None, "1,200"), (None, None, None, ""), (10, 12, 15, "10–15"), (100, 100, None, "100")],
)  # fmt: skip
def test_amounts(low: int | None, best: int | None, high: int | None, said: str) -> None:
    assert amount(low, best, high) == said


def test_no_control_character_stands_outside_of_its_box(harmful: Path, opening: Open) -> None:
    client, id = opening(harmful), f"5{HARM[5]}"
    page = client.get("/article", params={"id": id}).text.split("<main")[1]
    bare = re.sub(r'<span class="ctl"[^>]*>.</span>|="[^"]*"', "", page)
    assert "\u202e" not in bare and "\u202c" not in bare
