"""Reports for people, made of small stores: numbers, sentences, sources, and hostile words that do nothing."""

from __future__ import annotations

import datetime as dt
import json
import re
import stat
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from polybius import briefing, query
from polybius.briefing import wording
from polybius.briefing.content import Period
from polybius.briefing.markdown import plain
from polybius.briefing.page import percent
from polybius.briefing.pdf import to_pdf
from polybius.briefing.pictures import map_svg, timeline_svg
from polybius.cli import app
from polybius.evaluation.floors import Floor, FloorSet
from polybius.evaluation.published import as_json, published
from polybius.records import Rejection
from polybius.run.assemble import assemble_store
from polybius.store import Entry, open_writer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "query"))
import asked_store  # noqa: E402

pytest.importorskip("jinja2", reason="the page needs jinja2")

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>&amp;\u202e[x](javascript:alert(3))`|'


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = asked_store.fill(tmp_path_factory.mktemp("briefing") / "news.duckdb")
    with open_writer(path) as store:
        store.reject([Rejection("ingest", "menu.pdf", "binary"), Rejection("ingest", "note.txt", "not_english")])
    return path


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document whose text, title, publisher, address and names all try to be markup."""
    path = tmp_path_factory.mktemp("hostile") / "news.duckdb"
    text = f"The {EVIL} army bombed the {EVIL} camp."
    made = asked_store.document("evil", text, asked_store.MAY, f"Pub {EVIL}", "javascript:alert(4)")
    army, camp = (asked_store.party(text, f"{EVIL} {name}", "YEM") for name in ("army", "camp"))
    where = (f"Qal{EVIL}", "YEM", None, 15.1, 45.3, 5.0)
    told = asked_store.report(made, "ASSAULT", "bombed", (army,), (camp,), where=where, mode=("aerial",), killed=3)
    with open_writer(path) as store:
        store.add([Entry(made, (told,))])
    assemble_store(path)
    return path


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "300"})


class Seen(HTMLParser):
    """Elements, addresses and handlers of a page, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def test_the_content_is_that_of_the_questions(news: Path) -> None:
    found = briefing.gather(news)
    assert len(found.events) == len(query.events(news)) == 6
    assert dict(found.numbers)["events"] == "6"
    assert {one.kind for one in found.events} == {
        " ".join(filter(None, (row["event"], row["mode"]))) for row in query.events(news)
    }
    assert sum(pair.n_events for pair in found.pairs) == sum(row["n_events"] for row in query.dyads(news))
    shown = [(one.cooperation, one.conflict) for one in found.periods]
    periods = [row for row in query.timeline(news, by=found.by) if row["period"]]
    assert sum(a + b for a, b in shown) == sum(row["n_events"] for row in periods)


def test_an_event_is_told_with_its_words_and_sources(news: Path) -> None:
    (raid,) = (one for one in briefing.gather(news).events if one.kind == "ASSAULT aerial")
    assert (
        raid.sentence == "Northern Brigade (YEM) attacked Riyadh troops (SAU) in Qaldara, YEM, on 14 May 2024 (aerial)."
    )
    assert (raid.n_reports, raid.more, len(raid.sayings)) == (2, 0, 2)
    assert [one.trigger for one in raid.sayings] == ["bombed", "bombed"]
    assert raid.sayings[0].before == "Northern Brigade "
    assert raid.figures == "killed: 12 (Wire), 15 (Herald)"
    assert raid.sayings[0].claimant == "Wire"


def test_filters_limits_and_order(news: Path) -> None:
    newest = briefing.gather(news, limit=2)
    assert (len(newest.events), newest.left_out) == (2, 4)
    assert {one.kind.split()[0] for one in newest.events} == {"AGREE", "RETREAT"}
    yemen = briefing.gather(news, country="Yemen")
    assert [one.kind for one in yemen.events] == ["ASSAULT aerial"]
    assert yemen.title == "Yemen: what was reported"
    assert "in Yemen (YEM)" in yemen.filters


def test_what_is_unknown_is_said(news: Path) -> None:
    told = " ".join(briefing.gather(news, country="Yemen", since=dt.date(2024, 1, 1)).unknown)
    assert (
        "2 documents could not be read or coded (1: the bytes are not text; 1: the text is in another language)."
        in told
    )
    assert "left out that may belong here: the filter asks for a place, which is unknown" in told
    everything = " ".join(briefing.gather(news).unknown)
    assert "1 event has no known date." in everything
    assert "1 event has a party whose country or organisation nobody could tell" in everything
    assert "2 events left out: said to be planned, possible, denied or long past." in everything


def test_the_page_has_everything_and_no_script(news: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    assert call("report", news, "-o", target).exit_code == 0
    seen = Seen(target.read_text(encoding="utf-8"))
    for heading in (
        "What happened",
        "Where",
        "Who with whom",
        "Events",
        "What this report does not know",
        "How right it is",
    ):
        assert heading in seen.text
    assert "Northern Brigade bombed Riyadh troops in Qaldara killing twelve people" in seen.text
    assert "script" not in seen.tags and "img" not in seen.tags and "link" not in seen.tags
    assert seen.tags.count("svg") == 4  # map and timeline, each wide and narrow
    addresses = [value for name, value in seen.attributes if name in ("href", "src", "action", "data")]
    assert {a for a in addresses if a and not a.startswith("#")} == {
        "https://wire.example/1",
        "https://herald.example/words",
    }
    anchors = {value for name, value in seen.attributes if name == "id"}
    assert {a[1:] for a in addresses if a and a.startswith("#")} <= anchors
    assert "url(" not in target.read_text(encoding="utf-8") and "@import" not in target.read_text(encoding="utf-8")


def test_hostile_words_are_words(hostile: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    assert call("report", hostile, "-o", target, "--title", EVIL).exit_code == 0
    seen = Seen(target.read_text(encoding="utf-8"))
    assert not {"script", "img"} & set(seen.tags)
    assert not [name for name, _ in seen.attributes if name.startswith("on")]
    assert not [value for name, value in seen.attributes if name == "href" and not (value or "").startswith("#")]
    assert "<script>alert(1)</script>" in seen.text
    text = re.sub(r"\\.", "", call("brief", hostile).stdout)  # what is left is markup
    assert not re.search("[<>`\u202e]|]\\(", text)


def test_markdown_says_the_same(news: Path, tmp_path: Path) -> None:
    result = call("brief", news, "--country", "Yemen")
    assert result.exit_code == 0
    assert result.stdout.startswith("# Yemen: what was reported\n")
    assert "**bombed**" in result.stdout
    assert "| event and its type |" in result.stdout
    target = tmp_path / "brief.md"
    assert call("brief", news, "--country", "Yemen", "-o", target).exit_code == 0
    assert target.read_text(encoding="utf-8") == result.stdout


def test_no_event_is_said(news: Path, tmp_path: Path) -> None:
    target = tmp_path / "none.html"
    result = call("report", news, "--country", "Peru", "-o", target)
    assert result.exit_code == 0
    assert "no event fits" in result.stderr
    assert "No event fits this question." in target.read_text(encoding="utf-8")
    assert "No event fits this question." in call("brief", news, "--country", "Peru").stdout


def test_the_accuracy_is_the_measured_one_and_another_coding_is_told(news: Path) -> None:
    found = briefing.gather(news).accuracy
    (line,) = (cells for label, cells in found.fields if label == "event and its type")
    measured = published()
    assert len(line) == len(measured) == len(found.families)
    for cell, one in zip(line, measured, strict=True):
        assert cell.startswith(f"{one.scores['trigger and type'][0]:.1f} [")
    assert not found.same  # the store was filled by hand
    assert "with another reader, codebook or world than was measured" in briefing.to_html(briefing.gather(news))


def test_a_store_that_was_coded_by_what_was_measured_says_so(tmp_path: Path) -> None:
    path = asked_store.fill(tmp_path / "news.duckdb")
    with open_writer(path) as store:
        store.record_run("run", {"fingerprints": dict(published()[0].made_with)})
    assert briefing.gather(path).accuracy.same


def test_the_packaged_scores_are_made_of_whole_annotated_sets() -> None:
    def of(name: str) -> FloorSet:
        return FloorSet(
            name,
            41,
            "d",
            {"reader": "r"},
            {"status": Floor(1, 2.5, 1, 3, 9)},
            {"budget/right": (12.5, 8), "types/AID": (1, 2)},
        )

    record = json.loads(as_json([of("annotated story"), of("annotated story, a tenth"), of("LGL")]))
    assert record["families"] == [
        {
            "family": "story",
            "documents": 41,
            "made_with": {"reader": "r"},
            "scores": {"status": [2.5, 1, 3]},
            "budget": {"right": 12.5},
        }
    ]


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/x?y=1", True),
        ("http://a.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//a.example", False),
        ("https://", False),
        ("https://a.example/\u202e", False),
        ("https://a.example/ b", False),
        ("https://[", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_links(url: str | None, safe: bool) -> None:
    assert wording.safe_url(url) == (url if safe else None)


def test_words() -> None:
    assert wording.joined(["a", "b", "c"]) == "a, b and c"
    assert wording.days(None, dt.date(2024, 6, 3)) == "until 3 June 2024"
    assert plain("a_b <i>\x1b[31m") == "a\\_b \\<i\\> \\[31m"
    assert [percent(value) for value in (0.999, 1.0, 0.5)] == ["99 %", "100 %", "50 %"]


def test_pictures_are_svg_and_hold_every_place_and_period(news: Path, hostile: Path) -> None:
    drawn = map_svg(briefing.gather(news).places)
    assert drawn.count("<circle") == 2 * 3
    assert drawn.count(" vague") == 2 * 1
    assert "<script" not in map_svg(briefing.gather(hostile).places)
    periods = (Period(dt.date(2024, 5, 1), 2, 0), Period(dt.date(2024, 6, 1), 0, 3))
    bars = re.findall(
        r'<rect [^>]*y="([\d.]+)"[^>]* height="([\d.]+)" class="bar material-(\w+)"', timeline_svg(periods, "month")
    )
    assert [kind for _, _, kind in bars] == 2 * ["cooperation", "conflict"]
    assert float(bars[1][1]) / float(bars[0][1]) == pytest.approx(1.5, abs=0.02)
    assert float(bars[1][0]) < float(bars[0][0])  # three reach higher than two
    assert map_svg(()) == timeline_svg((), "day") == ""


def browser(folder: Path, body: str) -> str:
    path = folder / "chromium"
    path.write_text(f"#!{sys.executable}\nimport sys\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_a_pdf_is_what_the_browser_prints(tmp_path: Path) -> None:
    copy = """
from pathlib import Path
from urllib.parse import unquote, urlparse
target = next(a.partition("=")[2] for a in sys.argv if a.startswith("--print-to-pdf="))
Path(target).write_bytes(b"%PDF " + Path(unquote(urlparse(sys.argv[-1]).path)).read_bytes())
"""
    made = browser(tmp_path, copy)
    assert to_pdf("<p>page</p>", lambda name: made if name == "chromium" else None) == b"%PDF <p>page</p>"


def test_without_a_browser_or_its_pdf_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(briefing.NotInstalled, match="none of chromium, .* is on the PATH"):
        to_pdf("", lambda name: None)
    broken = browser(tmp_path, "sys.exit('no display')")
    with pytest.raises(briefing.PrintingFailed, match="made no PDF: no display"):
        to_pdf("", lambda name: broken)


def test_the_command_without_a_browser(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = call("report", news, "-o", tmp_path / "report.pdf")
    assert result.exit_code == 1
    assert "is on the PATH" in result.stderr
    assert not (tmp_path / "report.pdf").exists()


def test_without_jinja_the_install_line_is_named(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    result = call("report", news, "-o", tmp_path / "report.html")
    assert result.exit_code == 1
    assert "pip install 'polybius[explore]'" in result.stderr
    assert call("brief", news).exit_code == 0


def test_another_ending_is_wrong_usage(news: Path) -> None:
    result = call("report", news, "-o", "report.docx")
    assert result.exit_code == 2
    assert "ends in none of .html, .htm, .pdf" in " ".join(result.stderr.replace("│", " ").split())
