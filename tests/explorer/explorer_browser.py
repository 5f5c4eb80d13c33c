"""A real browser and a real server process for the explorer's tests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Nothing but the pages themselves may ask the network for anything; a container's root has no sandbox.
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
SERIOUS = ("serious", "critical")
START = 60  # seconds that a server may take to answer


def chromium() -> str:
    """The browser. Tests skip without one; where CI is set, nothing may be missing."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        reason = f"no browser on PATH: {', '.join(NAMES)} (Debian: apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@contextmanager
def server(store: Path, *options: str) -> Iterator[str]:
    """The address of ``polybius explore STORE``, which runs in a process of its own."""
    command = [sys.executable, "-m", "polybius", "explore", str(store), "--no-open", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            address = re.search(r"http://[^\s/]+", said)
            assert address, f"polybius explore says where it is served, found {said!r}"
            _answers(address[0], process)
            yield address[0]
        finally:
            process.terminate()


def _answers(address: str, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + START
    while True:
        try:
            urllib.request.urlopen(f"{address}/static/icon.svg", timeout=5).close()
            return
        except OSError:
            assert process.poll() is None, "the server ended"
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.05)


@dataclass  # without slots: Playwright keeps marks of its own on whoever handles its events
class Watch:
    """What a browser says and asks for while pages are looked at."""

    address: str
    faults: list[str] = field(default_factory=list)

    def over(self, context: Any) -> None:
        """Begin to watch."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("dialog", self._dialog)
        context.on("request", self._request)
        context.on("requestfailed", lambda one: self.faults.append(f"failed: {one.url[:200]}"))

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.page.url[:200]}: {message.type}: {message.text[:300]}")

    def _dialog(self, dialog: Any) -> None:
        self.faults.append(f"dialog: {dialog.message[:200]}")
        dialog.dismiss()

    def _request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and f"{parts.scheme}://{parts.netloc}" != self.address:
            self.faults.append(f"request to another host: {request.url[:200]}")


@contextmanager
def watched(browser: Any, address: str, **look: Any) -> Iterator[Any]:
    """A page whose console, dialogs and requests are watched; what they tell is a failure when it closes."""
    watch, context = Watch(address), browser.new_context(base_url=address, **look)
    context.set_default_timeout(20_000)
    watch.over(context)
    try:
        yield context.new_page()
        assert not watch.faults, watch.faults[:10]
    finally:
        context.close()


def serious_faults(page: Any) -> list[str]:
    """What axe-core finds on a page that keeps somebody from using it."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{urlsplit(page.url).path}: {one['id']}: {one['nodes'][0]['html'][:200]}"
        for one in found
        if one["impact"] in SERIOUS
    ]


def shape(address: str) -> str:
    """Pages that are made alike: the path without what it is about."""
    return re.sub(r"^(/event)/.*", r"\1/…", urlsplit(address).path)


def page_links(page: Any, seen: set[str]) -> dict[str, str]:
    """An address of each kind of page that this one links to and that is not in ``seen``; data and other sites are none."""
    links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))")
    found: dict[str, str] = {}
    for link in links:
        if link.startswith("/") and not shape(link).endswith((".json", ".csv", ".geojson")) and shape(link) not in seen:
            found.setdefault(shape(link), link)
    return found
