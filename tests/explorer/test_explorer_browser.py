"""The explorer as people use it: a real browser against the real server."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import explorer_store
import pytest
from explorer_browser import ARGUMENTS, chromium, page_links, serious_faults, server, shape, watched

from polybius.store import Entry

LOOKS: tuple[dict[str, Any], ...] = (
    {"viewport": {"width": 1600, "height": 1000}, "color_scheme": "light"},
    {"viewport": {"width": 400, "height": 900}, "color_scheme": "dark"},
)
TEN_MEGABYTES = 10_000_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    executable = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[str]:
    """A server whose store no test of this module changes."""
    store = explorer_store.fill(tmp_path_factory.mktemp("shown") / "news.duckdb", explorer_store.plain())
    with server(store, "--author", "Ada") as found:
        yield found


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return explorer_store.fill(tmp_path / "news.duckdb", explorer_store.plain())


def to_event(page: Any, event: str, trigger: str) -> None:
    """From the first page over the filter to the event whose sentence has a word."""
    page.goto("/")
    page.get_by_label("What", exact=True).select_option(event)
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(f"**/?*event={event}*")
    page.locator("article.card", has_text=trigger).locator("h3 a").click()
    page.wait_for_url("**/event/*")


def test_from_the_first_page_to_the_words(browser: Any, address: str) -> None:
    with watched(browser, address) as page:
        to_event(page, "ASSAULT", "bombed")
        assert page.locator(".sentence").inner_text().replace("\n", " ").count("bombed") == 1
        assert page.locator(".sentence mark.w-trigger").first.inner_text().startswith("bombed")
        page.get_by_role("link", name="in the article").click()
        page.wait_for_url("**/article?*")
        assert "Northern Brigade bombed Riyadh troops in Qaldara." in page.locator("main").text_content()
        assert page.locator(".article mark.w-trigger").first.text_content() == "bombed"


def test_a_filter_is_in_the_address_and_can_be_taken_away(browser: Any, address: str) -> None:
    with watched(browser, address) as page:
        page.goto("/")
        everything = page.locator("article.card").count()
        page.get_by_label("Where", exact=True).fill("Yemen")
        page.keyboard.press("Enter")
        page.wait_for_url("**/?country=*")
        assert page.locator("article.card").count() == 1 < everything
        page.reload()
        assert page.locator("article.card").count() == 1
        page.locator(".chips a").click()
        page.wait_for_url(f"{address}/")
        assert page.locator("article.card").count() == everything
        page.go_back()
        assert page.locator("article.card").count() == 1


def test_a_correction_lasts(browser: Any, store: Path) -> None:
    with server(store, "--author", "Ada") as address, watched(browser, address) as page:
        to_event(page, "ASSAULT", "bombed")
        page.get_by_role("link", name="correct").click()
        page.wait_for_url("**/review/report?*")
        page.keyboard.press("c")
        page.get_by_label("Type").select_option("PROTEST")
        page.get_by_label("riot").check()
        page.get_by_role("button", name="Save", exact=True).click()
        page.wait_for_url("**made=*")
        assert "Decision 1 is kept, signed “Ada”" in page.locator(".flash").first.inner_text()
        page.reload()
        assert "a person decided" in page.locator("tr.f-event").inner_text()
    with server(store) as address, watched(browser, address) as page:  # another process reads it from the disk
        to_event(page, "PROTEST", "bombed")
        assert "riot" in page.locator("h1").inner_text()
        page.goto("/?event=ASSAULT")
        assert page.locator("article.card").count() == 0


def test_two_events_become_one(browser: Any, store: Path) -> None:
    with server(store) as address, watched(browser, address) as page:
        to_event(page, "CONSULT", "met")
        other = page.url.rpartition("/")[2]
        to_event(page, "ASSAULT", "bombed")
        page.get_by_role("link", name="Review", exact=True).last.click()
        page.wait_for_url("**/review/event?*")
        page.get_by_label("Id of another event").fill(other)
        page.get_by_role("button", name="Merge with it").click()
        page.wait_for_url("**made=*")
        assert page.request.get(f"/event/{other}").status == 404, "two ids have given way to a third"
        page.goto("/?status=all")
        page.reload()
        one = page.locator("article.card", has_text=re.compile("bombed|met Germany")).locator("h3 a")
        assert one.count() == 1
        one.click()
        page.wait_for_url("**/event/*")
        told = page.locator(".telling").all_inner_texts()
        assert len(told) == 2 and any("bombed" in one for one in told) and any("met" in one for one in told)


def test_a_report_is_judged_by_keys(browser: Any, store: Path) -> None:
    with server(store) as address, watched(browser, address) as page:
        page.goto("/review?kind=reports")
        assert "1 of 6" in page.locator(".queues").inner_text()
        for key, left in (("a", "1 of 5"), ("x", "1 of 4"), ("u", "1 of 5"), ("s", "2 of 5")):
            with page.expect_navigation():
                page.keyboard.press(key)
            assert left in page.locator(".queues").inner_text(), key


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look['viewport']['width']}-{look['color_scheme']}")
def test_every_kind_of_page(browser: Any, address: str, look: dict[str, Any]) -> None:
    """Pages are found by following links: each says nothing on the console, fits the window and passes axe-core."""
    faults: list[str] = []
    with watched(browser, address, **look) as page:
        waiting, seen = {"/": "/"}, set[str]()
        while waiting:
            kind, path = waiting.popitem()
            seen.add(kind)
            answer = page.goto(path)
            faults += [f"{path} is linked to and answers {answer.status}"] * (answer.status != 200)
            waiting |= page_links(page, seen)
            faults += serious_faults(page)
            faults += _untidy(page)
        assert not faults, "\n".join(faults)
    assert {"/", "/event/…", "/article", "/review", "/review/report", "/review/decisions", "/api"} <= seen


def _untidy(page: Any) -> list[str]:
    """What axe-core does not ask: one heading of the first level, a title, and no scrolling to the side."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found = [
        (page.locator("h1").count() != 1, "not one h1"),
        (not re.fullmatch(r".+ · Polybius", page.title()), f"title {page.title()!r}"),
        (wide > 0, f"{wide} pixels wider than the window"),
    ]
    return [f"{shape(page.url)}: {words}" for wrong, words in found if wrong]


def test_the_first_tab_skips_to_the_content(browser: Any, address: str) -> None:
    with watched(browser, address) as page:
        page.goto("/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


# --- words that mean harm ------------------------------------------------------------------------------------------


def harmful() -> list[Entry]:
    """The hostile corpus, each article with a body of scripts, handlers, entities and marks that turn the writing."""
    body = " ".join(explorer_store.HARM)
    entries = []
    for number, words in enumerate((*explorer_store.HOSTILE, *explorer_store.HARM)):
        day = explorer_store.MAY + dt.timedelta(days=40 * number)
        told = explorer_store.document(f"{number}{words}", f"{words} marched. {body}", day, words, words)
        told = dataclasses.replace(told, url="javascript:alert(1)")
        party = explorer_store.party(words, words)
        where = (words, "YEM", 4.0 * number, 45.0, 5.0)
        entries.append(
            Entry(told, (explorer_store.report(told, "PROTEST", "marched", (party,), (), (day, day), where=where),))
        )
    title = "<img src=x onerror=alert(9)>\u202e" * (TEN_MEGABYTES // 29)
    told = explorer_store.document("large", "Crowds marched.", explorer_store.MAY, "Wire", title)
    crowd = explorer_store.party("Crowds", None, "CVL")
    return [*entries, Entry(told, (explorer_store.report(told, "PROTEST", "marched", (crowd,)),))]


def test_hostile_articles_do_nothing_in_a_browser(browser: Any, tmp_path: Path) -> None:
    store = explorer_store.fill(tmp_path / "harm.duckdb", harmful())
    with server(store) as address, watched(browser, address) as page:
        page.goto("/")
        cards = [one.get_attribute("href") for one in page.locator("article.card h3 a").all()]
        articles = [one.get_attribute("href") for one in page.locator("article.card .told > p.small a").all()]
        assert len(cards) == len(articles) == len(harmful())
        for path in ("/review", *cards, *articles):
            assert page.goto(path).status == 200, path
            page.mouse.move(200, 300)
            assert (
                page.locator("main img, main iframe, main object, main script, main [onerror], main [onload]").count()
                == 0
            )
            assert page.locator("h1").count() == 1, path
            schemes = page.eval_on_selector_all("a[href]", "all => all.map(one => one.protocol)")
            assert set(schemes) <= {"http:", "https:"}, path
            assert len(page.content()) < 300_000, f"{path}: a title of ten megabytes is cut"
