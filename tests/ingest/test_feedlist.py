"""The list of feeds: what it may say, and every fault at once with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from foreign import write

from polybius.ingest.feedlist import Feed, FeedListError, read_feeds

GOOD = """interval = "15m"
articles = false

[[feeds]]
url = "https://wire.example/feed"
publisher = "Wire"

[[feeds]] # the slow one
url = "http://courier.example/feed?a=b"
interval = "2h"
articles = true
language = "en"
"""
BAD = """interval = "10s"
colour = "red"

[[feeds]]
url = "file:///etc/passwd"
publisher = 5

[[feeds]]
articles = "yes"

[[feeds]]
url = "https://wire.example/feed"
language = "fr"

[[feeds]]
url = "https://wire.example/feed"
"""


def faults(path: Path) -> list[tuple[int, str]]:
    with pytest.raises(FeedListError) as error:
        read_feeds(path)
    assert str(error.value).count("\n") == len(error.value.faults) - 1
    return [(fault.line, fault.message) for fault in error.value.faults]


def test_feeds_and_their_options(tmp_path: Path) -> None:
    assert read_feeds(write(tmp_path / "a.toml", GOOD)) == (
        Feed("https://wire.example/feed", 900.0, "Wire", False),
        Feed("http://courier.example/feed?a=b", 7200.0, None, True),
    )


def test_every_fault_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    found = faults(write(tmp_path / "a.toml", BAD))
    assert [line for line, _ in found] == [1, 2, 5, 6, 8, 9, 13, 16]
    for (_, message), words in zip(
        found,
        ("30d", "colour", "http and https", "publisher", "without url", "true or false", "en", "line 12"),
        strict=True,
    ):
        assert words in message


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("a = \n", 1),
        ("\n\n[[feeds]\n", 3),
        ("", 1),
        ("feeds = 3\n", 1),
        ("\nfeeds = [1]\n", 2),
        ("feeds = []\n", 1),
        (b"\xff\xfe", 1),
        ("a = " + "[" * 100_000, 1),
        ("#" * 1_000_001, 1),
    ],
)
def test_files_that_list_no_feeds(content: str | bytes, line: int, tmp_path: Path) -> None:
    ((found, _),) = faults(write(tmp_path / "a.toml", content))
    assert found == line
