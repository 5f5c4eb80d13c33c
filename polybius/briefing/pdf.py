"""The page as PDF, printed by a Chromium that is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from polybius.briefing.page import NotInstalled

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = f"a PDF is printed by Chromium, and none of {', '.join(BROWSERS)} is on the PATH; install one, or write .html and print that"
SECONDS = 120
OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
)


class PrintingFailed(Exception):
    """The browser made no PDF; the message says what it said."""


def to_pdf(page: str, find: Callable[[str], str | None] = shutil.which) -> bytes:
    """Print a page. Raises NotInstalled, PrintingFailed."""
    browser = next((found for name in BROWSERS if (found := find(name))), None)
    if browser is None:
        raise NotInstalled(MISSING)
    with tempfile.TemporaryDirectory(prefix="polybius-") as name:
        folder = Path(name)
        (folder / "report.html").write_text(page, encoding="utf-8")
        said = _run(_command(browser, folder))
        made = folder / "report.pdf"
        if not made.is_file():
            raise PrintingFailed(f"{browser} made no PDF: {said[-300:].strip() or 'it said nothing'}")
        return made.read_bytes()


def _command(browser: str, folder: Path) -> list[str]:
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # its sandbox refuses root
    files = [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={folder / 'report.pdf'}"]
    return [browser, *OPTIONS, *root, *files, (folder / "report.html").as_uri()]


def _run(command: Sequence[str]) -> str:
    """What the browser said."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise PrintingFailed(f"{command[0]} did not end within {SECONDS} seconds") from None
    except OSError as error:
        raise PrintingFailed(f"{command[0]} cannot be started: {error}") from None
    return (done.stderr or done.stdout).decode("utf-8", "replace")
