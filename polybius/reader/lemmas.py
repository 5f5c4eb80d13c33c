"""Lemmas: a table of known forms, and the network's edit script for a form that it lacks."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).parent / "lemmas.tsv.gz"

# UPOS → form in small letters → its lemmas, the first of which holds where nothing else tells.
Forms = Mapping[str, Mapping[str, list[str]]]


@lru_cache(maxsize=1)
def known_forms() -> Forms:
    """The packaged table (`scripts/build_lemmas.py`)."""
    table: dict[str, dict[str, list[str]]] = {}
    for line in gzip.decompress(TABLE.read_bytes()).decode().splitlines():
        tag, form, lemmas = line.split("\t")
        table.setdefault(tag, {})[form] = lemmas.split(" ")
    return table


def lemma(form: str, tag: str, script: str, known: Forms) -> str:
    """The lemma of a word. Of several that its form can have, the one that the network means is taken."""
    edited = by_script(form, script)
    listed = known.get(tag, {}).get(form.lower())
    return edited if listed is None or edited in listed else listed[0]


@lru_cache(maxsize=100_000)
def by_script(form: str, script: str) -> str:
    """Apply an edit script: characters to cut, suffix to add, whether to lower-case."""
    cut, suffix, case = script.split("|")
    source = form.lower() if case == "lower" else form
    return (source[: len(source) - int(cut)] if int(cut) < len(source) else "") + suffix or form
