"""Pictures of the explorer for docs/images/: starts it on a store made from examples/, and looks at its pages in Chromium.

usage: python scripts/screenshots.py [--browser /usr/bin/chromium]

Needs the extras ``explore`` and ``ingest``, Playwright and a Chromium. A page that the explorer does not have is told and left out.
"""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
OUT = REPOSITORY / "docs" / "images"
MOST = 150_000  # bytes of a picture: each stays in the history for ever
PATIENCE = 60  # seconds until the explorer must answer
BROWSER = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")


def polybius(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "polybius", *arguments]


def filled(folder: Path) -> Path:
    """A store made from the examples, with events."""
    store = folder / "news.duckdb"
    subprocess.run(polybius("ingest", str(REPOSITORY / "examples" / "lake"), "--into", str(store)), check=True)
    subprocess.run(polybius("assemble", str(store)), check=True)
    return store


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def exploring(store: Path) -> Iterator[str]:
    """The address of an explorer that runs until the block ends."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(polybius("explore", str(store), "--port", str(port), "--no-open", "--read-only"))
    try:
        until = time.monotonic() + PATIENCE
        while not answers(address + "/"):
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit("the explorer does not answer")
            time.sleep(0.5)
        yield address
    finally:
        process.terminate()
        process.wait()


def best_told(page: Any, address: str) -> str:
    """The address of the event that most sources tell."""
    page.goto(f"{address}/?sort=sources")
    found = page.locator("a[href*='/event/']").first.get_attribute("href")
    return str(found)


def picture(page: Any, address: str, name: str) -> None:
    """The page as ``docs/images/NAME.png``, unless there is no such page or the picture is too large."""
    if not answers(address):
        print(f"{name}: no such page, left out")
        return
    page.goto(address, wait_until="networkidle")
    data = page.screenshot()
    if len(data) > MOST:
        raise SystemExit(f"{name}.png has {len(data):,} bytes, more than {MOST:,}: make the window smaller")
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / f"{name}.png").write_bytes(data)
    print(f"{name}.png: {len(data):,} bytes")


def take(address: str, browser: str) -> None:
    """All pictures."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=browser, args=list(BROWSER))
        page = chromium.new_page(viewport={"width": 900, "height": 640})
        picture(page, f"{address}/", "first-page")
        picture(page, f"{address}{best_told(page, address)}", "event")
        picture(page, f"{address}/map", "map")
        picture(page, f"{address}/dyad?first=TZA&second=MWI", "dyad")
        chromium.close()


def main() -> None:
    """Make the store, start the explorer, take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--browser", default="/usr/bin/chromium", help="the browser; by default /usr/bin/chromium")
    browser = parser.parse_args().browser
    with tempfile.TemporaryDirectory() as name, exploring(filled(Path(name))) as address:
        take(address, browser)


if __name__ == "__main__":
    main()
