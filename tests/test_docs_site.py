"""The documentation as a site: it builds without a network, its links lead somewhere, and it loads nothing from elsewhere."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
# Attributes by which a browser loads something without being asked; a link that somebody may click is none.
LOADING = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "iframe": ("src",),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "embed": ("src",),
    "object": ("data",),
}
NOT_LOADED = {"canonical", "next", "prev", "alternate", "author", "license"}


class Page(HTMLParser):
    """The links, anchors and loaded addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.anchors.update(found[name] for name in ("id", "name") if name in found)
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag == "link" and not NOT_LOADED & set(found.get("rel", "").split()):
            self.loaded.append(found.get("href", ""))
        self.loaded.extend(found[name] for name in LOADING.get(tag, ()) if name in found)


def elsewhere(address: str) -> bool:
    return bool(re.match(r"\s*(https?:)?//", address))


def broken(site: Path, start: Path, page: Page, pages: dict[Path, Page]) -> Iterator[str]:
    """Links and loaded files of a page that lead nowhere within the site."""
    for address in (*page.links, *page.loaded):
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            continue
        target = (start.parent / unquote(parts.path)).resolve() if parts.path else start
        if target.is_dir():
            target = target / "index.html"
        if not target.is_file() or not target.is_relative_to(site):
            yield f"{start.relative_to(site)}: {address}"
        elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
            yield f"{start.relative_to(site)}: {address} (no such heading)"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built in a folder of its own."""
    if importlib.util.find_spec("zensical") is None:
        reason = "zensical is not installed: pip install '.[docs]'"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("docs").resolve()
    shutil.copytree(REPOSITORY / "docs", folder / "docs")
    shutil.copy(REPOSITORY / "zensical.toml", folder)
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--clean"], cwd=folder, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    """Every page of the site but the one for missing pages, whose links begin at the root of a server."""
    found = [path for path in sorted(site.rglob("*.html")) if path.name != "404.html"]
    return {path: Page(path.read_text(encoding="utf-8")) for path in found}


def navigation(entries: list[object]) -> Iterator[str]:
    for entry in entries:
        assert isinstance(entry, dict)
        for value in entry.values():
            if isinstance(value, str):
                yield value
            else:
                yield from navigation(value)


def test_every_page_is_in_the_navigation() -> None:
    settings = tomllib.loads((REPOSITORY / "zensical.toml").read_text(encoding="utf-8"))
    named = list(navigation(settings["project"]["nav"]))
    there = {path.relative_to(REPOSITORY / "docs").as_posix() for path in (REPOSITORY / "docs").rglob("*.md")}
    assert len(named) == len(set(named))
    assert set(named) == there


def test_every_page_is_built(site: Path, pages: dict[Path, Page]) -> None:
    for path in (REPOSITORY / "docs").rglob("*.md"):
        assert site / path.relative_to(REPOSITORY / "docs").with_suffix(".html") in pages


def test_no_link_within_the_site_is_broken(site: Path, pages: dict[Path, Page]) -> None:
    found = [fault for path, page in pages.items() for fault in broken(site, path, page, pages)]
    assert not found, "\n".join(found)


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        assert not [address for address in page.loaded if elsewhere(address)], path
    for sheet in site.rglob("*.css"):
        found = re.findall(
            r"(?:url\(|@import\s+)\s*['\"]?((?:https?:)?//[^'\")\s]+)", sheet.read_text(encoding="utf-8")
        )
        assert not found, f"{sheet.name}: {found}"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('<script src="https://x.example/a.js"></script>', 1),
        ('<link rel="stylesheet" href="//fonts.example/f.css">', 1),
        ('<img src="http://x.example/a.png">', 1),
        ('<a href="https://x.example/">x</a><link rel="canonical" href="https://x.example/">', 0),
        ('<script src="assets/a.js"></script>', 0),
    ],
)
def test_what_counts_as_loaded_from_elsewhere(text: str, count: int) -> None:
    assert sum(map(elsewhere, Page(text).loaded)) == count


def test_broken_links_are_seen(tmp_path: Path) -> None:
    (tmp_path / "b.html").write_text('<h1 id="top">b</h1>', encoding="utf-8")
    start = tmp_path / "a.html"
    start.write_text('<a href="b.html#top">1</a><a href="b.html#no">2</a><a href="c.html">3</a>', encoding="utf-8")
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in (start, tmp_path / "b.html")}
    assert list(broken(tmp_path, start, pages[start], pages)) == [
        "a.html: b.html#no (no such heading)",
        "a.html: c.html",
    ]
