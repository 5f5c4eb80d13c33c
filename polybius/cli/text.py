"""Words for a terminal: the texts are other people's, so nothing in them may steer it."""

from __future__ import annotations


def clean(text: str) -> str:
    """``text`` on one line, without characters that do not print."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())


def plural(number: int, noun: str) -> str:
    """``1 report``, ``2 reports``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
