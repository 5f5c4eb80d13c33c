"""Markdown → plain text: enough for press releases and exported notes, not a renderer."""

from __future__ import annotations

import re
from collections.abc import Mapping

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.S | re.M)
IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)")
LINK = re.compile(r"\[([^\]\n]{1,500})\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\])")
REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]{1,200}\]:[^\n]*$", re.M)
LINE_MARK = re.compile(r"^[ \t]{0,8}(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|\d{1,3}[.)][ \t]+)+", re.M)
RULE = re.compile(r"^ {0,3}(?:[-*_][ \t]*){3,200}$|^=+[ \t]*$", re.M)
EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]{1,1000})(?<=\S)\1(?![\w*])|(?<![\w_])(_{1,3})(?=\S)([^_\n]{1,1000})(?<=\S)\3(?![\w_])"
)
CODE = re.compile(r"`([^`\n]{1,500})`")
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>-])")
FRONT = re.compile(r"---[ \t]*\r?\n(.{0,10000}?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.S)
FIELD = re.compile(r"^([A-Za-z][\w-]{0,40}):[ \t]*([^\n]{1,2000})$", re.M)
KEYS = {
    "title": "title",
    "date": "published",
    "published": "published",
    "publisher": "publisher",
    "source": "publisher",
    "url": "url",
    "id": "id",
}


def front_matter(text: str) -> tuple[Mapping[str, str], str]:
    """The fields of the block between two lines of ``---`` at the beginning, and the rest."""
    block = FRONT.match(text)
    if block is None:
        return {}, text
    pairs = ((key.lower(), value.strip().strip("\"'").strip()) for key, value in FIELD.findall(block[1]))
    return {KEYS[key]: value for key, value in pairs if key in KEYS}, text[block.end() :]


def plain(text: str) -> str:
    """The words: without marks, pictures, code blocks and targets of links."""
    for pattern, replacement in (
        (COMMENT, ""),
        (FENCE, ""),
        (IMAGE, ""),
        (REFERENCE, ""),
        (RULE, ""),
        (LINE_MARK, ""),
        (LINK, r"\1"),
        (CODE, r"\1"),
        (EMPHASIS, r"\2\4"),
        (EMPHASIS, r"\2\4"),
        (ESCAPED, r"\1"),
    ):
        text = pattern.sub(replacement, text)
    return text.strip()
